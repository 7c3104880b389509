"""The pages on which several people work on one text."""

from app.teamwork.beside import teamwork
from app.teamwork.desk import assignments, autosaving, comments, presence
from app.teamwork.desk.door import desk

__all__ = ["assignments", "autosaving", "comments", "desk", "presence", "teamwork"]

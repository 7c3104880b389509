"""The pages on which several people work on one text."""

from app.teamwork.beside import teamwork
from app.teamwork.desk import assignments, comments
from app.teamwork.desk.door import desk

__all__ = ["assignments", "comments", "desk", "teamwork"]

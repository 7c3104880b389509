"""The pages on which several people work on one text."""

from app.teamwork.beside import teamwork
from app.teamwork.desk import (
    assignments,
    autosaving,
    comments,
    history,
    presence,
    previews,
    several,
    translating,
)
from app.teamwork.desk.door import desk

__all__ = [
    "assignments",
    "autosaving",
    "comments",
    "desk",
    "history",
    "presence",
    "previews",
    "several",
    "teamwork",
    "translating",
]

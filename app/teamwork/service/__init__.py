"""What can be done around a text, one act for each decision."""

from app.teamwork.service.assigning import assign, finish, unassign
from app.teamwork.service.attending import OPENED, attend, leave
from app.teamwork.service.autosaving import autosave
from app.teamwork.service.commenting import answer, comment, reopen, resolve

__all__ = [
    "OPENED",
    "answer",
    "assign",
    "attend",
    "autosave",
    "comment",
    "finish",
    "leave",
    "reopen",
    "resolve",
    "unassign",
]

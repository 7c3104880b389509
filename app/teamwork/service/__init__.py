"""What can be done around a text, one act for each decision."""

from app.teamwork.service.assigning import assign, finish, unassign
from app.teamwork.service.commenting import answer, comment, reopen, resolve

__all__ = ["answer", "assign", "comment", "finish", "reopen", "resolve", "unassign"]

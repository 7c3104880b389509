"""What can be done around a text, one act for each decision."""

from app.teamwork.service.assigning import assign, finish, unassign
from app.teamwork.service.attending import OPENED, attend, leave
from app.teamwork.service.autosaving import autosave
from app.teamwork.service.commenting import answer, comment, reopen, resolve
from app.teamwork.service.previewing import digest, make_preview, note_opening, revoke_preview
from app.teamwork.service.translating import follow
from app.teamwork.service.versions import name_version, restore

__all__ = [
    "OPENED",
    "answer",
    "assign",
    "attend",
    "autosave",
    "comment",
    "digest",
    "finish",
    "follow",
    "leave",
    "make_preview",
    "name_version",
    "note_opening",
    "reopen",
    "resolve",
    "restore",
    "revoke_preview",
    "unassign",
]

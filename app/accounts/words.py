"""What people read about roles and rights."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ROLE_DUTIES = {
    "writer": _l("Begins texts, writes them and sends them for review"),
    "translator": _l("Writes the other languages of texts that are there"),
    "reviewer": _l("Writes, and approves what others wrote"),
    "publisher": _l("Reviews, publishes, corrects and withdraws"),
    "media_desk": _l("Keeps pictures, videos, press contacts and media accounts, and writes"),
    "newsletter": _l("Writes and sends the newsletter"),
    "administrator": _l("May do all of it, and invites people"),
}
RIGHT_WORDS = {
    "see": _l("See the desk and everything on it"),
    "begin": _l("Begin a text: a release, an event, a topic page, a video"),
    "write": _l("Write and translate texts, send them for review"),
    "comment": _l("Comment on texts"),
    "preview_links": _l("Make preview links for people outside"),
    "media": _l("Add pictures and videos to the library"),
    "review": _l("Approve texts, or return them with comments"),
    "assign": _l("Assign texts to people"),
    "publish": _l("Publish, schedule, set and lift embargoes, correct"),
    "urgent": _l("Publish alone when it is urgent"),
    "withdraw": _l("Withdraw, remove and merge pages"),
    "contacts": _l("Keep press contacts and subjects"),
    "media_accounts": _l("Keep media accounts and the groups for embargoes"),
    "newsletter": _l("Write and send the newsletter"),
    "export_subscribers": _l("Export the addresses of subscribers"),
    "jobs": _l("See the work in progress"),
    "change_jobs": _l("Cancel work in progress, or have it done again"),
    "audit": _l("Read the log"),
    "export_audit": _l("Export the log"),
    "people": _l("Invite people, change their roles, close accounts"),
}

"""The log's words: its verbs and things, as officers say them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.editorial.words import STATE_WORDS, VERB_WORDS
from app.web.filters import moment

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*[+Z].*")

VERBS: dict[str, Any] = VERB_WORDS | {
    "accepted invitation": _l("accepted the invitation"),
    "activated": _l("let in again"),
    "added": _l("added"),
    "admitted": _l("let into a group"),
    "asked for access": _l("asked to join a group"),
    "cancelled": _l("cancelled"),
    "changed": _l("changed"),
    "changed language": _l("changed the language"),
    "changed password": _l("changed the password"),
    "changed roles": _l("changed the roles"),
    "closed": _l("closed"),
    "deactivated": _l("shut out"),
    "ended other sessions": _l("logged all other devices out"),
    "ended session": _l("logged a device out"),
    "exported": _l("exported"),
    "failed to show second factor": _l("failed to show the second factor"),
    "failed to sign in": _l("failed to sign in"),
    "invited": _l("invited"),
    "invited again": _l("invited again"),
    "kept": _l("kept"),
    "looked at activity": _l("looked at the activity"),
    "opened again": _l("opened again"),
    "removed second factor": _l("removed the second factor"),
    "renewed recovery codes": _l("renewed the recovery codes"),
    "reset second factor": _l("reset the second factor"),
    "retried": _l("had done again"),
    "set up second factor": _l("set up the second factor"),
    "showed password": _l("showed the password"),
    "signed in": _l("signed in"),
    "signed out": _l("signed out"),
    "suspended": _l("suspended"),
    "took out": _l("took out of a group"),
    "turned down": _l("turned down"),
    "used recovery code": _l("used a recovery code"),
    "withdrew invitation": _l("withdrew the invitation"),
}
THINGS: dict[str, Any] = {
    "account": _l("person"),
    "audit_head": _l("log"),
    "contact": _l("press contact"),
    "edition": _l("text"),
    "invitation": _l("invitation"),
    "job": _l("work of the newsroom"),
    "media_group": _l("group of media users"),
    "picture": _l("picture"),
    "topic": _l("subject"),
}
DETAILS: dict[str, Any] = {
    "after": _l("after"),
    "before": _l("before"),
    "by_domain": _l("lets in by domain"),
    "comment": _l("comment"),
    "domains": _l("domains"),
    "from": _l("from"),
    "group": _l("group"),
    "group_id": _l("number of the group"),
    "into": _l("into"),
    "is_embargo": _l("under embargo"),
    "language": _l("language"),
    "let_pass": _l("findings let pass"),
    "reason": _l("reason"),
    "revision": _l("version"),
    "roles": _l("roles"),
    "filters": _l("filters"),
    "until": _l("moment"),
    "waits_for": _l("waits for"),
    "was": _l("moment before"),
}


def said(value: Any) -> Any:
    """Return a value of an entry's details as officers read it: a state, a moment, yes or no, a list."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list | tuple):
        return ", ".join(str(said(each)) for each in value)
    if isinstance(value, str):
        if _MOMENT.fullmatch(value):
            return moment(datetime.fromisoformat(value))
        return STATE_WORDS.get(value, value)
    return value

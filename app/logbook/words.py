"""The log's words: its verbs and things, as officers say them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.editorial.words import VERB_WORDS

VERBS: dict[str, Any] = VERB_WORDS | {
    "activated": _l("let in again"),
    "added": _l("added"),
    "cancelled": _l("cancelled"),
    "changed language": _l("changed the language"),
    "changed password": _l("changed the password"),
    "changed roles": _l("changed the roles"),
    "deactivated": _l("shut out"),
    "exported": _l("exported"),
    "failed to sign in": _l("failed to sign in"),
    "kept": _l("kept"),
    "retried": _l("had done again"),
    "signed in": _l("signed in"),
    "signed out": _l("signed out"),
}
THINGS: dict[str, Any] = {
    "account": _l("person"),
    "audit_head": _l("log"),
    "contact": _l("press contact"),
    "edition": _l("text"),
    "job": _l("work of the newsroom"),
    "picture": _l("picture"),
    "topic": _l("subject"),
}
DETAILS: dict[str, Any] = {
    "after": _l("after"),
    "before": _l("before"),
    "comment": _l("comment"),
    "is_embargo": _l("under embargo"),
    "language": _l("language"),
    "revision": _l("version"),
    "roles": _l("roles"),
    "filters": _l("filters"),
    "until": _l("moment"),
}

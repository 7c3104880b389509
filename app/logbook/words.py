"""The log's words: its verbs and things, as officers say them."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.accounts.models import ROLE_NAMES
from app.editorial.words import PUBLICATION_WORDS, STATE_WORDS, VERB_WORDS
from app.languages import OWN_NAMES
from app.teamwork.words import TASK_WORDS
from app.web.filters import moment

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d.*[+Z].*")

VERBS: dict[str, Any] = VERB_WORDS | {
    "accepted invitation": _l("accepted the invitation"),
    "activated": _l("let in again"),
    "asked to be erased": _l("asked for the account to be deleted"),
    "came back": _l("kept the account after all"),
    "changed address": _l("changed the e-mail address"),
    "changed profile": _l("changed the profile"),
    "erased": _l("erased"),
    "exported own data": _l("took along what is kept of them"),
    "added": _l("added"),
    "admitted": _l("let into a group"),
    "asked for access": _l("asked to join a group"),
    "agreed": _l("agreed"),
    "cancelled": _l("cancelled"),
    "changed": _l("changed"),
    "changed language": _l("changed the language"),
    "changed password": _l("changed the password"),
    "changed roles": _l("changed the roles"),
    "closed": _l("closed"),
    "deactivated": _l("shut out"),
    "ended copied browser": _l("logged out a browser whose key was copied"),
    "dropped": _l("taken off the list"),
    "ended other sessions": _l("logged all other devices out"),
    "ended session": _l("logged a device out"),
    "exported": _l("exported"),
    "failed to show second factor": _l("failed to show the second factor"),
    "failed to sign in": _l("failed to sign in"),
    "deleted": _l("deleted"),
    "held issue": _l("held at its hour"),
    "invited": _l("invited"),
    "invited again": _l("invited again"),
    "kept": _l("kept"),
    "looked at activity": _l("looked at the activity"),
    "opened again": _l("opened again"),
    "removed second factor": _l("removed the second factor"),
    "renewed recovery codes": _l("renewed the recovery codes"),
    "reset password": _l("set a new password by a code"),
    "reset second factor": _l("reset the second factor"),
    "set up second factor": _l("set up the second factor"),
    "showed password": _l("showed the password"),
    "sent": _l("sent"),
    "signed in": _l("signed in"),
    "signed out": _l("signed out"),
    "stopped": _l("stopped for good"),
    "suspended": _l("suspended"),
    "took back a text": _l("took a withdrawn text out of what was under way"),
    "told holders": _l("told everybody who holds it"),
    "took out": _l("took out of a group"),
    "turned down": _l("turned down"),
    "started again": _l("had done again"),
    "uploaded": _l("uploaded"),
    "used recovery code": _l("used a recovery code"),
    "withdrew invitation": _l("withdrew the invitation"),
    "changed preferences": _l("changed what is sent"),
    "exported subscribers": _l("exported the addresses of subscribers"),
    "imported subscribers": _l("imported subscribers"),
    "lifted suppression": _l("let an address be written to again"),
    "paused": _l("paused the newsletter"),
    "resumed": _l("ended a pause"),
    "subscribed": _l("subscribed"),
    "subscribed again": _l("subscribed again"),
    "suppressed": _l("blocked an address"),
    "unsubscribed": _l("unsubscribed"),
}
THINGS: dict[str, Any] = {
    "account": _l("person"),
    "audit_head": _l("log"),
    "consent": _l("consent"),
    "contact": _l("press contact"),
    "edition": _l("text"),
    "house_word": _l("word of the house"),
    "invitation": _l("invitation"),
    "issue": _l("issue of the newsletter"),
    "item": _l("text in all languages"),
    "job": _l("work of the newsroom"),
    "master": _l("video or photo"),
    "media_group": _l("group of media users"),
    "picture": _l("picture"),
    "subscriber": _l("subscriber"),
    "subscriber_import": _l("imported file"),
    "suppression": _l("blocked address"),
    "topic": _l("subject"),
}
DETAILS: dict[str, Any] = {
    "added": _l("added topic"),
    "after": _l("after"),
    "anyway": _l("why it did not wait"),
    "before": _l("before"),
    "by_domain": _l("lets in by domain"),
    "comment": _l("comment"),
    "count": _l("how many"),
    "domains": _l("domains"),
    "filters": _l("filters"),
    "group": _l("group"),
    "group_id": _l("number of the group"),
    "groups": _l("groups"),
    "groups_before": _l("groups before"),
    "into": _l("into"),
    "consent": _l("number of the consent"),
    "how": _l("how"),
    "is_embargo": _l("under embargo"),
    "kind": _l("what it is to readers"),
    "language": _l("language"),
    "let_pass": _l("findings let pass"),
    "lines": _l("lines"),
    "months": _l("months"),
    "name": _l("name"),
    "note": _l("note"),
    "public": _l("sentence for readers"),
    "reason": _l("reason"),
    "reasons": _l("reasons"),
    "refused_percent": _l("refused, in percent"),
    "revision": _l("version"),
    "roles": _l("roles"),
    "source": _l("older version"),
    "task": _l("what is asked for"),
    "thread": _l("number of the comment"),
    "to": _l("asked of"),
    "until": _l("moment"),
    "waits_for": _l("waits for"),
    "was": _l("moment before"),
}
# What a detail's values are called, where they are keys.
_STANDS: dict[str, Any] = {
    **STATE_WORDS,
    **{role.value: name for role, name in ROLE_NAMES.items()},
    **OWN_NAMES,
}
_VALUES: dict[str, dict[str, Any]] = {
    "after": _STANDS,
    "before": _STANDS,
    "kind": PUBLICATION_WORDS,
    "language": OWN_NAMES,
    "roles": _STANDS,
    "task": TASK_WORDS,
    "waits_for": OWN_NAMES,
}


def said(key: str, value: Any) -> Any:
    """Return the value of the detail ``key`` as officers read it: a state, a moment, yes or no, a list."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):  # reasons, by keys of findings that mean nothing to anybody
        return "; ".join(str(said(key, each)) for each in value.values())
    if isinstance(value, list | tuple):
        return ", ".join(str(said(key, each)) for each in value)
    if isinstance(value, str):
        if _MOMENT.fullmatch(value):
            return moment(datetime.fromisoformat(value))
        return _VALUES.get(key, {}).get(value, value)
    return value

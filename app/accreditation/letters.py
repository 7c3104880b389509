"""The mail that belongs to each decision: for the job that posts it, and for the officer who reads it before.

It stands apart from both, so that what an officer reads is what the person gets.
"""

from __future__ import annotations

from app.accounts.models import Account
from app.accreditation import mails
from app.accreditation.models import Group
from app.mail.message import Message


def letter(
    verb: str, person: Account, *, group: Group | None = None, reason: str = "", key: str = "preview"
) -> Message:
    """Return the mail that tells ``person`` of the decision ``verb``, as the log calls it, with its ``reason``."""
    to, language = person.email, person.language
    if verb == "suspended":
        return mails.suspended(key=key, to=to, language=language, reason=reason)
    if verb == "activated":
        return mails.activated(key=key, to=to, language=language)
    assert group is not None
    name = group.name(language)
    if verb == "admitted":
        return mails.admitted(key=key, to=to, language=language, group=name)
    return mails.turned_down(
        key=key, to=to, language=language, group=name, reason=reason, was_in=verb == "took out"
    )

"""What we write to officers: an invitation, and what was changed about their account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.mail.message import Message
from app.mail.render import render


def invitation(
    *,
    key: str,
    to: str,
    language: str,
    name: str,
    inviter: str,
    roles: Sequence[Any],
    link: str,
    until: datetime,
) -> Message:
    """Ask somebody to join: ``link`` lets them choose a password ``until`` then. ``roles`` are in words."""
    return render(
        "invitation", key=key, to=to, language=language, name=name, inviter=inviter, roles=roles, link=link,
        until=until,
    )  # fmt: skip


def roles_changed(
    *, key: str, to: str, language: str, name: str, is_own: bool, by: str | None, at: datetime,
    before: Sequence[Any], after: Sequence[Any],
) -> Message:  # fmt: skip
    """Tell that the roles of ``name`` were changed ``by`` somebody (None: on the server), in words."""
    return render(
        "roles_changed", key=key, to=to, language=language, name=name, is_own=is_own, by=by, at=at,
        before=before, after=after,
    )  # fmt: skip


def factor_changed(
    *, key: str, to: str, language: str, name: str, is_own: bool, by: str | None, at: datetime, verb: str
) -> Message:
    """Tell what happened to the second factor of ``name``: ``verb`` is that of the log."""
    return render(
        "factor_changed", key=key, to=to, language=language, name=name, is_own=is_own, by=by, at=at, verb=verb
    )


def password_changed(*, key: str, to: str, language: str, at: datetime) -> Message:
    """Tell somebody that their password was changed."""
    return render("password_changed", key=key, to=to, language=language, at=at)

"""What we write to people about their account: an invitation, what was changed, and who may have been in it."""

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


def signed_in(
    *, key: str, to: str, language: str, at: datetime, why: str, browser: str, network: str, is_officer: bool
) -> Message:
    """Tell of a sign-in ``at`` that moment; ``why`` is "failures" (before it) or "browser" (a new one)."""
    return render(
        "signed_in", key=key, to=to, language=language, at=at, why=why, browser=browser, network=network,
        is_officer=is_officer,
    )  # fmt: skip


def browser_copied(*, key: str, to: str, language: str, at: datetime) -> Message:
    """Tell somebody that one of their browsers was logged out, as its key was used a second time."""
    return render("browser_copied", key=key, to=to, language=language, at=at)


def password_changed(
    *, key: str, to: str, language: str, at: datetime, is_officer: bool, forgot: str
) -> Message:
    """Tell somebody that their password was changed; ``forgot`` is where they set another, if it was not them."""
    return render(
        "password_changed", key=key, to=to, language=language, at=at, is_officer=is_officer, forgot=forgot
    )

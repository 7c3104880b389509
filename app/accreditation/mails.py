"""What we write to media users about what the office decided, in their language."""

from __future__ import annotations

from app.mail.message import Message
from app.mail.render import render


def admitted(*, key: str, to: str, language: str, group: str) -> Message:
    """Tell somebody that they are in ``group`` now, and where texts under embargo are."""
    return render("admitted", key=key, to=to, language=language, group=group)


def turned_down(*, key: str, to: str, language: str, group: str, reason: str, was_in: bool) -> Message:
    """Tell somebody that they are not let in to ``group``, or (``was_in``) no longer, and why."""
    return render("turned_down", key=key, to=to, language=language, group=group, reason=reason, was_in=was_in)


def suspended(*, key: str, to: str, language: str, reason: str) -> Message:
    """Tell somebody that their account is closed for now, and why."""
    return render("suspended", key=key, to=to, language=language, reason=reason)


def activated(*, key: str, to: str, language: str) -> Message:
    """Tell somebody that their account is open again."""
    return render("activated", key=key, to=to, language=language)

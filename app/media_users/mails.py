"""What we write to media users about their account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.mail.message import Message
from app.mail.render import render


def leaving(*, key: str, to: str, language: str, at: datetime, until: datetime, days: int) -> Message:
    """Tell somebody who asked for it at ``at`` that all of the account is erased after ``until``, ``days`` later."""
    return render("leaving", key=key, to=to, language=language, at=at, until=until, days=days)


def erased(*, key: str, to: str, language: str, kinds: Sequence[tuple[Any, int]]) -> Message:
    """Tell somebody that their account is erased now: the words of each kind of thing, and how many there were."""
    return render("erased", key=key, to=to, language=language, kinds=kinds)

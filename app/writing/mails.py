"""What we write to officers about texts that cannot wait until they look."""

from __future__ import annotations

from datetime import datetime

from app.mail.message import Message
from app.mail.render import render


def urgent(
    *, key: str, to: str, language: str, by: str, title: str, reason: str, at: datetime, link: str
) -> Message:
    """Tell a reviewer that ``by`` published a text alone; ``link`` is where they look at it and confirm it."""
    return render(
        "urgent", key=key, to=to, language=language, by=by, title=title, reason=reason, at=at, link=link
    )


def held(*, key: str, to: str, language: str, title: str, link: str) -> Message:
    """Tell a publisher that a text will not go out at its moment, because another of its languages was changed."""
    return render("held", key=key, to=to, language=language, title=title, link=link)

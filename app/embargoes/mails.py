"""What we write to those who were let in to an embargo, when it does not hold as it was."""

from __future__ import annotations

from datetime import datetime

from app.mail.message import Message
from app.mail.render import render


def moved(
    *,
    key: str,
    to: str,
    language: str,
    title: str,
    text_language: str,
    was: datetime,
    until: datetime,
    link: str,
) -> Message:
    """Tell that an embargo ends at ``until`` instead of ``was``; ``link`` is where the text is read before."""
    return render(
        "embargo_moved", key=key, to=to, language=language, title=title, text_language=text_language, was=was,
        until=until, link=link,
    )  # fmt: skip


def lifted(
    *,
    key: str,
    to: str,
    language: str,
    title: str,
    text_language: str,
    was: datetime,
    at: datetime,
    link: str,
) -> Message:
    """Tell that an embargo was lifted at ``at``, before ``was``: the text is public at ``link``."""
    return render(
        "embargo_lifted", key=key, to=to, language=language, title=title, text_language=text_language, was=was,
        at=at, link=link,
    )  # fmt: skip

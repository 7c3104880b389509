"""What we write to whoever waits for a part, or holds one that turned out to be wrong."""

from __future__ import annotations

from datetime import datetime

from app.mail.message import Message
from app.mail.render import render


def ended(
    *,
    key: str,
    to: str,
    language: str,
    title: str,
    begins: str,
    ends: str,
    kept_until: datetime | None,
    is_ready: bool,
    problem: str,
    link: str,
) -> Message:
    """Tell that the part from ``begins`` to ``ends`` (timecodes) is ready at ``link``, or could not be made."""
    return render(
        "part_ready" if is_ready else "part_failed", key=key, to=to, language=language, title=title, begins=begins,
        ends=ends, kept_until=kept_until, problem=problem, link=link,
    )  # fmt: skip


def fault(
    *,
    key: str,
    to: str,
    language: str,
    title: str,
    text_language: str,
    words: str,
    begins: str,
    ends: str,
    link: str,
) -> Message:
    """Tell whoever took frames of a video what is wrong with them; without timecodes it is all of it."""
    return render(
        "interval_fault", key=key, to=to, language=language, title=title, text_language=text_language, words=words,
        begins=begins, ends=ends, link=link,
    )  # fmt: skip

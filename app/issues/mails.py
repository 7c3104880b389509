"""What we write to officers about an issue."""

from __future__ import annotations

from app.mail.message import Message
from app.mail.render import render


def held(*, key: str, to: str, language: str, subject: str, reasons: list[str], link: str) -> Message:
    """Tell an officer that an issue did not go out at its hour, and why."""
    return render(
        "issue_held", key=key, to=to, language=language, issue_subject=subject, reasons=reasons, link=link
    )


def trial(*, key: str, to: str, language: str, subject: str, html: str, text: str) -> Message:
    """Return an edition for its officer to look at, marked as a test."""
    return Message(key=key, to=to, subject=subject, text=text, html=html, language=language)

"""What we write to an address that is to be proven. No name stands in it: it may be a stranger's."""

from __future__ import annotations

from datetime import datetime

from app.mail.message import Message
from app.mail.render import render


def code(
    *, key: str, to: str, language: str, digits: str, until: datetime, reason: str, link: str
) -> Message:
    """Send a code, which counts ``until`` then.

    ``reason`` is what it is for: "register", "reset", "change", or "confirm" for a registration that
    waits for its code while its password is forgotten.
    """
    return render(
        "code", key=key, to=to, language=language, digits=digits, until=until, reason=reason, link=link
    )


def known_address(*, key: str, to: str, language: str, is_change: bool, login: str, forgot: str) -> Message:
    """Tell somebody with an account that another was to be made, or moved to, with their address."""
    return render(
        "known_address", key=key, to=to, language=language, is_change=is_change, login=login, forgot=forgot
    )


def address_changing(*, key: str, to: str, language: str, at: datetime, address: str, forgot: str) -> Message:
    """Tell the old address that another, half hidden, is to take its place."""
    return render(
        "address_changing", key=key, to=to, language=language, at=at, address=address, forgot=forgot
    )

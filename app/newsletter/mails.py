"""What we write to somebody about their subscription. Each mail says how to leave, as the issues do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.mail.message import Message
from app.mail.render import render
from app.newsletter.headers import list_headers


def _letter(
    name: str, *, key: str, to: str, language: str, leave: str, return_path: str | None, **values: Any
) -> Message:
    return render(
        name, key=key, to=to, language=language, headers=list_headers(leave, language=language),
        return_path=return_path, leave=leave, **values,
    )  # fmt: skip


def confirm(
    *, link: str, kinds: Sequence[Any], topics: Sequence[str], until: datetime, **known: Any
) -> Message:
    """Ask somebody to confirm, by ``link`` until the moment ``until``, that they want the ``kinds`` on ``topics``."""
    return _letter("newsletter_confirm", link=link, kinds=kinds, topics=topics, until=until, **known)


def known(*, link: str, **known: Any) -> Message:
    """Tell somebody who is subscribed that they were asked for again, or asked for a link: it leads to preferences."""
    return _letter("newsletter_known", link=link, **known)


def receipt(
    *,
    preferences: str,
    kinds: Sequence[Any],
    topics: Sequence[str],
    consent: Any,
    document: str,
    **known: Any,
) -> Message:
    """Tell somebody what they will receive, and to what they agreed: in their words of then, and as JSON by a link."""
    return _letter(
        "newsletter_receipt", preferences=preferences, kinds=kinds, topics=topics, consent=consent,
        document=document, **known,
    )  # fmt: skip


def new_address(*, link: str, until: datetime, **known: Any) -> Message:
    """Ask at another address whether our mails are to go there from now on."""
    return _letter("newsletter_address", link=link, until=until, **known)


def moved(*, address: str, **known: Any) -> Message:
    """Tell the address of before that our mails go to ``address`` (half hidden) from now on."""
    return _letter("newsletter_moved", address=address, **known)

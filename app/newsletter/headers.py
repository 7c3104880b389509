"""The lines that each of our mails has besides its words: how to leave in one click, and of which list it is.

RFC 8058 (one click), RFC 2369 (List-Unsubscribe), RFC 2919 (List-Id).
"""

from __future__ import annotations

from datetime import datetime
from email.header import Header
from urllib.parse import urlsplit

from flask import current_app

from app.newsletter import tokens
from app.newsletter.tokens import Purpose
from app.text.markup import one_line


def list_id(language: str) -> str:
    """Return the List-Id: the newsroom's name, and newsletter.<its host>."""
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
    name = one_line(current_app.config["ORGANISATION"][language]).replace('"', "'").replace("\\", "/")
    # Letters beyond ASCII as encoded words (RFC 2047), which stand in no quotation marks.
    phrase = f'"{name}"' if name.isascii() else Header(name, "utf-8").encode(linesep="")
    return f"{phrase} <newsletter.{host}>"


def unsubscribe_url(subscriber_id: int, *, language: str, at: datetime) -> str:
    """Return the whole address by which one subscriber leaves: a page for people, one POST for programs.

    It never dies: somebody who has moved to another address leaves by an old mail as well.
    """
    token = tokens.make(Purpose.UNSUBSCRIBE, subscriber_id, at=at)
    return f"{current_app.config['PUBLIC_URL']}/{language}/newsletter/unsubscribe/{token}"


def preferences_url(subscriber_id: int, token_version: int, *, language: str, at: datetime) -> str:
    """Return the whole address of one subscriber's preferences, which works for 30 days."""
    token = tokens.make(Purpose.PREFERENCES, subscriber_id, token_version, at=at)
    return f"{current_app.config['PUBLIC_URL']}/{language}/newsletter/preferences/{token}"


def list_headers(unsubscribe: str, *, language: str) -> dict[str, str]:
    """Return the lines of a mail whose reader leaves at the address ``unsubscribe``."""
    return {
        "List-Id": list_id(language),
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }

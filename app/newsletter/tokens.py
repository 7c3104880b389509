"""What stands in our links: for whom, for what, where it matters until when, and 128 bits that only we can make.

A token is base64url (RFC 4648) of ``id (8 bytes) · day (2 bytes) · MAC (16 bytes)``. The MAC is of the purpose, the
``token_version`` of the row and all of the rest, so that a link to leave opens no preferences, and one of before a
change of address opens nothing. No address is in it, and no row is kept for it.
"""

from __future__ import annotations

import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from flask import current_app

from app.accounts.keys import keyed

CONFIRM_DAYS = 7
PREFERENCES_DAYS = 30
UNDO_DAYS = 30
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
_BODY = struct.Struct(">QH")
_MAC_BYTES = 16
_LENGTH = 36  # characters: 26 bytes, with padding


class Purpose(StrEnum):
    """What a link is for; one for one purpose is worth nothing for another."""

    CHECK = "check"  # the page after the form: a SubscriptionRequest
    CONFIRM = "confirm"  # a Consent
    PREFERENCES = "preferences"  # a Subscriber
    UNSUBSCRIBE = "unsubscribe"  # a Subscriber; it never expires
    ADDRESS = "address"  # an AddressChange
    BOUNCE = "bounce"  # an issue and a subscriber, in a return address


class Read(NamedTuple):
    """What a token says, not yet proven: the MAC needs the row's version. ``made_at`` is right to a day."""

    id: int
    made_at: datetime
    raw: bytes


class Maker:
    """Makes tokens of one purpose: for a sending of many, made once, as the key costs as much as a token."""

    def __init__(self, purpose: Purpose) -> None:
        self._key = _key(purpose)

    def make(self, row_id: int, version: int, *, at: datetime) -> str:
        """Return the token for the row ``row_id`` whose ``token_version`` is ``version``, made ``at``."""
        body = _BODY.pack(row_id, (at - _EPOCH).days)
        return urlsafe_b64encode(body + _mac(self._key, body, version)).decode().rstrip("=")

    def is_right(self, read: Read, version: int) -> bool:
        """Say whether we made the token of ``read``, for a row with this ``version``."""
        body, mac = read.raw[: _BODY.size], read.raw[_BODY.size :]
        return hmac.compare_digest(mac, _mac(self._key, body, version))


def make(purpose: Purpose, row_id: int, version: int = 0, *, at: datetime) -> str:
    """Return one token; see Maker for many."""
    return Maker(purpose).make(row_id, version, at=at)


def read(token: str) -> Read | None:
    """Return what ``token`` says; None when it is none of ours by its form."""
    try:
        raw = urlsafe_b64decode(token.encode("ascii") + b"=" * (_LENGTH - len(token)))
    except (Error, ValueError):
        return None
    if len(raw) != _BODY.size + _MAC_BYTES or urlsafe_b64encode(raw).decode().rstrip("=") != token:
        return None
    row_id, day = _BODY.unpack(raw[: _BODY.size])
    if row_id >= 2**31:  # no row of ours has such a number
        return None
    return Read(row_id, _EPOCH + timedelta(days=day), raw)


def _key(purpose: Purpose) -> bytes:
    known: dict[Purpose, bytes] = current_app.extensions.setdefault("newsletter.token_keys", {})
    if purpose not in known:
        known[purpose] = keyed(f"newsletter.token.{purpose}")
    return known[purpose]


def _mac(key: bytes, body: bytes, version: int) -> bytes:
    return hmac.digest(key, body + version.to_bytes(4, "big"), "sha256")[:_MAC_BYTES]

"""Where mails come back that cannot be delivered: an address of ours that says, signed, whose and which it was (VERP).

``bounces+<word>@…``: the word is base32 (RFC 4648, in small letters, as servers may change their size) of the issue,
the subscriber and 128 bits that only we can make. So no report can be made up about somebody else, and none has to be
believed for the address that it names.
"""

from __future__ import annotations

import base64
import hmac
import struct
from binascii import Error
from typing import NamedTuple

from flask import current_app

from app.accounts.keys import keyed

_BODY = struct.Struct(">LL")
_MAC_BYTES = 16


class Returned(NamedTuple):
    """What a return address says: the issue (0: a mail that is no issue) and the subscriber."""

    issue_id: int
    subscriber_id: int


class ReturnAddresses:
    """Makes return addresses: for a sending of many, made once. ``make`` returns None where none is set."""

    def __init__(self) -> None:
        self._name, _at, self._domain = current_app.config["BOUNCE_ADDRESS"].rpartition("@")
        self._key = keyed("newsletter.return")

    def make(self, issue_id: int, subscriber_id: int) -> str | None:
        """Return the address to which the mail of an issue to a subscriber comes back."""
        if not self._name:
            return None
        body = _BODY.pack(issue_id, subscriber_id)
        word = base64.b32encode(body + self._mac(body)).decode().rstrip("=").lower()
        return f"{self._name}+{word}@{self._domain}"

    def read(self, address: str) -> Returned | None:
        """Return what ``address`` says; None when it is none that we made."""
        name, _at, domain = address.strip().strip("<>").rpartition("@")
        own, _plus, word = name.rpartition("+")
        if not self._name or own.lower() != self._name.lower() or domain.lower() != self._domain.lower():
            return None
        try:
            raw = base64.b32decode(word.upper().encode("ascii") + b"=" * (-len(word) % 8))
        except (Error, ValueError):
            return None
        if len(raw) != _BODY.size + _MAC_BYTES:
            return None
        body = raw[: _BODY.size]
        if not hmac.compare_digest(raw[_BODY.size :], self._mac(body)):
            return None
        return Returned(*_BODY.unpack(body))

    def _mac(self, body: bytes) -> bytes:
        return hmac.digest(self._key, body, "sha256")[:_MAC_BYTES]

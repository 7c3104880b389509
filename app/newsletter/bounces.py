"""Mails that came back: what they say, and about whom. The one user of flufl.bounce, and of the mailbox (imaplib).

A report is believed about a subscriber only when it brings something that we signed for them: the return address that
it was sent to, or the link to leave in the headers of the mail that it returns. The address that it names is never
looked up.

Delivery reports are those of RFC 3464; complaints those of RFC 5965; what is neither is shown to flufl.bounce, which
knows the dialects of many servers.
"""

from __future__ import annotations

import hashlib
import imaplib
import logging
import mailbox
import re
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_binary_file, message_from_bytes, policy
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app

from app.newsletter import tokens
from app.newsletter.models import BounceKind
from app.newsletter.returns import ReturnAddresses, Returned
from app.newsletter.tokens import Maker, Purpose

# One of its detectors stumbles over a mail, and the others go on: that is nothing for our log.
logging.getLogger("flufl.bounce").setLevel(logging.CRITICAL)

LARGEST = 2 * 1024 * 1024  # bytes of a report that are read; the mail that it returns may be cut off
MOST_PARTS = 200
_SENT_TO = ("delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "to", "cc")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ADDRESS = re.compile(r"[^\s<>,;:\"]+@[^\s<>,;:\"]+")
_LEAVE = re.compile(r"/newsletter/unsubscribe/([A-Za-z0-9_-]{35})")
# Failed for good, but not because of the mailbox: ours is the address that is bad, it is full, the mail is too large,
# or what the server thinks of our server.
_NOT_THE_MAILBOX = ("5.1.7", "5.1.8", "5.2.2", "5.2.3", "5.3.4", "5.7.")


@dataclass(frozen=True)
class Report:
    """A mail that came back: from whom, of which issue (0: none), how, with which enhanced status (RFC 3463)."""

    subscriber_id: int
    issue_id: int
    kind: BounceKind
    status: str
    digest: str


def read(raw: bytes) -> Report | None:
    """Return what a mail says about one that came back; None when it says nothing of that, or nothing that we signed.

    A note that a mail is late, and will be tried again, says nothing.
    """
    raw = raw[:LARGEST]
    # The old policy: the new one stumbles over headers that servers of twenty years ago write.
    mail = message_from_bytes(raw, policy=policy.compat32)
    parts = [part for _number, part in zip(range(MOST_PARTS), mail.walk(), strict=False)]
    said = _complaint(parts) or _delivery_status(parts) or _dialect(mail, parts)
    whose = _whose(mail, parts)
    if said is None or whose is None:
        return None
    kind, status = said
    return Report(whose.subscriber_id, whose.issue_id, kind, status, hashlib.sha256(raw).hexdigest())


def kind_of(status: str) -> BounceKind:
    """Return how bad a failure with this enhanced status is: for good, or for the moment."""
    if not status.startswith("5.") or status.startswith(_NOT_THE_MAILBOX):
        return BounceKind.SOFT
    return BounceKind.HARD


def _complaint(parts: list[Message]) -> tuple[BounceKind, str] | None:
    for part in parts:
        if part.get_content_type() != "message/feedback-report":
            continue
        said = _inner_headers(part)
        if said.get("feedback-type", "").strip().lower() in ("abuse", "fraud", "virus", "not-spam", "other"):
            return None if "not-spam" in said["feedback-type"].lower() else (BounceKind.COMPLAINT, "")
    return None


def _delivery_status(parts: list[Message]) -> tuple[BounceKind, str] | None:
    """Return the worst that the groups of fields of a delivery report say; None when all is only late."""
    found: list[tuple[BounceKind, str]] = []
    for part in parts:
        if part.get_content_type() != "message/delivery-status":
            continue
        payload: Any = part.get_payload()
        for group in payload if isinstance(payload, list) else []:
            action = str(group.get("action", "")).strip().lower()
            status = _STATUS.search(str(group.get("status", "")))
            if action.startswith("failed"):
                code = status[1] if status else "5.0.0"
                found.append((kind_of(code), code))
    return min(found, key=lambda each: each[0] != BounceKind.HARD, default=None)


def _is_report(parts: list[Message]) -> bool:
    return any(part.get_content_type() == "message/delivery-status" for part in parts)


def _dialect(mail: Message, parts: list[Message]) -> tuple[BounceKind, str] | None:
    if _is_report(parts):
        return None  # it spoke for itself
    from flufl.bounce import scan_message  # two dozen modules, for reports that do not speak for themselves

    try:
        failed = scan_message(mail)
    except Exception:  # its modules look for words in mails of every kind, and stumble over some
        return None
    return (BounceKind.HARD, "5.0.0") if failed else None


def _whose(mail: Message, parts: list[Message]) -> Returned | None:
    ours = ReturnAddresses()
    for name in _SENT_TO:
        for value in mail.get_all(name, []):
            for address in _ADDRESS.findall(str(value))[:20]:
                if found := ours.read(address):
                    return found
    for part in parts[1:]:
        for value in part.get_all("list-unsubscribe", []):
            if found := _by_link(str(value)):
                return found
        if part.get_content_type() in ("text/rfc822-headers", "message/rfc822-headers"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and (found := _by_link(payload.decode("latin-1"))):
                return found
    return None


def _by_link(text: str) -> Returned | None:
    link = _LEAVE.search(re.sub(r"\s+", "", text))
    read_ = tokens.read(link[1]) if link else None
    if read_ is None or not Maker(Purpose.UNSUBSCRIBE).is_right(read_, 0):
        return None
    return Returned(0, read_.id)


def _inner_headers(part: Message) -> dict[str, str]:
    payload: Any = part.get_payload()
    if isinstance(payload, list) and payload:
        return {name.lower(): str(value) for name, value in payload[0].items()}
    text = str(payload or "")
    return {
        name.lower(): str(value)
        for name, value in message_from_bytes(text.encode("utf-8", "replace")).items()
    }


def in_file(path: Path) -> Iterator[bytes]:
    """Yield the mails in a file: one mail, or a mailbox of them (mbox)."""
    with path.open("rb") as file:
        is_box = file.read(5) == b"From "
    if not is_box:
        yield path.read_bytes()
        return
    box = mailbox.mbox(path, factory=message_from_binary_file, create=False)  # type: ignore[arg-type]
    try:
        for key in box.keys():  # noqa: SIM118 (a mailbox yields mails, not keys)
            yield box.get_bytes(key)
    finally:
        box.close()


class Mailbox:
    """The mailbox to which mails come back: what nobody has read in it, each once."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._folder = unquote(parts.path.strip("/")) or "INBOX"
        patience = current_app.config["MAIL_TIMEOUT_SECONDS"]
        host = parts.hostname or ""
        if parts.scheme == "imaps":
            self._server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
                host, parts.port or 993, ssl_context=ssl.create_default_context(), timeout=patience
            )
        elif parts.scheme == "imap" and host in ("127.0.0.1", "localhost"):
            self._server = imaplib.IMAP4(host, parts.port or 143, timeout=patience)
        else:
            raise ValueError("use an address such as imaps://name:password@mail.example.org/INBOX")
        self._server.login(unquote(parts.username or ""), unquote(parts.password or ""))

    def unread(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield the number of each unread mail and the mail; ``done`` says which of them need not come again."""
        self._server.select(f'"{self._folder}"')
        _answer, found = self._server.search(None, "UNSEEN")
        for number in (found[0] or b"").split():
            _answer, data = self._server.fetch(number.decode(), "(BODY.PEEK[])")
            raw = next((part[1] for part in data if isinstance(part, tuple)), None)
            if raw is not None:
                yield number, raw

    def done(self, number: bytes) -> None:
        """Mark a mail as read."""
        self._server.store(number.decode(), "+FLAGS", r"(\Seen)")

    def close(self) -> None:
        """Take leave."""
        with suppress(OSError, imaplib.IMAP4.error):
            self._server.logout()

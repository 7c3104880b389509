"""Where mails are kept when there is no mail server: a file each, that only the newsroom itself may read."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from flask import current_app

from app import clock

KEPT = 200  # the newest; a demonstration writes few
_NAME = re.compile(r"[0-9]{14}-[0-9a-f]{24}")


@dataclass(frozen=True)
class KeptMail:
    """A mail that was kept instead of posted."""

    name: str
    kept_at: datetime
    sender: str
    to: str
    subject: str
    text: str
    html: str | None
    language: str


def keep(raw: bytes, digest: str) -> None:
    """Keep a mail; ``digest`` stands for its key, so that the same occasion is one file."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for before in folder.glob(f"*-{digest}.eml"):
        before.unlink(missing_ok=True)
    name = f"{clock.now().astimezone(UTC):%Y%m%d%H%M%S}-{digest}"
    beside = folder / f".{name}.{secrets.token_hex(4)}"
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(raw)
    os.replace(beside, folder / f"{name}.eml")
    for old in _paths()[KEPT:]:
        old.unlink(missing_ok=True)


def newest(limit: int = 50) -> list[KeptMail]:
    """Return the mails kept last, the newest first."""
    found = (_read(path) for path in _paths()[:limit])
    return [mail for mail in found if mail is not None]


def by_name(name: str) -> KeptMail | None:
    """Return the mail called ``name``."""
    return _read(_folder() / f"{name}.eml") if _NAME.fullmatch(name) else None


def _folder() -> Path:
    return current_app.config["INSTANCE_DIR"] / "outbox"


def _paths() -> list[Path]:
    known = (path for path in _folder().glob("*.eml") if _NAME.fullmatch(path.stem))
    return sorted(known, key=_kept_at, reverse=True)


def _kept_at(path: Path) -> tuple[str, int, str]:
    """Return when a mail was kept: several of one second stand in the order in which they were written."""
    try:
        written = path.stat().st_mtime_ns
    except OSError:  # it was thrown away in the meantime
        written = 0
    return path.name[:14], written, path.name


def _read(path: Path) -> KeptMail | None:
    try:
        raw = path.read_bytes()
    except OSError:  # it was thrown away in the meantime
        return None
    mail = message_from_bytes(raw, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body, html = mail.get_body(("plain",)), mail.get_body(("html",))
    return KeptMail(
        name=path.stem,
        kept_at=datetime.strptime(path.stem[:14], "%Y%m%d%H%M%S").replace(tzinfo=UTC),
        sender=str(mail["From"]),
        to=str(mail["To"]),
        subject=str(mail["Subject"]),
        text=str(body.get_content()).replace("\r\n", "\n") if body is not None else "",
        html=str(html.get_content()) if html is not None else None,
        language=str(mail["Content-Language"] or "en"),
    )

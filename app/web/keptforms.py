"""What was typed into forms that came too late: the table, and what goes in and out of it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app import clock
from app.acts import act
from app.database import Base, UtcDateTime, db

KEPT_DAYS = 7
LARGEST = 2 * 1024 * 1024  # bytes of names and values together
LONGEST_PATH = 500
PARAMETER = "kept"


class KeptForm(Base):
    """What somebody sent from a form that had expired.

    ``token_digest`` is the SHA-256 of the token that opens it; ``account_id`` is whose it is, as
    far as the ended session told; ``path`` is where it was sent to; ``fields`` maps each name to
    its values.
    """

    __tablename__ = "kept_form"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    path: Mapped[str] = mapped_column(String(LONGEST_PATH))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


def worth_keeping(form: Iterable[tuple[str, list[str]]]) -> dict[str, list[str]]:
    """Return what of ``form`` somebody typed or chose: no secret, no NUL.

    Empty when that is nothing, or more than we keep.
    """
    kept: dict[str, list[str]] = {}
    size = 0
    for name, values in form:
        lowered = name.lower()
        is_secret = lowered.endswith("csrf_token") or "password" in lowered or lowered in ("code", "seed")
        if is_secret or lowered == PARAMETER or "\0" in name:
            continue
        kept[name] = [value.replace("\0", "") for value in values]
        size += len(name.encode()) + sum(len(value.encode()) for value in kept[name])
        if size > LARGEST:
            return {}
    return kept if any(value.strip() for values in kept.values() for value in values) else {}


@act
def put_aside(path: str, fields: dict[str, list[str]], *, account_id: int | None) -> str:
    """Keep ``fields``, sent to ``path``, and return the token that opens them. What is too old goes."""
    token, now = secrets.token_urlsafe(24), clock.now()
    db.session.execute(delete(KeptForm).where(KeptForm.kept_at <= _oldest()))
    db.session.add(
        KeptForm(token_digest=_digest(token), account_id=account_id, path=path, fields=fields, kept_at=now)
    )
    return token


def find(token: str, path: str, *, account_id: int) -> KeptForm | None:
    """Return what ``token`` opens: of ``path``, not too old, and of this account or of nobody we know."""
    if len(token) > 100:
        return None
    kept = db.session.scalar(select(KeptForm).where(KeptForm.token_digest == _digest(token)))
    if kept is None or kept.path != path or kept.kept_at <= _oldest():
        return None
    return kept if kept.account_id in (None, account_id) else None


@act
def throw_away(kept: KeptForm) -> None:
    """Forget ``kept``: what it held is saved."""
    db.session.execute(delete(KeptForm).where(KeptForm.id == kept.id))


def _oldest() -> datetime:
    return clock.now() - timedelta(days=KEPT_DAYS)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

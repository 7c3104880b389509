"""What the log keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, UtcDateTime


class Entry(Base):
    """One thing that somebody did (or the newsroom by itself, when ``account_id`` is None).

    ``verb`` is a word of the newsroom ("approved"); ``thing`` and ``thing_id`` say to what;
    ``details`` holds plain values before and after, never a secret nor a body of text;
    ``digest`` is the SHA-256 of this entry and of the digest before it.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_thing_thing_id", "thing", "thing_id"),
        Index("ix_audit_entry_account_id_id", "account_id", "id"),
        Index("ix_audit_entry_verb_id", "verb", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    verb: Mapped[str] = mapped_column(String(40))
    thing: Mapped[str] = mapped_column(String(40))
    thing_id: Mapped[int | None]
    label: Mapped[str] = mapped_column(String(300), default="")
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    network: Mapped[str] = mapped_column(String(64), default="")
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class Head(Base):
    """One row: which entry is the last, and its digest. A log whose end was cut off does not agree with it."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entry_id: Mapped[int | None]
    digest: Mapped[str] = mapped_column(String(64))

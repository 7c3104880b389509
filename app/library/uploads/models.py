"""What is kept of a file on its way in."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, UtcDateTime
from app.library.models import Master


class UploadState(StrEnum):
    """How far an upload is: still coming, whole, taken into the library, or refused for what it is."""

    RECEIVING = "receiving"
    RECEIVED = "received"
    KEPT = "kept"
    REFUSED = "refused"


class Upload(Base):
    """A file that somebody sends, and how much of it has come (``received_bytes`` of ``size_bytes``).

    ``key`` (128 random bits) is its address and the name of its file in the staging folder. ``name`` is what its owner
    called it, made harmless; ``fingerprint`` is by what the owner's browser knows the file again. ``extension`` is that
    of what the first bytes say it is. ``problem`` is the code of why it was refused. ``master_id`` is what became of
    it, ``is_known`` whether that was there before. ``told`` is what its owner says of it already (forms.WordsForm), in
    the names that files use themselves (library.studio.labels). It is given up at ``expires_at``.
    """

    __tablename__ = "upload"
    __table_args__ = (
        Index("ix_upload_account_id", "account_id", "id"),
        Index("ix_upload_state_expires_at", "state", "expires_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(255))
    fingerprint: Mapped[str] = mapped_column(String(64), default="")
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    received_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    extension: Mapped[str] = mapped_column(String(8), default="")
    state: Mapped[UploadState] = mapped_column(
        Enum(
            UploadState,
            native_enum=False,
            length=12,
            values_callable=lambda every: [each.value for each in every],
        ),
        default=UploadState.RECEIVING,
    )
    problem: Mapped[str] = mapped_column(String(60), default="")
    sha256: Mapped[str] = mapped_column(String(64), default="")
    master_id: Mapped[int | None] = mapped_column(ForeignKey("master.id"))
    is_known: Mapped[bool] = mapped_column(default=False)
    told: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship()
    master: Mapped[Master | None] = relationship()

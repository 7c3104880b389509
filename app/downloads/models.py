"""Parts that are prepared, who asked for them, and the log of what was taken."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, UtcDateTime
from app.editorial.models import Edition
from app.library.models import Master


class PartState(StrEnum):
    """How far a part is; ready ones expire, and what ended can be asked for again."""

    WAITING = "waiting"
    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


class Mode(StrEnum):
    """Exact gives the very frames that were asked for; fast the nearest ones at which nothing has to be encoded."""

    EXACT = "exact"
    FAST = "fast"


class Format(StrEnum):
    """What the file is: like its master, or an MP4 of at most so many lines."""

    MASTER = "master"
    HD = "1080p"
    SMALL = "720p"


def _kept(values: type[StrEnum]) -> Enum:
    return Enum(
        values, native_enum=False, length=12, values_callable=lambda every: [each.value for each in every]
    )


class FilmIndex(Base):
    """How a film can be cut: ``told`` is a cutting Index as JSON, empty when ``problem`` says why it cannot be."""

    __tablename__ = "film_index"

    master_id: Mapped[int] = mapped_column(ForeignKey("master.id"), primary_key=True, autoincrement=False)
    told: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    problem: Mapped[str] = mapped_column(String(60), default="")
    read_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Part(Base):
    """What is prepared for whoever asked for it: the frames [``in_frame``, ``out_frame``) of a master.

    ``build_key`` names what is in the file (rules.build_key). ``told`` is what the source said of it when it was asked
    for (plain values): what stands in the file and in its receipt. ``captions`` is the language of those that go with
    it, or empty. ``real_in`` and ``real_out`` are the frames that the file really has.

    ``share`` is in percent, ``seconds_left`` a guess. ``job_id`` is the job that makes it now. ``key`` is where its
    file is or may be: it is there before the file, and goes after it. ``made`` tells how it was made, ``problem`` is
    the code of why it ended.
    """

    __tablename__ = "part"
    __table_args__ = (
        Index("ix_part_state", "state", "id"),
        Index("ix_part_kept_until", "state", "kept_until"),
        Index("ix_part_master_id", "master_id", "in_frame"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    build_key: Mapped[str] = mapped_column(String(64), unique=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    master_id: Mapped[int | None] = mapped_column(ForeignKey("master.id"))
    in_frame: Mapped[int] = mapped_column(default=0)
    out_frame: Mapped[int] = mapped_column(default=0)
    mode: Mapped[Mode] = mapped_column(_kept(Mode))
    format: Mapped[Format] = mapped_column(_kept(Format))
    captions: Mapped[str] = mapped_column(String(8), default="")
    told: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[PartState] = mapped_column(_kept(PartState), default=PartState.WAITING)
    share: Mapped[int] = mapped_column(default=0)
    seconds_left: Mapped[int | None]
    real_in: Mapped[int | None]
    real_out: Mapped[int | None]
    key: Mapped[str] = mapped_column(String(120), default="", index=True)
    mimetype: Mapped[str] = mapped_column(String(80), default="")
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    made: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    problem: Mapped[str] = mapped_column(String(60), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    job_id: Mapped[int | None]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    kept_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    edition: Mapped[Edition] = relationship()
    master: Mapped[Master | None] = relationship()
    requests: Mapped[list[PartRequest]] = relationship(back_populates="part", order_by="PartRequest.id")

    @property
    def frames(self) -> int:
        """How many frames were asked for."""
        return self.out_frame - self.in_frame


class PartRequest(Base):
    """Somebody asked for a part, under the ``conditions`` of that version; asked again, at the last time.

    ``seconds`` is its length, rounded up. Whoever does not want it any more has a ``cancelled_at``.
    """

    __tablename__ = "part_request"
    __table_args__ = (
        UniqueConstraint("part_id", "account_id"),
        Index("ix_part_request_account_id", "account_id", "asked_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("part.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    seconds: Mapped[int]
    conditions: Mapped[str] = mapped_column(String(20), default="")
    wants_mail: Mapped[bool] = mapped_column(default=False)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    part: Mapped[Part] = relationship(back_populates="requests")
    account: Mapped[Account] = relationship()


class Download(Base):
    """Somebody has taken a file: which version, and which rendition of it or which interval.

    ``account_id`` is None for a file that is open to everybody, and once its account is erased. ``organisation`` is
    whom they worked for at that moment. ``in_frame`` and ``out_frame`` are the frames that the file has; None of both
    is all of it.
    """

    __tablename__ = "download"
    __table_args__ = (
        Index("ix_download_item_id", "item_id", "at", "id"),
        Index("ix_download_master_id", "master_id", "in_frame"),
        Index("ix_download_account_id", "account_id", "at"),
        Index("ix_download_organisation", "organisation", "at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    organisation: Mapped[str] = mapped_column(String(160), default="")
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    master_id: Mapped[int] = mapped_column(ForeignKey("master.id"))
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"), index=True)
    rendition: Mapped[str] = mapped_column(String(40))
    in_frame: Mapped[int | None]
    out_frame: Mapped[int | None]
    conditions: Mapped[str] = mapped_column(String(20), default="")

    account: Mapped[Account | None] = relationship()


class IntervalNotice(Base):
    """What the office wrote to everybody who holds an interval of a video that turned out to be wrong.

    ``words`` are in each language that they were written in; None of both frames means all of the video.
    """

    __tablename__ = "interval_notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    master_id: Mapped[int] = mapped_column(ForeignKey("master.id"))
    in_frame: Mapped[int | None]
    out_frame: Mapped[int | None]
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))

    by: Mapped[Account] = relationship()


class IntervalNoticeTo(Base):
    """To whom it was written."""

    __tablename__ = "interval_notice_to"

    notice_id: Mapped[int] = mapped_column(ForeignKey("interval_notice.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True, index=True)

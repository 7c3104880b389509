"""What is kept of a picture, a video, a photo; their files are in the storage."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Enum, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, UtcDateTime
from app.storage.contract import content_key

WIDTHS = (320, 640, 1280)  # pixels, made where the picture is larger


class Picture(Base):
    """A picture, and the widths (pixels) in which its file exists. ``hd`` is the largest."""

    __tablename__ = "picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(String(300), default="")
    credit: Mapped[str] = mapped_column(String(200), default="")
    width: Mapped[int]
    height: Mapped[int]
    size_bytes: Mapped[int]
    checksum: Mapped[str] = mapped_column(String(64), unique=True)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class MediaKind(StrEnum):
    """What a file holds."""

    VIDEO = "video"
    PHOTO = "photo"


class MasterState(StrEnum):
    """How far a file is that came in."""

    RECEIVED = "received"
    CHECKING = "checking"
    PREPARING = "preparing"
    READY = "ready"
    FAILED = "failed"


class RenditionState(StrEnum):
    """How far something is that is made of a master."""

    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    FAILED = "failed"


def _kept(states: type[StrEnum], length: int = 12) -> Enum:
    return Enum(
        states, native_enum=False, length=length, values_callable=lambda every: [each.value for each in every]
    )


class Master(Base):
    """A video or a photo as it came, which nothing ever changes: a better one is another master.

    ``sha256`` (hex, of the whole file) is its name in the storage, so that the same file is kept once.
    ``mimetype`` and ``extension`` are what the content is, ``original_name`` what somebody called it, for people
    alone. ``technical`` is what was read from it (library.studio says its shape), ``iptc`` what a photo says of itself.
    ``problem`` is the code of what is wrong with it, ``warnings`` are codes of what an officer should know.
    """

    __tablename__ = "master"
    __table_args__ = (Index("ix_master_state", "state", "id"), Index("ix_master_kind", "kind", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MediaKind] = mapped_column(_kept(MediaKind))
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    mimetype: Mapped[str] = mapped_column(String(80), default="")
    extension: Mapped[str] = mapped_column(String(8), default="")
    original_name: Mapped[str] = mapped_column(String(255), default="")
    technical: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    iptc: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[MasterState] = mapped_column(_kept(MasterState), default=MasterState.RECEIVED)
    problem: Mapped[str] = mapped_column(String(60), default="")
    warnings: Mapped[list[str]] = mapped_column(JSON, default=list)
    added_at: Mapped[datetime] = mapped_column(UtcDateTime)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    added_by: Mapped[Account | None] = relationship()
    renditions: Mapped[list[Rendition]] = relationship(back_populates="master", order_by="Rendition.id")

    @property
    def key(self) -> str:
        """Where its file is in the storage."""
        return content_key("masters", self.sha256, self.extension)


class Rendition(Base):
    """What is made of a master for a purpose: ``name`` is "poster", "preview", "strip", "waveform", "640.avif"…

    ``key`` is where its file is, once it is ready; ``share`` (percent) how much of it is made. ``facts`` is what its
    users have to know beside it (the grid of a hover strip). ``problem`` is the code of what went wrong.
    """

    __tablename__ = "rendition"
    __table_args__ = (UniqueConstraint("master_id", "name"), Index("ix_rendition_state", "state", "id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    master_id: Mapped[int] = mapped_column(ForeignKey("master.id"))
    name: Mapped[str] = mapped_column(String(40))
    state: Mapped[RenditionState] = mapped_column(_kept(RenditionState), default=RenditionState.WAITING)
    share: Mapped[int] = mapped_column(default=0)
    key: Mapped[str] = mapped_column(String(120), default="")
    mimetype: Mapped[str] = mapped_column(String(80), default="")
    width: Mapped[int | None]
    height: Mapped[int | None]
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    problem: Mapped[str] = mapped_column(String(60), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    master: Mapped[Master] = relationship(back_populates="renditions")


class ShelfRow(Base):
    """A public edition of films or photos in the media library, with what lists of it are put in order by.

    ``kind`` is a MediaKind. It carries the edition's moment, so that a page of a list comes from an index.
    """

    __tablename__ = "shelf_row"
    __table_args__ = (
        Index("ix_shelf_row_newest", "language", "public_from", "edition_id"),
        Index("ix_shelf_row_newest_of_kind", "language", "kind", "public_from", "edition_id"),
        Index("ix_shelf_row_longest", "language", "seconds", "edition_id"),
        Index("ix_shelf_row_longest_of_kind", "language", "kind", "seconds", "edition_id"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2))
    kind: Mapped[str] = mapped_column(String(12))
    public_from: Mapped[datetime] = mapped_column(UtcDateTime)
    seconds: Mapped[int] = mapped_column(default=0)
    master_id: Mapped[int | None]
    count: Mapped[int] = mapped_column(default=1)


class ShelfMark(Base):
    """Something that the media library is narrowed by: ``name`` "place", "person", "sound"…, ``value`` as compared.

    ``label`` is the value as the text writes it.
    """

    __tablename__ = "shelf_mark"
    __table_args__ = (
        Index("ix_shelf_mark_newest", "name", "value", "language", "public_from", "edition_id"),
        Index("ix_shelf_mark_values", "language", "name", "value"),
    )

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    name: Mapped[str] = mapped_column(String(12), primary_key=True)
    value: Mapped[str] = mapped_column(String(120), primary_key=True)
    label: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(2))
    public_from: Mapped[datetime] = mapped_column(UtcDateTime)

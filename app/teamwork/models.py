"""Comments, assignments, who has a text open, and previews for outsiders."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, UtcDateTime
from app.editorial.models import Edition, Revision


class Comment(Base):
    """What somebody said about the paragraph ``block`` (counted from 1) of ``revision``, or about all of it (0).

    ``words`` are those of the paragraph at that time. An answer has the comment that it answers as its
    ``thread``; only that one is resolved.
    """

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_edition_id_resolved_at", "edition_id", "resolved_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id"), index=True)
    block: Mapped[int] = mapped_column(default=0)
    words: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    by: Mapped[Account] = relationship(foreign_keys=[by_id])
    resolved_by: Mapped[Account | None] = relationship(foreign_keys=[resolved_by_id])
    revision: Mapped[Revision] = relationship()


class Assignment(Base):
    """Somebody is asked to do ``task`` (write, translate, review, publish) with an item's text in a language.

    The language may not be begun yet. ``until`` is when it should be done, if anybody said. It is open until
    ``closed_at``; ``is_done`` then tells work that was done from work that is no longer asked for.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_to_id_closed_at", "to_id", "closed_at"),
        Index("ix_assignment_item_id_language", "item_id", "language"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    language: Mapped[str] = mapped_column(String(2))
    task: Mapped[str] = mapped_column(String(10))
    to_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(Text, default="")
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    is_done: Mapped[bool] = mapped_column(default=False)

    to: Mapped[Account] = relationship(foreign_keys=[to_id])
    by: Mapped[Account] = relationship(foreign_keys=[by_id])


class Presence(Base):
    """Somebody has a text open since ``since_at``; nobody asked again until ``until_at``, so they are gone."""

    __tablename__ = "presence"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id"), primary_key=True)
    since_at: Mapped[datetime] = mapped_column(UtcDateTime)
    until_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    account: Mapped[Account] = relationship()


class PreviewLink(Base):
    """An address at which somebody without an account reads a text that is not public, until ``expires_at``.

    ``name`` is who got it. ``digest`` is the keyed digest of the token in the address: nobody can make the
    address of it. ``seen_id`` is the version that readers saw when the link was made (none: none); once they
    see another, the link is dead.
    """

    __tablename__ = "preview_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    seen_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    by: Mapped[Account] = relationship()
    edition: Mapped[Edition] = relationship()


class PreviewOpening(Base):
    """A preview link was opened, from this network, and showed this version."""

    __tablename__ = "preview_opening"
    __table_args__ = (Index("ix_preview_opening_link_id_at", "link_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    link_id: Mapped[int] = mapped_column(ForeignKey("preview_link.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    network: Mapped[str] = mapped_column(String(64), default="")

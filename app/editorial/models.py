"""Items, their editions, and every revision there ever was."""

from __future__ import annotations

import datetime as dt
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, Enum, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.accreditation.models import Group
from app.database import Base, UtcDateTime


class State(StrEnum):
    """Where an edition's working text stands. What readers see is told by ``public_from`` alone."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    EMBARGO = "embargo"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


_STATE = Enum(
    State, native_enum=False, length=12, values_callable=lambda states: [state.value for state in states]
)

WAITING = (State.SCHEDULED, State.EMBARGO)  # approved, and public by itself when its moment comes


class Topic(Base):
    """A subject under which texts are filed. ``names`` holds its name in each language."""

    __tablename__ = "topic"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(default=0)


class Contact(Base):
    """Whom the press may call. ``names``, ``functions`` and ``hours`` hold words in each language.

    ``languages`` are the codes of what they speak. Who is no longer listed cannot be chosen for a new
    text; texts that name them keep doing so.
    """

    __tablename__ = "contact"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    names: Mapped[dict[str, str]] = mapped_column(JSON)
    functions: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    hours: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    languages: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_listed: Mapped[bool] = mapped_column(default=True)


class HouseWord(Base):
    """What the house does not write in ``language``, and what it writes ``instead``, if anything.

    An asterisk at the end of ``wrong`` stands for any ending.
    """

    __tablename__ = "house_word"
    __table_args__ = (UniqueConstraint("language", "wrong"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(2))
    wrong: Mapped[str] = mapped_column(String(80))
    instead: Mapped[str] = mapped_column(String(120), default="")


class Item(Base):
    """One thing that the office tells, in up to three languages.

    Each type of page is a subclass; ``is_numbered`` says whether it gets a reference such as
    (2025) 148 when its first edition is first published, ``reference_form`` how it is printed, ``is_dated`` whether
    the day of publication stands in its address. ``together`` are the languages that are to go live at the same moment.
    ``subject_id`` is the subject that a topic page is the page of. ``once`` is a digest of the form that began
    it: sent a second time, that form finds what it began.
    """

    __tablename__ = "item"
    __mapper_args__ = {"polymorphic_on": "type", "polymorphic_identity": "item"}
    __table_args__ = (UniqueConstraint("type", "reference_year", "reference_number"),)
    is_numbered: ClassVar[bool] = False
    reference_form: ClassVar[str] = "({year})\N{NO-BREAK SPACE}{number}"
    is_dated: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    reference_year: Mapped[int | None]
    reference_number: Mapped[int | None]
    together: Mapped[list[str]] = mapped_column(JSON, default=list)
    subject_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id"), unique=True)
    once: Mapped[str | None] = mapped_column(String(64), unique=True)

    editions: Mapped[list[Edition]] = relationship(
        back_populates="item", order_by="Edition.id", foreign_keys="Edition.item_id"
    )
    created_by: Mapped[Account] = relationship()

    @property
    def reference(self) -> str | None:
        """The reference as it is printed, or None before the first publication."""
        return self.printed(self.reference_year, self.reference_number)

    @classmethod
    def printed(cls, year: int | None, number: int | None) -> str | None:
        """Return a reference of this type of page as it is printed, or None."""
        return cls.reference_form.format(year=year, number=number) if number else None


class ReferenceCounter(Base):
    """The last reference number given for a type of page in a year."""

    __tablename__ = "reference_counter"

    type: Mapped[str] = mapped_column(String(20), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(default=0)


class Edition(Base):
    """An item in one language.

    ``state`` is of the working text (``current``). Readers see ``public_revision`` from the
    moment ``public_from`` on; None means that they see nothing. ``path`` is the public address
    below the language and the section ("2025/12/03/a-slug"). ``starts_at`` and ``ends_at`` are when
    what the public text tells of happens, where that has hours. ``ending`` says how a page that
    readers knew ended: kept with an explanation, removed, or merged into another. ``embargo_key`` is the part of the
    address at which media users whom an embargo lets in read it before its hour: random, and the same for ever.
    """

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("item_id", "language"),
        UniqueConstraint("type", "language", "path"),
        Index("ix_edition_newest", "type", "language", "public_from", "id"),
        Index("ix_edition_newest_of_kind", "type", "language", "public_kind", "public_from", "id"),
        Index("ix_edition_state_public_from", "state", "public_from"),
        Index("ix_edition_coming", "type", "language", "starts_at", "id"),
        Index("ix_edition_written", "type", "current_revision_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    type: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    state: Mapped[State] = mapped_column(_STATE, default=State.DRAFT)
    current_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("revision.id", use_alter=True), index=True
    )
    approved_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True))
    public_revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", use_alter=True))
    public_from: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    public_kind: Mapped[str | None] = mapped_column(String(20))
    path: Mapped[str | None] = mapped_column(String(160))
    first_public_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawal_reason: Mapped[str] = mapped_column(Text, default="")
    ending: Mapped[str] = mapped_column(String(10), default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    starts_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wanted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    embargo_key: Mapped[str | None] = mapped_column(String(32), unique=True, index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    item: Mapped[Item] = relationship(back_populates="editions", foreign_keys=[item_id])
    current: Mapped[Revision | None] = relationship(foreign_keys=[current_revision_id], post_update=True)
    approved: Mapped[Revision | None] = relationship(foreign_keys=[approved_revision_id], post_update=True)
    public_revision: Mapped[Revision | None] = relationship(
        foreign_keys=[public_revision_id], post_update=True
    )


class Revision(Base):
    """A whole snapshot of an edition, never changed.

    ``body`` is clean HTML as the editor reads it, ``shown`` the same as readers get it.
    ``pictures`` lists {picture, alt, is_decorative, caption}; ``fields`` holds the words that belong to
    the type of page (quotes, links), ``facts`` what of it is the same in every language (hours, rooms);
    ``topics`` are keys. ``milestone`` is the name that somebody gave this state of the text;
    ``source_id`` the revision in another language that a translation follows.
    """

    __tablename__ = "revision"
    __table_args__ = (UniqueConstraint("edition_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    number: Mapped[int]
    author_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    kind: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    slug: Mapped[str] = mapped_column(String(80), default="")
    lead: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    shown: Mapped[str] = mapped_column(Text, default="")
    place: Mapped[str] = mapped_column(String(120), default="")
    date: Mapped[dt.date | None] = mapped_column(Date)
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id"))
    pictures: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    milestone: Mapped[str] = mapped_column(String(80), default="")
    is_autosave: Mapped[bool] = mapped_column(default=False)
    source_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id"))

    author: Mapped[Account] = relationship()
    edition: Mapped[Edition] = relationship(foreign_keys=[edition_id])


class Decision(Base):
    """What somebody decided about a revision: submitted, returned (with why), approved…"""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    verb: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text, default="")

    by: Mapped[Account] = relationship()


class EmbargoAccess(Base):
    """A text under embargo is open to a group of media users before its hour.

    The rows of the last embargo stay after its hour, and when the text was taken back: they open nothing then.
    """

    __tablename__ = "embargo_access"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("media_group.id"), primary_key=True, index=True)

    group: Mapped[Group] = relationship()


class Publication(Base):
    """A version that readers saw from ``at`` on, and what they were told of it.

    ``kind`` is first, correction, update, minor, or restored (put back after it had ended), and for an
    ending withdrawn, removed or merged: of the version that readers saw last. ``note`` is the public
    sentence that goes with it, empty for a first publication and a minor edit. ``by_id`` is none when a
    moment came by itself.
    """

    __tablename__ = "publication"
    __table_args__ = (Index("ix_publication_edition_id_at", "edition_id", "at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    kind: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    by: Mapped[Account | None] = relationship()
    revision: Mapped[Revision] = relationship()


class Urgency(Base):
    """A publication by one person alone, open until a second one has looked at the text and confirmed it."""

    __tablename__ = "urgency"

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), index=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    by: Mapped[Account] = relationship(foreign_keys=[by_id])
    closed_by: Mapped[Account | None] = relationship(foreign_keys=[closed_by_id])


class Waiver(Base):
    """A finding of the checks that somebody let pass, and why. ``key`` names the finding and its words."""

    __tablename__ = "waiver"
    __table_args__ = (UniqueConstraint("edition_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    key: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    by: Mapped[Account] = relationship()


class Mention(Base):
    """A public text links to another item of ours: who is told when that one goes."""

    __tablename__ = "mention"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True, index=True)


class OldAddress(Base):
    """An address that a public edition once had; it leads to the present one for ever."""

    __tablename__ = "old_address"
    __table_args__ = (UniqueConstraint("type", "language", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    type: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    path: Mapped[str] = mapped_column(String(160))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))


class Filing(Base):
    """A public edition under a topic; carries the edition's moment, so that a topic's newest come from an index."""

    __tablename__ = "filing"
    __table_args__ = (Index("ix_filing_newest", "topic_id", "type", "language", "public_from", "edition_id"),)

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id"), primary_key=True)
    type: Mapped[str] = mapped_column(String(20))
    language: Mapped[str] = mapped_column(String(2))
    public_from: Mapped[datetime] = mapped_column(UtcDateTime)


class PublicPicture(Base):
    """A picture on a public edition: the file may be fetched while one of these is public."""

    __tablename__ = "public_picture"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    picture_id: Mapped[int] = mapped_column(primary_key=True, index=True, autoincrement=False)


class PublicMaster(Base):
    """A master on a public edition: what is made of it may be fetched while one of these is public."""

    __tablename__ = "public_master"

    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), primary_key=True)
    master_id: Mapped[int] = mapped_column(primary_key=True, index=True, autoincrement=False)


class Standing(Base):
    """One row: its version grows with every change that readers can see. Caches live by it."""

    __tablename__ = "standing"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(default=0)

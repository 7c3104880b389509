"""What is written to many, and what became of it with each of them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, SmallInteger, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, UtcDateTime

MOST_ITEMS = 62  # Delivery.items has a bit for each


class IssueKind(StrEnum):
    """What an issue is: told at once, a summary of a day or a week, made by an officer, or a follow-up to another."""

    ALERT = "alert"
    DAILY = "daily"
    WEEKLY = "weekly"
    HANDMADE = "handmade"
    CORRECTION = "correction"


class IssueState(StrEnum):
    """Where an issue stands; SKIPPED is a summary of nothing, which was not sent."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PLANNING = "planning"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    SENT = "sent"
    SKIPPED = "skipped"


class DeliveryState(StrEnum):
    """What became of one mail to one person: see the room's plate."""

    QUEUED = "queued"
    LEASED = "leased"
    SENDING = "sending"
    DEFERRED = "deferred"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SUPPRESSED = "suppressed"
    LEFT = "left"
    STOPPED = "stopped"


class Issue(Base):
    """One thing that is written to many.

    ``key`` is its occasion ("alert:item:12", "daily:2025-11-20"): there is one issue for each, however often it is
    announced; None for one made by hand. ``audience`` narrows whom it goes to: {"kinds": […], "languages": […],
    "topics": […]}, an empty list meaning all. ``corrects_id`` is the issue that a correction follows: it goes to those
    alone who got that. ``path`` is where its web version stands below /<language>/newsletter/archive/, None for one
    that is not shown there. ``send_at`` is the hour at which it is to go, ``since`` from when on a summary tells.

    ``planned_until_id`` is the last subscriber's id that planning has looked at, ``recipients`` how many deliveries it
    made so far. ``message_host`` is the right side of every Message-ID, fixed when planning begins. ``pause_reason``
    says why a sending stands still. ``version`` counts up with each change of a draft, so that of two officers who
    save, the second is told.
    """

    __tablename__ = "issue"
    __table_args__ = (
        Index("ix_issue_state_send_at", "state", "send_at"),
        Index("ix_issue_kind_id", "kind", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    key: Mapped[str | None] = mapped_column(String(80), unique=True)
    audience: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    corrects_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), index=True)
    path: Mapped[str | None] = mapped_column(String(80), unique=True)
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    send_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    planned_until_id: Mapped[int] = mapped_column(default=0)
    recipients: Mapped[int] = mapped_column(default=0)
    message_host: Mapped[str] = mapped_column(String(255), default="")
    pause_reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    sent_by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class IssueEdition(Base):
    """An issue in one language: its words, and the bodies made of them once it goes out.

    ``html`` and ``text`` hold marks where something is filled in for each person; None before they are made. ``found``
    is what the archive finds it by: the words of its page as they are now, folded.
    """

    __tablename__ = "issue_edition"

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True, autoincrement=False)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    subject: Mapped[str] = mapped_column(String(300), default="")
    preheader: Mapped[str] = mapped_column(String(300), default="")
    intro: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str | None] = mapped_column(Text)
    found: Mapped[str | None] = mapped_column(Text)
    rendered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class IssueItem(Base):
    """A text in an issue, at its ``position`` (from 0; that of its bit in Delivery.items).

    ``words`` holds an officer's own introduction to it, by language. ``languages`` says in which language each edition
    shows it ({"fr": "en"}: in French it stands in English); empty before the editions were drawn.
    """

    __tablename__ = "issue_item"
    __table_args__ = (UniqueConstraint("issue_id", "item_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    words: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    languages: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)


_OPEN = text("state IN ('queued', 'deferred', 'leased', 'sending')")


_LEASED = text("lease_until IS NOT NULL")


class Delivery(Base):
    """An issue to one person: one row, planned once; see the room's plate for its states.

    ``language`` is that of the edition they get, ``items`` which of the issue's items (bit by bit; None: all).
    ``message_id`` is the left side of the Message-ID, fixed at planning. ``next_try_at`` is from when on it may be
    sent; ``lease_until`` until when the worker called ``leased_by`` has it. ``attempts`` counts how often it was handed
    to a server, ``repeats`` how often that was in doubt. ``answer_code`` is the server's last answer (250, 450, 550),
    ``answer_status`` its enhanced code ("5.1.1"); its words are not kept, they repeat the address.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        # What is still to be done of an issue, in the order in which it is taken; it shrinks as a sending goes on.
        Index(
            "ix_delivery_open", "issue_id", "next_try_at", "subscriber_id",
            sqlite_where=_OPEN, postgresql_where=_OPEN,
        ),
        Index("ix_delivery_lease_until", "lease_until", sqlite_where=_LEASED, postgresql_where=_LEASED),
        Index("ix_delivery_issue_id_state_ended_at", "issue_id", "state", "ended_at"),
        {"sqlite_with_rowid": False},
    )  # fmt: skip

    issue_id: Mapped[int] = mapped_column(ForeignKey("issue.id"), primary_key=True, autoincrement=False)
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id"), primary_key=True, autoincrement=False, index=True
    )
    language: Mapped[str] = mapped_column(String(2))
    items: Mapped[int | None] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(10), default=DeliveryState.QUEUED)
    message_id: Mapped[str] = mapped_column(String(40))
    next_try_at: Mapped[datetime] = mapped_column(UtcDateTime)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    leased_by: Mapped[str] = mapped_column(String(40), default="")
    attempts: Mapped[int] = mapped_column(SmallInteger, default=0)
    repeats: Mapped[int] = mapped_column(SmallInteger, default=0)
    answer_code: Mapped[int | None] = mapped_column(SmallInteger)
    answer_status: Mapped[str] = mapped_column(String(12), default="")
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

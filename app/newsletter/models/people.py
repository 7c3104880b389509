"""Who is written to, why we may, and who must not be written to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, UtcDateTime


class Kind(StrEnum):
    """A kind of e-mail that somebody may want: each release at once, a summary each day or on Fridays, advisories."""

    EVERY = "every"
    DAILY = "daily"
    FRIDAY = "friday"
    ADVISORIES = "advisories"


class State(StrEnum):
    """Where a subscriber stands: only the active are written to."""

    WAITING = "waiting"  # for the confirmation of the address
    ACTIVE = "active"
    PAUSED = "paused"
    LEFT = "left"
    REFUSED = "refused"  # the address is suppressed


class IfMissing(StrEnum):
    """What somebody wants when a text is not there in their language: wait for it, English marked as such, nothing."""

    WAIT = "wait"
    ENGLISH = "english"
    SKIP = "skip"


class SuppressionReason(StrEnum):
    """Why an address is never written to."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"
    ADMINISTRATOR = "administrator"
    ERASED = "erased"  # its owner had everything erased, and wants to stay unknown


class BounceKind(StrEnum):
    """How a mail came back: for good, for now, or called unwanted by its reader."""

    HARD = "hard"
    SOFT = "soft"
    COMPLAINT = "complaint"


def _wanting(column: str) -> Index:
    """Return the index of those who are active and want one kind, in order of id.

    SQLite takes it for a query that says the same words, constants included: queries.wanting() does.
    """
    return Index(
        f"ix_subscriber_{column}",
        "id",
        sqlite_where=text(f"state = 'active' AND {column} = 1"),
        postgresql_where=text(f"state = 'active' AND {column}"),
    )


class Subscriber(Base):
    """An address that gets our mails, or asked for them.

    ``email`` is the address as it was typed, the only one that is ever written to; ``email_key`` (canonical) is what it
    is found by, ``address_hash`` its keyed digest (addresses.digest). All three are empty once the person was erased:
    the row stays for the figures of issues. ``language`` is that of their mails; ``has_all_topics`` says that no topic
    was chosen, else SubscriberTopic tells which. ``state_at`` is since when the ``state`` holds; ``paused_until`` ends
    a pause by itself. ``token_version`` is signed into every link. ``source`` is how the address first came to us
    ("page", "account", "import"). ``left_how`` says by which way somebody left ("link", "one click", "desk"),
    ``left_reason`` why, if they told.
    """

    __tablename__ = "subscriber"
    __table_args__ = (
        # Most are active: an index of them by state would only keep SQLite from taking the right one.
        Index(
            "ix_subscriber_others",
            "state",
            "id",
            sqlite_where=text("state <> 'active'"),
            postgresql_where=text("state <> 'active'"),
        ),
        _wanting("wants_every"),
        _wanting("wants_daily"),
        _wanting("wants_friday"),
        _wanting("wants_advisories"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str | None] = mapped_column(String(320), unique=True)
    address_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    language: Mapped[str] = mapped_column(String(2))
    if_missing: Mapped[str] = mapped_column(String(8), default=IfMissing.ENGLISH)
    wants_every: Mapped[bool] = mapped_column(default=False)
    wants_daily: Mapped[bool] = mapped_column(default=False)
    wants_friday: Mapped[bool] = mapped_column(default=False)
    wants_advisories: Mapped[bool] = mapped_column(default=False)
    has_all_topics: Mapped[bool] = mapped_column(default=True)
    state: Mapped[str] = mapped_column(String(8))
    state_at: Mapped[datetime] = mapped_column(UtcDateTime)
    paused_until: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    token_version: Mapped[int] = mapped_column(default=0)
    source: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    left_how: Mapped[str] = mapped_column(String(20), default="")
    left_reason: Mapped[str] = mapped_column(String(20), default="")

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of e-mail that this subscriber wants, in their order."""
        return tuple(kind for kind in Kind if getattr(self, f"wants_{kind}"))

    @kinds.setter
    def kinds(self, wanted: Iterable[str]) -> None:
        known = set(wanted)
        for kind in Kind:
            setattr(self, f"wants_{kind}", kind in known)


class SubscriberTopic(Base):
    """A topic that a subscriber chose; clustered by topic, as planning asks."""

    __tablename__ = "subscriber_topic"
    __table_args__ = {"sqlite_with_rowid": False}

    topic_id: Mapped[int] = mapped_column(
        ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    subscriber_id: Mapped[int] = mapped_column(
        ForeignKey("subscriber.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )


class Consent(Base):
    """What a subscriber said yes to: the ``text`` as they saw it, its ``version``, in which ``language``, on which
    ``page``.

    ``choices`` is what they asked for then (kinds, topics, language). ``asked_at`` is when they did, ``confirmed_at``
    when the address was proven to be theirs and ``how`` it was; ``withdrawn_at`` ends it, ``withdrawn_how`` says by
    which way. The database refuses any other change. ``account_consent_id`` is the consent at the opening of a media
    account from which it follows, ``import_id`` the file that it came with.
    """

    __tablename__ = "newsletter_consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(2))
    page: Mapped[str] = mapped_column(String(200))
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    source: Mapped[str] = mapped_column(String(10))
    how: Mapped[str] = mapped_column(String(200), default="")
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_how: Mapped[str] = mapped_column(String(20), default="")
    account_consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), unique=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("subscriber_import.id"), index=True)


class SubscriptionRequest(Base):
    """What somebody typed to be sent the newsletter, kept as it came: whether the address is known is found out later.

    ``text``, ``version``, ``language`` and ``page`` are what they saw; ``handled_at`` is when the job had looked at it.
    It is erased a week later.
    """

    __tablename__ = "subscription_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    kind: Mapped[str] = mapped_column(String(12))  # "subscribe", or "preferences" for a new link to these
    choices: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    text: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[str] = mapped_column(String(40), default="")
    language: Mapped[str] = mapped_column(String(2))
    page: Mapped[str] = mapped_column(String(200))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AddressChange(Base):
    """Another address that a subscriber wants to be written to at, until it is confirmed from there."""

    __tablename__ = "address_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id"), index=True)
    email: Mapped[str] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(String(320), index=True)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    done_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Suppression(Base):
    """An address that is never written to, as a keyed digest: it outlives the erasure of its owner.

    ``source`` says how we know ("dsn", "webhook", "desk", "smtp", "erasure"), ``detail`` more (a status such as 5.1.1,
    or an officer's words). It ends by being deleted, which the log tells.
    """

    __tablename__ = "suppression"

    id: Mapped[int] = mapped_column(primary_key=True)
    address_hash: Mapped[str] = mapped_column(String(64), unique=True)
    reason: Mapped[str] = mapped_column(String(14))
    source: Mapped[str] = mapped_column(String(10))
    detail: Mapped[str] = mapped_column(String(300), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))


class Bounce(Base):
    """A mail that came back after the server had taken it, or that its reader called unwanted.

    ``status`` is the enhanced code of RFC 3463 ("5.1.1"), ``digest`` stands for the report, so that one counts once.
    """

    __tablename__ = "bounce"
    __table_args__ = (Index("ix_bounce_subscriber_id_at", "subscriber_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subscriber_id: Mapped[int] = mapped_column(ForeignKey("subscriber.id"))
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("issue.id"), index=True)
    kind: Mapped[str] = mapped_column(String(9))
    status: Mapped[str] = mapped_column(String(12), default="")
    source: Mapped[str] = mapped_column(String(10))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class SubscriberImport(Base):
    """A file of addresses on its way in: ``content`` is the file until the import is over, then empty.

    ``settings`` is how the file is to be read (encoding, separator, columns) and what consent was recorded for its
    people; ``report`` how many lines became what, with those that were turned down and why, by their number.
    """

    __tablename__ = "subscriber_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(8))  # "read", "running", "done"
    report: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    done_lines: Mapped[int] = mapped_column(default=0)
    by_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

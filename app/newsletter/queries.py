"""What can be asked about subscribers and issues."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, exists, func, literal_column, select

from app.accounts.rules import BadAddress, email_key
from app.database import db, folded
from app.editorial import queries as texts
from app.media_users.models import Consent as AccountConsent
from app.newsletter.addresses import digest
from app.newsletter.models import (
    AddressChange,
    Bounce,
    BounceKind,
    Consent,
    Delivery,
    Issue,
    IssueEdition,
    Kind,
    State,
    Subscriber,
    SubscriberImport,
    SubscriberTopic,
    SubscriptionRequest,
    Suppression,
)

PAGE = 30

# --- who is written to ---


def wanting(kind: Kind) -> ColumnElement[bool]:
    """Return the condition of those who are active and want ``kind``, in the words of its partial index.

    The state is written out: neither database takes a partial index for a value that is told apart from the query.
    """
    wants: Any = getattr(Subscriber, f"wants_{kind}")
    return and_(Subscriber.state == literal_column(f"'{State.ACTIVE}'"), wants)


def waiting_since_before(at: datetime) -> Select[int]:
    """Return the query for those who wait since before ``at``, in the words of the index of who is not active."""
    return select(Subscriber.id).where(
        Subscriber.state != literal_column(f"'{State.ACTIVE}'"),
        Subscriber.state == State.WAITING,
        Subscriber.state_at < at,
        Subscriber.email_key.is_not(None),
    )


def may_write_to(subscriber_id: int) -> bool:
    """Say whether a mail of an issue may go to a subscriber now: who is active, and not suppressed."""
    suppressed = exists().where(Suppression.address_hash == Subscriber.address_hash)
    active = select(Subscriber.id).where(
        Subscriber.id == subscriber_id, Subscriber.state == State.ACTIVE, ~suppressed
    )
    return db.session.scalar(active) is not None


def has_pause_over(at: datetime) -> bool:
    """Say whether somebody's pause is over at the moment ``at``."""
    over = select(Subscriber.id).where(Subscriber.state == State.PAUSED, Subscriber.paused_until <= at)
    return db.session.scalar(over.limit(1)) is not None


# --- one subscriber ---


def subscriber(subscriber_id: int) -> Subscriber | None:
    """Return the subscriber with this id; None also for one who was erased."""
    found = db.session.get(Subscriber, subscriber_id)
    return found if found is not None and found.email_key is not None else None


def by_key(email_key: str) -> Subscriber | None:
    """Return the subscriber with this canonical address."""
    return db.session.scalar(select(Subscriber).where(Subscriber.email_key == email_key))


def held(subscriber_id: int) -> Subscriber | None:
    """Return a subscriber whom nobody else changes before the running act is over; None for one who was erased."""
    return db.session.scalar(
        select(Subscriber)
        .where(Subscriber.id == subscriber_id, Subscriber.email_key.is_not(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )


def topics_of(subscriber_id: int) -> tuple[int, ...]:
    """Return the ids of the topics that a subscriber chose."""
    chosen = select(SubscriberTopic.topic_id).where(SubscriberTopic.subscriber_id == subscriber_id)
    return tuple(db.session.scalars(chosen.order_by(SubscriberTopic.topic_id)))


def consent(consent_id: int) -> Consent | None:
    """Return the consent with this id."""
    return db.session.get(Consent, consent_id)


def consents_of(subscriber_id: int) -> Sequence[Consent]:
    """Return all that a subscriber said yes to, the newest first."""
    return db.session.scalars(
        select(Consent).where(Consent.subscriber_id == subscriber_id).order_by(Consent.id.desc())
    ).all()


def current_consent(subscriber_id: int) -> Consent | None:
    """Return the consent that holds: confirmed, and not withdrawn."""
    holding = select(Consent).where(
        Consent.subscriber_id == subscriber_id,
        Consent.confirmed_at.is_not(None),
        Consent.withdrawn_at.is_(None),
    )
    return db.session.scalar(holding.order_by(Consent.id.desc()).limit(1))


def consent_asked(subscriber_id: int, at: datetime) -> Consent | None:
    """Return what a subscriber asked for at just this moment."""
    return db.session.scalar(
        select(Consent).where(Consent.subscriber_id == subscriber_id, Consent.asked_at == at)
    )


def request(request_id: int) -> SubscriptionRequest | None:
    """Return what somebody typed, by its id."""
    return db.session.get(SubscriptionRequest, request_id)


def same_request(email_key: str, kind: str, since: datetime) -> Sequence[SubscriptionRequest]:
    """Return what was asked for an address since a moment, the newest first."""
    wanted = select(SubscriptionRequest).where(
        SubscriptionRequest.email_key == email_key,
        SubscriptionRequest.kind == kind,
        SubscriptionRequest.asked_at >= since,
    )
    return db.session.scalars(wanted.order_by(SubscriptionRequest.id.desc())).all()


def change(change_id: int) -> AddressChange | None:
    """Return a change of address, by its id."""
    return db.session.get(AddressChange, change_id)


def taken_in(account_consent_id: int) -> Consent | None:
    """Return the consent that follows from one given at the opening of a media account."""
    return db.session.scalar(select(Consent).where(Consent.account_consent_id == account_consent_id))


def account_consent(consent_id: int) -> AccountConsent | None:
    """Return what somebody agreed to when they opened a media account."""
    return db.session.get(AccountConsent, consent_id)


def stale(at_requests: datetime, at_waiting: datetime) -> tuple[Sequence[int], Sequence[int]]:
    """Return ids, a few of each: requests from before ``at_requests``, who waits since before ``at_waiting``."""
    requests = select(SubscriptionRequest.id).where(SubscriptionRequest.asked_at < at_requests)
    return (
        db.session.scalars(requests.order_by(SubscriptionRequest.id).limit(200)).all(),
        db.session.scalars(waiting_since_before(at_waiting).order_by(Subscriber.id).limit(200)).all(),
    )


# --- suppression ---


def suppression(address_hash: str) -> Suppression | None:
    """Return why nobody is to write to the address with this digest, or None."""
    return db.session.scalar(select(Suppression).where(Suppression.address_hash == address_hash))


def suppression_of(email_key: str) -> Suppression | None:
    """Return why nobody is to write to the canonical address ``email_key``, or None."""
    return suppression(digest(email_key))


def suppressions_among(hashes: Iterable[str]) -> set[str]:
    """Return which of these digests are suppressed."""
    wanted = select(Suppression.address_hash).where(Suppression.address_hash.in_(list(hashes)))
    return set(db.session.scalars(wanted))


def known_among(keys: Iterable[str]) -> dict[str, Subscriber]:
    """Return the subscribers among these canonical addresses, by address."""
    wanted = select(Subscriber).where(Subscriber.email_key.in_(list(keys)))
    return {str(each.email_key): each for each in db.session.scalars(wanted)}


def bounce(digest: str) -> Bounce | None:
    """Return the report of a mail that came back, by its digest."""
    return db.session.scalar(select(Bounce).where(Bounce.digest == digest))


def soft_bounces(subscriber_id: int, since: datetime) -> int:
    """Count how often mails to somebody came back for the moment, since then."""
    wanted = select(func.count(Bounce.id)).where(
        Bounce.subscriber_id == subscriber_id, Bounce.kind == BounceKind.SOFT, Bounce.at > since
    )
    return db.session.scalar(wanted) or 0


def bounces_of(subscriber_id: int) -> Sequence[Bounce]:
    """Return what came back from somebody, the newest first."""
    return db.session.scalars(
        select(Bounce).where(Bounce.subscriber_id == subscriber_id).order_by(Bounce.id.desc()).limit(50)
    ).all()


def issue_exists(issue_id: int) -> bool:
    """Say whether there is such an issue."""
    return db.session.scalar(select(Issue.id).where(Issue.id == issue_id)) is not None


# --- the desk ---


@dataclass(frozen=True)
class Asked:
    """What the list of subscribers is narrowed by; empty values narrow nothing."""

    words: str = ""
    state: str = ""
    language: str = ""
    source: str = ""


def _key(words: str) -> str | None:
    """Return the canonical form of a whole address: it is found at once, where parts of one are looked for in all."""
    try:
        return email_key(words)
    except BadAddress:
        return None


def _matching(asked: Asked) -> list[Any]:
    conditions: list[Any] = [Subscriber.email_key.is_not(None)]
    if asked.words and (key := _key(asked.words)):
        conditions.append(Subscriber.email_key == key)
    elif asked.words:
        said = asked.words.lower().replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        conditions.append(folded(Subscriber.email).like(f"%{said}%", escape="\\"))
    for column, value in (
        (Subscriber.state, asked.state),
        (Subscriber.language, asked.language),
        (Subscriber.source, asked.source),
    ):
        if value:
            conditions.append(column == value)
    return conditions


def page(asked: Asked, *, skip: int) -> Sequence[Subscriber]:
    """Return one page of subscribers, the newest first."""
    wanted = select(Subscriber).where(*_matching(asked)).order_by(Subscriber.id.desc())
    return db.session.scalars(wanted.offset(skip).limit(PAGE)).all()


def count(asked: Asked) -> int:
    """Count the subscribers whom page() would list."""
    return db.session.scalar(select(func.count(Subscriber.id)).where(*_matching(asked))) or 0


def by_state() -> dict[str, int]:
    """Return how many stand in which state; who was erased is in none."""
    counted = select(Subscriber.state, func.count()).where(Subscriber.email_key.is_not(None))
    return {row[0]: row[1] for row in db.session.execute(counted.group_by(Subscriber.state))}


def after(subscriber_id: int, limit: int) -> Sequence[Subscriber]:
    """Return the next subscribers in order of id: for an export that takes the same memory for a million."""
    wanted = select(Subscriber).where(Subscriber.id > subscriber_id, Subscriber.email_key.is_not(None))
    return db.session.scalars(wanted.order_by(Subscriber.id).limit(limit)).all()


def holding_consents(subscriber_ids: Iterable[int]) -> dict[int, Consent]:
    """Return the consent that holds for each of these subscribers, by subscriber."""
    wanted = select(Consent).where(
        Consent.subscriber_id.in_(list(subscriber_ids)),
        Consent.confirmed_at.is_not(None),
        Consent.withdrawn_at.is_(None),
    )
    return {each.subscriber_id: each for each in db.session.scalars(wanted.order_by(Consent.id))}


def topics_of_many(subscriber_ids: Iterable[int]) -> dict[int, list[int]]:
    """Return the topics that each of these subscribers chose, by subscriber."""
    wanted = select(SubscriberTopic.subscriber_id, SubscriberTopic.topic_id).where(
        SubscriberTopic.subscriber_id.in_(list(subscriber_ids))
    )
    found: dict[int, list[int]] = {}
    for row in db.session.execute(wanted.order_by(SubscriberTopic.topic_id)):
        found.setdefault(row[0], []).append(row[1])
    return found


def deliveries_of(subscriber_id: int, limit: int = 50) -> Sequence[Any]:
    """Return the mails planned for somebody, the newest first: (Delivery, Issue, its subject as they read it)."""
    theirs = and_(IssueEdition.issue_id == Delivery.issue_id, IssueEdition.language == Delivery.language)
    wanted = (
        select(Delivery, Issue, func.coalesce(IssueEdition.subject, ""))
        .join(Issue, Issue.id == Delivery.issue_id)
        .outerjoin(IssueEdition, theirs)
        .where(Delivery.subscriber_id == subscriber_id)
        .order_by(Delivery.issue_id.desc())
    )
    return db.session.execute(wanted.limit(limit)).all()


def subscriber_import(import_id: int) -> SubscriberImport | None:
    """Return a file of addresses, by its id."""
    return db.session.get(SubscriberImport, import_id)


def stale_imports(before: datetime) -> Sequence[int]:
    """Return the ids of files from before a moment that nobody took in."""
    wanted = select(SubscriberImport.id).where(SubscriberImport.state == "read", SubscriberImport.at < before)
    return db.session.scalars(wanted).all()


def imports(limit: int = 20) -> Sequence[SubscriberImport]:
    """Return the files that were read last, the newest first."""
    return db.session.scalars(
        select(SubscriberImport).order_by(SubscriberImport.id.desc()).limit(limit)
    ).all()


# --- what there was to tell ---


def published_between(
    start: datetime, end: datetime, language: str, topics: Sequence[int] = (), limit: int = 60
) -> Sequence[Row[Any]]:
    """Return the releases that became public from ``start`` on and before ``end``, in ``language``, the newest first.

    Rows have editorial's row_columns. ``topics`` (ids; none: all) narrow them; under two of them a text comes once.
    """
    if not topics:
        return texts.newest("release", language, start=start, end=end, limit=limit)
    found = {
        row.id: row
        for topic in topics
        for row in texts.newest("release", language, topic_id=topic, start=start, end=end, limit=limit)
    }
    return sorted(found.values(), key=lambda row: (row.public_from, row.id), reverse=True)[:limit]


def all_topics() -> Sequence[Any]:
    """Return the topics that somebody may choose, in their order."""
    return texts.topics()


def days_before(at: datetime, days: int) -> datetime:
    """Return the moment so many days before ``at``."""
    return at - timedelta(days=days)

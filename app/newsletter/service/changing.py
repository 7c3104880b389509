"""What somebody wants to be sent, and at which address."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, insert

from app import clock
from app.accounts.rules import check_address, email_key
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.limits.limits import allow
from app.newsletter import queries, rules
from app.newsletter.addresses import digest
from app.newsletter.models import AddressChange, State, Subscriber, SubscriberTopic
from app.newsletter.rules import Wish
from app.newsletter.service.leaving import empty, leave
from app.newsletter.tokens import CONFIRM_DAYS
from app.proving.queries import hold

CHANGES, NETWORK = "newsletter.changes", "newsletter.network"
CHANGES_AN_HOUR = 5


def choose(subscriber: Subscriber, wish: Wish) -> None:
    """Write down, in the running act, what ``subscriber`` wants."""
    subscriber.kinds = wish.kinds
    subscriber.language, subscriber.if_missing = wish.language, wish.if_missing
    subscriber.has_all_topics = not wish.topics
    db.session.flush()
    db.session.execute(delete(SubscriberTopic).where(SubscriberTopic.subscriber_id == subscriber.id))
    if wish.topics:
        rows = [{"topic_id": topic, "subscriber_id": subscriber.id} for topic in wish.topics]
        db.session.execute(insert(SubscriberTopic), rows)


@act
def save(subscriber: Subscriber, wish: Wish) -> None:
    """Let ``subscriber`` be sent ``wish`` from now on. Raises Gone for one who was erased."""
    kept = _there(subscriber)
    choose(kept, wish)
    record(None, "changed preferences", kept)


def ask_address(subscriber: Subscriber, email: str, *, network: str) -> None:
    """Begin to write to ``subscriber`` at another address: it gets a mail whose link confirms it.

    Raises BadAddress, SameAddress, TooMany after five changes in an hour or too many mails from this ``network``, Gone.
    """
    key = email_key(email)
    if key == subscriber.email_key:
        raise rules.SameAddress
    allow(NETWORK, network, amount=current_app.config["SUBSCRIPTIONS_NETWORK"], seconds=60 * 60)
    allow(CHANGES, str(subscriber.id), amount=CHANGES_AN_HOUR, seconds=60 * 60)
    allow("newsletter.address.hour", key, amount=rules.ADDRESS_HOUR, seconds=60 * 60)
    _ask_address(subscriber, check_address(email), key)


@act
def _ask_address(subscriber: Subscriber, address: str, key: str) -> None:
    kept = _there(subscriber)
    wanted = AddressChange(subscriber_id=kept.id, email=address, email_key=key, asked_at=clock.now())
    db.session.add(wanted)
    db.session.flush()
    announce("newsletter.address_wanted", change=wanted.id)


@act
def move(change_id: int) -> Subscriber:
    """Write to a subscriber at the address of a change from now on, as its link came back; say who that is.

    Every link of before is dead then, but for those to leave. Where the address has a subscription of its own, that one
    stays and this one ends: nobody gets everything twice.

    Raises Gone, LinkOver.
    """
    change = queries.change(change_id)
    subscriber = queries.subscriber(change.subscriber_id) if change is not None else None
    if change is None or subscriber is None or not (change.email_key or change.done_at):
        raise rules.Gone
    for key in sorted({change.email_key, subscriber.email_key or ""}):
        hold(key)  # always in this order: nobody waits for somebody who waits for them
    kept = queries.held(subscriber.id)
    if kept is None or queries.suppression(digest(change.email_key)) is not None:
        raise rules.Gone
    if change.done_at is not None:
        return kept
    if clock.now() > change.asked_at + timedelta(days=CONFIRM_DAYS):
        raise rules.LinkOver
    change.done_at = clock.now()
    other = queries.by_key(change.email_key)
    if other is not None and other.state in (State.ACTIVE, State.PAUSED):
        leave(kept, how="moved")
        return other
    if other is not None:
        empty(other)
        db.session.flush()
    before = kept.email
    kept.email, kept.email_key, kept.address_hash = change.email, change.email_key, digest(change.email_key)
    kept.token_version += 1
    change.email = before  # to be told, and then forgotten
    record(None, "changed address", kept)
    announce("newsletter.moved", change=change.id)
    return kept


def _there(subscriber: Subscriber) -> Subscriber:
    kept = queries.held(subscriber.id)
    if kept is None:
        raise rules.Gone
    return kept

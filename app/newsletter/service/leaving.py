"""Leaving: at once, whoever asks by a link of ours; coming back within 30 days; and being erased."""

from __future__ import annotations

from sqlalchemy import delete, update

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.media_users import service as media_users
from app.newsletter import queries, rules
from app.newsletter.models import (
    AddressChange,
    Consent,
    State,
    Subscriber,
    SubscriberTopic,
    SubscriptionRequest,
    Suppression,
    SuppressionReason,
)
from app.proving.queries import hold

REASONS = ("too_many", "not_for_me", "never_asked", "elsewhere")


@act
def leave(subscriber: Subscriber, *, how: str) -> bool:
    """Write nothing to ``subscriber`` from now on, and end what they agreed to; say whether that is new.

    ``how`` is by which way they left: "link", "one click", "preferences", "desk", "moved".
    """
    kept = queries.held(subscriber.id)
    if kept is None or kept.state == State.LEFT:
        return False
    now = clock.now()
    withdraw_consents(kept, how=how)
    if kept.state == State.REFUSED:  # nobody wrote to them anyway, and nobody will
        return False
    kept.state, kept.state_at, kept.paused_until = State.LEFT, now, None
    kept.left_how, kept.left_reason = how, ""
    record(None, "unsubscribed", kept, how=how)
    return True


def withdraw_consents(subscriber: Subscriber, *, how: str) -> None:
    """End, in the running act, all that ``subscriber`` agreed to, also what is not confirmed yet."""
    db.session.flush()
    open_ones = update(Consent).where(Consent.subscriber_id == subscriber.id, Consent.withdrawn_at.is_(None))
    db.session.execute(open_ones.values(withdrawn_at=clock.now(), withdrawn_how=how))
    media_users.withdraw(str(subscriber.email_key))


@act
def give_reason(subscriber: Subscriber, reason: str) -> bool:
    """Keep why ``subscriber`` left; say whether it was one of the reasons that there are, of somebody who has left."""
    kept = queries.held(subscriber.id)
    if kept is None or kept.state != State.LEFT or reason not in REASONS:
        return False
    kept.left_reason = reason
    return True


@act
def come_back(subscriber: Subscriber, *, text: str, version: str, page: str, language: str) -> None:
    """Write to ``subscriber`` again, who left not long ago, and keep to what they said yes this time.

    Raises TooLate after 30 days, and for one who had never confirmed; Gone for an address that is suppressed.
    """
    kept, now = queries.held(subscriber.id), clock.now()
    if kept is None:
        raise rules.Gone
    hold(str(kept.email_key))
    if queries.suppression(str(kept.address_hash)) is not None:
        raise rules.Gone
    if kept.state in (State.ACTIVE, State.PAUSED):
        return  # the button was pressed twice
    if not rules.may_come_back(kept, at=now):
        raise rules.TooLate
    choices = {
        "kinds": [str(kind) for kind in kept.kinds], "topics": list(queries.topics_of(kept.id)),
        "language": kept.language, "if_missing": kept.if_missing,
    }  # fmt: skip
    db.session.add(
        Consent(
            subscriber_id=kept.id, text=text, version=version, language=language, page=page, choices=choices,
            source="page", how="undo, by the link to leave", asked_at=now, confirmed_at=now,
        )
    )  # fmt: skip
    kept.state, kept.state_at = State.ACTIVE, now
    kept.left_how = kept.left_reason = ""
    record(None, "subscribed again", kept)


@act
def erase(subscriber: Subscriber, *, by: Account | None = None) -> bool:
    """Erase all that is kept of ``subscriber``, but a digest by which nobody adds the address again.

    ``by`` is the officer who does it; None: the person themselves. Says whether there was anybody.
    """
    kept = queries.held(subscriber.id)
    if kept is None:
        return False
    address_hash = str(kept.address_hash)
    media_users.withdraw(str(kept.email_key))
    empty(kept)
    db.session.flush()
    if queries.suppression(address_hash) is None:
        db.session.add(
            Suppression(
                address_hash=address_hash, reason=SuppressionReason.ERASED, source="erasure", at=clock.now(),
                by_id=by.id if by else None,
            )
        )  # fmt: skip
    record(by, "erased", kept)
    return True


def empty(subscriber: Subscriber) -> None:
    """Take out of ``subscriber``'s row, in the running act, all that says who it is, and what hangs on it.

    The row stays, as deliveries point to it.
    """
    key = subscriber.email_key
    for table in (Consent, AddressChange, SubscriberTopic):
        db.session.execute(delete(table).where(table.subscriber_id == subscriber.id))  # type: ignore[attr-defined]
    db.session.execute(delete(SubscriptionRequest).where(SubscriptionRequest.email_key == key))
    subscriber.email, subscriber.email_key, subscriber.address_hash = "", None, None
    subscriber.kinds = ()
    subscriber.state, subscriber.state_at, subscriber.paused_until = State.LEFT, clock.now(), None
    subscriber.confirmed_at, subscriber.left_how, subscriber.left_reason = None, "", ""
    subscriber.token_version += 1

"""An address that is proven: by the link of a mail, or because its owner has just opened a media account with it."""

from __future__ import annotations

from sqlalchemy import update

from app import clock
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.newsletter import queries, rules
from app.newsletter.addresses import digest
from app.newsletter.models import Consent, Kind, State, Subscriber
from app.newsletter.rules import Wish
from app.newsletter.service.changing import choose
from app.proving.queries import hold

LINK, ACCOUNT = "link in an e-mail", "media account, address proven"


@act
def confirm(consent_id: int) -> bool:
    """Let somebody be sent what they asked for, as the link of their mail came back; say whether that is new.

    Raises LinkOver after a week, Gone when the address was removed or is suppressed, or the consent withdrawn.
    """
    consent = queries.consent(consent_id)
    known = queries.subscriber(consent.subscriber_id) if consent is not None else None
    if consent is None or known is None:
        raise rules.Gone
    hold(str(known.email_key))
    subscriber = queries.held(known.id)
    db.session.refresh(consent)
    if subscriber is None or consent.withdrawn_at is not None:
        raise rules.Gone
    if queries.suppression(str(subscriber.address_hash)) is not None:
        raise rules.Gone
    if consent.confirmed_at is not None:
        return False
    if not rules.is_confirmable(consent, at=clock.now()):
        raise rules.LinkOver
    activate(subscriber, consent, how=LINK)
    return True


def activate(subscriber: Subscriber, consent: Consent, *, how: str) -> None:
    """Let ``subscriber`` be written to, in the running act, because ``consent`` was proven by ``how``."""
    now = clock.now()
    db.session.flush()
    before = update(Consent).where(
        Consent.subscriber_id == subscriber.id,
        Consent.id != consent.id,
        Consent.confirmed_at.is_not(None),
        Consent.withdrawn_at.is_(None),
    )
    db.session.execute(before.values(withdrawn_at=now, withdrawn_how="replaced"))
    consent.confirmed_at, consent.how = now, how
    subscriber.state, subscriber.state_at, subscriber.paused_until = State.ACTIVE, now, None
    subscriber.confirmed_at = subscriber.confirmed_at or now
    subscriber.left_how = subscriber.left_reason = ""
    choose(subscriber, Wish.of(consent.choices))
    record(None, "subscribed", subscriber, consent=consent.id)
    announce("newsletter.subscribed", consent=consent.id)


@act
def take_in(account_consent_id: int) -> Consent | None:
    """Let whoever has just agreed to it in a media account be written to: the address is proven already.

    Returns their consent, or None when there is nothing (any more) to be done: it was done, withdrawn, or nobody is to
    write to the address.
    """
    agreed = queries.account_consent(account_consent_id)
    if agreed is None or agreed.withdrawn_at is not None or not agreed.email:
        return None
    key, now = agreed.email_key, clock.now()
    hold(key)
    if queries.taken_in(agreed.id) is not None or queries.suppression(digest(key)) is not None:
        return None
    told = agreed.choices
    wish = Wish(
        tuple(kind for kind in Kind if kind in told.get("kinds", "").split(",")),
        (),
        told.get("language", "en"),
    )
    subscriber = queries.by_key(key)
    if subscriber is None:
        subscriber = Subscriber(
            email=agreed.email, email_key=key, address_hash=digest(key), language=wish.language,
            state=State.WAITING, state_at=now, source="account", created_at=now,
        )  # fmt: skip
        db.session.add(subscriber)
        db.session.flush()
    consent = Consent(
        subscriber_id=subscriber.id, text=agreed.text, version=agreed.version, language=agreed.language,
        page=agreed.page, choices=wish.told, source="account", asked_at=agreed.given_at,
        account_consent_id=agreed.id,
    )  # fmt: skip
    db.session.add(consent)
    db.session.flush()
    activate(subscriber, consent, how=ACCOUNT)
    return consent

"""What somebody types to be sent the newsletter, and what comes of it: the page never knows whether it was known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, update

from app import clock
from app.accounts.rules import check_address, email_key
from app.acts import act
from app.database import db
from app.jobs.ledger import announce
from app.limits.limits import allow
from app.newsletter import queries, rules, tokens
from app.newsletter.addresses import digest
from app.newsletter.models import AddressChange, Consent, State, Subscriber, SubscriptionRequest
from app.newsletter.rules import Wish
from app.newsletter.service.changing import choose
from app.newsletter.service.leaving import empty
from app.newsletter.tokens import Purpose
from app.proving.queries import hold

SUBSCRIBE, PREFERENCES = "subscribe", "preferences"
ADDRESS, NETWORK = "newsletter.address", "newsletter.network"


@dataclass(frozen=True)
class Seen:
    """What somebody saw when they asked: the ``text`` of the consent, its ``version``, the page, its language."""

    text: str
    version: str
    page: str
    language: str


@dataclass(frozen=True)
class Answer:
    """What is to be written to somebody who asked: ``kind`` is "confirm" (of a ``consent``) or "known"."""

    kind: str
    subscriber: Subscriber
    consent: Consent | None = None


def ask(email: str, wish: Wish, seen: Seen, *, network: str, is_typed: bool = True) -> str:
    """Keep that somebody wants to be sent ``wish`` at ``email``, and return the token of the page that says so.

    As much is done for a known address as for an unknown one. ``is_typed`` is False when the address came from a link:
    then no page shows it in full.

    Raises Closed, BadAddress, and TooMany when the address or the ``network`` asked too often.
    """
    if current_app.config["SUBSCRIPTIONS_CLOSED"]:
        raise rules.Closed
    return _ask(SUBSCRIBE, email, wish.told | {"is_typed": is_typed}, seen, network=network)


def ask_preferences(email: str, *, page: str, language: str, network: str, is_typed: bool = True) -> str:
    """Keep that somebody wants a new link to the preferences of ``email``; raises as ask() does, but Closed."""
    seen = Seen("", "", page, language)
    return _ask(PREFERENCES, email, {"is_typed": is_typed}, seen, network=network)


def ask_again(request: SubscriptionRequest, *, network: str) -> str:
    """Keep that the mail of ``request`` is wanted once more: it did not come. Raises TooMany."""
    seen = Seen(request.text, request.version, request.page, request.language)
    return _ask(request.kind, request.email, request.choices | {"again": request.id}, seen, network=network)


def _ask(kind: str, email: str, choices: dict[str, object], seen: Seen, *, network: str) -> str:
    key, address = email_key(email), check_address(email)
    doubled = _doubled(key, kind, choices)
    if doubled is not None:
        return _token(doubled)
    allow(NETWORK, network, amount=current_app.config["SUBSCRIPTIONS_NETWORK"], seconds=60 * 60)
    allow(f"{ADDRESS}.hour", key, amount=rules.ADDRESS_HOUR, seconds=60 * 60)
    allow(f"{ADDRESS}.day", key, amount=rules.ADDRESS_DAY, seconds=24 * 60 * 60)
    return _token(_keep(kind, address, key, choices, seen))


@act
def _keep(kind: str, address: str, key: str, choices: dict[str, object], seen: Seen) -> SubscriptionRequest:
    hold(key)
    doubled = _doubled(key, kind, choices)
    if doubled is not None:  # the same button, pressed twice at once
        return doubled
    kept = SubscriptionRequest(
        email=address, email_key=key, kind=kind, choices=choices, text=seen.text, version=seen.version,
        language=seen.language, page=seen.page, asked_at=clock.now(),
    )  # fmt: skip
    db.session.add(kept)
    db.session.flush()
    announce("newsletter.asked", request=kept.id)
    return kept


def _doubled(key: str, kind: str, choices: dict[str, object]) -> SubscriptionRequest | None:
    since = clock.now() - timedelta(seconds=rules.DOUBLED_SECONDS)
    return next((each for each in queries.same_request(key, kind, since) if each.choices == choices), None)


def _token(request: SubscriptionRequest) -> str:
    return tokens.make(Purpose.CHECK, request.id, at=request.asked_at)


@act
def answer(request_id: int) -> Answer | None:
    """Look at what somebody asked for, and return what is to be written to them: None for nothing.

    An unknown address waits from now on for its confirmation. Asked again, it says the same again.
    """
    request = queries.request(request_id)
    if request is None:
        return None
    hold(request.email_key)
    request.handled_at = request.handled_at or clock.now()
    if queries.suppression(digest(request.email_key)) is not None:
        return None
    known = queries.by_key(request.email_key)
    if known is not None and known.state in (State.ACTIVE, State.PAUSED):
        return Answer("known", known)
    if request.kind == PREFERENCES:
        return _still_waiting(known)
    return _wait(request, known)


def _still_waiting(known: Subscriber | None) -> Answer | None:
    """Return the confirmation once more, for somebody who wants preferences and has yet to confirm."""
    if known is None or known.state != State.WAITING:
        return None
    newest = next(iter(queries.consents_of(known.id)), None)
    if newest is None or not rules.is_confirmable(newest, at=clock.now()):
        return None
    return Answer("confirm", known, newest)


def _wait(request: SubscriptionRequest, known: Subscriber | None) -> Answer:
    """Keep what was asked for until it is confirmed. Who has left stays so until then."""
    wish, now = Wish.of(request.choices), clock.now()
    if known is None:
        known = Subscriber(
            email=request.email,
            email_key=request.email_key,
            address_hash=digest(request.email_key),
            language=wish.language,
            state=State.WAITING,
            state_at=now,
            source="page",
            created_at=now,
        )
        db.session.add(known)
        db.session.flush()
        choose(known, wish)
    elif known.state == State.WAITING:
        known.email, known.state_at = request.email, now
    asked = queries.consent_asked(known.id, request.asked_at)
    if asked is None:
        asked = Consent(
            subscriber_id=known.id, text=request.text, version=request.version, language=request.language,
            page=request.page, choices=wish.told, source="page", asked_at=request.asked_at,
        )  # fmt: skip
        db.session.add(asked)
        db.session.flush()
    return Answer("confirm", known, asked)


@act
def forget_requests() -> int:
    """Erase what was typed a week ago, and who never confirmed; return how many rows that were, a few at a time."""
    now = clock.now()
    requests, waiting = queries.stale(
        now - timedelta(days=rules.REQUEST_DAYS), now - timedelta(days=rules.WAITING_DAYS)
    )
    if requests:
        db.session.execute(delete(SubscriptionRequest).where(SubscriptionRequest.id.in_(requests)))
    for subscriber_id in waiting:
        kept = queries.held(subscriber_id)
        if kept is not None:
            empty(kept)
    db.session.execute(
        update(AddressChange)
        .where(AddressChange.asked_at < now - timedelta(days=rules.REQUEST_DAYS), AddressChange.email != "")
        .values(email="", email_key="")
    )
    return len(requests) + len(waiting)

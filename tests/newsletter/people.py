"""Rows of the newsletter for tests: real ones, as the services keep them."""

from __future__ import annotations

from typing import Any

from app import clock
from app.accounts.rules import email_key
from app.acts import act
from app.database import db
from app.newsletter.addresses import digest
from app.newsletter.models import BounceKind, Consent, State, Subscriber, Suppression
from app.newsletter.rules import Wish
from app.newsletter.service.confirming import LINK

__all__ = ["BounceKind", "Wish", "consent_of", "subscriber", "suppress"]


@act
def subscriber(email: str = "zoe@example.org", *, kinds: Any = ("every",), **known: Any) -> Subscriber:
    """Return somebody who gets our mails, with the consent that says so."""
    now, key = clock.now(), email_key(email)
    values: dict[str, Any] = {
        "language": "fr", "state": State.ACTIVE, "state_at": now, "source": "page", "created_at": now,
        "confirmed_at": now,
    } | known  # fmt: skip
    kept = Subscriber(email=email, email_key=key, address_hash=digest(key), **values)
    kept.kinds = kinds
    db.session.add(kept)
    db.session.flush()
    db.session.add(consent_of(kept))
    db.session.flush()
    return kept


def consent_of(kept: Subscriber, **known: Any) -> Consent:
    """Return a consent of ``kept``, not yet added."""
    now = clock.now()
    values: dict[str, Any] = {
        "text": "Oui.", "version": "1", "language": "fr", "page": "/fr/newsletter/", "source": "page", "choices": {},
        "how": LINK, "asked_at": now, "confirmed_at": now,
    } | known  # fmt: skip
    return Consent(subscriber_id=kept.id, **values)


@act
def suppress(email: str) -> Suppression:
    """Suppress an address, as a colleague's query would: without our services."""
    row = Suppression(address_hash=digest(email_key(email)), reason="bounce", source="dsn", at=clock.now())
    db.session.add(row)
    db.session.flush()
    return row

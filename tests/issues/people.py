"""Who reads, in tests of issues: subscribers that are there already, and releases that readers get."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from app import clock
from app.acts import act
from app.database import db
from app.newsletter.addresses import digest
from app.newsletter.models import IfMissing, Kind, State, Subscriber, SubscriberTopic


@act
def reader(
    name: str,
    language: str = "en",
    *kinds: str,
    if_missing: str = IfMissing.ENGLISH,
    topics: tuple[int, ...] = (),
    state: str = State.ACTIVE,
) -> Subscriber:
    """Return a subscriber, active unless told, who wants ``kinds`` (every release)."""
    now, email = clock.now(), f"{name}@readers.test"
    made = Subscriber(
        email=email, email_key=email, address_hash=digest(email), language=language, if_missing=if_missing,
        has_all_topics=not topics, state=state, state_at=now, token_version=0, source="page",
        created_at=now - timedelta(days=1), confirmed_at=now,
    )  # fmt: skip
    made.kinds = kinds or (Kind.EVERY,)
    db.session.add(made)
    db.session.flush()
    for topic in topics:
        db.session.add(SubscriberTopic(topic_id=topic, subscriber_id=made.id))
    return made


def to(mails: list[Any]) -> dict[str, list[Any]]:
    """Return mails by the name of their reader."""
    found: dict[str, list[Any]] = {}
    for mail in mails:
        found.setdefault(mail.to.partition("@")[0], []).append(mail)
    return found

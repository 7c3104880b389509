"""What can be asked about subscribers and issues."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal_column, select

from app.database import db
from app.newsletter.models import Kind, State, Subscriber, Suppression


def wanting(kind: Kind) -> ColumnElement[bool]:
    """Return the condition of those who are active and want ``kind``, in the words of its partial index.

    The state is written out: neither database takes a partial index for a value that is told apart from the query.
    """
    wants: Any = getattr(Subscriber, f"wants_{kind}")
    return and_(Subscriber.state == literal_column(f"'{State.ACTIVE}'"), wants)


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

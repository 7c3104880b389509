"""Pauses: they end by themselves."""

from __future__ import annotations

from sqlalchemy import update

from app import clock
from app.acts import act
from app.database import db
from app.newsletter.models import State, Subscriber


@act
def wake() -> int:
    """Let those whose pause is over be written to again; return how many there are."""
    now = clock.now()
    over = update(Subscriber).where(Subscriber.state == State.PAUSED, Subscriber.paused_until <= now)
    woken = db.session.execute(over.values(state=State.ACTIVE, state_at=now, paused_until=None))
    return woken.rowcount  # type: ignore[attr-defined, no-any-return]

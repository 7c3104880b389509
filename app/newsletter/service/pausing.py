"""Pauses: they end by themselves, or when somebody says so."""

from __future__ import annotations

from sqlalchemy import update

from app import clock
from app.acts import act
from app.audit.log import record
from app.database import db
from app.newsletter import queries, rules
from app.newsletter.models import State, Subscriber


@act
def pause(subscriber: Subscriber, months: int) -> None:
    """Write nothing to ``subscriber`` for 1, 2 or 3 months from now on; raise NoPause for anything else."""
    kept = queries.held(subscriber.id)
    if kept is None or kept.state not in (State.ACTIVE, State.PAUSED):
        raise rules.NoPause
    now = clock.now()
    kept.paused_until = rules.pause_until(months, at=now)
    kept.state, kept.state_at = State.PAUSED, now
    record(None, "paused", kept, months=months)


@act
def resume(subscriber: Subscriber) -> bool:
    """Write to ``subscriber`` again, before the pause is over; say whether there was one."""
    kept = queries.held(subscriber.id)
    if kept is None or kept.state != State.PAUSED:
        return False
    kept.state, kept.state_at, kept.paused_until = State.ACTIVE, clock.now(), None
    record(None, "resumed", kept)
    return True


@act
def wake() -> int:
    """Let those whose pause is over be written to again; return how many there are."""
    now = clock.now()
    over = update(Subscriber).where(Subscriber.state == State.PAUSED, Subscriber.paused_until <= now)
    woken = db.session.execute(over.values(state=State.ACTIVE, state_at=now, paused_until=None))
    return woken.rowcount  # type: ignore[attr-defined, no-any-return]

"""Every few seconds: what has come due, what was lost with a killed worker, what the queue never got.

Any number of workers may sweep at once: each step is decided by one UPDATE, or asks an act that
looks before it changes anything. A sweep that finds nothing writes nothing.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from flask import Flask, has_app_context
from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from app import clock
from app.database import db
from app.jobs.ledger import Job, State, jobs, names_in
from app.jobs.queue import Queue
from app.jobs.reasons import reason
from app.jobs.registry import FINDERS
from app.jobs.turns import Turn, lost, perform, writing
from app.languages import speaking

log = logging.getLogger(__name__)

OWN_WAY_SECONDS = 2  # an id that was handed over after its commit gets this long to be taken up
AGAIN_SECONDS = 30  # and one that the sweep handed over gets this long
FULL = 200  # ids that wait in the queue: beyond these the workers are busy, not forgetful
KEPT_DAYS = 30  # how long jobs that ended well are shown, and their keys count
AT_ONCE = 500  # rows in one transaction of the tidy


class Watch:
    """Tells a dead worker from a clock that jumped, or that differs from another machine's.

    The clocks say that a sign of life is old; whoever watched it for a while, by a clock that
    cannot jump, and saw no other, is sure.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._seen: dict[Turn, tuple[datetime, float]] = {}

    def look(self, signs: dict[Turn, datetime]) -> set[Turn]:
        """Note the last sign of life of each turn, and return those that stood still long enough."""
        at, before = time.monotonic(), self._seen
        self._seen = {
            turn: before[turn] if turn in before and before[turn][0] == sign else (sign, at)
            for turn, sign in signs.items()
        }
        return {turn for turn, (_, since) in self._seen.items() if at - since >= self.seconds}


def sweep(app: Flask, watch: Watch | None = None) -> None:
    """Sweep once. No step stops another, whatever it raises: it is logged, and done next time.

    Without a ``watch`` the clock is believed.
    """
    for name, find in sorted(FINDERS.items()):
        _step(app, name, find)
    _step(app, "taking back what was lost", lambda: take_back(watch))
    _step(app, "handing over", hand_over)


def _step(app: Flask, name: str, do: Callable[[], object]) -> None:
    with app.app_context():
        try:
            with speaking("en"):
                do()
        except Exception as error:
            log.error("sweep: %s: %s", name, reason(error))
        finally:
            db.session.remove()


def take_back(watch: Watch | None = None) -> None:
    """Queue again what runs without a sign of life for JOB_LOST_SECONDS, or park it after its last try."""
    now, patience = clock.now(), jobs().patience
    with db.engine.connect() as connection:
        columns = Job.id, Job.turn, Job.name, Job.attempts, Job.heartbeat_at
        rows = connection.execute(select(*columns).where(Job.state == State.RUNNING)).all()
    signs = {Turn(row.id, row.turn, row.name, attempts=row.attempts): row.heartbeat_at for row in rows}
    still = watch.look(signs) if watch else signs
    for turn, sign in signs.items():
        # A sign from the future is as strange as an old one: clocks are also put back.
        if turn in still and abs(now - sign) >= patience and lost(turn):
            log.warning("job %s (%s) was lost with its worker", turn.job_id, turn.name)


def hand_over() -> None:
    """Put into its queue what waits and is due, the oldest first, as long as the queue is not full."""
    urgent, heavy = names_in("urgent"), names_in("heavy")
    _hand_over(jobs().urgent, Job.name.in_(urgent))
    _hand_over(jobs().queue, Job.name.not_in([*urgent, *heavy]))
    _hand_over(jobs().heavy, Job.name.in_(heavy))


def _hand_over(queue: Queue, theirs: ColumnElement[bool]) -> None:
    now = clock.now()
    forgotten = and_(
        theirs,
        Job.state == State.QUEUED,
        Job.wanted_at <= now,
        Job.created_at <= now - timedelta(seconds=OWN_WAY_SECONDS),
        or_(
            Job.handed_at.is_(None),
            Job.handed_at < Job.wanted_at,
            Job.handed_at <= now - timedelta(seconds=AGAIN_SECONDS),
        ),
    )
    with db.engine.connect() as connection:
        if connection.scalar(select(Job.id).where(forgotten).limit(1)) is None:
            return
        room = FULL - queue.waiting()
        oldest = select(Job.id).where(forgotten).order_by(Job.wanted_at, Job.id).limit(max(room, 0))
        ids = connection.scalars(oldest).all()
    if ids:
        with writing() as connection:
            # Another sweep may have been quicker: what it marked is no longer forgotten.
            mark = update(Job).where(Job.id.in_(ids), forgotten).values(handed_at=now).returning(Job.id)
            ids = connection.scalars(mark).all()
        queue.hand_over(sorted(ids))


def tidy() -> None:
    """Delete jobs that were done or cancelled KEPT_DAYS ago. What failed stays until somebody saw to it."""
    old = and_(
        Job.state.in_([State.DONE, State.CANCELLED]),
        Job.finished_at < clock.now() - timedelta(days=KEPT_DAYS),
    )
    gone = AT_ONCE
    while gone == AT_ONCE:
        with writing() as connection:
            some = select(Job.id).where(old).limit(AT_ONCE)
            gone = connection.execute(delete(Job).where(Job.id.in_(some))).rowcount


def do_due(app: Flask) -> list[Job]:
    """Sweep, and do every job that is due, in this thread and process, until none is left.

    Returns the jobs that were tried, as they stand afterwards, in that order. What the caller's
    own session has read is read again.
    """
    tried: list[int] = []
    sweep(app)
    while due := _due(app):
        tried += [job_id for job_id in due if perform(app, job_id)]
        sweep(app)
    with app.app_context():
        found = {job.id: job for job in db.session.scalars(select(Job).where(Job.id.in_(tried)))}
        db.session.expunge_all()
    if has_app_context():
        db.session.rollback()
    return [found[job_id] for job_id in dict.fromkeys(tried)]


def _due(app: Flask) -> list[int]:
    with app.app_context(), db.engine.connect() as connection:
        query = select(Job.id).where(Job.state == State.QUEUED, Job.wanted_at <= clock.now())
        return list(connection.scalars(query.order_by(Job.wanted_at, Job.id)))

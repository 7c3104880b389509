"""One try at a job: taken by one worker, kept alive, and ended in one of several ways.

Everything here is a short transaction of its own, beside the session in which the job works: a sign
of life must be seen by others at once, and a job's failure must be kept although its work is undone.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from flask import Flask
from sqlalchemy import ColumnElement, Connection, and_, case, literal, update

from app import clock
from app.acts import under_way
from app.database import UtcDateTime, db
from app.jobs.ledger import Job, State, attempts_of
from app.jobs.reasons import reason
from app.jobs.registry import JOBS
from app.languages import speaking

log = logging.getLogger(__name__)

BACK_OFF_SECONDS = 5  # doubled with every failed try: 10, 20, 40 …


class Stop(BaseException):
    """Raised in a job by its sign of progress. Not an Exception: ``except Exception`` must not swallow it."""


class Cancelled(Stop):
    """Somebody cancelled the job: it is to clean up and end."""


class TakenAway(Stop):
    """The job is no longer this worker's: it counted as lost, or was put back because the worker stops."""


@dataclass(frozen=True)
class Turn:
    """One worker's hold on one job. ``number`` tells it from every other turn of the same job."""

    job_id: int
    number: int
    name: str = field(default="", compare=False)
    subject: dict[str, Any] = field(default_factory=dict, compare=False)
    attempts: int = field(default=0, compare=False)
    done: int | None = field(default=None, compare=False)
    total: int | None = field(default=None, compare=False)

    @property
    def held(self) -> ColumnElement[bool]:
        """The rows that this turn may change: its own, while it has it."""
        return and_(Job.id == self.job_id, Job.turn == self.number, Job.state == State.RUNNING)


stopping = threading.Event()  # set once this process was told to stop


class Progress:
    """What a job function is given: its ``id``, and how far an earlier turn came (``done`` of ``total``)."""

    def __init__(self, turn: Turn) -> None:
        self._turn = turn
        self.id, self.done, self.total = turn.job_id, turn.done, turn.total

    @property
    def is_stopping(self) -> bool:
        """Whether the worker was told to stop: a job that can end early does, within a few seconds."""
        return stopping.is_set()

    def beat(self, done: int | None = None, total: int | None = None) -> None:
        """Give a sign of life, and say that ``done`` of ``total`` steps are behind us.

        Costs one small write. Raises Cancelled when somebody cancelled the job, and TakenAway when
        it is another worker's by now: let both rise. RuntimeError inside an act, whose transaction
        this write would have to wait for.
        """
        if under_way():
            raise RuntimeError("a job gives signs of life between its acts, not inside one")
        self.done = self.done if done is None else done
        self.total = self.total if total is None else total
        changes = {"heartbeat_at": clock.now(), "progress_done": self.done, "progress_total": self.total}
        with writing() as connection:
            wanted = connection.execute(
                update(Job).where(self._turn.held).values(changes).returning(Job.is_cancel_wanted)
            ).scalar()
        if wanted is None:
            raise TakenAway
        if wanted:
            raise Cancelled


class Alive(Protocol):
    """Something that gives signs of life for a turn while it lasts (see pulse.py)."""

    def during(self, turn: Turn) -> AbstractContextManager[None]:
        """Give them inside a ``with`` block."""


@contextmanager
def writing() -> Iterator[Connection]:
    """Open a short transaction of the ledger's own that writes."""
    with db.engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


def perform(app: Flask, job_id: int, pulse: Alive | None = None) -> bool:
    """Do a job if it is there to be done, and say whether it was.

    Never raises on the job's account: the ledger tells how it ended. A database that is away is
    logged in one line; the job is done when it is back.
    """
    with app.app_context():
        try:
            turn = claim(job_id)
            if turn is None:
                return False
            with pulse.during(turn) if pulse else nullcontext():
                _do(turn)
        except Exception as error:
            log.error("job %s: the ledger cannot be written: %s", job_id, reason(error))
            return False
        return True


def _do(turn: Turn) -> None:
    try:
        with speaking("en"):
            JOBS[turn.name].do(Progress(turn), **turn.subject)
    except Cancelled:
        db.session.remove()
        _end(turn, State.CANCELLED)
    except TakenAway:
        log.info("job %s (%s) was taken away from this worker", turn.job_id, turn.name)
    except (Exception, SystemExit) as error:
        db.session.remove()  # before the ledger is written: an act that failed may hold a lock until then
        _fail(turn, reason(error))
    else:
        db.session.remove()
        _end(turn, State.DONE)
    finally:
        db.session.remove()


def claim(job_id: int) -> Turn | None:
    """Take a job that waits and whose moment has come; None when there is none (any more).

    One UPDATE decides who gets it, so that a message may come twice, late, or for a job that is gone.
    """
    now = clock.now()
    with writing() as connection:
        row = connection.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == State.QUEUED, Job.wanted_at <= now)
            .values(
                state=State.RUNNING,
                attempts=Job.attempts + 1,
                turn=Job.turn + 1,
                started_at=now,
                heartbeat_at=now,
            )
            .returning(
                Job.id, Job.turn, Job.name, Job.subject, Job.attempts, Job.progress_done, Job.progress_total
            )
        ).one_or_none()
    return Turn(*row) if row else None


def put_back(turn: Turn) -> bool:
    """Give a job back that was not finished, as if it had not been tried; cancelled if that is wanted."""
    return _requeue(turn, wanted_at=clock.now(), attempts=Job.attempts - 1)


def lost(turn: Turn) -> bool:
    """Take a job back whose worker gives no sign of life; the try counts."""
    error = "lost with its worker"
    if turn.attempts >= attempts_of(turn.name):
        return _end(turn, State.FAILED, error=error)
    return _requeue(turn, wanted_at=clock.now(), error=error)


def _fail(turn: Turn, why: str) -> None:
    limit = attempts_of(turn.name)
    log.warning("job %s (%s) failed, try %s of %s: %s", turn.job_id, turn.name, turn.attempts, limit, why)
    if turn.attempts >= limit:
        _end(turn, State.FAILED, error=why)
    else:
        # The jitter keeps jobs that failed together from coming back together.
        wait = BACK_OFF_SECONDS * 2**turn.attempts * random.uniform(1, 1.25)
        _requeue(turn, wanted_at=clock.now() + timedelta(seconds=wait), error=why)


def _requeue(turn: Turn, **changes: Any) -> bool:
    state = case((Job.is_cancel_wanted, State.CANCELLED), else_=State.QUEUED)
    finished_at = case((Job.is_cancel_wanted, literal(clock.now(), UtcDateTime)), else_=None)
    return _change(turn, state=state, finished_at=finished_at, handed_at=None, **changes)


def _end(turn: Turn, state: State, error: str | None = None) -> bool:
    return _change(turn, state=state, finished_at=clock.now(), error=error)


def _change(turn: Turn, **changes: Any) -> bool:
    with writing() as connection:
        return connection.execute(update(Job).where(turn.held).values(changes)).rowcount == 1

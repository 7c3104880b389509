"""The ledger: a Job row for everything that is owed, written with the change that wants it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from importlib import import_module
from typing import Any

from flask import Flask, current_app
from sqlalchemy import JSON, Index, String, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from app import clock
from app.acts import under_way
from app.database import Base, UtcDateTime, db
from app.jobs.queue import Queue
from app.jobs.reasons import LONGEST
from app.jobs.registry import JOBS, Work

_TO_HAND_OVER = "jobs to hand over"
LONGEST_ID = 255  # a key or an address; a text belongs in a table of its own
LONGEST_KEY = 200


class State(StrEnum):
    """Where a job stands: waiting for its turn, being done, or ended in one of three ways."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Base):
    """Something to be done later.

    ``subject`` says about what, by ids only. ``key``, where there is one, makes it the only job of
    its kind for one occasion. It is not begun before ``wanted_at``. ``attempts`` counts the tries
    that were not given back; ``turn`` counts them all and tells apart two workers which both
    believe that the job is theirs. ``heartbeat_at`` is the last sign of life of the worker that
    has it, ``handed_at`` when the sweep last gave it to the queue. ``error`` is one line for the
    desk on what went wrong last.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index("ix_job_state_wanted_at", "state", "wanted_at"),
        Index("ix_job_state_finished_at", "state", "finished_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    subject: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    key: Mapped[str | None] = mapped_column(String(LONGEST_KEY), unique=True)
    state: Mapped[str] = mapped_column(String(10), default=State.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    turn: Mapped[int] = mapped_column(default=0)
    wanted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    handed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    progress_done: Mapped[int | None]
    progress_total: Mapped[int | None]
    error: Mapped[str | None] = mapped_column(String(LONGEST))
    is_cancel_wanted: Mapped[bool] = mapped_column(default=False)


@dataclass(frozen=True)
class Jobs:
    """What an app knows of jobs: who follows which event, its queues, how many tries a job gets.

    ``urgent`` is the queue of what somebody waits for: a long newsletter in the other one does not hold it up.
    ``heavy`` is the queue of what encodes films: it holds nothing else up, and is not more than the cores can do.
    ``patience`` is how long a running job may give no sign of life before it counts as lost.
    """

    follows: Mapping[str, tuple[str, ...]]
    queue: Queue
    urgent: Queue
    heavy: Queue
    attempts: int
    patience: timedelta

    def queue_of(self, name: str) -> Queue:
        """Return the queue in which jobs called ``name`` wait."""
        lane = JOBS[name].lane if name in JOBS else ""
        return {"": self.queue, "urgent": self.urgent, "heavy": self.heavy}[lane]


def init_jobs(app: Flask, *, follows: Mapping[str, Iterable[str]], modules: Iterable[str] = ()) -> None:
    """Let ``app`` announce and do jobs.

    ``follows`` names the jobs that each event sets off; ``modules`` are the rooms' jobs modules,
    imported here so that they register. Raises LookupError for a job that nobody registered.
    """
    for module in modules:
        import_module(module)
    for happening, names in follows.items():
        for name in names:
            if name not in JOBS:
                raise LookupError(f"{happening} sets off {name}, which is no job")
    known = {happening: tuple(names) for happening, names in follows.items()}
    patience = timedelta(seconds=max(1, app.config["JOB_LOST_SECONDS"]))
    app.extensions["jobs"] = Jobs(
        known,
        Queue.of(app.config),
        Queue.of(app.config, "urgent"),
        Queue.of(app.config, "heavy"),
        app.config["JOB_ATTEMPTS"],
        patience,
    )


def names_in(lane: str) -> list[str]:
    """Return the kinds of jobs that wait in the queue called ``lane``."""
    return [work.name for work in JOBS.values() if work.lane == lane]


def jobs() -> Jobs:
    """Return what the running app knows of jobs."""
    return current_app.extensions["jobs"]


def attempts_of(name: str) -> int:
    """Return how many tries a job called ``name`` gets."""
    work = JOBS.get(name)
    return work.attempts if work and work.attempts else jobs().attempts


def announce(happening: str, /, *, once: str | None = None, **ids: int | str) -> None:
    """Say, in the running act, that ``happening`` ("edition.published") took place, to which ``ids``.

    Each job that follows it is owed from now on, if the act is kept. ``once`` names the occasion
    ("edition:12:version:5"): announced again under the same name, it sets nothing off a second
    time. Without it each announcement counts. Raises LookupError for an event that
    wiring.py does not list, TypeError when a follower misses an id, RuntimeError outside an act.
    """
    try:
        followers = jobs().follows[happening]
    except KeyError:
        raise LookupError(f"{happening} is not listed in wiring.py") from None
    _must_be_in_an_act()
    for name in followers:
        _owe(JOBS[name], None, f"{name}:{once}" if once else None, ids)


def owe(
    name: str, /, *, wanted_at: datetime | None = None, key: str | None = None, **ids: int | str
) -> int | None:
    """Owe one job, in the running act, to be done from ``wanted_at`` on (None: now).

    Returns its id, or None when there is a job with this ``key`` already, even one that is done:
    a key is free again 30 days after that. Raises as announce() does.
    """
    if name not in JOBS:
        raise LookupError(f"{name} is no job")
    _must_be_in_an_act()
    return _owe(JOBS[name], wanted_at, key, ids)


def _owe(work: Work, wanted_at: datetime | None, key: str | None, ids: dict[str, Any]) -> int | None:
    subject = work.pick(ids)
    for name, value in subject.items():
        if type(value) not in (int, str) or (isinstance(value, str) and len(value) > LONGEST_ID):
            raise TypeError(f"{work.name}: {name} must be an id (flush first), not {type(value).__name__}")
    if key is not None and len(key) > LONGEST_KEY:
        raise ValueError(f"{work.name}: a key has at most {LONGEST_KEY} characters")
    session, now = db.session(), clock.now()
    insert = (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(Job)
    job_id = session.scalar(
        insert.values(name=work.name, subject=subject, key=key, wanted_at=wanted_at or now, created_at=now)
        .on_conflict_do_nothing(index_elements=["key"])
        .returning(Job.id)
    )
    if job_id is not None and (wanted_at is None or wanted_at <= now):
        hand_over_when_kept(session, job_id, work.name)
    return job_id


def _must_be_in_an_act() -> None:
    if not under_way():
        raise RuntimeError("only an act can announce or owe: a job and its change are kept together")


def hand_over_when_kept(session: Session, job_id: int, name: str) -> None:
    """Give the job, one called ``name``, to its queue once the running act is kept, and not before."""
    session.info.setdefault(_TO_HAND_OVER, []).append((job_id, name))


@event.listens_for(db.session, "after_commit")
def _hand_over(session: Session) -> None:
    if session.in_nested_transaction() or not (kept := session.info.pop(_TO_HAND_OVER, None)):
        return
    by_queue: dict[Queue, list[int]] = {}
    for job_id, name in kept:
        by_queue.setdefault(jobs().queue_of(name), []).append(job_id)
    for queue, ids in by_queue.items():
        queue.hand_over(ids)


@event.listens_for(db.session, "after_rollback")
def _forget(session: Session) -> None:
    # After the rollback of a savepoint alone the rest may still be kept. The ids of what was undone
    # in it go to the queue too, where a number without a row does no harm.
    if not session.in_nested_transaction():
        session.info.pop(_TO_HAND_OVER, None)

"""What can be asked about jobs, for the desk's page of running work."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Row, case, select

from app.database import db
from app.jobs.ledger import Job, State
from app.refusals import Missing


def by_id(job_id: int) -> Job:
    """Return the job; raise Missing when there is none."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise Missing
    return job


def latest(name: str, subject: str, ids: Collection[int]) -> dict[int, Row[Any]]:
    """Return, by id, the last job called ``name`` whose ``subject`` ("master_id") is one of ``ids``.

    Rows have id, state and finished_at. Of an id that no job was about, or whose jobs are forgotten, there is none.
    """
    of = Job.subject[subject].as_integer()
    rows = db.session.execute(
        select(of.label("of"), Job.id, Job.state, Job.finished_at)
        .where(Job.name == name, of.in_(ids))
        .order_by(Job.id)
    )
    return {row.of: row for row in rows}


def under_way(limit: int = 100) -> Sequence[Job]:
    """Return what is being done, then what waits, in the order in which it is wanted."""
    return db.session.scalars(
        select(Job)
        .where(Job.state.in_([State.RUNNING, State.QUEUED]))
        .order_by(case((Job.state == State.RUNNING, 0), else_=1), Job.wanted_at, Job.id)
        .limit(limit)
    ).all()


def recent(limit: int = 50) -> Sequence[Job]:
    """Return what was done or cancelled, the latest first."""
    return _ended([State.DONE, State.CANCELLED], limit)


def failed(limit: int = 100) -> Sequence[Job]:
    """Return what is parked with its reason until somebody has seen to it, the latest first."""
    return _ended([State.FAILED], limit)


def _ended(states: list[State], limit: int) -> Sequence[Job]:
    return db.session.scalars(
        select(Job).where(Job.state.in_(states)).order_by(Job.finished_at.desc(), Job.id.desc()).limit(limit)
    ).all()

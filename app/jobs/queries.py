"""What can be asked about jobs, for the desk's page of running work."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import case, select

from app.database import db
from app.jobs.ledger import Job, State
from app.refusals import Missing


def by_id(job_id: int) -> Job:
    """Return the job; raise Missing when there is none."""
    job = db.session.get(Job, job_id)
    if job is None:
        raise Missing
    return job


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

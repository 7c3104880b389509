"""What a person can do about a job."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from app import clock
from app.acts import act
from app.audit.log import Person, record
from app.database import db
from app.jobs.ledger import Job, State, hand_over_when_kept
from app.refusals import Missing, Refusal


class Ended(Refusal):
    """The job has ended: there is nothing to cancel."""

    message = _("This work has already ended.")


class NotEnded(Refusal):
    """The job waits, runs or is done."""

    message = _("Only work that failed or was cancelled can be started again.")


@act
def cancel(job_id: int, *, by: Person | None = None) -> Job:
    """Cancel a job: at once while it waits, at its next sign of progress while it runs.

    ``by`` is the officer who asks for it, for the log; None when the newsroom itself does.
    Raises Missing when there is no such job, Ended when it has ended.
    """
    job = _one(job_id)
    if job.state == State.QUEUED:
        job.state, job.finished_at = State.CANCELLED, clock.now()
    elif job.state == State.RUNNING:
        job.is_cancel_wanted = True
    else:
        raise Ended
    return _recorded(by, "cancelled", job)


@act
def retry(job_id: int, *, by: Person | None = None) -> Job:
    """Owe a job once more that failed or was cancelled, with all its tries; ``by`` as in cancel().

    Raises Missing when there is no such job, NotEnded when it waits, runs or is done.
    """
    job = _one(job_id)
    if job.state not in (State.FAILED, State.CANCELLED):
        raise NotEnded
    job.state, job.attempts, job.wanted_at = State.QUEUED, 0, clock.now()
    job.finished_at = job.handed_at = job.error = None
    job.is_cancel_wanted = False
    hand_over_when_kept(db.session(), job.id, job.name)
    return _recorded(by, "started again", job)


def _recorded(by: Person | None, verb: str, job: Job) -> Job:
    if by is not None:
        record(by, verb, job, label=job.name)
    return job


def _one(job_id: int) -> Job:
    """Return the job, and keep workers from taking it up before the act is over."""
    job = db.session.get(Job, job_id, with_for_update=True, populate_existing=True)
    if job is None:
        raise Missing
    return job

"""What can be asked about issues on their way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import exists, func, literal_column, or_, select

from app.database import db
from app.jobs.ledger import Job
from app.jobs.ledger import State as JobState
from app.newsletter.models import Delivery, DeliveryState, Issue, IssueState

# The words of the partial index, for both databases to see that it serves.
OPEN = "state IN ('queued', 'deferred', 'leased', 'sending')"
CARRY = "mailings.carry"
PLAN = "mailings.plan"


class Numbers(NamedTuple):
    """How many deliveries of an issue stand where; they add up to ``recipients``, as each is in one state."""

    recipients: int
    queued: int
    under_way: int
    deferred: int
    accepted: int
    refused: int
    suppressed: int
    left: int
    stopped: int
    repeats: int

    @property
    def open(self) -> int:
        """How many are still to be settled."""
        return self.queued + self.under_way + self.deferred


def numbers(issue_id: int) -> Numbers:
    """Return where the deliveries of an issue stand."""
    rows = db.session.execute(
        select(Delivery.state, func.count()).where(Delivery.issue_id == issue_id).group_by(Delivery.state)
    )
    by = {DeliveryState(state): number for state, number in rows}
    repeats = db.session.scalar(
        select(func.sum(Delivery.repeats)).where(Delivery.issue_id == issue_id, Delivery.repeats > 0)
    )

    def of(*states: DeliveryState) -> int:
        return sum(by.get(state, 0) for state in states)

    return Numbers(
        recipients=sum(by.values()),
        queued=of(DeliveryState.QUEUED),
        under_way=of(DeliveryState.LEASED, DeliveryState.SENDING),
        deferred=of(DeliveryState.DEFERRED),
        accepted=of(DeliveryState.ACCEPTED),
        refused=of(DeliveryState.REFUSED),
        suppressed=of(DeliveryState.SUPPRESSED),
        left=of(DeliveryState.LEFT),
        stopped=of(DeliveryState.STOPPED),
        repeats=int(repeats or 0),
    )


class Reason(NamedTuple):
    """How many mails were answered alike: the server's code, its enhanced status, and where they stand."""

    state: str
    code: int | None
    status: str
    number: int


def reasons(issue_id: int) -> Sequence[Reason]:
    """Return why mails of an issue were refused, put off or given up, the most frequent first."""
    rows = db.session.execute(
        select(Delivery.state, Delivery.answer_code, Delivery.answer_status, func.count())
        .where(
            Delivery.issue_id == issue_id,
            Delivery.state.in_([DeliveryState.REFUSED, DeliveryState.DEFERRED, DeliveryState.STOPPED]),
            Delivery.answer_code.is_not(None),
        )
        .group_by(Delivery.state, Delivery.answer_code, Delivery.answer_status)
        .order_by(func.count().desc(), Delivery.answer_code, Delivery.answer_status)
        .limit(50)
    )
    return [Reason(*row) for row in rows]


def rate(issue_id: int, *, since: datetime) -> int:
    """Return how many mails of an issue were accepted since a moment."""
    return int(
        db.session.scalar(
            select(func.count()).where(
                Delivery.issue_id == issue_id,
                Delivery.state == DeliveryState.ACCEPTED,
                Delivery.ended_at >= since,
            )
        )
        or 0
    )


def answered(issue_id: int, *, since: datetime) -> tuple[int, int]:
    """Return how many mails of an issue were accepted, and how many refused, after a moment."""
    ended = (DeliveryState.ACCEPTED, DeliveryState.REFUSED)
    rows = db.session.execute(
        select(Delivery.state, func.count())
        .where(Delivery.issue_id == issue_id, Delivery.state.in_(ended), Delivery.ended_at > since)
        .group_by(Delivery.state)
    )
    found: dict[str, int] = {row[0]: row[1] for row in rows}
    return found.get(DeliveryState.ACCEPTED, 0), found.get(DeliveryState.REFUSED, 0)


def has_lost(at: datetime) -> bool:
    """Say whether the lease of a delivery is over at the moment ``at``, or one waits though its issue was stopped."""
    lost = select(Delivery.issue_id).where(Delivery.lease_until < at).limit(1)
    waits = (
        select(Delivery.issue_id)
        .where(
            Delivery.issue_id.in_(select(Issue.id).where(Issue.state == IssueState.STOPPED)),
            literal_column(OPEN),
            Delivery.state.in_([DeliveryState.QUEUED, DeliveryState.DEFERRED]),
        )
        .limit(1)
    )
    return db.session.scalar(lost) is not None or db.session.scalar(waits) is not None


def sending() -> Sequence[int]:
    """Return the issues that are being sent."""
    return db.session.scalars(
        select(Issue.id).where(Issue.state == IssueState.SENDING).order_by(Issue.id)
    ).all()


def forgotten_plans() -> list[int]:
    """Return the issues that are being planned by no job: each of its tries met a database that was away."""
    planning = db.session.scalars(select(Issue.id).where(Issue.state == IssueState.PLANNING)).all()
    if not planning:
        return []
    at_it = select(Job.subject).where(Job.name == PLAN, Job.state.in_([JobState.QUEUED, JobState.RUNNING]))
    known = {subject["issue_id"] for subject in db.session.scalars(at_it)}
    return [issue_id for issue_id in planning if issue_id not in known]


def is_due(issue_id: int, at: datetime) -> bool:
    """Say whether a delivery of the issue may be sent at the moment ``at``."""
    due = exists().where(
        Delivery.issue_id == issue_id,
        literal_column(OPEN),
        Delivery.state.in_([DeliveryState.QUEUED, DeliveryState.DEFERRED]),
        Delivery.next_try_at <= at,
    )
    return bool(db.session.scalar(select(due)))


def is_open(issue_id: int) -> bool:
    """Say whether a delivery of the issue is still to be settled."""
    return bool(
        db.session.scalar(select(exists().where(Delivery.issue_id == issue_id, literal_column(OPEN))))
    )


def carriers(*, besides: int = 0) -> int:
    """Return how many jobs that carry wait or are being done, ``besides`` one of them."""
    busy = select(func.count()).where(
        Job.name == CARRY, or_(Job.state == JobState.QUEUED, Job.state == JobState.RUNNING), Job.id != besides
    )
    return int(db.session.scalar(busy) or 0)

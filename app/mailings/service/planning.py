"""Planning: a delivery for each person who is to have an issue."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import ColumnElement, cast, exists, func, insert, literal, select

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import UtcDateTime, db
from app.jobs.ledger import owe
from app.mailings import queries, rules
from app.mailings.service.audience import audience_of
from app.newsletter.models import (
    Delivery,
    DeliveryState,
    Issue,
    IssueEdition,
    IssueState,
    Subscriber,
    Suppression,
)

WINDOW = 20_000  # subscribers' ids looked at in one act: a fraction of a second


@act
def start(issue: Issue, *, by: Account | None = None) -> Issue:
    """Let ``issue`` go to everybody who is to have it, from now on.

    Raises NotNow when it is on its way already (a doubled click changes nothing), NoWords without an edition.
    """
    db.session.refresh(issue, with_for_update=True)
    rules.check(issue, "start")
    if not db.session.scalar(select(exists().where(IssueEdition.issue_id == issue.id))):
        raise rules.NoWords
    issue.started_at = clock.now()
    issue.sent_by_id = by.id if by else None
    issue.message_host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
    _begin(issue)
    record(by, "sent", issue, label=_label(issue))
    return issue


@act
def again(issue: Issue) -> Issue:
    """Look once more for people who are to have ``issue``: an edition came. Who has it gets nothing new.

    Raises NotNow when it is not on its way and never was, or was stopped.
    """
    db.session.refresh(issue, with_for_update=True)
    rules.check(issue, "again")
    _begin(issue)
    return issue


def _begin(issue: Issue) -> None:
    issue.state, issue.planned_until_id, issue.finished_at = IssueState.PLANNING, 0, None
    issue.version += 1
    owe(queries.PLAN, issue_id=issue.id)


@act
def plan_later(issue_id: int, *, at: datetime) -> None:
    """Owe the planning of an issue once more, to go on ``at`` a moment, unless a job is at it."""
    if issue_id in queries.forgotten_plans():
        owe(queries.PLAN, issue_id=issue_id, wanted_at=at)


@act
def plan_window(issue_id: int) -> bool:
    """Make the deliveries of the next window of subscribers; return whether there is more to plan."""
    issue = db.session.get(Issue, issue_id, with_for_update=True)
    if issue is None or issue.state != IssueState.PLANNING:
        return False
    last = db.session.scalar(select(func.max(Subscriber.id))) or 0
    after = issue.planned_until_id
    if after >= last:
        issue.state = IssueState.SENDING
        return False
    # A window of ids, not of rows: no sorting, and the same memory for a thousand and a million.
    until = min(after + WINDOW, last)
    issue.recipients += _insert(issue, after, until, at=clock.now())
    issue.planned_until_id = until
    return True


def _insert(issue: Issue, after: int, until: int, *, at: datetime) -> int:
    audience = audience_of(issue, window=(after, until))
    if audience is None:
        return 0
    chosen = (
        select(
            literal(issue.id), Subscriber.id, audience.language, audience.items, literal(DeliveryState.QUEUED.value),
            _message_id(), literal(at, UtcDateTime), literal(""), literal(0), literal(0), literal(""),
        )
        .where(Subscriber.id > after, Subscriber.id <= until, *audience.conditions)
        .where(~exists().where(Suppression.address_hash == Subscriber.address_hash))
        .where(~exists().where(Delivery.issue_id == issue.id, Delivery.subscriber_id == Subscriber.id))
    )  # fmt: skip
    columns = [
        "issue_id", "subscriber_id", "language", "items", "state", "message_id", "next_try_at", "leased_by", "attempts",
        "repeats", "answer_status",
    ]  # fmt: skip
    planned = insert(Delivery).from_select(columns, chosen, include_defaults=False)
    # PostgreSQL's driver forgets how many rows an INSERT made, unless told.
    made = db.session.execute(planned, execution_options={"preserve_rowcount": True})
    return int(made.rowcount)  # type: ignore[attr-defined]


def _message_id() -> ColumnElement[str]:
    """Return 128 random bits for each row, made by the database."""
    if db.engine.dialect.name == "postgresql":
        return func.replace(cast(func.gen_random_uuid(), Delivery.message_id.type), "-", "")
    return func.lower(func.hex(func.randomblob(16)))


def count(issue: Issue, *, at: datetime | None = None) -> dict[str, int]:
    """Return how many people would have ``issue`` if it went at the moment ``at`` (None: now), by their edition."""
    audience = audience_of(issue, at=at)
    if audience is None:
        return {}
    query = select(audience.language, func.count()).where(*audience.conditions).group_by(audience.language)
    return {row[0]: row[1] for row in db.session.execute(query)}


def first_addresses(issue: Issue, limit: int = 3, *, at: datetime | None = None) -> list[str]:
    """Return the addresses of the first few people whom count() counts."""
    audience = audience_of(issue, at=at)
    if audience is None:
        return []
    wanted = select(Subscriber.email).where(*audience.conditions).order_by(Subscriber.id)
    return list(db.session.scalars(wanted.limit(limit)))


def _label(issue: Issue) -> str:
    return (
        db.session.scalar(
            select(IssueEdition.subject)
            .where(IssueEdition.issue_id == issue.id)
            .order_by(IssueEdition.language)
            .limit(1)
        )
        or issue.kind
    )

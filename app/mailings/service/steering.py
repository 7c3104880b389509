"""A sending held, let go on, stopped for good; and its end."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from flask import current_app
from sqlalchemy import literal_column, update

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import owe
from app.mailings import queries, rules
from app.mailings.queries import OPEN
from app.newsletter.models import Delivery, DeliveryState, Issue, IssueState

REFUSALS = (
    "refusals"  # Issue.pause_reason of a sending that paused itself: then a colon, and the share in percent
)

SEEN = "seen:"  # Issue.pause_reason of one that was let go on: then the moment, up to which refusals were looked at


@act
def pause(issue: Issue, *, by: Account) -> Issue:
    """Hold a sending; what was handed over arrives. Raises NotNow when it is not on its way."""
    db.session.refresh(issue, with_for_update=True)
    rules.check(issue, "pause")
    issue.state, issue.pause_reason, issue.version = IssueState.PAUSED, "", issue.version + 1
    record(by, "paused", issue)
    return issue


@act
def resume(issue: Issue, *, by: Account) -> Issue:
    """Let a sending go on where it stood. Raises NotNow unless it is held.

    Refusals are counted anew from here: somebody has looked at those of before, whoever held it.
    """
    db.session.refresh(issue, with_for_update=True)
    rules.check(issue, "resume")
    issue.pause_reason = f"{SEEN}{clock.now().isoformat()}"
    issue.state, issue.version = IssueState.PLANNING, issue.version + 1
    owe(queries.PLAN, issue_id=issue.id)  # it may have been held while it was planned
    record(by, "resumed", issue)
    return issue


@act
def stop(issue: Issue, *, by: Account | None) -> Issue:
    """Stop a sending for good: whoever has not got it will not. Raises NotNow when it is over."""
    db.session.refresh(issue, with_for_update=True)
    rules.check(issue, "stop")
    now = clock.now()
    issue.state, issue.finished_at, issue.version = IssueState.STOPPED, now, issue.version + 1
    waiting = [DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.LEASED]
    db.session.execute(
        update(Delivery)
        .where(Delivery.issue_id == issue.id, literal_column(OPEN), Delivery.state.in_(waiting))
        .values(state=DeliveryState.STOPPED, ended_at=now, lease_until=None),
        execution_options={"synchronize_session": False},
    )
    record(by, "stopped", issue)
    return issue


@act
def finish(issue_id: int) -> bool:
    """End a sending of which nothing is open any more; say whether it is over."""
    issue = db.session.get(Issue, issue_id, with_for_update=True)
    if issue is None or issue.state != IssueState.SENDING or queries.is_open(issue_id):
        return False
    issue.state, issue.finished_at = IssueState.SENT, clock.now()
    return True


def look_at_refusals(issue_id: int) -> bool:
    """Hold a sending when too large a share of it was refused lately; say whether it was held."""
    issue = db.session.get(Issue, issue_id)
    if issue is None or issue.state != IssueState.SENDING:
        return False
    seen = issue.pause_reason
    accepted, refused = queries.answered(issue_id, since=max(clock.now() - rules.LATELY, _seen_at(seen)))
    if not rules.too_many_refused(accepted, refused, current_app.config["NEWSLETTER_REFUSED_PERCENT"]):
        return False
    return _hold(issue, refused * 100 // (accepted + refused), seen)


def _seen_at(reason: str) -> datetime:
    """Return up to when refusals were looked at, as resume() wrote it down; long ago where nobody did."""
    with suppress(ValueError):
        if reason.startswith(SEEN):
            return datetime.fromisoformat(reason.removeprefix(SEEN))
    return datetime.min.replace(tzinfo=UTC)


@act
def _hold(issue: Issue, percent: int, seen: str) -> bool:
    db.session.refresh(issue, with_for_update=True)
    if issue.state != IssueState.SENDING or issue.pause_reason != seen:  # somebody has just let it go on
        return False
    issue.state, issue.pause_reason, issue.version = (
        IssueState.PAUSED, f"{REFUSALS}:{percent}", issue.version + 1,
    )  # fmt: skip
    record(None, "paused", issue, refused_percent=percent)
    return True

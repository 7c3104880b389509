"""Sending an issue made by hand: to oneself, now, or at an hour."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.issues import checks, queries, rules
from app.issues.models import IssueTest
from app.issues.service.drawing import let_go
from app.jobs.ledger import owe
from app.mailings import service as mailings
from app.newsletter.models import Issue, IssueKind, IssueState
from app.text.slugs import slug

HELD = "held"  # Issue.pause_reason of one whose hour came while it could not be sent


@act
def test(issue: Issue, *, by: Account) -> IssueTest:
    """Owe a test of ``issue`` to whoever asks: each edition, to their own address alone. Raises Taken for no draft."""
    rules.check_draft(issue)
    made = IssueTest(issue_id=issue.id, version=issue.version, by_id=by.id, sent_at=clock.now())
    db.session.add(made)
    db.session.flush()
    owe("issues.send_test", test=made.id)
    return made


@act
def note_opened(made: IssueTest) -> None:
    """Note that a test arrived and looks right."""
    made = db.session.get_one(IssueTest, made.id)
    made.opened_at = made.opened_at or clock.now()


def _ready(issue: Issue, base: int, number: int | None, at: datetime) -> Issue:
    """Return the issue if it can go out at the moment ``at``; raise what forbids it."""
    found = queries.held(issue.id)
    if found is None:
        raise rules.Changed
    rules.check_draft(found, base=base)
    total = sum(mailings.count(found, at=at).values())
    if not total:
        raise rules.Nobody
    rules.check_number(total, number)
    if checks.blocking(found, at=at):
        raise rules.NotReady
    return found


@act
def send(issue: Issue, *, base: int, by: Account, number: int | None = None) -> Issue:
    """Send ``issue`` now to everybody whom it is for.

    ``number`` is that of the recipients, typed where there are more than 1,000. Raises Taken when it is on its way
    already, Changed when it is at another version than ``base``, WrongNumber, Nobody, NotReady.
    """
    issue = _ready(issue, base, number, clock.now())
    return _go(issue, by=by)


@act
def schedule(issue: Issue, *, at: datetime, base: int, by: Account, number: int | None = None) -> Issue:
    """Let ``issue`` go out at the moment ``at``. Raises Past for one that is over, and what send() does."""
    if at <= clock.now():
        raise rules.Past
    issue = _ready(issue, base, number, at)
    issue.state, issue.send_at, issue.pause_reason = IssueState.SCHEDULED, at, ""
    issue.sent_by_id = by.id
    issue.version += 1
    record(by, "scheduled", issue, until=at.isoformat())
    return issue


@act
def unschedule(issue: Issue, *, by: Account) -> Issue:
    """Make a draft again of an issue whose hour was set. Raises Taken when it has gone."""
    found = queries.held(issue.id)
    if found is None:
        raise rules.Taken
    rules.check_draft(found)
    if found.state == IssueState.SCHEDULED:
        found.state, found.send_at = IssueState.DRAFT, None
        found.version += 1
        record(by, "taken back", found)
    return found


def go_when_due(issue_id: int) -> bool:
    """Send an issue whose hour has come, or hold it when it may not go any more; say whether it went."""
    return _go_when_due(issue_id)


@act
def _go_when_due(issue_id: int) -> bool:
    issue, now = queries.held(issue_id), clock.now()
    if issue is None or issue.state != IssueState.SCHEDULED or issue.send_at is None or issue.send_at > now:
        return False
    by = db.session.get(Account, issue.sent_by_id) if issue.sent_by_id else None
    if checks.blocking(issue, at=now) or not sum(mailings.count(issue, at=now).values()):
        issue.state, issue.pause_reason = IssueState.DRAFT, HELD
        issue.version += 1
        record(None, "held issue", issue)
        owe("issues.tell_held", issue=issue.id, version=issue.version)
        return False
    _go(issue, by=by)
    return True


def _go(issue: Issue, *, by: Account | None) -> Issue:
    if issue.kind == IssueKind.HANDMADE:
        here = clock.now().astimezone(current_app.config["ZONE"])
        editions = queries.editions(issue.id)
        first = editions.get("en") or editions.get("fr") or next(iter(editions.values()))
        issue.path = f"{here:%Y/%m}/{slug(first.subject, limit=50) or 'issue'}-{issue.id}"
    issue.pause_reason = ""
    return let_go(issue, by=by)

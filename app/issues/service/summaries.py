"""Summaries of a day and of a week."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.acts import act
from app.database import db
from app.issues import queries, rules, sheets
from app.issues.service.drawing import let_go
from app.languages import LANGUAGES, speaking
from app.newsletter.models import Issue, IssueEdition, IssueItem, IssueKind, IssueState
from app.newsletter.models.issues import MOST_ITEMS


@act
def summarise(kind: IssueKind, due: datetime) -> Issue | None:
    """Make and send the summary that is ``due``, of what became public since the last; one for each occasion.

    Returns None when another worker made it. One with nothing to tell is kept as skipped, and not sent.
    """
    key = rules.occasion_key(kind, due, current_app.config["ZONE"])
    since = rules.window(kind, due, queries.last_occasion(kind))
    values: dict[str, Any] = {
        "kind": kind.value, "state": IssueState.DRAFT.value, "key": key, "audience": {}, "since": since, "send_at": due,
        "created_at": clock.now(), "path": None, "planned_until_id": 0, "recipients": 0, "message_host": "",
        "pause_reason": "", "version": 1,
    }  # fmt: skip
    insert = (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(Issue)
    made = insert.values(**values).on_conflict_do_nothing(index_elements=["key"]).returning(Issue.id)
    issue_id = db.session.scalar(made)
    if issue_id is None:
        return None
    issue = db.session.get_one(Issue, issue_id)
    chosen = [
        IssueItem(issue_id=issue.id, item_id=item_id, position=position, words={})
        for position, item_id in enumerate(queries.released(since, due, MOST_ITEMS))
    ]
    db.session.add_all(chosen)
    db.session.flush()
    for code in LANGUAGES:
        with speaking(code):
            # Who reads a language in which nothing is new gets the English edition, if that is their wish.
            if sheets.pieces(chosen, code, since=since, until=due, borrows=False):
                subject = sheets.summary_subject(kind, due)
                db.session.add(IssueEdition(issue_id=issue.id, language=code, subject=subject))
    db.session.flush()
    if not queries.editions(issue.id):
        issue.state, issue.finished_at = IssueState.SKIPPED, clock.now()
        return issue
    here = due.astimezone(current_app.config["ZONE"])
    issue.path = f"{here:%Y/%m}/{kind}-{here:%d}"
    return let_go(issue)

"""Counting: how often the links of an issue were followed, and nothing of who did."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.dialects import postgresql, sqlite

from app import clock
from app.acts import act
from app.database import db
from app.issues.models import IssueClick


@act
def count_click(issue_id: int, number: int) -> None:
    """Add one to what is counted of a link of an issue today, by the office's clock."""
    today = clock.now().astimezone(current_app.config["ZONE"]).date()
    insert = (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(IssueClick)
    one = insert.values(issue_id=issue_id, number=number, day=today, clicks=1)
    db.session.execute(
        one.on_conflict_do_update(
            index_elements=["issue_id", "number", "day"], set_={"clicks": IssueClick.clicks + 1}
        )
    )

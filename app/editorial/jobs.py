"""What the sweep looks for: texts whose moment has come, and once an hour what nobody asked to keep."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import current_app
from sqlalchemy import select

from app import clock
from app.database import db
from app.editorial import queries, service
from app.editorial.models import Revision
from app.editorial.service.pruning import superseded
from app.jobs.registry import sweeps


@sweeps
def publish_what_is_due() -> None:
    """Settle the publications whose moment has come; look first, as there is mostly nothing to do."""
    if db.session.scalar(queries.due(clock.now()).limit(1)) is not None:
        service.settle()


PRUNED = "next pruning"  # when this process looks again
EVERY = timedelta(hours=1)


@sweeps
def prune_what_saved_itself() -> None:
    """Take away, a few hundred at a time, what saved itself and was replaced long ago; look once an hour."""
    at = clock.now()
    next_at: datetime | None = current_app.extensions.get(PRUNED)
    if next_at is not None and at < next_at:
        return
    current_app.extensions[PRUNED] = at + EVERY
    while db.session.scalar(select(Revision.id).where(superseded()).limit(1)) is not None:
        service.prune()

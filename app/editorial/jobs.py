"""What the sweep looks for: texts whose moment has come."""

from __future__ import annotations

from app import clock
from app.database import db
from app.editorial import queries, service
from app.jobs.registry import sweeps


@sweeps
def publish_what_is_due() -> None:
    """Settle the publications whose moment has come; look first, as there is mostly nothing to do."""
    if db.session.scalar(queries.due(clock.now()).limit(1)) is not None:
        service.settle()

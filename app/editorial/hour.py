"""The hour that comes while no worker runs: the first public page after it does what it brings with it.

Reading shows a text at its moment by comparing the clock, worker or not. Its reference number
and what follows its publication need an act. Usually the sweep does it within seconds; when it
does not, the first page that is made after the moment does. It is the clock that changes
something then, not the reader: who asks, and for what, makes no difference.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from app import clock
from app.editorial import service
from app.editorial.remembered import standing
from app.here import newsroom

log = logging.getLogger(__name__)

_UNKNOWN = datetime.min.replace(tzinfo=UTC)


def init_hour(app: Flask) -> None:
    """Forget which moment ``app`` waits for: the first page finds out."""
    app.extensions["next moment"] = _UNKNOWN


def keep_the_hour() -> None:
    """Settle what is due if a moment has passed since the last page was made in this process.

    It costs nothing between two moments. A database that cannot be written is no reason to
    keep the page from its reader.
    """
    known = newsroom().extensions
    waited_for: datetime | None = known["next moment"]
    if waited_for is not None and waited_for <= clock.now():
        try:
            service.settle()
        except SQLAlchemyError as error:
            log.warning("what is due could not be settled: %s", type(error).__name__)
            return
    known["next moment"] = standing().next_moment

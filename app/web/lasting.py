"""Until when a page is right: one that says "now", "today" or "over" changes by the clock alone."""

from __future__ import annotations

from datetime import datetime

from flask import request

UNTIL = "communique.until"  # in the environment of a request, for the page cache in front of us


def right_until(moment: datetime | None) -> None:
    """Say that what this request answers is right before ``moment`` only; of several, the first counts."""
    if moment is not None:
        known: datetime | None = request.environ.get(UNTIL)
        request.environ[UNTIL] = moment if known is None else min(known, moment)

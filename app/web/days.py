"""Days that were typed, as the moments that bound them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flask import current_app


def midnight(day: date | None, *, after: int = 0) -> datetime | None:
    """Return when ``day`` begins at the office, or the day so many ``after`` it; None for no day."""
    if day is None:
        return None
    begins = datetime.combine(day + timedelta(days=after), time(), tzinfo=current_app.config["ZONE"])
    return begins.astimezone(UTC)

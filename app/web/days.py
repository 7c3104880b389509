"""The office's days, and the moments that bound them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flask import current_app


def midnight(day: date, *, after: int = 0) -> datetime:
    """Return when ``day`` begins at the office, or the day so many ``after`` it."""
    begins = datetime.combine(day + timedelta(days=after), time(), tzinfo=current_app.config["ZONE"])
    return begins.astimezone(UTC)


def day_of(at: datetime) -> date:
    """Return the office's day of the moment ``at``."""
    return at.astimezone(current_app.config["ZONE"]).date()


def end_of_day(at: datetime) -> datetime:
    """Return the midnight that ends the office's day of ``at``."""
    return midnight(day_of(at), after=1)


def bounds(first: date | None, last: date | None) -> dict[str, datetime | None]:
    """Return ``start`` and ``end`` of the days from ``first`` to ``last``; None where there is no bound."""
    return {
        "start": midnight(first) if first else None,
        "end": midnight(last, after=1) if last else None,
    }

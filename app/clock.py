"""The one place that reads the time.

Everything that asks "is it public yet?" asks here, so that a test can move the clock and a
page, a feed and a job can never disagree about the hour.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

_told: list[datetime] = []


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return _told[-1] if _told else datetime.now(UTC)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let it be ``moment`` for a while: the demonstration's history is made through the real acts."""
    _told.append(moment.astimezone(UTC))
    try:
        yield
    finally:
        _told.pop()

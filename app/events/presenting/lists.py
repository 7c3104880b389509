"""Events in lists: what is coming and past, and what happens today and tomorrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app import clock
from app.events import times
from app.events.hours import Hours
from app.events.presenting.pages import address
from app.events.presenting.programme import entries, hours_of, status
from app.events.words import KIND_NAMES
from app.web.days import end_of_day


@dataclass(frozen=True, slots=True)
class ListRow:
    """An event in a list."""

    id: int
    title: str
    lead: str
    kind_name: Any
    url: str
    language: str
    hours: Hours
    place: str
    status: str
    languages: Sequence[str]


def rows(found: Iterable[Any]) -> list[ListRow]:
    """Make list rows of what ``events.queries`` found."""
    at = clock.now()
    return [
        ListRow(
            id=row.id,
            title=row.title,
            lead=row.lead,
            kind_name=KIND_NAMES[row.public_kind],
            url=address(row.language, row.path),
            language=row.language,
            hours=Hours(
                row.starts_at,
                row.ends_at - timedelta(minutes=1) if row.precision == "day" else row.ends_at,
                is_days=row.precision == "day",
            ),
            place=row.place,
            status=status(row.event_state, row.starts_at, row.ends_at, at),
            languages=sorted(row.languages.split(",")),
        )
        for row in found
    ]


def list_until(rows: Iterable[ListRow]) -> datetime:
    """Return until when a list is right: something of it begins or ends, or the office's day does."""
    at = clock.now()
    moments = [end_of_day(at)]
    for row in rows:
        moments += [row.hours.starts_at, *([row.hours.ends_at] if row.hours.ends_at else [])]
    return min(moment for moment in moments if moment > at)


@dataclass(frozen=True, slots=True)
class RailRow:
    """A moment of today or tomorrow on the home page."""

    title: str
    url: str
    language: str
    hours: Hours
    is_today: bool
    is_now: bool
    is_cancelled: bool
    access_name: Any


def rail(found: Iterable[Any], *, most: int) -> tuple[list[RailRow], datetime]:
    """Return what happens today and tomorrow, hour by hour, and the moment until which that is right.

    Each open hour of a programme is a row; an event without a programme on these days is one itself.
    """
    at = clock.now()
    tonight = end_of_day(at)
    limit = end_of_day(tonight)
    told: list[RailRow] = []
    moments = [tonight]
    for row in found:
        words = row.fields.get("programme", {})
        url = address(row.language, row.path)
        programme = entries(row.facts, words, at=at)
        near = [
            (entry, ends_at)
            for entry, kept in zip(programme, row.facts["programme"], strict=True)
            if (ends_at := times.ends(kept)) and ends_at > at and entry.hours.starts_at < limit
        ]
        for entry, ends_at in near:
            moments += (entry.hours.starts_at, ends_at)
            told.append(
                RailRow(
                    entry.title if entry.is_named else row.title,
                    f"{url}#{entry.key}",
                    row.language,
                    entry.hours,
                    entry.hours.starts_at < tonight,
                    entry.is_now,
                    entry.state == "cancelled",
                    entry.access_name,
                )
            )
        if not near and row.starts_at < limit:
            hours = hours_of(row.facts)
            moments += (row.starts_at, row.ends_at)
            stands = status(row.facts["state"], row.starts_at, row.ends_at, at)
            told.append(
                RailRow(
                    row.title,
                    url,
                    row.language,
                    hours or Hours(row.starts_at),
                    row.starts_at < tonight,
                    stands == "now",
                    stands == "cancelled",
                    None,
                )
            )
    told.sort(key=lambda each: each.hours.starts_at)
    return told[:most], min(each for each in moments if each > at)

"""The lines of a programme, and what readers are told of hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.events import times
from app.events.hours import Hours
from app.events.words import ACCESS_NAMES, ENTRY_NAMES, YIELD_NAMES, spoken

FRESH = timedelta(hours=24)  # how long a change stands out


@dataclass(frozen=True, slots=True)
class Result:
    """What an entry leaves for the media; ``url`` when it is there."""

    name: Any
    url: str
    of: str
    at: datetime | None
    is_delivered: bool


@dataclass(slots=True)
class Entry:
    """An entry of the programme as its line shows it."""

    key: str
    title: str
    is_named: bool
    hours: Hours
    was: Hours | None
    changed_at: datetime | None
    is_fresh: bool
    state: str
    is_now: bool
    kind_name: Any
    access: str
    access_name: Any
    place: str
    people: str
    conditions: str
    note: str
    languages: list[str]
    stream_url: str
    results: list[Result]


def hours_of(facts: dict[str, Any]) -> Hours | None:
    """Return the hours that ``facts`` (of an event, an entry, or of what it was before) tell."""
    starts_at = times.moment(facts.get("starts_at"))
    if starts_at is None:
        return None
    is_days = facts.get("precision") == "day"
    ends_at = times.moment(facts.get("ends_at"))
    if is_days and ends_at:
        ends_at -= timedelta(minutes=1)
    return Hours(starts_at, ends_at, bool(facts.get("is_around")), is_days)


def status(state: str, starts_at: datetime | None, ends_at: datetime | None, at: datetime) -> str:
    """Return what readers are told: "cancelled", "over", "now", "moved" or "planned"."""
    if state == "cancelled":
        return state
    if ends_at is not None and ends_at <= at:
        return "over"
    if starts_at is not None and starts_at <= at:
        return "now"
    return state


def is_fresh(changed_at: datetime | None, at: datetime) -> bool:
    """Say whether a change still stands out at the moment ``at``."""
    return changed_at is not None and at - changed_at < FRESH


def entries(facts: dict[str, Any], words: dict[str, Any], *, at: datetime) -> list[Entry]:
    """Return the programme as ``words`` of one language tell it at the moment ``at``, in the office's order."""
    is_off = facts.get("state") == "cancelled"
    return [_entry(one, words.get(one["id"], {}), is_off, at) for one in facts.get("programme", [])]


def _entry(facts: dict[str, Any], words: dict[str, str], is_off: bool, at: datetime) -> Entry:
    hours: Any = hours_of(facts)  # an entry without a start is not kept
    ends_at = times.ends(facts)
    state = "cancelled" if is_off else facts["state"]
    changed_at = times.moment(facts.get("changed_at"))
    kind_name = ENTRY_NAMES[facts["kind"]]
    title = words.get("title") or str(kind_name)
    return Entry(
        key=facts["id"],
        title=title,
        is_named=bool(words.get("title")),
        hours=hours,
        was=hours_of(facts.get("was", {})),
        changed_at=changed_at,
        is_fresh=is_fresh(changed_at, at),
        state=state,
        is_now=status(state, hours.starts_at, ends_at, at) == "now",
        kind_name=kind_name,
        access=facts["access"],
        access_name=ACCESS_NAMES[facts["access"]],
        place=words.get("place", ""),
        people=words.get("people", ""),
        conditions=words.get("conditions", ""),
        note=words.get("note", ""),
        languages=[spoken(code) for code in facts.get("languages", [])],
        stream_url=facts.get("stream_url", ""),
        results=[
            Result(
                YIELD_NAMES[each["kind"]],
                each["url"],
                title,
                times.moment(each["at"]),
                each["state"] == "delivered",
            )
            for each in facts.get("results", [])
        ],
    )

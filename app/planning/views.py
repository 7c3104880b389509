"""The calendar: a month, a week, or a list, in the office's days."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, request

from app import clock
from app.accounts.guards import me, officers_only
from app.accounts.rules import may
from app.planning import queries
from app.planning.queries import Slot
from app.web.days import day_of, midnight

desk = Blueprint("planning", __name__, url_prefix="/desk/calendar")

VIEWS = ("month", "week", "list")
LIST_DAYS = 28
FIRST, LAST = date(1990, 1, 1), date(2100, 1, 1)  # of what can be looked at


@dataclass(frozen=True)
class Day:
    """A day of the calendar, and what happens on it; ``is_other`` when it belongs to the month before or after."""

    date: date
    slots: tuple[Slot, ...]
    is_today: bool
    is_other: bool = False


@desk.route("/")
@officers_only
def index() -> str:
    """Show what becomes public and what happens, around a day that the address names (today, if none)."""
    today = day_of(clock.now())
    view = request.args.get("view", "")
    view = view if view in VIEWS else "month"
    day = _day(request.args.get("day", "")) or today
    days, before, after = _window(view, day)
    start, end = midnight(days[0]), midnight(days[-1], after=1)
    slots = queries.between(start, end)
    by_day: dict[date, list[Slot]] = defaultdict(list)
    for slot in slots:
        for each in _days_of(slot):
            by_day[each].append(slot)
    shown = [
        Day(each, tuple(by_day[each]), each == today, view == "month" and each.month != day.month)
        for each in days
    ]
    return render_template(
        "planning/calendar.html",
        view=view,
        views=VIEWS,
        day=day,
        days=shown,
        weeks=[shown[number : number + 7] for number in range(0, len(shown), 7)],
        before=before,
        after=after,
        has_clashes=any(slot.clashes for slot in slots),
        may_publish=may(me(), "publish"),
        may_write=may(me(), "write"),
        at=clock.now(),
    )


def _day(typed: str) -> date | None:
    """Return the day that an address names, or None for anything else."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if FIRST <= day < LAST else None


def _window(view: str, day: date) -> tuple[list[date], date, date]:
    """Return the days that are shown, and a day of the window before and of the one after."""
    if view == "month":
        days = list(Calendar().itermonthdates(day.year, day.month))
        first = day.replace(day=1)
        return days, first - timedelta(days=1), (first + timedelta(days=31)).replace(day=1)
    if view == "week":
        monday = day - timedelta(days=day.weekday())
        days = [monday + timedelta(days=number) for number in range(7)]
        return days, monday - timedelta(days=7), monday + timedelta(days=7)
    days = [day + timedelta(days=number) for number in range(LIST_DAYS)]
    return days, day - timedelta(days=LIST_DAYS), day + timedelta(days=LIST_DAYS)


def _days_of(slot: Slot) -> list[date]:
    """Return the office's days that ``slot`` touches; an event that ends at midnight does not touch the next."""
    first = day_of(slot.at)
    if slot.ends_at is None:
        return [first]
    last = day_of(slot.ends_at - timedelta(microseconds=1))
    return [first + timedelta(days=number) for number in range(min((last - first).days, 60) + 1)]

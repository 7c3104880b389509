"""From when to when, in the words of the page's language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import current_app

from app.languages import gettext as _
from app.web import filters


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when; ``is_around`` about then, ``is_days`` whole days: then ``ends_at`` is on the last of them."""

    starts_at: datetime
    ends_at: datetime | None = None
    is_around: bool = False
    is_days: bool = False

    def _day(self, moment: datetime) -> object:
        return moment.astimezone(current_app.config["ZONE"]).date()

    @property
    def is_one_day(self) -> bool:
        """Whether it ends on the office's day on which it begins."""
        return self.ends_at is None or self._day(self.ends_at) == self._day(self.starts_at)

    @property
    def is_utc_day(self) -> bool:
        """Whether it begins on the same day in UTC."""
        return self._day(self.starts_at) == self.starts_at.astimezone(UTC).date()

    @property
    def clock(self) -> str:
        """Write "09:00–10:30", "around 12:30"; nothing for whole days."""
        if self.is_days:
            return ""
        begins = filters.clock_time(self.starts_at)
        if self.ends_at:
            is_far = not self.is_one_day
            end = filters.moment(self.ends_at) if is_far else filters.clock_time(self.ends_at)
            begins = f"{begins} – {end}" if is_far else f"{begins}–{end}"
        return _("around %(time)s", time=begins) if self.is_around else begins

    @property
    def utc(self) -> str:
        """Write "08:00 UTC", with the day where it is another there."""
        there = self.starts_at.astimezone(UTC)
        clock = f"{there:%H:%M} UTC"
        return clock if self.is_utc_day else f"{clock}, {filters.day(there.date())}"

    @property
    def days(self) -> str:
        """Write "Wednesday 3 December 2025", or the first day and the last."""
        first = filters.weekday_day(self.starts_at)
        if self.is_one_day or self.ends_at is None:
            return first
        return f"{first} – {filters.weekday_day(self.ends_at)}"

    @property
    def line(self) -> str:
        """Write the day and the hours: "Wednesday 3 December 2025, 09:00–10:30"."""
        if self.is_days:
            return self.days
        return f"{filters.weekday_day(self.starts_at)}, {self.clock}"

    @property
    def short(self) -> str:
        """Write the day and the hours for a list: "3 December 2025, 09:00–10:30"."""
        first = filters.day(self.starts_at)
        if not self.is_days:
            return f"{first}, {self.clock}"
        return first if self.is_one_day else f"{first} – {filters.day(self.ends_at or self.starts_at)}"

    def instead_of(self, was: Hours) -> tuple[str, str]:
        """Return these hours and those before, each as short as can be: with its day where the day changed."""
        is_same_day = self._day(self.starts_at) == self._day(was.starts_at)
        if is_same_day and self.clock and was.clock:
            return self.clock, was.clock
        return self.short, was.short

    @property
    def iso(self) -> str:
        """Write the start for machines: the day alone for whole days."""
        start = self.starts_at
        return (
            filters.iso(start.astimezone(current_app.config["ZONE"]).date())
            if self.is_days
            else filters.iso(start)
        )

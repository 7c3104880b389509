"""How moments, numbers and languages are written, in the language of the page.

Pages repeat the same few dates many times, and a locale's formatter is slow: what was written
once is remembered.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_time
from babel.numbers import format_decimal
from flask import Flask

from app import clock
from app.here import setting
from app.languages import OWN_NAMES, current
from app.languages import gettext as _
from app.text.moments import zone_words

REMEMBERED = 5_000  # of each kind: about a megabyte
# No line ends between a day and its month. The Ukrainian word for the year is whole: its
# abbreviation has a full stop, and would give a sentence two.
DAY = {"fr": "d\u00a0MMMM y", "en": "d\u00a0MMMM y", "uk": "d\u00a0MMMM y 'року'"}
DAY_OF_THIS_YEAR = "d\u00a0MMMM"
WEEKDAY_DAY = {"fr": "EEEE d\u00a0MMMM y", "en": "EEEE d\u00a0MMMM y", "uk": "EEEE, d\u00a0MMMM y 'року'"}


def _zone() -> ZoneInfo:
    return setting("ZONE")


def _zone_of(value: date | datetime) -> ZoneInfo | None:
    """Return where a moment is looked at from; a day is the same everywhere, and most of what lists show is one."""
    return _zone() if isinstance(value, datetime) else None


@lru_cache(REMEMBERED)
def _written_day(moment: date | datetime, language: str, pattern: str, zone: ZoneInfo | None) -> str:
    day = _day_of(moment, zone)
    written = format_date(day, pattern, locale=language)
    return written.replace("1\u00a0", "1er\u00a0", 1) if language == "fr" and day.day == 1 else written


@lru_cache(REMEMBERED)
def _written_clock(moment: datetime, language: str, zone: ZoneInfo) -> str:
    return format_time(_local(moment, zone).replace(tzinfo=None), "HH:mm", locale=language)  # type: ignore[call-arg, arg-type]


@lru_cache(REMEMBERED)
def _written_moment(value: datetime, language: str, zone: ZoneInfo) -> str:
    return f"{_written_day(value, language, DAY[language], zone)}, {_written_clock(value, language, zone)}"


@lru_cache(REMEMBERED)
def _written_iso(moment: date | datetime, zone: ZoneInfo | None) -> str:
    local = _local(moment, zone)
    return local.isoformat(timespec="minutes") if isinstance(local, datetime) else local.isoformat()


@lru_cache(REMEMBERED)
def _written_zone(moment: datetime, language: str, zone: ZoneInfo) -> str:
    return zone_words(moment, zone, language)


@lru_cache(REMEMBERED)
def _written_number(number: float, language: str) -> str:
    return format_decimal(number, locale=language)


@lru_cache(REMEMBERED)
def _written_size(size_bytes: int, language: str) -> str:
    units = {"fr": ("ko", "Mo", "Go"), "uk": ("кБ", "МБ", "ГБ")}.get(language, ("kB", "MB", "GB"))
    value, unit = size_bytes / 1000, 0
    while value >= 1000 and unit < 2:
        value, unit = value / 1000, unit + 1
    rounded = round(value, 1) if unit and value < 100 else max(1, round(value))
    return f"{_written_number(rounded, language)}\N{NO-BREAK SPACE}{units[unit]}"


def _local(moment: date | datetime, zone: ZoneInfo | None) -> date | datetime:
    return moment.astimezone(zone) if isinstance(moment, datetime) else moment


def _day_of(moment: date | datetime, zone: ZoneInfo | None) -> date:
    local = _local(moment, zone)
    return local.date() if isinstance(local, datetime) else local


def day(moment: date | datetime) -> str:
    """Write "3 December 2025" (the office's day)."""
    language = current()
    return _written_day(moment, language, DAY[language], _zone_of(moment))


def weekday_day(moment: date | datetime, language: str | None = None) -> str:
    """Write "Wednesday 3 December 2025", in ``language`` where a text has another than its page."""
    language = language or current()
    return _written_day(moment, language, WEEKDAY_DAY[language], _zone_of(moment))


def month_year(value: date) -> str:
    """Write "December 2025"."""
    return _written_day(value, current(), "LLLL y", _zone())


def weekday(value: date) -> str:
    """Write "Wednesday"."""
    return _written_day(value, current(), "cccc", _zone())


def weekday_short(value: date) -> str:
    """Write "Wed"."""
    return _written_day(value, current(), "ccc", _zone())


def clock_time(moment: datetime) -> str:
    """Write "15:00" (the office's hour)."""
    return _written_clock(moment, current(), _zone())


def moment(value: datetime) -> str:
    """Write "3 December 2025, 15:00"."""
    return _written_moment(value, current(), _zone())


def near(value: datetime) -> str:
    """Write a moment as people at work say it: "today, 15:00", "22 November, 15:00", in full in other years."""
    office = _zone()
    today, that = _day_of(clock.now(), office), _day_of(value, office)
    time = clock_time(value)
    if that == today:
        return _("today, %(time)s", time=time)
    if that == today + timedelta(days=1):
        return _("tomorrow, %(time)s", time=time)
    if that == today - timedelta(days=1):
        return _("yesterday, %(time)s", time=time)
    if that.year == today.year:
        return f"{_written_day(that, current(), DAY_OF_THIS_YEAR, office)}, {time}"
    return moment(value)


def zone(value: datetime) -> str:
    """Write "Brussels time (UTC+1)", the office's clock at this moment."""
    return _written_zone(value, current(), _zone())


def clock_zone(value: datetime) -> str:
    """Write "15:00, Brussels time (UTC+1)"."""
    return f"{clock_time(value)}, {zone(value)}"


def moment_zone(value: datetime) -> str:
    """Write "3 December 2025, 15:00, Brussels time (UTC+1)"."""
    language, zone = current(), _zone()
    return f"{_written_moment(value, language, zone)}, {_written_zone(value, language, zone)}"


def iso(value: date | datetime) -> str:
    """Write a date or a moment for machines, with the office's offset."""
    return _written_iso(value, _zone_of(value))


def number(value: float) -> str:
    """Write 12870 as the language groups it."""
    return _written_number(value, current())


def filesize(size_bytes: int) -> str:
    """Write a size for people: "640 kB", "6.4 MB"."""
    return _written_size(size_bytes, current())


def language_name(code: str) -> str:
    """Write a language's own name."""
    return OWN_NAMES.get(code) or (Locale.parse(code).get_display_name(code) or code).capitalize()


def language_adverb(code: str) -> str:
    """Write "in English" in the language of the page, for a link to another language."""
    known = {"fr": _("in French"), "en": _("in English"), "uk": _("in Ukrainian")}
    return known.get(code) or Locale.parse(current()).languages.get(code, code)


def init_filters(app: Flask) -> None:
    """Give the templates these words."""
    for write in (
        day, weekday_day, month_year, weekday, weekday_short,
        clock_time, clock_zone, zone, moment, moment_zone, near, iso, number,
        filesize, language_name, language_adverb,
    ):  # fmt: skip
        app.jinja_env.filters[write.__name__] = write

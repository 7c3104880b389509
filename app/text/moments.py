"""Days and hours as people type them, and the moments that they mean in the office's zone.

The database knows UTC only; people think in the office's clock. Twice a year that clock jumps: an
hour is missing in spring, and one comes twice in autumn. Neither is guessed here, because a
release that leaves an hour early cannot be called back.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, tzinfo
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, get_timezone_location
from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.refusals import Refusal
from app.text.slugs import fold

_LANGUAGES = ("fr", "en", "uk")
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})")
_NUMBERS = re.compile(r"(?P<day>\d{1,2})[-/. ](?P<month>\d{1,2})[-/. ](?P<year>\d{4}|\d{2})")
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2}) ?(?:er|st|nd|rd|th|-?го|-?е)? (?:of )?(?P<word>[^\W\d_]+) (?P<year>\d{4})"
)
_MONTH_FIRST = re.compile(r"(?P<word>[^\W\d_]+) (?P<day>\d{1,2})(?:st|nd|rd|th)? (?P<year>\d{4})")
_YEAR_WORD = re.compile(r" ?р(?:оку)?$")
_INTRODUCTION = re.compile(r"^(?:le|the|on|від) ")

_CLOCK = re.compile(
    r"(?:à |at |о |об )?(?P<hour>\d{1,2})(?::|\.| ?h ?| ?год ?)(?P<minute>\d{2})(?::00)?(?: ?(?:min|mn|хв))?"
)
_HOUR = re.compile(r"(?:à |at |о |об )?(?P<hour>\d{1,2}) ?(?:h|heures?|год|годин[аиі]?)")
_HALF_DAY = re.compile(r"(?:at )?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))? ?(?P<half>[ap])m")

# "За … часом" wants an adjective, which no list of city names has.
_UKRAINIAN_ZONES = {
    "Europe/Berlin": "берлінським",
    "Europe/Brussels": "брюссельським",
    "Europe/Kiev": "київським",
    "Europe/Kyiv": "київським",
    "Europe/London": "лондонським",
    "Europe/Madrid": "мадридським",
    "Europe/Paris": "паризьким",
    "Europe/Prague": "празьким",
    "Europe/Riga": "ризьким",
    "Europe/Rome": "римським",
    "Europe/Vienna": "віденським",
    "Europe/Vilnius": "вільнюським",
    "Europe/Warsaw": "варшавським",
    "America/New_York": "нью-йоркським",
}


class BadDay(Refusal):
    """What was typed is no day."""

    message = _l("Enter a date like 3 December 2025 or 03/12/2025")


class WrongWeekday(Refusal):
    """The weekday that was typed is not the one of the day."""

    def __init__(self, day: date) -> None:
        super().__init__(
            _l(
                "%(date)s is a %(weekday)s. Check the date.",
                date=day_in_words(day),
                weekday=weekday_in_words(day),
            )
        )


class BadClock(Refusal):
    """What was typed is no time of day."""

    message = _l("Enter a time like 15:00")


class NoSuchHour(Refusal):
    """The clocks go forward over this time. ``a`` and ``b`` are the times beside the gap to choose from."""

    field = "clock"

    def __init__(self, day: date, clock: time, a: time, b: time) -> None:
        self.a, self.b = a, b
        words = {"time": f"{clock:%H:%M}", "date": day_in_words(day), "a": f"{a:%H:%M}", "b": f"{b:%H:%M}"}
        super().__init__(
            _l("%(time)s does not exist on %(date)s: clocks go forward. Choose %(a)s or %(b)s.", **words)
        )


class TwiceHour(Refusal):
    """The clocks go back over this time. ``summer`` and ``winter`` are the moments (UTC) to choose from."""

    field = "clock"

    def __init__(self, day: date, clock: time, summer: datetime, winter: datetime) -> None:
        self.summer, self.winter = summer, winter
        words = {"time": f"{clock:%H:%M}", "date": day_in_words(day)}
        super().__init__(_l("%(time)s comes twice on %(date)s. Choose summer time or winter time.", **words))


def local(moment: datetime, zone: tzinfo | str) -> datetime:
    """Return an aware ``moment`` by the clock of ``zone``.

    Raises ValueError for a naive one: nobody knows when that is.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its zone")
    return moment.astimezone(_zone(zone))


def parse_day(text: str, language: str) -> date:
    """Return the day that ``text`` means: "2025-12-03", "03/12/2025", "3.12.2025", "3 décembre 2025", …

    The day comes before the month, as everywhere in Europe; months may be named in any of our
    languages (``language`` first), and a year of two digits is of this century. A weekday before it
    is checked.

    Raises BadDay when it is none (or before 1900, or after 2100), WrongWeekday when the two disagree.
    """
    typed = " ".join(re.sub(r"(?<=[^\W\d_])\.|,", " ", unicodedata.normalize("NFKC", text).lower()).split())
    typed = _INTRODUCTION.sub("", _YEAR_WORD.sub("", typed))
    day = _day(typed, language)
    if day is None:
        word, _, rest = typed.partition(" ")
        weekday = _weekdays().get(fold(word))
        day = _day(_INTRODUCTION.sub("", rest), language) if weekday is not None else None
        if day is not None and day.weekday() != weekday:
            raise WrongWeekday(day)
    if day is None:
        raise BadDay
    return day


def _day(typed: str, language: str) -> date | None:
    for pattern in (_YEAR_FIRST, _NUMBERS, _DAY_FIRST, _MONTH_FIRST):
        if match := pattern.fullmatch(typed):
            parts = match.groupdict()
            month = int(parts["month"]) if "month" in parts else _months(language).get(fold(parts["word"]), 0)
            year = int(parts["year"]) + (2000 if len(parts["year"]) == 2 else 0)
            try:
                return date(year, month, int(parts["day"])) if _FIRST_YEAR <= year <= _LAST_YEAR else None
            except ValueError:
                continue
    return None


def parse_clock(text: str) -> time:
    """Return the time of day that ``text`` means: "15:00", "15h", "15 h 30", "15.30", "3 pm", "3:30 p.m.".

    Raises BadClock when it is none; a bare number is none, since "3" may be night or afternoon.
    """
    typed = " ".join(unicodedata.normalize("NFKC", text).lower().split())
    typed = re.sub(r"(?<=[apm])\.|(?<=год)\.|(?<=хв)\.", "", typed)
    typed = re.sub(r"([ap]) m$", r"\1m", typed)
    for pattern in (_CLOCK, _HOUR, _HALF_DAY):
        if match := pattern.fullmatch(typed):
            parts = match.groupdict()
            hour, minute = int(parts["hour"]), int(parts.get("minute") or 0)
            if half := parts.get("half"):
                if not 1 <= hour <= 12:
                    break
                hour = hour % 12 + (12 if half == "p" else 0)
            if hour < 24 and minute < 60:
                return time(hour, minute)
    raise BadClock


def moment_in_zone(day: date, clock: time, zone: tzinfo | str, *, choice: str | None = None) -> datetime:
    """Return the moment (aware, UTC) at which the clocks of ``zone`` show ``clock`` on ``day``.

    ``choice`` ("summer" or "winter") says which one is meant when they show it twice, and is not
    looked at otherwise.

    Raises NoSuchHour when they never show it, TwiceHour when they do twice and nothing was chosen.
    """
    wall = datetime.combine(day, clock)
    first, second = (wall.replace(tzinfo=_zone(zone), fold=fold).astimezone(UTC) for fold in (0, 1))
    if first > second:  # reckoned with the offset before the jump, and with the one behind it
        raise NoSuchHour(day, clock, local(second, zone).time(), local(first, zone).time())
    if first < second:
        if choice == "summer":
            return first
        if choice != "winter":
            raise TwiceHour(day, clock, first, second)
    return second


def zone_words(moment: datetime, zone: tzinfo | str, language: str) -> str:
    """Return the name of the clock that shows ``moment``: "Brussels time (UTC+1)", in ``language``.

    A zone without a city is only its distance from UTC. Not in the catalogues: French elides before
    some cities and Ukrainian wants an adjective, which no sentence with a hole can do.
    """
    offset = _offset(local(moment, zone))
    name = str(zone)
    city = _city(name, language)
    if city is None:
        return offset
    if language == "fr":
        return f"{_french_of(city)} ({offset})"
    if language == "uk":
        adjective = _UKRAINIAN_ZONES.get(name)
        return f"за {adjective} часом ({offset})" if adjective else f"за часом міста {city} ({offset})"
    return f"{city} time ({offset})"


def _zone(zone: tzinfo | str) -> tzinfo:
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def _offset(moment: datetime) -> str:
    minutes = round((moment.utcoffset() or moment - moment).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "\N{MINUS SIGN}" if minutes < 0 else "+"
    return f"UTC{sign}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


@lru_cache(64)
def _city(zone: str, language: str) -> str | None:
    if "/" not in zone or zone.startswith("Etc/"):
        return None
    return get_timezone_location(zone, locale=language, return_city=True)


def _french_of(city: str) -> str:
    if city.startswith("Le "):
        return f"heure du {city[3:]}"
    first = unicodedata.normalize("NFD", city)[0]
    elides = first in "AEIOU" or (first == "H" and not city.startswith("Hong"))
    return f"heure d’{city}" if elides else f"heure de {city}"


@cache
def _months(language: str) -> dict[str, int]:
    """Return the number of each month by its folded names, those of ``language`` before the others'."""
    found: dict[str, int] = {}
    for code in sorted(_LANGUAGES, key=lambda code: code == language):
        for forms in Locale.parse(code).months.values():
            for width in ("abbreviated", "wide"):
                found |= {fold(name): number for number, name in forms[width].items()}
    return found | {"sept": 9}


@cache
def _weekdays() -> dict[str, int]:
    found = {
        fold(word): number for word, number in (("середу", 2), ("п’ятницю", 4), ("суботу", 5), ("неділю", 6))
    }
    for code in _LANGUAGES:
        for forms in Locale.parse(code).days.values():
            for width in ("abbreviated", "wide"):
                found |= {fold(name): number for number, name in forms[width].items()}
    return found


def day_in_words(day: date) -> LazyString:
    """Return ``day`` written in the reader's language when it is shown."""
    return LazyString(_in_the_readers_language, day, {"uk": "d MMMM y 'р'."}, "d MMMM y")


def weekday_in_words(day: date) -> LazyString:
    """Return the weekday of ``day`` in the reader's language when it is shown."""
    return LazyString(_in_the_readers_language, day, {}, "EEEE")


def _in_the_readers_language(day: date, patterns: dict[str, str], usual: str) -> str:
    locale = get_locale() or Locale("en")
    return format_date(day, patterns.get(locale.language, usual), locale=locale)

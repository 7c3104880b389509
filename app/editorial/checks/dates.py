"""Days and hours in the text: that they exist as written, and that they agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from app.editorial.checks.calendar_words import CLOCK, CLOCKS, OTHER_SEASON, Words, number_of, words_of
from app.editorial.checks.findings import Checked, Context, Finding, found
from app.editorial.checks.reading import Passage, Reading
from app.text.moments import day_in_words, weekday_in_words

_GAP = re.compile(r"[\s,(–—:-]{1,3}")
_NEAR = 16  # characters: "15:00 (Brussels) CET"


def findings(text: Checked, context: Context, reading: Reading) -> Iterator[Finding]:
    """Yield what contradicts the calendar, the dateline or the clocks, and time that nobody can place later."""
    for passage in reading.passages:
        if passage.field not in {"title", "lead", "body", "quotes", "faq"}:
            continue
        for piece, language in passage.spoken:
            words = words_of(language)
            if words is not None:
                yield from _in_piece(piece, words, text, context, passage)


def _in_piece(
    piece: str, words: Words, text: Checked, context: Context, passage: Passage
) -> Iterator[Finding]:
    has_digits = any(character.isdigit() for character in piece)
    dates = list(words.date.finditer(piece)) if has_digits else []
    for match in dates:
        written = match["weekday"] or match["behind"]
        day = _day(match, words, text, context)
        if written and day and number_of(written, words.weekdays) != day.weekday():
            yield found(
                "date-weekday",
                passage.field,
                match[0],
                at=passage.at,
                date=day_in_words(day),
                weekday=weekday_in_words(day),
            )
    if passage.field != "quotes":  # whoever spoke meant their own day
        yield from _relative(piece, words, text, passage, dates)
    yield from _seasons(piece, words, text, context, passage, dates)


def _day(match: re.Match[str], words: Words, text: Checked, context: Context) -> date | None:
    """Return the day that a date means; one without a year is the one nearest to the dateline, or the event's."""
    month = match["month"] or match["month_first"]
    number = number_of(month, words.months) if month else int(match["month_number"])
    day = int(match["day"] or match["day_last"] or match["day_number"])
    if year := match["year"] or match["year_last"] or match["year_number"]:
        return _made(int(year), number, day)
    near = text.date or context.today
    if context.event_day and (context.event_day.month, context.event_day.day) == (number, day):
        near = context.event_day
    years = (_made(near.year + step, number, day) for step in (-1, 0, 1))
    return min(filter(None, years), key=lambda each: abs(each - near), default=None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _relative(
    piece: str, words: Words, text: Checked, passage: Passage, dates: list[re.Match[str]]
) -> Iterator[Finding]:
    """Yield the words that only mean something on one day: beside another date than the dateline's, or beside none."""
    is_dated = bool(dates) or words.month.search(piece) is not None
    taken: list[tuple[int, int]] = []
    for match in words.so_far.finditer(piece):
        taken.append(match.span())
        if not is_dated:
            yield found("date-relative", passage.field, match[0], at=passage.at)
    behind = {each.start(): each for each in dates}
    for match in words.day.finditer(piece):
        if any(start <= match.start() < end for start, end in taken):
            continue
        gap = _GAP.match(piece, match.end())
        beside = behind.get(gap.end()) if gap else None
        if text.date is None and not is_dated:
            yield found("date-relative", passage.field, match[0], at=passage.at)
        elif text.date and beside and _is_today(match[0]) and not _is_of(beside, words, text.date):
            yield found(
                "date-dateline",
                passage.field,
                piece[match.start() : beside.end()],
                at=passage.at,
                a=beside[0],
                b=day_in_words(text.date),
            )


def _is_today(word: str) -> bool:
    return word.lower().startswith(("today", "tonight", "this", "aujourd", "ce", "сьогодн"))


def _is_of(match: re.Match[str], words: Words, day: date) -> bool:
    """Whether a date is ``day``, as far as it says."""
    month = match["month"] or match["month_first"]
    number = number_of(month, words.months) if month else int(match["month_number"])
    year = match["year"] or match["year_last"] or match["year_number"]
    written = int(match["day"] or match["day_last"] or match["day_number"])
    return (number, written) == (day.month, day.day) and (not year or int(year) == day.year)


def _seasons(
    piece: str,
    words: Words,
    text: Checked,
    context: Context,
    passage: Passage,
    dates: list[re.Match[str]],
) -> Iterator[Finding]:
    """Yield the clocks of one season on a day of the other."""
    for match in CLOCK.finditer(piece):
        if not any(character.isdigit() for character in piece[max(0, match.start() - _NEAR) : match.start()]):
            continue  # in French, EST is a word of headlines
        zone, is_summer, other = CLOCKS[match[0]]
        day = _nearest(match.start(), dates, words, text, context)
        if day and _is_summer(day, ZoneInfo(zone)) is (not is_summer):
            yield found(
                "zone-season",
                passage.field,
                match[0],
                at=passage.at,
                about=day.isoformat(),
                date=day_in_words(day),
                suggestion=other,
            )
    for match in words.season.finditer(piece):
        day = _nearest(match.start(), dates, words, text, context)
        is_summer = match["summer"] is not None
        if day and _is_summer(day, context.zone) is (not is_summer):
            season = (match["summer"] or match["winter"]).replace("'", "’").replace("ʼ", "’")
            yield found(
                "zone-season",
                passage.field,
                match[0],
                at=passage.at,
                about=day.isoformat(),
                date=day_in_words(day),
                suggestion=match[0].replace(match["summer"] or match["winter"], OTHER_SEASON[season.lower()]),
            )


def _nearest(
    at: int, dates: list[re.Match[str]], words: Words, text: Checked, context: Context
) -> date | None:
    """Return the day that an hour at ``at`` is of: the last one named before it, or after it, or the event's."""
    before = [match for match in dates if match.start() < at]
    for match in [*before[::-1][:1], *[match for match in dates if match.start() > at][:1]]:
        if day := _day(match, words, text, context):
            return day
    return context.event_day or text.date


def _is_summer(day: date, zone: tzinfo | str) -> bool | None:
    """Return whether clocks show summer time on ``day``; None on the day on which they change, and far from ours."""
    if not 1980 <= day.year <= 2100:
        return None
    local = ZoneInfo(zone) if isinstance(zone, str) else zone
    first, last = (datetime.combine(day, hour, local).dst() for hour in (time(0), time(23, 59)))
    return bool(first) if first == last else None

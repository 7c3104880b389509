"""Dates, hours and numbers as the demonstration’s texts write them, in the three languages."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from babel.dates import format_date

from app.demo.pieces import OFFICE


def day(value: date, language: str, *, year: bool = True, weekday: bool = False) -> str:
    """Return a date in words: 5 December 2025, or Friday 5 December 2025."""
    words = format_date(value, "d MMMM y" if year else "d MMMM", locale=language)
    if language == "fr" and value.day == 1:
        words = "1er" + words[1:]
    if language == "uk" and year:
        words += " року"
    if weekday:
        name = format_date(value, "EEEE", locale=language).replace("\u02bc", "’")
        words = f"{name}, {words}" if language == "uk" else f"{name} {words}"
    return words


def week(monday: date, language: str) -> str:
    """Return the seven days from ``monday`` as titles write them: 8–14 September 2025."""
    sunday = monday + timedelta(days=6)
    if monday.month == sunday.month:
        first, dash = str(monday.day), "–"
        if language == "fr" and monday.day == 1:
            first = "1er"
    else:
        first, dash = day(monday, language, year=monday.year != sunday.year), " – "
    if language == "fr":
        return f"{first} au {day(sunday, language)}"
    return f"{first}{dash}{day(sunday, language)}"


def hour(value: time, language: str) -> str:
    """Return a time of day: 9:30, in French 9 h 30."""
    return f"{value.hour} h {value.minute:02}" if language == "fr" else f"{value.hour}:{value.minute:02}"


def zone(value: date) -> str:
    """Return the office’s distance from UTC at noon of a day: UTC+1 in winter, UTC+2 in summer."""
    offset = datetime.combine(value, time(12), OFFICE).utcoffset() or timedelta()
    return f"UTC+{offset // timedelta(hours=1)}"


def number(value: int, language: str) -> str:
    """Return a whole number with its thousands set apart."""
    return f"{value:,}".replace(",", {"en": ",", "fr": "\u202f", "uk": "\u00a0"}[language])


def form(value: int, language: str, forms: tuple[str, ...]) -> str:
    """Return the form of a noun that goes with ``value``: one, other; in Ukrainian one, few, many."""
    if language == "fr":
        return forms[0] if value < 2 else forms[1]
    if language == "en":
        return forms[0] if value == 1 else forms[1]
    if value % 10 == 1 and value % 100 != 11:
        return forms[0]
    return forms[1] if value % 10 in (2, 3, 4) and value % 100 not in (12, 13, 14) else forms[2]

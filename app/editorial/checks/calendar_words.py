"""Days, months, relative time and clocks as people write them in each language: patterns to find them by.

Every pattern begins where a word begins and has no repetition inside a repetition, so that looking
for it takes a time that grows with the text alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_WEEKDAYS = {
    "en": "monday mon,tuesday tues tue,wednesday wed,thursday thurs thur thu,friday fri,saturday sat,sunday sun",
    "fr": "lundi lun,mardi,mercredi mer,jeudi jeu,vendredi ven,samedi sam,dimanche dim",
    "uk": "понеділок понеділка понеділку понеділком пн,вівторок вівторка вівторку вівторком вт,"
    "середа середи середу середі середою ср,четвер четверга четвергу четвергом чт,"
    "п’ятниця п’ятниці п’ятницю п’ятницею пт,субота суботи суботу суботі суботою сб,"
    "неділя неділі неділю неділею нд",
}
_MONTHS = {
    "en": "january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sept sep,"
    "october oct,november nov,december dec",
    "fr": "janvier janv,février févr,mars,avril avr,mai,juin,juillet juil,août,septembre sept,octobre oct,"
    "novembre nov,décembre déc",
    "uk": "січня,лютого,березня,квітня,травня,червня,липня,серпня,вересня,жовтня,листопада,грудня",
}
# The dateline says which day these are.
_DAYS = {
    "en": "today|tonight|yesterday|tomorrow|this morning|this afternoon|this evening",
    "fr": "aujourd’hui|hier|demain|avant-hier|après-demain|ce matin|ce soir|cet après-midi",
    "uk": "сьогодні|учора|вчора|завтра|позавчора|післязавтра|сьогоднішній|сьогоднішнього",
}
# A figure with one of these is wrong some day, whatever the dateline says.
_SO_FAR = {
    "en": "to date|so far|up to now|year to date"
    "|since the (?:start|beginning) of (?:the|this) year|so far this year",
    "fr": "à ce jour|jusqu’à présent|depuis le début de (?:l’|cette )année",
    "uk": "на сьогодні|на сьогоднішній день|на цей час|на даний момент|(?:від|з|із) початку (?:цього )?року",
}
_SEASONS = {
    "en": "(?P<summer>summer time)|(?P<winter>winter time)",
    "fr": "heure (?:\\w+ )?(?:(?P<summer>d’été)|(?P<winter>d’hiver))",
    "uk": "(?:за|по) (?:\\w+(?:-\\w+)? )?(?:(?P<summer>літнім)|(?P<winter>зимовим)) часом",
}
OTHER_SEASON = {
    "summer time": "winter time",
    "winter time": "summer time",
    "d’été": "d’hiver",
    "d’hiver": "d’été",
    "літнім": "зимовим",
    "зимовим": "літнім",
}
# Whose clock it is, and whether it is the summer's.
CLOCKS = {
    "CET": ("Europe/Brussels", False, "CEST"),
    "CEST": ("Europe/Brussels", True, "CET"),
    "HNEC": ("Europe/Brussels", False, "HAEC"),
    "HAEC": ("Europe/Brussels", True, "HNEC"),
    "EET": ("Europe/Kyiv", False, "EEST"),
    "EEST": ("Europe/Kyiv", True, "EET"),
    "WET": ("Europe/Lisbon", False, "WEST"),
    "WEST": ("Europe/Lisbon", True, "WET"),
    "BST": ("Europe/London", True, "GMT"),
    "EST": ("America/New_York", False, "EDT"),
    "EDT": ("America/New_York", True, "EST"),
}
CLOCK = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(CLOCKS, key=len, reverse=True))})(?!\w)")


@dataclass(frozen=True)
class Words:
    """What is looked for in a language."""

    date: re.Pattern[str]
    day: re.Pattern[str]
    so_far: re.Pattern[str]
    month: re.Pattern[str]
    season: re.Pattern[str]
    weekdays: dict[str, int]
    months: dict[str, int]


@cache
def words_of(language: str) -> Words | None:
    """Return the words of ``language``, or None when it is none of ours."""
    if language not in _WEEKDAYS:
        return None
    weekdays, months = _numbered(_WEEKDAYS[language], 0), _numbered(_MONTHS[language], 1)
    weekday, month = _any(weekdays), _any(months)
    dates = (
        rf"(?:(?P<weekday>{weekday})\.?,?\s(?:\w{{1,3}}\s)?)?"
        rf"(?:(?P<day>\d{{1,2}})(?:er|st|nd|rd|th|-го)?\s(?:of\s)?(?P<month>{month})(?:\.?,?\s(?P<year>(?:19|20)\d\d))?"
        rf"|(?P<month_first>{month})\.?\s(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s(?P<year_last>(?:19|20)\d\d))?"
        rf"|(?P<day_number>\d{{1,2}})[./](?P<month_number>\d{{1,2}})[./](?P<year_number>(?:19|20)\d\d))"
        rf"(?!\w)(?:\s(?:року|р\.))?(?:,?\s\((?P<behind>{weekday})\.?\))?"
    )
    return Words(
        date=_pattern(dates),
        day=_pattern(f"(?:{_apostrophes(_DAYS[language])})(?!\\w)"),
        so_far=_pattern(f"(?<!up )(?<!up-)(?:{_apostrophes(_SO_FAR[language])})(?!\\w)"),
        month=_pattern(rf"(?:{month})\.?,?\s(?:(?:19|20)\d\d)(?!\w)"),
        season=_pattern(f"(?:{_apostrophes(_SEASONS[language])})(?!\\w)"),
        weekdays=weekdays,
        months=months,
    )


def _numbered(names: str, first: int) -> dict[str, int]:
    return {name: number for number, each in enumerate(names.split(","), first) for name in each.split()}


def _any(names: dict[str, int]) -> str:
    return "|".join(_apostrophes(name) for name in sorted(names, key=len, reverse=True))


def _apostrophes(words: str) -> str:
    return words.replace("’", "[’'ʼ]")


def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){body}", re.I)


def number_of(name: str, names: dict[str, int]) -> int:
    """Return the number of the weekday or month ``name`` in ``names``."""
    return names[re.sub("['ʼ]", "’", name.lower())]

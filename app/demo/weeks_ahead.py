"""“Week ahead”: what the press may attend, sent on the Friday before."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import groupby

from app.demo.pieces import MEDIA_ADVISORY, Story, Text, story
from app.demo.week_entries import WEEKS, Entry, Week
from app.demo.wording import day, hour, week, zone

TITLES = {
    "fr": "La semaine du {week}",
    "en": "Week ahead: {week}",
    "uk": "Наступний тиждень: {week}",
}
PLACES = {"fr": "Bruxelles", "en": "Brussels", "uk": "Брюссель"}
ACCESS = {
    "fr": {"open": "Ouvert aux médias", "pool": "Pool uniquement", "closed": "Fermé à la presse"},
    "en": {"open": "Open to media", "pool": "Pool only", "closed": "Closed to media"},
    "uk": {"open": "Відкрито для медіа", "pool": "Лише пул", "closed": "Закрито для медіа"},
}
# The two briefings of every week: day, and where.
BRIEFINGS = tuple(
    Entry(
        number,
        time(12, 30),
        "open",
        {
            "fr": "Point de presse du porte-parole, Malik Johansson-Ferrero, salle de presse",
            "en": "Briefing by the spokesperson, Malik Johansson-Ferrero, press room",
            "uk": "Брифінг речника Маліка Йоганссона-Ферреро, зала для преси",
        },
    )
    for number in (1, 3)
)
CLOSING = {
    "fr": """Les heures sont celles de Bruxelles ({zone}). Le programme peut changer ; la version en ligne est
    tenue à
    jour. Accréditation : accreditation@example.org.""",
    "en": """Times are Brussels time ({zone}). The programme may change; the version online is kept up to date.
    Accreditation: accreditation@example.org.""",
    "uk": """Час брюссельський ({zone}). Програма може змінитися; версію в мережі постійно оновлюють. Акредитація:
    accreditation@example.org.""",
}


def stories() -> list[Story]:
    """Return the whole series."""
    return [_story(each) for each in WEEKS]


def _story(each: Week) -> Story:
    friday = each.monday - timedelta(days=3)
    texts = {language: _text(each, language) for language in each.leads}
    return story(
        f"week-{each.monday}",
        MEDIA_ADVISORY,
        f"{friday} 12:00",
        topics=("agenda",),
        contact="accreditation",
        fr=texts.get("fr"),
        en=texts.get("en"),
        uk=texts.get("uk"),
    )


def _text(each: Week, language: str) -> Text:
    entries = sorted((*each.entries, *BRIEFINGS), key=lambda entry: (entry.day, entry.at))
    days = []
    for number, of_day in groupby(entries, key=lambda entry: entry.day):
        lines = "".join(_line(entry, language) for entry in of_day)
        days.append(f"<h2>{_heading(each.monday + timedelta(days=number), language)}</h2><ul>{lines}</ul>")
    closing = CLOSING[language].format(zone=zone(each.monday))
    return Text(
        title=TITLES[language].format(week=week(each.monday, language)),
        lead=each.leads[language],
        place=PLACES[language],
        body=f"{''.join(days)}<p>{closing}</p>",
    )


def _heading(value: date, language: str) -> str:
    words = day(value, language, weekday=True, year=False)
    return words[0].upper() + words[1:]


def _line(entry: Entry, language: str) -> str:
    dash = "—" if language == "uk" else "–"
    at = hour(entry.at, language)
    return f"<li><strong>{at}</strong> {dash} {entry.what[language]}. {ACCESS[language][entry.access]}.</li>"

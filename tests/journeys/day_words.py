"""What is written on the day of test_day.py, in three languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

FIGURE, NEW_FIGURE = "48", "56"


@dataclass(frozen=True)
class Release:
    """A release; ``note`` is what readers are told when its figure is corrected."""

    title: str
    slug: str
    lead: str
    place: str
    body: list[str]
    quote: str
    function: str
    note: str

    def with_figure(self, figure: str) -> dict[str, Any]:
        """Return lead and body with another number of trains."""
        body = [paragraph.replace(FIGURE, figure) for paragraph in self.body]
        return {"lead": self.lead.replace(FIGURE, figure), "body": body}


@dataclass(frozen=True)
class Event:
    """An event; ``entries`` are title and room of each hour, ``note`` why the last one moved, ``told`` to where."""

    title: str
    lead: str
    place: str
    entries: list[tuple[str, str]]
    note: str
    told: str


HOURS = (
    {"clock": "10:00", "kind": "arrival_doorstep", "access": "pool", "is_around": True},
    {"clock": "11:00", "kind": "family_photo", "access": "open"},
    {"clock": "11:15", "until_clock": "13:00", "kind": "working_session", "access": "closed"},
    {"clock": "14:00", "kind": "bilateral", "access": "by_invitation"},
    {"clock": "15:30", "kind": "press_conference", "access": "open"},
)
LATER = "16:15"

EVENTS = {
    "en": Event(
        "Transport ministers meet on night trains",
        "Twelve ministers decide which lines will run at night.",
        "Conference Centre, Brussels",
        [
            ("Arrivals and doorstep statements", "Main entrance"),
            ("Family photo", "Great hall"),
            ("First working session", "Room 2"),
            ("Ministers of Poland and Ukraine", "Room 4"),
            ("Press conference of the Chair", "Press room"),
        ],
        "The working session takes longer.",
        "The press conference begins at 16:15 instead of 15:30.",
    ),
    "fr": Event(
        "Réunion des ministres des Transports sur les trains de nuit",
        "Douze ministres décident quelles lignes circuleront la nuit.",
        "Centre de conférences, Bruxelles",
        [
            ("Arrivées et déclarations", "Entrée principale"),
            ("Photo de famille", "Grande salle"),
            ("Première séance de travail", "Salle 2"),
            ("Ministres de la Pologne et de l’Ukraine", "Salle 4"),
            ("Conférence de presse de la présidence", "Salle de presse"),
        ],
        "La séance de travail se prolonge.",
        "La conférence de presse commence à 16 h 15 et non à 15 h 30.",
    ),
    "uk": Event(
        "Зустріч міністрів транспорту щодо нічних поїздів",
        "Дванадцять міністрів вирішують, які лінії працюватимуть уночі.",
        "Конференц-центр, Брюссель",
        [
            ("Прибуття й короткі заяви", "Головний вхід"),
            ("Спільне фото", "Велика зала"),
            ("Перше робоче засідання", "Зала 2"),
            ("Міністри Польщі та України", "Зала 4"),
            ("Пресконференція голови", "Пресзала"),
        ],
        "Робоче засідання триває довше.",
        "Пресконференція почнеться о 16:15, а не о 15:30.",
    ),
}
SLIP, RIGHT = "14 June 2025", "14 June 2026"
SPEAKER = "Marta Lindqvist"
RELEASES = {
    "en": Release(
        "Twelve countries agree on one timetable for night trains",
        "one-timetable-for-night-trains",
        "From June 2026, 48 trains a week will cross twelve countries at night.",
        "Brussels",
        [
            "The transport ministers of twelve countries have agreed in Brussels on one timetable for night trains.",
            "The first 48 trains a week start on 14 June 2026. Tickets are sold from 1 March.",
            "A joint office in Lviv will answer passengers in five languages.",
        ],
        "A passenger who wakes up rested has crossed a border without noticing it.",
        "Chair of the ministers",
        "There will be 56 trains a week, not 48 as the text said until now.",
    ),
    "fr": Release(
        "Douze pays s’accordent sur un horaire commun pour les trains de nuit",
        "un-horaire-commun-pour-les-trains-de-nuit",
        "À partir de juin 2026, 48 trains par semaine traverseront douze pays la nuit.",
        "Bruxelles",
        [
            "Les ministres des Transports de douze pays se sont accordés à Bruxelles sur un horaire commun.",
            "Les 48 premiers trains hebdomadaires circuleront à partir du 14 juin 2026. "
            "Les billets seront en vente dès le 1er mars.",
            "Un bureau commun, à Lviv, répondra aux voyageurs en cinq langues.",
        ],
        "Un voyageur qui se réveille reposé a passé une frontière sans s’en apercevoir.",
        "présidente des ministres",
        "Il y aura 56 trains par semaine, et non 48 comme le texte l’indiquait.",
    ),
    "uk": Release(
        "Дванадцять країн погодили єдиний розклад нічних поїздів",
        "yedynyi-rozklad-nichnykh-poizdiv",
        "Від червня 2026 року 48 поїздів на тиждень уночі перетинатимуть дванадцять країн.",
        "Брюссель",
        [
            "Міністри транспорту дванадцяти країн погодили у Брюсселі єдиний розклад нічних поїздів.",
            "Перші 48 поїздів на тиждень вирушать 14 червня 2026 року. Квитки продаватимуть від 1 березня.",
            "Спільне бюро у Львові відповідатиме пасажирам п’ятьма мовами.",
        ],
        "Пасажир, який прокинувся відпочилим, перетнув кордон і не помітив цього.",
        "голова зустрічі міністрів",
        "Щотижня курсуватимуть 56 поїздів, а не 48, як ішлося в тексті досі.",
    ),
}

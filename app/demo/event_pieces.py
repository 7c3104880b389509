"""What the events of the demonstration are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from app.demo.pieces import OFFICE

Words = Mapping[str, str]  # by language


@dataclass(frozen=True)
class Line:
    """An entry of a programme: ``day`` days after the event begins, by the office's clock."""

    begins: time
    title: Words
    kind: str
    access: str = "open"
    ends: time | None = None
    day: int = 0
    place: Words = field(default_factory=dict)
    people: Words = field(default_factory=dict)
    conditions: Words = field(default_factory=dict)
    note: Words = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    is_around: bool = False
    expects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """What the office changed later: the hour or the state of entries (by number), or of the whole; ``note`` says why.

    ``delivered`` are results by entry: kind and address (``story:KEY`` for a release of ours).
    """

    at: datetime
    moved: Mapping[int, tuple[time, time | None]] = field(default_factory=dict)
    cancelled: tuple[int, ...] = ()
    is_off: bool = False
    notes: Mapping[int, Words] = field(default_factory=dict)
    note: Words = field(default_factory=dict)
    delivered: Mapping[int, tuple[tuple[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Happening:
    """An event, first told at ``told_at``; ``begins`` none for whole days."""

    key: str
    kind: str
    first: date
    told_at: datetime
    title: Words
    lead: Words
    place: Words
    body: Words
    topics: tuple[str, ...]
    begins: time | None = None
    ends: time | None = None
    last: date | None = None
    lines: tuple[Line, ...] = ()
    changes: tuple[Change, ...] = ()
    accreditation: datetime | None = None
    contact: str = "accreditation"
    links: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


def words(fr: str, en: str, uk: str) -> Words:
    """Return words in the three languages."""
    return {"fr": fr, "en": en, "uk": uk}


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment by the office's clock."""
    return datetime.combine(day, time(hour, minute), OFFICE)


# What readers are told of a new version of a page.
CHANGED = words("Le programme a été modifié.", "The programme has changed.", "Програму змінено.")
CALLED_OFF = words("L’événement est annulé.", "The event is cancelled.", "Подію скасовано.")
DELIVERED = words("Le texte est en ligne.", "The text is online.", "Текст опубліковано.")

MADE_UP = words(
    "<p>Les heures, les salles et les accès de ce programme ont été imaginés pour cette démonstration.</p>",
    "<p>The hours, rooms and access of this programme were made up for this demonstration.</p>",
    "<p>Години, зали й умови доступу в цій програмі вигадано для демонстрації.</p>",
)
FLOOR = ("en", "fr", "floor")
VTC = words("Visioconférence", "By video conference", "Відеоконференція")
HEADQUARTERS = words(
    "Siège de l’OTAN, Bruxelles", "NATO Headquarters, Brussels", "Штаб-квартира НАТО, Брюссель"
)
ENTRANCE = words("Entrée des délégations", "Delegations’ entrance", "Вхід для делегацій")
ROOM_1 = words("Salle 1", "Room 1", "Зала 1")
PRESS_ROOM = words("Salle de presse", "Press room", "Зала для преси")
TRAM = words(
    "<p>L’entrée des médias se trouve du côté du tram. Une pièce d’identité et l’accréditation sont demandées.</p>",
    "<p>The media entrance is on the side of the tram. Bring an identity document and your accreditation.</p>",
    "<p>Вхід для медіа — з боку трамвайної зупинки. Потрібні документ, що засвідчує особу, та акредитація.</p>",
)
TALKS = words("Séance de travail", "Working session", "Робоче засідання")
QUESTIONS = words("Conférence de presse", "Press conference", "Пресконференція")


def entry_facts(happening: Happening, line: Line, key: str) -> dict[str, Any]:
    """Return ``line`` as the facts of an entry with ``key``."""
    day = happening.first + timedelta(days=line.day)
    return {
        "id": key,
        **hours(day, line.begins, line.ends),
        "is_around": line.is_around,
        "kind": line.kind,
        "access": line.access,
        "state": "planned",
        "languages": list(line.languages),
        "stream_url": "",
        "results": [{"kind": kind, "state": "expected", "url": "", "at": None} for kind in line.expects],
    }


def hours(day: date, begins: time, ends: time | None) -> dict[str, str | None]:
    """Return hours of ``day`` as facts keep them."""

    def kept(hour: time) -> str:
        return datetime.combine(day, hour, OFFICE).astimezone(UTC).isoformat()

    return {"starts_at": kept(begins), "ends_at": kept(ends) if ends else None}

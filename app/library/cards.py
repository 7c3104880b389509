"""Films and sets of photos among others: the cards of the media library, of an event, of the home page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from flask_babel import ngettext

from app.editorial import linking
from app.editorial.remembered import home, remembered
from app.library import queries, shelf
from app.library.models import MediaKind
from app.library.showing import readdressed
from app.library.timeline import lasting

STILL = 320  # pixels wide, at least
BROADCAST = 1080  # lines of picture
OF_EVENT = 6  # films on the page of an event

REFERENCES: dict[str, Any] = {}  # how a type prints its reference; each room of media says it


@dataclass(frozen=True, slots=True)
class Card:
    """A film or a set of photos in a list; ``is_early``: under embargo, and open to this reader before its hour."""

    title: str
    url: str
    language: str
    kind: str
    reference: str | None
    place: str
    date: date | None
    duration: str
    still: queries.File | None
    is_broadcast: bool
    is_early: bool = False


class Footage(NamedTuple):
    """The newest films of something; ``more_url`` is where all of them are, "" when these are all."""

    films: Sequence[Card]
    more_url: str

    def after(self, films: Sequence[Card]) -> Footage:
        """Return the same with ``films`` before these."""
        return Footage((*films, *self.films), self.more_url)


NO_FOOTAGE = Footage((), "")


def of_event(item_id: int, language: str) -> Footage:
    """Return the films of an event that everybody may see in ``language``, the newest first."""
    marks = {"event": str(item_id)}
    rows = remembered(
        ("films of event", item_id, language),
        lambda: shelf.page(language, kind=MediaKind.VIDEO, marks=marks, limit=OF_EVENT + 1),
        home=home(),
    )
    more_url = f"/{language}/media/?kind=video&event={item_id}" if len(rows) > OF_EVENT else ""
    return Footage(cards(rows[:OF_EVENT]), more_url)


def films_ahead(there: Mapping[int, str], event: int) -> list[Card]:
    """Return the films of an event among editions that this reader may see before their hour, the next hour first.

    ``there`` are the private addresses of these editions: each card leads to its own, and has its still from it.
    """
    rows = shelf.films_among(there.keys(), event=event)
    return [_early(card, there[row.id]) for row, card in zip(rows, cards(rows), strict=True)]


def _early(card: Card, there: str) -> Card:
    still = card.still and card.still._replace(url=readdressed(card.still.url, there))
    return replace(card, url=there, still=still, is_early=True)


def newest_films(language: str, *, limit: int) -> list[Card]:
    """Return the films that everybody may see in ``language`` and that came last."""
    rows = remembered(
        ("newest films", language, limit),
        lambda: shelf.page(language, kind=MediaKind.VIDEO, marks={}, limit=limit),
        home=home(),
    )
    return cards(rows)


def cards(rows: Sequence[Any]) -> list[Card]:
    """Make cards of what ``shelf.page`` found."""
    masters = queries.masters_shown([row.master_id for row in rows if row.master_id])
    return [_card(row, masters.get(row.master_id)) for row in rows]


def _card(row: Any, master: queries.Shelved | None) -> Card:
    stills = sorted(_stills(master), key=lambda file: file.width)
    is_film = row.kind == MediaKind.VIDEO
    length = lasting(row.seconds) if is_film and row.seconds else ""
    if not is_film and row.count > 1:
        length = ngettext("%(num)s photo", "%(num)s photos", row.count)
    printed = REFERENCES.get(row.type)
    return Card(
        row.title,
        linking.address(row.type, row.language, row.path),
        row.language,
        row.kind,
        printed(row.reference_year, row.reference_number) if printed else None,
        row.place,
        row.date,
        length,
        next((file for file in stills if file.width >= STILL), stills[-1] if stills else None),
        is_film and master is not None and int(master.technical.get("height") or 0) >= BROADCAST,
    )


def _stills(master: queries.Shelved | None) -> list[queries.File]:
    """Return the stills of a film, or the sizes of a photo that every browser knows."""
    files = master.files if master else {}
    return [file for name, file in files.items() if name.startswith("poster") or name.endswith(".jpg")]

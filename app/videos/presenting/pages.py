"""A video as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from markupsafe import Markup

from app.editorial import linking, queries
from app.editorial.models import Edition, Revision
from app.editorial.naming import Called, Named, contacts, topics
from app.editorial.remembered import home, remembered
from app.languages import LANGUAGES
from app.library import queries as library
from app.library import shotlist
from app.library.models import MasterState
from app.library.queries import Shelved
from app.library.shotlist import Restriction, Shot
from app.library.sounds import sound_name
from app.library.timeline import Timeline, lasting
from app.videos import queries as videos
from app.videos.models import Video
from app.videos.presenting.shots import Line, line
from app.videos.presenting.technical import technical_words
from app.writing.history import History, of_page

UNREAD = (MasterState.RECEIVED, MasterState.CHECKING)
HD_LINES = 1080  # of picture: what broadcasters call "broadcast quality"


class Elsewhere(NamedTuple):
    """The same video in another language."""

    language: str
    path: str
    url: str


class Track(NamedTuple):
    """Captions in a language."""

    language: str
    url: str


@dataclass(slots=True)
class Page:
    """A video as its page shows it. ``film`` is none while it has no file, ``timeline`` while nobody has read that."""

    id: int
    title: str
    lead: str
    body: Markup
    reference: str | None
    place: str
    date: date | None
    published_at: datetime | None
    updated_at: datetime | None
    language: str
    path: str
    url: str
    credit: str
    source: str
    people: list[str]
    sound: list[str]
    film: Shelved | None
    timeline: Timeline | None
    shots: list[Shot]
    restrictions: list[Restriction]
    captions: list[Track]
    transcript: str
    event: linking.Link | None
    links: list[linking.Link]
    topics: list[Named]
    contact: Called | None
    item_id: int = 0
    alternates: list[Elsewhere] = field(default_factory=list)
    history: History | None = None

    @property
    def poster(self) -> library.File | None:
        """The largest still."""
        return max(self.posters, key=lambda file: file.width, default=None)

    @property
    def posters(self) -> list[library.File]:
        """The stills, the smallest first."""
        found = [file for name, file in self.files.items() if name.startswith("poster")]
        return sorted(found, key=lambda file: file.width)

    @property
    def files(self) -> dict[str, library.File]:
        """What was made of the film, by name."""
        return self.film.files if self.film else {}

    @property
    def preview(self) -> library.File | None:
        """The film as everybody may see it."""
        return self.files.get("preview")

    @property
    def is_coming(self) -> bool:
        """Whether there is no preview yet, and one is being made."""
        film = self.film
        return film is not None and ("preview" in film.coming or film.state in UNREAD)

    @property
    def is_broadcast(self) -> bool:
        """Whether it is good enough for television."""
        return self.film is not None and int(self.film.technical.get("height") or 0) >= HD_LINES

    @property
    def paragraphs(self) -> list[str]:
        """Return the transcript, paragraph by paragraph."""
        return [each for each in self.transcript.split("\n") if each.strip()]

    @property
    def whole_restrictions(self) -> list[Restriction]:
        """Return those that hold for the whole film."""
        return [each for each in self.restrictions if each.is_whole and each.text]

    @property
    def duration(self) -> str:
        """How long it is, in words."""
        return lasting(float(self.timeline.seconds)) if self.timeline else ""

    @property
    def lines(self) -> list[Line]:
        """The shots where nothing can be chosen."""
        preview_url = self.preview.url if self.preview else ""
        return [
            line(shot, timeline=self.timeline, preview_url=preview_url, language=self.language)
            for shot in self.shots
        ]

    @property
    def technical(self) -> list[str]:
        """Return what the file is, in words: size of the picture, rate, sound, size of the file."""
        return technical_words(self.film, self.timeline) if self.film else []


def address(language: str, path: str) -> str:
    """Return a video's address on this site."""
    return f"/{language}/media/videos/{path}"


def page(row: Any, language: str) -> Page:
    """Make a page of what ``queries.page`` found."""
    made = _page(row, row.language, language, library.master_shown(row.facts.get("master")))
    made.id, made.item_id, made.path, made.url = (
        row.id,
        row.item_id,
        row.path,
        address(row.language, row.path),
    )
    made.body = Markup(linking.body(row.shown, row.id))  # noqa: S704 (cleaned and presented when it was saved)
    made.reference = Video.printed(row.reference_year, row.reference_number)
    made.published_at, made.updated_at = row.public_from, row.updated_at
    made.captions = tracks(row.item_id)
    made.alternates = [Elsewhere(code, path, address(code, path)) for code, path in queries.alternates(row)]
    made.history = of_page(row, made.url)
    return made


def tracks(item_id: int) -> list[Track]:
    """Return the captions that everybody may have of a video, in our order of languages."""
    found = remembered(("captions", item_id), lambda: videos.captions_of(item_id), home=home())
    urls = {language: captions_url(edition_id, key) for edition_id, language, key in found}
    return [Track(code, urls[code]) for code in LANGUAGES if code in urls]


def captions_url(edition_id: int, key: str) -> str:
    """Return where the captions of an edition are fetched: their content is in the address."""
    return f"/media/captions/{edition_id}/{key.rpartition('/')[2]}"


def draft(edition: Edition, interface: str, revision: Revision | None = None) -> Page:
    """Make a page of a revision (the working text, unless told), as readers would see it. For officers only."""
    shown: Any = revision or edition.current
    made = _page(shown, edition.language, interface, library.master(shown.facts.get("master")))
    made.id, made.item_id = edition.id, edition.item_id
    made.path, made.url = edition.path or "", address(edition.language, edition.path or "")
    made.reference = edition.item.reference
    made.published_at, made.updated_at = edition.public_from, edition.updated_at
    if shown.fields.get("captions"):
        made.captions = [Track(edition.language, captions_url(edition.id, shown.fields["captions"]))]
    return made


def _page(row: Any, own: str, interface: str, film: Shelved | None) -> Page:
    facts, fields, named = row.facts, row.fields, topics(interface)
    event = linking.shown([{"item": facts["event"]}], interface) if facts.get("event") else []
    return Page(
        id=0,
        title=row.title,
        lead=row.lead,
        body=Markup(row.shown),  # noqa: S704 (as above)
        reference=None,
        place=row.place,
        date=row.date,
        published_at=None,
        updated_at=None,
        language=own,
        path="",
        url="",
        credit=fields.get("credit", ""),
        source=facts.get("source", ""),
        people=fields.get("people", []),
        sound=[sound_name(code) for code in facts.get("sound", [])],
        film=film,
        timeline=film.timeline if film else None,
        shots=shotlist.shots(facts, fields),
        restrictions=shotlist.restrictions(facts, fields),
        captions=[],
        transcript=fields.get("transcript", ""),
        event=event[0] if event else None,
        links=linking.shown(fields.get("links", []), interface),
        topics=[named[key] for key in row.topics if key in named],
        contact=contacts(interface).get(row.contact_id) if row.contact_id else None,
    )

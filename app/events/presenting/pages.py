"""An event as its page shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import current_app
from markupsafe import Markup

from app import clock
from app.editorial import linking, queries
from app.editorial.models import Edition, Revision
from app.editorial.naming import Called, Named, contacts, topics
from app.events import times
from app.events.hours import Hours
from app.events.presenting.programme import FRESH, Entry, Result, entries, hours_of, is_fresh, status
from app.events.rules import hours as span
from app.events.words import KIND_NAMES
from app.library import cards
from app.library import queries as pictures
from app.library.cards import NO_FOOTAGE, Footage
from app.writing.history import History, of_page


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The same event in another language."""

    language: str
    path: str
    url: str


@dataclass(slots=True)
class Page:
    """An event as its page shows it. ``until`` is when its words change by the clock alone."""

    id: int
    title: str
    lead: str
    body: Markup
    kind: str
    kind_name: Any
    language: str
    path: str
    url: str
    place: str
    note: str
    hours: Hours | None
    was: Hours | None
    changed_at: datetime | None
    is_fresh: bool
    state: str
    status: str
    ends_at: datetime | None
    accreditation: dict[str, Any]
    accreditation_until: datetime | None
    is_accreditation_over: bool
    stream_url: str
    days: list[tuple[date, list[Entry]]]
    results: list[Result]
    sequence: int
    changed: datetime
    published_at: datetime | None
    updated_at: datetime | None
    links: list[linking.Link]
    topics: list[Named]
    contact: Called | None
    pictures: list[Any]
    alternates: list[Elsewhere] = field(default_factory=list)
    until: datetime | None = None
    footage: Footage = NO_FOOTAGE
    history: History | None = None

    @property
    def is_over(self) -> bool:
        """Whether everything of it has taken place."""
        return self.ends_at is not None and self.ends_at <= clock.now()


def address(language: str, path: str) -> str:
    """Return an event's address on this site."""
    return f"/{language}/events/{path}"


def _days(programme: Iterable[Entry]) -> list[tuple[date, list[Entry]]]:
    """Part ``programme`` by the office's days; within a day the office's order stands."""
    zone, found = current_app.config["ZONE"], {}  # type: ignore[var-annotated]
    for entry in programme:
        found.setdefault(entry.hours.starts_at.astimezone(zone).date(), []).append(entry)
    return sorted(found.items())


def until(programme: Iterable[Entry], facts: dict[str, Any], ends_at: datetime | None, at: datetime) -> Any:
    """Return the next moment after ``at`` at which the page of an event says something else, or None."""
    moments = [times.moment(facts.get("starts_at")), ends_at]
    moments.append(times.moment(facts.get("accreditation", {}).get("until")))
    changes = [times.moment(facts.get("changed_at"))]
    for entry, kept in zip(programme, facts.get("programme", []), strict=True):
        moments += (entry.hours.starts_at, times.ends(kept))
        changes.append(entry.changed_at)
    moments += [each + FRESH for each in changes if each]
    return min((each for each in moments if each and each > at), default=None)


def _page(row: Any, language: str, interface: str, **known: Any) -> Page:
    """Make a page of what ``row`` tells (a Revision, or a row with its columns)."""
    at, facts, words = clock.now(), row.facts, row.fields
    programme = entries(facts, words.get("programme", {}), at=at)
    hours, changed_at = hours_of(facts), times.moment(facts.get("changed_at"))
    ends_at, named = known.pop("ends_at"), topics(interface)
    accreditation = facts.get("accreditation", {})
    accreditation_until = times.moment(accreditation.get("until"))
    state = facts.get("state", "planned")
    return Page(
        title=row.title,
        lead=row.lead,
        body=Markup(row.shown),  # noqa: S704 (cleaned and presented when it was saved)
        language=language,
        place=row.place,
        note=words.get("note", ""),
        hours=hours,
        was=hours_of(facts.get("was", {})),
        changed_at=changed_at,
        is_fresh=is_fresh(changed_at, at),
        state=state,
        status=status(state, hours.starts_at if hours else None, ends_at, at),
        ends_at=ends_at,
        accreditation=accreditation,
        accreditation_until=accreditation_until,
        is_accreditation_over=accreditation_until is not None and accreditation_until <= at,
        stream_url=facts.get("stream_url", ""),
        days=_days(programme),
        results=[each for entry in programme for each in entry.results if each.is_delivered],
        sequence=row.number,
        links=linking.shown(words.get("links", []), interface),
        topics=[named[key] for key in row.topics if key in named],
        contact=contacts(interface).get(row.contact_id) if row.contact_id else None,
        pictures=pictures.shown(row.pictures),
        until=until(programme, facts, ends_at, at),
        **known,
    )


def page(row: Any, language: str) -> Page:
    """Make a page of what ``queries.page`` found, with words around it in ``language``."""
    made = _of_row(row, language)
    made.body = Markup(linking.body(row.shown, row.id))  # noqa: S704 (cleaned and presented when it was saved)
    made.footage = cards.of_event(row.item_id, row.language)
    made.history = of_page(row, made.url)
    made.alternates = [Elsewhere(code, path, address(code, path)) for code, path in queries.alternates(row)]
    return made


def line(row: Any) -> Page:
    """Make a page of what ``queries.near`` found, for a calendar."""
    return _of_row(row, row.language)


def _of_row(row: Any, language: str) -> Page:
    return _page(
        row,
        row.language,
        language,
        id=row.id,
        kind=row.public_kind,
        kind_name=KIND_NAMES[row.public_kind],
        path=row.path,
        url=address(row.language, row.path),
        ends_at=row.ends_at,
        published_at=row.public_from,
        updated_at=row.updated_at,
        changed=row.updated_at or row.public_from,
    )


def draft(edition: Edition, interface: str, revision: Revision | None = None) -> Page:
    """Make a page of a revision (the working text, unless told), as readers would see it. For officers only."""
    shown: Any = revision or edition.current
    made = _page(
        shown,
        edition.language,
        interface,
        id=edition.id,
        kind=shown.kind,
        kind_name=KIND_NAMES[shown.kind],
        path=edition.path or "",
        url=address(edition.language, edition.path or ""),
        ends_at=span(shown)[1],
        published_at=edition.public_from,
        updated_at=edition.updated_at,
        changed=shown.made_at,
    )
    made.footage = cards.of_event(edition.item_id, edition.language)
    return made

"""What a template is given of an event: plain values, worked out once for a language and a moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from markupsafe import Markup

from app import clock
from app.editorial import linking, queries
from app.editorial.models import Edition, Revision
from app.editorial.naming import Called, Named, contacts, topics
from app.events import times
from app.events.hours import Hours
from app.events.rules import end_of_day
from app.events.rules import hours as span
from app.events.words import ACCESS_NAMES, ENTRY_NAMES, KIND_NAMES, YIELD_NAMES, spoken
from app.library import queries as pictures
from app.writing.history import History, of_page

FRESH = timedelta(hours=24)  # how long a change stands out


@dataclass(frozen=True, slots=True)
class Result:
    """What an entry leaves for the media; ``url`` when it is there."""

    name: Any
    url: str
    of: str
    at: datetime | None
    is_delivered: bool


@dataclass(slots=True)
class Entry:
    """An entry of the programme as its line shows it."""

    key: str
    title: str
    is_named: bool
    hours: Hours
    was: Hours | None
    changed_at: datetime | None
    is_fresh: bool
    state: str
    is_now: bool
    kind_name: Any
    access: str
    access_name: Any
    place: str
    people: str
    conditions: str
    note: str
    languages: list[str]
    stream_url: str
    results: list[Result]


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
    history: History | None = None

    @property
    def is_over(self) -> bool:
        """Whether everything of it has taken place."""
        return self.ends_at is not None and self.ends_at <= clock.now()


def address(language: str, path: str) -> str:
    """Return an event's address on this site."""
    return f"/{language}/events/{path}"


def hours_of(facts: dict[str, Any]) -> Hours | None:
    """Return the hours that ``facts`` (of an event, an entry, or of what it was before) tell."""
    starts_at = times.moment(facts.get("starts_at"))
    if starts_at is None:
        return None
    is_days = facts.get("precision") == "day"
    ends_at = times.moment(facts.get("ends_at"))
    if is_days and ends_at:
        ends_at -= timedelta(minutes=1)
    return Hours(starts_at, ends_at, bool(facts.get("is_around")), is_days)


def status(state: str, starts_at: datetime | None, ends_at: datetime | None, at: datetime) -> str:
    """Return what readers are told: "cancelled", "over", "now", "moved" or "planned"."""
    if state == "cancelled":
        return state
    if ends_at is not None and ends_at <= at:
        return "over"
    if starts_at is not None and starts_at <= at:
        return "now"
    return state


def entries(facts: dict[str, Any], words: dict[str, Any], *, at: datetime) -> list[Entry]:
    """Return the programme as ``words`` of one language tell it at the moment ``at``, in the office's order."""
    is_off = facts.get("state") == "cancelled"
    return [_entry(one, words.get(one["id"], {}), is_off, at) for one in facts.get("programme", [])]


def _entry(facts: dict[str, Any], words: dict[str, str], is_off: bool, at: datetime) -> Entry:
    hours: Any = hours_of(facts)  # an entry without a start is not kept
    ends_at = times.ends(facts)
    state = "cancelled" if is_off else facts["state"]
    changed_at = times.moment(facts.get("changed_at"))
    kind_name = ENTRY_NAMES[facts["kind"]]
    title = words.get("title") or str(kind_name)
    return Entry(
        key=facts["id"],
        title=title,
        is_named=bool(words.get("title")),
        hours=hours,
        was=hours_of(facts.get("was", {})),
        changed_at=changed_at,
        is_fresh=changed_at is not None and at - changed_at < FRESH,
        state=state,
        is_now=status(state, hours.starts_at, ends_at, at) == "now",
        kind_name=kind_name,
        access=facts["access"],
        access_name=ACCESS_NAMES[facts["access"]],
        place=words.get("place", ""),
        people=words.get("people", ""),
        conditions=words.get("conditions", ""),
        note=words.get("note", ""),
        languages=[spoken(code) for code in facts.get("languages", [])],
        stream_url=facts.get("stream_url", ""),
        results=[
            Result(
                YIELD_NAMES[each["kind"]],
                each["url"],
                title,
                times.moment(each["at"]),
                each["state"] == "delivered",
            )
            for each in facts.get("results", [])
        ],
    )


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
        is_fresh=changed_at is not None and at - changed_at < FRESH,
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
    """Make a page of what ``queries.page`` found."""
    url = address(row.language, row.path)
    made = _page(
        row,
        row.language,
        language,
        id=row.id,
        kind=row.public_kind,
        kind_name=KIND_NAMES[row.public_kind],
        path=row.path,
        url=url,
        history=of_page(row, url),
        ends_at=row.ends_at,
        published_at=row.public_from,
        updated_at=row.updated_at,
        changed=row.updated_at or row.public_from,
        alternates=[Elsewhere(code, path, address(code, path)) for code, path in queries.alternates(row)],
    )
    made.body = Markup(linking.body(row.shown, row.id))  # noqa: S704 (cleaned and presented when it was saved)
    return made


def draft(edition: Edition, interface: str, revision: Revision | None = None) -> Page:
    """Make a page of a revision (the working text, unless told), as readers would see it. For officers only."""
    shown: Any = revision or edition.current
    return _page(
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


def line(row: Any) -> Page:
    """Make a page of what ``queries.near`` found, for a calendar."""
    return _page(
        row,
        row.language,
        row.language,
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


@dataclass(frozen=True, slots=True)
class ListRow:
    """An event in a list."""

    id: int
    title: str
    lead: str
    kind_name: Any
    url: str
    language: str
    hours: Hours
    place: str
    status: str
    languages: Sequence[str]


def rows(found: Iterable[Any]) -> list[ListRow]:
    """Make list rows of what ``events.queries`` found."""
    at = clock.now()
    return [
        ListRow(
            id=row.id,
            title=row.title,
            lead=row.lead,
            kind_name=KIND_NAMES[row.public_kind],
            url=address(row.language, row.path),
            language=row.language,
            hours=Hours(
                row.starts_at,
                row.ends_at - timedelta(minutes=1) if row.precision == "day" else row.ends_at,
                is_days=row.precision == "day",
            ),
            place=row.place,
            status=status(row.event_state, row.starts_at, row.ends_at, at),
            languages=sorted(row.languages.split(",")),
        )
        for row in found
    ]


def list_until(rows: Iterable[ListRow]) -> datetime:
    """Return until when a list is right: something of it begins or ends, or the office's day does."""
    at = clock.now()
    moments = [end_of_day(at)]
    for row in rows:
        moments += [row.hours.starts_at, *([row.hours.ends_at] if row.hours.ends_at else [])]
    return min(moment for moment in moments if moment > at)


@dataclass(frozen=True, slots=True)
class RailRow:
    """A moment of today or tomorrow on the home page."""

    title: str
    url: str
    language: str
    hours: Hours
    is_today: bool
    is_now: bool
    is_cancelled: bool
    access_name: Any


def rail(found: Iterable[Any], *, most: int) -> tuple[list[RailRow], datetime]:
    """Return what happens today and tomorrow, hour by hour, and the moment until which that is right.

    Each open hour of a programme is a row; an event without a programme on these days is one itself.
    """
    at = clock.now()
    tonight = end_of_day(at)
    limit = end_of_day(tonight)
    told: list[RailRow] = []
    moments = [tonight]
    for row in found:
        words = row.fields.get("programme", {})
        url = address(row.language, row.path)
        programme = entries(row.facts, words, at=at)
        near = [
            (entry, ends_at)
            for entry, kept in zip(programme, row.facts["programme"], strict=True)
            if (ends_at := times.ends(kept)) and ends_at > at and entry.hours.starts_at < limit
        ]
        for entry, ends_at in near:
            moments += (entry.hours.starts_at, ends_at)
            told.append(
                RailRow(
                    entry.title if entry.is_named else row.title,
                    f"{url}#{entry.key}",
                    row.language,
                    entry.hours,
                    entry.hours.starts_at < tonight,
                    entry.is_now,
                    entry.state == "cancelled",
                    entry.access_name,
                )
            )
        if not near and row.starts_at < limit:
            hours = hours_of(row.facts)
            moments += (row.starts_at, row.ends_at)
            stands = status(row.facts["state"], row.starts_at, row.ends_at, at)
            told.append(
                RailRow(
                    row.title,
                    url,
                    row.language,
                    hours or Hours(row.starts_at),
                    row.starts_at < tonight,
                    stands == "now",
                    stands == "cancelled",
                    None,
                )
            )
    told.sort(key=lambda each: each.hours.starts_at)
    return told[:most], min(each for each in moments if each > at)

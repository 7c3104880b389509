"""What a template is given of a release: plain values, worked out once.

Rows of the database carry keys and JSON; a page wants words in its language and addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from markupsafe import Markup

from app.editorial import linking, queries
from app.editorial.models import Edition, Revision
from app.editorial.naming import Called, Named, contacts, topics
from app.editorial.remembered import home, remembered
from app.languages import current, speaking
from app.library import queries as pictures
from app.releases.models import Release
from app.releases.rules import KIND_NAMES
from app.writing.history import History, of_page


class Elsewhere(NamedTuple):
    """The same release in another language."""

    language: str
    path: str
    url: str


class ListRow(NamedTuple):
    """A release in a list."""

    id: int
    item_id: int
    title: str
    lead: str
    kind: str
    kind_name: Any
    path: str
    url: str
    language: str
    published_at: datetime
    updated_at: datetime | None
    date: date | None
    languages: Sequence[str] = ()
    picture: Any = None


@dataclass(slots=True)
class Page:
    """A release as its page shows it."""

    id: int
    title: str
    lead: str
    body: Markup
    kind: str
    kind_name: Any
    reference: str | None
    place: str
    date: date | None
    published_at: datetime | None
    updated_at: datetime | None
    language: str
    path: str
    url: str
    quotes: list[dict[str, str]]
    links: list[linking.Link]
    topics: list[Named]
    contact: Called | None
    pictures: list[Any]
    alternates: list[Elsewhere] = field(default_factory=list)
    history: History | None = None


def address(language: str, path: str) -> str:
    """Return a release's address on this site. Written by hand: lists need many, and url_for is slow."""
    return f"/{language}/news/{path}"


@cache
def kind_names(language: str) -> dict[str, str]:
    """Return what each kind is called in ``language``."""
    with speaking(language):
        return {kind.value: str(name) for kind, name in KIND_NAMES.items()}


def rows(found: Iterable[Any], *, with_pictures: bool = False) -> list[ListRow]:
    """Make list rows of what ``queries.newest`` and its like found."""
    found, names = list(found), kind_names(current())
    return [
        ListRow(  # by place: a list has twenty, and naming the values takes as long as the rest
            row.id,
            row.item_id,
            row.title,
            row.lead,
            row.public_kind,
            names[row.public_kind],
            row.path,
            address(row.language, row.path),
            row.language,
            row.public_from,
            row.updated_at,
            row.date,
            _sorted(row.languages),
            next(iter(pictures.shown(row.pictures[:1])), None) if with_pictures else None,
        )
        for row in found
    ]


@cache
def _sorted(codes: str) -> tuple[str, ...]:
    """Return languages that the database joined with commas, in no order that it promises."""
    return tuple(sorted(codes.split(",")))


def related(release: Page) -> tuple[ListRow, ...]:
    """Return three releases under the same topics. Texts with the same topics share the answer."""
    topic_ids = tuple(topic.id for topic in release.topics)
    newest = remembered(
        ("related", release.language, current(), topic_ids),
        lambda: rows(queries.related("release", topic_ids, release.language, besides=0, limit=4)),
        home=home(),
    )
    return tuple([row for row in newest if row.id != release.id][:3])


def page(row: Any, language: str) -> Page:
    """Make a page of what ``queries.page`` found."""
    named = topics(language)
    url = address(row.language, row.path)
    return Page(
        id=row.id,
        title=row.title,
        lead=row.lead,
        body=Markup(linking.body(row.shown, row.id)),  # noqa: S704 (cleaned and presented when it was saved)
        kind=row.public_kind,
        kind_name=kind_names(language)[row.public_kind],
        reference=Release.printed(row.reference_year, row.reference_number),
        place=row.place,
        date=row.date,
        published_at=row.public_from,
        updated_at=row.updated_at,
        language=row.language,
        path=row.path,
        url=url,
        quotes=row.fields.get("quotes", []),
        links=linking.shown(row.fields.get("links", []), language),
        topics=[named[key] for key in row.topics if key in named],
        contact=contacts(language).get(row.contact_id) if row.contact_id else None,
        pictures=pictures.shown(row.pictures),
        alternates=[Elsewhere(code, path, address(code, path)) for code, path in queries.alternates(row)],
        history=of_page(row, url),
    )


def draft(edition: Edition, interface: str, revision: Revision | None = None) -> Page:
    """Make a page of a revision (the working text, unless told), as readers would see it. For officers only."""
    revision = revision or edition.current
    named = topics(interface)
    return Page(
        id=edition.id,
        title=revision.title,
        lead=revision.lead,
        body=Markup(revision.shown),  # noqa: S704 (as above)
        kind=revision.kind,
        kind_name=kind_names(interface)[revision.kind],
        reference=edition.item.reference,
        place=revision.place,
        date=revision.date,
        published_at=edition.public_from,
        updated_at=edition.updated_at,
        language=edition.language,
        path=edition.path or "",
        url=address(edition.language, edition.path or ""),
        quotes=revision.fields.get("quotes", []),
        links=linking.shown(revision.fields.get("links", []), interface),
        topics=[named[key] for key in revision.topics if key in named],
        contact=contacts(interface).get(revision.contact_id) if revision.contact_id else None,
        pictures=pictures.shown(revision.pictures),
    )

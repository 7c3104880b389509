"""What a template is given of a topic page: plain values, worked out once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from html import unescape
from typing import Any

from markupsafe import Markup

from app.editorial import linking, naming, queries
from app.editorial.linking import Link
from app.editorial.models import Edition, Revision
from app.editorial.naming import Called, Named
from app.editorial.remembered import home, remembered
from app.languages import LANGUAGES, current
from app.library import queries as pictures
from app.text import markup
from app.topics import queries as topics
from app.writing.history import History, of_page

NEWEST = 5  # releases and events under the subject
PICTURES = 6
FILTERED_FROM = 11  # questions; with fewer, a filter is one more thing to look at

_EMPTY_SECTION = re.compile(
    r"<h3\b[^>]*>(?:(?!</h3>).)*</h3>(?=<h[23]\b|$)|<h2\b[^>]*>(?:(?!</h2>).)*</h2>(?=<h2\b|$)", re.S
)
_SECTION = re.compile(r'<h2\b[^>]*?\bid="([^"]+)"[^>]*>(.*?)</h2>', re.S)


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and its answer. ``checked_on`` is none unless it is older than the page's own day."""

    id: str
    question: str
    answer: Markup
    checked_on: date | None
    links: list[Link]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that stand together; ``name`` may be empty."""

    id: str
    name: str
    entries: list[Entry]


@dataclass(frozen=True, slots=True)
class Line:
    """A line in a list of what is filed under the subject."""

    title: str
    url: str
    at: datetime | None
    picture: Any = None


@dataclass(frozen=True, slots=True)
class Life:
    """What is filed under a subject: the newest of it."""

    releases: list[Line]
    events: list[Line]
    pictures: list[Line]


@dataclass(frozen=True, slots=True)
class Listed:
    """A subject in the list of topics; without a page of its own ``checked_at`` is none."""

    name: str
    url: str
    lead: str
    language: str
    checked_at: datetime | None


@dataclass(slots=True)
class Page:
    """A topic page as it is shown."""

    id: int
    title: str
    lead: str
    body: Markup
    language: str
    path: str
    url: str
    published_at: datetime | None
    updated_at: datetime | None
    subject: Named | None
    related: list[Named]
    contact: Called | None
    pictures: list[Any]
    groups: list[Group]
    more: list[tuple[str, list[Link]]]
    alternates: dict[str, str] = field(default_factory=dict)
    history: History | None = None

    @property
    def checked_at(self) -> datetime | None:
        """When somebody last looked whether it is still so."""
        return self.updated_at or self.published_at

    @property
    def sections(self) -> list[tuple[str, str]]:
        """Return the headings of its text: (id, words)."""
        return [(id_, unescape(re.sub("<[^>]*>", "", words))) for id_, words in _SECTION.findall(self.body)]

    @property
    def questions(self) -> int:
        """How many questions it answers."""
        return sum(len(group.entries) for group in self.groups)


def address(language: str, path: str) -> str:
    """Return a topic page's address on this site."""
    return f"/{language}/topics/{path}"


def page(row: Any, language: str) -> Page:
    """Make a page of what ``queries.page`` found."""
    subjects = {each.id: each.subject_id for each in public_pages()}
    made = _page(row, row.id, subjects.get(row.id), row.language, row.path, language, is_public=True)
    made.published_at, made.updated_at = row.public_from, row.updated_at
    made.alternates = {code: address(code, path) for code, path in queries.alternates(row)}
    made.groups = _groups(row.fields.get("faq", []), language, made)
    made.history = of_page(row, made.url)
    return made


def draft(edition: Edition, interface: str, revision: Revision | None = None) -> Page:
    """Make a page of a revision (the working text, unless told), as readers would see it. For officers only."""
    revision = revision or edition.current
    if revision is None:
        raise ValueError("an edition without a text has no page")
    path, subject_id = edition.path or "", edition.item.subject_id
    made = _page(revision, edition.id, subject_id, edition.language, path, interface, is_public=False)
    made.published_at, made.updated_at = edition.public_from, edition.updated_at
    made.groups = _groups(revision.fields.get("faq", []), interface, made, is_public=False)
    return made


def _page(
    row: Any, edition_id: int, subject_id: int | None, own: str, path: str, language: str, *, is_public: bool
) -> Page:
    named = naming.topics(language)
    shown = linking.body(row.shown, edition_id) if is_public else row.shown
    subject = next((each for each in named.values() if each.id == subject_id), None)
    lists = [(each["title"], linking.shown(each["links"], language)) for each in row.fields.get("more", [])]
    return Page(
        id=edition_id,
        title=row.title,
        lead=row.lead,
        body=Markup(_filled(shown)),  # noqa: S704 (cleaned and presented when it was saved)
        language=own,
        path=path,
        url=address(own, path),
        published_at=None,
        updated_at=None,
        subject=subject,
        related=[named[key] for key in row.topics if key in named and named[key] != subject],
        contact=naming.contacts(language).get(row.contact_id) if row.contact_id else None,
        pictures=pictures.shown(row.pictures),
        groups=[],
        more=[each for each in lists if each[1]],
    )


def _filled(shown: str) -> str:
    """Return a text without headings that have nothing under them: first the lower ones, then those left empty."""
    return _EMPTY_SECTION.sub("", _EMPTY_SECTION.sub("", shown))


def _groups(
    entries: Sequence[dict[str, Any]], language: str, page: Page, *, is_public: bool = True
) -> list[Group]:
    """Return the questions in their groups, in the order in which each group is first met."""
    checked = page.checked_at.date() if page.checked_at else None
    groups: dict[str, Group] = {}
    for entry in entries:
        if not entry["question"] or not entry["answer"]:
            continue
        group = groups.setdefault(entry["group"], Group(f"g-{len(groups) + 1}", entry["group"], []))
        html = entry.get("shown") or entry["answer"]
        day = date.fromisoformat(entry["checked_on"]) if entry["checked_on"] else None
        group.entries.append(
            Entry(
                entry["id"],
                entry["question"],
                Markup(linking.body(html, page.id) if is_public else html),  # noqa: S704 (as above)
                day if day and checked and day < checked else None,
                linking.shown(entry["links"], language) if entry["links"] else [],
            )
        )
    return list(groups.values())


def without_pictures(group: Group) -> Group:
    """Return ``group`` without the pictures in its answers, which may be gone."""
    plain = [
        replace(entry, answer=Markup(markup.without_pictures(entry.answer)))  # noqa: S704 (as above)
        for entry in group.entries
    ]
    return replace(group, entries=plain)


def public_pages() -> Sequence[Any]:
    """Return the public topic pages in every language, each with the id of its subject."""
    return remembered("pages of subjects", queries.pages_of_subjects, home=home())


def listed(language: str) -> list[Listed]:
    """Return every subject in the office's order: its page in ``language`` or another, or what is filed under it."""
    pages: dict[int, dict[str, Any]] = {}
    for each in public_pages():
        pages.setdefault(each.subject_id, {})[each.language] = each
    found = []
    for subject in naming.topics(language).values():
        own = pages.get(subject.id, {})
        code = next((each for each in (language, *LANGUAGES) if each in own), None)
        if code is None:
            found.append(Listed(subject.name, subject.url, "", language, None))
        else:
            at = own[code].updated_at or own[code].public_from
            found.append(Listed(own[code].title, address(code, own[code].path), own[code].lead, code, at))
    return found


def life(page: Page) -> Life:
    """Return what is filed under the page's subject, in the language of the words around it."""
    if page.subject is None:
        return Life([], [], [])
    key = ("topic life", page.subject.id, current())
    return remembered(key, lambda: _life(page.subject.id, current()), home=home())  # type: ignore[union-attr]


def _life(subject_id: int, language: str) -> Life:
    found = queries.newest("release", language, topic_id=subject_id, limit=4 * NEWEST)
    rows = [
        Line(
            row.title,
            linking.address(row.type, row.language, row.path),
            row.public_from,
            next(iter(pictures.shown(row.pictures[:1])), None),
        )
        for row in found
    ]
    events = [
        Line(row.title, linking.address(row.type, row.language, row.path), row.starts_at)
        for row in topics.events_of(subject_id, language, NEWEST)
    ]
    return Life(rows[:NEWEST], events, _pictured(rows))


def _pictured(rows: Sequence[Line]) -> list[Line]:
    """Return the rows that show a picture, each picture once."""
    first: dict[int, Line] = {}
    for row in rows:
        if row.picture:
            first.setdefault(row.picture.id, row)
    return list(first.values())[:PICTURES]

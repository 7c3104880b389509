"""What was typed, and the revision that is made of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date as Day
from typing import Any

from app.editorial import rules
from app.editorial.models import Edition, Revision
from app.text import markup, slugs, typography

SAME = (
    "kind",
    "title",
    "slug",
    "lead",
    "body",
    "place",
    "date",
    "topics",
    "contact_id",
    "pictures",
    "facts",
    "fields",
)  # two revisions that agree in these say the same


@dataclass(frozen=True)
class Shared:
    """The facts that an item's editions have in common.

    ``pictures`` are ids, in order. ``facts`` is what the type of page adds: the hours and rooms of a
    programme, which are the same in every language.
    """

    kind: str = ""
    date: Day | None = None
    topics: tuple[str, ...] = ()
    contact_id: int | None = None
    pictures: tuple[int, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Text:
    """One edition's words as they were typed.

    ``picture_words`` maps a picture's id to its alt and caption; ``fields`` holds the words that only
    this type of page has (quotes, links, the words of a programme, questions and answers).
    """

    title: str = ""
    slug: str = ""
    lead: str = ""
    body: str = ""
    place: str = ""
    picture_words: dict[int, dict[str, Any]] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)


def text_of(revision: Revision) -> Text:
    """Return the words of ``revision`` as they would have been typed."""
    return Text(
        title=revision.title,
        slug=revision.slug,
        lead=revision.lead,
        body=revision.body,
        place=revision.place,
        picture_words={
            each["picture"]: {name: value for name, value in each.items() if name != "picture"}
            for each in revision.pictures
        },
        fields=revision.fields,
    )


def shared_of(revision: Revision) -> Shared:
    """Return the facts in ``revision`` that its item's other languages have, too."""
    return Shared(
        kind=revision.kind,
        date=revision.date,
        topics=tuple(revision.topics),
        contact_id=revision.contact_id,
        pictures=tuple(each["picture"] for each in revision.pictures),
        facts=revision.facts,
    )


def snapshot(edition: Edition, text: Text, shared: Shared) -> Revision:
    """Make a revision of what was typed: cleaned, its typography put right, one form for one meaning."""
    language = edition.language
    title = typography.put_right(markup.one_line(text.title), language)
    lead = typography.put_right(markup.one_line(text.lead), language)
    rules.check_title(title)
    rules.check_lead(lead)
    body = markup.clean(text.body, language=language)
    return Revision(
        edition_id=edition.id,
        kind=shared.kind,
        title=title,
        slug=slugs.slug(text.slug or title),
        lead=lead,
        body=body,
        shown=markup.present(body),
        place=typography.put_right(markup.one_line(text.place), language)[:120],
        date=shared.date,
        topics=list(shared.topics),
        contact_id=shared.contact_id,
        pictures=[{"picture": number} | text.picture_words.get(number, {}) for number in shared.pictures],
        facts=shared.facts,
        fields=text.fields,
    )


def with_facts(old: Revision, shared: Shared) -> Revision:
    """Make a revision with the words of ``old`` and the facts ``shared``."""
    words = {picture["picture"]: picture for picture in old.pictures}
    return Revision(
        edition_id=old.edition_id,
        kind=shared.kind,
        title=old.title,
        slug=old.slug,
        lead=old.lead,
        body=old.body,
        shown=old.shown,
        place=old.place,
        date=shared.date,
        topics=list(shared.topics),
        contact_id=shared.contact_id,
        pictures=[words.get(number, {"picture": number}) for number in shared.pictures],
        facts=shared.facts,
        fields=old.fields,
    )


def with_fields(old: Revision, fields: dict[str, Any]) -> Revision:
    """Make a revision that says what ``old`` does, but for the words that only its type of page has."""
    made = with_facts(old, shared_of(old))
    made.fields = fields
    return made


def is_same(old: Revision, new: Revision) -> bool:
    """Whether the two say the same, in words and facts."""
    return all(getattr(old, name) == getattr(new, name) for name in SAME)

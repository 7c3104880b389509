"""What the demonstration is made of: stories with a text in each of their languages, topics, contacts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from app.demo.pictures import pictures

SEEN = "Read again: it may stay as it is."  # why findings of the checks were let pass

OFFICE = ZoneInfo("Europe/Brussels")

NEWS_RELEASE, STATEMENT, SPEECH, MEDIA_ADVISORY = "news_release", "statement", "speech", "media_advisory"
KINDS = (NEWS_RELEASE, STATEMENT, SPEECH, MEDIA_ADVISORY)

_PICTURES = {picture.key: picture for picture in pictures()}


SEEN = "Read again: it may stay as it is."  # why findings of the checks were let pass


class Quote(NamedTuple):
    """Words that somebody spoke, without quotation marks around them."""

    text: str
    speaker: str
    function: str


class Link(NamedTuple):
    """A line of “find out more”. ``url`` is an address, or ``story:KEY`` for another story of ours.

    ``language`` is that of the page it leads to.
    """

    title: str
    url: str
    language: str


@dataclass(frozen=True)
class Text:
    """A story in one language: plain text, but for ``body``, which is HTML.

    ``caption`` stands under the story’s first picture; ``picture_alts`` gives (alternative text,
    caption) for each of its pictures.
    """

    title: str
    lead: str
    place: str
    body: str
    quotes: tuple[Quote, ...] = ()
    links: tuple[Link, ...] = ()
    caption: str = ""
    picture_alts: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Story:
    """One item of the newsroom. ``date`` is that of its dateline, ``published_at`` is in UTC."""

    key: str
    kind: str
    date: date
    published_at: datetime
    topics: tuple[str, ...]
    contact: str
    pictures: tuple[str, ...]
    editions: Mapping[str, Text]


@dataclass(frozen=True)
class Topic:
    """A subject that stories belong to."""

    key: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Contact:
    """Whom journalists may call; names, functions and hours by language."""

    key: str
    names: Mapping[str, str]
    functions: Mapping[str, str]
    hours: Mapping[str, str]
    phone: str
    email: str
    languages: tuple[str, ...] = ()


def story(
    key: str,
    kind: str,
    when: str,
    *,
    topics: Sequence[str],
    contact: str = "press-desk",
    pictures: Sequence[str] = (),
    fr: Text | None = None,
    en: Text | None = None,
    uk: Text | None = None,
) -> Story:
    """Return a story published at ``when``, written as 2025-12-03 18:30 in the office’s own time."""
    local = datetime.strptime(when, "%Y-%m-%d %H:%M").replace(tzinfo=OFFICE)
    editions = {
        language: _set(text, language, pictures)
        for language, text in (("fr", fr), ("en", en), ("uk", uk))
        if text is not None
    }
    return Story(
        key, kind, local.date(), local.astimezone(UTC), tuple(topics), contact, tuple(pictures), editions
    )


def _set(text: Text, language: str, keys: Sequence[str]) -> Text:
    """Return ``text`` with the line breaks of our source taken out, and its pictures described."""
    alts = {}
    for number, key in enumerate(keys):
        picture = _PICTURES[key]
        alts[key] = picture.alts[language], flat(text.caption) if number == 0 else picture.titles[language]
    return replace(
        text,
        title=flat(text.title),
        lead=flat(text.lead),
        body=re.sub(r"> (?=<(?!a |strong|em))", ">", flat(text.body)),
        quotes=tuple(Quote(flat(quote.text), quote.speaker, quote.function) for quote in text.quotes),
        caption=flat(text.caption),
        picture_alts=alts,
    )


def flat(text: str) -> str:
    """Return ``text`` on one line; spaces that do not break are kept."""
    return re.sub(r"[ \n]+", " ", text).strip(" \n")

"""What a topic page of the demonstration is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

LANGUAGES = ("fr", "en", "uk")


class Words(NamedTuple):
    """The same words in the three languages."""

    fr: str
    en: str
    uk: str

    def spoken(self, language: str) -> str:
        """Return the words in ``language``."""
        return getattr(self, language)


@dataclass(frozen=True)
class Question:
    """A question with its answer; ``links`` are keys of stories, or (address, title) of other sites."""

    group: Words
    question: Words
    answer: Words
    links: Sequence[str | tuple[str, str]] = ()
    checked_on: date | None = None


@dataclass(frozen=True)
class TopicText:
    """A topic page in the three languages; ``body`` is HTML. ``more`` lists links under headings."""

    subject: str
    published_on: date
    title: Words
    lead: Words
    body: Words
    questions: Sequence[Question]
    related: Sequence[str] = ()
    pictures: Sequence[str] = ()
    more: Sequence[tuple[Words, Sequence[str | tuple[str, str]]]] = ()

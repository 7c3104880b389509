"""What of a text is found: the words of each kind of page, and the facts by which results are narrowed.

A fact is a word like any other in the index, one that nobody can type (``editorial.finding.mark``): so the
database meets "event" and "Ukraine" by intersecting two lists, however many releases know the second.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from app.editorial.finding import mark
from app.editorial.models import Revision
from app.text import markup

KINDS = (
    "release",
    "event",
    "video",
    "gallery",
    "topic",
    "answer",
)  # of results, in the order in which a page groups them


class Answer(NamedTuple):
    """An answer as the index takes it; ``part`` is the id of its question."""

    part: str
    question: str
    text: str


def kind_word(kind: str) -> str:
    """Return the word that stands in the index with every row of this kind."""
    return mark("kind", kind)


def topic_word(key: str) -> str:
    """Return the word that stands in the index with every row that is filed under this topic, or of its page."""
    return mark("topic", key)


def text(revision: Revision) -> str:
    """Return what readers find a page by besides its title, lead and place, on one line.

    Links are left out: one that leads to what is not public yet is not shown, and must not be found.
    """
    fields = revision.fields
    quotes = [
        " ".join(quote.get(name) or "" for name in ("text", "speaker", "function"))
        for quote in fields.get("quotes", [])
    ]
    entries = {each["id"] for each in revision.facts.get("programme", [])}
    programme = [
        " ".join(word for word in words.values() if isinstance(word, str))
        for key, words in fields.get("programme", {}).items()
        if key in entries
    ]
    photos = [
        " ".join(
            [*(words.get(name) or "" for name in ("title", "caption", "place")), *words.get("people", ())]
        )
        for key, words in fields.get("photos", {}).items()
        if key in {each["id"] for each in revision.facts.get("photos", [])}
    ]
    shots = [
        " ".join(words.get(name) or "" for name in ("description", "speaker", "function", "words"))
        for key, words in fields.get("shots", {}).items()
        if key in {each["id"] for each in revision.facts.get("shots", [])}
    ]
    spoken = [*fields.get("people", ()), *shots, fields.get("transcript") or ""]
    return _line([_plain(revision.body), *quotes, *programme, *photos, *spoken, fields.get("note") or ""])


def answers(revision: Revision) -> list[Answer]:
    """Return the questions that the page shows, each with its answer."""
    return [
        Answer(entry["id"], entry["question"], _line([_plain(entry["answer"])]))
        for entry in revision.fields.get("faq", [])
        if entry["question"] and entry["answer"]
    ]


def _plain(html: str) -> str:
    return markup.plain(html).replace("\n", " ")


def _line(parts: Iterable[str]) -> str:
    return markup.one_line(" ".join(parts))

"""What is checked, what has to be known besides, and what is found."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from hashlib import blake2s
from typing import Any

from flask_babel.speaklater import LazyString

from app.editorial.checks.table import RULES
from app.text.slugs import fold

_SHOWN = 90  # characters of the text in a finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The words of a revision. ``body`` is clean HTML; ``date`` is the dateline's day.

    ``pictures`` are {alt, is_decorative, …}, ``quotes`` {text, speaker, …}, ``links`` {title, url, …},
    ``faq`` {question, answer, …}, the answers being clean HTML.
    """

    language: str
    title: str = ""
    lead: str = ""
    body: str = ""
    place: str = ""
    date: date | None = None
    pictures: Sequence[Mapping[str, Any]] = ()
    quotes: Sequence[Mapping[str, Any]] = ()
    links: Sequence[Mapping[str, Any]] = ()
    faq: Sequence[Mapping[str, Any]] = ()


def _leads_somewhere(address: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the caller looked up.

    ``zone`` is the office's. ``is_broken`` is asked once about each internal address (a path of
    this site, or an address at ``host``, which is then asked about as its path): "broken",
    "private" (readers cannot see it now), or None. ``languages`` are those that the item has,
    ``required`` those that it should have. ``house_words`` maps what the house does not write to
    what it writes instead ("" when there is nothing); an asterisk at the end stands for any ending.
    ``has_dateline`` is False for pages without place and date: topic pages, answers.
    """

    today: date
    zone: tzinfo | str = "UTC"
    is_broken: Callable[[str], str | None] = _leads_somewhere
    host: str = ""
    languages: Sequence[str] = ()
    required: Sequence[str] = ()
    event_day: date | None = None
    house_words: Mapping[str, str] = dataclasses.field(default_factory=dict)
    has_dateline: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at again.

    ``rule`` is an id of RULES. ``field`` says where: title, lead, body, place, date, pictures,
    quotes, links, faq, or languages; ``at`` is the number (from 0) of the outermost block of the body,
    or of the row among pictures, quotes, links and questions. ``words`` are those concerned, as they stand,
    shortened. ``suggestion`` is what could stand instead. ``key`` stays the same as long as rule
    and words do.
    """

    rule: str
    field: str
    at: int | None
    words: str
    is_blocking: bool
    key: str
    message: LazyString = dataclasses.field(compare=False)
    suggestion: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as the editor's script gets it, its sentence in the language of the request."""
        names = ("rule", "field", "at", "words", "is_blocking", "key", "suggestion")
        return {name: getattr(self, name) for name in names} | {"message": str(self.message)}


def found(
    rule: str,
    where: str,
    words: str = "",
    *,
    at: int | None = None,
    about: str = "",
    suggestion: str = "",
    **values: Any,
) -> Finding:
    """Return a finding of ``rule`` in the field ``where``.

    ``about`` tells it from others with the same words; ``values`` fill in the sentence.
    """
    shown = shortened(words)
    told = {"words": shown, "suggestion": shortened(suggestion)} | values
    sentence = LazyString(_filled, RULES[rule].sentence, told)
    blocking = RULES[rule].is_blocking
    return Finding(rule, where, at, shown, blocking, key(rule, words, about), sentence, shortened(suggestion))


def key(rule: str, words: str, about: str = "") -> str:
    """Return what a reason is kept under: at most 60 characters."""
    told = "\0".join((fold(words) or "".join(words.split()), about))
    return f"{rule}:{blake2s(told.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


def shortened(words: str) -> str:
    """Return ``words`` as they are shown: both ends of what is long, on one line."""
    words = words.replace("\n", " ").strip(" ")
    half = _SHOWN // 2
    return words if len(words) <= _SHOWN else f"{words[:half].rstrip()} … {words[-half:].lstrip()}"


def _filled(sentence: LazyString, values: Mapping[str, Any]) -> str:
    return str(sentence) % values

"""Words in their context: what was looked for, marked in a text that is escaped first."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup, escape

from app.search.asking import Question
from app.search.stems import words

AROUND = 260  # characters of a text that are shown
_BEFORE = 60  # of which stand before the first word that is marked

# A word as it is written: with the marks and joiners in it that show nothing, and the apostrophe of "п’ять".
_WRITTEN = re.compile(
    "[^\\W_](?:[^\\W_]|[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]"
    "|(?<=[\u0400-\u052f])['’ʼ‘`´ʹ′](?=[\u0400-\u052f]))*"
)
_folded = lru_cache(20_000)(words)


def marked(text: str, question: Question, language: str) -> Markup:
    """Return ``text``, safe for a page, with what ``question`` looks for in <mark>."""
    pieces, at = [], 0
    for match in _WRITTEN.finditer(text):
        if _is_met(match[0], question, language):
            pieces += [escape(text[at : match.start()]), Markup("<mark>{}</mark>").format(match[0])]
            at = match.end()
    return Markup("").join([*pieces, escape(text[at:])])


def excerpt(text: str, question: Question, language: str) -> Markup | None:
    """Return the part of ``text`` around the first word that is looked for, marked; None when there is none."""
    for match in _WRITTEN.finditer(text):
        if _is_met(match[0], question, language):
            start, end = _window(text, match.start(), match.end())
            shown = marked(text[start:end].strip(), question, language)
            return Markup("{}{}{}").format("… " if start else "", shown, " …" if end < len(text) else "")
    return None


def _is_met(written: str, question: Question, language: str) -> bool:
    return any(question.is_met_by(word, language) for word in _folded(written))


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    """Return from where to where ``text`` is shown around the word at first..last: whole words, if they are short."""
    start, end = max(0, first - _BEFORE), min(len(text), max(last, first - _BEFORE + AROUND))
    if start:
        gap = text.find(" ", start, first)
        start = gap + 1 if gap >= 0 else start
    if end < len(text):
        gap = text.rfind(" ", last, end)
        end = gap if gap >= 0 else end
    return start, end

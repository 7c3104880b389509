"""The paragraphs of a body: what stands on lines of its own in it, counted from 1.

Headings, lists, tables and figures count as one each, as one sees them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.text.plaintext import on_one_line, text_of
from app.text.presenting import Presenter
from app.text.shaping import html_of, shaped

MOST_WORDS = 2_000  # characters by which a paragraph is known again
_LEAST_ALIKE = 0.55  # of two paragraphs that are one and the same, changed


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``words`` is its text on one line, ``html`` as it is stored, ``shown`` as readers get it."""

    number: int
    words: str
    html: str
    shown: str


def paragraphs(html: str) -> list[Paragraph]:
    """Return the paragraphs of a stored body, in order."""
    blocks = shaped(html)
    told = [on_one_line(text_of(block))[:MOST_WORDS] for block in blocks]
    stored = [html_of([block]) for block in blocks]
    shown = [html_of([block]) for block in Presenter().shown(blocks)]
    return [Paragraph(number, *each) for number, each in enumerate(zip(told, stored, shown, strict=True), 1)]


def found_again(words: str, number: int, now: Sequence[Paragraph]) -> tuple[Paragraph | None, bool]:
    """Return the paragraph of ``now`` that once was ``number`` and said ``words``, and whether it has changed.

    None when nothing like it is left.
    """
    same = [each for each in now if each.words == words]
    if same:
        return min(same, key=lambda each: abs(each.number - number)), False
    best, likeness = None, _LEAST_ALIKE
    for each in sorted(now, key=lambda each: abs(each.number - number)):
        alike = _likeness(words, each.words)
        if alike > likeness:
            best, likeness = each, alike
    return best, True


def _likeness(one: str, other: str) -> float:
    mine, theirs = re.findall(r"\w+", one.casefold()), re.findall(r"\w+", other.casefold())
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() > _LEAST_ALIKE else 0.0

"""A translation's source beside it: paragraph by paragraph, and what changed in it since the translation was made."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from app.editorial.models import Edition, Revision
from app.text import differences
from app.text.aligning import alike, matches
from app.text.markup import plain
from app.text.paragraphs import Paragraph, paragraphs
from app.writing.sections import Section, of_type


@dataclass(frozen=True)
class Line:
    """A paragraph of the source. ``status``: same, changed (``parts`` tell how), new, or gone (number 0)."""

    number: int
    shown: Any
    status: str = "same"
    parts: Sequence[differences.Change] = ()


@dataclass
class Source:
    """A text that is translated. ``followed``: the version that the translation was made of, or none."""

    edition: Edition
    revision: Revision
    followed: Revision | None
    title: Line
    lead: Line
    lines: list[Line] = field(default_factory=list)
    others: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_behind(self) -> bool:
        """Whether the source has changed since the translation was made."""
        return self.followed is not None and self.followed.id != self.revision.id

    @property
    def changed(self) -> int:
        """How many parts of it have changed since."""
        return sum(each.status != "same" for each in (self.title, self.lead, *self.lines))


def source_of(edition: Edition, followed: Revision | None) -> Source:
    """Return the working text of ``edition``, and what changed in it since the version ``followed`` (none: unknown)."""
    now: Any = edition.current
    return Source(
        edition=edition,
        revision=now,
        followed=followed,
        title=_line(followed.title if followed else now.title, now.title),
        lead=_line(followed.lead if followed else now.lead, now.lead),
        lines=_lines(paragraphs(followed.body if followed else now.body), paragraphs(now.body)),
        others=_others(of_type(edition.type), now),
    )


def _others(section: Section, now: Revision) -> list[tuple[str, str]]:
    """Return what else there is to translate: what the section tells besides title, lead and body."""
    return [
        (part.label, plain(part.text) if part.is_html else part.text)
        for part in section.parts(now)[2:]
        if part.text and not (part.is_html and part.text == now.body)
    ]


def _line(old: str, new: str) -> Line:
    if old == new:
        return Line(0, new)
    return Line(0, new, "changed", differences.words(old, new))


def _lines(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Line]:
    """Return ``new`` with what became of ``old``; what is gone stands where it stood."""
    found: list[Line] = []
    was, here = 0, 0
    same = matches([each.html for each in old], [each.html for each in new])
    for at, there in [*same, (len(old), len(new))]:
        found += _gap(old[was:at], new[here:there])
        if at < len(old):
            found.append(Line(new[there].number, _drawn(new[there])))
        was, here = at + 1, there + 1
    return found


def _drawn(paragraph: Paragraph) -> Markup:
    """Return a paragraph as the page shows it: as it is stored, since its headings' ids are the text's own page's."""
    return Markup(paragraph.html)  # noqa: S704 (cleaned when it was saved)


def _gap(old: Sequence[Paragraph], new: Sequence[Paragraph]) -> list[Line]:
    before, after = ([frozenset(re.findall(r"\w+", each.words)) for each in side] for side in (old, new))
    pairs = {second: first for first, second in alike(before, after)} if old and new else {}
    found = [
        Line(each.number, _drawn(each), "changed", differences.words(old[pairs[at]].words, each.words))
        if at in pairs
        else Line(each.number, _drawn(each), "new")
        for at, each in enumerate(new)
    ]
    gone = [each for at, each in enumerate(old) if at not in pairs.values()]
    return found + [Line(0, "", "gone", [differences.Change("deleted", each.words)]) for each in gone]

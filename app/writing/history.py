"""What readers are told of the versions of a text: plain values for a page, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.editorial.models import Revision
from app.editorial.queries import afterwards
from app.editorial.words import PUBLICATION_WORDS
from app.text import bodies, differences
from app.writing.sections import Section


@dataclass(frozen=True, slots=True)
class Told:
    """Something that became public of a text: ``word`` names it, ``note`` is the sentence that came with it."""

    kind: str
    word: Any
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """A version that readers saw, numbered from 1; ``until`` is when another took its place (None: they see it)."""

    number: int
    kind: str
    word: Any
    note: str
    at: datetime
    until: datetime | None
    revision_id: int


@dataclass(frozen=True, slots=True)
class History:
    """What a page says of its own past.

    ``updates`` are newest first, without minor edits; empty when nothing came after the first
    publication. ``corrections`` are those that no later update has put behind: the page opens with
    them. ``all_corrections`` are for machines. ``url`` shows every version.
    """

    updates: Sequence[Told]
    corrections: Sequence[Told]
    all_corrections: Sequence[Told]
    url: str


def of_page(row: Any, url: str) -> History | None:
    """Return the history of the public page ``row`` (as ``queries.page`` finds it), or None when it has none.

    Most pages were published once; the row itself says so, and nothing more is asked.
    """
    if row.updated_at is None and row.first_public_at in (None, row.public_from):
        return None
    return of_edition(row.id, url)


def of_edition(edition_id: int, url: str) -> History | None:
    """Return the public history of an edition, whatever became of it."""
    told = [
        Told(row.kind, PUBLICATION_WORDS[row.kind], row.note, row.at)
        for row in afterwards.history(edition_id)
        if row.kind != "minor"
    ]
    if len(told) < 2:
        return None
    told.reverse()
    standing = next((place for place, each in enumerate(told) if each.kind != "correction"), len(told))
    corrections = [each for each in told if each.kind == "correction"]
    return History(told, told[:standing], corrections, f"{url}/history")


def versions(edition_id: int) -> list[Version]:
    """Return every version of an edition that readers saw, oldest first."""
    rows = list(afterwards.history(edition_id))
    ends = [*(row.at for row in rows), None][1:]
    seen = [(row, until) for row, until in zip(rows, ends, strict=True) if row.kind in afterwards.SHOWN]
    return [
        Version(number, row.kind, PUBLICATION_WORDS[row.kind], row.note, row.at, until, row.revision_id)
        for number, (row, until) in enumerate(seen, 1)
    ]


def compared(section: Section, old: Revision, new: Revision) -> list[tuple[str, list[differences.Change]]]:
    """Return, part by part, how ``old`` became ``new``; parts in which nothing changed are left out."""
    before = {part.label: part for part in section.parts(old)}
    after = {part.label: part for part in section.parts(new)}
    found = []
    for label in dict.fromkeys((*before, *after)):
        was, now = before.get(label), after.get(label)
        is_html = any(part is not None and part.is_html for part in (was, now))
        changes = differences.words(was.text if was else "", now.text if now else "", is_html=is_html)
        if any(change.kind != "same" for change in changes):
            found.append((label, changes))
    return found


@dataclass(frozen=True, slots=True)
class PartChanges:
    """How a part of a page became another: ``words`` of a line, or ``body`` block by block where it has blocks."""

    label: str
    words: Sequence[differences.Change] = ()
    body: bodies.BodyChanges | None = None


def seen(section: Section, old: Revision, new: Revision) -> list[PartChanges]:
    """Return, part by part, how one version that readers saw became another, without what is the same to them."""
    before = {part.label: part for part in section.parts(old)}
    after = {part.label: part for part in section.parts(new)}
    found = []
    for label in dict.fromkeys((*before, *after)):
        was, now = before.get(label), after.get(label)
        mine, theirs = (part.text if part else "" for part in (was, now))
        if any(part is not None and part.is_html for part in (was, now)):
            body = _for_readers(bodies.bodies(mine, theirs))
            if body.count:
                found.append(PartChanges(label, body=body))
        else:
            changes = differences.words(mine, theirs)
            if any(change.kind != "same" for change in changes):
                found.append(PartChanges(label, words=changes))
    return found


def _for_readers(body: bodies.BodyChanges) -> bodies.BodyChanges:
    """Return ``body`` without notes on where links led: an address of ours may be of what is not public.

    A block of which nothing else was to be said is left out, and the changes that stay are counted anew.
    """
    kept: list[bodies.BlockChange | bodies.Unchanged] = []
    count = 0
    for each in body.stretches:
        if isinstance(each, bodies.BlockChange):
            notes = tuple(note for note in each.notes if note.what not in ("link", "picture"))
            if each.kind == "formatted" and not notes:
                continue
            count += 1
            each = replace(each, notes=notes, number=count)
        kept.append(each)
    return bodies.BodyChanges(tuple(kept), count)

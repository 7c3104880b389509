"""What differs between two bodies: blocks first, then the words inside of those that changed.

Blocks that are the same are found by their HTML alone and never read, so comparing two versions
of a long text costs little more than what changed in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from app.text.aligning import Pair, matches
from app.text.differences import Change, Token, aligned, changes, pairs_of, tokens
from app.text.runs import Mark, Run
from app.text.shaping import Block, html_of, shaped

_BLOCK = re.compile(r"<(/?)(?:p|h2|h3|ul|ol|blockquote|table|figure)(?![\w-])[^>]*>")
_TAG = re.compile(r"<[^>]*>")
_PLAIN = re.compile(r"<p>([^<]+)</p>")
_CELL_AT_END = re.compile(r" \| $", re.M)
_INSTEAD = dict.fromkeys(("</p>", "</h2>", "</h3>", "</li>", "</tr>", "</caption>", "</figcaption>"), "\n")
_INSTEAD |= {"<br>": " ", "</td>": " | ", "</th>": " | "}
_ALT = re.compile(r'<img(?:[^>]*? alt="([^"]*)")?')
_FORMATS = {"strong": "bold", "em": "italic", "sup": "raised", "sub": "lowered"}
_FORMS = {
    "lang": "language",
    "dir": "direction",
    "level": "level",
    "list": "numbering",
    "cells": "cells",
    "picture": "picture",
}

Marks = tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A change that is not one of words.

    ``what``: "kind" (a paragraph that became a heading: ``old`` and ``new`` are tags), "link"
    (addresses), "bold", "italic", "raised", "lowered" ("" or "yes"), "language" (codes), "level"
    (of a list's item), "numbering" (of a list), "cells" (headers or spans of a table's row),
    "picture" (addresses), or "direction". ``words`` are those concerned; "" means the whole block.
    """

    what: str
    words: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block that is not what it was.

    ``kind``: "inserted", "deleted", "changed" (its words), or "formatted" (only what ``notes`` say).
    ``tag`` is what it is now (or was, if deleted): p, h2, h3, li, quote, row, caption, figcaption or
    picture, whose text is its alternative text. ``number`` counts the changes of the body from 1.
    ``language`` is the block's own, when it has one.
    """

    number: int
    kind: str
    tag: str
    parts: tuple[Change, ...]
    notes: tuple[Note, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Blocks in a row that stayed as they were: how many paragraphs, items and rows, and their text, a line each."""

    count: int
    text: str


@dataclass(frozen=True, slots=True)
class BodyChanges:
    """How one body becomes another: ``stretches`` in the order of the text, and how many of them are changes."""

    stretches: tuple[BlockChange | Unchanged, ...]
    count: int


class Line(NamedTuple):
    """A block that holds text and no other blocks; ``form`` is all that is not its text."""

    tag: str
    form: tuple[tuple[str, str], ...]
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """The text without its marks."""
        return "".join(run.text for run in self.runs)


def bodies(old: str, new: str) -> BodyChanges:
    """Return how the body ``old`` becomes ``new``.

    Both as they are stored (``markup.clean``); of anything else it makes the best, and whatever it
    is, only text comes back, never HTML.
    """
    found: list[BlockChange | Unchanged] = []
    same: list[str] = []
    count = 0
    for item in (*_items(_chunks(old), _chunks(new)), None):
        if isinstance(item, str):
            same.append(item)
            continue
        if lines := [line for line in "\n".join(same).split("\n") if line.strip()]:
            found.append(Unchanged(len(lines), "\n".join(lines)))
        same = []
        if item is not None:
            count += 1
            found.append(replace(item, number=count))
    return BodyChanges(tuple(found), count)


def _chunks(html: str) -> list[str]:
    """Return the outermost blocks of a body, each as its HTML."""
    found: list[str] = []
    began, depth = 0, 0
    for match in _BLOCK.finditer(html):
        depth += -1 if match[1] else 1
        if depth == 0:
            found.append(html[began : match.end()])
            began = match.end()
        elif (depth == 1 and not match[1] and match.start() != began) or depth < 0:
            break  # text between blocks, or ends of what never began
    if depth or began != len(html):
        canonical = html_of(shaped(html))
        return _chunks(canonical) if canonical != html else [html]
    return found


def _items(old: Sequence[str], new: Sequence[str]) -> Iterator[BlockChange | str]:
    """Yield each change, and the text of what is the same."""
    x, y, same = 0, 0, 0
    for here, there in [*matches(old, new), (len(old), len(new))]:
        if x < here or y < there:
            yield _text("".join(old[x - same : x]))
            yield from _compared(list(_lines(old[x:here])), list(_lines(new[y:there])))
            same = 0
        x, y, same = here + 1, there + 1, same + 1
    yield _text("".join(old[len(old) - same + 1 :]))


def _text(html: str) -> str:
    """Return the text of blocks as they are stored, a line each."""
    return _CELL_AT_END.sub("", unescape(_TAG.sub(_instead, html)))


def _instead(tag: re.Match[str]) -> str:
    """Return what stands in plain text where ``tag`` was."""
    written = tag[0]
    if (known := _INSTEAD.get(written)) is not None:
        return known
    if written.startswith(("<ul", "<ol")):
        return "\n"
    if alt := _ALT.match(written):
        return (alt[1] or "–") + "\n"
    return ""


def _lines(chunks: Sequence[str]) -> Iterator[Line]:
    for chunk in chunks:
        if plain := _PLAIN.fullmatch(chunk):  # most paragraphs; reading them otherwise takes longest of all
            yield Line("p", (), (Run(unescape(plain[1])),))
        else:
            for block in shaped(chunk):
                yield from _lines_of(block, block.tag)


def _lines_of(
    block: Block, tag: str, level: int = 0, given: tuple[tuple[str, str], ...] = ()
) -> Iterator[Line]:
    """Yield the lines of ``block``, which ``tag`` says what to call; ``given`` is said of its first line only."""
    given = (
        *given,
        *((name, block.attributes[name]) for name in ("lang", "dir") if name in block.attributes),
    )
    if block.tag in {"ul", "ol"}:
        kind = f"{block.tag} {block.attributes.get('start', '')}".strip()
        for at, item in enumerate(block.blocks):
            yield from _lines_of(item, "li", level + 1, (*given, ("list", kind)) if at == 0 else given)
    elif block.tag == "tr":
        cells = " ".join(_cell(cell) for cell in block.blocks)
        runs = [run for cell in block.blocks for run in (Run(" | "), *_runs_in(cell))][1:]
        yield Line("row", (*given, ("cells", cells)), tuple(runs))
    elif block.tag == "img":
        form = (*given, ("picture", block.attributes.get("src", "")))
        yield Line("picture", form, (Run(block.attributes.get("alt", "")),))
    elif block.blocks:
        name = {"li": "li", "blockquote": "quote"}.get(block.tag)
        for at, inner in enumerate(block.blocks):
            is_first = at == 0
            own = name or inner.tag
            if block.tag == "li" and not is_first:
                own = "p"
            yield from _lines_of(inner, own, level, given if is_first or block.tag == "blockquote" else ())
    else:
        form = (*given, ("level", str(level))) if level else given
        yield Line(tag, form, tuple(block.runs))


def _cell(cell: Block) -> str:
    spans = (cell.attributes[name] for name in ("colspan", "rowspan") if name in cell.attributes)
    return ":".join((cell.tag, *spans))


def _runs_in(block: Block) -> Iterator[Run]:
    yield from block.runs
    for at, inner in enumerate(block.blocks):
        if at:
            yield Run(" ")
        yield from _runs_in(inner)


def _compared(old: Sequence[Line], new: Sequence[Line]) -> Iterator[BlockChange | str]:
    before, after = [tokens(line.text) for line in old], [tokens(line.text) for line in new]
    pairs = aligned(
        [tuple(word for word, _ in each) for each in before],
        [tuple(word for word, _ in each) for each in after],
    )
    x, y = 0, 0
    for here, there in [*pairs, (len(old), len(new))]:
        yield from (_whole("deleted", line) for line in old[x:here])
        yield from (_whole("inserted", line) for line in new[y:there])
        if here < len(old):
            yield _changed(old[here], new[there], before[here], after[there])
        x, y = here + 1, there + 1


def _whole(kind: str, line: Line) -> BlockChange:
    return BlockChange(0, kind, line.tag, (Change(kind, line.text),), (), dict(line.form).get("lang", ""))


def _changed(old: Line, new: Line, before: Sequence[Token], after: Sequence[Token]) -> BlockChange | str:
    if old == new:
        return new.text.replace("\n", " ")
    pairs = [(at, at) for at in range(len(before))] if before == after else pairs_of(before, after)
    notes = (*_form_notes(old, new), *_mark_notes(old, new, before, after, pairs))
    parts = tuple(changes(before, after, pairs))
    is_reworded = any(part.kind != "same" for part in parts)
    if not is_reworded and not notes:
        return new.text.replace("\n", " ")
    kind = "changed" if is_reworded else "formatted"
    return BlockChange(0, kind, new.tag, parts, notes, dict(new.form).get("lang", ""))


def _form_notes(old: Line, new: Line) -> Iterator[Note]:
    if old.tag != new.tag:
        yield Note("kind", "", old.tag, new.tag)
    was, now = dict(old.form), dict(new.form)
    for name in dict.fromkeys((*was, *now)):
        if was.get(name) != now.get(name):
            yield Note(_FORMS[name], "", was.get(name, ""), now.get(name, ""))


def _mark_notes(
    old: Line, new: Line, before: Sequence[Token], after: Sequence[Token], pairs: Sequence[Pair]
) -> Iterator[Note]:
    """Yield how words that stayed are marked otherwise, those next to each other together."""
    if not any(run.marks for run in (*old.runs, *new.runs)):
        return
    was, now = _marked(old.runs, before), _marked(new.runs, after)
    opened: dict[str, Note] = {}
    last = -1
    for x, y in pairs:
        mine, theirs = was[x], now[y]
        differing = {
            what: (mine.get(what, ""), theirs.get(what, ""))
            for what in (*mine, *theirs)
            if mine.get(what) != theirs.get(what)
        }
        for what, note in list(opened.items()):
            if y != last + 1 or differing.get(what) != (note.old, note.new):
                yield replace(opened.pop(what), words=note.words.strip())
        for what, (one, other) in differing.items():
            words = opened[what].words if what in opened else ""
            opened[what] = Note(what, words + "".join(after[y]), one, other)
        last = y
    yield from (replace(note, words=note.words.strip()) for note in opened.values())


def _marked(runs: Sequence[Run], each: Sequence[Token]) -> list[dict[str, str]]:
    """Return what is said of each word by the marks on it: {"link": address, "bold": "yes"}."""
    found: list[dict[str, str]] = []
    at, run, behind = 0, 0, len(runs[0].text) if runs else 0
    for word, space in each:
        said: dict[str, str] = {}
        end = at + len(word)
        while True:
            said |= _said(runs[run].marks)
            if behind >= end or run + 1 == len(runs):
                break
            run += 1
            behind += len(runs[run].text)
        at = end + len(space)
        while behind <= at and run + 1 < len(runs):
            run += 1
            behind += len(runs[run].text)
        found.append(said)
    return found


@lru_cache(256)
def _said(marks: Marks) -> dict[str, str]:
    said: dict[str, str] = {}
    for tag, given in marks:
        values = dict(given)
        if tag in _FORMATS:
            said[_FORMATS[tag]] = "yes"
        if "href" in values:
            said["link"] = values["href"]
        if "lang" in values:
            said["language"] = values["lang"]
        if "dir" in values:
            said["direction"] = values["dir"]
    return said

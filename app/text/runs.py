"""The text of one block: runs of characters with their marks (link, strong, …), and breaks between lines.

Kept flat, as the editor keeps it, and not as a tree: so <strong>a</strong><strong>b</strong> and
<strong>ab</strong> cannot be two things, and marks nest in one order only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from itertools import groupby
from typing import NamedTuple

from app.text.allowed import MARKS, attributes
from app.text.characters import is_blank, kept
from app.text.typography import put_right_runs

Mark = tuple[str, tuple[tuple[str, str], ...]]


class Run(NamedTuple):
    """Some characters with the same marks, ordered as in MARKS; the text of a break is BREAK."""

    text: str
    marks: tuple[Mark, ...] = ()


BREAK = "\n"

_LINE_SPACE = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_SPACES = re.compile(r"\s{2,}")
_STUCK = re.compile(r"(?<=[^\W\d_])\u00a0(?=[^\W\d_])")
_LOOSE = re.compile(r"(?<=[^\W\d_]) (?=[^\W\d_])")


def same_language(tag: str | None, spoken: str | None) -> bool:
    """Return whether ``tag`` says nothing that ``spoken`` does not: "fr-BE" in a French text, but not "uk-Latn"."""
    if tag is None or spoken is None:
        return tag == spoken
    first, *others = tag.split("-")
    return tag == spoken or (first == spoken and not any(len(part) == 4 for part in others))


def marked(
    marks: tuple[Mark, ...], tag: str, given: Mapping[str, str], spoken: str | None
) -> tuple[Mark, ...]:
    """Return ``marks`` and the one that an element ``tag`` means, where the text around is in ``spoken``."""
    found = attributes(tag, given)
    if tag == "a" and "href" not in found:
        found.pop("hreflang", None)
        tag = "span"
    instead_of = {"sup", "sub"} if tag in {"sup", "sub"} else {tag}
    others = [mark for mark in marks if mark[0] not in instead_of]
    all_marks = sorted([*others, (tag, tuple(found.items()))], key=lambda mark: MARKS.index(mark[0]))
    return _said_once(tuple(all_marks), spoken)


@lru_cache(512)
def _said_once(marks: tuple[Mark, ...], spoken: str | None) -> tuple[Mark, ...]:
    """Return ``marks`` without the languages that are spoken around them anyway."""
    found: list[Mark] = []
    for tag, given in marks:
        said = dict(given)
        if same_language(said.get("lang"), spoken):
            said.pop("lang", None)
        spoken = said.get("lang", spoken)
        if said or tag != "span":
            found.append((tag, tuple(said.items())))
    return tuple(found)


def language_of(marks: tuple[Mark, ...], spoken: str | None) -> str | None:
    """Return the language that a run with ``marks`` is in."""
    for _tag, given in reversed(marks):
        for name, value in given:
            if name == "lang":
                return value
    return spoken


def settled(runs: Iterable[Run], spoken: str | None, *, puts_right: bool) -> list[Run]:
    """Return ``runs`` as they are stored, or nothing when a reader would see nothing.

    White space is folded as browsers show it and taken off both ends, links without a word go, and
    with ``puts_right`` the typography of each run's language is applied across all of them.
    """
    found = [
        run if run.text == BREAK else Run(_LINE_SPACE.sub(" ", kept(run.text)), _said_once(run.marks, spoken))
        for run in runs
    ]
    found = _folded(_without_soup(_folded(found)))
    if puts_right and found:
        texts = put_right_runs([(run.text, language_of(run.marks, spoken) or "") for run in found])
        found = _folded([Run(text, run.marks) for text, run in zip(texts, found, strict=True)])
    return [] if all(is_blank(run.text) for run in found) else found


def _folded(runs: list[Run]) -> list[Run]:
    """Fold white space to single characters, and join the runs that have the same marks."""
    if len(runs) == 1 and runs[0].text != BREAK:  # most paragraphs
        text = _SPACES.sub(" ", runs[0].text).strip()
        return [Run(text, runs[0].marks)] if text else []
    found: list[Run] = []
    for text, marks in _joined(_without_empty_links(runs)):
        if text == BREAK:
            _trim_end(found)
            if found:
                found.append(Run(BREAK))
            continue
        text = _SPACES.sub(" ", text)
        if not found or found[-1].text[-1].isspace():
            text = text.lstrip()
        if text:
            found.append(Run(text, marks))
    _trim_end(found)
    while found and found[-1].text == BREAK:
        found.pop()
        _trim_end(found)
    return _joined(found)


def _trim_end(runs: list[Run]) -> None:
    while runs and runs[-1].text != BREAK:
        text = runs[-1].text.rstrip()
        if text:
            runs[-1] = Run(text, runs[-1].marks)
            return
        runs.pop()


def _joined(runs: Iterable[Run]) -> list[Run]:
    pieces: list[tuple[list[str], tuple[Mark, ...]]] = []
    for text, marks in runs:
        if pieces and pieces[-1][1] == marks and text != BREAK and pieces[-1][0][0] != BREAK:
            pieces[-1][0].append(text)
        elif text:
            pieces.append(([text], marks))
    return [Run("".join(texts), marks) for texts, marks in pieces]


def _without_empty_links(runs: list[Run]) -> list[Run]:
    found: list[Run] = []
    for link, group in groupby(
        runs, key=lambda run: next((mark for mark in run.marks if mark[0] == "a"), None)
    ):
        linked = list(group)
        if link and all(is_blank(run.text) for run in linked):
            linked = [Run(run.text, tuple(mark for mark in run.marks if mark != link)) for run in linked]
        found += linked
    return found


def _without_soup(runs: list[Run]) -> list[Run]:
    """Loosen words that a word processor stuck together with no-break spaces, when that is most of them."""
    text = "".join(run.text for run in runs)
    stuck = len(_STUCK.findall(text))
    if stuck < 3 or stuck < len(_LOOSE.findall(text)):
        return runs
    return [Run(_STUCK.sub(" ", run.text), run.marks) for run in runs]


def written(runs: Iterable[Run]) -> str:
    """Return ``runs`` as HTML: a mark that two neighbours share is not closed between them."""
    out: list[str] = []
    opened: list[Mark] = []
    for text, marks in runs:
        shared = 0
        while shared < len(opened) and shared < len(marks) and opened[shared] == marks[shared]:
            shared += 1
        while len(opened) > shared:
            out.append(f"</{opened.pop()[0]}>")
        for tag, given in marks[shared:]:
            out.append(start_tag(tag, dict(given)))
            opened.append((tag, given))
        out.append("<br>" if text == BREAK else escape(text, quote=False))
    out += [f"</{tag}>" for tag, _ in reversed(opened)]
    return "".join(out)


def start_tag(tag: str, given: Mapping[str, str]) -> str:
    """Return a start tag."""
    written_attributes = "".join(
        f' {name}="{escape(value, quote=False).replace(chr(34), "&quot;")}"' for name, value in given.items()
    )
    return f"<{tag}{written_attributes}>"

"""Captions as values: cut with a film, written as WebVTT, read as a transcript.

Only what captions.py has let in comes here, and what was written here is read again: a cue's text is WebVTT cue text
whose tags are closed and whose characters are escaped. Times are whole milliseconds, as WebVTT has them. This module
knows nothing but Python, because it is loaded where films are cut, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from html import escape, unescape

PAUSE = 2000  # milliseconds of silence after a sentence that begin a paragraph of a transcript
_TIME = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+(.*))?")
_MOMENT = re.compile(rf"<{_TIME}>")
_TAG = re.compile(r"<(/?)([^>]*)>")
_SENTENCE_END = re.compile(r"[.!?…][”»\"’)]*$")


@dataclass(frozen=True)
class Cue:
    """Words on the screen from ``begin`` up to ``end``, in milliseconds. ``settings`` say where they stand."""

    begin: int
    end: int
    text: str
    settings: str = ""
    identifier: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Words of one speaker ("" where it is not said who speaks), and when they begin, in milliseconds."""

    begin: int
    speaker: str
    text: str


def read(vtt: str) -> list[Cue]:
    """Return the cues of WebVTT that ``write`` wrote; what is nothing of the kind is passed over."""
    cues = []
    for block in re.split(r"\n{2,}", vtt.replace("\r\n", "\n").replace("\r", "\n")):
        lines = block.strip("\n").split("\n")
        for place, line in enumerate(lines[:2]):
            if found := _TIMES.fullmatch(line.strip()):
                parts = found.groups()
                text = "\n".join(lines[place + 1 :])
                cues.append(Cue(milliseconds(*parts[:4]), milliseconds(*parts[4:8]), text, parts[8] or "",
                                lines[0] if place else ""))  # fmt: skip
                break
    return cues


def write(cues: Iterable[Cue]) -> str:
    """Return ``cues`` as a WebVTT file."""
    blocks = ["WEBVTT"]
    for cue in cues:
        times = f"{moment(cue.begin)} --> {moment(cue.end)} {cue.settings}".rstrip()
        blocks.append("\n".join(line for line in (cue.identifier, times, cue.text) if line))
    return "\n\n".join(blocks) + "\n"


def cut(cues: Iterable[Cue], begin: Fraction, end: Fraction) -> list[Cue]:
    """Return the cues that are on the screen from ``begin`` up to ``end`` seconds, counted from ``begin``.

    Cues that have begun before, or go on after, are shown for what lies between; what is there for no whole
    millisecond is left out.
    """
    start, stop = round(begin * 1000), round(end * 1000)
    return [
        replace(
            cue,
            begin=max(cue.begin, start) - start,
            end=min(cue.end, stop) - start,
            text=_later(cue.text, cue, start, stop),
        )
        for cue in cues
        if min(cue.end, stop) > max(cue.begin, start)
    ]


def transcript(cues: Iterable[Cue]) -> list[Paragraph]:
    """Return what is said, in paragraphs: a new one for each speaker, and after a pause behind a sentence."""
    paragraphs: list[Paragraph] = []
    last_end = 0
    for cue in cues:
        for speaker, text in spoken(cue):
            same = bool(paragraphs) and paragraphs[-1].speaker == speaker
            goes_on = same and not (
                cue.begin - last_end >= PAUSE and _SENTENCE_END.search(paragraphs[-1].text)
            )
            if goes_on:
                paragraphs[-1] = replace(paragraphs[-1], text=f"{paragraphs[-1].text} {text}")
            else:
                paragraphs.append(Paragraph(cue.begin, speaker, text))
        last_end = cue.end
    return paragraphs


def spoken(cue: Cue) -> Iterator[tuple[str, str]]:
    """Yield who speaks and what, of a cue: in the order in which it stands, as plain text in one line."""
    said: list[tuple[str, str]] = []
    speaker, at, skips = "", 0, 0
    for found in [*_TAG.finditer(cue.text), None]:
        words = cue.text[at : found.start() if found else len(cue.text)]
        if not skips:
            said.append((speaker, unescape(words)))
        if found is None:
            break
        at = found.end()
        closing, inside = found.groups()
        name = re.split(r"[.\s]", inside, maxsplit=1)[0]
        if name == "v":
            speaker = "" if closing else unescape(inside.partition(" ")[2]).strip()
        elif name == "rt":
            skips += -1 if closing else 1  # how a word is pronounced is not said
    merged: list[tuple[str, str]] = []
    for who, words in said:
        if merged and merged[-1][0] == who:
            merged[-1] = (who, merged[-1][1] + words)
        else:
            merged.append((who, words))
    for who, words in merged:
        if text := " ".join(words.split()):
            yield who, text


def plain(cue: Cue) -> str:
    """Return the words of a cue in their lines, without markup."""
    return unescape(_TAG.sub("", cue.text))


def escaped(text: str) -> str:
    """Return ``text`` so that it is text in a cue, too."""
    return escape(text, quote=False)


def moment(at: int) -> str:
    """Return ``at`` milliseconds as WebVTT writes them."""
    seconds, thousandths = divmod(at, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{thousandths:03}"


def milliseconds(hours: str | None, minutes: str, seconds: str, thousandths: str) -> int:
    """Return what ``moment`` was made of."""
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(thousandths)


def _later(text: str, cue: Cue, start: int, stop: int) -> str:
    """Return ``text`` with the moments in it, at which a next word appears, counted from ``start``."""

    def moved(found: re.Match[str]) -> str:
        at = milliseconds(*found.groups())
        # Outside of what is left, a moment means nothing: such words are there from the beginning or never new.
        return f"<{moment(at - start)}>" if max(cue.begin, start) < at < min(cue.end, stop) else ""

    return _MOMENT.sub(moved, text)


def overlapping(cues: Sequence[Cue]) -> Iterator[tuple[int, int]]:
    """Yield the places of cues that begin while an earlier one, the second, is still there."""
    latest = -1
    for place, cue in enumerate(cues):
        if latest >= 0 and cue.begin < cues[latest].end:
            yield place, latest
        if latest < 0 or cue.end > cues[latest].end:
            latest = place

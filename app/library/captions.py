"""Captions as they come in: WebVTT or SRT files, read cue by cue, with a list of what is wrong with them.

webvtt-py, whose one user this is, knows what a cue is, but passes in silence over those that it cannot read, and SRT
writers have ideas of their own. So each cue is given to it alone, strictly, and is known by its number in the file
when it has to be put right. Of markup only that of WebVTT is kept (https://www.w3.org/TR/webvtt1/, 3.4), closed and
escaped; style sheets and regions are left out, because captions are shown in pages of ours.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from flask_babel import lazy_gettext as _l

from app.library.cues import Cue, escaped, moment, overlapping
from app.refusals import Refusal

LARGEST = 2 * 1024 * 1024  # bytes
MOST_CUES = 20_000
LONGEST_TEXT = 2000  # characters of one cue
LONGEST = 100 * 3600 * 1000  # milliseconds
TAGS = frozenset({"b", "i", "u", "c", "v", "lang", "ruby", "rt"})

_ARROW = "-->"
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_TOKEN = re.compile(
    r"<(/?[A-Za-z0-9][^<>]*)>|([^<]+|<)"
)  # what else stands between < and > was meant as words
_SRT_TIMES = re.compile(r"(\d{1,2}:\d{1,2}:\d{1,2})[,.](\d{1,3})")
_SRT_PLACE = re.compile(r"\{\\[^{}]*\}")
_MOMENT = re.compile(r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class NotCaptions(Refusal):
    """The file is not one of captions, or too large."""

    field = "file"


@dataclass(frozen=True)
class Flaw:
    """Something that is wrong with cue ``number`` of a file, in words. ``is_lost``: it was left out."""

    number: int
    message: Any
    is_lost: bool = False


@dataclass(frozen=True)
class Read:
    """The cues of a file in the order in which they are shown, and what is wrong with them by their number."""

    cues: list[Cue]
    flaws: list[Flaw]


def parse(data: bytes, *, duration: int | None = None) -> Read:
    """Return the cues of a WebVTT or SRT file; ``duration`` is that of the film, in milliseconds.

    Raises NotCaptions for a file that is neither, has no cue that can be read, or is too large.
    """
    if len(data) > LARGEST:
        raise NotCaptions(_l("This file is too large for captions: 2 MB is the limit."))
    lines = _CONTROL.sub("", _text(data)).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    is_vtt = lines[0].startswith("WEBVTT")
    if not is_vtt and not any(_ARROW in line for line in lines):
        raise NotCaptions(
            _l("This file holds no captions that can be read. Send WebVTT (.vtt) or SubRip (.srt).")
        )
    cues: list[tuple[Cue, int]] = []
    flaws: list[Flaw] = []
    for number, block in enumerate(_blocks(lines), 1):
        if number > MOST_CUES:
            raise NotCaptions(_l("This file has too many captions: %(most)s is the limit.", most=MOST_CUES))
        cue = _cue(number, block, flaws, is_vtt=is_vtt)
        if cue is not None and duration is not None and cue.begin >= duration:
            flaws.append(Flaw(number, _l("It begins after the end of the video."), is_lost=True))
        elif cue is not None:
            if cues and cue.begin < cues[-1][0].begin:
                flaws.append(Flaw(number, _l("It begins before the one above it.")))
            cues.append((cue, number))
    if not cues:
        raise NotCaptions(
            _l("This file holds no captions that can be read. Send WebVTT (.vtt) or SubRip (.srt).")
        )
    cues.sort(key=lambda each: (each[0].begin, each[0].end))
    for later, earlier in overlapping([cue for cue, _ in cues]):
        flaws.append(
            Flaw(cues[later][1], _l("It begins before number %(other)s has ended.", other=cues[earlier][1]))
        )
    return Read([cue for cue, _ in cues], sorted(flaws, key=lambda flaw: flaw.number))


def _text(data: bytes) -> str:
    is_wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        words = _l("The letters of this file cannot be read. Save it as UTF-8, and send it again.")
        raise NotCaptions(words) from None


def _blocks(lines: list[str]) -> Iterator[list[str]]:
    """Yield the lines of each cue: up to an empty line, or to where the next one begins without any."""
    block: list[str] = []
    has_times = False
    for line in [*lines, ""]:
        begins = _ARROW in line
        if has_times and (begins or not line.strip()):
            number = [block.pop()] if begins and block[-1].strip().isdigit() else []
            yield block
            block, has_times = number, False
        if line.strip():
            block.append(line)
            has_times = has_times or begins
        elif not block or not block[-1].strip().isdigit():
            block = []  # a note or a style sheet; a lone number belongs to the cue below


def _cue(number: int, block: list[str], flaws: list[Flaw], *, is_vtt: bool) -> Cue | None:
    """Return the cue that stands in ``block``, noting in ``flaws`` what is wrong with it, or None if it is lost."""

    def lost(message: Any) -> None:
        flaws.append(Flaw(number, message, is_lost=True))

    timing = next(place for place, line in enumerate(block) if _ARROW in line)
    identifier = block[timing - 1].strip() if timing and not block[timing - 1].startswith("WEBVTT") else ""
    times = block[timing].strip()
    if not is_vtt:
        times = _SRT_TIMES.sub(lambda found: f"{found[1]}.{found[2].ljust(3, '0')}", times)
    caption = _captioned(times, block[timing + 1 :])
    if caption is None:
        lost(_l("Its times cannot be read: “%(times)s”.", times=times[:60]))
        return None
    begin, end = caption.start_time.in_milliseconds(), caption.end_time.in_milliseconds()
    if end <= begin or end > LONGEST:
        lost(
            _l("It ends before it begins.")
            if end <= begin
            else _l("Its times cannot be read: “%(times)s”.", times=times[:60])
        )
        return None
    settings = _settings(caption, flaws, number)
    raw = "\n".join(line.strip() for line in caption.lines if line.strip())
    text, is_changed = _marked(raw if is_vtt else _SRT_PLACE.sub("", raw), begin, end)
    if not text.strip():
        lost(_l("It has no words."))
        return None
    if len(text) > LONGEST_TEXT:
        lost(_l("It is longer than %(most)s characters.", most=LONGEST_TEXT))
        return None
    if is_changed:
        flaws.append(Flaw(number, _l("Markup that captions do not have was left out of it.")))
    return Cue(begin, end, text, settings, "" if identifier.isdigit() else identifier[:100])


def _captioned(times: str, lines: list[str]) -> Any:
    """Return what webvtt-py makes of one cue, or None."""
    import webvtt  # at the desk alone
    from webvtt.errors import MalformedCaptionError

    for strict in (True, False):
        try:
            made = webvtt.WebVTT.from_string("\n".join(["WEBVTT", "", times, *lines]), strict=strict)
        except MalformedCaptionError:
            continue
        if len(made) == 1:
            return made[0]
    return None


def _settings(caption: Any, flaws: list[Flaw], number: int) -> str:
    """Return where the cue stands, as far as it is said as WebVTT says it; regions are left out."""
    settings = caption.settings
    kept = {name: getattr(settings, name) for name in ("vertical", "line", "position", "size", "align")}
    told = " ".join(f"{name}:{value}" for name, value in kept.items() if value)
    if len(told.split()) < len(str(settings).split()):
        flaws.append(Flaw(number, _l("Where it stands on the screen could not be read in full.")))
    return told


def _marked(raw: str, begin: int, end: int) -> tuple[str, bool]:
    """Return cue text with markup of WebVTT only, each tag closed, and whether any was left out."""
    written: list[str] = []
    still_open: list[str] = []
    is_changed = False
    for found in _TOKEN.finditer(raw):
        tag, text = found.groups()
        if text is not None:
            written.append(escaped(unescape(text)))
            continue
        opened = _opening(tag, begin, end)
        name = tag[1:].strip() if tag.startswith("/") else ""
        if opened is not None:
            written.append(opened)
            if not _MOMENT.fullmatch(tag):
                still_open.append(re.split(r"[. ]", opened[1:-1], maxsplit=1)[0])
        elif name in still_open:
            while still_open:
                closed = still_open.pop()
                written.append(f"</{closed}>")
                if closed == name:
                    break
        else:
            is_changed = True
    written += [f"</{name}>" for name in reversed(still_open)]
    return "".join(written), is_changed


def _opening(tag: str, begin: int, end: int) -> str | None:
    """Return ``tag`` as WebVTT writes it, if it opens something or is a moment within the cue."""
    if found := _MOMENT.fullmatch(tag):
        hours, minutes, seconds, thousandths = (int(part or 0) for part in found.groups())
        at = ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
        return f"<{moment(at)}>" if begin < at < end else None
    head, _, annotation = tag.partition(" ")
    name, *classes = head.split(".")
    if name not in TAGS or not all(_NAME.fullmatch(each) for each in classes):
        return None
    words = escaped(unescape(" ".join(annotation.split())))
    if (name in ("v", "lang")) != bool(words):
        return None
    return f"<{'.'.join([name, *classes])}{' ' + words if words else ''}>"

"""Where one is in a film: frames, the timecodes that name them, and the passage that somebody chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _l

from app.languages import gettext as _
from app.library import timecode
from app.library.rates import Rate
from app.library.shotlist import Interval
from app.refusals import Refusal

LONGEST = 40  # characters of a time in an address: what is longer is none


@dataclass(frozen=True, slots=True)
class Timeline:
    """How a film is counted: its rate, how many frames it has, and which number of the day its first one bears."""

    rate: Rate
    frames: int
    start: int = 0

    @property
    def seconds(self) -> Fraction:
        """How long it is."""
        return self.rate.seconds(self.frames)

    @property
    def second(self) -> int:
        """How many frames make a second, at least."""
        return self.rate.nominal

    def code(self, frame: int) -> str:
        """Return the timecode of ``frame``; the one after the last has one, too."""
        return self.rate.label(frame, self.start)

    def length(self, frames: int) -> str:
        """Return how long so many frames are, as a timecode that begins at zero."""
        return self.rate.label(frames, 0)

    def clock(self, frame: int) -> str:
        """Return when ``frame`` begins, from the beginning of the film: "1:16", or "1:02:16" after an hour."""
        whole = int(self.rate.seconds(frame))
        hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
        return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

    def read(self, typed: str, *, field: str | None = None) -> int:
        """Return the frame that ``typed`` means. Raises timecode.WrongTime and timecode.BeyondEnd."""
        return timecode.parse(typed, self.rate, start=self.start, length=self.frames, field=field)


def of(technical: Mapping[str, Any]) -> Timeline | None:
    """Return how the film with these technical data (library/studio says their shape) is counted.

    None while nobody has read them, and for a photo.
    """
    rate, frames = technical.get("rate"), technical.get("frames")
    if not rate or not frames:
        return None
    counted = Rate(int(rate[0]), int(rate[1]), bool(technical.get("is_drop")))
    return Timeline(counted, int(frames), int(technical.get("start") or 0))


def lasting(seconds: float) -> str:
    """Return a length in words: "5 min 42 s"."""
    whole = max(1, round(seconds))
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    if hours:
        return _("%(hours)s h %(minutes)s min", hours=hours, minutes=minutes)
    if minutes:
        return _("%(minutes)s min %(seconds)s s", minutes=minutes, seconds=rest)
    return _("%(seconds)s s", seconds=rest)


class OutOfOrder(Refusal):
    """An end before the beginning, or at it."""

    field = "out"
    message = _l("The out point must be after the in point.")


class TooShort(Refusal):
    """Less than a second: nobody can use it, and half of such choices are slips of the hand."""

    field = "out"
    message = _l("Select at least 1 second.")


@dataclass(frozen=True, slots=True)
class Passage:
    """What was chosen of a film, and what is wrong with it.

    ``interval`` is what was understood: the whole film where nothing was asked or something is wrong. ``typed`` is what
    was asked, as it was, ``errors`` says next to which field ("in", "out") what cannot be.
    """

    timeline: Timeline
    interval: Interval
    is_chosen: bool = False
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, Any] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """Return the query that says what is chosen, in timecodes; empty for the whole film."""
        if not self.is_chosen:
            return ""
        begins, ends = (self.timeline.code(frame) for frame in self.interval)
        return "?" + urlencode({"in": begins, "out": ends}, safe=":;")


def passage(asked: Mapping[str, str], timeline: Timeline) -> Passage:
    """Return what ``asked`` (the query of a page: "in" and "out", each may be missing) chooses of a film.

    Anything can stand in an address: what cannot be understood is told, never raised.
    """
    typed = {name: asked[name].strip()[:LONGEST] for name in ("in", "out") if asked.get(name, "").strip()}
    whole = Interval(0, timeline.frames)
    if not typed:
        return Passage(timeline, whole)
    found, errors = {"in": 0, "out": timeline.frames}, {}
    for name, words in typed.items():
        try:
            found[name] = timeline.read(words, field=name)
        except Refusal as refusal:
            errors[name] = refusal.message
    chosen = Interval(found["in"], found["out"])
    if not errors:
        try:
            check(chosen, timeline)
        except Refusal as refusal:
            errors[refusal.field or "out"] = refusal.message
    return Passage(timeline, whole if errors else chosen, not errors, typed, errors)


def check(chosen: Interval, timeline: Timeline) -> None:
    """Raise OutOfOrder or TooShort, or timecode.BeyondEnd, for frames that cannot be had of a film."""
    if chosen.begins < 0 or chosen.ends > timeline.frames:
        end = timeline.code(timeline.frames)
        raise timecode.BeyondEnd(_l("This video ends at %(end)s.", end=end), field="out")
    if chosen.ends <= chosen.begins:
        raise OutOfOrder
    if chosen.frames < min(timeline.second, timeline.frames):
        raise TooShort

"""What is known of a master, what will be done, and what was done: values that go to and from JSON.

Every number of a frame counts from 0 in the order in which frames are shown; an out frame is the one after the last.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from fractions import Fraction
from typing import Any, TypeVar

from app.library.rates import Rate

VERSION = 1
EXACT, FAST = "exact", "fast"
MODES = (EXACT, FAST)
MASTER, HD, SD = "master", "1080p", "720p"
FORMATS = (MASTER, HD, SD)
HEIGHTS = {HD: 1080, SD: 720}  # lines of picture, at most: nothing is enlarged
COPY, EDGES, WHOLE = "copy", "edges", "whole"
MP4, MOV, MXF = "mp4", "mov", "mxf"
MIMETYPES = {MP4: "video/mp4", MOV: "video/quicktime", MXF: "application/mxf"}

T = TypeVar("T")


@dataclass(frozen=True)
class Track:
    """A track of sound. ``language`` is the file's own code of three letters, "" where it has none."""

    codec: str
    sample_rate: int
    channels: int
    language: str = ""
    title: str = ""

    @property
    def is_pcm(self) -> bool:
        """Whether its samples stand alone, so that it can be cut anywhere."""
        return self.codec.startswith("pcm_")


@dataclass(frozen=True)
class Index:
    """What a master is, as far as cutting it goes.

    ``container`` is mp4, mov or mxf. ``key_frames`` are those at which decoding can begin with nothing before them.
    ``leading`` has those of them that do not begin a sequence of their own (open groups of pictures), with how many
    frames are shown before them and coded after them: those cannot be had without the group before. ``is_intra``:
    every frame stands alone, and none is listed. ``can_join``: frames that we encode can stand beside the master's
    own. ``start_pts`` is when frame 0 is shown, in units of ``time_base`` (num, den); ``delay`` how many frames are
    coded ahead of it at most. ``start`` is its timecode as a number of frames, None without one.
    ``notes`` are codes of what is not as it should be: "variable_rate", "truncated", "no_key_frames", "open_groups".
    """

    container: str
    codec: str
    profile: str
    width: int
    height: int
    pixel_format: str
    is_interlaced: bool
    rate: Rate
    frames: int
    start_pts: int
    time_base: tuple[int, int]
    delay: int
    is_intra: bool
    can_join: bool
    key_frames: tuple[int, ...]
    leading: Mapping[int, int]
    start: int | None
    tracks: tuple[Track, ...]
    size_bytes: int
    notes: tuple[str, ...] = ()

    @property
    def is_constant(self) -> bool:
        """Whether every frame is shown for the same time."""
        return "variable_rate" not in self.notes

    @property
    def duration(self) -> Fraction:
        """Seconds."""
        return self.rate.seconds(self.frames)

    def timecode(self, frame: int) -> str:
        """Return the timecode of ``frame``, counted from zero where the master has none."""
        return self.rate.label(frame, self.start or 0)

    def key_before(self, frame: int) -> int | None:
        """Return the last key frame up to ``frame``, or None."""
        if self.is_intra:
            return frame
        place = bisect_right(self.key_frames, frame)
        return self.key_frames[place - 1] if place else None

    def key_after(self, frame: int) -> int | None:
        """Return the first key frame from ``frame`` on, or None."""
        if self.is_intra:
            return frame
        place = bisect_left(self.key_frames, frame)
        return self.key_frames[place] if place < len(self.key_frames) else None

    def closed(self, frame: int) -> bool:
        """Whether a sequence of its own begins at the key frame ``frame``."""
        return frame not in self.leading

    def ends(self, frame: int) -> bool:
        """Whether packets can simply stop before ``frame``: it is the end, or a key frame that leads none."""
        is_key = self.key_before(frame) == frame
        return self.is_intra or frame == self.frames or (is_key and not self.leading.get(frame))

    def to_json(self) -> dict[str, Any]:
        """Return it as values for JSON, key frames as runs of equal distances."""
        return _plain(self) | {
            "version": VERSION,
            "rate": [self.rate.num, self.rate.den, self.rate.is_drop],
            "time_base": list(self.time_base),
            "key_frames": _runs(self.key_frames),
            "leading": _runs(sorted(self.leading)),
            "led": _runs([self.leading[key] for key in sorted(self.leading)]),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Index:
        """Return what ``to_json`` gave. Raises ValueError for that of another version."""
        if kept.get("version") != VERSION:
            raise ValueError("an index of another version")
        leading = zip(_unrolled(kept["leading"]), _unrolled(kept["led"]), strict=True)
        return _made(
            cls,
            {
                **kept,
                "rate": Rate(*kept["rate"]),
                "time_base": tuple(kept["time_base"]),
                "key_frames": tuple(_unrolled(kept["key_frames"])),
                "leading": dict(leading),
                "tracks": tuple(_made(Track, each) for each in kept["tracks"]),
                "notes": tuple(kept["notes"]),
            },
        )


@dataclass(frozen=True)
class Plan:
    """What will be done for a part.

    ``in_frame`` and ``out_frame`` are what was asked; ``real_in`` and ``real_out`` what it will be. ``method`` is
    copy, edges or whole, ``reason`` the code of why a mode could not be had ("" when it can, see planning.REASONS).
    ``container`` is that of the part; ``size_bytes`` an estimate. ``encoded_frames`` is how many frames have to be
    encoded at most: what the work costs beyond copying.
    """

    mode: str
    format: str
    method: str
    container: str
    in_frame: int
    out_frame: int
    real_in: int
    real_out: int
    size_bytes: int
    encoded_frames: int
    reason: str = ""

    @property
    def frames(self) -> int:
        """How many frames the part will have."""
        return self.real_out - self.real_in

    @property
    def mimetype(self) -> str:
        """The media type of the part."""
        return MIMETYPES[self.container]

    def to_json(self) -> dict[str, Any]:
        """Return it as values for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Plan:
        """Return what ``to_json`` gave."""
        return _made(cls, kept)


@dataclass(frozen=True)
class Captions:
    """Captions to be put into a part as a track: WebVTT text whose times are already the part's own."""

    language: str  # fr, en, uk
    text: str


@dataclass(frozen=True)
class Words:
    """What a part says of itself, for programs that show it, and what is to be put in."""

    title: str = ""
    description: str = ""
    credit: str = ""
    copyright: str = ""
    restrictions: str = ""
    source: str = ""
    reference: str = ""
    captions: tuple[Captions, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """Return it as values for JSON."""
        return asdict(self) | {"captions": [asdict(each) for each in self.captions]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Words:
        """Return what ``to_json`` gave."""
        captions = tuple(_made(Captions, each) for each in kept.get("captions", ()))
        return _made(cls, {**kept, "captions": captions})


@dataclass(frozen=True)
class Cut:
    """A part that was made: counted, not believed. ``method`` and ``reason`` may differ from the plan's."""

    real_in: int
    real_out: int
    frames: int
    method: str
    reason: str
    container: str
    size_bytes: int

    def to_json(self) -> dict[str, Any]:
        """Return it as values for JSON."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Cut:
        """Return what ``to_json`` gave."""
        return _made(cls, kept)


def _plain(value: Index) -> dict[str, Any]:
    kept = {each.name: getattr(value, each.name) for each in fields(value)}
    return kept | {"tracks": [asdict(track) for track in value.tracks], "notes": list(value.notes)}


def _made(kind: type[T], kept: Mapping[str, Any]) -> T:
    """Return a ``kind`` of those values of ``kept`` that it knows."""
    return kind(**{each.name: kept[each.name] for each in fields(kind) if each.name in kept})  # type: ignore[arg-type]


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Return ascending or other ``numbers`` as [step, times] from 0 on: an hour of key frames in a line."""
    runs: list[list[int]] = []
    last = 0
    for number in numbers:
        step, last = number - last, number
        if runs and runs[-1][0] == step:
            runs[-1][1] += 1
        else:
            runs.append([step, 1])
    return runs


def _unrolled(runs: Iterable[Iterable[int]]) -> list[int]:
    numbers: list[int] = []
    last = 0
    for step, times in runs:
        for _ in range(times):
            last += step
            numbers.append(last)
    return numbers

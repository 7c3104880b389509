"""The boxes of an MP4 or MOV file (ISO/IEC 14496-12): what it refers to, and whether all of it is there.

FFmpeg does not follow references to other files unless it is told to; a file that has one is turned away all the
same, because half of it is elsewhere.
"""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.library.problems import Problem

MOST_BOXES = 100_000
LARGEST_INDEX = 512 * 1024 * 1024  # bytes of "moov": hours of film need some tens of MB
MOST_TRACKS = 64
_NESTED = {b"moov", b"trak", b"mdia", b"minf", b"dinf", b"stbl"}


@dataclass(frozen=True)
class Track:
    """What a track's boxes say: its kind ("vide", "soun", "tmcd"), samples, and how long they last, in ticks.

    ``durations`` are pairs of (how many samples, ticks of each); ``rotation`` degrees clockwise.
    """

    handler: str
    samples: int
    durations: tuple[tuple[int, int], ...]
    timescale: int
    rotation: int


def read(path: Path) -> list[Track]:
    """Return the tracks of the file at ``path``.

    Raises Problem: "truncated" when it ends before it should, "external_reference" when part of it is in
    another file, "too_many_tracks", "unreadable" when it makes no sense.
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        index: tuple[int, int] | None = None
        names = []
        for name, start, end in _boxes(data, 0, len(data)):
            names.append(name)
            if name == b"moov":
                index = index or (start, end)
        if index is None:
            raise Problem("truncated" if b"mdat" in names or b"ftyp" in names else "unreadable")
        if index[1] - index[0] > LARGEST_INDEX:
            raise Problem("unreadable")
        tracks = []
        for name, start, end in _boxes(data, *index):
            if name in (b"rmra", b"mref"):
                raise Problem("external_reference")
            if name == b"trak":
                tracks.append(_track(data, start, end))
                if len(tracks) > MOST_TRACKS:
                    raise Problem("too_many_tracks", limit=MOST_TRACKS)
        return tracks


def _boxes(data: mmap.mmap, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield name, first and last byte of what is in each box between ``start`` and ``end``."""
    for _ in range(MOST_BOXES):
        if end - start < 8:
            return
        size, name, head = int.from_bytes(data[start : start + 4], "big"), data[start + 4 : start + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[start + 8 : start + 16], "big"), 16
        elif size == 0:
            size = end - start
        if size < head:
            if start and name == b"\0\0\0\0":  # QuickTime ends a list with a zero
                return
            raise Problem("unreadable")
        if start + size > end:
            raise Problem("truncated")
        yield name, start + head, start + size
        start += size
    raise Problem("unreadable")


def _track(data: mmap.mmap, start: int, end: int) -> Track:
    handler, samples, durations, timescale, rotation = "", 0, [], 0, 0
    waiting = [(start, end)]
    seen = 0
    while waiting:
        for name, first, last in _boxes(data, *waiting.pop()):
            seen += 1
            if seen > 1000:
                raise Problem("unreadable")
            if name in _NESTED:
                waiting.append((first, last))
            elif name == b"hdlr" and not handler:
                handler = data[first + 8 : first + 12].decode("latin-1")
            elif name == b"dref":
                _no_references(data, first, last)
            elif name == b"mdhd":
                at = first + (20 if data[first] == 1 else 12)
                timescale = int.from_bytes(data[at : at + 4], "big")
            elif name == b"tkhd":
                rotation = _rotation(data, first)
            elif name == b"stts":
                durations = _durations(data, first, last)
                samples = sum(count for count, _ in durations)
    return Track(handler, samples, tuple(durations), timescale, rotation)


def _no_references(data: mmap.mmap, first: int, last: int) -> None:
    """Raise unless all of a track's data is in the file itself: bit 0 of an entry's flags says so."""
    for name, start, _ in _boxes(data, first + 8, last):
        if not data[start + 3] & 1 or name not in (b"url ", b"alis", b"urn ", b"rsrc"):
            raise Problem("external_reference")


def _durations(data: mmap.mmap, first: int, last: int) -> list[tuple[int, int]]:
    count = int.from_bytes(data[first + 4 : first + 8], "big")
    if count * 8 > last - first - 8:
        raise Problem("unreadable")
    table = data[first + 8 : first + 8 + count * 8]
    return [
        (int.from_bytes(table[at : at + 4], "big"), int.from_bytes(table[at + 4 : at + 8], "big"))
        for at in range(0, len(table), 8)
    ]


def _rotation(data: mmap.mmap, first: int) -> int:
    at = first + (52 if data[first] == 1 else 40)
    a, b = (int.from_bytes(data[at + 4 * place : at + 4 * place + 4], "big", signed=True) for place in (0, 1))
    return {(True, 0): 0, (False, 1): 90, (False, -1): 270}.get(
        (a > 0, (b > 0) - (b < 0)), 180 if a < 0 else 0
    )

"""Finding out how masters can be cut, without decoding them.

QuickTime and MP4 have tables of all frames at hand, so an hour is read in a fraction of a second; MXF, and films in
fragments, are read through once. What the tables say is not believed where it matters: that decoding can begin at
a key frame is looked up in the frame itself, that they lie within the file is counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import cast

import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.stream import VideoStream

from app.library.cutting import h264
from app.library.cutting.opening import alone, opened, pictures_of
from app.library.cutting.values import Index, Track
from app.library.problems import Problem
from app.library.rates import Rate, nearest

# Formats in which every frame stands alone, whatever they say of key frames.
INTRA = frozenset(
    {"prores", "dnxhd", "dvvideo", "mjpeg", "jpeg2000", "rawvideo", "v210", "ffv1", "cfhd", "qtrle"}
)
FIRST = 48  # packets: more than any encoder holds back before it shows the first
SAMPLES = 200  # frames that are looked at where each is called a key frame
MOST_SOUGHT = 20_000  # key frames: beyond that reading everything is quicker
MOST_FRAMES = 24 * 3600 * 120
LONGEST_SIDE = 16384  # pixels
CONSTANT = Fraction(1, 4)  # of a frame: by how much times may be off in coarse units

_TIMECODE = re.compile(r"(\d{2}):(\d{2}):(\d{2})([:;.])(\d{2,3})")


def read(path: Path) -> Index:
    """Return what the master at ``path`` is.

    Raises Problem: "unreadable", "no_video", "empty" (no frame in it), "too_large" (sides), "too_long".
    """
    with opened(path) as container:
        stream = pictures_of(container)
        if max(stream.codec_context.width, stream.codec_context.height) > LONGEST_SIDE:
            raise Problem("too_large")
        try:
            seen = _tables(container, stream, path.stat().st_size) or _packets(container, stream)
        except (av.error.FFmpegError, OverflowError) as error:
            raise Problem("unreadable") from error
        return _index(path, container, stream, seen)


@dataclass
class _Seen:
    """Packets of the pictures in the order in which they are coded: when each is decoded, and which begin something.

    ``keys``: place, when it is shown, and how decoding can begin there. ``first``: when the first frame is shown.
    ``hidden``: how many are there only to be decoded.
    """

    times: list[int] = field(default_factory=list)
    keys: list[tuple[int, int, str]] = field(default_factory=list)
    first: int = 0
    delay: int = 0
    hidden: int = 0
    is_short: bool = False
    is_intra: bool = False


def _index(path: Path, container: InputContainer, stream: VideoStream, seen: _Seen) -> Index:
    context, base = stream.codec_context, cast(Fraction, stream.time_base)
    if not seen.times or len(seen.times) <= seen.hidden:
        raise Problem("empty")
    if len(seen.times) > MOST_FRAMES:
        raise Problem("too_long")
    rate, is_constant = _rate(seen.times, base, stream)
    frames = len(seen.times) - seen.hidden
    keys: set[int] = set()
    leading: dict[int, int] = {}
    for place, shown, how in seen.keys:
        frame = round((shown - seen.first) * base * rate)
        if frame < frames:
            keys.add(frame)
            led = max(0, frame + seen.hidden - place)
            if led or how == "recovery":
                leading[frame] = led
    notes = ["truncated"] if seen.is_short else []
    if not is_constant:
        notes.append("variable_rate")
        frames, keys = round((seen.times[-1] - seen.times[0]) * base * rate) + 1, set()
    if seen.is_short:
        frames -= seen.delay  # the last ones are shown after others that are lost
    if frames <= 0:
        raise Problem("empty")
    is_intra = seen.is_intra and is_constant
    if is_constant and not is_intra:
        if not keys:
            notes.append("no_key_frames")
        elif keys <= leading.keys():
            notes.append("open_groups")
    is_drop, start = _timecode(container, stream)
    rated = Rate.of(rate, is_drop=is_drop)
    return Index(
        container=_container(container),
        codec=context.name,
        profile=context.profile or "",
        width=context.width,
        height=context.height,
        pixel_format=context.pix_fmt or "",
        is_interlaced=int(context.field_order) > 1,
        rate=rated,
        frames=frames,
        start_pts=seen.first,
        time_base=(base.numerator, base.denominator),
        delay=seen.delay,
        is_intra=is_intra,
        can_join=_joins(context),
        key_frames=() if is_intra else tuple(sorted(keys)),
        leading={} if is_intra else leading,
        start=_number(rated, start),
        tracks=tuple(_track(each) for each in container.streams.audio),
        size_bytes=path.stat().st_size,
        notes=tuple(notes),
    )


def _container(container: InputContainer) -> str:
    if container.format.name == "mxf":
        return "mxf"
    return "mov" if container.metadata.get("major_brand", "qt").strip() == "qt" else "mp4"


def _tables(container: InputContainer, stream: VideoStream, size: int) -> _Seen | None:
    """Return what the container's tables say, or None if it has none, or they are not of the whole film."""
    entries = [entry for entry in stream.index_entries if entry.size > 0]
    if len(entries) < 2 or container.format.name == "mxf":
        return None
    base = cast(Fraction, stream.time_base)
    span = (entries[-1].timestamp - entries[0].timestamp) * base
    if span < (stream.duration or 0) * base * Fraction(9, 10) - 1:
        return None
    there = [entry for entry in entries if entry.pos + entry.size <= size]
    keys = [place for place, entry in enumerate(there) if entry.is_keyframe]
    seen = _Seen(
        times=[entry.timestamp for entry in there],
        hidden=sum(entry.is_discard for entry in there),
        is_short=len(there) < len(entries),
    )
    if not there:
        return seen
    alone(container, stream)
    _beginning(seen, islice(_real(container, stream), FIRST), stream.codec_context)
    all_keys = len(keys) == len(there)
    seen.is_intra = _stands_alone(stream.codec_context) or (all_keys and stream.codec_context.name != "h264")
    if seen.is_intra:
        return seen
    if len(keys) > MOST_SOUGHT and not all_keys:
        return None
    sought = keys[:: max(1, len(keys) // SAMPLES)] if all_keys else keys
    ahead = seen.first - there[0].timestamp
    for place in sought:
        packet = _at(container, stream, there[place].timestamp, ahead)
        if packet is None:
            return None
        if how := _begins(packet, stream.codec_context):
            seen.keys.append((place, cast(int, packet.pts), how))
    if all_keys:
        if len(seen.keys) < len(sought):
            return None  # every frame is called a key frame, and is none
        seen.is_intra, seen.keys = True, []
    return seen


def _packets(container: InputContainer, stream: VideoStream) -> _Seen:
    """Return what is seen by reading everything."""
    seen = _Seen()
    context = stream.codec_context
    alone(container, stream)
    container.seek(min(0, stream.start_time or 0), stream=stream)
    first: list[Packet[VideoStream]] = []
    stands_alone = _stands_alone(context)
    try:
        for packet in _real(container, stream):
            if len(first) < FIRST:
                first.append(packet)
            place = len(seen.times)
            seen.times.append(cast(int, packet.dts))
            seen.hidden += packet.is_discard
            if packet.is_keyframe and not stands_alone and (how := _begins(packet, context)):
                seen.keys.append((place, cast(int, packet.pts), how))
            if place > MOST_FRAMES:
                break
    except av.error.FFmpegError:
        seen.is_short = True
    _beginning(seen, iter(first), context)
    seen.is_intra = stands_alone or (
        len(seen.keys) == len(seen.times) and all(k[2] == "idr" for k in seen.keys)
    )
    promised = (stream.duration or 0) * cast(Fraction, stream.time_base)
    if seen.times:
        span = (seen.times[-1] - seen.times[0]) * cast(Fraction, stream.time_base)
        seen.is_short = seen.is_short or span < promised - 1 - promised / 100
    return seen


def _real(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    """Yield packets that have times and something in them."""
    for packet in container.demux(stream):
        if packet.dts is not None and packet.pts is not None and packet.size:
            yield packet


def _at(container: InputContainer, stream: VideoStream, time: int, ahead: int) -> Packet[VideoStream] | None:
    """Return the packet that is decoded at ``time`` and shown ``ahead`` of that or later, if seeking finds it."""
    for target in (time + ahead, time):
        container.seek(target, stream=stream)
        for packet in _real(container, stream):
            if packet.dts == time:
                return packet
            if cast(int, packet.dts) > time:
                break
    return None


def _beginning(seen: _Seen, packets: Iterator[Packet[VideoStream]], context: VideoCodecContext) -> None:
    """Note when the first frame is shown, and how many frames are coded before they can be."""
    shown = [(cast(int, packet.pts), packet.is_discard) for packet in packets]
    if not shown:
        return
    seen.first = min([pts for pts, hidden in shown if not hidden] or [pts for pts, _ in shown])
    order = sorted(pts for pts, _ in shown)
    ahead = max(place - order.index(pts) for place, (pts, _) in enumerate(shown))
    seen.delay = max(ahead, context.reorder_depth)


def _stands_alone(context: VideoCodecContext) -> bool:
    return context.name in INTRA or "Intra" in (context.profile or "")


def _begins(packet: Packet[VideoStream], context: VideoCodecContext) -> str:
    """Return how decoding can begin at a packet that is called a key frame; "" when it cannot."""
    if context.name != "h264" or not context.extradata or context.extradata[0] != 1:
        return "idr"
    return h264.begins(bytes(packet), (context.extradata[4] & 3) + 1)


def _rate(times: list[int], base: Fraction, stream: VideoStream) -> tuple[Fraction, bool]:
    """Return frames in a second, and whether every one of them lasts as long."""
    if len(times) < 2 or times[-1] <= times[0]:
        told = stream.average_rate or stream.base_rate or Fraction(25)
        return nearest(told), len(times) == 1
    measured = Fraction(len(times) - 1) / ((times[-1] - times[0]) * base)
    rate = nearest(measured)
    slack = max(base, CONSTANT / rate)
    is_constant = all(
        abs((time - times[0]) * base - place / rate) <= slack for place, time in enumerate(times)
    )
    if not is_constant:
        # The grid on which frames are shown anew: what most of them were meant for.
        told = Fraction(stream.base_rate or measured)
        fits = measured <= told <= 2 * measured
        rate = nearest(told) if fits else nearest(measured, Fraction(1, 50))
    return rate, is_constant


def _timecode(
    container: InputContainer, stream: VideoStream
) -> tuple[bool, tuple[int, int, int, int] | None]:
    """Return whether the film's timecode drops numbers, and what its first frame is called."""
    told = [
        stream.metadata,
        *(each.metadata for each in container.streams if each is not stream),
        container.metadata,
    ]
    for metadata in told:
        if found := _TIMECODE.fullmatch(metadata.get("timecode", "").strip()):
            hours, minutes, seconds, mark, frames = found.groups()
            return mark != ":", (int(hours), int(minutes), int(seconds), int(frames))
    return False, None


def _number(rate: Rate, start: tuple[int, int, int, int] | None) -> int | None:
    try:
        return rate.number(*start) % rate.frames_in_a_day if start else None
    except ValueError:
        return None  # of another rate


def _joins(context: VideoCodecContext) -> bool:
    """Return whether frames that we encode can stand beside the stream's own."""
    if context.name != "h264" or context.profile not in h264.PROFILES or context.pix_fmt not in h264.PIXELS:
        return False
    try:
        h264.ParameterSets.parse(context.extradata).free()
    except h264.Unjoinable:
        return False
    return True


def _track(stream: AudioStream) -> Track:
    context = stream.codec_context
    language = stream.metadata.get("language", "")
    return Track(
        codec=context.name.removesuffix("float") if context else "",
        sample_rate=stream.rate or 0,
        channels=context.channels if context else 0,
        language="" if language == "und" else language[:3],
        title=stream.metadata.get("title", "")[:200],
    )

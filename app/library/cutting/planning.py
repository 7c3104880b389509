"""What will be done for a part, said before anybody presses a button."""

from __future__ import annotations

from fractions import Fraction

from flask_babel import lazy_gettext as _l

from app.library.cutting.values import (
    COPY,
    EDGES,
    FAST,
    FORMATS,
    HD,
    HEIGHTS,
    MASTER,
    MODES,
    SD,
    WHOLE,
    Index,
    Plan,
)  # fmt: skip
from app.refusals import Refusal

# Why a part is encoded anew from end to end, though its format is the master's.
REASONS = {
    "codec": _l("This format cannot be cut between key frames, so the part is encoded anew from end to end."),
    "variable_rate": _l(
        "This video has no constant frame rate, so the part is encoded anew at a constant one from end to end."
    ),
    "open_groups": _l(
        "The key frames of this video depend on frames before them, so the part is encoded anew from end to end."
    ),
    "no_key_frames": _l(
        "This video has no index of key frames, so the part is encoded anew from end to end."
    ),
    "irregular": _l(
        "This video could not be cut without loss, so the part was encoded anew from end to end."
    ),
}
MXF_CODECS = frozenset({"mpeg2video", "dnxhd", "prores", "dvvideo", "jpeg2000", "ffv1", "h264"})
MP4_CODECS = frozenset({"h264", "hevc", "av1", "vp9", "mpeg2video", "mpeg4", "mjpeg", "jpeg2000"})
MP4_SOUND = frozenset({"aac", "ac3", "eac3", "mp3", "mp2", "opus", "alac", "flac"})
MXF_RATES = frozenset(
    Fraction(*each)
    for each in ((24000, 1001), (24, 1), (25, 1), (30000, 1001), (30, 1), (50, 1), (60000, 1001), (60, 1))
)  # fmt: skip
# What an encoder of constant quality was seen to need at most, in bits for each pixel; small ones are held to it.
BITS = {MASTER: Fraction(6, 10), HD: Fraction(2, 10), SD: Fraction(2, 10)}
SOUND_BITS = 192_000  # in a second, of a track that we encode


class WrongPart(Refusal):
    """The in and out points make no part of the video."""


def plan(index: Index, in_frame: int, out_frame: int, mode: str = "exact", format: str = MASTER) -> Plan:
    """Return what will be done to cut ``in_frame`` up to, and without, ``out_frame``.

    Raises WrongPart when there is no such part: points in the wrong order or at the same frame, or outside the video.
    """
    if mode not in MODES or format not in FORMATS:
        raise ValueError(f"no such part: {mode} {format}")
    _check(index, in_frame, out_frame)
    asked = (in_frame, out_frame)
    if format != MASTER:
        return _whole(index, asked, mode, format, "")
    if not index.is_constant:
        return _whole(index, asked, mode, format, "variable_rate")
    if index.is_intra:
        return _copy(index, asked, asked, mode)
    if mode == FAST:
        real = _snapped(index, in_frame, out_frame)
        return (
            _copy(index, asked, real, mode) if real else _whole(index, asked, mode, format, "no_key_frames")
        )
    if index.key_before(in_frame) == in_frame and index.ends(out_frame):
        return _copy(index, asked, asked, mode)
    if not index.can_join:
        return _whole(index, asked, mode, format, "codec")
    if not any(index.closed(key) for key in index.key_frames):
        return _whole(index, asked, mode, format, "open_groups" if index.key_frames else "no_key_frames")
    return Plan(
        mode=mode,
        format=format,
        method=EDGES,
        container=_container(index, in_frame),
        in_frame=in_frame,
        out_frame=out_frame,
        real_in=in_frame,
        real_out=out_frame,
        size_bytes=_copied(index, out_frame - in_frame),
        encoded_frames=_edges(index, in_frame, out_frame),
    )


def _check(index: Index, in_frame: int, out_frame: int) -> None:
    if in_frame < 0:
        raise WrongPart(_l("This video begins at %(start)s.", start=index.timecode(0)), field="in")
    if in_frame >= index.frames:
        raise WrongPart(_l("This video ends at %(end)s.", end=index.timecode(index.frames)), field="in")
    if out_frame > index.frames:
        raise WrongPart(_l("This video ends at %(end)s.", end=index.timecode(index.frames)), field="out")
    if out_frame < in_frame:
        raise WrongPart(
            _l("The out point %(out)s comes before the in point %(in)s.",
               **{"in": index.timecode(in_frame), "out": index.timecode(out_frame)}), field="out",
        )  # fmt: skip
    if out_frame == in_frame:
        raise WrongPart(
            _l("The in and out points are the same: there is no frame between them."), field="out"
        )


def _snapped(index: Index, in_frame: int, out_frame: int) -> tuple[int, int] | None:
    """Return the points moved outwards to where packets can begin and stop, or None if they can begin nowhere."""
    start = index.key_before(in_frame)
    if start is None:
        return None
    end = index.key_after(out_frame)
    while end is not None and end - index.leading.get(end, 0) < out_frame:
        end = index.key_after(end + 1)
    # What is shown before an open group's key frame and coded after it stays out, and the part ends that much sooner.
    return start, index.frames if end is None else end - index.leading.get(end, 0)


def _edges(index: Index, in_frame: int, out_frame: int) -> int:
    """Return how many frames are encoded at most where only the edges are."""
    keys = [key for key in index.key_frames if in_frame <= key < out_frame and index.closed(key)]
    if not keys:
        return out_frame - in_frame
    return keys[0] - in_frame + (0 if index.ends(out_frame) else out_frame - keys[-1] - 1)


def _container(index: Index, start: int) -> str:
    """Return the container in which the master's own packets from ``start`` on can stand: its own, or QuickTime."""
    if index.leading.get(start) and index.container == "mxf":
        return "mov"  # MXF counts frames within each group, and some of the first are left out
    if index.container == "mxf":
        sound = all(track.is_pcm and track.sample_rate == 48_000 for track in index.tracks)
        can = index.codec in MXF_CODECS and sound and index.rate.fraction in MXF_RATES
        return "mxf" if can and (index.codec != "h264" or index.is_intra) else "mov"
    if index.container == "mp4":
        fits = index.codec in MP4_CODECS and all(track.codec in MP4_SOUND for track in index.tracks)
        return "mp4" if fits else "mov"
    return index.container


def _copy(index: Index, asked: tuple[int, int], real: tuple[int, int], mode: str) -> Plan:
    return Plan(
        mode=mode,
        format=MASTER,
        method=COPY,
        container=_container(index, real[0]),
        in_frame=asked[0],
        out_frame=asked[1],
        real_in=real[0],
        real_out=real[1],
        size_bytes=_copied(index, real[1] - real[0]),
        encoded_frames=0,
    )


def _whole(index: Index, asked: tuple[int, int], mode: str, format: str, reason: str) -> Plan:
    frames = asked[1] - asked[0]
    keeps_sound = format == MASTER and any(track.codec not in MP4_SOUND for track in index.tracks)
    return Plan(
        mode=mode,
        format=format,
        method=WHOLE,
        container="mov" if keeps_sound else "mp4",
        in_frame=asked[0],
        out_frame=asked[1],
        real_in=asked[0],
        real_out=asked[1],
        size_bytes=_encoded(index, frames, format),
        encoded_frames=frames,
        reason=reason,
    )


def _copied(index: Index, frames: int) -> int:
    return max(1, index.size_bytes * frames // index.frames)


def _encoded(index: Index, frames: int, format: str) -> int:
    height = min(index.height, HEIGHTS.get(format, index.height))
    pixels = index.width * index.height * height * height // (index.height * index.height)
    seconds = index.rate.seconds(frames)
    picture = pixels * BITS[format] * frames
    sound = sum(
        track.sample_rate * track.channels * 24 if track.is_pcm and format == MASTER else SOUND_BITS
        for track in index.tracks
    )
    largest = int((picture + sound * seconds) / 8)
    # What is small to begin with does not grow by being encoded with the same or fewer pixels.
    return max(1, largest if format == MASTER else min(largest, _copied(index, frames) * 5 // 4))

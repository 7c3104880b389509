"""Looks at a file that came in: what it is, its technical data, and what an officer should know of it.

What we do not take is a Problem, decided by signature and header before anything is decoded; then one frame, or the
whole photo in small, is decoded to see that it can be. Numbers that a file declares are not believed where they can
be counted.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.library import ffmpeg
from app.library.problems import Problem
from app.library.rates import Rate, nearest
from app.library.studio import boxes, kinds

LONGEST_SIDE = 8192  # pixels
LARGEST_AREA = 8192 * 4320
SMALLEST_SIDE = 16
LONGEST_HOURS = 12
FASTEST = 120  # frames a second
MOST_STREAMS = 64
MOST_CHANNELS = 64
SMALL = 1280  # pixels: a video narrower than that, or a photo, is worth a question
SMALLEST_PHOTO = 320
DECODED_SIDE = 640  # pixels to which a photo is decoded to see that it can be
LARGEST_METADATA = 200  # characters of a text that a file says of itself

_PRIMARIES = {1: "bt709", 5: "bt470bg", 6: "smpte170m", 9: "bt2020", 12: "display-p3"}
_TRANSFERS = {1: "bt709", 6: "smpte170m", 14: "bt2020-10", 16: "pq", 18: "hlg", 13: "srgb"}


def look(
    folder: Path, reads: dict[str, Path], told: dict[str, Any], progress: Callable[[float], None]
) -> dict[str, Any]:
    """Return what the file ``reads["source"]`` is: kind, mimetype, extension, technical, iptc, warnings.

    Raises Problem: "empty", "wrong_type" for what we do not take, "wrong_kind" if ``told["kind"]`` is another one,
    and more for what is wrong with it.
    """
    source = reads["source"]
    size = source.stat().st_size
    if size == 0:
        raise Problem("empty")
    with source.open("rb") as file:
        kind = kinds.of(file.read(kinds.HEAD))
    if kind is None:
        raise Problem("wrong_type")
    if told.get("kind") and kind.what != told["kind"]:
        raise Problem("wrong_kind", kind=kind.what)
    if kind.what == "photo":
        technical, iptc, warnings = _photo(source, kind)
    else:
        technical, warnings = _video(source, kind, size, progress)
        iptc = {}
    return {
        "kind": kind.what,
        "mimetype": kind.mimetype,
        "extension": kind.extension,
        "technical": {"format": kind.name} | technical,
        "iptc": iptc,
        "warnings": warnings,
    }


def _photo(source: Path, kind: kinds.Kind) -> tuple[dict[str, Any], dict[str, Any], list[str]]:
    from app.library.studio import labels, pixels  # Pillow, which a video does without

    warnings = []
    with pixels.opened(source, kind.opens) as image:
        if min(image.size) < SMALLEST_PHOTO:
            raise Problem("too_small", limit=SMALLEST_PHOTO)
        iptc = labels.read(image)
        has_place = labels.has_place(image)
        mode = image.mode
        width, height = pixels.upright_size(image)
        small = pixels.decoded(image, at_most=DECODED_SIDE)  # all of it is read, so a damaged end is seen
        profile = pixels.profile_of(small)
    if has_place:
        warnings.append("has_place")
    if width < SMALL and height < SMALL:
        warnings.append("small")
    if not iptc.get("caption"):
        warnings.append("no_caption")
    if not (iptc.get("credit") or iptc.get("creator")):
        warnings.append("no_credit")
    technical = {"width": width, "height": height, "mode": mode, "profile": profile[0] if profile else ""}
    return technical, iptc, warnings


def _video(
    source: Path, kind: kinds.Kind, size: int, progress: Callable[[float], None]
) -> tuple[dict[str, Any], list[str]]:
    import av

    tracks = boxes.read(source) if kind.opens == "mov" else []
    options = {
        "protocol_whitelist": "file",
        "format_whitelist": kind.opens,
        "codec_whitelist": ffmpeg.CODECS,
        "probesize": "20000000",
        "analyzeduration": "10000000",
    }
    try:
        with av.open(
            f"file:{source}", format=kind.opens, options=options, metadata_errors="replace"
        ) as container:
            return _inside(av, container, kind, size, tracks, progress)
    except av.error.FFmpegError as error:
        if isinstance(error, MemoryError):
            raise
        raise Problem("unreadable") from error


def _inside(
    av: Any,
    container: Any,
    kind: kinds.Kind,
    size: int,
    tracks: list[boxes.Track],
    progress: Callable[[float], None],
) -> tuple[dict[str, Any], list[str]]:
    if len(container.streams) > MOST_STREAMS:
        raise Problem("too_many_tracks", limit=MOST_STREAMS)
    films = [
        stream
        for stream in container.streams.video
        if not stream.disposition & av.stream.Disposition.attached_pic
    ]
    if not films:
        raise Problem("no_picture")
    film = films[0]
    coder = film.codec_context
    if coder is None or coder.name not in ffmpeg.VIDEO_CODECS:
        raise Problem("codec", codec=_plain(coder.name if coder else "?"))
    for stream in container.streams.audio:
        if stream.codec_context is None or stream.codec_context.name not in ffmpeg.AUDIO_CODECS:
            raise Problem("codec", codec=_plain(stream.codec_context.name if stream.codec_context else "?"))
    _check_size(coder.width, coder.height)
    told = film.guessed_rate or film.average_rate
    if not told or told <= 0 or told > FASTEST * Fraction(1001, 1000):
        raise Problem("rate", limit=FASTEST)
    own = next((track for track in tracks if track.handler == "vide"), None)
    frames, is_variable, seconds = _timing(container, film, own, Fraction(told), size, progress)
    if frames < 1:
        raise Problem("no_picture")
    rate = nearest(Fraction(frames) / seconds if is_variable and seconds else Fraction(told))
    if seconds > LONGEST_HOURS * 3600:
        raise Problem("too_long_film", limit=LONGEST_HOURS)
    timecode = _timecode(container, film)
    rate_told = Rate.of(rate, is_drop=";" in timecode or timecode.count(".") == 1)
    first = _first_frame(av, container, film)
    _check_size(first.width, first.height)
    rotation = own.rotation if own else 0
    aspect = coder.sample_aspect_ratio or Fraction(1)
    width, height = round(coder.width * aspect) if Fraction(1, 4) < aspect < 4 else coder.width, coder.height
    if rotation in (90, 270):
        width, height = height, width
    sound = [_sound(stream) for stream in container.streams.audio]
    transfer = _TRANSFERS.get(int(coder.color_trc or 0), "")
    technical = {
        "demuxer": kind.opens,
        "size_bytes": size,
        "bit_rate": _bit_rate(container.bit_rate, size, seconds),
        "duration_seconds": round(float(frames / rate), 6),
        "frames": frames,
        "rate": [rate.numerator, rate.denominator],
        "is_drop": rate_told.is_drop,
        "is_variable": is_variable,
        "timecode": timecode,
        "start": _number(rate_told, timecode),
        "width": width,
        "height": height,
        "coded_width": coder.width,
        "coded_height": coder.height,
        "rotation": rotation,
        "field_order": _field_order(first, coder),
        "video": {
            "stream": film.index,
            "codec": coder.name,
            "profile": _plain(coder.profile or ""),
            "pixels": coder.pix_fmt or "",
            "bit_rate": coder.bit_rate or None,
            "primaries": _PRIMARIES.get(int(coder.color_primaries or 0), ""),
            "transfer": transfer,
        },
        "audio": sound,
    }
    warnings = []
    if not sound:
        warnings.append("no_sound")
    if is_variable:
        warnings.append("variable_rate")
    if technical["field_order"] != "progressive":
        warnings.append("interlaced")
    if max(width, height) < SMALL:
        warnings.append("small")
    if transfer in ("pq", "hlg"):
        warnings.append("hdr")
    if len(films) > 1:
        warnings.append("several_pictures")
    if any("location" in name.lower() for each in (container, *container.streams) for name in each.metadata):
        warnings.append("film_has_place")
    if _ends_early(av, container, film, seconds):
        warnings.append("ends_early")
    return technical, warnings


def _check_size(width: int, height: int) -> None:
    if max(width, height) > LONGEST_SIDE or width * height > LARGEST_AREA:
        raise Problem("too_large_picture", width=width, height=height)
    if min(width, height) < SMALLEST_SIDE:
        raise Problem("too_small", limit=SMALLEST_SIDE)


def _timing(
    container: Any,
    film: Any,
    own: boxes.Track | None,
    rate: Fraction,
    size: int,
    progress: Callable[[float], None],
) -> tuple[int, bool, Fraction]:
    """Return how many frames ``film`` has, whether their rate varies, and its length in seconds.

    From the table of contents where the file has one; counted packet by packet where it has none.
    """
    if own and own.samples and own.timescale:
        ticks = sum(count * length for count, length in own.durations)
        lengths = [length for _, length in own.durations[:-1]] or [length for _, length in own.durations]
        is_variable = max(lengths) - min(lengths) > max(1, min(lengths) // 50)
        return own.samples, is_variable, Fraction(ticks, own.timescale)
    if container.format.name.startswith("mxf") and film.duration and film.time_base:
        seconds = film.duration * Fraction(film.time_base)
        return round(seconds * rate), False, seconds
    return _counted(container, film, rate, size, progress)


def _counted(
    container: Any, film: Any, rate: Fraction, size: int, progress: Callable[[float], None]
) -> tuple[int, bool, Fraction]:
    moments: list[int] = []
    most = int(LONGEST_HOURS * 3600 * FASTEST)
    for number, packet in enumerate(container.demux(film)):
        if packet.pts is not None and packet.size:
            moments.append(packet.pts)
        if number % 500 == 0 and packet.pos:
            progress(min(0.9, packet.pos / size))
        if len(moments) > most:
            raise Problem("too_long_film", limit=LONGEST_HOURS)
    container.seek(0)
    if not moments:
        raise Problem("no_picture")
    moments.sort()
    base = Fraction(film.time_base)
    steps = sorted(later - one for one, later in pairwise(moments))
    usual = 1 / rate / base
    # A twentieth of all may be odd: recordings from the air have gaps.
    inner = steps[len(steps) // 40 : len(steps) - len(steps) // 40] or steps
    is_variable = bool(inner) and float(inner[-1] - inner[0]) > max(1.0, float(usual) / 50) + 1
    return len(moments), is_variable, (moments[-1] - moments[0]) * base + 1 / rate


def _first_frame(av: Any, container: Any, film: Any) -> Any:
    container.seek(0)
    film.codec_context.thread_count = 1
    for number, packet in enumerate(container.demux(film)):
        for frame in packet.decode():
            return frame
        if number > 600:
            break
    raise Problem("unreadable")


def _ends_early(av: Any, container: Any, film: Any, seconds: Fraction) -> bool:
    """Whether nothing can be read near the end that the file declares."""
    near = max(Fraction(0), seconds - 3)
    start = (film.start_time or 0) * film.time_base
    try:
        container.seek(int((near + start) / film.time_base), stream=film)
        latest = max(
            (packet.pts for packet in container.demux(film) if packet.pts is not None and packet.size),
            default=None,
        )
    except (av.error.FFmpegError, OverflowError):  # the latter for a moment that no file can have
        return True
    return latest is None or latest * film.time_base - start < near - 1


def _timecode(container: Any, film: Any) -> str:
    """Return the timecode of the first frame as the file says it, or nothing."""
    told = [film.metadata, container.metadata, *(stream.metadata for stream in container.streams)]
    for metadata in told:
        text = metadata.get("timecode", "")
        if len(text) == 11 and text.replace(":", "").replace(";", "").replace(".", "").isdigit():
            return text
    return ""


def _number(rate: Rate, timecode: str) -> int:
    """Return the number of the first frame in the day that ``timecode`` counts, 0 for none."""
    if not timecode:
        return 0
    hours, minutes, seconds, frames = (int(timecode[at : at + 2]) for at in (0, 3, 6, 9))
    try:
        return rate.number(hours, minutes, seconds, frames) % rate.frames_in_a_day
    except ValueError:
        return 0


def _field_order(frame: Any, coder: Any) -> str:
    if getattr(frame, "interlaced_frame", False):
        return {3: "bff", 4: "tff", 5: "bff"}.get(int(getattr(coder, "field_order", 0) or 0), "tff")
    return "progressive"


def _sound(stream: Any) -> dict[str, Any]:
    coder = stream.codec_context
    if not 1 <= coder.channels <= MOST_CHANNELS:
        raise Problem("too_many_tracks", limit=MOST_CHANNELS)
    return {
        "stream": stream.index,
        "codec": coder.name,
        "channels": coder.channels,
        "layout": _plain(coder.layout.name if coder.layout else ""),
        "sample_rate": coder.sample_rate,
        "language": _language(stream.language),
        "title": _plain(stream.metadata.get("title", "")),
        "bit_rate": coder.bit_rate or None,
    }


def _language(code: str | None) -> str:
    return (
        code if code and code.isascii() and code.isalpha() and 2 <= len(code) <= 3 and code != "und" else ""
    )


def _bit_rate(told: int | None, size: int, seconds: Fraction) -> int:
    return int(told or (size * 8 / seconds if seconds else 0))


def _plain(text: str) -> str:
    """Return what a file says of itself as one short line of printable characters."""
    return "".join(each if each.isprintable() else " " for each in str(text))[:LARGEST_METADATA].strip()

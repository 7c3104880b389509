"""What is made of a video: posters, preview, hover strip, waveform. Each is a step that can be done again alone."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image

from app.library import ffmpeg
from app.library.problems import Problem
from app.library.studio import plans

POSTER_AT = 0.1  # of the film's length, where nobody chose a frame: the first frames are often black
PEAKS = 1000  # in a waveform
SAMPLES = 8000  # a second, for it: loudness needs no more
JPEG: dict[str, Any] = {"format": "JPEG", "quality": 82, "optimize": True, "progressive": True}
SOUND_BIT_RATE = "128k"
PICTURE_BIT_RATES = {720: "2500k", 540: "1600k", 0: "1000k"}  # at most, for this many lines


def posters(
    folder: Path, reads: dict[str, Path], told: dict[str, Any], progress: Callable[[float], None]
) -> dict[str, dict[str, Any]]:
    """Make the posters called ``told["names"]`` ("poster-640") of the film's frame ``told["frame"]`` (None: ours)."""
    technical = told["technical"]
    widest = max(_width(name) for name in told["names"])
    frame = told.get("frame")
    if frame is None:
        frame = min(int(technical["frames"] * POSTER_AT), int(10 * _fraction(technical)))
    last = max(0, technical["frames"] - 1)
    still = folder / "still.png"
    for wanted in dict.fromkeys((min(int(frame), last), 0)):  # near a damaged end there may be none
        at = float(wanted / _fraction(technical))
        size = f"scale={widest}:-2" if technical["width"] > widest else "null"
        filters = ",".join([*_look(technical), size])
        ffmpeg.run(
            [
                *("-ss", f"{at:.6f}"),
                *ffmpeg.source(reads["source"], technical["demuxer"]),
                *("-map", f"0:{technical['video']['stream']}", "-frames:v", "1"),
                *("-vf", filters, "-map_metadata", "-1", "-f", "image2", "-update", "1"),
                f"file:{still}",
            ]
        )
        if still.exists():
            break
    else:
        raise Problem("unreadable")
    progress(0.6)
    made = {}
    with Image.open(still, formats=("PNG",)) as opened:
        smaller = opened.convert("RGB")
    smaller.info = {}
    for name in sorted(told["names"], key=_width, reverse=True):
        if _width(name) < smaller.width:
            height = max(1, round(_width(name) * smaller.height / smaller.width))
            smaller = smaller.resize((_width(name), height), Image.Resampling.LANCZOS)
        smaller.save(folder / f"{name}.jpg", **JPEG)
        made[name] = _file(f"{name}.jpg", "image/jpeg", smaller.width, smaller.height, frame=int(frame))
    return made


def preview(
    folder: Path, reads: dict[str, Path], told: dict[str, Any], progress: Callable[[float], None]
) -> dict[str, dict[str, Any]]:
    """Make a small MP4 of every frame: H.264 and AAC, fast start, a key frame each second, square pixels.

    Its frames are the master's, so a time in it is the same time in the master. Of several sound tracks it has the
    first; of single-channel ones, as broadcasters record them, the first two, left and right.
    """
    technical = told["technical"]
    width, height = _fitting(technical["width"], technical["height"])
    rate = _fraction(technical)
    each_second = max(1, round(rate))
    bit_rate = next(most for lines, most in PICTURE_BIT_RATES.items() if min(width, height) >= lines)
    most = f"{2 * int(bit_rate[:-1])}k"
    sound = _sound(technical)
    arguments = [
        *ffmpeg.source(reads["source"], technical["demuxer"]),
        *("-filter_complex", ";".join([_picture(technical, width, height), *sound[:1]])),
        *("-map", "[picture]", *(("-map", "[sound]") if sound else ())),
        *("-c:v", "libx264", "-preset", "veryfast", "-crf", "23", "-maxrate", bit_rate, "-bufsize", most),
        *("-profile:v", "high", "-pix_fmt", "yuv420p"),
        *("-g", str(each_second), "-keyint_min", str(each_second), "-sc_threshold", "0"),
        *(
            ("-fps_mode", "passthrough")
            if technical["is_variable"]
            else ("-r", f"{rate.numerator}/{rate.denominator}")
        ),
        *(("-c:a", "aac", "-b:a", SOUND_BIT_RATE, "-ac", "2", "-ar", "48000") if sound else ()),
        # What a master says of itself (places, serial numbers) is not told to everybody.
        *("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact"),
        *("-movflags", "+faststart", "-threads", str(told.get("threads", 2))),
        *("-f", "mp4", f"file:{folder / 'preview.mp4'}"),
    ]
    ffmpeg.run(arguments, progress=progress, duration_seconds=technical["duration_seconds"])
    return {"preview": _file("preview.mp4", "video/mp4", width, height, is_with_sound=bool(sound))}


def strip(
    folder: Path, reads: dict[str, Path], told: dict[str, Any], progress: Callable[[float], None]
) -> dict[str, dict[str, Any]]:
    """Make a sheet of small pictures, one for each part of the film, row by row: for the timeline.

    It is made of ``reads["source"]`` as ``told["demuxer"]`` opens it: the preview, with its key frame each second.
    """
    technical = told["technical"]
    seconds = technical["duration_seconds"]
    pictures, columns, rows, every = plans.strip_grid(seconds)
    width, height = plans.STRIP
    filters = [
        *([] if told["is_preview"] else _look(technical)),
        f"fps=1/{every:.6f}:round=down:start_time={every / 2:.6f}" if pictures > 1 else "null",
        # Rounding may leave the last one out: then the one before stands there.
        f"tpad=stop_mode=clone:stop=2,trim=end_frame={pictures}",
        f"scale={width}:{height}:force_original_aspect_ratio=decrease:flags=area",
        f"pad={width}:{height}:-1:-1:black",
        f"tile={columns}x{rows}",
    ]
    ffmpeg.run(
        [
            *(("-skip_frame", "nokey") if told["is_preview"] and every >= 2 else ()),
            *ffmpeg.source(reads["source"], told["demuxer"]),
            *("-map", "0:v:0", "-frames:v", "1", "-vf", ",".join(filters), "-map_metadata", "-1"),
            *("-f", "image2", "-update", "1", f"file:{folder / 'sheet.png'}"),
        ],
        progress=progress,
        duration_seconds=seconds,
    )
    if not (folder / "sheet.png").exists():
        raise Problem("unreadable")
    with Image.open(folder / "sheet.png", formats=("PNG",)) as sheet:
        whole = sheet.convert("RGB")
    whole.save(folder / "strip.jpg", **JPEG | {"quality": 72})
    grid = {
        "pictures": pictures,
        "columns": columns,
        "rows": rows,
        "seconds": round(every, 6),
        "tile_width": width,
        "tile_height": height,
    }
    return {"strip": _file("strip.jpg", "image/jpeg", whole.width, whole.height, **grid)}


def waveform(
    folder: Path, reads: dict[str, Path], told: dict[str, Any], progress: Callable[[float], None]
) -> dict[str, dict[str, Any]]:
    """Make a JSON file of how loud each part of the film is: "peaks" from 0 to 100, along its "seconds"."""
    seconds = told["technical"]["duration_seconds"]
    raw = folder / "sound.raw"
    ffmpeg.run(
        [
            *ffmpeg.source(reads["source"], told["demuxer"]),
            *(
                "-map",
                "0:a:0",
                "-vn",
                "-ac",
                "1",
                "-ar",
                str(SAMPLES),
                "-t",
                f"{seconds:.3f}",
                "-f",
                "s16le",
                f"file:{raw}",
            ),
        ],
        progress=lambda share: progress(0.8 * share),
        duration_seconds=seconds,
    )
    count = max(1, min(PEAKS, int(seconds * 20)))
    peaks = _peaks(raw, count, seconds)
    told_of = {"seconds": seconds, "peaks": peaks}
    (folder / "waveform.json").write_text(json.dumps(told_of, separators=(",", ":")))
    is_silent = max(peaks, default=0) == 0
    return {"waveform": _file("waveform.json", "application/json", None, None, is_silent=is_silent)}


def _peaks(raw: Path, count: int, seconds: float) -> list[int]:
    """Return for each of ``count`` parts the largest swing, in percent."""
    step = max(1, round(seconds * SAMPLES / count))
    peaks = []
    with raw.open("rb") as file:
        for _ in range(count):
            samples = array("h")
            piece = file.read(2 * step)
            samples.frombytes(piece[: len(piece) // 2 * 2])
            peaks.append(round(max(max(samples, default=0), -min(samples, default=0)) * 100 / 32_768))
    return peaks


def _look(technical: dict[str, Any]) -> list[str]:
    """Return the filters that make a frame as people are to see it: whole lines, square pixels, colours of a screen."""
    filters = []
    if technical["field_order"] != "progressive":
        filters.append("bwdif=mode=send_frame")
    if technical["video"]["transfer"] in ("pq", "hlg"):
        filters += ["zscale=t=linear:npl=100", "format=gbrpf32le", "zscale=p=bt709", "tonemap=hable:desat=0"]
        filters += ["zscale=t=bt709:m=bt709:r=tv", "format=yuv420p"]
    filters.append("scale=trunc(iw*sar/2)*2:trunc(ih/2)*2,setsar=1")
    return filters


def _picture(technical: dict[str, Any], width: int, height: int) -> str:
    return (
        f"[0:{technical['video']['stream']}]"
        + ",".join([*_look(technical), f"scale={width}:{height}:flags=bicubic"])
        + "[picture]"
    )


def _sound(technical: dict[str, Any]) -> list[str]:
    """Return the filter for the sound of a preview, or none without sound."""
    tracks = technical["audio"]
    if not tracks:
        return []
    first = tracks[0]["stream"]
    if tracks[0]["channels"] == 1 and len(tracks) > 1 and tracks[1]["channels"] == 1:
        second = tracks[1]["stream"]
        return [
            f"[0:{first}][0:{second}]join=inputs=2:channel_layout=stereo,aresample=async=1:first_pts=0[sound]"
        ]
    return [f"[0:{first}]aresample=async=1:first_pts=0[sound]"]


def _fitting(width: int, height: int) -> tuple[int, int]:
    """Return the size of a preview, in even numbers: within PREVIEW (turned for a film that stands), never larger."""
    most = plans.PREVIEW if width >= height else plans.PREVIEW[::-1]
    share = min(Fraction(1), Fraction(most[0], width), Fraction(most[1], height))
    return max(2, round(width * share / 2) * 2), max(2, round(height * share / 2) * 2)


def _fraction(technical: dict[str, Any]) -> Fraction:
    return Fraction(*technical["rate"])


def _width(name: str) -> int:
    return int(name.rpartition("-")[2])


def _file(name: str, mimetype: str, width: int | None, height: int | None, **facts: Any) -> dict[str, Any]:
    return {"file": name, "mimetype": mimetype, "width": width, "height": height, "facts": facts}

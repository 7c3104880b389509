"""Short films, made by ffmpeg when a test wants them."""

from __future__ import annotations

import subprocess
import tempfile
from functools import cache
from pathlib import Path

from app.library import ffmpeg

ENDINGS = {"mov": "mov", "mp4": "mp4", "mxf": "mxf", "matroska": "mkv", "mpegts": "ts", "webm": "webm"}


@cache
def made(
    *,
    size="320x180",
    rate="25",
    seconds=2,
    container="mp4",
    sounds=1,
    channels=1,
    language="",
    timecode="",
    picture=True,
    is_variable=False,
    is_interlaced=False,
    rotation=0,
    options=(),
):
    """Return a film as bytes: moving bars, and a tone in each of its ``sounds``."""
    arguments = []
    if picture:
        interlaced = ",setfield=tff" if is_interlaced else ""
        arguments += ["-f", "lavfi", "-i", f"testsrc=s={size}:r={rate}:d={seconds}{interlaced}"]
    for number in range(max(sounds, 0)):
        arguments += ["-f", "lavfi", "-i", f"sine={220 * (number + 1)}:r=48000:d={seconds}"]
    for number in range(sounds + bool(picture)):
        arguments += ["-map", str(number)]
    codecs = {"mxf": ("mpeg2video", "pcm_s16le"), "webm": ("libvpx", "libopus")}.get(
        container, ("libx264", "aac")
    )
    if picture:
        arguments += ["-c:v", codecs[0], "-g", "25"]
        arguments += ["-preset", "ultrafast", "-pix_fmt", "yuv420p"] if codecs[0] == "libx264" else []
        arguments += ["-flags", "+ilme+ildct"] if is_interlaced else []
        arguments += ["-vf", "select='not(mod(n\\,7))+lt(n\\,10)'", "-fps_mode", "vfr"] if is_variable else []
    if sounds:
        arguments += ["-c:a", codecs[1], "-ac", str(channels)]
    arguments += ["-timecode", timecode] if timecode else []
    arguments += ["-metadata:s:a:0", f"language={language}"] if language else []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"film.{ENDINGS[container]}"
        _run(*arguments, *options, "-f", container, str(path))
        if rotation:
            turned = path.with_stem("turned")
            _run("-display_rotation", str(-rotation), "-i", str(path), "-c", "copy", str(turned))
            path = turned
        return path.read_bytes()


def _run(*arguments):
    seen = subprocess.run(
        [ffmpeg.binary(), "-nostdin", "-y", "-loglevel", "error", *arguments], capture_output=True, text=True
    )
    assert seen.returncode == 0, seen.stderr

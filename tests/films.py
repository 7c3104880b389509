"""Films whose every frame says its number, made when they are needed, and read back.

The number stands in the picture as sixteen bright or dark blocks, which every encoder keeps; sound is a tone that is there
in every tenth frame only. Nothing is kept in the repository: what a film is stands in the test that wants it.
"""

from __future__ import annotations

import array
import math
import subprocess
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.packet import Packet
from av.video.frame import VideoFrame

from app.library.ffmpeg import binary

BITS = 16
BEEP = 10  # frames from one tone to the next
HERTZ = 1000


@dataclass(frozen=True)
class Sounding:
    """A track of sound: ``rate`` samples a second in ``channels``."""

    codec: str = "aac"
    rate: int = 48_000
    channels: int = 1
    language: str = ""


def film(
    path: Path,
    *,
    frames: int = 100,
    rate: Fraction | int = 25,
    size: tuple[int, int] = (320, 192),
    codec: str = "libx264",
    pixels: str = "yuv420p",
    gop: int = 12,
    b_frames: int = 2,
    options: dict[str, str] | None = None,
    parameters: str = "",
    sounds: tuple[Sounding, ...] = (),
    timecode: str = "",
    container: str = "",
    container_options: dict[str, str] | None = None,
    times: list[int] | None = None,
    tick: Fraction | None = None,
    **settings: object,
) -> Path:
    """Make a film at ``path``.

    ``times`` are when frames are shown, in ``tick``s, for films without a constant rate; ``parameters`` are for x264.
    """
    rate = Fraction(rate)
    tick = tick or 1 / rate
    with av.open(str(path), "w", format=container or None, options=container_options or {}) as out:
        if timecode:
            out.metadata["timecode"] = timecode
        chosen = (
            {"bf": str(b_frames), **(options or {})}
            if codec in ("libx264", "mpeg2video", "libx265")
            else options or {}
        )
        if codec == "libx264":
            chosen = {
                "preset": "ultrafast",
                **chosen,
                "x264-params": f"keyint={gop}:scenecut=0:{parameters}".rstrip(":"),
            }
        if codec == "libx265":
            chosen = {
                "preset": "ultrafast",
                **chosen,
                "x265-params": f"keyint={gop}:min-keyint={gop}:log-level=none",
            }
        video = out.add_stream(codec, rate=rate, options=chosen)
        video.width, video.height = size
        video.pix_fmt = pixels
        video.codec_context.gop_size = gop
        video.codec_context.time_base = tick
        video.time_base = tick
        for name, value in settings.items():
            setattr(video.codec_context, name, value)
        tracks = [_track(out, sound) for sound in sounds]
        heard = [0] * len(tracks)
        for number in range(frames):
            frame = picture(number, size, pixels)
            frame.pts, frame.time_base = (times[number] if times else number), tick
            out.mux(video.encode(frame))
            shown = times[number + 1] * tick if times and number + 1 < frames else (number + 1) / rate
            for place, (stream, sound) in enumerate(zip(tracks, sounds, strict=True)):
                until = int(shown * sound.rate)
                out.mux(stream.encode(_heard(number, heard[place], until, sound)))
                heard[place] = until
        for stream in (video, *tracks):
            out.mux(stream.encode(None))
    return path


def picture(number: int, size: tuple[int, int], pixels: str = "yuv420p") -> VideoFrame:
    """Return the frame ``number``: its blocks above, something that moves below."""
    width, height = size
    block = width // BITS
    bars = b"".join(bytes([220 if number >> bit & 1 else 30]) * block for bit in range(BITS)).ljust(
        width, b"\x80"
    )
    wave = bytes((column + 5 * number) % 200 + 20 for column in range(width))
    frame = VideoFrame(width, height, "yuv420p")
    _fill(frame.planes[0], [bars] * (height // 2) + [wave] * (height - height // 2))
    for plane in frame.planes[1:]:
        _fill(plane, [b"\x80" * plane.width] * plane.height)
    return frame if pixels == "yuv420p" else frame.reformat(format=pixels)


def _fill(plane: object, rows: list[bytes]) -> None:
    plane.update(b"".join(row.ljust(plane.line_size, b"\x80") for row in rows))


def number_in(frame: VideoFrame) -> int:
    """Return the number that stands in the picture, whatever its size."""
    gray = frame.reformat(format="gray")
    data, line = bytes(gray.planes[0]), gray.planes[0].line_size
    row = gray.height // 4
    block = gray.width / BITS
    return sum((data[row * line + int((bit + 0.5) * block)] > 125) << bit for bit in range(BITS))


def numbers(path: Path) -> list[int]:
    """Return the numbers of all frames of a film, in the order in which a player shows them."""
    with av.open(str(path)) as container:
        return [number_in(frame) for frame in container.decode(video=0)]


def _track(out, sound):
    stream = out.add_stream(sound.codec, rate=sound.rate, layout="mono" if sound.channels == 1 else "stereo")
    if sound.language:
        stream.metadata["language"] = sound.language
    return stream


@cache
def _tone(rate: int, channels: int) -> bytes:
    """Return half a second of the tone."""
    values = (int(20_000 * math.sin(2 * math.pi * HERTZ * at / rate)) for at in range(rate // 2))
    return array.array("h", (value for value in values for _ in range(channels))).tobytes()


def _heard(number: int, start: int, stop: int, sound: Sounding) -> AudioFrame:
    """Return the samples ``start`` up to ``stop`` of frame ``number``: a tone in every tenth."""
    length = 2 * (stop - start) * sound.channels
    values = _tone(sound.rate, sound.channels)[:length] if number % BEEP == 0 else bytes(length)
    frame = AudioFrame(format="s16", layout="mono" if sound.channels == 1 else "stereo", samples=stop - start)
    frame.planes[0].update(values.ljust(frame.planes[0].buffer_size, b"\0"))
    frame.sample_rate, frame.pts, frame.time_base = sound.rate, start, Fraction(1, sound.rate)
    return frame


def samples(path: Path, track: int = 0) -> tuple[array.array, int]:
    """Return the first channel of a track of sound as 16-bit samples from the film's beginning on, and their rate."""
    values = array.array("h")
    with av.open(str(path)) as container:
        stream = container.streams.audio[track]
        resampler = av.AudioResampler(format="s16", layout="mono", rate=stream.rate)
        for frame in container.decode(stream):
            if not values and frame.pts:
                values.extend([0] * round(frame.pts * frame.time_base * stream.rate))
            for made in resampler.resample(frame):
                values.frombytes(bytes(made.planes[0])[: 2 * made.samples])
        return values, stream.rate


def tones(path: Path, track: int = 0) -> list[Fraction]:
    """Return when tones begin, in seconds."""
    values, rate = samples(path, track)
    step = rate // 2000
    loud = [max(map(abs, values[at : at + step]), default=0) > 6000 for at in range(0, len(values), step)]
    return [
        Fraction(place * step, rate)
        for place, is_loud in enumerate(loud)
        if is_loud and not any(loud[max(0, place - 4) : place])
    ]


def complaints(path: Path) -> str:
    """Return what ffmpeg says while it decodes a file to its end: nothing, if all is well."""
    ended = subprocess.run(
        [binary(), "-v", "warning", "-xerror", "-i", str(path), "-map", "0:v", "-map", "0:a?", "-f", "null", "-"],
        capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return ended.stderr + ("" if ended.returncode == 0 else f"ended with {ended.returncode}")


def stream_times(path: Path) -> list[Packet]:
    """Return the packets of the pictures."""
    with av.open(str(path)) as container:
        return [packet for packet in container.demux(video=0) if packet.dts is not None]

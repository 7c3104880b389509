"""ffmpeg, a program of its own, run only inside a sandbox: what it may open is said in every call.

A playlist that is called film.mp4 makes ffmpeg read other films, and addresses; so its demuxer is never guessed. It
is told which one to use, the one that fits the content (studio/kinds.py), and that it may use no other, no
protocol but files, and only these decoders.

It is the one that imageio-ffmpeg brought, whose version we know, or where that has none for the machine, one on the
PATH; IMAGEIO_FFMPEG_EXE names another.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from app.library.problems import Problem

VIDEO_CODECS = ("h264", "hevc", "av1", "libdav1d", "vp8", "vp9", "mpeg2video", "mpeg4", "prores", "dnxhd", "dvvideo",
                "mjpeg", "jpeg2000")  # fmt: skip
AUDIO_CODECS = ("aac", "ac3", "eac3", "mp2", "mp2float", "mp3", "mp3float", "opus", "vorbis", "flac", "alac",
                "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_s32le", "pcm_s32be", "pcm_f32le",
                "pcm_f32be", "pcm_u8", "pcm_s8", "pcm_alaw", "pcm_mulaw", "pcm_bluray", "s302m")  # fmt: skip
WORDS = 8000  # bytes of what ffmpeg says of a failure
CODECS = ",".join((*VIDEO_CODECS, *AUDIO_CODECS))


_told: list[str] = []


def binary() -> str:
    """Return where ffmpeg is."""
    if not _told:
        import imageio_ffmpeg

        be(imageio_ffmpeg.get_ffmpeg_exe())  # starts it once, to see that it runs
    return _told[0]


def be(place: str) -> None:
    """Let ffmpeg be the program at ``place``: a sandbox is told by its worker."""
    _told[:] = [place]


def source(path: Path, demuxer: str) -> list[str]:
    """Return the arguments that open ``path`` with ``demuxer``, and nothing else."""
    return [
        *("-protocol_whitelist", "file"),
        *("-format_whitelist", demuxer),
        *("-codec_whitelist", CODECS),
        *("-f", demuxer.split(",")[0]),
        *("-i", f"file:{path}"),
    ]


def run(
    arguments: Sequence[str],
    *,
    progress: Callable[[float], None] | None = None,
    duration_seconds: float = 0,
) -> None:
    """Run ffmpeg, telling ``progress`` how much of ``duration_seconds`` of output it has written.

    Raises Problem: "too_heavy" when it was killed for its time, "too_big" and "disk_full" for what it writes,
    "unreadable" for what it cannot make anything of.
    """
    with tempfile.TemporaryFile(dir=".") as words:
        process = subprocess.Popen(
            [
                binary(),
                *("-nostdin", "-hide_banner", "-loglevel", "error", "-nostats"),
                *("-progress", "pipe:1"),
                "-y",
                *arguments,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=words,
            text=True,
            errors="replace",
            preexec_fn=_die_with_us,
        )
        for line in process.stdout:
            name, _, value = line.strip().partition("=")
            if progress and name == "out_time_us" and value.isdigit() and duration_seconds > 0:
                progress(min(1.0, int(value) / 1e6 / duration_seconds))
        ended = process.wait()
        words.seek(0)
        _judge(ended, words.read(WORDS).decode(errors="replace"))


def _die_with_us() -> None:
    if sys.platform == "linux":
        from app.library.sandbox.walls import die_with_parent

        die_with_parent()


def _judge(ended: int, words: str) -> None:
    """Raise the Problem that an end by a signal or with words means."""
    if ended == 0:
        return
    print(f"ffmpeg ended with {ended}: {words}", file=sys.stderr)
    if -ended in (signal.SIGKILL, signal.SIGXCPU) or "Cannot allocate memory" in words:
        raise Problem("too_heavy")
    if -ended == signal.SIGXFSZ or "File too large" in words:
        raise Problem("too_big")
    if "No space left on device" in words or "Disk quota exceeded" in words:
        raise Problem("disk_full")
    raise Problem("crashed" if ended < 0 else "unreadable")

"""What parts of a film cost, beside ffmpeg: the subject ``cut`` of bench.library.

A film of 80 s (1080p25, H.264 of 25 Mbit/s, a key frame every two seconds) is made, and 10 and 60 s are cut out of it:
between key frames, and anywhere, which is one frame after a key frame and one before another, so that there is as much
to encode as there can be. Beside it, by turns: ``ffmpeg -c copy`` of the same range, encoding two groups of pictures,
and encoding the whole range with the very settings of our edges. "Ours" is the work in a process in which Python and
PyAV are loaded already, with the checksum, which ffmpeg does not make; "in a process of its own" begins with the start
of Python, as a job's sandbox does.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from app.library.cutting import parts, planning, reading
from app.library.cutting.pictures import EDGE
from app.library.cutting.values import Index, Plan
from app.library.ffmpeg import binary
from app.storage.keeping import digest_of
from bench import goals
from bench.goals import table, verdict

RATE, GROUP = 25, 50  # frames in a second, and in a group of pictures: two seconds
SECONDS = 80
MBIT = 25
# A part that begins one frame after a key frame and ends one before: as much to encode as there can be.
LENGTHS = (10, 60)
# Python and PyAV are there before the clock starts, or are not: the same work in a process of its own.
ALONE = """
import hashlib, json, sys
from pathlib import Path
from types import ModuleType
sys.modules["app"] = app = ModuleType("app")
app.__path__ = ["app"]  # as a sandbox begins: the newsroom itself is not loaded
from app.library.cutting import parts
from app.library.cutting.values import Index, Plan
told = json.loads(sys.argv[1])
parts.cut(Path(told["source"]), Path(told["target"]), Index.from_json(told["index"]), Plan.from_json(told["plan"]))
with open(told["target"], "rb") as file:
    hashlib.file_digest(file, "sha256")
status = Path("/proc/self/status")
print(status.read_text().partition("VmHWM:")[2].split()[0] if status.exists() else "")
"""


@dataclass
class Spent:
    """What repeated runs of one thing took: seconds by the clock and of CPU, and memory at most (MiB)."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    peak: list[float] = field(default_factory=list)

    def cells(self) -> list[str]:
        """Return the table's cells."""
        peak = f"{max(self.peak):.0f}" if self.peak else "-"
        return [f"{median(self.wall):.2f}", f"{min(self.wall):.2f}", f"{median(self.cpu):.2f}", peak]

    def of(self, other: Spent) -> float:
        """Return how this compares with ``other``: the median of the rounds, each compared within itself."""
        return median(ours / theirs for ours, theirs in zip(self.wall, other.wall, strict=True))


def within(spent: Spent, call: Callable[[], object]) -> None:
    """Note what ``call`` takes in this process, with what it starts threads for."""
    began, cpu = time.perf_counter(), time.process_time()
    call()
    spent.wall.append(time.perf_counter() - began)
    spent.cpu.append(time.process_time() - cpu)


def program(spent: Spent, *command: str) -> None:
    """Note what a program takes from its start to its end."""
    began = time.perf_counter()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
    said = process.stdout.read().strip()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{command[0]} ended with {process.returncode}")
    spent.wall.append(time.perf_counter() - began)
    spent.cpu.append(used.ru_utime + used.ru_stime)
    if said.isdigit():  # what the kernel counts for a child begins with its parent's
        spent.peak.append(int(said) / 1024)


def ffmpeg(*arguments: str) -> list[str]:
    """Return the command that runs ffmpeg."""
    return [binary(), "-nostdin", "-hide_banner", "-loglevel", "error", "-y", *arguments]


def master(folder: Path) -> Path:
    """Make the film that is cut: 1080p25, H.264 Main, closed groups of 2 s, 2 B-frames, 25 Mbit/s, AAC."""
    silent, path = folder / "silent.mp4", folder / "master.mp4"
    made = SECONDS // 4
    subprocess.run(
        ffmpeg(
            *("-f", "lavfi", "-i", f"testsrc2=s=1920x1080:r={RATE}:d={made},noise=alls=12:allf=t"),
            *("-c:v", "libx264", "-preset", "superfast", "-profile:v", "main", "-bf", "2"),
            *("-x264-params", f"keyint={GROUP}:min-keyint={GROUP}:scenecut=0:open-gop=0"),
            *("-b:v", f"{MBIT}M", "-maxrate", f"{MBIT}M", "-bufsize", f"{MBIT}M", str(silent)),
        ),
        check=True,
    )
    subprocess.run(
        ffmpeg(
            *("-stream_loop", "3", "-i", str(silent), "-f", "lavfi", "-i", f"sine=440:r=48000:d={SECONDS}"),
            *("-c:v", "copy", "-c:a", "aac", "-b:a", "192k", "-t", str(SECONDS), str(path)),
        ),
        check=True,
    )
    silent.unlink()
    return path


def again(source: Path, target: Path, begin: float, frames: int) -> list[str]:
    """Return the command that encodes a range anew, with the very settings that we encode edges with."""
    options = [part for name, value in EDGE.items() for part in (f"-{name}", value)]
    return ffmpeg(
        *("-ss", f"{begin:.6f}", "-i", str(source), "-frames:v", str(frames), "-t", f"{frames / RATE:.6f}"),
        *("-c:v", "libx264", *options, "-c:a", "copy", str(target)),
    )


def cut(rounds: int) -> list[str]:
    """Return the report on parts of 10 s and 60 s, after so many rounds."""
    report: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = master(folder)
        began = time.perf_counter()
        index = reading.read(source)
        read = time.perf_counter() - began
        report.append(
            f"1920x1080, {RATE} frames/s, {index.codec} {index.profile}, a key frame every {GROUP}, "
            f"{index.size_bytes * 8 / SECONDS / 1e6:.1f} Mbit/s, {SECONDS} s; its index was read in {read:.2f} s"
        )
        for seconds in LENGTHS:
            aligned = (2 * GROUP, 2 * GROUP + seconds * RATE)
            anywhere = (2 * GROUP + 1, 2 * GROUP + 1 + seconds * RATE - 2)
            seen = _cuts(folder, source, index, aligned, anywhere, rounds)
            heads = [f"{seconds} s", "wall s", "least", "CPU s", "MiB"]
            report += ["", table(heads, [[what, *spent.cells()] for what, spent in seen.items()]), ""]
            report += _verdicts(seconds, seen)
    return report


def _cuts(
    folder: Path, source: Path, index: Index, aligned: tuple[int, int], anywhere: tuple[int, int], rounds: int
) -> dict[str, Spent]:
    """Return what each way took. Ways take turns, so that a noisy minute hits all alike."""
    target = folder / "part.mp4"

    def ours(points: tuple[int, int]) -> Plan:
        plan = planning.plan(index, *points)
        done = parts.cut(source, target, index, plan)
        digest_of(target)  # which the worker takes itself, of what a sandbox made
        if (done.method, done.frames) != (plan.method, points[1] - points[0]):
            raise SystemExit(f"{done} was not planned")
        return plan

    def alone(points: tuple[int, int]) -> list[str]:
        told = {
            "index": index.to_json(), "plan": planning.plan(index, *points).to_json(), "source": str(source),
            "target": str(target),
        }  # fmt: skip
        return [sys.executable, "-c", ALONE, json.dumps(told)]

    def copied(points: tuple[int, int]) -> list[str]:
        length = (points[1] - points[0]) / RATE
        return ffmpeg(
            "-ss",
            f"{points[0] / RATE:.6f}",
            "-i",
            str(source),
            "-t",
            f"{length:.6f}",
            "-c",
            "copy",
            str(target),
        )

    names = (
        "ffmpeg -c copy", "ours, at key frames", "its checksum alone", "… in a process of its own",
        "encode two groups", "ours, anywhere", "… in a process of its own ", "encode everything",
    )  # fmt: skip
    seen = {name: Spent() for name in names}
    length = anywhere[1] - anywhere[0]
    for _ in range(rounds):
        target.unlink(missing_ok=True)  # nobody is charged for taking away what the one before has written
        program(seen["ffmpeg -c copy"], *copied(aligned))
        target.unlink()
        within(seen["ours, at key frames"], lambda: ours(aligned))
        within(seen["its checksum alone"], lambda: digest_of(target))
        target.unlink()
        program(seen["… in a process of its own"], *alone(aligned))
        target.unlink()
        program(seen["encode two groups"], *again(source, target, anywhere[0] / RATE, 2 * GROUP))
        within(seen["ours, anywhere"], lambda: ours(anywhere))
        program(seen["… in a process of its own "], *alone(anywhere))
        if not seen["encode everything"].wall:  # minutes, of which a second round would say nothing new
            program(seen["encode everything"], *again(source, target, anywhere[0] / RATE, length))
    return seen


def _verdicts(seconds: int, seen: dict[str, Spent]) -> list[str]:
    copying, groups = seen["ffmpeg -c copy"], seen["encode two groups"]
    floor = Spent(wall=[one + other for one, other in zip(copying.wall, groups.wall, strict=True)])
    everything = seen["encode everything"]
    return [
        verdict(
            f"{seconds} s at key frames, time of ffmpeg -c copy's",
            seen["ours, at key frames"].of(copying),
            goals.PART_OF_COPY,
        ),
        verdict(
            f"{seconds} s anywhere, time of copying and of encoding two groups",
            seen["ours, anywhere"].of(floor),
            1.0,
        ),
        verdict(
            f"{seconds} s anywhere, times faster than encoding everything",
            median(everything.wall) / median(seen["ours, anywhere"].wall),
            goals.PART_OF_ENCODING[seconds],
            at_most=False,
        ),
        f"         {seconds} s at key frames, CPU of ffmpeg -c copy's: "
        f"{median(seen['ours, at key frames'].cpu) / median(copying.cpu):.2f}",
        f"         {seconds} s in a process of its own, from its start: "
        f"{seen['… in a process of its own'].of(copying):.2f} of copying, "
        f"{seen['… in a process of its own '].of(floor):.2f} of copying and two groups",
    ]

"""The worker's side of a sandbox: starts a function in it, listens, and takes what it made.

Everything that comes out of a sandbox is taken as written by whoever sent the file: lines of JSON up to a size,
and plain files without following links.
"""

from __future__ import annotations

import fcntl
import json
import logging
import os
import secrets
import selectors
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from flask import current_app

from app.library import ffmpeg
from app.library.problems import Problem

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[3]
INSIDE = Path(__file__).with_name("inside.py")
FUNCTIONS = ("app.library.studio.", "app.library.cutting.")  # where what runs in a sandbox is written
CODE = [ROOT / "app"]
SYSTEM = [Path(path) for path in ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/dev/urandom", "/dev/zero",
                                  "/sys/devices/system/cpu")]  # fmt: skip
NICE = 10
MB = 1024 * 1024
LONGEST_ANSWER = 4 * MB  # what is longer belongs into a file
TICK_SECONDS = 0.25
SAY_SECONDS = 1.0  # how often the caller hears of progress, also when there is none
LAST_WORDS = 4000  # bytes of what a process said on its standard error, for the log


@dataclass(frozen=True)
class Limits:
    """What one function in a sandbox may take.

    ``wall_seconds`` is by the clock, ``cpu_seconds`` for each of its processes, ``memory_bytes`` the address space of
    each, ``file_bytes`` the size of any one file that it writes.
    """

    wall_seconds: float = 120
    cpu_seconds: int = 60
    memory_bytes: int = 1024 * MB
    file_bytes: int = 512 * MB
    open_files: int = 64


@dataclass(frozen=True)
class Made:
    """What a function in a sandbox answered: ``result``, and files in ``folder``, which is removed after the block.

    ``walls`` are those that the kernel granted; ``cpu_seconds`` and ``peak_bytes`` what it took (0: unknown).
    """

    folder: Path
    result: Any
    walls: Sequence[str] = ()
    cpu_seconds: float = 0
    peak_bytes: int = 0

    def open(self, name: str) -> BinaryIO:
        """Open the file ``name`` that it made. Raises Problem unless it is a plain file of the folder."""
        if not name or "/" in name or name.startswith("."):
            raise Problem("crashed")
        try:
            place = os.open(self.folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        except OSError:
            raise Problem("crashed") from None
        seen = os.fstat(place)
        if not stat.S_ISREG(seen.st_mode) or seen.st_nlink != 1:
            os.close(place)
            raise Problem("crashed")
        return os.fdopen(place, "rb")


@contextmanager
def work(
    function: str,
    *,
    reads: Mapping[str, Path],
    told: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
    progress: Callable[[float], object] | None = None,
    within: Path | None = None,
) -> Iterator[Made]:
    """Run ``function`` ("app.library.studio.looking.look") in a sandbox; its files are there inside the block.

    It is called there with its folder, ``reads`` (the files that it may read, by name), ``told`` (values for JSON)
    and a function that takes how far it is, 0 to 1, and returns what JSON can say. ``progress`` hears of
    that about once a second, and may raise to have it stopped: whatever it raises rises here. ``within``
    is where the folder is made (None: the newsroom's own place).

    Raises Problem with the function's own code, or "too_heavy" (CPU, memory), "too_long" (by the clock),
    "too_big" (a file), "disk_full", "crashed".
    """
    if not function.startswith(FUNCTIONS):
        raise ValueError(f"{function} is no function for a sandbox")
    with _own_folder(within or current_app.config["INSTANCE_DIR"] / "sandboxes") as folder:
        yield _Run(function, reads, dict(told or {}), limits or Limits(), folder, progress).made()


@contextmanager
def _own_folder(within: Path) -> Iterator[Path]:
    """Make a folder for one sandbox, and remove it in any case; also those of workers that were killed."""
    within.mkdir(parents=True, exist_ok=True, mode=0o700)
    remove_left_over(within)
    folder, held = _locked(within)
    try:
        yield folder
    finally:
        _remove(folder)
        os.close(held)


def _locked(within: Path) -> tuple[Path, int]:
    """Make a folder, and return it with the descriptor that holds its lock: that lasts as long as this process."""
    while True:
        folder = within / secrets.token_hex(8)
        folder.mkdir(mode=0o700)
        with suppress(FileNotFoundError):  # whoever removes what was left over may have come between
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            with suppress(BlockingIOError, FileNotFoundError):
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if folder.stat().st_ino == os.fstat(held).st_ino:
                    return folder, held
            os.close(held)


def remove_left_over(within: Path) -> int:
    """Remove the folders of sandboxes whose worker is gone, and say how many."""
    gone = 0
    for folder in within.glob("*"):
        with suppress(FileNotFoundError, NotADirectoryError):
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _remove(folder)
                gone += 1
            except BlockingIOError:
                pass  # somebody is at work in it
            finally:
                os.close(held)
    return gone


def _remove(folder: Path) -> None:
    for _ in range(20):  # what was killed may take a moment to end, and writes until then
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.05)
    log.error("the folder of a sandbox cannot be removed: %s", folder.name)


@dataclass
class _Run:
    function: str
    reads: Mapping[str, Path]
    told: dict[str, Any]
    limits: Limits
    folder: Path
    progress: Callable[[float], object] | None
    heard: dict[str, Any] = field(default_factory=dict)
    last_words: bytes = b""
    _pieces: list[bytes] = field(default_factory=list)
    _length: int = 0

    def made(self) -> Made:
        answers, theirs = os.pipe()
        try:
            process = self._start(theirs)
        finally:
            os.close(theirs)
        try:
            is_in_time = self._listen(process, answers)
            if is_in_time:
                os.waitid(
                    os.P_PID, process.pid, os.WEXITED | os.WNOWAIT
                )  # how it ended is to be its own doing
        finally:
            _end(process)
            os.close(answers)
        return self._told(process, is_in_time=is_in_time)

    def _start(self, answers: int) -> subprocess.Popen[bytes]:
        order = {
            "worker": os.getpid(),
            "function": self.function,
            "folder": str(self.folder),
            "reads": {name: str(path.resolve()) for name, path in self.reads.items()},
            "told": self.told,
            "limits": asdict(self.limits),
            "nice": NICE,
            "answers": answers,
            "ffmpeg": ffmpeg.binary(),
            "readable": [str(path) for path in readable()],
        }
        process = subprocess.Popen(
            [sys.executable, "-I", str(INSIDE)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={
                "PATH": "/usr/bin:/bin",
                "LANG": "C.UTF-8",
                "HOME": str(self.folder),
                "TMPDIR": str(self.folder),
                "MALLOC_ARENA_MAX": "2",  # else each thread reserves 64 MB of addresses
            },
            pass_fds=(answers,),
            start_new_session=True,
        )
        with suppress(BrokenPipeError):
            process.stdin.write(json.dumps(order).encode() + b"\n")
            process.stdin.close()
        return process

    def _listen(self, process: subprocess.Popen[bytes], answers: int) -> bool:
        """Hear it out, and say whether it ended in time."""
        until = time.monotonic() + self.limits.wall_seconds
        said_at = time.monotonic()
        errors = process.stderr.fileno()
        with selectors.DefaultSelector() as waiting:
            waiting.register(answers, selectors.EVENT_READ)
            waiting.register(errors, selectors.EVENT_READ)
            while waiting.get_map():
                for key, _ in waiting.select(TICK_SECONDS):
                    piece = os.read(key.fd, 65_536)
                    if not piece:
                        waiting.unregister(key.fd)
                    elif key.fd == errors:
                        self.last_words = (self.last_words + piece)[-LAST_WORDS:]
                    else:
                        self._hear(piece)
                now = time.monotonic()
                if self.progress and now - said_at >= SAY_SECONDS:
                    said_at = now
                    self.progress(self.heard.get("share", 0.0))
                if now >= until:
                    return False
        return True

    def _hear(self, piece: bytes) -> None:
        self._length += len(piece)
        if self._length > LONGEST_ANSWER:
            raise Problem("crashed")
        self._pieces.append(piece)
        if b"\n" not in piece:
            return
        *lines, rest = b"".join(self._pieces).split(b"\n")
        self._pieces = [rest]
        for line in lines:
            try:
                said = json.loads(line)
            except ValueError:
                raise Problem("crashed") from None
            if isinstance(said, dict):
                self.heard |= said

    def _told(self, process: subprocess.Popen[bytes], *, is_in_time: bool) -> Made:
        if not is_in_time:
            log.warning("%s took longer than %s s", self.function, self.limits.wall_seconds)
            raise Problem("too_long")
        ended: Any = self.heard.get("ended", process.returncode)
        if "result" in self.heard and ended == 0:
            return Made(
                self.folder,
                self.heard["result"],
                self.heard.get("walls", []),
                self.heard.get("cpu", 0),
                self.heard.get("peak", 0),
            )
        code, detail = self.heard.get("problem"), self.heard.get("detail")
        if not isinstance(code, str):
            code, detail = _meaning(ended), {"of": signal.Signals(-ended).name} if _is_signal(ended) else {}
        if code == "crashed":
            words = self.last_words.decode(errors="replace").strip()
            log.warning("%s ended with %s: %s", self.function, ended, words or "no words")
        raise Problem(code, **(detail if isinstance(detail, dict) else {}))


def readable() -> list[Path]:
    """Return what a sandbox may read besides its files: Python, its packages, our code, and ffmpeg."""
    python = {Path(sys.prefix), Path(sys.base_prefix), Path(sys.executable).resolve().parent.parent}
    program = Path(ffmpeg.binary()).resolve()
    return [*SYSTEM, *CODE, *(path for path in sorted(python) if path != Path("/")), program]


def _is_signal(ended: Any) -> bool:
    return isinstance(ended, int) and -ended in signal.valid_signals()


def _meaning(ended: Any) -> str:
    """Return the code for a process that ended without an answer: by which signal, if any."""
    if _is_signal(ended) and -ended in (
        signal.SIGKILL,
        signal.SIGXCPU,
    ):  # its CPU time, or the machine's memory
        return "too_heavy"
    if _is_signal(ended) and -ended == signal.SIGXFSZ:
        return "too_big"
    return "crashed"


def _end(process: subprocess.Popen[bytes]) -> None:
    """End whatever is left of it: the whole group, and with its first process all others of its namespace."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)  # it was not waited for yet: the number is still its own
    process.wait()
    for pipe in (process.stdin, process.stderr):
        with suppress(BrokenPipeError):
            pipe.close()

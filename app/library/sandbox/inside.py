"""The first lines of a sandboxed process: walls first, then one function of ours, then its answer. Run as a program.

It is told what to do by one line of JSON on its standard input, and answers by lines of JSON on the
descriptor that it was given: {"walls": […]}, {"share": 0.5} …, then {"result": …} or {"problem": code, …}.

``app`` is made known here as a folder alone: the newsroom itself, with Flask and its settings, is never loaded.
"""

from __future__ import annotations

import errno
import gc
import json
import os
import signal
import sys
import time
import traceback
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

APP = Path(__file__).resolve().parents[2]
ERRNO = {
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EFBIG: "too_big",
    errno.ENOMEM: "too_heavy",
}
EVERY_SECONDS = 0.2  # how often progress is told at most


def main() -> None:
    """Do what standard input says, and end."""
    order = json.loads(sys.stdin.readline())
    package = ModuleType("app")
    package.__path__ = [str(APP)]
    sys.modules["app"] = package
    walls = import_module("app.library.sandbox.walls")
    walls.die_with_parent()
    if os.getppid() != order["worker"]:  # it was killed in the meantime
        return
    os.nice(order["nice"])
    have = ["namespaces"] if walls.in_namespaces() else []
    if have and (first := os.fork()):
        os.waitpid(first, 0)
        os._exit(0)
    # The first process of a namespace: when it ends, everything that was started in there ends with it. It does not
    # do the work itself, as most signals do nothing to a first process.
    walls.die_with_parent()
    child = os.fork()
    if child == 0:
        walls.die_with_parent()
        _work(order, walls, have)
    _, status, used = os.wait4(child, 0)
    spent = {"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * 1024}
    _tell(order, {"ended": os.waitstatus_to_exitcode(status), **spent})
    os._exit(0)


def _work(order: dict[str, Any], walls: Any, have: list[str]) -> None:
    """Go behind the walls, do the function, tell its answer, and end the process."""
    status = 1
    try:
        limits = order["limits"]
        folder = Path(order["folder"])
        reads = {name: Path(path) for name, path in order["reads"].items()}
        sys.path.append(str(APP.parent))
        import_module("app.library.ffmpeg").be(order["ffmpeg"])
        module, _, name = order["function"].rpartition(".")
        function = getattr(
            import_module(module), name
        )  # ours; of the file that came nothing has been read yet
        os.chdir(folder)
        walls.give_up_privileges()
        readable = [Path(path) for path in order["readable"]]
        if walls.only_files(
            read=[*readable, *reads.values()],
            change=[folder, Path(os.devnull), Path("/dev/zero")],
        ):
            have.append("files")
        if walls.without_network():
            have.append("calls")
        walls.set_limits(
            cpu_seconds=limits["cpu_seconds"],
            memory_bytes=limits["memory_bytes"],
            file_bytes=limits["file_bytes"],
            open_files=limits["open_files"],
        )
        _tell(order, {"walls": have})
        result = function(folder, reads, order["told"], _Share(order))
        _tell(order, {"result": result})
        status = 0
    except MemoryError:
        gc.collect()
        _tell(order, {"problem": "too_heavy", "detail": {"of": "memory"}})
    except BaseException as error:
        code = (
            getattr(error, "code", None)
            if hasattr(error, "detail")
            else ERRNO.get(getattr(error, "errno", None) or 0)
        )
        if code is None:
            traceback.print_exc()
        _tell(order, {"problem": code or "crashed", "detail": getattr(error, "detail", {})})
    finally:
        sys.stderr.flush()
        os._exit(status)


class _Share:
    """Tells how far the function is, 0 to 1, seldom enough to cost nothing."""

    def __init__(self, order: dict[str, Any]) -> None:
        self._order, self._told_at = order, 0.0

    def __call__(self, share: float) -> None:
        if (now := time.monotonic()) - self._told_at >= EVERY_SECONDS:
            self._told_at = now
            _tell(self._order, {"share": max(0.0, min(1.0, share))})


def _tell(order: dict[str, Any], what: dict[str, Any]) -> None:
    line = json.dumps(what, ensure_ascii=True, allow_nan=False).encode() + b"\n"
    while line:
        line = line[os.write(order["answers"], line) :]


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the worker, which ends us
    main()

"""Run a web server as its own process for a while, and read what it uses from the kernel's own books."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts.run import web

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
OPENING_SECONDS = 30


class Server:
    """A process and its children, listening at ``url``."""

    def __init__(self, process: subprocess.Popen, url: str) -> None:
        self.process = process
        self.url = url

    def cpu_seconds(self) -> float:
        """CPU time that the process and all below it have used, user and system."""
        used = 0
        for pid in family(self.process.pid):
            try:
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # it ended between the two looks
            used += int(fields[11]) + int(fields[12])
        return used / TICKS

    def rss_mib(self) -> list[float]:
        """Memory of each worker, in MiB; the process above them only starts and stops them."""
        sizes = []
        for pid in family(self.process.pid)[1:]:
            status = Path(f"/proc/{pid}/status").read_text()
            line = next(line for line in status.splitlines() if line.startswith("VmRSS:"))
            if "resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_text():
                sizes.append(int(line.split()[1]) / 1024)
        return sizes


def family(pid: int) -> list[int]:
    """Return ``pid`` and every process below it."""
    found = [pid]
    for parent in found:
        for task in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in task.read_text().split()]
            except OSError:
                continue
    return found


def free_port() -> int:
    """Return a port that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(command: list[str], port: int, environ: dict[str, str]) -> Iterator[Server]:
    """Run ``command`` until the block ends; enter it when somebody listens at ``port``."""
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | environ, start_new_session=True)
    try:
        _wait(process, port)
        yield Server(process, f"http://127.0.0.1:{port}")
    finally:
        _end(process)


@contextmanager
def granian(target: str, environ: dict[str, str], *, workers: int = 2, threads: int = 2) -> Iterator[Server]:
    """Serve the WSGI app ``target`` by the command that serves the newsroom."""
    port = free_port()
    settings = {"HOST": "127.0.0.1", "PORT": port, "WEB_WORKERS": workers, "WEB_THREADS": threads}
    command = [target if word == "wsgi:app" else word for word in web(settings)]
    own = {"HOST": "127.0.0.1", "PORT": str(port), "PUBLIC_URL": f"http://127.0.0.1:{port}"}
    with running(command, port, own | environ) as server:
        yield server


def _wait(process: subprocess.Popen, port: int) -> None:
    until = time.monotonic() + OPENING_SECONDS
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended by itself with code {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"nobody listens at port {port}")


def _end(process: subprocess.Popen) -> None:
    for number, patience in ((signal.SIGTERM, 8), (signal.SIGKILL, 5)):
        try:
            os.killpg(process.pid, number)
            process.wait(patience)
            break
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue

"""A real newsroom for real browsers: its own folder, its own port, the production server, a worker when asked."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import servers
from tests.once import made_once
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Newsroom:
    """A running newsroom: web server processes, and a worker that can be killed."""

    def __init__(self, folder: Path, app: str = "wsgi") -> None:
        self.port = free_port()
        self.folder = folder
        self.app = app
        self.url = f"http://127.0.0.1:{self.port}"
        self.environ = os.environ | {
            "INSTANCE_DIR": str(folder),
            "PORT": str(self.port),
            "SWEEP_SECONDS": "1",
            "JOB_LOST_SECONDS": "4",
            "PYTHONPATH": str(ROOT),
        }
        if servers.POSTGRES:
            self.environ["DATABASE_URL"] = servers.new_database()
        self.processes: list[subprocess.Popen[bytes]] = []

    def flask(self, *words: str, typed: str | None = None) -> str:
        """Run a command of ours; return what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", self.app, *words],
            cwd=ROOT, env=self.environ, input=typed, capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def run(self, module: str, *words: str) -> None:
        """Run a module as a program, in this newsroom's environment."""
        done = subprocess.run(
            [sys.executable, "-m", module, *words], cwd=ROOT, env=self.environ, capture_output=True, text=True,
            timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr

    def start(self, *command: str) -> subprocess.Popen[bytes]:
        """Start a process that ends with the test."""
        process = subprocess.Popen(
            [sys.executable, "-m", *command], cwd=ROOT, env=self.environ,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        self.processes.append(process)
        return process

    def open(self) -> None:
        """Start the web server as production does, with two workers."""
        self.start(
            "granian", f"{self.app}:app", "--interface", "wsgi", "--no-ws", "--host", "127.0.0.1",
            "--port", str(self.port), "--workers", "2", "--blocking-threads", "2",
        )  # fmt: skip
        until(lambda: self.status("/en/") == 200, seconds=60, what="the web server")

    def work(self) -> subprocess.Popen[bytes]:
        """Start a worker."""
        return self.start("flask", "--app", self.app, "work")

    def status(self, path: str) -> int:
        """Return what the server answers at ``path``, 0 when it does not answer."""
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def text(self, path: str) -> str:
        """Return the page at ``path``."""
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            return answer.read().decode()

    def close(self) -> None:
        """End everything that was started."""
        for process in self.processes:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(timeout=10)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a seeded demonstration, to be copied: drawing its pictures and preparing its films takes a while."""

    def seed(folder: Path) -> None:
        made = Newsroom(folder)
        made.flask("db", "upgrade")
        made.flask("seed")
        made.run("tests.journeys.done")

    return made_once(tmp_path_factory, "demonstration", seed)


@pytest.fixture(scope="session")
def seeded(demonstration: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """The running demonstration, for tests that only look, or add to it."""
    folder = tmp_path_factory.mktemp("seeded") / "instance"
    shutil.copytree(demonstration, folder)
    made = Newsroom(folder)
    try:
        made.open()
        made.work()
        yield made
    finally:
        made.close()

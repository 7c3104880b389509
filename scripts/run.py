"""Open the newsroom: bring the database up to date, fill an empty demonstration, start web and worker.

Both processes live and die together: when one ends by itself the other is stopped, and this ends
with code 1. An interrupt or a polite kill stops both within ten seconds, and this ends with code 0.
"""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from config import BadSettings, environment, read  # noqa: E402 (the folder above must be known first)

OPENING_SECONDS = 60  # how long the web server may take to answer for the first time
CLOSING_SECONDS = 8  # how long web and worker may take to finish what they are doing
KILLING_SECONDS = 1.5

FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")


class CannotOpen(Exception):
    """The newsroom cannot be opened; the message says why, and what would help."""


def check_port(host: str, port: int) -> None:
    """Raise CannotOpen unless a server could listen at ``host`` and ``port`` now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CannotOpen(_why_not(error, host, port)) from None


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken: close what listens there, or choose another: make run PORT={port + 1}"
    if error.errno == errno.EACCES:
        return f"Port {port} is reserved for the system: choose one above 1023: make run PORT=8000"
    return f"{host} is not an address of this machine: set HOST to one that is: make run HOST=127.0.0.1"


def web(settings: dict[str, Any]) -> list[str]:
    """Return the command of the web server."""
    return [
        sys.executable, "-m", "granian", "wsgi:app",
        "--interface", "wsgi", "--no-ws", "--http", "1",
        "--host", settings["HOST"], "--port", str(settings["PORT"]),
        "--workers", str(settings["WEB_WORKERS"]), "--blocking-threads", str(settings["WEB_THREADS"]),
        "--workers-kill-timeout", str(CLOSING_SECONDS - 2), "--log-level", "warning",
    ]  # fmt: skip


def worker() -> list[str]:
    """Return the command of the worker."""
    return [*FLASK, "work"]


class Company:
    """Processes that live and die together, each at the head of its own group.

    A group of its own keeps the terminal's Ctrl-C from reaching a child twice, and lets us end
    the children of a child that does not end them itself.
    """

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self._members = {
            name: subprocess.Popen(command, cwd=ROOT, start_new_session=True)
            for name, command in commands.items()
        }

    def gone(self) -> str | None:
        """Return the name of a process that has ended, or None."""
        return next((name for name, process in self._members.items() if process.poll() is not None), None)

    def stop(self) -> None:
        """Ask each to finish, and end those that do not, with whatever they have started."""
        for process in self._members.values():
            process.terminate()  # the process alone: it tells its own children
        self._wait(CLOSING_SECONDS)
        for process in self._members.values():
            with suppress(ProcessLookupError):  # the whole group has ended
                os.killpg(process.pid, signal.SIGKILL)
        self._wait(KILLING_SECONDS)

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        for process in self._members.values():
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, until - time.monotonic()))


def answers(host: str, port: int) -> bool:
    """Return whether a newsroom answers at ``host`` and ``port``, whatever it says."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 (listening there is the setting's choice)
    connection = HTTPConnection(everywhere.get(host, host), port, timeout=2)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
    return True


def flask(*words: str) -> None:
    """Run a command of the newsroom's own; raise CannotOpen if it fails."""
    if subprocess.run([*FLASK, *words], cwd=ROOT, check=False).returncode != 0:
        raise CannotOpen(f"`flask {' '.join(words)}` failed; what it said stands above.")


def open_newsroom(settings: dict[str, Any], stopping: threading.Event) -> int:
    """Open the newsroom, and return 0 when ``stopping`` has closed it.

    Raises CannotOpen when it does not open, or when a process ends by itself.
    """
    host, port = settings["HOST"], settings["PORT"]
    check_port(host, port)
    print("Bringing the database up to date; an empty newsroom gets its demonstration.", flush=True)
    flask("db", "upgrade")
    if settings["DEMO"]:
        flask("seed", "--if-empty")  # tells the accounts in either case

    company = Company({"web server": web(settings), "worker": worker()})
    try:
        until = time.monotonic() + OPENING_SECONDS
        while not answers(host, port) and not company.gone() and not stopping.wait(0.1):
            if time.monotonic() > until:
                raise CannotOpen(f"The web server did not answer within {OPENING_SECONDS} seconds.")
        if not company.gone() and not stopping.is_set():
            shown = f"[{host}]" if ":" in host else host
            print(f"\nThe newsroom is open: http://{shown}:{port} (Ctrl-C closes it)", flush=True)
            if settings["MODE"] == "development" and not settings["MAIL_SERVER"]:
                print(f"Its mails land in a mailbox: http://{shown}:{port}/dev/mail", flush=True)
            print(flush=True)
        while not stopping.wait(0.25):
            if name := company.gone():
                raise CannotOpen(f"The {name} ended by itself, so the newsroom was closed.")
    finally:
        company.stop()
    print("The newsroom is closed.", flush=True)
    return 0


def main() -> int:
    """Open the newsroom that the settings describe."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    try:
        return open_newsroom(read(environment()), stopping)
    except (BadSettings, CannotOpen) as reason:
        if stopping.is_set():  # an interrupt while opening also ends what was being done
            return 0
        print(f"\n{reason}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())

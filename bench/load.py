"""Put load on one address of this machine for a few seconds, and say what it cost.

    python -m bench.load http://127.0.0.1:8000/en/ 16 3     (address, connections, seconds)

wrk drives the load if it is installed, else a small client of our own in a process of its own:
slower, but what we judge by is the server's CPU time for each request, which the client's speed
hardly moves. Only addresses of this machine are accepted, and every run ends by itself.
"""

from __future__ import annotations

import json
import re
import selectors
import shutil
import socket
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
LONGEST_SECONDS = 60
MOST_CONNECTIONS = 256
HERE = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True)
class Load:
    """What one run saw: requests answered and how fast, half and 99 of 100 of them, and what went wrong."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    errors: int
    tool: str

    @property
    def per_second(self) -> float:
        """Requests answered in a second."""
        return self.requests / self.seconds if self.seconds else 0.0


def drive(url: str, connections: int, seconds: float, headers: dict[str, str] | None = None) -> Load:
    """Ask for ``url`` over ``connections`` kept-alive connections for ``seconds``; return what was seen."""
    check(url, connections, seconds)
    if shutil.which("wrk"):
        return _wrk(url, connections, seconds, headers or {})
    command = [
        sys.executable,
        "-m",
        "bench.load",
        url,
        str(connections),
        str(seconds),
        json.dumps(headers or {}),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=seconds + 30, check=True)
    return Load(**json.loads(done.stdout))


def check(url: str, connections: int, seconds: float) -> None:
    """Raise ValueError for what would load somebody else's machine, or never end."""
    if urlsplit(url).hostname not in HERE:
        raise ValueError(f"{url} is not on this machine")
    if not 1 <= connections <= MOST_CONNECTIONS or not 0 < seconds <= LONGEST_SECONDS:
        raise ValueError(f"at most {MOST_CONNECTIONS} connections and {LONGEST_SECONDS} seconds")


def _wrk(url: str, connections: int, seconds: float, headers: dict[str, str]) -> Load:
    command = [
        "wrk",
        "-t",
        str(min(connections, 2)),
        "-c",
        str(connections),
        "-d",
        f"{max(1, round(seconds))}s",
    ]
    command += ["--latency", "--timeout", "10s"]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run(
        [*command, url], capture_output=True, text=True, timeout=seconds + 30, check=True
    ).stdout
    total = re.search(r"(\d+) requests in ([\d.]+)(m?s|m)", said)
    wrong = re.search(r"connect (\d+), read (\d+), write (\d+), timeout (\d+)", said)
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    errors = sum(map(int, wrong.groups())) if wrong else 0
    return Load(
        requests=int(total[1]),
        seconds=float(total[2]) * {"ms": 0.001, "s": 1, "m": 60}[total[3]],
        p50_ms=_wrk_ms(said, "50%"),
        p99_ms=_wrk_ms(said, "99%"),
        errors=errors + (int(refused[1]) if refused else 0),
        tool="wrk",
    )


def _wrk_ms(said: str, share: str) -> float:
    found = re.search(rf"{share}\s+([\d.]+)(us|ms|s|m)", said)
    return float(found[1]) * {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}[found[2]]


class Visitor:
    """One connection: sends the same request again as soon as it has been answered."""

    def __init__(self, address: tuple[str, int], request: bytes) -> None:
        self.socket = socket.create_connection(address, timeout=5)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request = request
        self._got = bytearray()
        self._needed = 0  # bytes of the whole answer, once its head is read; 0 before
        self._asked = 0.0
        self._status = b""

    def ask(self) -> None:
        """Send the request."""
        self._got.clear()
        self._needed = 0
        self._asked = time.perf_counter()
        self.socket.sendall(self._request)

    def hear(self) -> tuple[float, bool] | None:
        """Read on; return how long the answer took and whether it was a good one, or None until it is whole."""
        part = self.socket.recv(262_144)
        if not part:
            raise ConnectionError("closed by the server")
        self._got += part
        if not self._needed:
            end = self._got.find(b"\r\n\r\n")
            if end < 0:
                return None
            head = bytes(self._got[:end])
            self._status = head[9:12]
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            if length is None and self._status != b"304":
                raise ConnectionError("an answer without Content-Length")
            self._needed = end + 4 + (int(length[1]) if length else 0)
        if len(self._got) < self._needed:
            return None
        return time.perf_counter() - self._asked, self._status[:1] in (b"2", b"3")


def _own(url: str, connections: int, seconds: float, headers: dict[str, str]) -> Load:
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    lines = [
        f"GET {target} HTTP/1.1",
        f"Host: {parts.netloc}",
        *(f"{key}: {val}" for key, val in headers.items()),
    ]
    request = ("\r\n".join(lines) + "\r\n\r\n").encode()
    address = (parts.hostname or "", parts.port or 80)

    took: list[float] = []
    errors = 0
    with selectors.DefaultSelector() as ready:
        for _ in range(connections):
            visitor = Visitor(address, request)
            ready.register(visitor.socket, selectors.EVENT_READ, visitor)
            visitor.ask()
        began = time.perf_counter()
        while (now := time.perf_counter()) < began + seconds and ready.get_map():
            for key, _ in ready.select(timeout=0.5):
                try:
                    answer = key.data.hear()
                    if answer is not None:
                        took.append(answer[0])
                        errors += not answer[1]
                        key.data.ask()
                except OSError:
                    errors += 1
                    ready.unregister(key.fileobj)
                    key.data.socket.close()
        for key in list(ready.get_map().values()):
            key.data.socket.close()
    took.sort()
    middle, late = (took[int(len(took) * share)] * 1000 if took else 0.0 for share in (0.5, 0.99))
    return Load(len(took), now - began, middle, late, errors, "own client")


def main() -> None:
    """Put load on the address of the command line with our own client, and print what was seen as JSON."""
    url, connections, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    check(url, connections, seconds)
    print(
        json.dumps(asdict(_own(url, connections, seconds, json.loads(sys.argv[4]) if sys.argv[4:] else {})))
    )


if __name__ == "__main__":
    main()

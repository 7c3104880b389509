"""A file of ten gigabytes through the newsroom and out again; called by bench.library (subject "big").

It is sent in pieces of 8 MB (tus) to the web server, its checksum is taken by the worker, and it is read whole: from
the newsroom alone, from nginx to which the newsroom says where it lies (X-Accel), and from an nginx that has it by
itself, interleaved in one run. Then 64 kB of it, from its beginning and from its end. Memory is the peak of each
process, as the kernel has noted it. The client is one connection, in this process, for all of them.
"""

from __future__ import annotations

import base64
import http.client
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

from bench import goals, newsroom, nginx
from bench.goals import table, verdict
from bench.server import ROOT, Server, family, granian

PIECE = 8 * 1024 * 1024
PART = 64 * 1024
MB = 1000 * 1000
SPARE = 2000 * MB  # of the disk, that is left to others
EMAIL, PASSWORD = "bench@office.test", "Ryba-2025-sonce!"
HEAD = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2"

OFFICER = f"""
from app import create_app
from app.accounts import service
with create_app().app_context():
    service.add_officer(
        email={EMAIL!r}, name="Bench", roles=["media_desk"], language="en", password={PASSWORD!r}, by=None
    )
"""
TAKEN = """
from app import create_app
from app.database import db
from app.library.models import Master
with create_app().app_context():
    print(*(master.id for master in db.session.query(Master)))
"""
SHOWN = """
from app import create_app, clock
from app.acts import act
from app.database import db
from app.library.models import Master, Rendition, RenditionState
@act
def show():
    master = db.session.query(Master).one()
    for former in list(master.renditions):
        db.session.delete(former)
    db.session.flush()
    db.session.add(Rendition(master_id=master.id, name="preview", state=RenditionState.READY, key=master.key,
                             mimetype="video/mp4", size_bytes=master.size_bytes, sha256=master.sha256))
    return master.id, master.key
with create_app().app_context():
    print(*show())
"""


class Client:
    """One officer's browser: a connection that stays open, and cookies."""

    def __init__(self, url: str) -> None:
        self.line = http.client.HTTPConnection(urlsplit(url).netloc, timeout=300)
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Ask, and read the whole answer."""
        answer = self._send(method, path, body, headers)
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def read(self, path: str, **headers: str) -> int:
        """Read an answer without keeping it; return how many bytes it had."""
        answer = self._send("GET", path, None, headers)
        if answer.status not in (200, 206):
            raise RuntimeError(f"{path} was answered {answer.status}")
        buffer, size = memoryview(bytearray(1024 * 1024)), 0
        while got := answer.readinto(buffer):
            size += got
        return size

    def _send(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.line.request(method, path, body, said)
        answer = self.line.getresponse()
        for told in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = told.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer

    def log_in(self) -> str:
        """Log in; return the token of the page of uploads."""
        form = {"csrf_token": self._token("/desk/sign-in"), "email": EMAIL, "password": PASSWORD}
        kind = "application/x-www-form-urlencoded"
        self.ask("POST", "/desk/sign-in", urlencode(form).encode(), Content_Type=kind)
        return self._token("/desk/media/upload")

    def _token(self, path: str) -> str:
        page = self.ask("GET", path)[2].decode()
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
        if found is None:
            raise RuntimeError(f"{path} has no token: {page[:300]}")
        return found[1]


def upload(client: Client, token: str, size: int) -> None:
    """Send ``size`` bytes that begin as a film does, in pieces."""
    own = {"Tus_Resumable": "1.0.0", "X_CSRFToken": token}
    name = base64.b64encode(b"big.mp4").decode()
    status, told, words = client.ask(
        "POST",
        "/desk/media/uploads/",
        b"",
        Upload_Length=str(size),
        Upload_Metadata=f"filename {name}",
        **own,
    )
    if status != 201:
        raise RuntimeError(f"no upload: {status} {words[:200]!r}")
    noise = os.urandom(PIECE)
    for offset in range(0, size, PIECE):
        piece = (HEAD if offset == 0 else offset.to_bytes(24, "big")) + noise
        piece = piece[: min(PIECE, size - offset)]
        status, _told, words = client.ask(
            "PATCH", told["location"], piece, Upload_Offset=str(offset),
            Content_Type="application/offset+octet-stream", **own,
        )  # fmt: skip
        if status != 204:
            raise RuntimeError(f"piece at {offset}: {status} {words[:200]!r}")


def peaks(pid: int) -> float:
    """Return the largest memory that a process below ``pid`` ever had, in MB."""
    largest = 0
    for each in family(pid):
        try:
            found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{each}/status").read_text())
        except OSError:
            continue
        largest = max(largest, int(found[1]) * 1024 if found else 0)
    return largest / MB


def wait_for_master(environ: dict[str, str], worker: int, seconds: float = 1800) -> float:
    """Wait until the worker has taken the file in; return the largest memory of it and of what it started, in MB."""
    until, largest = time.monotonic() + seconds, 0.0
    while time.monotonic() < until:
        is_taken = newsroom.run(environ, "-c", TAKEN).strip()
        largest = max(largest, peaks(worker))
        if is_taken:
            return largest
        time.sleep(1)
    raise RuntimeError("the file was never taken in")


def timed_read(url: str, path: str, cookies: dict[str, str], size: int) -> float:
    """Read the file whole over a new connection; return MB a second."""
    client = Client(url)
    client.cookies = dict(cookies)
    began = time.perf_counter()
    got = client.read(path)
    if got != size:
        raise RuntimeError(f"{got} bytes came instead of {size}")
    return size / MB / (time.perf_counter() - began)


def parts(url: str, path: str, cookies: dict[str, str], first: int, times: int = 40) -> float:
    """Return the milliseconds that a part from ``first`` on takes: the median."""
    client = Client(url)
    client.cookies = dict(cookies)
    took = []
    for _ in range(times):
        began = time.perf_counter()
        client.read(path, Range=f"bytes={first}-{first + PART - 1}")
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


def report(rounds: int, gigabytes: float) -> list[str]:
    """Return the report on a file of so many gigabytes."""
    size = int(gigabytes * 1000 * MB)
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if free < size + SPARE:
        raise SystemExit(
            f"{tempfile.gettempdir()} has {free / MB:.0f} MB free: name a smaller file by --gb, or a larger TMPDIR"
        )
    with newsroom.filled(1, languages="en", words=60) as environ:
        environ |= {"SECOND_FACTOR": "optional", "MIN_FREE_GB": "0", "DEMO": "0"}
        newsroom.run(environ, "-c", OFFICER)
        worker = subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "work"], cwd=ROOT, env=os.environ | environ,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            return _through(rounds, size, environ, worker)
        finally:
            worker.terminate()
            try:
                worker.wait(20)
            except subprocess.TimeoutExpired:
                worker.kill()


def _through(rounds: int, size: int, environ: dict[str, str], worker: subprocess.Popen[bytes]) -> list[str]:
    settings = {name: value for name, value in environ.items() if name != "PUBLIC_URL"}
    files = Path(environ["INSTANCE_DIR"]) / "files"
    with granian("wsgi:app", settings, threads=4) as alone:
        client = Client(alone.url)
        token = client.log_in()
        began, spent = time.perf_counter(), alone.cpu_seconds()
        upload(client, token, size)
        took, cpu = time.perf_counter() - began, alone.cpu_seconds() - spent
        began = time.perf_counter()
        worker_peak = wait_for_master(environ, worker.pid)
        taking = time.perf_counter() - began
        master_id, key = newsroom.run(environ, "-c", SHOWN).split()
        path = f"/media/masters/{master_id}/preview.mp4"
        with (
            tempfile.TemporaryDirectory(prefix="bench-", dir=files) as bodies,
            granian("wsgi:app", settings | {"X_ACCEL": "/_files/"}, threads=4) as told,
            nginx.in_front_of(told, files) as front,
        ):
            os.link(files / key, Path(bodies) / "big.body")
            Path(bodies).chmod(0o755)
            with nginx.static(Path(bodies), {"big": "/big"}) as bare:
                compared = _compare(rounds, size, (alone, told, front, bare), path, client.cookies)
                worker_peak = max(worker_peak, peaks(worker.pid))
                return [
                    *compared,
                    "",
                    f"upload in pieces of 8 MB: {size / MB / took:.0f} MB/s, {cpu / size * 1e12:.0f} ms of CPU a GB",
                    f"checksum and taking in, by the worker: {taking:.1f} s",
                    f"memory at its peak: web process {peaks(alone.process.pid):.0f} MB, worker {worker_peak:.0f} MB",
                    "",
                    verdict("web process, MB at its peak", peaks(alone.process.pid), goals.BIG_MB),
                    verdict("worker, MB at its peak", worker_peak, goals.BIG_MB),
                ]


def _compare(
    rounds: int, size: int, servers: tuple[Server, Server, Server, Server], path: str, cookies: dict[str, str]
) -> list[str]:
    alone, told, front, bare = servers
    # Cookies of two ports have two names: the newsroom behind nginx knows its own.
    other = Client(front.url)
    other.log_in()
    ways = {
        "newsroom alone": ([alone], path, cookies),
        "X-Accel": ([front, told], path, other.cookies),
        "nginx alone": ([bare], "/big", {}),
    }
    seen: dict[str, list[float]] = {name: [] for name in ways}
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, (servers, there, known) in ways.items():
            before = sum(server.cpu_seconds() for server in servers)
            seen[name].append(timed_read(servers[0].url, there, known, size))
            spent[name].append(sum(server.cpu_seconds() for server in servers) - before)
    start, end = (parts(alone.url, path, cookies, first) for first in (0, size - PART))
    floor = seen["nginx alone"]
    share = {
        name: median(mine / theirs for mine, theirs in zip(seen[name], floor, strict=True)) for name in ways
    }
    rows = [
        [name, f"{median(rates):.0f}", f"{share[name]:.2f}", f"{median(spent[name]) * 1000 * MB / size:.2f}"]
        for name, rates in seen.items()
    ]
    return [
        f"a file of {size / MB / 1000:g} GB, {rounds} interleaved rounds",
        "",
        table(["whole download", "MB/s", "of nginx", "CPU s a GB"], rows),
        "",
        f"64 kB from the beginning {start:.2f} ms, from the end {end:.2f} ms",
        "",
        verdict("newsroom alone, of nginx", share["newsroom alone"], goals.BIG_OF_NGINX, at_most=False),
        verdict("X-Accel, of nginx", share["X-Accel"], goals.ACCEL_OF_NGINX, at_most=False),
        verdict("64 kB at the end, of those at the beginning", end / start, goals.END_OF_BEGINNING),
    ]

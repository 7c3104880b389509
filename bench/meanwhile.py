"""What a sending takes from those who read pages, and from who waits for a code; called by bench.newsletter.

The newsroom runs as in production, web server and worker. Pages are asked for without a worker and beside one that
carries, in interleaved rounds, through the page cache and without it. Then codes are asked for while it carries: each
is timed from the form that asks for it until the mail server has it. The server takes only what all others leave: in an
office it is on a machine of its own.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median

from bench import goals, load, newsroom
from bench.goals import table, verdict
from bench.mailings import peak_mb
from bench.people import WITHOUT_LIMITS, Person, address
from bench.server import ROOT, Server, granian
from scripts.run import worker
from tests.sink import Sink
from tests.waiting import until

# The kernel shares connections out by chance: of four, all are with the same of two processes once in eight times.
CONNECTIONS = 16
FORGOT = "/en/account/forgot"
PAGE = "/en/"


@contextmanager
def carrying(environ: dict[str, str], sink: Sink) -> Iterator[subprocess.Popen[bytes]]:
    """Let a worker carry what waits, from the first mail on that it hands over until the block ends."""
    before = sink.count()
    process = subprocess.Popen(
        worker(), cwd=ROOT, env=os.environ | environ, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        until(lambda: sink.count() > before, what="the first mail of a worker")
        yield process
        if process.poll() is not None:
            raise RuntimeError(f"the worker ended by itself with code {process.returncode}")
    finally:
        process.terminate()
        process.wait(20)


class Pages:
    """What pages of ``server`` cost without a sending and beside it, by round: (requests alone, beside, mails)."""

    def __init__(self, name: str, server: Server, environ: dict[str, str], sink: Sink) -> None:
        self.name, self.url, self.environ, self.sink = name, f"{server.url}{PAGE}", environ, sink
        self.rounds: list[tuple[float, float, float]] = []
        load.drive(self.url, CONNECTIONS, 1)

    def measure(self, seconds: float) -> None:
        """Add a round of ``seconds`` each."""
        alone = self._asked(seconds)
        with carrying(self.environ, self.sink):
            before = self.sink.count()
            beside = self._asked(seconds)
            mails = (self.sink.count() - before) / seconds
        if not mails:
            raise RuntimeError("the sending was over too early: give it more recipients")
        self.rounds.append((alone, beside, mails))

    def _asked(self, seconds: float) -> float:
        seen = load.drive(self.url, CONNECTIONS, seconds)
        if seen.errors:
            raise RuntimeError(f"{seen.errors} of {seen.requests} requests went wrong")
        return seen.per_second

    def rows(self) -> list[list[str]]:
        """Return the rows of the table."""
        return [
            [f"{self.name}, {number}", f"{alone:,.0f}", f"{beside:,.0f}", f"{mails:,.0f}"]
            for number, (alone, beside, mails) in enumerate(self.rounds, 1)
        ]

    def verdict(self) -> str:
        """Return what is left of the rate, and whether that is enough."""
        share = median(beside / alone for alone, beside, _mails in self.rounds)
        return verdict(
            f"{self.name} page beside a sending, of its rate alone", share, goals.ALONE, at_most=False
        )


def code_seconds(server: Server, sink: Sink, number: int) -> float:
    """Return how long the code takes for the person ``number``, from the form until the mail server has it."""
    person, to = Person(server.url), address(number)
    person.open(FORGOT)
    taken, began = sink.file.stat().st_size, time.perf_counter()
    status, _took = person.send(FORGOT, {"email": to, "next": ""})
    person.close()
    if status != 303:
        raise RuntimeError(f"{FORGOT} was answered {status}")
    until(lambda: to.encode() in _since(sink, taken), every=0.005, what="a code")
    return time.perf_counter() - began


def _since(sink: Sink, size: int) -> bytes:
    with sink.file.open("rb") as file:
        file.seek(size)
        return file.read()


def report(environ: dict[str, str], sink: Sink, *, rounds: int, seconds: float, codes: int) -> Iterator[str]:
    """Yield what is seen while the issue that waits in the newsroom of ``environ`` is carried to ``sink``."""
    environ = environ | WITHOUT_LIMITS
    os.sched_setscheduler(sink.process.pid, os.SCHED_IDLE, os.sched_param(0))
    with suppress(OSError):  # where Linux shares the cores among sessions, its own is to step back, too
        Path(f"/proc/{sink.process.pid}/autogroup").write_text("19")
    newsroom.run(environ, "-m", "bench.people", str(codes))
    with granian("wsgi:app", environ) as kept, granian("wsgi:app", environ | {"PAGE_CACHE_MB": "0"}) as bare:
        several = [Pages(name, each, environ, sink) for name, each in (("cached", kept), ("uncached", bare))]
        for _ in range(rounds):
            for pages in several:
                pages.measure(seconds)
        with carrying(environ, sink) as process:
            took = [code_seconds(kept, sink, number) for number in range(codes)]
            before = sink.count()
            until(lambda: sink.count() > before, what="the sending, which was over before the last code")
            peak = peak_mb(process.pid)
    yield table(
        ["page", "alone, req/s", "beside", "mails/s"], [row for pages in several for row in pages.rows()]
    )
    yield f"codes while a worker carries: median {median(took):.2f} s, slowest {max(took):.2f} s, of {codes}"
    yield from (pages.verdict() for pages in several)
    yield verdict("slowest code mail, seconds", max(took), goals.CODE_SECONDS)
    yield verdict("worker that carries, MB at its peak", peak, goals.SENDING_MB)

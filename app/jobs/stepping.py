"""Stepping back for pages: a worker with its whole session, a thread for as long as it does something long."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

STEP_BACK = 10  # of 19: a tenth of a core that pages want
TRIES = 10


def step_back() -> None:
    """Let pages go first where Linux shares the cores among sessions, and this process has one of its own."""
    if os.getsid(0) != os.getpid():
        return
    with suppress(OSError):
        for _ in range(TRIES):
            try:
                Path("/proc/self/autogroup").write_text(str(STEP_BACK))
            except BlockingIOError:  # Linux hears one such wish of the whole machine every 100 ms
                time.sleep(0.1)
            else:
                return


class Rests:
    """Notices that others want this thread's core, and leaves it to them for a while.

    However nice it is, a thread fills each gap between the pages' turns, and the page that comes next finds its core
    taken. Linux tells how long a thread could have run and had to wait (/proc/thread-self/schedstat, nanoseconds); what
    this process's own threads ran meanwhile was nobody else's. Who waits for more than a quarter of the time for which
    it runs is not alone, and rests for four times the rest of what it waited; at most for four times what it ran, as
    who waits long has stepped back already; and never for so long that it misses a beat, or that it is to stop. Where
    Linux does not tell, no rest is taken.
    """

    EVERY_SECONDS = 0.02
    TIMES = 4
    MOST_SECONDS = 0.25

    def __init__(self, told: Path = Path("/proc/thread-self/schedstat")) -> None:
        self._told = told
        self._before = self._look()
        self._next = 0.0

    def rest(self, now: float) -> None:
        """Rest, where it is time to look again at ``now`` (seconds of ``time.monotonic``)."""
        if now < self._next:
            return
        seen = self._look()
        ran, waited, others = (after - before for after, before in zip(seen, self._before, strict=True))
        self._before = seen
        due = min(self.TIMES * min(waited - others - ran / 4, ran), self.MOST_SECONDS)
        if due > 0:
            time.sleep(due)
        self._next = now + max(due, 0) + self.EVERY_SECONDS

    def _look(self) -> tuple[float, float, float]:
        """Return for how long this thread ran and waited so far, and for how long others of its process ran."""
        ran = time.thread_time()
        others = time.process_time() - ran
        try:
            return ran, int(self._told.read_text().split()[1]) / 1e9, others
        except (OSError, ValueError, IndexError):
            return ran, 0.0, others


@contextmanager
def stepping_back() -> Iterator[Rests]:
    """Let pages go first: Linux knows how nice each thread is, and whether it may cut in when it wakes.

    A thread that waits for a network wakes at each answer; as a batch it then waits until a page's turn is over.
    What a machine does not know or allow is left as it was. The rests are for whoever comes round again and again.
    """
    thread = threading.get_native_id()
    nice = os.getpriority(os.PRIO_PROCESS, thread)
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, thread, max(nice, STEP_BACK))
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(thread, os.SCHED_BATCH, os.sched_param(0))
    try:
        yield Rests()
    finally:
        with suppress(OSError, AttributeError):
            os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))
        with suppress(OSError):  # who may not be less nice again stays so
            os.setpriority(os.PRIO_PROCESS, thread, nice)

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


@contextmanager
def stepping_back() -> Iterator[None]:
    """Let pages go first: Linux knows how nice each thread is, and whether it may cut in when it wakes.

    A thread that waits for a network wakes at each answer; as a batch it then waits until a page's turn is over.
    What a machine does not know or allow is left as it was.
    """
    thread = threading.get_native_id()
    nice = os.getpriority(os.PRIO_PROCESS, thread)
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, thread, max(nice, STEP_BACK))
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(thread, os.SCHED_BATCH, os.sched_param(0))
    try:
        yield
    finally:
        with suppress(OSError, AttributeError):
            os.sched_setscheduler(thread, os.SCHED_OTHER, os.sched_param(0))
        with suppress(OSError):  # who may not be less nice again stays so
            os.setpriority(os.PRIO_PROCESS, thread, nice)

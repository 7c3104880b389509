"""Waiting for what another thread or process does: as short as it takes, and never for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def until(happened: Callable[[], T], *, seconds: float = 60, every: float = 0.02, what: str = "") -> T:
    """Return what ``happened`` gives as soon as that is true; fail if it is not within ``seconds``."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not (result := happened()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain for {what or happened.__name__}"
        pause.wait(every)
    return result

"""Password hashes: argon2id, one lane, and never so many at a time that pages have to wait.

A hash costs about 150 ms and 64 MiB; with one lane it keeps one core busy, in a process that steps back for those who
read (hasher.py). Of the threads that answer requests, one in each web process is never let into the queue for a hash,
and whoever finds the queue full is asked to come again in a few seconds, instead of holding a thread that a page could
have.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flask import Flask, current_app
from flask_babel import lazy_gettext as _l

from app.accounts.hasher import Aside, Here
from app.refusals import Refusal

WAIT_SECONDS = 1  # for a slot: somebody who comes just behind another need not type again
AGAIN_SECONDS = 5
CHEAP = {"time_cost": 1, "memory_cost": 64}  # for tests: as many rounds as it takes to be a hash at all
STRONG = {"time_cost": 3, "memory_cost": 64 * 1024}  # memory in KiB


class Busy(Refusal):
    """So many people are signing in at this moment that this one has to come again."""

    message = _l("Many people are logging in at this moment. Try again in a few seconds.")


class Hashing:
    """How one app hashes: with which cost, how many at a time, and how many more may be ``waiting``."""

    def __init__(
        self, *, time_cost: int, memory_cost: int, slots: int, waiting: int = 1, hasher: type[Here] = Here
    ) -> None:
        self._hasher = hasher(time_cost=time_cost, memory_cost=memory_cost)
        self._slots = threading.BoundedSemaphore(slots)
        self._queue = threading.BoundedSemaphore(slots + waiting)

    def hash(self, password: str) -> str:
        """Return what to keep of ``password``; raise Busy when all slots are taken."""
        with self._slot():
            return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str, *, first: Callable[[], None] = lambda: None) -> bool:
        """Say whether ``kept`` was made of ``password``; raise Busy when all slots are taken.

        Without anything kept, as much work is done for a hash that no password makes. ``first`` is
        called once there is a slot: a try that is sent away does not count, one that is made does.
        """
        with self._slot():
            first()
            return self._hasher.matches(kept, password)

    def is_outdated(self, kept: str) -> bool:
        """Say whether ``kept`` was made more cheaply than we make them now."""
        return self._hasher.is_outdated(kept)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._queue.acquire(blocking=False):
            raise Busy
        try:
            if not self._slots.acquire(timeout=WAIT_SECONDS):
                raise Busy
            try:
                yield
            finally:
                self._slots.release()
        finally:
            self._queue.release()


def places(*, cores: int, processes: int, threads: int) -> tuple[int, int]:
    """Return how many a web process hashes at a time, and how many requests may wait for that.

    All processes together leave one core free, if each can do with less than one. One thread of each is always left
    for those who do not log in, unless it has no more than one.
    """
    slots = max(1, min((cores - 1) // processes, threads - 1))
    return slots, max(0, threads - slots - 1)


def hashing() -> Hashing:
    """Return the running app's Hashing."""
    return current_app.extensions["hashing"]


def init_hashing(app: Flask) -> None:
    """Let ``app`` hash at the full cost and aside, or cheaply and at once under test."""
    config = app.config
    slots, waiting = places(
        cores=os.cpu_count() or 1, processes=config["WEB_WORKERS"], threads=config["WEB_THREADS"]
    )
    cost, hasher = (CHEAP, Here) if app.testing else (STRONG, Aside)
    app.extensions["hashing"] = Hashing(**cost, slots=slots, waiting=waiting, hasher=hasher)

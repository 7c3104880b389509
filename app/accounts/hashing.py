"""Password hashes: argon2id, one lane, and never so many at a time that pages have to wait.

The one user of argon2. A hash costs about 150 ms and 64 MiB; with one lane it keeps one core busy,
and the slots leave a core free for everything else.
"""

from __future__ import annotations

import base64
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, current_app
from flask_babel import lazy_gettext as _l

from app.refusals import Refusal

WAIT_SECONDS = 0.25  # for a slot: somebody who comes just behind another need not type again
AGAIN_SECONDS = 5
CHEAP = {"time_cost": 1, "memory_cost": 64}  # for tests: as many rounds as it takes to be a hash at all
STRONG = {"time_cost": 3, "memory_cost": 64 * 1024}  # memory in KiB


class Busy(Refusal):
    """So many people are signing in at this moment that this one has to come again."""

    message = _l("Many people are logging in at this moment. Try again in a few seconds.")


class Hashing:
    """How one app hashes: with which cost, and how many at a time."""

    def __init__(self, *, time_cost: int, memory_cost: int, slots: int) -> None:
        self._hasher = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_cost, parallelism=1, type=Type.ID
        )
        self._slots = threading.BoundedSemaphore(slots)
        salt, digest = (
            base64.b64encode(secrets.token_bytes(size)).rstrip(b"=").decode() for size in (16, 32)
        )
        self._of_nobody = f"$argon2id$v=19$m={memory_cost},t={time_cost},p=1${salt}${digest}"

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
            try:
                return self._hasher.verify(kept or self._of_nobody, password)
            except (VerificationError, InvalidHashError):
                return False

    def is_outdated(self, kept: str) -> bool:
        """Say whether ``kept`` was made more cheaply than we make them now."""
        return self._hasher.check_needs_rehash(kept)

    @contextmanager
    def _slot(self) -> Iterator[None]:
        if not self._slots.acquire(timeout=WAIT_SECONDS):
            raise Busy
        try:
            yield
        finally:
            self._slots.release()


def hashing() -> Hashing:
    """Return the running app's Hashing."""
    return current_app.extensions["hashing"]


def init_hashing(app: Flask) -> None:
    """Let ``app`` hash at the full cost, or cheaply under test; all its processes leave one core free."""
    slots = max(1, ((os.cpu_count() or 1) - 1) // max(1, app.config["WEB_WORKERS"]))
    app.extensions["hashing"] = Hashing(**(CHEAP if app.testing else STRONG), slots=slots)

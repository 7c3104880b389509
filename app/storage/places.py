"""Places for what takes long: so many large files at a time as one web process gives or takes.

A thread of the server is held for as long as somebody's line is slow (measured: two readers who do not read stop a
server of two threads). So only some of the threads may be held; a page always finds another one. Behind nginx,
which takes slow lines upon itself, a place is free again after a moment.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator

from flask import Flask, current_app
from werkzeug.exceptions import ServiceUnavailable

AGAIN_SECONDS = 5  # when whoever found no place may ask again


class NoPlace(ServiceUnavailable):
    """All places of this process are taken: in a moment one will be free, here or in another process."""

    def __init__(self) -> None:
        super().__init__(retry_after=AGAIN_SECONDS)


class Places:
    """So many places, each taken by one answer or one upload at a time."""

    def __init__(self, number: int) -> None:
        self._free = threading.BoundedSemaphore(max(1, number))

    def take(self) -> Place:
        """Return a place; raise NoPlace when there is none."""
        if not self._free.acquire(blocking=False):
            raise NoPlace
        return Place(self._free)


class Place:
    """A place, until it is left; leaving it twice is leaving it once."""

    def __init__(self, free: threading.BoundedSemaphore) -> None:
        self._free: threading.BoundedSemaphore | None = free

    def leave(self) -> None:
        """Let somebody else have it."""
        free, self._free = self._free, None
        if free is not None:
            free.release()

    def __enter__(self) -> Place:
        return self

    def __exit__(self, *_how: object) -> None:
        self.leave()

    def __del__(self) -> None:
        self.leave()


def places() -> Places:
    """Return the places of this process."""
    return _of(current_app._get_current_object())  # type: ignore[attr-defined]


def _of(app: Flask) -> Places:
    known = app.extensions.get("places")
    if known is None:
        number = min(app.config["LONG_THREADS"], app.config["WEB_THREADS"] - 1)
        known = app.extensions.setdefault("places", Places(number))
    return known


class Held:
    """An answer that holds a place until it is given, or its reader is gone."""

    def __init__(self, blocks: Iterator[bytes], place: Place | None) -> None:
        self._blocks = blocks
        self._place = place

    def __iter__(self) -> Iterator[bytes]:
        try:
            yield from self._blocks
        finally:
            self.close()

    def close(self) -> None:
        """Leave the place; the server calls this, too, when a reader is gone."""
        if self._place is not None:
            self._place.leave()

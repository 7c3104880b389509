"""A WSGI answer looked at before it is given: what the app said, and whether everybody may have it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

Headers = list[tuple[str, str]]

KEPT = ("200", "301", "404", "410")
OF_A_BODY = {"content-type", "content-length", "content-encoding"}


class Answer:
    """What the app says before the body; Flask does so before it returns."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []

    def __call__(self, status: str, headers: Headers, exc_info: Any = None) -> Callable[[bytes], None]:
        """Take the place of the server's ``start_response``."""
        self.status, self.headers = status, headers
        return _refuse_to_write

    def header(self, name: str) -> str:
        """Return all values of the header ``name`` (in small letters), with commas between."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    def is_public(self) -> bool:
        """Say whether this may be kept for everybody: the app says so, and nothing in it is for one person."""
        control = self._control()
        return (
            self.status.startswith(KEPT)
            and "public" in control
            and not control & {"private", "no-store", "no-cache"}
            and not self.header("set-cookie")
            and not self.header("content-encoding")
            and self.header("vary").lower() in ("", "accept-encoding")
        )

    def is_refusal(self) -> bool:
        """Say whether this refuses whoever asks: knowing the visitor would change nothing."""
        return (
            self.status >= "400"
            and not self.status.startswith(("401", "403"))
            and "private" not in self._control()
        )

    def _control(self) -> set[str]:
        return {part.strip().lower() for part in self.header("cache-control").split(",")}


class Closing:
    """``chunks`` to be given out, and the app's own answer to be closed when that is over."""

    def __init__(self, chunks: Iterable[bytes], answer: Iterable[bytes]) -> None:
        self._chunks, self._answer = chunks, answer

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._chunks)

    def close(self) -> None:
        """Close what the app gave."""
        close(self._answer)


def close(chunks: Iterable[bytes]) -> None:
    """Tell the app that its answer is no longer needed, if it wants to know."""
    done = getattr(chunks, "close", None)
    if done is not None:
        done()


def is_among(etag: str, theirs: str) -> bool:
    """Say whether ``etag`` is in an If-None-Match of ``theirs``; a proxy may have made it weak on the way."""
    if theirs == etag:
        return True
    listed = [part.strip() for part in theirs.split(",")]
    return "*" in listed or any(part.removeprefix("W/") == etag for part in listed)


def without_body(headers: Headers) -> Headers:
    """Return ``headers`` without those that describe a body."""
    return [(name, value) for name, value in headers if name.lower() not in OF_A_BODY]


def _refuse_to_write(data: bytes) -> None:
    """Stand in for WSGI's old write(), which Flask never calls."""
    raise RuntimeError("answers are returned, not written")

"""The contract: what a store of files can do, wherever it keeps them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

_KEY = re.compile(r"[a-z]+(/[a-z0-9]+)+(\.[a-z0-9]+)?")
BLOCK = 1024 * 1024  # bytes read or written at once


class Away(OSError):
    """The store does not answer, or refuses us: what we asked may work later."""


class Full(Away):
    """There is no room left for what was to be written; nothing of it is kept."""


class Kept(NamedTuple):
    """A file that a store has: its key, its size in bytes, and when it came (seconds since 1970)."""

    key: str
    size: int
    since: float


class Store(Protocol):
    """Where files are kept by key. Whatever is no key of ours raises ValueError; a store that fails raises Away."""

    def put(self, key: str, content: bytes | BinaryIO) -> None:
        """Keep ``content`` (bytes, or an open file that is read to its end) under ``key``, whole or not at all."""
        ...

    def take(self, path: Path, key: str) -> None:
        """Keep the file at ``path`` under ``key``, and take it away from there: renamed where that is enough."""
        ...

    def open(self, key: str) -> io.BufferedReader | None:
        """Return the file under ``key`` open for reading, with seek() at no cost; None when there is none."""
        ...

    def local(self, key: str) -> AbstractContextManager[Path]:
        """Give the file under ``key`` as one on this machine, to be read only, for as long as the block lasts.

        Raises FileNotFoundError when there is none, Full when this machine has no room for it.
        """
        ...

    def size(self, key: str) -> int | None:
        """Return how many bytes the file under ``key`` has, or None when there is none."""
        ...

    def delete(self, key: str) -> None:
        """Take the file under ``key`` away, if there is one."""
        ...

    def kept(self, prefix: str) -> Iterator[Kept]:
        """Yield every file whose key begins with ``prefix``, a folder that ends in a slash."""
        ...

    def signed(self, key: str, *, seconds: int, disposition: str, mimetype: str) -> str | None:
        """Return an address at which anybody gets the file for that long; None where a store has no addresses."""
        ...


def checked(key: str) -> str:
    """Return ``key``; raise ValueError if it is not one of ours."""
    if not _KEY.fullmatch(key):
        raise ValueError("not a key of ours")
    return key


def content_key(folder: str, sha256: str, extension: str) -> str:
    """Return where a file with this content is kept: what it holds names it, so no name of a person ever does."""
    return f"{folder}/{sha256[:2]}/{sha256}" + (f".{extension}" if extension else "")

"""The contract: what a store of files can do, wherever it keeps them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, Protocol

_KEY = re.compile(r"[a-z]+(/[a-z0-9]+)+(\.[a-z0-9]+)?")


class Away(OSError):
    """The store does not answer, or refuses us: what we asked may work later."""


class Kept(NamedTuple):
    """A file that a store has: its key, and its size in bytes."""

    key: str
    size: int


class Store(Protocol):
    """Where files are kept by key. Whatever is no key of ours raises ValueError; a store that fails raises OSError."""

    def put(self, key: str, content: bytes | BinaryIO) -> None:
        """Keep ``content`` (bytes, or an open file that is read to its end) under ``key``, whole or not at all."""
        ...

    def open(self, key: str) -> io.BufferedReader | None:
        """Return the file under ``key`` open for reading, with seek() at no cost; None when there is none."""
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


def checked(key: str) -> str:
    """Return ``key``; raise ValueError if it is not one of ours."""
    if not _KEY.fullmatch(key):
        raise ValueError("not a key of ours")
    return key

"""The file that an upload grows in: pieces are added at its end, one writer at a time, each safe on the disk."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from werkzeug.exceptions import ClientDisconnected

from app.library.uploads.rules import InUse, Lost
from app.storage.contract import BLOCK
from app.storage.disk import told
from app.storage.keeping import staging


class Written(NamedTuple):
    """What came of a piece: how many bytes, and whether those that were checked are the ones that were meant."""

    size: int
    is_sound: bool


def path_of(key: str) -> Path:
    """Return where the file of the upload with this ``key`` grows."""
    return staging() / key


def begin(key: str) -> None:
    """Make the empty file."""
    with told():
        path_of(key).open("xb").close()


def remove(key: str) -> None:
    """Take the file away, if it is there."""
    with told():
        path_of(key).unlink(missing_ok=True)


@contextmanager
def alone_with(key: str) -> Iterator[BinaryIO]:
    """Give the file, to nobody else meanwhile, on any machine that shares the folder; a lock dies with its process.

    Raises InUse when somebody has it, Lost when it is not there.
    """
    try:
        with told():
            file = path_of(key).open("r+b")
    except OSError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            raise Lost from error
        raise
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InUse from None
        yield file


def add(
    file: BinaryIO, offset: int, content: BinaryIO, *, at_most: int, sha256: bytes | None = None
) -> Written:
    """Write what ``content`` gives, up to ``at_most`` bytes, at ``offset``, and wait until the disk has it.

    What was behind ``offset`` is cut off: it was never counted. A connection that breaks off ends a piece early, which
    is no fault. With a ``sha256`` the piece counts whole or not at all.
    """
    digest, written = hashlib.sha256(), 0
    with told():
        if file.seek(0, os.SEEK_END) < offset:
            raise Lost
        file.truncate(offset)
        file.seek(offset)
        try:
            while block := _read(content, min(BLOCK, at_most - written)):
                file.write(block)
                digest.update(block)
                written += len(block)
            is_sound = sha256 is None or digest.digest() == sha256
            if not is_sound:
                file.truncate(offset)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            _cut(file, offset)
            raise
    return Written(written if is_sound else 0, is_sound)


def head(key: str, size: int) -> bytes:
    """Return the first ``size`` bytes of the file."""
    with told(), path_of(key).open("rb") as file:
        return file.read(size)


def _read(content: BinaryIO, size: int) -> bytes:
    try:
        return content.read(size) if size else b""
    except ClientDisconnected:
        return b""


def _cut(file: BinaryIO, offset: int) -> None:
    """Give back the room of a piece that did not fit."""
    with suppress(OSError):
        file.truncate(offset)

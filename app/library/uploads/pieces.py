"""The file that an upload grows in: pieces are added at its end, one writer at a time, each safe on the disk."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, NamedTuple

from werkzeug.exceptions import ClientDisconnected

from app import clock
from app.library.uploads.rules import InUse, Lost
from app.storage.contract import BLOCK
from app.storage.disk import told
from app.storage.keeping import staging

LOCK = ".lock"
SILENT = timedelta(seconds=30)  # without a byte: then a line counts as dead


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


@dataclass(frozen=True)
class Alone:
    """The file of an upload, for one writer; ``is_mine`` says whether that writer has not been given up meanwhile."""

    file: BinaryIO
    lock: BinaryIO

    def is_mine(self) -> bool:
        """Say whether nobody has taken our place (our lock then has no name any more)."""
        return os.fstat(self.lock.fileno()).st_nlink > 0


@contextmanager
def alone_with(key: str) -> Iterator[Alone]:
    """Give the file, to nobody else meanwhile, on any machine that shares the folder; a lock dies with its process.

    Whoever has it and has written nothing for SILENT is given up: their computer sleeps, or changed its network, and
    no server is told of that for hours. Raises InUse when somebody else has it, Lost when it is not there.
    """
    path, lock = path_of(key), path_of(key).with_suffix(LOCK)
    if not path.exists():
        raise Lost
    with told(), lock.open("ab") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if clock.now().timestamp() - path.stat().st_mtime > SILENT.total_seconds():
                lock.unlink(missing_ok=True)  # the next to ask gets a new one
            raise InUse from None
        if os.fstat(held.fileno()).st_nlink == 0:  # somebody was given up while we opened it
            raise InUse
        with path.open("r+b") as file:
            mine = Alone(file, held)
            try:
                yield mine
            finally:
                if mine.is_mine():
                    lock.unlink(missing_ok=True)


def add(
    alone: Alone, offset: int, content: BinaryIO, *, at_most: int, sha256: bytes | None = None
) -> Written:
    """Write what ``content`` gives, up to ``at_most`` bytes, at ``offset``, and wait until the disk has it.

    What was behind ``offset`` is cut off: it was never counted. A connection that breaks off ends a piece early, which
    is no fault. With a ``sha256`` the piece counts whole or not at all. Raises InUse as soon as we were given up.
    """
    digest, written, file = hashlib.sha256(), 0, alone.file
    with told():
        if file.seek(0, os.SEEK_END) < offset:
            raise Lost
        file.truncate(offset)
        file.seek(offset)
        try:
            while block := _read(content, min(BLOCK, at_most - written)):
                if not alone.is_mine():
                    raise InUse
                file.write(block)
                digest.update(block)
                written += len(block)
            is_sound = sha256 is None or digest.digest() == sha256
            if not alone.is_mine():
                raise InUse
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

"""Files in a folder: written beside, then renamed, so that a file is whole or not there."""

from __future__ import annotations

import errno
import io
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from app.storage.contract import BLOCK, Away, Full, Kept, checked

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_ABSENT = (errno.ENOENT, errno.ENOTDIR)


@contextmanager
def told() -> Iterator[None]:
    """Say Full or Away for what a disk cannot do."""
    try:
        yield
    except Away:
        raise
    except OSError as error:
        kind = Full if error.errno in _FULL else Away
        raise kind(error.errno, f"the disk did not do it: {error.strerror or error}") from error


class Disk:
    """A store in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, key: str, content: bytes | BinaryIO) -> None:
        """Keep ``content`` under ``key``; a full disk leaves what was there, and nothing half written."""
        path = self.path(key)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        source = io.BytesIO(content) if isinstance(content, bytes) else content
        with told():
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                with beside.open("wb") as file:
                    shutil.copyfileobj(source, file, BLOCK)
                os.replace(beside, path)
            finally:
                beside.unlink(missing_ok=True)

    def take(self, path: Path, key: str) -> None:
        """Keep the file at ``path`` under ``key``: renamed, or copied where it lies on another disk."""
        to = self.path(key)
        with told():
            to.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.replace(path, to)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                with path.open("rb") as file:
                    self.put(key, file)
                path.unlink(missing_ok=True)

    def open(self, key: str) -> io.BufferedReader | None:
        """Return the file under ``key``, open for reading, or None."""
        path = self.path(key)
        try:
            if path.is_dir():
                return None
            return path.open("rb")
        except OSError as error:
            if error.errno in _ABSENT:
                return None
            raise Away(error.errno, f"the disk does not give a file: {error.strerror}") from error

    @contextmanager
    def local(self, key: str) -> Iterator[Path]:
        """Give the very file under ``key``."""
        path = self.path(key)
        if self.size(key) is None:
            raise FileNotFoundError(key)
        yield path

    def size(self, key: str) -> int | None:
        """Return the size of the file under ``key`` in bytes, or None."""
        path = self.path(key)
        with told():
            return path.stat().st_size if path.is_file() else None

    def delete(self, key: str) -> None:
        """Take the file under ``key`` away."""
        with told():
            self.path(key).unlink(missing_ok=True)

    def kept(self, prefix: str) -> Iterator[Kept]:
        """Yield the files below ``prefix``, in the order of their keys; what is just being written is none yet."""
        for path in self._below(prefix):
            if not path.name.startswith(".") and (seen := _seen(path)) is not None:
                yield Kept(path.relative_to(self.folder).as_posix(), seen.st_size, seen.st_mtime)

    def halves(self, prefix: str) -> Iterator[tuple[Path, float]]:
        """Yield what was being written below ``prefix``, perhaps by a process that is no more, and since when."""
        for path in self._below(prefix):
            if path.name.startswith(".") and (seen := _seen(path)) is not None:
                yield path, seen.st_mtime

    def signed(self, key: str, *, seconds: int, disposition: str, mimetype: str) -> str | None:
        """Return None: a folder has no addresses."""
        return None

    def path(self, key: str) -> Path:
        """Return where the file under ``key`` is, or would be: for a server that can hand it out by itself."""
        return self.folder / checked(key)

    def _below(self, prefix: str) -> list[Path]:
        top = self.folder / checked(f"{prefix}0").removesuffix("0")
        walk = os.walk(top, onerror=_unless_gone)
        return sorted(Path(folder) / name for folder, _folders, names in walk for name in names)


def _unless_gone(error: OSError) -> None:
    """Rise, unless it is a folder that somebody took away while we walked."""
    if error.errno not in _ABSENT:
        raise error


def _seen(path: Path) -> os.stat_result | None:
    """Return what the disk says of a file; None for one that was taken away since it was listed, and for no file."""
    try:
        seen = path.stat()
    except OSError as error:
        _unless_gone(error)
        return None
    return seen if stat.S_ISREG(seen.st_mode) else None

"""Files in a folder: written beside, then renamed, so that a file is whole or not there."""

from __future__ import annotations

import io
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.storage.contract import Kept, checked

BLOCK = 1024 * 1024


class Disk:
    """A store in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, key: str, content: bytes | BinaryIO) -> None:
        """Keep ``content`` under ``key``; a full disk leaves what was there, and nothing half written."""
        path = self.path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            with beside.open("wb") as file:
                shutil.copyfileobj(
                    io.BytesIO(content) if isinstance(content, bytes) else content, file, BLOCK
                )
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)

    def open(self, key: str) -> io.BufferedReader | None:
        """Return the file under ``key``, open for reading, or None."""
        path = self.path(key)
        return path.open("rb") if path.is_file() else None

    def size(self, key: str) -> int | None:
        """Return the size of the file under ``key`` in bytes, or None."""
        path = self.path(key)
        return path.stat().st_size if path.is_file() else None

    def delete(self, key: str) -> None:
        """Take the file under ``key`` away."""
        self.path(key).unlink(missing_ok=True)

    def kept(self, prefix: str) -> Iterator[Kept]:
        """Yield the files below ``prefix``, in the order of their keys; what is just being written is none yet."""
        top = self.folder / checked(f"{prefix}0").removesuffix("0")
        for path in sorted(top.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield Kept(path.relative_to(self.folder).as_posix(), path.stat().st_size)

    def path(self, key: str) -> Path:
        """Return where the file under ``key`` is, or would be: for a server that can hand it out by itself."""
        return self.folder / checked(key)

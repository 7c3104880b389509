"""Files in the instance folder: written beside, then renamed, so that a file is whole or not there."""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

from flask import current_app

_KEY = re.compile(r"[a-z]+(/[a-z0-9]+)+(\.[a-z0-9]+)?")


class Disk:
    """A store in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, key: str, content: bytes) -> None:
        """Keep ``content`` under ``key``."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            beside.write_bytes(content)
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)

    def path(self, key: str) -> Path | None:
        """Return the file under ``key``, or None when there is none."""
        path = self._path(key)
        return path if path.is_file() else None

    def _path(self, key: str) -> Path:
        if not _KEY.fullmatch(key):
            raise ValueError("not a key of ours")
        return self.folder / key


def store() -> Disk:
    """Return this newsroom's store."""
    return Disk(current_app.config["INSTANCE_DIR"] / "files")

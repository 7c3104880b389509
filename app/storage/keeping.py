"""Files that their content names: written once, however often they come, with their SHA-256 taken on the way.

What comes is written to a folder of this machine first (``staging``), also when the store is a bucket: the key is
only known when all of it was read, a bucket cannot rename, and a program that looks into a file wants it on a disk.
"""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from flask import current_app
from flask_babel import lazy_gettext as _l

from app.refusals import Refusal
from app.storage.contract import BLOCK, content_key
from app.storage.disk import told
from app.storage.store import store

HALF = "half-"  # how the names begin of files that are just being written


class NoRoom(Refusal):
    """So much would leave less of the disk free than this newsroom wants to keep."""

    message = _l("There is no room left for this file at the moment. Tell the people who run this site.")
    field = "file"


class Content(NamedTuple):
    """What was kept: its key, the SHA-256 of its content (hex) and its size in bytes."""

    key: str
    sha256: str
    size: int


def staging() -> Path:
    """Return the folder for what is not whole yet; it is made when it is not there."""
    folder: Path = current_app.config["STAGING_DIR"]
    with told():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def room() -> int:
    """Return how many bytes may still be written before less than MIN_FREE_GB is free; negative when it is less."""
    with told():
        free = shutil.disk_usage(staging()).free
    return free - current_app.config["MIN_FREE_GB"] * 1000**3


def check_room(size: int) -> None:
    """Raise NoRoom when ``size`` bytes more would leave too little of the disk free."""
    if size > room():
        raise NoRoom


@contextmanager
def half(name: str = "") -> Iterator[Path]:
    """Give the path of a file to be written on this machine; whatever is there when the block ends is taken away."""
    path = staging() / f"{HALF}{secrets.token_hex(8)}{name}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)


def keep(content: BinaryIO, folder: str, extension: str = "") -> Content:
    """Keep ``content`` (read to its end, in constant memory) in ``folder``, under its own SHA-256.

    Raises Full or Away, and leaves nothing half written, when the disk or the store does not take it.
    """
    with half() as path:
        sha256 = hashlib.sha256()
        with told(), path.open("wb") as file:
            while block := content.read(BLOCK):
                sha256.update(block)
                file.write(block)
        return keep_path(path, folder, extension, sha256=sha256.hexdigest())


def keep_path(path: Path, folder: str, extension: str = "", *, sha256: str = "") -> Content:
    """Keep the file at ``path``, which is taken away, in ``folder`` under its ``sha256`` (taken now when not given)."""
    digest = sha256 or digest_of(path)
    with told():
        size = path.stat().st_size
    key = content_key(folder, digest, extension)
    if store().size(key) == size:  # it is there: the same content has the same name
        path.unlink(missing_ok=True)
    else:
        store().take(path, key)
    return Content(key, digest, size)


def digest_of(path: Path, tell: Callable[[int], None] | None = None) -> str:
    """Return the SHA-256 of the file at ``path``, in constant memory; ``tell`` is told how many bytes were read."""
    with told(), path.open("rb") as file:
        return digest_of_open(file, tell)


def digest_of_open(file: BinaryIO, tell: Callable[[int], None] | None = None) -> str:
    """Return the SHA-256 of an open file, from where it stands."""
    sha256, done = hashlib.sha256(), 0
    while block := file.read(BLOCK):
        sha256.update(block)
        done += len(block)
        if tell is not None:
            tell(done)
    return sha256.hexdigest()

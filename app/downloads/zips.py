"""Several files as one ZIP that is never made: its bytes are known before any of them is read.

Photos are compressed already, so they are stored as they are (APPNOTE.TXT 6.3.10, method 0): then the size of every
header, and where each file begins, follow from names, sizes and CRC-32s alone. An archive of thirty originals begins at
once, says how large it is, and goes on from any byte, without a job, a copy of the files, or a place to keep it.

Names are UTF-8 and say so (general purpose bit 11, APPNOTE 4.4.4), each once whatever its case: some systems know no
difference between "a.jpg" and "A.jpg". Beyond 4 GB it is a ZIP64 (APPNOTE 4.3.14 and 4.5.3).

Turned down: zipstream-ng (writes CRCs behind the files, and has no way to begin in the middle); an archive that a job
makes and the storage keeps (a wait, and every photo twice on the disk).
"""

from __future__ import annotations

import hashlib
import io
import struct
import unicodedata
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import BinaryIO

from app.storage.contract import Away
from app.storage.store import store

BLOCK = 1024 * 1024  # bytes
_FULL = 0xFFFFFFFF  # "look in the ZIP64 fields"
_UTF8 = 0x800
_UNIX_FILE = 0o100644 << 16
_FIRST_DAY = (1980 - 1980) << 9 | 1 << 5 | 1  # DOS knows no day before

Open = Callable[[str], BinaryIO | None]


@dataclass(frozen=True)
class Piece:
    """A file of an archive: the one under ``key`` of the storage, or ``content``.

    ``size`` is in bytes; ``crc`` its CRC-32, None where nobody has added it up yet. ``day`` is when it is from.
    """

    name: str
    key: str = ""
    content: bytes = b""
    size: int = 0
    crc: int | None = None
    day: date | None = None


def size_of(pieces: Sequence[Piece]) -> int:
    """Return how many bytes the ZIP of ``pieces`` has. No file is read for it: a CRC is as long whatever it says."""
    return Archive([replace(each, crc=each.crc or 0) for each in pieces]).size


@lru_cache(4096)
def crc_of(key: str) -> int:
    """Return the CRC-32 of the file under ``key``, whose content never becomes another. Raises Away without it."""
    file = store().open(key)
    if file is None:
        raise Away("a file of an archive is not there")
    found = 0
    with file:
        while block := file.read(BLOCK):
            found = zlib.crc32(block, found)
    return found


def unique(names: Iterable[str]) -> list[str]:
    """Return ``names`` each once, whatever its case and form: the second "a.jpg" is "a-2.jpg"."""
    taken: set[str] = set()
    found = []
    for name in names:
        stem, dot, ending = name.rpartition(".")
        wanted, number = name, 1
        while _folded(wanted) in taken:
            number += 1
            wanted = f"{stem}-{number}{dot}{ending}" if dot else f"{name}-{number}"
        taken.add(_folded(wanted))
        found.append(wanted)
    return found


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


class Archive(io.RawIOBase):
    """The ZIP of ``pieces``, in their order, to be read from anywhere; nothing of the files is read before that.

    Raises Away while it is read, when a file is not there or is shorter than it was said to be.
    """

    def __init__(self, pieces: Sequence[Piece], *, opens: Open | None = None) -> None:
        self._opens: Open = opens or store().open  # it is read when the request is over
        self._starts: list[int] = []
        self._parts: list[tuple[int, bytes | str]] = []  # length, and bytes or the key of a file
        self._size = self._at = 0
        self.count = len(pieces)
        self._file: tuple[int, BinaryIO] | None = None
        known = [_known(each) for each in pieces]
        self._lay(
            [
                each if name == each.name else replace(each, name=name)
                for each, name in zip(known, unique([each.name for each in known]), strict=True)
            ]
        )

    def _lay(self, pieces: Sequence[Piece]) -> None:
        entries = []
        for piece in pieces:
            offset = self._size
            self._add(_local(piece))
            self._add_file(piece)
            entries.append(_central(piece, offset))
        directory, begins = b"".join(entries), self._size
        self._add(directory)
        self._add(_end(len(pieces), len(directory), begins))

    def _add(self, data: bytes) -> None:
        self._starts.append(self._size)
        self._parts.append((len(data), data))
        self._size += len(data)

    def _add_file(self, piece: Piece) -> None:
        if piece.size:
            self._starts.append(self._size)
            self._parts.append((piece.size, piece.key or piece.content))
            self._size += piece.size

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self._size

    @property
    def digest(self) -> str:
        """A name for its content: another archive has another one."""
        told = hashlib.sha256()
        for length, part in self._parts:
            told.update(f"{length} ".encode())
            told.update(part if isinstance(part, bytes) else part.encode())
        return told.hexdigest()

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Return where the next byte is read."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to a byte; nothing is read on the way."""
        self._at = max(0, offset + (0, self._at, self._size)[whence])
        return self._at

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Read what comes next, up to the end of a file or of a header."""
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def read(self, size: int = -1) -> bytes:
        """Return the next ``size`` bytes, fewer only at the end."""
        wanted = self._size - self._at if size < 0 else size
        found = []
        while wanted > 0 and (data := self._read(wanted)):
            found.append(data)
            wanted -= len(data)
        return b"".join(found)

    def _read(self, most: int) -> bytes:
        if self._at >= self._size:
            return b""
        number = bisect_right(self._starts, self._at) - 1
        length, part = self._parts[number]
        within = self._at - self._starts[number]
        most = min(most, length - within)
        data = (
            part[within : within + most]
            if isinstance(part, bytes)
            else self._of_file(number, part, within, most)
        )
        self._at += len(data)
        return data

    def _of_file(self, number: int, key: str, within: int, most: int) -> bytes:
        if self._file is None or self._file[0] != number:
            self._shut()
            opened = self._opens(key)
            if opened is None:
                raise Away("a file of an archive is not there")
            self._file = (number, opened)
        file = self._file[1]
        if file.tell() != within:
            file.seek(within)
        data = file.read(min(most, BLOCK))
        if not data:
            raise Away("a file of an archive ended before its end")
        return data

    def _shut(self) -> None:
        if self._file is not None:
            self._file[1].close()
            self._file = None

    def close(self) -> None:
        """Close the file that is being read."""
        self._shut()
        super().close()


def _known(piece: Piece) -> Piece:
    """Return ``piece`` with its size and its CRC."""
    if piece.key:
        return piece if piece.crc is not None else replace(piece, crc=crc_of(piece.key))
    return replace(piece, size=len(piece.content), crc=zlib.crc32(piece.content))


def _moment(piece: Piece) -> tuple[int, int]:
    """Return noon of its day as DOS writes it (APPNOTE 4.4.6)."""
    day = piece.day
    if day is None or not 1980 <= day.year <= 2107:
        return 12 << 11, _FIRST_DAY
    return 12 << 11, (day.year - 1980) << 9 | day.month << 5 | day.day


def _local(piece: Piece) -> bytes:
    """Return the local file header (APPNOTE 4.3.7)."""
    name = piece.name.encode()
    is_large = piece.size >= _FULL
    extra = struct.pack("<HHQQ", 1, 16, piece.size, piece.size) if is_large else b""
    size = _FULL if is_large else piece.size
    head = struct.pack(
        "<IHHHHHIIIHH", 0x04034B50, 45 if is_large else 20, _UTF8, 0, *_moment(piece), piece.crc, size, size,
        len(name), len(extra),
    )  # fmt: skip
    return head + name + extra


def _central(piece: Piece, offset: int) -> bytes:
    """Return the entry of the central directory (APPNOTE 4.3.12), for a file whose header is at ``offset``."""
    name = piece.name.encode()
    large = []
    size, place = piece.size, offset
    if piece.size >= _FULL:
        large += [piece.size, piece.size]
        size = _FULL
    if offset >= _FULL:
        large.append(offset)
        place = _FULL
    extra = struct.pack(f"<HH{len(large)}Q", 1, 8 * len(large), *large) if large else b""
    head = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 3 << 8 | 45, 45 if large else 20, _UTF8, 0, *_moment(piece), piece.crc,
        size, size, len(name), len(extra), 0, 0, 0, _UNIX_FILE, place,
    )  # fmt: skip
    return head + name + extra


def _end(count: int, size: int, begins: int) -> bytes:
    """Return the end of the central directory (APPNOTE 4.3.16), for ZIP64 with what goes before it (4.3.14, 4.3.15)."""
    more = b""
    if count >= 0xFFFF or size >= _FULL or begins >= _FULL:
        more = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 3 << 8 | 45, 45, 0, 0, count, count, size, begins)
        more += struct.pack("<IIQI", 0x07064B50, 0, begins + size, 1)
    counted = min(count, 0xFFFF)
    return more + struct.pack(
        "<IHHHHIIH", 0x06054B50, 0, 0, counted, counted, min(size, _FULL), min(begins, _FULL), 0
    )

"""Whether all is there that the rooms count on, and nothing else: files that miss, that nobody knows, that changed.

Each room says which files it counts on (``keeps``), as only it knows: a file that no room names is orphaned.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.storage.contract import Store
from app.storage.disk import Disk
from app.storage.keeping import digest_of_open

GRACE = timedelta(hours=24)  # a younger file may belong to something that is just being done
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Expected:
    """A file that a room counts on; its ``size`` in bytes and its SHA-256 as far as the room knows them."""

    key: str
    size: int | None = None
    sha256: str = ""


Told = Callable[[], Iterable[Expected]]
Again = Callable[[str], bool]
FOLDERS: dict[str, list[Told]] = {}
AGAIN: dict[str, Again] = {}


def keeps(folder: str, told: Told, *, again: Again | None = None) -> None:
    """Let the check know what is to be in ``folder`` ("masters/"); several rooms may tell of one folder.

    ``again`` has the missing file with a key made again, and says whether somebody will.
    """
    known = FOLDERS.setdefault(folder, [])
    if told not in known:
        known.append(told)
    if again is not None:
        AGAIN[folder] = again


def make_again(missing: Iterable[str]) -> list[str]:
    """Have made again what can be of the ``missing`` files (keys), and return that."""
    return [key for key in missing if (again := AGAIN.get(f"{key.partition('/')[0]}/")) and again(key)]


@dataclass
class Report:
    """What a check found, by key. ``halves`` are files that somebody began to write and never ended."""

    files: int = 0
    size: int = 0
    missing: list[str] = field(default_factory=list)
    orphaned: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)
    halves: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        """Whether nothing was found."""
        return not (self.missing or self.orphaned or self.altered or self.halves)


def look_through(
    files: Store, *, at: datetime, grace: timedelta = GRACE, with_checksums: bool = False
) -> Report:
    """Compare what ``files`` has with what the rooms count on. Raises Away when the store does not answer.

    Content is read, in constant memory, only ``with_checksums``: of what a room knows the SHA-256 of, or whose
    name is its SHA-256. What came after ``at`` less ``grace`` is no orphan yet.
    """
    report, oldest = Report(), (at - grace).timestamp()
    for folder in sorted(FOLDERS):
        kept = {each.key: each for each in files.kept(folder)}
        expected = {each.key: each for told in FOLDERS[folder] for each in told()}
        report.files += len(kept)
        report.size += sum(each.size for each in kept.values())
        report.missing += sorted(expected.keys() - kept.keys())
        report.orphaned += [key for key in kept if key not in expected and kept[key].since < oldest]
        report.altered += [
            key
            for key in kept
            if key in expected and _is_altered(files, expected[key], kept[key].size, with_checksums)
        ]
        report.halves += _halves(files, folder, oldest)
    return report


def _is_altered(files: Store, expected: Expected, size: int, with_checksums: bool) -> bool:
    if expected.size is not None and expected.size != size:
        return True
    wanted = expected.sha256 or _named(expected.key)
    if not with_checksums or not wanted:
        return False
    file = files.open(expected.key)
    if file is None:  # taken away since
        return False
    with file:
        return digest_of_open(file) != wanted


def _named(key: str) -> str:
    """Return the SHA-256 that ``key`` is named by, if it is."""
    stem = key.rpartition("/")[2].partition(".")[0]
    return stem if _DIGEST.fullmatch(stem) else ""


def _halves(files: Store, folder: str, oldest: float) -> Iterator[str]:
    if isinstance(files, Disk):
        for path, since in files.halves(folder):
            if since < oldest:
                yield path.relative_to(files.folder).as_posix()

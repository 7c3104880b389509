"""What becomes of a master: it is read, and what pages need is made of it, step by step, each in a sandbox."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.database import db
from app.jobs.registry import job, sweeps
from app.jobs.turns import Progress
from app.library.models import Master, MediaKind, Rendition, RenditionState
from app.library.problems import PASSING, Problem
from app.library.sandbox.running import MB, Limits, Made, work
from app.library.service import preparing
from app.library.studio import kinds
from app.storage import disk, keeping
from app.storage.contract import Away, Full, content_key
from app.storage.store import store

log = logging.getLogger(__name__)

LOOKING = Limits(wall_seconds=900, cpu_seconds=300, memory_bytes=1536 * MB, file_bytes=64 * MB)
PHOTO = Limits(wall_seconds=300, cpu_seconds=120, memory_bytes=1536 * MB, file_bytes=512 * MB)
STILL = Limits(wall_seconds=180, cpu_seconds=90, memory_bytes=3072 * MB, file_bytes=128 * MB)
GB = 1024 * MB


@dataclass(frozen=True)
class Step:
    """One call of studio: the function, the renditions that it makes, what it reads and is told, and its limits.

    ``needs`` names a rendition that must be there first, because it is read instead of the master.
    """

    function: str
    names: tuple[str, ...]
    told: Mapping[str, Any]
    limits: Limits
    made_of: str
    needs: str = ""


@job(preparing.JOB, attempts=5, is_heavy=True)
def prepare(progress: Progress, *, master_id: int) -> None:
    """Read a master and make what is missing of it. May be called again at whatever step it was interrupted."""
    master = preparing.begin(master_id)
    if master is None:
        return
    try:
        with store().local(master.key) as source:
            if not master.renditions and not _read(progress, master, source):
                return
            _make(progress, master_id, source)
    except FileNotFoundError:
        _give_up(master_id, "gone")


@sweeps
def take_up_what_is_left() -> None:
    """Owe again what nobody works at, and note what ended for good."""
    for master_id, is_over in preparing.abandoned():
        if is_over:
            preparing.give_up(master_id)
        else:
            preparing.take_up(master_id)


def _read(progress: Progress, master: Master, source: Path) -> bool:
    """Look at the file, and say whether it can be used."""
    master_id, kind = master.id, master.kind.value
    try:
        with work(
            "app.library.studio.looking.look",
            reads={"source": source},
            told={"kind": kind},
            limits=LOOKING,
            progress=lambda share: progress.beat(int(share * 10), 100),
        ) as made:
            preparing.accept(master_id, made.result, mimetype=_mimetype(source, kind))
    except Problem as problem:
        if problem.code in PASSING:
            raise
        preparing.refuse(master_id, problem.code)
        return False
    return True


def _mimetype(source: Path, what: str) -> str:
    """Return the type of the file at ``source`` by its own first bytes, whatever a sandbox says that it is."""
    kind = kinds.of(_head(source))
    if kind is None or kind.what != what:
        raise Problem("crashed")
    return kind.mimetype


def _head(path: Path) -> bytes:
    with disk.told(), path.open("rb") as file:
        return file.read(kinds.HEAD)


def _make(progress: Progress, master_id: int, source: Path) -> None:
    tried: set[tuple[str, str]] = set()
    passing: Problem | None = None
    _tidy(master_id)
    while True:
        master = _now(master_id)
        made_for, every = preparing.wishes(master), steps(master)
        for done, step in enumerate(every):
            wanted = {
                name: id_ for name, id_ in _missing(master_id, step) if (name, step.made_of) not in tried
            }
            if not wanted:
                continue
            tried |= {(name, step.made_of) for name in wanted}
            try:
                _do(progress, master_id, step, wanted, source, share_of=(done, len(every)))
            except Problem as problem:
                log.warning("master %s: %s: %s", master_id, step.function, problem)
                if not preparing.fail(wanted.values(), problem.code, is_passing=problem.code in PASSING):
                    passing = problem
            _tidy(master_id)
            progress.beat(done + 1, len(every))
        if passing is not None:
            raise passing  # the ledger tries again later
        if any((name, step.made_of) not in tried for step in every for name, _ in _missing(master_id, step)):
            continue  # something was lost since we passed
        if preparing.settle(master_id, made_for=made_for):
            return


def _tidy(master_id: int) -> None:
    try:
        preparing.tidy(master_id)
    except Away as away:
        log.warning("the storage is away, and keeps for now what is no longer wanted: %s", away)


def _do(
    progress: Progress,
    master_id: int,
    step: Step,
    wanted: Mapping[str, int],
    source: Path,
    *,
    share_of: tuple[int, int],
) -> None:
    """Make the renditions ``wanted`` (ids by name), and keep each. Raises Problem, also for a store that fails."""

    def hear(share: float) -> None:
        preparing.tell(wanted.values(), share)
        progress.beat(*share_of)

    told = dict(step.told) | {"names": list(wanted)}
    try:
        with ExitStack() as stack:
            if step.needs and (ready := _file_of(master_id, step.needs)):
                try:
                    source = stack.enter_context(store().local(ready))
                except FileNotFoundError:
                    preparing.lose(ready, is_at_work=True)  # it is made again; meanwhile the master does
                else:
                    told |= {"demuxer": "mov", "is_preview": True}
            preparing.start(wanted.values())
            made = stack.enter_context(
                work(step.function, reads={"source": source}, told=told, limits=step.limits, progress=hear)
            )
            for name, rendition_id in wanted.items():
                _keep(made, name, rendition_id, step.made_of)
    except Full:
        raise Problem("disk_full") from None
    except Away as away:
        log.warning("the storage is away: %s", away)
        raise Problem("storage_away") from None


def _keep(made: Made, name: str, rendition_id: int, made_of: str) -> None:
    """Keep a file that studio made: note it, store it, and then say that it is there."""
    seen = _checked(made.result, name)
    crc32 = 0  # a ZIP says it before the file itself
    with keeping.half() as half:
        with made.open(seen["file"]) as file, disk.told(), half.open("wb") as copy:
            while block := file.read(MB):
                crc32 = zlib.crc32(block, crc32)
                copy.write(block)
        if not _holds(half, seen["mimetype"]):
            raise Problem("crashed")
        sha256 = keeping.digest_of(half)
        extension = seen["file"].rpartition(".")[2]
        preparing.expect(rendition_id, content_key("renditions", sha256, extension))
        content = keeping.keep_path(half, "renditions", extension, sha256=sha256)
    preparing.finish(rendition_id, content, made_of=made_of, crc32=crc32, seen=seen)
    if store().size(content.key) is None:  # somebody tidied up at the same moment
        preparing.lose(content.key, is_at_work=True)
        raise Problem("stopped")


def _checked(result: Any, name: str) -> dict[str, Any]:
    """Return what a sandbox answered of ``name`` if it has the right shape: by then it may not be ours any more."""
    seen = result.get(name) if isinstance(result, dict) else None
    if (
        not isinstance(seen, dict)
        or not isinstance(seen.get("file"), str)
        or seen.get("mimetype") not in TYPES
        or not all(seen.get(side) is None or isinstance(seen.get(side), int) for side in ("width", "height"))
        or seen["file"].rpartition(".")[2] not in TYPES[seen["mimetype"]]
    ):
        raise Problem("crashed")
    return seen


def _holds(path: Path, mimetype: str) -> bool:
    """Whether the file at ``path`` begins as one of this type does."""
    head = _head(path)
    if mimetype == "application/json":
        return head.startswith(b"{")
    kind = kinds.of(head)
    return kind is not None and kind.mimetype == mimetype


TYPES = {
    "image/jpeg": {"jpg"},
    "image/webp": {"webp"},
    "image/avif": {"avif"},
    "image/png": {"png"},
    "image/tiff": {"tif"},
    "image/heic": {"heic"},
    "video/mp4": {"mp4"},
    "application/json": {"json"},
}


def steps(master: Master) -> list[Step]:
    """Return what is made of a master, in the order of making."""
    names = [each.name for each in master.renditions]
    return list(_of_photo(master, names) if master.kind is MediaKind.PHOTO else _of_video(master, names))


def _of_photo(master: Master, names: Sequence[str]) -> Iterator[Step]:
    labels = preparing.labels_of(master)
    told = {"labels": labels, "keep_place": current_app.config["PHOTO_PLACES"] == "keep"}
    made_of = preparing.digest_of(labels)
    # AVIF takes most of the time: what pages need first comes first.
    for is_slow in (False, True):
        wanted = tuple(name for name in names if name.endswith(".avif") == is_slow and name != "original")
        if wanted:
            yield Step("app.library.studio.photos.make", wanted, told, PHOTO, made_of)
    if "original" in names:  # by itself: a file whose place cannot be taken out has all its sizes
        yield Step("app.library.studio.photos.make", ("original",), told, PHOTO, made_of)


def _of_video(master: Master, names: Sequence[str]) -> Iterator[Step]:
    technical = master.technical
    seconds = technical["duration_seconds"]
    told = {
        "technical": technical,
        "demuxer": technical["demuxer"],
        "is_preview": False,
        "frame": technical.get("poster"),
    }
    long = Limits(
        wall_seconds=600 + 12 * seconds,
        cpu_seconds=int(600 + 16 * seconds),
        memory_bytes=4 * GB,
        file_bytes=int(64 * MB + 400_000 * seconds),
    )
    short = Limits(
        wall_seconds=300 + 2 * seconds,
        cpu_seconds=int(300 + 2 * seconds),
        memory_bytes=3 * GB,
        file_bytes=int(64 * MB + 20_000 * seconds),
    )
    posters = tuple(name for name in names if name.startswith("poster-"))
    yield Step("app.library.studio.films.posters", posters, told, STILL, f"frame {technical.get('poster')}")
    every: list[tuple[str, Limits, str]] = [
        ("preview", long, ""),
        ("strip", short, "preview"),
        ("waveform", short, "preview"),
    ]
    for name, limits, needs in every:
        if name in names:
            yield Step(f"app.library.studio.films.{name}", (name,), told, limits, "", needs)


def _missing(master_id: int, step: Step) -> list[tuple[str, int]]:
    """Return name and id of what ``step`` makes and is not there, or was made for other wishes."""
    wanted = select(Rendition).where(Rendition.master_id == master_id, Rendition.name.in_(step.names))
    found = db.session.scalars(wanted.order_by(Rendition.id).execution_options(populate_existing=True)).all()
    missing = [
        (each.name, each.id)
        for each in found
        if each.state in (RenditionState.WAITING, RenditionState.MAKING)
        or (each.state is RenditionState.READY and each.facts.get("made_of", "") != step.made_of)
    ]
    db.session.rollback()
    return missing


def _file_of(master_id: int, name: str) -> str:
    wanted = select(Rendition.key).where(
        Rendition.master_id == master_id, Rendition.name == name, Rendition.state == RenditionState.READY
    )
    key = db.session.scalar(wanted)
    db.session.rollback()
    return key or ""


def _now(master_id: int) -> Master:
    master = db.session.get(Master, master_id, populate_existing=True)
    if master is None:
        raise Problem("gone")
    return master


def _give_up(master_id: int, code: str) -> None:
    """Note that the file of a master is not in the storage, for all that would have been made of it."""
    master = _now(master_id)
    if master.renditions:
        preparing.fail([id_ for step in steps(master) for _, id_ in _missing(master_id, step)], code)
        preparing.settle(master_id, made_for=preparing.wishes(master))
    else:
        preparing.refuse(master_id, code)

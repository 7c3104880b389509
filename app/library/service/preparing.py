"""How a master becomes what pages show: each step is noted before it begins, and a file is kept before its row is.

A worker may be killed between any two lines here. What it was about to keep is noted first (``facts["pending"]``), what
is to go until it is gone (``facts["former"]``), so that whoever comes next takes away what no row points to; what a row
points to was whole before the row was written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import current_app
from sqlalchemy import or_, select

from app import clock
from app.acts import act
from app.audit.log import Person, record
from app.database import db
from app.editorial.models import PublicMaster
from app.editorial.service.telling import touch
from app.jobs import queries as jobs
from app.jobs.ledger import State, owe
from app.library import rules
from app.library.models import Master, MasterState, MediaKind, Rendition, RenditionState
from app.library.studio import plans
from app.refusals import Missing
from app.storage.keeping import Content
from app.storage.store import store

JOB = "library.prepare"
UNFINISHED = (MasterState.RECEIVED, MasterState.CHECKING, MasterState.PREPARING)
MOST_ATTEMPTS = 3  # at a rendition, for reasons that pass


def labels_of(master: Master) -> dict[str, Any]:
    """Return the labels that are written into what is made of a photo: the office's, else what the file said itself."""
    return dict(master.technical.get("labels") or master.iptc or {})


def digest_of(labels: Mapping[str, Any]) -> str:
    """Return a short name for exactly these labels and our way of treating places."""
    told = [labels, current_app.config["PHOTO_PLACES"]]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]


def wishes(master: Master) -> str:
    """Return a short name for what officers wish of what is made of ``master``: its labels, its still."""
    return f"{digest_of(labels_of(master))} {master.technical.get('poster')}"


# What officers do


@act
def retry(master_id: int, *, by: Person) -> Master:
    """Have another try at what failed: reading the file, or making something of it.

    Raises Missing when there is no such master, Idle when nothing has failed, Busy while it is being worked at.
    """
    master = _master(master_id)
    rules.check_retry(master)
    for each in rules.failed(master):
        each.problem, each.attempts = "", 0
        if not each.key:
            each.state, each.share = RenditionState.WAITING, 0
    master.problem = ""
    master.state = MasterState.PREPARING if master.renditions else MasterState.RECEIVED
    record(by, "started again", master, label=master.original_name)
    owe(JOB, master_id=master.id)
    return master


def misses_file(master: Master) -> bool:
    """Whether something of ``master`` failed because its own file was not in the storage."""
    return "gone" in {master.problem, *(each.problem for each in master.renditions)}


@act
def label(master_id: int, labels: Mapping[str, Any]) -> bool:
    """Have ``labels`` (fields of studio.labels) written into all that is given out of a photo; say if that changes it.

    What is there stays until its successor is. Raises Missing when there is no such photo.
    """
    master = _master(master_id)
    if master.kind is not MediaKind.PHOTO:
        raise Missing
    before = digest_of(labels_of(master))
    master.technical = master.technical | {"labels": dict(labels)}
    if digest_of(labels_of(master)) == before:
        return False
    if master.state is MasterState.READY:
        master.state = MasterState.PREPARING
        owe(JOB, master_id=master.id)
    return True


@act
def choose_poster(master_id: int, frame: int, *, by: Person) -> Master:
    """Make the stills of a video of its ``frame`` (from 0; the last one if it has fewer) from now on.

    Raises Missing when there is no such video, or it was not read yet.
    """
    master = _master(master_id)
    if master.kind is not MediaKind.VIDEO or "frames" not in master.technical:
        raise Missing
    master.technical = master.technical | {"poster": max(0, min(frame, master.technical["frames"] - 1))}
    record(by, "changed", master, label=master.original_name)
    if master.state is MasterState.READY:
        master.state = MasterState.PREPARING
        owe(JOB, master_id=master.id)
    return master


# What the worker does


@act
def begin(master_id: int) -> Master | None:
    """Note that a master is being read, or prepared, from now on; None when nothing is left to do with it."""
    master = db.session.get(Master, master_id, populate_existing=True, with_for_update=True)
    if master is None or (master.state not in UNFINISHED and not _has_lost(master)):
        return None
    if master.state is MasterState.RECEIVED:
        master.state = MasterState.CHECKING
    elif master.state is MasterState.READY:
        master.state = MasterState.PREPARING
    return master


def _has_lost(master: Master) -> bool:
    """Whether something of a master that was ready waits to be made again (see lose)."""
    return master.state is MasterState.READY and any(
        each.state is RenditionState.WAITING for each in master.renditions
    )


@act
def accept(master_id: int, seen: Mapping[str, Any], *, mimetype: str) -> Master:
    """Keep what was seen of a master (studio.looking), and plan what is made of it.

    Its ``mimetype`` is what its bytes say to us: what is served rests on it, and a sandbox may not be ours any more.
    """
    master = _master(master_id)
    master.mimetype = mimetype
    master.technical = dict(seen["technical"]) | {
        name: master.technical[name] for name in ("labels", "poster") if name in master.technical
    }
    master.iptc, master.warnings, master.problem = dict(seen["iptc"]), list(seen["warnings"]), ""
    if "has_place" in master.warnings and current_app.config["PHOTO_PLACES"] == "keep":
        master.warnings = ["has_place_kept" if each == "has_place" else each for each in master.warnings]
    master.state = MasterState.PREPARING
    known = {each.name for each in master.renditions}
    names = plans.photo(master.technical) if master.kind is MediaKind.PHOTO else plans.video(master.technical)
    for name in names:
        if name not in known:
            db.session.add(Rendition(master_id=master.id, name=name, facts={}, share=0, attempts=0))
    return master


@act
def refuse(master_id: int, code: str) -> Master:
    """Note that a master cannot be used, and why."""
    master = _master(master_id)
    master.state, master.problem = MasterState.FAILED, code
    return master


@act
def start(ids: Collection[int]) -> list[Rendition]:
    """Note that these renditions are being made."""
    made = _renditions(ids)
    for each in made:
        each.attempts += 1
        if not each.key:  # what is there is given out until its successor is
            each.state, each.share = RenditionState.MAKING, 0
    return made


@act
def tell(ids: Collection[int], share: float) -> None:
    """Note how much of these renditions is made, 0 to 1."""
    for each in _renditions(ids):
        each.share = max(0, min(99, int(share * 100)))


@act
def expect(rendition_id: int, key: str) -> None:
    """Note what is about to be kept; what was noted before it is no longer wanted (see tidy)."""
    made = _renditions([rendition_id])[0]
    made.facts = made.facts | {"pending": key, "former": _former(made, made.facts.get("pending"), but=key)}


def _former(made: Rendition, key: str | None, *, but: str) -> list[str]:
    """Return the files that are to go once ``but`` is there: those known before, and ``key``."""
    return sorted({*made.facts.get("former", ()), *filter(None, [key])} - {but})


@act
def finish(rendition_id: int, content: Content, *, made_of: str, crc32: int, seen: Mapping[str, Any]) -> None:
    """Note that a rendition is whole and kept as ``content``; the file that it had before is to go (see tidy).

    ``made_of`` is the digest of what it was made with, ``crc32`` that of the file, ``seen`` what studio answered
    about it.
    """
    made = _renditions([rendition_id])[0]
    former = _former(made, made.key, but=content.key)
    made.key, made.sha256, made.size_bytes = content.key, content.sha256, content.size
    made.mimetype, made.width, made.height = seen["mimetype"], seen["width"], seen["height"]
    made.facts = dict(seen.get("facts") or {}) | {"made_of": made_of, "crc32": crc32, "former": former}
    made.state, made.share, made.problem, made.made_at = RenditionState.READY, 100, "", clock.now()
    made.attempts = 0  # whatever makes it anew one day has all its tries
    if made.facts.get("is_silent"):
        made.master.warnings = [*dict.fromkeys([*made.master.warnings, "silent"])]
    _tell_readers([made])


def _tell_readers(changed: Sequence[Rendition]) -> None:
    """Have pages that are public already show from now on what these renditions have come to."""
    shown = select(PublicMaster.edition_id).where(
        PublicMaster.master_id.in_({each.master_id for each in changed})
    )
    if db.session.scalar(shown.limit(1)) is not None:
        touch()


@act
def fail(ids: Collection[int], code: str, *, is_passing: bool = False) -> bool:
    """Note why these renditions could not be made, and say whether they count as failed.

    What ``is_passing`` is worth more tries: then they wait again, MOST_ATTEMPTS times at most. One that has a file
    from before keeps it.
    """
    made = _renditions(ids)
    if is_passing and any(each.attempts < MOST_ATTEMPTS for each in made):
        for each in made:
            if not each.key:
                each.state = RenditionState.WAITING
        return False
    for each in made:
        each.state = RenditionState.READY if each.key else RenditionState.FAILED
        each.problem, each.attempts = code, 0
    _tell_readers(made)
    return True


@act
def lose(key: str, *, is_at_work: bool = False) -> bool:
    """Note that the file ``key`` is not in the storage, so that it is made again; say whether a rendition had it.

    ``is_at_work``: whoever found that out is making what is missing of its master, and owes nobody more.
    """
    wanted = select(Rendition).where(Rendition.key == key).order_by(Rendition.id).with_for_update()
    lost = list(db.session.scalars(wanted.execution_options(populate_existing=True)))
    for each in lost:
        each.state, each.key, each.share = RenditionState.WAITING, "", 0
        if not is_at_work:
            owe(JOB, master_id=each.master_id)
    _tell_readers(lost)
    return bool(lost)


@act
def settle(master_id: int, *, made_for: str) -> bool:
    """Note that all that can be made of a master is made, or failed, for the wishes named ``made_for`` (see wishes).

    False, and nothing is noted, if somebody wishes for something else by now.
    """
    master = _master(master_id)
    if wishes(master) != made_for:
        return False
    if master.state is MasterState.PREPARING:
        master.state = MasterState.READY
    return True


@act
def give_up(master_id: int) -> Master:
    """Note that nobody works at a master any more although it is not finished: its job ended for good."""
    master = _master(master_id)
    for each in master.renditions:
        if each.state in (RenditionState.WAITING, RenditionState.MAKING):
            each.state, each.problem = RenditionState.FAILED, "no_answer"
    if master.state in (MasterState.RECEIVED, MasterState.CHECKING):
        master.state, master.problem = MasterState.FAILED, "no_answer"
    elif master.state is MasterState.PREPARING:
        master.state = MasterState.READY
    return master


@act
def take_up(master_id: int) -> int | None:
    """Owe the work at a master that nobody owes."""
    return owe(JOB, master_id=_master(master_id).id)


def tidy(master_id: int) -> None:
    """Take away the files that renditions of a master had before, where none has them now or is about to.

    To be called outside acts, when something was kept and before more is made: what a killed worker left is known.
    """
    renditions = db.session.scalars(select(Rendition).where(Rendition.master_id == master_id)).all()
    former = {made.id: made.facts["former"] for made in renditions if made.facts.get("former")}
    for rendition_id, keys in former.items():
        for key in keys:
            wanted = select(Rendition.id).where(
                or_(Rendition.key == key, Rendition.facts["pending"].as_string() == key)
            )
            if db.session.scalar(wanted.limit(1)) is None:
                store().delete(key)
        _forget(rendition_id, keys)
    db.session.rollback()


@act
def _forget(rendition_id: int, keys: Collection[str]) -> None:
    """Note that these files, which a rendition had before, are gone."""
    for made in _renditions([rendition_id]):
        made.facts = made.facts | {"former": [key for key in made.facts.get("former", ()) if key not in keys]}


def abandoned() -> Sequence[tuple[int, bool]]:
    """Return the masters that are not finished and whose job nobody owes, and whether it failed for good."""
    left = db.session.scalars(
        select(Master.id).where(Master.state.in_(UNFINISHED)).order_by(Master.id).limit(200)
    ).all()
    if not left:
        return []
    latest = {master_id: row.state for master_id, row in jobs.latest(JOB, "master_id", left).items()}
    return [
        (master_id, latest.get(master_id) in (State.FAILED, State.CANCELLED))
        for master_id in left
        if latest.get(master_id) not in (State.QUEUED, State.RUNNING)
    ]


def _master(master_id: int) -> Master:
    master = db.session.get(Master, master_id, populate_existing=True, with_for_update=True)
    if master is None:
        raise Missing
    return master


def _renditions(ids: Collection[int]) -> list[Rendition]:
    wanted = select(Rendition).where(Rendition.id.in_(ids)).order_by(Rendition.id).with_for_update()
    return list(db.session.scalars(wanted.execution_options(populate_existing=True)))

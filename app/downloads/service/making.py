"""Making a part: taking the one whose turn it is, telling how far it is, naming its file, and ending."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import update

from app import clock
from app.acts import act
from app.database import db
from app.downloads import queries, sources
from app.downloads.models import FilmIndex, Part, PartState
from app.downloads.sources import Described
from app.editorial.service.telling import touch
from app.jobs.ledger import announce, owe
from app.storage.contract import content_key

GONE = "gone"  # nobody who wants it may read it now
CHANGED = "changed"  # what was said of it when it was asked for does not hold any more


@act
def begin(job_id: int) -> Part | None:
    """Take the part whose turn it is for a job, or the one that this job had begun; None when none waits.

    One UPDATE decides who gets it.
    """
    mine = queries.under_way_by(job_id)
    if mine is not None:
        mine.attempts, mine.share, mine.seconds_left = mine.attempts + 1, 0, None
        return mine
    for part_id in queries.line():
        taken = db.session.execute(
            update(Part)
            .where(Part.id == part_id, Part.state == PartState.WAITING)
            .values(
                state=PartState.PREPARING,
                job_id=job_id,
                started_at=clock.now(),
                attempts=Part.attempts + 1,
                share=0,
            )
        )
        if taken.rowcount == 1:  # type: ignore[attr-defined]
            return queries.part_held(part_id)
    return None


def told_of(part: Part, *, at: datetime) -> tuple[Described | None, str]:
    """Return how its source describes ``part`` now, to one of those who want it, and "" if nothing has changed.

    Else "gone" when none of them may read it, "changed" when the film is another, or what goes with it.
    """
    problem = GONE
    readers: list[int | None] = [None, *(each.account_id for each in queries.wanting(part.id))]
    for reader in readers:
        described = sources.find(part.edition_id, account_id=reader, at=at)
        if described is None:
            continue
        if described.for_part(part.in_frame, part.out_frame, part.captions) == part.told:
            return described, ""
        problem = CHANGED
    return None, problem


@act
def note_progress(part_id: int, job_id: int, *, share: int, seconds_left: int | None) -> bool:
    """Keep how far a part is (percent), and say whether its job is to go on."""
    changed = db.session.execute(
        update(Part)
        .where(Part.id == part_id, Part.job_id == job_id, Part.state == PartState.PREPARING)
        .values(share=max(0, min(100, share)), seconds_left=seconds_left)
    )
    return bool(changed.rowcount == 1)  # type: ignore[attr-defined]


@act
def name_file(part_id: int, job_id: int, *, sha256: str, extension: str, mimetype: str) -> str | None:
    """Name the file of a part before it is written, and return its key; None when its job is not to go on.

    The key comes of the content and of what was asked: two parts may hold the same bytes, and never share a file.
    """
    part = _held(part_id, job_id)
    if part is None:
        return None
    own = hashlib.sha256(f"{part.build_key} {sha256}".encode()).hexdigest()
    part.key, part.sha256, part.mimetype = content_key("parts", own, extension), sha256, mimetype
    return part.key


@act
def finish(
    part_id: int, job_id: int, *, real_in: int, real_out: int, size_bytes: int, facts: dict[str, Any]
) -> bool:
    """Let a part be ready whose file is written; say whether it is.

    It is not when nobody wants it any more, when it was taken back meanwhile, or when what it says has changed.
    ``facts`` are how it was made, for its receipt.
    """
    part = _held(part_id, job_id)
    if part is None:
        return False
    at = clock.now()
    _described, problem = told_of(part, at=at)
    if problem:
        end(part_id, PartState.FAILED, problem)
        return False
    part.state, part.share, part.seconds_left, part.problem = PartState.READY, 100, None, ""
    part.real_in, part.real_out, part.size_bytes = real_in, real_out, size_bytes
    part.made, part.job_id, part.made_at = facts, None, at
    part.kept_until = at + timedelta(hours=current_app.config["PART_HOURS"])
    announce("part.ended", part=part.id)
    return True


@act
def fail(part_id: int, job_id: int, problem: str) -> None:
    """Let a part have failed, by the code of what was wrong. What is no longer this job's is left alone."""
    part = _held(part_id, job_id)
    if part is not None:
        end(part_id, PartState.FAILED, problem)


@act
def owe_index(master_id: int) -> None:
    """Have it looked up how a film can be cut, unless that was done, or is going to be."""
    if queries.index(master_id) is None:
        owe("downloads.read_index", key=f"index:{master_id}", master=master_id)


@act
def keep_index(master_id: int, told: dict[str, Any] | None, problem: str = "") -> None:
    """Keep how a film can be cut, or the code of why it cannot be."""
    found = queries.film_index(master_id)
    if found is None:
        found = FilmIndex(master_id=master_id)
        db.session.add(found)
    found.told, found.problem, found.read_at = told or {}, problem, clock.now()
    touch()  # the page of a video says from now on what can be taken of it


def _held(part_id: int, job_id: int) -> Part | None:
    part = queries.part_held(part_id)
    return part if part is not None and part.job_id == job_id and part.state == PartState.PREPARING else None


def end(part_id: int, state: PartState, problem: str = "") -> None:
    part = queries.part_held(part_id)
    if part is None or part.state in (
        PartState.READY,
        PartState.EXPIRED,
        PartState.CANCELLED,
        PartState.FAILED,
    ):
        return
    part.state, part.problem, part.share, part.seconds_left, part.job_id = state, problem, 0, None, None
    if state == PartState.FAILED:
        announce("part.ended", part=part.id)

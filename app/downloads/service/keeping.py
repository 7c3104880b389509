"""What is due, what is over, and what others left behind."""

from __future__ import annotations

from app import clock
from app.acts import act
from app.database import db
from app.downloads import queries
from app.downloads.models import PartState
from app.downloads.service.making import end, told_of
from app.editorial.models import Edition
from app.jobs.ledger import owe

LOST = "lost"  # its worker was killed, as often as it may be tried


@act
def expire() -> int:
    """End the time of every ready part that is over; return how many there were."""
    at, due = clock.now(), queries.expired(clock.now())
    for part_id in due:
        part = queries.part_held(part_id)
        if part is not None and part.state == PartState.READY and part.kept_until and part.kept_until <= at:
            part.state = PartState.EXPIRED
    return len(due)


@act
def forget_file(part_id: int, key: str) -> None:
    """Note that the file under ``key`` is gone: the part can be made again."""
    part = queries.part_held(part_id)
    if part is not None and part.key == key and part.state != PartState.READY:
        part.key = ""


@act
def give_up() -> int:
    """Let fail what is being made by a job that has ended, or that somebody cancelled at the desk; say how many."""
    found = queries.abandoned()
    for part in found:
        end(part.id, PartState.FAILED, part.problem or LOST)
    return len(found)


@act
def drop_unwanted() -> int:
    """Cancel what waits though whoever asked for it is gone; return how many there were."""
    found = queries.unwanted()
    for part_id in found:
        end(part_id, PartState.CANCELLED)
    return len(found)


@act
def owe_missing() -> int:
    """Owe a job for each part that waits without one; return how many were missing."""
    missing = queries.jobs_missing()
    for _ in range(missing):
        owe(queries.MAKE)
    return missing


@act
def look_again(edition_id: int) -> int:
    """End every part of the item that is not any more what it says, or not for whoever wants it; say how many.

    Files of ended parts are deleted by the next sweep.
    """
    edition = db.session.get(Edition, edition_id)
    if edition is None:
        return 0
    at, ended = clock.now(), 0
    for found in queries.of_item(edition.item_id):
        part = queries.part_held(found.id)
        if part is None:
            continue
        problem = told_of(part, at=at)[1]
        if not problem:
            continue
        ended += 1
        if part.state == PartState.READY:
            part.state, part.problem, part.kept_until = PartState.EXPIRED, problem, at
        else:
            end(part.id, PartState.FAILED, problem)
    return ended

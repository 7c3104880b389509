"""Making parts, telling those who wait, and looking again when a text changed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from flask import current_app

from app import clock
from app.database import db
from app.downloads import labelling, mails, queries, rules, service, sources
from app.downloads.models import Part, PartState
from app.downloads.service.making import told_of
from app.jobs.registry import job, sweeps
from app.jobs.turns import Progress
from app.library import problems
from app.library.cutting import planning
from app.library.cutting.values import MIMETYPES, Cut, Index
from app.library.problems import Problem
from app.library.sandbox.running import Limits, Made, work
from app.mail.service import post_each
from app.storage.keeping import digest_of_open
from app.storage.store import store

log = logging.getLogger(__name__)

LOOK_SECONDS = 5  # how often it is asked, while a part is made, whether it may be taken at all
GB = 1024**3
PART = "part"  # what the file is called in the sandbox's folder


class Stopped(Exception):
    """The part is not wanted any more, or not to be had."""


@job(queries.MAKE, is_heavy=True)
def make_part(progress: Progress) -> None:
    """Make the part whose turn it is. A part that fails says why; a machine that fails is tried again.

    A store or a disk that is away rises; after the last try the sweep says that the part failed.
    """
    part = service.begin(progress.id)
    if part is None:
        return
    try:
        _make(part.id, progress)
    except Stopped:
        log.info("part %s was stopped", part.id)
    except Problem as problem:
        if problem.code in problems.PASSING:
            raise
        service.fail(part.id, progress.id, problem.code)
    except FileNotFoundError:  # the master's own file is not there any more
        service.fail(part.id, progress.id, "missing")


def _make(part_id: int, progress: Progress) -> None:
    part = db.session.get_one(Part, part_id)
    problem = told_of(part, at=clock.now())[1]
    if problem:
        service.fail(part_id, progress.id, problem)
        return
    if part.key:  # left behind by a worker that was killed
        _drop(part_id, part.key)
        part = db.session.get_one(Part, part_id)
    index = queries.index(part.master_id or 0)
    master = part.master
    if index is None or master is None:
        raise Problem("unreadable")
    plan = planning.plan(index, part.in_frame, part.out_frame, part.mode.value, part.format.value)
    words = labelling.words_of(
        part, index, site=current_app.config["PUBLIC_URL"], captions=labelling.captions_of(part)
    )
    seconds, source = float(index.rate.seconds(plan.frames)), master.key
    db.session.rollback()  # nobody waits for what we have read while the film is cut
    teller = _Teller(part_id, progress, rules.work_seconds(plan, index))
    with (
        store().local(source) as path,
        work(
            "app.library.cutting.doors.part",
            reads={"source": path},
            told={"index": index.to_json(), "plan": plan.to_json(), "words": words.to_json()},
            limits=_limits(seconds),
            progress=teller,
        ) as made,
    ):
        cut = Cut.from_json(made.result)
        _keep(part_id, progress, made, cut, teller)


def _keep(part_id: int, progress: Progress, made: Made, cut: Cut, tell: Callable[[float], None]) -> None:
    """Name the file, keep it, and let the part be ready: in that order."""
    with made.open(PART) as file:
        sha256 = digest_of_open(file)
    tell(1.0)
    mimetype = MIMETYPES[cut.container]
    key = service.name_file(part_id, progress.id, sha256=sha256, extension=cut.container, mimetype=mimetype)
    if key is None:
        raise Stopped
    size = (made.folder / PART).stat().st_size
    store().take(made.folder / PART, key)
    facts = {"method": cut.method, "reason": cut.reason, "frames": cut.frames, "container": cut.container}
    is_ready = service.finish(
        part_id, progress.id, real_in=cut.real_in, real_out=cut.real_out, size_bytes=size, facts=facts
    )
    if not is_ready and not queries.is_of_use(part_id, key):
        # Nobody wants it any more. The sweep may have looked for it, and forgotten it, before it was there.
        _drop(part_id, key)


def _drop(part_id: int, key: str) -> None:
    """Delete a file of a part, and then forget where it was. No other part ever has this key."""
    store().delete(key)
    service.forget_file(part_id, key)


@job("downloads.read_index", is_heavy=True)
def read_index(progress: Progress, *, master: int) -> None:
    """Look up how a film can be cut, without decoding it."""
    found = queries.master(master)
    if found is None or queries.index(master) is not None:
        return
    key = found.key
    db.session.rollback()
    try:
        with (
            store().local(key) as path,
            work("app.library.cutting.doors.index", reads={"source": path}, limits=_limits(600)) as made,
        ):
            told = Index.from_json(made.result).to_json()
    except Problem as problem:
        if problem.code in problems.PASSING:
            raise
        service.keep_index(master, None, problem.code)
    except FileNotFoundError:
        service.keep_index(master, None, "missing")
    else:
        service.keep_index(master, told)


@job("downloads.look_at_film")
def look_at_film(progress: Progress, *, edition: int) -> None:
    """Have it looked up, before anybody asks, how the film of a text that readers see can be cut."""
    described = sources.find(edition, account_id=None, at=clock.now())
    if described is not None and described.master_id is not None:
        service.owe_index(described.master_id)


@job("downloads.look_again")
def look_again(progress: Progress, *, edition: int) -> None:
    """End what is prepared of a text that was changed or taken back, where it is not what it says any more."""
    service.look_again(edition)


@job("downloads.tell_ended")
def tell_ended(progress: Progress, *, part: int) -> None:
    """Write to everybody who wants it that a part is ready, or that it could not be made."""
    found = queries.part(part)
    if found is None or found.state not in (PartState.READY, PartState.FAILED):
        return
    site = str(current_app.config["PUBLIC_URL"])
    is_ready, index = found.state == PartState.READY, queries.index(found.master_id or 0)
    post_each(
        [
            mails.ended(
                key=f"part/{found.build_key[:16]}/{found.asked_at.isoformat()}/{found.state}/to/{each.account_id}",
                to=each.account.email,
                language=each.account.language,
                title=found.told.get("title", ""),
                begins=index.timecode(found.in_frame) if index else "",
                ends=index.timecode(found.out_frame) if index else "",
                kept_until=found.kept_until,
                is_ready=is_ready,
                problem=found.problem,
                link=f"{site}/{each.account.language}/media/downloads",
            )
            for each in queries.wanting(part)
            if each.wants_mail and each.account.is_active
        ]
    )


@job("downloads.tell_holders")
def tell_holders(progress: Progress, *, notice: int) -> None:
    """Write to everybody who holds an interval what is wrong with it, once, in their language where there is one."""
    found = queries.notice(notice)
    if found is None:
        return
    site, index = str(current_app.config["PUBLIC_URL"]), queries.index(found.master_id)
    title, own = queries.title_of(found.item_id)
    post_each(
        [
            mails.fault(
                key=f"interval/{notice}/to/{each.id}",
                to=each.email,
                language=each.language,
                title=title,
                text_language=own,
                words=found.words.get(each.language) or next(iter(found.words.values())),
                begins=index.timecode(found.in_frame) if index and found.in_frame is not None else "",
                ends=index.timecode(found.out_frame) if index and found.out_frame is not None else "",
                link=f"{site}/{each.language}/media/downloads",
            )
            for each in queries.told(notice)
            if each.is_active and each.email
        ]
    )


@sweeps
def keep_in_order() -> None:
    """Look for what is over, left behind or forgotten; act only where there is something."""
    if queries.expired(clock.now(), limit=1):
        service.expire()
    if queries.abandoned():
        service.give_up()
    if queries.unwanted():
        service.drop_unwanted()
    if queries.jobs_missing():
        service.owe_missing()
    for part in queries.with_useless_file():
        part_id, key = part.id, part.key
        db.session.rollback()
        _drop(part_id, key)


class _Teller:
    """Hears how far the work is, keeps it for whoever waits, and stops the work that nobody is to have."""

    def __init__(self, part_id: int, progress: Progress, guess: float) -> None:
        self._part_id, self._progress, self._guess = part_id, progress, guess
        self._began = self._looked = time.monotonic()

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        percent = int(share * 100)
        self._progress.beat(percent, 100)
        left = seconds_left(share, now - self._began, self._guess)
        if not service.note_progress(self._part_id, self._progress.id, share=percent, seconds_left=left):
            raise Stopped
        if now - self._looked >= LOOK_SECONDS:
            self._looked = now
            problem = told_of(db.session.get_one(Part, self._part_id), at=clock.now())[1]
            db.session.rollback()
            if problem:
                service.fail(self._part_id, self._progress.id, problem)
                raise Stopped


def seconds_left(share: float, passed: float, guess: float) -> int:
    """Return how long it will still take: by what was seen, once there is enough of it, else by the guess."""
    left = passed * (1 - share) / share if share >= 0.05 else guess - passed
    return max(1, round(left))


def _limits(seconds: float) -> Limits:
    """Return what cutting a part of so many seconds may take: generous, but nothing that goes on for ever."""
    return Limits(
        wall_seconds=120 + 40 * seconds,
        cpu_seconds=int(240 + 120 * seconds),
        memory_bytes=4 * GB,
        file_bytes=256 * GB,
        open_files=64,
    )

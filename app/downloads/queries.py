"""What can be asked about parts, who wants them, and what was taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.database import db
from app.downloads.models import (
    Download,
    FilmIndex,
    IntervalNotice,
    IntervalNoticeTo,
    Part,
    PartRequest,
    PartState,
)
from app.downloads.rules import DAY, UNDER_WAY, Asked
from app.downloads.rules.intervals import Cut, shared
from app.downloads.rules.turns import Waiting, order
from app.editorial.models import Edition, Publication, Revision
from app.jobs.ledger import Job, State
from app.library.cutting.values import Index
from app.library.models import Master, Rendition, RenditionState

SHOWN = timedelta(days=90)  # how far back "your downloads" go
IS_OF_USE = (PartState.READY, PartState.PREPARING)  # the states in which a part's file is, or comes
MAKE = "downloads.make_part"  # the job that makes a part, whichever is next


def master(master_id: int) -> Master | None:
    """Return the master with this id."""
    return db.session.get(Master, master_id)


def rendition(master_id: int, name: str) -> Rendition | None:
    """Return what was made of a master under that name, once it is ready."""
    wanted = select(Rendition).where(
        Rendition.master_id == master_id, Rendition.name == name, Rendition.state == RenditionState.READY
    )
    return db.session.scalar(wanted)


def film_index(master_id: int) -> FilmIndex | None:
    """Return what is known of how that film can be cut, or of why it cannot."""
    return db.session.get(FilmIndex, master_id)


def index(master_id: int) -> Index | None:
    """Return how that film can be cut; None while nobody has looked, or of one that cannot be."""
    found = film_index(master_id)
    return _index(found) if found is not None else None


def indexes(master_ids: Collection[int]) -> dict[int, Index]:
    """Return how these films can be cut, each read once; without those of which nobody knows it."""
    wanted = select(FilmIndex).where(FilmIndex.master_id.in_(set(master_ids)))
    known = {each.master_id: _index(each) for each in db.session.scalars(wanted)}
    return {master_id: index for master_id, index in known.items() if index is not None}


def _index(found: FilmIndex) -> Index | None:
    try:
        return Index.from_json(found.told) if found.told else None
    except ValueError:  # of an earlier version of ours: it is read again
        return None


def part(part_id: int) -> Part | None:
    """Return the part with this id."""
    return db.session.get(Part, part_id)


def part_held(part_id: int) -> Part | None:
    """Return the same, and let nobody change it before the running act is over."""
    return db.session.get(Part, part_id, with_for_update=True, populate_existing=True)


def built(build_key: str) -> Part | None:
    """Return the part of that build key, which nobody changes before the running act is over."""
    wanted = select(Part).where(Part.build_key == build_key).with_for_update()
    return db.session.scalar(wanted.execution_options(populate_existing=True))


def request(request_id: int) -> PartRequest | None:
    """Return the request with this id."""
    return db.session.get(PartRequest, request_id)


def request_of(part_id: int, account_id: int) -> PartRequest | None:
    """Return the request of an account for a part."""
    return db.session.scalar(
        select(PartRequest).where(PartRequest.part_id == part_id, PartRequest.account_id == account_id)
    )


def wanting(part_id: int) -> Sequence[PartRequest]:
    """Return the requests for a part of those who still want it."""
    wanted = select(PartRequest).where(PartRequest.part_id == part_id, PartRequest.cancelled_at.is_(None))
    return db.session.scalars(wanted.order_by(PartRequest.id)).all()


def of_account(
    account_id: int, *, at: datetime, edition_id: int | None = None, limit: int = 100
) -> Sequence[PartRequest]:
    """Return what an account asked for in the last 90 days and did not cancel, the last first; of one edition alone."""
    wanted = (
        select(PartRequest)
        .join(Part, Part.id == PartRequest.part_id)
        .where(
            PartRequest.account_id == account_id,
            PartRequest.cancelled_at.is_(None),
            PartRequest.asked_at > at - SHOWN,
        )
        .options(joinedload(PartRequest.part))
        .order_by(PartRequest.asked_at.desc(), PartRequest.id.desc())
    )
    if edition_id is not None:
        wanted = wanted.where(Part.edition_id == edition_id)
    return db.session.scalars(wanted.limit(limit)).all()


def asked_by(account_id: int, *, at: datetime, besides: int | None = None) -> list[Asked]:
    """Return what counts for the quota of an account: of the last day, and still under way; not of part ``besides``.

    Whoever cancels has asked all the same: the work was done, or begun.
    """
    is_under_way = Part.state.in_(UNDER_WAY) & PartRequest.cancelled_at.is_(None)
    wanted = (
        select(PartRequest.asked_at, PartRequest.seconds, is_under_way)
        .join(Part, Part.id == PartRequest.part_id)
        .where(PartRequest.account_id == account_id, or_(PartRequest.asked_at > at - DAY, is_under_way))
    )
    if besides is not None:
        wanted = wanted.where(PartRequest.part_id != besides)
    return [Asked(row[0], row[1], bool(row[2])) for row in db.session.execute(wanted)]


# --- whose turn it is ---


def _is_free() -> ColumnElement[bool]:
    """Return the condition that a part waits and no file of an earlier time is still to be deleted."""
    return (Part.state == PartState.WAITING) & (Part.key == "")


def line() -> list[int]:
    """Return the parts that wait, in the order in which they will be made."""
    rows = db.session.execute(
        select(Part.id, PartRequest.account_id, PartRequest.asked_at)
        .join(PartRequest, PartRequest.part_id == Part.id)
        .where(_is_free(), PartRequest.cancelled_at.is_(None))
    )
    waiting = [Waiting(*row) for row in rows]
    if not waiting:
        return []
    accounts = {each.account_id for each in waiting}
    begun = (
        select(PartRequest.account_id, func.max(Part.started_at))
        .join(Part, Part.id == PartRequest.part_id)
        .where(PartRequest.account_id.in_(accounts), Part.started_at.is_not(None))
        .group_by(PartRequest.account_id)
    )
    return order(waiting, {row[0]: row[1] for row in db.session.execute(begun) if row[1] is not None})


def under_way_by(job_id: int) -> Part | None:
    """Return the part that a job has begun to make, and nobody else has taken over."""
    return db.session.scalar(select(Part).where(Part.job_id == job_id, Part.state == PartState.PREPARING))


def unwanted() -> Sequence[int]:
    """Return the parts that wait though nobody wants them any more."""
    wants = select(PartRequest.part_id).where(PartRequest.cancelled_at.is_(None))
    return db.session.scalars(
        select(Part.id).where(Part.state == PartState.WAITING, Part.id.not_in(wants))
    ).all()


# --- what is due ---


def expired(at: datetime, limit: int = 100) -> Sequence[int]:
    """Return the ready parts whose time is over."""
    wanted = select(Part.id).where(Part.state == PartState.READY, Part.kept_until <= at)
    return db.session.scalars(wanted.order_by(Part.kept_until).limit(limit)).all()


def with_useless_file(limit: int = 100) -> Sequence[Part]:
    """Return the parts whose row still names a file that nobody is to get."""
    return db.session.scalars(
        select(Part).where(Part.key != "", Part.state.not_in(IS_OF_USE)).order_by(Part.id).limit(limit)
    ).all()


def is_of_use(part_id: int, key: str) -> bool:
    """Say whether somebody gets the file under ``key``, or a worker that took the part over is about to keep it."""
    found = db.session.get(Part, part_id, populate_existing=True)
    return found is not None and found.key == key and found.state in IS_OF_USE


def abandoned() -> Sequence[Part]:
    """Return the parts that are being made by a job that has ended, or is gone."""
    alive = select(Job.id).where(Job.state.in_((State.QUEUED, State.RUNNING)))
    wanted = select(Part).where(
        Part.state == PartState.PREPARING, or_(Part.job_id.is_(None), Part.job_id.not_in(alive))
    )
    return db.session.scalars(wanted.order_by(Part.id)).all()


def jobs_missing() -> int:
    """Return how many parts wait for which no job is owed."""
    waiting = (
        db.session.scalar(select(func.count()).select_from(Part).where(Part.state == PartState.WAITING)) or 0
    )
    if not waiting:
        return 0
    alive = select(func.count()).select_from(Job).where(Job.name == MAKE)
    owed = db.session.scalar(alive.where(Job.state.in_((State.QUEUED, State.RUNNING)))) or 0
    busy = (
        db.session.scalar(select(func.count()).select_from(Part).where(Part.state == PartState.PREPARING))
        or 0
    )
    return max(0, waiting + busy - owed)


def of_item(item_id: int) -> Sequence[Part]:
    """Return the parts of an item, in whatever language, that wait, are being made or are ready."""
    alive = Part.state.in_((*UNDER_WAY, PartState.READY))
    return db.session.scalars(
        select(Part).join(Edition, Edition.id == Part.edition_id).where(Edition.item_id == item_id, alive)
    ).all()


# --- the log ---


def last_download(account_id: int, *, master_id: int, rendition: str, part_id: int | None) -> Download | None:
    """Return when an account took that file last."""
    wanted = select(Download).where(
        Download.account_id == account_id,
        Download.master_id == master_id,
        Download.rendition == rendition,
        Download.part_id == part_id if part_id is not None else Download.part_id.is_(None),
    )
    return db.session.scalar(wanted.order_by(Download.id.desc()).limit(1))


def masters_of(item_id: int) -> list[int]:
    """Return the masters of which something of an item was taken, the last taken first."""
    wanted = (
        select(Download.master_id, func.max(Download.id))
        .where(Download.item_id == item_id)
        .group_by(Download.master_id)
    )
    rows = db.session.execute(wanted.order_by(func.max(Download.id).desc()))
    return [row[0] for row in rows]


def spans(item_id: int, *, master_id: int, cut: Cut) -> dict[int, Cut] | None:
    """Return what of each film of an item shares a second with ``cut`` (frames of ``master_id``); None is everything.

    A film that is not named is one of which only the whole was taken. Raises Uncounted.
    """
    if cut.is_all:
        return None
    is_part = Download.in_frame.is_not(None)
    parted = db.session.scalars(
        select(Download.master_id).where(Download.item_id == item_id, is_part).distinct()
    )
    return shared(cut, master_id, set(parted), indexes(masters_of(item_id)))


def _taken(item_id: int, spans: Mapping[int, Cut] | None) -> Any:
    found = Download.item_id == item_id
    if spans is None:
        return found
    is_met: Any = Download.in_frame.is_(None)  # who has the whole of a film has these seconds of it
    for master_id, cut in spans.items():
        is_within = Download.master_id == master_id
        if cut.ends is not None:
            is_within &= Download.in_frame < cut.ends
        if cut.begins is not None:
            is_within &= Download.out_frame > cut.begins
        is_met |= is_within
    return found & is_met


def taken(item_id: int, spans: Mapping[int, Cut] | None = None, *, limit: int = 500) -> Sequence[Any]:
    """Return what was taken of an item that shares a frame with ``spans`` (None: everything), the last first.

    Rows carry the Download, the Account (None once it is erased, and for what is open to everybody) and the number of
    the version.
    """
    wanted = (
        select(Download, Account, Revision.number)
        .outerjoin(Account, Account.id == Download.account_id)
        .join(Revision, Revision.id == Download.revision_id)
        .where(_taken(item_id, spans))
        .order_by(Download.id.desc())
    )
    return db.session.execute(wanted.limit(limit)).all()


def holders(item_id: int, spans: Mapping[int, Cut] | None = None) -> Sequence[Account]:
    """Return exactly those who hold a frame of ``spans`` (None: anything of the item), each once."""
    ids = select(Download.account_id).where(_taken(item_id, spans), Download.account_id.is_not(None))
    return db.session.scalars(
        select(Account).where(Account.id.in_(ids), Account.is_active).order_by(Account.id)
    ).all()


def by_organisation(item_id: int, limit: int = 50) -> Sequence[Any]:
    """Return organisations, how often each took something of an item, and when last; the most eager first."""
    wanted = (
        select(Download.organisation, func.count(), func.max(Download.at))
        .where(Download.item_id == item_id)
        .group_by(Download.organisation)
        .order_by(func.count().desc(), Download.organisation)
    )
    return db.session.execute(wanted.limit(limit)).all()


def by_rendition(item_id: int) -> Sequence[Any]:
    """Return what was taken of an item, and how often."""
    wanted = select(Download.rendition, func.count()).where(Download.item_id == item_id)
    return db.session.execute(wanted.group_by(Download.rendition).order_by(func.count().desc())).all()


def cuts(master_id: int) -> list[tuple[int, int, int]]:
    """Return the intervals that were taken of a film as parts, and how often each: (in, out, times)."""
    wanted = (
        select(Download.in_frame, Download.out_frame, func.count())
        .where(Download.master_id == master_id, Download.in_frame.is_not(None))
        .group_by(Download.in_frame, Download.out_frame)
    )
    rows: Any = db.session.execute(wanted)
    return [(begins, ends, times) for begins, ends, times in rows]


def notices(item_id: int) -> Sequence[Any]:
    """Return what was written to those who hold something of an item, the last first, and to how many."""
    count = (
        select(func.count())
        .select_from(IntervalNoticeTo)
        .where(IntervalNoticeTo.notice_id == IntervalNotice.id)
        .scalar_subquery()
    )
    wanted = select(IntervalNotice, count).where(IntervalNotice.item_id == item_id)
    return db.session.execute(wanted.order_by(IntervalNotice.id.desc())).all()


def told(notice_id: int) -> Sequence[Account]:
    """Return to whom a notice is written."""
    ids = select(IntervalNoticeTo.account_id).where(IntervalNoticeTo.notice_id == notice_id)
    return db.session.scalars(select(Account).where(Account.id.in_(ids)).order_by(Account.id)).all()


def said_publicly(item_id: int) -> dict[str, str]:
    """Return what readers were told last of an item in each language: why it was withdrawn, or what was corrected."""
    found: dict[str, str] = {}
    for edition in db.session.scalars(select(Edition).where(Edition.item_id == item_id)):
        wanted = select(Publication.note).where(Publication.edition_id == edition.id, Publication.note != "")
        note = db.session.scalar(wanted.order_by(Publication.id.desc()).limit(1))
        found[edition.language] = edition.withdrawal_reason or note or ""
    return found


def notice(notice_id: int) -> IntervalNotice | None:
    """Return a notice to those who hold an interval."""
    return db.session.get(IntervalNotice, notice_id)


def title_of(item_id: int) -> tuple[str, str]:
    """Return what an item is called, and in which language that is: of what readers saw, else of the working text."""
    for edition in db.session.scalars(select(Edition).where(Edition.item_id == item_id).order_by(Edition.id)):
        shown = edition.public_revision or edition.current
        if shown is not None and shown.title:
            return shown.title, edition.language
    return "", "en"


def count_taken(item_id: int) -> int:
    """Return how often something of an item was taken."""
    return (
        db.session.scalar(select(func.count()).select_from(Download).where(Download.item_id == item_id)) or 0
    )

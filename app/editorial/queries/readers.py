"""What readers may see: pages, lists, maps, and what every page needs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from flask import current_app
from sqlalchemy import Row, Select, bindparam, case, func, or_, select, union_all
from sqlalchemy.orm import aliased

from app import clock
from app.database import UtcDateTime, db, joined
from app.editorial.models import (
    Contact,
    Edition,
    Filing,
    Item,
    OldAddress,
    PublicMaster,
    PublicPicture,
    Revision,
    Standing,
    Topic,
)
from app.languages import LANGUAGES
from app.prepared import Prepared


def public(*columns: Any, at: Any = None) -> Select[Any]:
    """Return a query for ``columns`` of the editions that everybody may read at ``at`` (now, unless told).

    It joins Edition with the Revision that readers see. Every public page, feed, map, file and
    message starts here.
    """
    joined = select(*columns).select_from(Edition).join(Revision, Revision.id == Edition.public_revision_id)
    return joined.where(Edition.public_from <= (clock.now() if at is None else at))


_AT = bindparam("at", type_=UtcDateTime)
_TYPE: Any = bindparam("type")
_LANGUAGE: Any = bindparam("language")
_PATH: Any = bindparam("path")

_SHOWN = Prepared(
    public(Edition.id, at=_AT)
    .join(PublicPicture, PublicPicture.edition_id == Edition.id)
    .where(PublicPicture.picture_id == bindparam("picture"))
    .limit(1)
)


_SHOWN_MASTER = Prepared(
    public(Edition.id, at=_AT)
    .join(PublicMaster, PublicMaster.edition_id == Edition.id)
    .where(PublicMaster.master_id == bindparam("master"))
    .limit(1)
)


def public_master(master_id: int) -> bool:
    """Whether a page that everybody may read shows this master."""
    return _SHOWN_MASTER.first(at=clock.now(), master=master_id) is not None


def public_picture(picture_id: int) -> bool:
    """Whether a page that everybody may read shows this picture."""
    return _SHOWN.first(at=clock.now(), picture=picture_id) is not None


_NEXT_MOMENT = select(func.min(Edition.public_from)).where(Edition.public_from > _AT).scalar_subquery()
_STANDING = Prepared(select(Standing.version, _NEXT_MOMENT.label("next_moment")))


def standing(at: datetime) -> tuple[int, datetime | None]:
    """Return the version of what readers see, and the first moment after ``at`` at which that changes by itself.

    The version grows with each change that readers can notice.
    """
    version, next_moment = _STANDING.rows(at=at)[0]
    return version, next_moment


Alternate = aliased(Edition)
_ELSEWHERE = (
    select(joined(Alternate.language + " " + Alternate.path))
    .where(Alternate.item_id == Edition.item_id, Alternate.id != Edition.id, Alternate.public_from <= _AT)
    .correlate(Edition)
    .scalar_subquery()
)
_PAGE = (
    Edition.id,
    Edition.item_id,
    Edition.language,
    Edition.path,
    _ELSEWHERE.label("elsewhere"),
    Edition.public_from,
    Edition.first_public_at,
    Edition.updated_at,
    Edition.public_kind,
    Edition.ends_at,
    Item.reference_year,
    Item.reference_number,
    Revision.title,
    Revision.lead,
    Revision.shown,
    Revision.place,
    Revision.date,
    Revision.topics,
    Revision.contact_id,
    Revision.pictures,
    Revision.fields,
    Revision.facts,
    Revision.number,
)


_ASKED = Prepared(
    public(*_PAGE, at=_AT)
    .join(Item, Item.id == Edition.item_id)
    .where(Edition.type == _TYPE, Edition.language == _LANGUAGE, Edition.path == _PATH)
)


def page(type_: str, language: str, path: str) -> Any:
    """Return the public edition at ``path``, or None when nothing is public there.

    In the same answer is where its other public languages are: ``alternates`` reads that.
    """
    return _ASKED.first(at=clock.now(), type=type_, language=language, path=path)


def alternates(row: Any) -> list[tuple[str, str]]:
    """Return the other languages of what ``page`` found, each with its path there, in our order."""
    if not row.elsewhere:
        return []
    # A path is made of letters, digits, hyphens and slashes (app/text/slugs.py): no comma, no space.
    paths = dict([each.split(" ") for each in row.elsewhere.split(",")])
    return [(code, paths[code]) for code in LANGUAGES if code in paths]


def elsewhere(type_: str, language: str, path: str) -> Any:
    """Return where the text that once had this address is, or how it ended, or None.

    Columns: id of the edition, path and language (where it is now), withdrawn_at, withdrawal_reason,
    ending, merged_into_id, public_kind and the date of the dateline (None when a corrected text waits
    for its hour: its kind and its date are not public yet). An address that was never public is not
    found, whatever lies behind it.
    """
    at = clock.now()
    moved = (
        select(OldAddress.edition_id)
        .where(OldAddress.type == type_, OldAddress.language == language, OldAddress.path == path)
        .scalar_subquery()
    )
    here = (Edition.type == type_) & (Edition.language == language) & (Edition.path == path)
    is_public = Edition.public_from <= at
    known = select(
        Edition.id,
        Edition.path,
        Edition.language,
        Edition.ending,
        Edition.merged_into_id,
        case((is_public, None), else_=Edition.withdrawn_at).label("withdrawn_at"),
        Edition.withdrawal_reason,
        Edition.public_kind,
        case((Edition.public_from > at, None), else_=Revision.date).label("date"),
    ).outerjoin(Revision, Revision.id == Edition.public_revision_id)
    known = known.where(or_(here, Edition.id == moved), or_(Edition.withdrawn_at.is_not(None), is_public))
    return db.session.execute(known).first()


def in_another_language(type_: str, language: str, path: str) -> Row[Any] | None:
    """Return the public edition that has ``path`` in another language than ``language``, and its twin in it.

    Columns: language and path of the edition that exists; own_path of the same item's edition in
    ``language`` (None when that does not exist, or not yet).
    """
    at = clock.now()
    twin = (
        select(Alternate.path)
        .where(
            Alternate.item_id == Edition.item_id, Alternate.language == language, Alternate.public_from <= at
        )
        .scalar_subquery()
    )
    found = public(Edition.language, Edition.path, twin.label("own_path"), at=at)
    return db.session.execute(found.where(Edition.type == type_, Edition.path == path)).first()


def row_columns(at: Any) -> tuple[Any, ...]:
    """Return the columns of a list's row: what it says, and in which languages its item is public (with commas)."""
    languages = select(joined(Alternate.language))
    languages = languages.where(Alternate.item_id == Edition.item_id, Alternate.public_from <= at).correlate(
        Edition
    )
    return (
        Edition.id,
        Edition.item_id,
        Edition.type,
        Edition.language,
        Edition.path,
        Edition.public_from,
        Edition.first_public_at,
        Edition.updated_at,
        Edition.public_kind,
        Revision.title,
        Revision.lead,
        Revision.date,
        Revision.pictures,
        languages.scalar_subquery().label("languages"),
    )


def newest(
    type_: str,
    language: str,
    *,
    kind: str | None = None,
    topic_id: int | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
    skip: int = 0,
    limit: int = 20,
) -> Sequence[Row[Any]]:
    """Return the newest public editions of ``type_`` in ``language``, newest first, ties by id.

    ``start`` and ``end`` bound the moment of publication (end exclusive). The page's keys come
    from an index alone, whatever the offset; only its own rows are then read.
    """
    query = _newest(kind is not None, topic_id is not None, start is not None, end is not None)
    wanted = {"kind": kind, "topic": topic_id, "start": start, "end": end}
    known = {name: value for name, value in wanted.items() if value is not None}
    return query.rows(at=clock.now(), type=type_, language=language, skip=skip, limit=limit, **known)


@cache
def _newest(has_kind: bool, has_topic: bool, has_start: bool, has_end: bool) -> Prepared:
    matching = _matching(has_kind, has_topic, has_start, has_end)
    order = (Filing.public_from, Filing.edition_id) if has_topic else (Edition.public_from, Edition.id)
    newest_first = matching.order_by(*(column.desc() for column in order))
    keys = newest_first.offset(bindparam("skip")).limit(bindparam("limit")).subquery()
    rows = public(*row_columns(_AT), at=_AT).join(keys, keys.c.id == Edition.id)
    return Prepared(rows.order_by(Edition.public_from.desc(), Edition.id.desc()))


def how_many(
    type_: str,
    language: str,
    *,
    kind: str | None = None,
    topic_id: int | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> int:
    """Return how many newest() would find without a limit. It reads every key: remember the answer."""
    keys = _matching(kind is not None, topic_id is not None, start is not None, end is not None).subquery()
    wanted = {"kind": kind, "topic": topic_id, "start": start, "end": end}
    values = {"at": clock.now(), "type": type_, "language": language} | wanted
    return db.session.scalar(select(func.count()).select_from(keys), values) or 0


def _matching(has_kind: bool, has_topic: bool, has_start: bool, has_end: bool) -> Select[Any]:
    """Return the keys of the public editions that match, readable from an index alone where there is one."""
    keys = select(Edition.id).where(
        Edition.type == _TYPE, Edition.language == _LANGUAGE, Edition.public_from <= _AT
    )
    if has_kind:
        keys = keys.where(Edition.public_kind == bindparam("kind"))
    if has_start:
        keys = keys.where(Edition.public_from >= bindparam("start", type_=UtcDateTime))
    if has_end:
        keys = keys.where(Edition.public_from < bindparam("end", type_=UtcDateTime))
    if has_topic:
        keys = keys.join(Filing, Filing.edition_id == Edition.id).where(
            Filing.topic_id == bindparam("topic"),
            Filing.type == _TYPE,
            Filing.language == _LANGUAGE,
            Filing.public_from <= _AT,
        )
    return keys


def related(
    type_: str, topic_ids: Sequence[int], language: str, *, besides: int, limit: int = 3
) -> Sequence[Any]:
    """Return the newest public editions of ``type_`` under any of these topics (at most eight), but ``besides``."""
    topic_ids = topic_ids[:8]
    if not topic_ids:
        return []
    topics = {f"topic_{number}": topic_id for number, topic_id in enumerate(topic_ids)}
    query = _related(len(topics))
    wanted = {"type": type_, "language": language, "besides": besides, "limit": limit, "each": limit + 1}
    return query.rows(at=clock.now(), **wanted, **topics)


@cache
def _related(topics: int) -> Prepared:
    newest_of_each = [
        select(Filing.edition_id)
        .where(Filing.topic_id == bindparam(f"topic_{number}"))
        .where(Filing.type == _TYPE, Filing.language == _LANGUAGE, Filing.public_from <= _AT)
        .order_by(Filing.public_from.desc(), Filing.edition_id.desc())
        .limit(bindparam("each"))
        .subquery()
        for number in range(topics)
    ]
    keys = union_all(*(select(few.c.edition_id) for few in newest_of_each)).subquery()
    rows = public(*row_columns(_AT), at=_AT).where(Edition.id.in_(select(keys.c.edition_id)))
    rows = rows.where(Edition.id != bindparam("besides"))
    return Prepared(rows.order_by(Edition.public_from.desc(), Edition.id.desc()).limit(bindparam("limit")))


def everything(language: str, *, after: int, until: int) -> Sequence[Row[Any]]:
    """Return what a site map lists: public addresses in ``language`` with ids above ``after``, up to ``until``."""
    listed = public(
        Edition.id, Edition.type, Edition.language, Edition.path, Edition.public_from, Edition.updated_at
    )
    listed = listed.where(Edition.language == language, Edition.id > after, Edition.id <= until)
    return db.session.execute(listed.order_by(Edition.id)).all()


def last_id() -> int:
    """Return the highest id of what is public, 0 when nothing is."""
    return db.session.scalar(public(func.max(Edition.id))) or 0


def topics() -> Sequence[Topic]:
    """Return all topics, in the office's order."""
    return db.session.scalars(select(Topic).order_by(Topic.position, Topic.id)).all()


def pages_of_subjects() -> Sequence[Row[Any]]:
    """Return the public topic pages, each with the id of its subject, in the order of the subjects."""
    columns = (Item.subject_id, Edition.id, Edition.language, Edition.path, Edition.public_from)
    pages = public(*columns, Edition.updated_at, Revision.title, Revision.lead)
    pages = pages.join(Item, Item.id == Edition.item_id).join(Topic, Topic.id == Item.subject_id)
    return db.session.execute(pages.where(Edition.type == "topic").order_by(Topic.position, Topic.id)).all()


def contacts() -> Sequence[Contact]:
    """Return all press contacts."""
    return db.session.scalars(select(Contact).order_by(Contact.id)).all()


def years(type_: str) -> tuple[int, int] | None:
    """Return the first and the last year (the office's) in which something of ``type_`` became public, or None."""
    found = db.session.execute(
        public(func.min(Edition.public_from), func.max(Edition.public_from)).where(Edition.type == type_)
    ).one()
    zone = current_app.config["ZONE"]
    return (found[0].astimezone(zone).year, found[1].astimezone(zone).year) if found[0] else None

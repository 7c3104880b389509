"""What can be asked of the shelf of the media library: a page of it, how much there is, what it can be narrowed by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from app import clock
from app.database import UtcDateTime, db
from app.editorial import queries
from app.editorial.models import Edition, Item, Revision
from app.library.models import MediaKind, ShelfMark, ShelfRow
from app.prepared import Prepared

SORTS = ("newest", "oldest", "longest")
PAGE = 24
CHOICES = 200  # of places or people that a list can be narrowed by

_AT = bindparam("at", type_=UtcDateTime)
_COLUMNS = (
    *queries.row_columns(_AT),
    Revision.place,
    Item.reference_year,
    Item.reference_number,
    ShelfRow.kind,
    ShelfRow.seconds,
    ShelfRow.master_id,
    ShelfRow.count,
)


def page(
    language: str,
    *,
    kind: str = "",
    marks: Mapping[str, str],
    sort: str = "newest",
    skip: int = 0,
    limit: int = PAGE,
) -> Sequence[Row[Any]]:
    """Return what is public on the shelf in ``language``, of ``kind`` ("" for all) and with all ``marks``, in order.

    The keys come from an index alone, whatever there is; only the rows of the page are then read.
    """
    query = _page(bool(kind), tuple(sorted(marks)), sort)
    known = {f"value_{name}": value for name, value in marks.items()}
    if kind:
        known["kind"] = kind
    return query.rows(at=clock.now(), language=language, skip=skip, limit=limit, **known)


@cache
def _page(has_kind: bool, names: tuple[str, ...], sort: str) -> Prepared:
    keys = _keys(has_kind, names, by_length=sort == "longest")
    found = keys.order_by(*_order(sort, _first(names) if sort != "longest" else None))
    found_keys = found.offset(bindparam("skip")).limit(bindparam("limit")).subquery()
    rows = queries.public(*_COLUMNS, at=_AT).join(found_keys, found_keys.c.edition_id == Edition.id)
    rows = rows.join(ShelfRow, ShelfRow.edition_id == Edition.id).join(Item, Item.id == Edition.item_id)
    return Prepared(rows.order_by(*_order(sort, None)))


def _order(sort: str, mark: Any) -> tuple[Any, Any]:
    """Return what a list is put in order by: columns of the shelf, or of a mark where that leads."""
    table: Any = mark or ShelfRow
    if sort == "longest":
        return ShelfRow.seconds.desc(), ShelfRow.edition_id.desc()
    if sort == "oldest":
        return table.public_from.asc(), table.edition_id.asc()
    return table.public_from.desc(), table.edition_id.desc()


@cache
def _aliased(name: str) -> Any:
    return aliased(ShelfMark, name=f"mark_{name}")


def _first(names: Sequence[str]) -> Any:
    return _aliased(names[0]) if names else None


def _keys(has_kind: bool, names: Sequence[str], *, by_length: bool = False) -> Select[Any]:
    """Return the editions that match: by the first mark's index, or by the shelf's own where there is none."""
    needs_row = not names or has_kind or by_length
    base = _first(names)
    keys = select((base or ShelfRow).edition_id.label("edition_id"))
    if base is not None:
        for name in names:
            mark = _aliased(name)
            if mark is not base:
                keys = keys.join(mark, mark.edition_id == base.edition_id)
            keys = keys.where(
                mark.name == name,
                mark.value == bindparam(f"value_{name}"),
                mark.language == bindparam("language"),
                mark.public_from <= _AT,
            )
        if needs_row:
            keys = keys.join(ShelfRow, ShelfRow.edition_id == base.edition_id)
    if needs_row:
        is_public = ShelfRow.public_from <= _AT
        # Not as a range of the index where length decides the order: SQLite would read and sort all that is public.
        keys = keys.where(
            ShelfRow.language == bindparam("language"), is_public.is_(True) if by_length else is_public
        )
    if has_kind:
        keys = keys.where(ShelfRow.kind == bindparam("kind"))
    return keys


def films_among(edition_ids: Collection[int], *, event: int) -> Sequence[Row[Any]]:
    """Return which of these editions are films of an event, as page() does, whether their moment has come or not.

    The next moment comes first. Who asks has to know that the reader may see these editions.
    """
    mark = _aliased("event")
    rows = (
        select(*_COLUMNS)
        .join(Revision, Revision.id == Edition.public_revision_id)
        .join(Item, Item.id == Edition.item_id)
        .join(ShelfRow, ShelfRow.edition_id == Edition.id)
        .join(mark, mark.edition_id == Edition.id)
        .where(Edition.id.in_(edition_ids), ShelfRow.kind == MediaKind.VIDEO)
        .where(mark.name == "event", mark.value == str(event))
        .order_by(Edition.public_from, Edition.id)
    )
    return db.session.execute(rows, {"at": clock.now()}).all()


def how_many(language: str, *, kind: str = "", marks: Mapping[str, str]) -> int:
    """Return how many page() would find without a limit. It reads every key: remember the answer."""
    keys = _keys(bool(kind), tuple(sorted(marks))).subquery()
    known = {f"value_{name}": value for name, value in marks.items()} | ({"kind": kind} if kind else {})
    values = {"at": clock.now(), "language": language} | known
    return db.session.scalar(select(func.count()).select_from(keys), values) or 0


def choices(language: str, name: str) -> list[tuple[str, str]]:
    """Return the values of a mark that there are, with a label, most used first. It reads many: remember the answer."""
    found = (
        select(ShelfMark.value, func.min(ShelfMark.label))
        .where(ShelfMark.language == language, ShelfMark.name == name, ShelfMark.public_from <= clock.now())
        .group_by(ShelfMark.value)
        .order_by(func.count().desc(), ShelfMark.value)
        .limit(CHOICES)
    )
    return [(value, label) for value, label in db.session.execute(found)]

"""What became of a text that readers know: the versions they saw, what they were told, how it ended.

Everything here was public once. What waits for its moment has no publication yet, so none of these
queries can find it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, func, select

from app import clock
from app.database import UtcDateTime, db
from app.editorial.models import Publication, Revision
from app.prepared import Prepared

SHOWN = (
    "first",
    "correction",
    "update",
    "minor",
    "restored",
)  # kinds that show a version; the others end one

_HISTORY = Prepared(
    select(Publication.kind, Publication.note, Publication.at, Publication.revision_id)
    .where(Publication.edition_id == bindparam("edition"))
    .where(Publication.at <= bindparam("at", type_=UtcDateTime))
    .order_by(Publication.id)
)


def history(edition_id: int) -> Sequence[Any]:
    """Return all that became public of an edition, oldest first: kind, note, at, revision_id."""
    return _HISTORY.rows(edition=edition_id, at=clock.now())


def revisions_by_id(ids: Iterable[int]) -> dict[int, Revision]:
    """Return the revisions with these ids, which must come from ``history``."""
    found = db.session.scalars(select(Revision).where(Revision.id.in_(set(ids))))
    return {revision.id: revision for revision in found}


def corrections(edition_ids: Iterable[int]) -> dict[int, Any]:
    """Return, by edition, the correction that is the last thing readers were told of it: note and at.

    An edition that was updated since, put back or never corrected is not in the answer.
    """
    news = _last(list(edition_ids))
    found = select(Publication.edition_id, Publication.note, Publication.at).where(
        Publication.id.in_(select(news.c.id)), Publication.kind == "correction"
    )
    return {row.edition_id: row for row in db.session.execute(found)}


def _last(edition_ids: list[int]) -> Any:
    """The last publication of each of these editions that was more than a minor edit."""
    told = Publication.edition_id.in_(edition_ids) & (Publication.kind != "minor")
    return (
        select(func.max(Publication.id).label("id")).where(told).group_by(Publication.edition_id).subquery()
    )


def marks(edition_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return what the desk says of these editions besides their state: "corrected"."""
    return {edition_id: frozenset({"corrected"}) for edition_id in corrections(edition_ids)}

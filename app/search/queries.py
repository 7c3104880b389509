"""What can be asked of the index. Every answer comes out of ``editorial.queries.public``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import ColumnElement, Row, String, cast, func, literal, literal_column, select
from sqlalchemy.dialects.postgresql import TSQUERY

from app import clock
from app.database import db
from app.editorial import queries
from app.editorial.models import Edition, Revision
from app.events import queries as events
from app.search import facts
from app.search.asking import Question, for_postgresql, for_sqlite
from app.search.models import FTS, SearchRow

MOST = 1_000  # results of a kind that are counted and shown
_OF_NOW = (SearchRow.edition_id == Edition.id) & (SearchRow.revision_id == Revision.id)

# When a result of each kind is: when it was published, when it takes place, when somebody last looked at it.
_LOOKED_AT = func.coalesce(Edition.updated_at, Edition.public_from)
_MOMENT: dict[str, Any] = {
    "release": Edition.public_from,
    "event": Edition.starts_at,
    "video": Edition.public_from,
    "gallery": Edition.public_from,
    "topic": _LOOKED_AT,
    "answer": _LOOKED_AT,
}


@dataclass(frozen=True)
class Narrowed:
    """What results are narrowed by besides words: ``topic`` is a key; ``start`` and ``end`` bound their moment."""

    topic: str = ""
    start: datetime | None = None
    end: datetime | None = None


def found(question: Question, kind: str, narrowed: Narrowed = Narrowed()) -> list[int]:
    """Return the ids of the rows of ``kind`` (facts.KINDS) that answer ``question``, newest first.

    At most MOST, and one more when there are more.
    """
    if not question:
        return []
    # A value for each row of the index, not a join and not EXISTS: SQLite would begin with all editions
    # of the language and ask the index about each, PostgreSQL would sort every match. So both walk the
    # index from its end for a common word, and stop when there are enough.
    readable = queries.public(Edition.id).join(SearchRow, _OF_NOW).where(SearchRow.id == FTS.c.rowid)
    if narrowed.start and narrowed.end:
        readable = readable.where(_MOMENT[kind] >= narrowed.start, _MOMENT[kind] < narrowed.end)
    marks = [facts.kind_word(kind), *([facts.topic_word(narrowed.topic)] if narrowed.topic else [])]
    ids = select(FTS.c.rowid).where(
        _matches(question, marks), readable.correlate(FTS).scalar_subquery().is_not(None)
    )
    return list(db.session.scalars(ids.order_by(FTS.c.rowid.desc()).limit(MOST + 1)))


def rows(ids: Sequence[int], kind: str) -> Sequence[Row[Any]]:
    """Return what a list shows of these rows of ``kind``, newest first.

    Besides the columns of a list: ``text``, ``heading`` and ``part`` of the row, for an event those of its hours.
    """
    if not ids:
        return []
    at = clock.now()
    columns = events.ROW if kind == "event" else queries.row_columns(at)
    shown = (SearchRow.text, SearchRow.heading, SearchRow.part)
    wanted = queries.public(*columns, *shown, at=at).join(SearchRow, _OF_NOW).where(SearchRow.id.in_(ids))
    return db.session.execute(wanted.order_by(SearchRow.id.desc()), {"at": at}).all()


def years() -> range:
    """Return the office's years in which something that can be found is, the last first."""
    zone = current_app.config["ZONE"]
    event_hours = queries.public(func.min(Edition.starts_at), func.max(Edition.starts_at))
    ends = db.session.execute(event_hours.where(Edition.type == "event")).one()
    known = [moment.astimezone(zone).year for moment in ends if moment is not None]
    for kind in ("release", "video", "gallery", "topic"):
        known += queries.years(kind) or ()
    if not known:
        return range(0)
    return range(max(known), min(known) - 1, -1)


def concerned(*, after: int, limit: int) -> list[int]:
    """Return the next ids, above ``after``, of editions that are public or that have a row."""
    known = queries.public(Edition.id).union(select(SearchRow.edition_id)).subquery()
    some = select(known.c.id).where(known.c.id > after).order_by(known.c.id).limit(limit)
    return list(db.session.scalars(some))


def _matches(question: Question, marks: Sequence[str]) -> ColumnElement[bool]:
    if db.engine.dialect.name == "postgresql":
        return FTS.c.words.op("@@", is_comparison=True)(
            cast(literal(for_postgresql(question, marks), String), TSQUERY)
        )
    asked = literal(for_sqlite(question, marks), String)
    return literal_column("search_fts").op("MATCH", is_comparison=True)(asked)

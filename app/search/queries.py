"""What can be asked of the index. Every answer comes out of ``editorial.queries.public``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, String, cast, literal, literal_column, select
from sqlalchemy.dialects.postgresql import TSQUERY

from app import clock
from app.database import db
from app.editorial import queries
from app.editorial.models import Edition, Revision
from app.search.asking import Question, for_postgresql, for_sqlite
from app.search.models import FTS, SearchRow

MOST = 1_000  # results that are counted and shown
_OF_NOW = (SearchRow.edition_id == Edition.id) & (SearchRow.revision_id == Revision.id)


def found(question: Question, *, type_: str) -> list[int]:
    """Return the ids of the rows that answer ``question``, newest first.

    At most MOST, and one more when there are more.
    """
    if not question:
        return []
    # A value for each row of the index, not a join and not EXISTS: SQLite would begin with all editions
    # of the language and ask the index about each, PostgreSQL would sort every match. So both walk the
    # index from its end for a common word, and stop when there are enough.
    readable = queries.public(Edition.id).join(SearchRow, _OF_NOW).where(SearchRow.id == FTS.c.rowid)
    readable = readable.where(Edition.type == type_)
    ids = select(FTS.c.rowid).where(
        _matches(question), readable.correlate(FTS).scalar_subquery().is_not(None)
    )
    return list(db.session.scalars(ids.order_by(FTS.c.rowid.desc()).limit(MOST + 1)))


def rows(ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Return what a list shows of these rows, and their ``text``, newest first."""
    at = clock.now()
    wanted = queries.public(*queries.row_columns(at), SearchRow.text, at=at).join(SearchRow, _OF_NOW)
    wanted = wanted.where(SearchRow.id.in_(ids))
    return db.session.execute(wanted.order_by(SearchRow.id.desc())).all()


def concerned(*, after: int, limit: int) -> list[int]:
    """Return the next ids, above ``after``, of editions that are public or that have a row."""
    known = queries.public(Edition.id).union(select(SearchRow.edition_id)).subquery()
    some = select(known.c.id).where(known.c.id > after).order_by(known.c.id).limit(limit)
    return list(db.session.scalars(some))


def _matches(question: Question) -> ColumnElement[bool]:
    if db.engine.dialect.name == "postgresql":
        return FTS.c.words.op("@@", is_comparison=True)(
            cast(literal(for_postgresql(question), String), TSQUERY)
        )
    return literal_column("search_fts").op("MATCH", is_comparison=True)(literal(for_sqlite(question), String))

"""What can be asked about events. What is public is told by editorial; here only what is coming, and what is past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from flask import current_app
from sqlalchemy import bindparam, func, select

from app import clock
from app.database import UtcDateTime
from app.editorial import queries
from app.editorial.models import Edition, Revision
from app.events.rules import LONGEST
from app.prepared import Prepared
from app.web.days import midnight

MOST_COMING = 200  # events in one list of what is coming

_AT = bindparam("at", type_=UtcDateTime)
_BACK = bindparam("back", type_=UtcDateTime)
_SINCE = bindparam("since", type_=UtcDateTime)
_START = bindparam("start", type_=UtcDateTime)
_END = bindparam("end", type_=UtcDateTime)
_OURS = (Edition.type == "event", Edition.language == bindparam("language"))

ROW = (  # what a list shows; asked with the moment ``at``
    *queries.row_columns(_AT),
    Edition.starts_at,
    Edition.ends_at,
    Revision.place,
    Revision.facts["state"].as_string().label("event_state"),
    Revision.facts["precision"].as_string().label("precision"),
)
_WHOLE = (
    *queries.row_columns(_AT),
    Edition.starts_at,
    Edition.ends_at,
    Revision.place,
    Revision.shown,
    Revision.topics,
    Revision.contact_id,
    Revision.number,
    Revision.facts,
    Revision.fields,
)


def _not_over(*columns: Any) -> Any:
    """Return the query for what ends after ``since``, next first. None is longer than LONGEST: an index helps."""
    coming = queries.public(*columns, at=_AT).where(
        *_OURS, Edition.starts_at > _BACK, Edition.ends_at > _SINCE
    )
    return coming.order_by(Edition.starts_at, Edition.id).limit(bindparam("limit"))


def _over(*columns: Any) -> Any:
    past = queries.public(*columns, at=_AT).where(*_OURS, Edition.ends_at <= _AT)
    return past.where(Edition.starts_at >= _START, Edition.starts_at < _END)


_COMING = Prepared(_not_over(*ROW))
_NEAR = Prepared(_not_over(*_WHOLE))
_keys = _over(Edition.id).order_by(Edition.starts_at.desc(), Edition.id.desc())
_keys = _keys.offset(bindparam("skip")).limit(bindparam("limit")).subquery()
_PAST = Prepared(
    queries.public(*ROW, at=_AT)
    .join(_keys, _keys.c.id == Edition.id)
    .order_by(Edition.starts_at.desc(), Edition.id.desc())
)
_COUNT = Prepared(select(func.count().label("count")).select_from(_over(Edition.id).subquery()))
_FIRST = Prepared(queries.public(func.min(Edition.starts_at).label("first"), at=_AT).where(*_OURS))

EVER = (datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))


def coming(language: str, limit: int = MOST_COMING) -> Sequence[Any]:
    """Return the public events in ``language`` that are not over, next first."""
    return _COMING.rows(**_values(language, clock.now(), limit))


def near(language: str, *, since: datetime, limit: int) -> Sequence[Any]:
    """Return the public events in ``language`` that end after ``since``, with all their facts and words, next first."""
    return _NEAR.rows(**_values(language, since, limit))


def _values(language: str, since: datetime, limit: int) -> dict[str, Any]:
    back = since - LONGEST
    return {"at": clock.now(), "language": language, "since": since, "back": back, "limit": limit}


def past(language: str, *, year: int | None = None, skip: int = 0, limit: int = 20) -> Sequence[Any]:
    """Return the public events in ``language`` that are over (of the office's ``year``), last first."""
    start, end = _year(year)
    known = {"at": clock.now(), "language": language, "skip": skip, "limit": limit}
    return _PAST.rows(start=start, end=end, **known)


def how_many_past(language: str, *, year: int | None = None) -> int:
    """Return how many events past() would find without a limit."""
    start, end = _year(year)
    return _COUNT.rows(at=clock.now(), language=language, start=start, end=end)[0].count


def first_year(language: str) -> int | None:
    """Return the office's year of the first public event in ``language``, or None."""
    first = _FIRST.rows(at=clock.now(), language=language)[0].first
    return first.astimezone(current_app.config["ZONE"]).year if first else None


def _year(year: int | None) -> tuple[datetime, datetime]:
    if year is None:
        return EVER
    return midnight(date(year, 1, 1)), midnight(date(year + 1, 1, 1))

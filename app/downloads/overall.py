"""What can be asked of all that was taken: the texts and the organisations of a period, the most eager first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select

from app.database import db
from app.downloads import queries
from app.downloads.models import Download
from app.editorial.models import Edition, Revision

MOST = 50  # rows of a table on the page


@dataclass(frozen=True)
class Asked:
    """What of the log is counted: from ``start`` on and before ``end`` (aware), of an ``organisation``; None is all."""

    start: datetime | None = None
    end: datetime | None = None
    organisation: str | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """The same of the rows of the log."""
        found = []
        if self.start is not None:
            found.append(Download.at >= self.start)
        if self.end is not None:
            found.append(Download.at < self.end)
        if self.organisation is not None:
            found.append(Download.organisation == self.organisation)
        return found


class Text(NamedTuple):
    """What a text is called, in the language that it was begun in, and its type."""

    title: str
    language: str
    type: str


_TIMES = func.count().label("times")
_PARTS = func.count(Download.in_frame).label("parts")
_LAST = func.max(Download.at).label("last")


def total(asked: Asked) -> Any:
    """Return how many files were taken, how many of them as parts, of how many texts, by how many organisations."""
    texts = func.count(Download.item_id.distinct()).label("texts")
    named = func.nullif(Download.organisation, "")
    wanted = select(_TIMES, _PARTS, texts, func.count(named.distinct()).label("organisations"))
    return db.session.execute(wanted.where(*asked.conditions)).one()


def texts(asked: Asked, limit: int = MOST) -> Sequence[Any]:
    """Return texts (item_id): how often files and parts of each were taken, by how many organisations, when last."""
    named = func.nullif(Download.organisation, "")
    wanted = select(
        Download.item_id, _TIMES, _PARTS, func.count(named.distinct()).label("organisations"), _LAST
    ).where(*asked.conditions)
    most_first = wanted.group_by(Download.item_id).order_by(_TIMES.desc(), _LAST.desc(), Download.item_id)
    return db.session.execute(most_first.limit(limit)).all()


def organisations(asked: Asked, limit: int = MOST) -> Sequence[Any]:
    """Return organisations ("" is none): how often each took a file, of how many texts, and when last."""
    wanted = select(
        Download.organisation, _TIMES, func.count(Download.item_id.distinct()).label("texts"), _LAST
    ).where(*asked.conditions)
    most_first = wanted.group_by(Download.organisation).order_by(_TIMES.desc(), Download.organisation)
    return db.session.execute(most_first.limit(limit)).all()


def ids(asked: Asked) -> Select[Any]:
    """Return the query for the texts of which something was taken: to ask more about all of them."""
    return select(Download.item_id).where(*asked.conditions)


def seconds(asked: Asked, item_ids: Collection[int] | Select[Any]) -> dict[int, float]:
    """Return how long the parts were together that were taken of these texts; without films that nobody can count."""
    wanted = (
        select(Download.item_id, Download.master_id, func.sum(Download.out_frame - Download.in_frame))
        .where(*asked.conditions, Download.item_id.in_(item_ids), Download.in_frame.is_not(None))
        .group_by(Download.item_id, Download.master_id)
    )
    rows: Any = db.session.execute(wanted).all()
    known = queries.indexes({master_id for _item_id, master_id, _frames in rows})
    found: defaultdict[int, float] = defaultdict(float)
    for item_id, master_id, frames in rows:
        if master_id in known:
            found[item_id] += float(frames / known[master_id].rate.fraction)
    return found


def called(item_ids: Collection[int] | Select[Any]) -> dict[int, Text]:
    """Return what these texts are called: as readers saw them, else as they are being written."""
    shown = func.coalesce(Edition.public_revision_id, Edition.current_revision_id)
    wanted = (
        select(Edition.item_id, Revision.title, Edition.language, Edition.type)
        .join(Revision, Revision.id == shown)
        .where(Edition.item_id.in_(item_ids))
        .order_by(Edition.id.desc())  # the language that it was begun in comes last, and stays
    )
    return {row.item_id: Text(row.title, row.language, row.type) for row in db.session.execute(wanted)}

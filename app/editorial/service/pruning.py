"""Taking away what saved itself and was soon replaced: a table of every half sentence would grow without bound."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, not_, select
from sqlalchemy.orm import aliased

from app import clock
from app.acts import act
from app.audit.log import record
from app.database import Base, db
from app.editorial.models import Edition, Revision
from app.editorial.service.turns import wait_our_turn

KEPT = timedelta(days=7)  # everything that saved itself can be looked up for so long
AT_ONCE = 500


@act
def prune() -> int:
    """Take away revisions that saved themselves more than KEPT ago and were replaced; return how many.

    Only where the same person wrote the next one: so who wrote since an approval stays known. Nothing that
    has a name, or that anything else in the database points to (what is public or was, what was decided or
    commented on, shown to an outsider, translated), is ever taken away.
    """
    wait_our_turn()
    gone = db.session.execute(
        select(Revision.id, Revision.edition_id).where(superseded()).order_by(Revision.id).limit(AT_ONCE)
    ).all()
    db.session.execute(delete(Revision).where(Revision.id.in_([row.id for row in gone])))
    for edition_id, count in Counter(row.edition_id for row in gone).items():
        edition = db.session.get_one(Edition, edition_id)
        label = edition.current.title if edition.current else ""
        record(None, "pruned", edition, label=label, count=count)
    return len(gone)


def superseded() -> ColumnElement[bool]:
    """Return the condition on Revision that it may be taken away."""
    following = aliased(Revision)
    next_author = (
        select(following.author_id)
        .where(following.edition_id == Revision.edition_id, following.number > Revision.number)
        .order_by(following.number)
        .limit(1)
        .scalar_subquery()
    )
    return and_(
        Revision.is_autosave,
        Revision.milestone == "",
        Revision.made_at < clock.now() - KEPT,
        next_author == Revision.author_id,
        *(not_(each) for each in _pointing()),
    )


def _pointing() -> list[ColumnElement[bool]]:
    """Return, for each column anywhere that holds the id of a revision, whether one holds this one's."""
    found: list[ColumnElement[bool]] = []
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.column.table is Revision.__table__:
                there: Any = table.alias()
                found.append(exists(select(1).where(there.c[key.parent.name] == Revision.id)))
    return found

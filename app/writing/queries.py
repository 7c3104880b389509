"""What can be asked about texts at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, bindparam, cast, func, select
from sqlalchemy.orm import Load, contains_eager, selectinload

from app.accounts.models import Account
from app.database import db
from app.editorial.finding import DESK, mark, matching
from app.editorial.models import Edition, Item, Revision, State

PAGE = 30
MOST_COUNTED = 1_000  # beyond it a list says "more than"


@dataclass(frozen=True)
class Asked:
    """What a list of texts is narrowed by; empty values narrow nothing.

    ``missing`` is a language in which the item does not exist, ``by`` who wrote last, ``start`` and ``end``
    bound the moment of the last writing (aware; end exclusive).
    """

    type: str = ""
    state: State | None = None
    language: str = ""
    missing: str = ""
    by: int | None = None
    topic: str = ""
    is_urgent: bool = False
    words: str = ""
    start: datetime | None = None
    end: datetime | None = None
    facts: tuple[str, ...] = field(init=False, default=())

    def __post_init__(self) -> None:
        """Put the facts into the index's own words."""
        told = {
            "type": self.type,
            "state": self.state.value if self.state else "",
            "language": self.language,
            "no": self.missing,
            "by": self.by or "",
            "topic": self.topic,
            "is": "urgent" if self.is_urgent else "",
        }
        object.__setattr__(self, "facts", tuple(mark(name, value) for name, value in told.items() if value))


_ITEM = (
    select(Item)
    .where(Item.id == bindparam("item"), Item.type == bindparam("type"))
    .options(selectinload(Item.editions))
)


def by_id(type_: str, item_id: int) -> Item | None:
    """Return an item of ``type_`` with its editions, or None. For officers only."""
    return db.session.scalar(_ITEM, {"item": item_id, "type": type_})


def keys(asked: Asked) -> Select[Any]:
    """Return the query for the ids of the working revisions that are asked for, newest first."""
    is_by_type_alone = not asked.words and asked.facts == (mark("type", asked.type),)
    condition = None if is_by_type_alone else matching(asked.words, asked.facts)
    if condition is None:
        column: Any = Edition.current_revision_id
        found = select(column).where(column.is_not(None))
        if asked.type:
            found = found.where(Edition.type == asked.type)
    else:
        column = DESK.c.rowid
        found = select(column).where(condition)
    if asked.start or asked.end:
        found = found.join(Revision, Revision.id == column)
        if asked.start:
            found = found.where(Revision.made_at >= asked.start)
        if asked.end:
            found = found.where(Revision.made_at < asked.end)
    return found.order_by(column.desc())


def count(asked: Asked) -> int:
    """Return how many texts are asked for; MOST_COUNTED + 1 stands for all that are more."""
    few = keys(asked).order_by(None).limit(MOST_COUNTED + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(few)) or 0


def page(asked: Asked, number: int) -> Sequence[Any]:
    """Return page ``number`` of the texts that are asked for, last written first.

    Rows carry the Edition (with its Item), its working Revision, the Item and the name of who wrote it.
    The revisions come without their text: a list does not show it.
    """
    return rows(list(db.session.scalars(keys(asked).offset((number - 1) * PAGE).limit(PAGE))))


def rows(ids: Sequence[int]) -> Sequence[Any]:
    """Return what a list shows of the texts whose working revisions have these ids, last written first."""
    return db.session.execute(_ROWS, {"ids": ids}).all()


def chosen(edition_ids: Sequence[int]) -> Sequence[Any]:
    """Return what a list shows of these editions, last written first; those that there are not are left out."""
    return db.session.execute(_CHOSEN, {"ids": edition_ids}).all()


def _rows(condition: Any) -> Select[Edition, Revision, Item, str]:
    return (
        select(Edition, Revision, Item, Account.name)
        .join(Revision, Revision.id == Edition.current_revision_id)
        .join(Item, Item.id == Edition.item_id)
        .join(Account, Account.id == Revision.author_id)
        .where(condition)
        .options(contains_eager(Edition.item), light())
        .order_by(Revision.id.desc())
    )


def light() -> Any:
    """Return what makes a query read of a Revision what a list shows: its text may be half a megabyte."""
    return Load(Revision).load_only(
        Revision.id,
        Revision.number,
        Revision.title,
        Revision.author_id,
        Revision.made_at,
        Revision.is_autosave,
    )


_IDS: Any = bindparam("ids", expanding=True)
_ROWS = _rows(Edition.current_revision_id.in_(_IDS))
_CHOSEN = _rows(Edition.id.in_(_IDS))


def writers() -> Sequence[Any]:
    """Return the id and the name of everybody who can have written something, by name."""
    officers = select(Account.id, Account.name).where(cast(Account.roles, String) != "[]")
    return db.session.execute(officers.order_by(Account.name)).all()


def type_of(item_id: int) -> str:
    """Return the type of an item, or nothing."""
    return db.session.scalar(select(Item.type).where(Item.id == item_id)) or ""


def to_link(words: str) -> Sequence[Any]:
    """Return the texts whose title has ``words``, last written first: one row for each language of theirs.

    Rows are those of page(). Empty without words.
    """
    return page(Asked(words=words), 1) if words else []

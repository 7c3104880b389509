"""What can be asked about texts at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from app.accounts.models import Account
from app.database import db
from app.editorial.models import Edition, Item, Revision, State

PAGE = 30


def by_id(type_: str, item_id: int) -> Item | None:
    """Return an item of ``type_`` with its editions, or None. For officers only."""
    wanted = select(Item).where(Item.id == item_id, Item.type == type_)
    return db.session.scalar(wanted.options(selectinload(Item.editions)))


def at_the_desk(
    type_: str, *, state: State | None = None, language: str | None = None, words: str = "", page: int = 1
) -> tuple[Sequence[Any], int]:
    """Return one page of the desk's list, last changed first, and how many rows there are in all.

    Rows carry Edition, its current Revision, the Item and the name of who wrote last.
    """
    wanted = (
        select(Edition, Revision, Item, Account.name)
        .join(Revision, Revision.id == Edition.current_revision_id)
        .join(Item, Item.id == Edition.item_id)
        .join(Account, Account.id == Revision.author_id)
        .where(Edition.type == type_)
    )
    if state:
        wanted = wanted.where(Edition.state == state)
    if language:
        wanted = wanted.where(Edition.language == language)
    for word in words.split()[:8]:
        wanted = wanted.where(Revision.title.icontains(word, autoescape=True))
    count = (
        db.session.scalar(select(func.count()).select_from(wanted.with_only_columns(Edition.id).subquery()))
        or 0
    )
    ordered = wanted.order_by(Edition.changed_at.desc(), Edition.id.desc())
    return db.session.execute(ordered.offset((page - 1) * PAGE).limit(PAGE)).all(), count

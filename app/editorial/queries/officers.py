"""What officers ask of editions, whatever their state."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.orm import defer, joinedload

from app.database import db
from app.editorial.models import (
    WAITING,
    Decision,
    Edition,
    Item,
    OldAddress,
    Revision,
)


def edition_of(item_id: int, language: str) -> Edition | None:
    """Return an item's edition in ``language`` whatever its state, or None. For officers only."""
    wanted = select(Edition).where(Edition.item_id == item_id, Edition.language == language)
    return db.session.scalar(wanted.options(joinedload(Edition.current), joinedload(Edition.item)))


def begun(once: str) -> Edition | None:
    """Return the first edition of the item that the form ``once`` (a digest) began, or None. For officers only."""
    wanted = select(Edition).join(Item, Item.id == Edition.item_id).where(Item.once == once)
    wanted = wanted.order_by(Edition.id).limit(1)
    return db.session.scalar(wanted.options(joinedload(Edition.current), joinedload(Edition.item)))


def editions_of(item_id: int) -> Sequence[Edition]:
    """Return an item's editions whatever their state. For officers only."""
    wanted = select(Edition).where(Edition.item_id == item_id).order_by(Edition.id)
    return db.session.scalars(wanted.options(joinedload(Edition.current))).all()


def due(at: datetime) -> Select[Any]:
    """Return the query for what waits for a moment that has come, in the order of these moments."""
    come = Edition.state.in_(WAITING) & (Edition.public_from <= at)
    return select(Edition).where(come).order_by(Edition.public_from, Edition.id)


def writers_since_approval(edition: Edition) -> set[int]:
    """Return the ids of all who wrote a revision since the last approved one.

    Of a text that was approved as it stands and is to be approved once more (it had ended), they are
    those who wrote since the approval before that one.
    """
    wrote = select(Revision.author_id).where(Revision.edition_id == edition.id)
    approved = edition.approved_revision_id
    if approved and approved == edition.current_revision_id:
        before = (Decision.edition_id == edition.id) & (Decision.revision_id < approved)
        was = select(func.max(Decision.revision_id)).where(
            before, Decision.verb.in_(("approved", "confirmed"))
        )
        approved = db.session.scalar(was)
    if approved:
        wrote = wrote.where(Revision.id > approved)
    return set(db.session.scalars(wrote.distinct()))


_TEXTS = (Revision.body, Revision.shown, Revision.fields, Revision.facts, Revision.pictures)
_REVISIONS = (
    select(Revision)
    .where(Revision.edition_id == bindparam("edition"))
    .order_by(Revision.number.desc())
    .limit(bindparam("limit"))
    .options(joinedload(Revision.author), *(defer(text) for text in _TEXTS))
)
_DECISIONS = (
    select(Decision)
    .where(Decision.edition_id == bindparam("edition"))
    .order_by(Decision.id.desc())
    .limit(bindparam("limit"))
    .options(joinedload(Decision.by))
)


def revisions(edition_id: int, limit: int = 100) -> Sequence[Revision]:
    """Return the revisions of an edition, newest first. Their texts are read only if somebody asks for them."""
    return db.session.scalars(_REVISIONS, {"edition": edition_id, "limit": limit}).all()


def revision(edition_id: int, number: int) -> Revision | None:
    """Return the revision of an edition with this number, or None. For officers only."""
    wanted = select(Revision).where(Revision.edition_id == edition_id, Revision.number == number)
    return db.session.scalar(wanted.options(joinedload(Revision.author)))


def decisions(edition_id: int, limit: int = 50) -> Sequence[Decision]:
    """Return what was decided about an edition, newest first."""
    return db.session.scalars(_DECISIONS, {"edition": edition_id, "limit": limit}).all()


def is_taken(edition: Edition, path: str) -> bool:
    """Whether another edition has, or once had, the public address ``path``."""
    same = (Edition.type == edition.type) & (Edition.language == edition.language) & (Edition.path == path)
    was = (
        (OldAddress.type == edition.type)
        & (OldAddress.language == edition.language)
        & (OldAddress.path == path)
    )
    now_taken = select(exists().where(same & (Edition.id != edition.id)))
    once_taken = select(exists().where(was & (OldAddress.edition_id != edition.id)))
    return bool(db.session.scalar(now_taken) or db.session.scalar(once_taken))

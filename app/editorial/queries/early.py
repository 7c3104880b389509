"""What media users may read of texts under embargo, before their hour; everybody else asks ``public()``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from app.accreditation import queries as accreditation
from app.accreditation.models import Group
from app.database import db
from app.editorial.models import Edition, EmbargoAccess, State


def groups_of(edition_id: int) -> Sequence[Group]:
    """Return the groups that a text under embargo is open to, or was open to last."""
    wanted = select(Group).join(EmbargoAccess, EmbargoAccess.group_id == Group.id)
    return db.session.scalars(wanted.where(EmbargoAccess.edition_id == edition_id).order_by(Group.id)).all()


def is_early(at: datetime) -> ColumnElement[bool]:
    """Return the condition that a text is under embargo at ``at``, as it was approved: never a working text."""
    return (
        (Edition.state == State.EMBARGO)
        & (Edition.public_from > at)
        & (Edition.public_revision_id == Edition.approved_revision_id)
        & (Edition.public_revision_id == Edition.current_revision_id)
    )


def open_to(account_id: int) -> Select[Edition]:
    """Return the query for the texts that a group lets ``account_id`` in to, whatever their hour."""
    mine = accreditation.counting().where(accreditation.Membership.account_id == account_id).subquery()
    ours = select(EmbargoAccess.edition_id).where(EmbargoAccess.group_id.in_(select(mine.c.group_id)))
    return (
        select(Edition)
        .where(Edition.id.in_(ours))
        .options(joinedload(Edition.public_revision), joinedload(Edition.item))
    )


def texts(account_id: int, *, at: datetime, limit: int = 200) -> Sequence[Edition]:
    """Return the texts under embargo that ``account_id`` may read at ``at``, the next hour first."""
    wanted = open_to(account_id).where(is_early(at))
    return db.session.scalars(wanted.order_by(Edition.public_from, Edition.id).limit(limit)).all()


def text(account_id: int, key: str, *, at: datetime) -> Edition | None:
    """Return the text under embargo at the address with ``key``, if ``account_id`` may read it at ``at``."""
    return db.session.scalar(open_to(account_id).where(Edition.embargo_key == key, is_early(at)))


def has_become_public(account_id: int, key: str, *, at: datetime) -> Edition | None:
    """Return the text whose embargo ``account_id`` was let in to, once everybody may read it."""
    wanted = open_to(account_id).where(Edition.embargo_key == key, Edition.public_from <= at)
    return db.session.scalar(wanted)


def under_embargo(at: datetime) -> Sequence[Edition]:
    """Return every text that an embargo opens to somebody at ``at``."""
    wanted = select(Edition).where(is_early(at), Edition.embargo_key.is_not(None))
    return db.session.scalars(wanted.options(joinedload(Edition.public_revision)).order_by(Edition.id)).all()


def opened_by(group_ids: Iterable[int], *, at: datetime) -> dict[int, int]:
    """Return how many texts under embargo each of these groups opens at ``at``."""
    counted = (
        select(EmbargoAccess.group_id, func.count())
        .join(Edition, Edition.id == EmbargoAccess.edition_id)
        .where(EmbargoAccess.group_id.in_(list(group_ids)), is_early(at))
        .group_by(EmbargoAccess.group_id)
    )
    found: Any = db.session.execute(counted)
    return {row[0]: row[1] for row in found}

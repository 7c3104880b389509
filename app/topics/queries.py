"""What can be asked about topic pages, and about what is filed under their subjects."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from app.database import db
from app.editorial.models import Edition, Filing, Item, Revision, Topic
from app.editorial.queries import public


def free_subjects() -> Sequence[Topic]:
    """Return the subjects that have no page yet, in the office's order."""
    taken = select(Item.subject_id).where(Item.subject_id.is_not(None))
    free = select(Topic).where(Topic.id.not_in(taken)).order_by(Topic.position, Topic.id)
    return db.session.scalars(free).all()


def has_page(subject_id: int) -> bool:
    """Whether some topic page, public or not, is the page of this subject."""
    return db.session.scalar(select(Item.id).where(Item.subject_id == subject_id)) is not None


def subject(subject_id: int) -> Topic | None:
    """Return a subject, or None."""
    return db.session.get(Topic, subject_id)


def events_of(subject_id: int, language: str, limit: int) -> Sequence[Row[Any]]:
    """Return the public events under a subject, the one that begins last first."""
    wanted = public(Edition.type, Edition.language, Edition.path, Edition.starts_at, Revision.title)
    wanted = wanted.join(Filing, Filing.edition_id == Edition.id)
    of_subject = (Filing.topic_id == subject_id) & (Filing.type == "event") & (Filing.language == language)
    ordered = wanted.where(of_subject).order_by(Edition.starts_at.desc(), Edition.id.desc())
    return db.session.execute(ordered.limit(limit)).all()

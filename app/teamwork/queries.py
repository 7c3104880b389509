"""What can be asked about the work of several people on a text. For officers only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from app.database import db
from app.editorial.models import Revision
from app.teamwork.models import Comment


def revision(edition_id: int, number: int) -> Revision | None:
    """Return the version ``number`` of an edition, or None."""
    wanted = select(Revision).where(Revision.edition_id == edition_id, Revision.number == number)
    return db.session.scalar(wanted.options(joinedload(Revision.author)))


# --- comments ---


def comments(edition_id: int, limit: int = 1_000) -> Sequence[Comment]:
    """Return what was said about an edition, in the order in which it was said."""
    wanted = select(Comment).where(Comment.edition_id == edition_id).order_by(Comment.id).limit(limit)
    return db.session.scalars(
        wanted.options(joinedload(Comment.by), joinedload(Comment.resolved_by), joinedload(Comment.revision))
    ).all()


def thread(edition_id: int, comment_id: int) -> Comment | None:
    """Return a comment on an edition that is no answer, or None."""
    return db.session.scalar(
        select(Comment).where(
            Comment.id == comment_id, Comment.edition_id == edition_id, Comment.thread_id.is_(None)
        )
    )


def same_comment(made: Comment, *, since: datetime) -> Comment | None:
    """Return a comment by the same person with the same words in the same place, not older than ``since``."""
    wanted = select(Comment).where(
        Comment.edition_id == made.edition_id,
        Comment.by_id == made.by_id,
        Comment.block == (made.block or 0),
        Comment.thread_id.is_(None) if made.thread_id is None else Comment.thread_id == made.thread_id,
        Comment.text == made.text,
        Comment.at >= since,
    )
    return db.session.scalar(wanted.order_by(Comment.id.desc()).limit(1))


def open_comments(edition_ids: Sequence[int]) -> dict[int, int]:
    """Return how many comments are open, for each of these editions that has any."""
    if not edition_ids:
        return {}
    counted = (
        select(Comment.edition_id, func.count())
        .where(
            Comment.edition_id.in_(edition_ids), Comment.thread_id.is_(None), Comment.resolved_at.is_(None)
        )
        .group_by(Comment.edition_id)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}

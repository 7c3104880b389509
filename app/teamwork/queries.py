"""What can be asked about the work of several people on a text. For officers only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from app.database import UtcDateTime, db
from app.editorial.models import Decision, Edition, Revision
from app.teamwork import rules
from app.teamwork.models import Assignment, Comment, Presence, PreviewLink, PreviewOpening

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


_IDS: Any = bindparam("ids", expanding=True)
_OPEN_COMMENTS = (
    select(Comment.edition_id, func.count())
    .where(Comment.edition_id.in_(_IDS), Comment.thread_id.is_(None), Comment.resolved_at.is_(None))
    .group_by(Comment.edition_id)
)


def open_comments(edition_ids: Sequence[int]) -> dict[int, int]:
    """Return how many comments are open, for each of these editions that has any."""
    if not edition_ids:
        return {}
    return {row[0]: row[1] for row in db.session.execute(_OPEN_COMMENTS, {"ids": edition_ids})}


# --- assignments ---


def title_of(item_id: int, language: str) -> str:
    """Return what an item is called in ``language``, else in the language in which it was begun; may be empty."""
    wanted = (
        select(Revision.title)
        .join(Edition, Edition.current_revision_id == Revision.id)
        .where(Edition.item_id == item_id)
        .order_by(Edition.language != language, Edition.id)
    )
    return db.session.scalar(wanted.limit(1)) or ""


def same_assignment(item_id: int, language: str, *, task: str, to_id: int) -> Assignment | None:
    """Return what ``to_id`` is asked for already, or None."""
    return db.session.scalar(
        _open_assignments().where(
            Assignment.item_id == item_id,
            Assignment.language == language,
            Assignment.task == task,
            Assignment.to_id == to_id,
        )
    )


def assignment(item_id: int, assignment_id: int) -> Assignment | None:
    """Return an assignment of this item, open or not, or None."""
    return db.session.scalar(
        select(Assignment).where(Assignment.id == assignment_id, Assignment.item_id == item_id)
    )


def assignments(item_id: int, language: str) -> Sequence[Assignment]:
    """Return what is asked for and not done yet, the most urgent first."""
    return db.session.scalars(_ON_A_TEXT, {"item": item_id, "language": language}).all()


def assigned_to(account_id: int, limit: int = 50) -> Sequence[Assignment]:
    """Return what somebody is asked for and has not done yet, the most urgent first."""
    return db.session.scalars(_TO_SOMEBODY, {"to": account_id, "limit": limit}).all()


def _open_assignments() -> Select[Assignment]:
    """Return the query for what is asked for: neither closed, nor done by a decision of who was asked, since."""
    decided = or_(
        *((Assignment.task == task) & Decision.verb.in_(verbs) for task, verbs in rules.DONE_BY.items())
    )
    is_met = exists().where(
        Decision.edition_id == Edition.id,
        Edition.item_id == Assignment.item_id,
        Edition.language == Assignment.language,
        Decision.by_id == Assignment.to_id,
        Decision.at >= Assignment.at,
        decided,
    )
    wanted = select(Assignment).where(Assignment.closed_at.is_(None), ~is_met)
    return wanted.order_by(Assignment.until.is_(None), Assignment.until, Assignment.id)


_ON_A_TEXT = (
    _open_assignments()
    .where(Assignment.item_id == bindparam("item"), Assignment.language == bindparam("language"))
    .options(joinedload(Assignment.to), joinedload(Assignment.by))
)
_TO_SOMEBODY = (
    _open_assignments()
    .where(Assignment.to_id == bindparam("to"))
    .options(joinedload(Assignment.by))
    .limit(bindparam("limit"))
)


# --- who has it open ---


_PRESENT = (
    select(Presence)
    .where(
        Presence.edition_id.in_(_IDS),
        Presence.account_id != bindparam("besides"),
        Presence.until_at > bindparam("at", type_=UtcDateTime),
    )
    .order_by(Presence.since_at, Presence.account_id)
    .options(joinedload(Presence.account))
)


def present(edition_ids: Sequence[int], *, besides: int, at: datetime) -> Sequence[Presence]:
    """Return who has these editions open at ``at``, but for the account ``besides``; who came first is first."""
    if not edition_ids:
        return []
    return db.session.scalars(_PRESENT, {"ids": edition_ids, "besides": besides, "at": at}).all()


# --- versions ---


def versions(edition_id: int, *, before: int | None, limit: int) -> Sequence[Revision]:
    """Return ``limit`` versions of an edition, the newest first; those before the number ``before``, if given."""
    wanted = select(Revision).where(Revision.edition_id == edition_id)
    if before:
        wanted = wanted.where(Revision.number < before)
    ordered = wanted.order_by(Revision.number.desc()).limit(limit)
    return db.session.scalars(ordered.options(joinedload(Revision.author))).all()


def decided(revision_ids: Sequence[int]) -> dict[int, list[Decision]]:
    """Return what was decided about each of these versions, in that order."""
    wanted = select(Decision).where(Decision.revision_id.in_(revision_ids)).order_by(Decision.id)
    found: dict[int, list[Decision]] = {}
    for each in db.session.scalars(wanted.options(joinedload(Decision.by))):
        found.setdefault(each.revision_id, []).append(each)
    return found


# --- previews for outsiders ---


def preview(digest: str) -> PreviewLink | None:
    """Return the link whose token has this digest, alive or not."""
    wanted = select(PreviewLink).where(PreviewLink.digest == digest)
    edition = joinedload(PreviewLink.edition)
    return db.session.scalar(
        wanted.options(edition.joinedload(Edition.current), edition.joinedload(Edition.item))
    )


def preview_links(edition_id: int) -> Sequence[PreviewLink]:
    """Return the links to an edition, the newest first."""
    wanted = select(PreviewLink).where(PreviewLink.edition_id == edition_id)
    return db.session.scalars(
        wanted.order_by(PreviewLink.id.desc()).options(joinedload(PreviewLink.by))
    ).all()


def openings(link_ids: Sequence[int], limit: int = 20) -> dict[int, list[Any]]:
    """Return the last ``limit`` openings of each of these links, the newest first: at, network, version, count.

    ``count`` is how often it was opened in all.
    """
    place = (
        func.row_number()
        .over(partition_by=PreviewOpening.link_id, order_by=PreviewOpening.id.desc())
        .label("place")
    )
    count = func.count().over(partition_by=PreviewOpening.link_id).label("count")
    ranked = (
        select(
            PreviewOpening.id,
            PreviewOpening.link_id,
            PreviewOpening.at,
            PreviewOpening.network,
            Revision.number.label("version"),
            place,
            count,
        )
        .join(Revision, Revision.id == PreviewOpening.revision_id)
        .where(PreviewOpening.link_id.in_(link_ids))
        .subquery()
    )
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(select(ranked).where(ranked.c.place <= limit).order_by(ranked.c.place)):
        found.setdefault(row.link_id, []).append(row)
    return found


def last_saved(edition: Edition) -> Revision | None:
    """Return the last version of ``edition`` that somebody saved: nobody outside reads half a sentence."""
    if edition.current is None or not edition.current.is_autosave:
        return edition.current
    wanted = select(Revision).where(Revision.edition_id == edition.id, Revision.is_autosave.is_(False))
    return db.session.scalar(wanted.order_by(Revision.number.desc()).limit(1))


# --- translations ---


def revision(revision_id: int) -> Revision | None:
    """Return a version by its id, or None."""
    return db.session.get(Revision, revision_id)


def followed(edition: Edition | None, source: Edition) -> Revision | None:
    """Return the version of ``source`` that the working text of ``edition`` follows, or None when that is not known."""
    if edition is None or edition.current is None or edition.current.source_id is None:
        return None
    found = db.session.get(Revision, edition.current.source_id)
    return found if found is not None and found.edition_id == source.id else None

"""What can be asked about issues and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from app import clock
from app.database import db
from app.editorial import finding
from app.editorial.models import Edition, Publication, Revision, State
from app.editorial.queries import newest, public
from app.issues.models import IssueClick, IssueTest
from app.languages import LANGUAGES
from app.newsletter.models import (
    Delivery,
    DeliveryState,
    Issue,
    IssueEdition,
    IssueItem,
    IssueKind,
    IssueState,
    Subscriber,
)
from app.newsletter.queries import wanting
from app.newsletter.rules import WANTED
from app.text.slugs import fold

PAGE = 30
NOT_SENT = (IssueState.DRAFT, IssueState.SCHEDULED, IssueState.SKIPPED)
_IN_ARCHIVE = (Issue.path.is_not(None), Issue.state.not_in(NOT_SENT))
_COLUMNS = (
    Edition.id, Edition.item_id, Edition.type, Edition.language, Edition.path, Edition.public_from,
    Edition.first_public_at, Edition.public_kind, Revision.title, Revision.lead, Revision.shown,
)  # fmt: skip


# --- issues ---


def issue(issue_id: int) -> Issue | None:
    """Return the issue with this id."""
    return db.session.get(Issue, issue_id)


def sent(issue_id: int) -> Issue | None:
    """Return the issue with this id if it was sent, in part or whole."""
    return db.session.scalar(select(Issue).where(Issue.id == issue_id, Issue.state.not_in(NOT_SENT)))


def held(issue_id: int) -> Issue | None:
    """Return an issue that nobody else changes before the running act is over."""
    return db.session.scalar(
        select(Issue).where(Issue.id == issue_id).with_for_update().execution_options(populate_existing=True)
    )


def by_key(key: str) -> Issue | None:
    """Return the issue for an occasion."""
    return db.session.scalar(select(Issue).where(Issue.key == key))


def editions(issue_id: int) -> dict[str, IssueEdition]:
    """Return the editions of an issue, by language."""
    rows = db.session.scalars(select(IssueEdition).where(IssueEdition.issue_id == issue_id))
    return {each.language: each for each in rows}


def items(issue_id: int) -> Sequence[IssueItem]:
    """Return what stands in an issue, in its order."""
    return db.session.scalars(
        select(IssueItem).where(IssueItem.issue_id == issue_id).order_by(IssueItem.position, IssueItem.id)
    ).all()


def page(*, skip: int, kind: str = "") -> Sequence[Issue]:
    """Return one page of issues: what is being made, then the newest first. A summary of nothing is left out."""
    wanted = select(Issue).where(Issue.state != IssueState.SKIPPED)
    if kind:
        wanted = wanted.where(Issue.kind == kind)
    order = (Issue.state != IssueState.DRAFT, Issue.id.desc())
    return db.session.scalars(wanted.order_by(*order).offset(skip).limit(PAGE)).all()


def how_many(*, kind: str = "") -> int:
    """Count the issues that page() would list."""
    wanted = select(func.count(Issue.id)).where(Issue.state != IssueState.SKIPPED)
    return int(db.session.scalar(wanted.where(Issue.kind == kind) if kind else wanted) or 0)


def subjects(issue_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return the subjects of issues, by issue and language."""
    rows = select(IssueEdition.issue_id, IssueEdition.language, IssueEdition.subject)
    found: dict[int, dict[str, str]] = {}
    for issue_id, language, subject in db.session.execute(
        rows.where(IssueEdition.issue_id.in_(list(issue_ids)))
    ):
        found.setdefault(issue_id, {})[language] = subject
    return found


def under_way_with(item_id: int) -> Sequence[Issue]:
    """Return the issues on their way in which a text stands."""
    states = [IssueState.PLANNING, IssueState.SENDING, IssueState.PAUSED]
    inside = exists().where(IssueItem.issue_id == Issue.id, IssueItem.item_id == item_id)
    return db.session.scalars(select(Issue).where(Issue.state.in_(states), inside).order_by(Issue.id)).all()


def due_to_go(at: datetime) -> Sequence[int]:
    """Return the issues whose hour has come."""
    wanted = select(Issue.id).where(Issue.state == IssueState.SCHEDULED, Issue.send_at <= at)
    return db.session.scalars(wanted.order_by(Issue.send_at)).all()


def last_occasion(kind: IssueKind) -> datetime | None:
    """Return up to when the last summary of a kind told."""
    wanted = select(func.max(Issue.send_at)).where(Issue.kind == kind, Issue.key.is_not(None))
    return db.session.scalar(wanted)


def is_wanted(kind: IssueKind) -> bool:
    """Say whether somebody wants a summary of this kind."""
    return db.session.scalar(select(Subscriber.id).where(wanting(WANTED[kind])).limit(1)) is not None


def has_arrived(issue_id: int) -> bool:
    """Say whether somebody got the issue."""
    return (
        db.session.scalar(
            select(Delivery.issue_id)
            .where(Delivery.issue_id == issue_id, Delivery.state == DeliveryState.ACCEPTED)
            .limit(1)
        )
        is not None
    )


def correction_of(edition_id: int) -> Publication | None:
    """Return the last correction of an edition, if that is what readers were told last."""
    last = (
        select(Publication)
        .where(Publication.edition_id == edition_id, Publication.kind != "minor")
        .order_by(Publication.id.desc())
        .limit(1)
    )
    found = db.session.scalar(last)
    return found if found is not None and found.kind == "correction" else None


def corrections_since(edition_ids: Iterable[int], since: datetime) -> dict[int, list[Publication]]:
    """Return what was corrected in editions after a moment, by edition, the oldest first."""
    rows = db.session.scalars(
        select(Publication)
        .where(
            Publication.edition_id.in_(list(edition_ids)),
            Publication.kind == "correction",
            Publication.at > since,
            Publication.at <= clock.now(),
        )
        .order_by(Publication.id)
    )
    found: dict[int, list[Publication]] = {}
    for each in rows:
        found.setdefault(each.edition_id, []).append(each)
    return found


def clicks(issue_id: int) -> dict[int, int]:
    """Return how often each link of an issue was followed, by its number."""
    total = func.sum(IssueClick.clicks)
    rows = select(IssueClick.number, total).where(IssueClick.issue_id == issue_id)
    return {number: int(times) for number, times in db.session.execute(rows.group_by(IssueClick.number))}


# --- tests ---


def last_test(issue_id: int) -> IssueTest | None:
    """Return the last test of an issue."""
    return db.session.scalar(
        select(IssueTest).where(IssueTest.issue_id == issue_id).order_by(IssueTest.id.desc()).limit(1)
    )


def has_good_test(issue_id: int, since: datetime) -> bool:
    """Say whether a test that was sent after a moment arrived and looked right."""
    return (
        db.session.scalar(
            select(IssueTest.id)
            .where(
                IssueTest.issue_id == issue_id, IssueTest.sent_at >= since, IssueTest.opened_at.is_not(None)
            )
            .limit(1)
        )
        is not None
    )


# --- texts ---


def edition(edition_id: int) -> Edition | None:
    """Return a text in one language."""
    return db.session.get(Edition, edition_id)


def shown(item_ids: Iterable[int], at: datetime | None = None) -> dict[int, dict[str, Row[Any]]]:
    """Return what everybody may read of these texts at the moment ``at`` (None: now), by text and language."""
    found: dict[int, dict[str, Row[Any]]] = {}
    rows = public(*_COLUMNS, at=at).where(Edition.item_id.in_(list(item_ids)))
    for row in db.session.execute(rows):
        found.setdefault(row.item_id, {})[row.language] = row
    return found


def released(start: datetime, end: datetime, limit: int) -> Sequence[int]:
    """Return the releases of which a language became public from ``start`` on and before ``end``, the newest first."""
    first: dict[int, datetime] = {}
    for code in LANGUAGES:
        for row in newest("release", code, start=start, end=end, limit=limit):
            at = row.first_public_at or row.public_from
            if at >= start:
                first[row.item_id] = max(at, first.get(row.item_id, at))
    return sorted(first, key=lambda item_id: (first[item_id], item_id), reverse=True)[:limit]


def states_of(item_ids: Iterable[int]) -> dict[int, list[Edition]]:
    """Return all editions of these texts, for officers."""
    rows = db.session.scalars(select(Edition).where(Edition.item_id.in_(list(item_ids))).order_by(Edition.id))
    found: dict[int, list[Edition]] = {}
    for each in rows:
        found.setdefault(each.item_id, []).append(each)
    return found


def _may_be_picked() -> Any:
    """Return the condition of what was approved, or is public while its next version is being written."""
    ready = (State.APPROVED, State.SCHEDULED, State.EMBARGO, State.PUBLISHED)
    known = and_(Edition.first_public_at.is_not(None), Edition.withdrawn_at.is_(None))
    return or_(Edition.state.in_(ready), known)


def to_pick(typed: str, *, besides: Iterable[int], limit: int = 12) -> Sequence[Row[Any]]:
    """Return texts that can be put into an issue, the newest first: (Edition, Revision), each item once.

    They are public, or were approved; ``typed`` are words of their titles. ``besides`` are left out.
    """
    wanted = (
        select(Edition, Revision)
        .join(Revision, Revision.id == func.coalesce(Edition.public_revision_id, Edition.current_revision_id))
        .where(Edition.item_id.not_in(list(besides)))
        .where(_may_be_picked())
    )
    matching = finding.matching(typed, [])
    if matching is not None:
        wanted = wanted.join(finding.DESK, finding.DESK.c.rowid == Edition.current_revision_id).where(
            matching
        )
    latest = wanted.order_by(func.coalesce(Edition.public_from, Edition.changed_at).desc(), Edition.id)
    found: dict[int, Any] = {}
    for row in db.session.execute(latest.limit(limit * 3)):
        found.setdefault(row[0].item_id, row)
    return list(found.values())[:limit]


def is_item(item_id: int) -> bool:
    """Say whether there is such a text that was approved or is public."""
    return (
        db.session.scalar(select(Edition.id).where(Edition.item_id == item_id, _may_be_picked()).limit(1))
        is not None
    )


def last_sent_at() -> datetime | None:
    """Return when the last issue of several texts began to go out."""
    kinds = [IssueKind.HANDMADE, IssueKind.WEEKLY]
    return db.session.scalar(select(func.max(Issue.started_at)).where(Issue.kind.in_(kinds)))


# --- the archive ---


def _archived(language: str) -> Any:
    its = aliased(IssueEdition)
    return (
        select(Issue, its).join(its, its.issue_id == Issue.id).where(*_IN_ARCHIVE, its.language == language)
    )


def in_archive(language: str, start: datetime, end: datetime) -> Sequence[Row[Any]]:
    """Return the issues of the archive that began to go out from ``start`` on and before ``end``, newest first."""
    rows = _archived(language).where(Issue.started_at >= start, Issue.started_at < end)
    return db.session.execute(rows.order_by(Issue.started_at.desc(), Issue.id.desc())).all()


def archive_moments(language: str) -> Sequence[datetime]:
    """Return when each issue of the archive began to go out, the newest first."""
    rows = _archived(language).with_only_columns(Issue.started_at)
    return db.session.scalars(rows.order_by(Issue.started_at.desc())).all()


def archived(path: str) -> Issue | None:
    """Return the issue at an address of the archive."""
    wanted = select(Issue).where(Issue.path == path, Issue.state.not_in(NOT_SENT))
    return db.session.scalar(wanted)


def found_in_archive(language: str, typed: str, limit: int = 30) -> Sequence[Row[Any]]:
    """Return the issues of the archive on whose page all words of ``typed`` stand, the newest first.

    Words are compared without case and accents, as search does.
    """
    rows = _archived(language)
    its = rows.selected_columns
    words = fold(typed).split()[:8]
    if not words:
        return []
    for word in words:
        rows = rows.where(its.found.contains(word, autoescape=True))
    return db.session.execute(rows.order_by(Issue.started_at.desc()).limit(limit)).all()


def archived_with(item_id: int) -> Sequence[Issue]:
    """Return the issues of the archive in which a text stands."""
    inside = exists().where(IssueItem.issue_id == Issue.id, IssueItem.item_id == item_id)
    return db.session.scalars(select(Issue).where(*_IN_ARCHIVE, inside).order_by(Issue.id)).all()


def unread(limit: int) -> Sequence[int]:
    """Return a few issues of the archive of which nobody has noted by which words they are found."""
    lacks = exists().where(IssueEdition.issue_id == Issue.id, IssueEdition.found.is_(None))
    return db.session.scalars(
        select(Issue.id).where(*_IN_ARCHIVE, lacks).order_by(Issue.id.desc()).limit(limit)
    ).all()


def follow_ups(issue_id: int) -> Sequence[Issue]:
    """Return the corrections that were sent after an issue."""
    wanted = select(Issue).where(Issue.corrects_id == issue_id, Issue.state.not_in(NOT_SENT))
    return db.session.scalars(wanted.order_by(Issue.id)).all()


def recently(at: datetime, hours: int) -> datetime:
    """Return the moment so many hours before ``at``."""
    return at - timedelta(hours=hours)

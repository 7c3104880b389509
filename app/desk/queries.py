"""What the desk's front page asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, bindparam, exists, or_, select
from sqlalchemy.orm import aliased, contains_eager

from app.accounts.models import Account
from app.audit.models import Entry
from app.database import UtcDateTime, db
from app.editorial.models import Decision, Edition, Item, Revision, State
from app.jobs.ledger import Job
from app.languages import LANGUAGES, current
from app.teamwork import queries as teamwork
from app.teamwork.models import Assignment, Comment
from app.teamwork.words import asked_in_words, comments_in_words
from app.writing.queries import light

JOB_NAMES = {
    "library.take_in": _l("Take a file into the library"),
    "search.index": _l("Make a text searchable"),
    "search.forget": _l("Take a text out of the search"),
    "search.rebuild": _l("Write the index of the search anew"),
    "writing.tell_held": _l("Tell publishers that a text waits"),
    "writing.tell_urgent": _l("Tell reviewers of an urgent text"),
}
_ROW = (Edition, Revision, Item, Account.name)


QUIET = ("autosaved", "pruned", "opened under embargo")  # what the dashboard leaves to the page of the log


@dataclass(frozen=True)
class Turn:
    """Something that waits for one officer: ``verb`` is what they are asked to do, ``why`` says it in words.

    ``row`` tells of which text; ``assignment`` is what they were asked for by name, in a language that may
    not be begun yet.
    """

    verb: str
    why: str
    row: Row[Any]
    assignment: Assignment | None = None


@dataclass(frozen=True)
class Moment:
    """Texts of one item that become public at the same moment ``at``.

    ``row`` is the one in the officer's language, if there is such; ``missing`` are the languages in
    which the item is not public and no moment is set.
    """

    at: datetime
    row: Row[Any]
    languages: tuple[str, ...]
    missing: tuple[str, ...]


# Statements are put together once: the page asks fifteen, and making one takes longer than asking it.
_EDITIONS = (
    select(*_ROW)
    .join(Revision, Revision.id == Edition.current_revision_id)
    .join(Item, Item.id == Edition.item_id)
    .join(Account, Account.id == Revision.author_id)
    .options(contains_eager(Edition.item), light())
)
_START: Any = bindparam("start", type_=UtcDateTime)
_END: Any = bindparam("end", type_=UtcDateTime)
_LIMIT: Any = bindparam("limit")
_ME: Any = bindparam("me")
_IDS: Any = bindparam("ids", expanding=True)

_FROM = _EDITIONS.where(Edition.public_from >= _START).order_by(Edition.public_from, Edition.id).limit(_LIMIT)
_BETWEEN = _FROM.where(Edition.public_from < _END)
_SET_FOR = select(Edition.item_id, Edition.language).where(
    Edition.item_id.in_(_IDS), Edition.public_from.is_not(None)
)

_wrote = aliased(Revision)
_MINE = exists().where(
    _wrote.edition_id == Edition.id,
    _wrote.author_id == _ME,
    or_(Edition.approved_revision_id.is_(None), _wrote.id > Edition.approved_revision_id),
)
_LAST_VERB = (
    select(Decision.verb).where(Decision.edition_id == Edition.id).order_by(Decision.id.desc()).limit(1)
).scalar_subquery()
_SAID = exists().where(
    Comment.edition_id == Edition.id,
    Comment.thread_id.is_(None),
    Comment.resolved_at.is_(None),
    Comment.by_id != _ME,
)
_LONGEST_WAITING = _EDITIONS.order_by(Edition.changed_at).limit(20)
_TO_REVIEW = _LONGEST_WAITING.where(Edition.state == State.IN_REVIEW, ~_MINE)
_TO_PUBLISH = _LONGEST_WAITING.where(Edition.state == State.APPROVED)
_RETURNED = _LONGEST_WAITING.where(Edition.state == State.DRAFT, _MINE, _LAST_VERB == "returned")
_COMMENTED = _LONGEST_WAITING.where(_SAID, _MINE)
_OF_ITEMS = _EDITIONS.where(Edition.item_id.in_(_IDS))

_AT_WORK = (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED, State.EMBARGO)
_IN_PROGRESS = (
    _EDITIONS.where(Edition.state.in_(_AT_WORK))
    .order_by(Edition.changed_at.desc(), Edition.id.desc())
    .limit(_LIMIT)
)
_LATELY = (
    select(Entry, Account.name, Edition.item_id, Edition.language, Edition.type)
    .outerjoin(Account, Account.id == Entry.account_id)
    .outerjoin(Edition, (Entry.thing == "edition") & (Edition.id == Entry.thing_id))
    .where(Entry.thing == "edition", Entry.verb.not_in(QUIET))
    .order_by(Entry.id.desc())
    .limit(_LIMIT)
)


def today(at: datetime) -> list[Moment]:
    """Return what becomes, or became, public on the office's day of ``at``, in the order of its hours."""
    midnight = _midnight(at)
    day = {"start": midnight, "end": midnight + timedelta(days=1), "limit": 60}
    return _moments(db.session.execute(_BETWEEN, day).all())


def after_today(at: datetime, limit: int) -> list[Moment]:
    """Return the next ``limit`` moments, at most, that come after the office's day of ``at``."""
    later = {"start": _midnight(at) + timedelta(days=1), "limit": limit * len(LANGUAGES)}
    return _moments(db.session.execute(_FROM, later).all())[:limit]


def _midnight(at: datetime) -> datetime:
    zone = current_app.config["ZONE"]
    return at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _moments(rows: Sequence[Row[Any]]) -> list[Moment]:
    """Put the languages of an item that become public together into one moment."""
    together: dict[tuple[datetime, int], list[Row[Any]]] = {}
    for row in rows:
        together.setdefault((row[0].public_from, row[0].item_id), []).append(row)
    if not together:
        return []
    have: dict[int, set[str]] = {}
    for item_id, language in db.session.execute(_SET_FOR, {"ids": {item_id for _at, item_id in together}}):
        have.setdefault(item_id, set()).add(language)
    return [
        Moment(
            at=moment,
            row=min(group, key=lambda row: row[0].language != current()),
            languages=tuple(code for code in LANGUAGES if code in {row[0].language for row in group}),
            missing=tuple(code for code in LANGUAGES if code not in have[item_id]),
        )
        for (moment, item_id), group in together.items()
    ]


def turn(person: Account, *, may_approve: bool, at: datetime) -> list[Turn]:
    """Return what waits for ``person``: texts to review, texts returned to them, texts to publish."""
    me = {"me": person.id}
    turns = _assigned(person, at)
    if may_approve:
        turns += [
            Turn("review", _("Review asked for by %(name)s", name=row[3]), row)
            for row in db.session.execute(_TO_REVIEW, me)
        ]
        turns += [
            Turn("publish", _("Approved, no moment set"), row) for row in db.session.execute(_TO_PUBLISH)
        ]
    turns += [Turn("edit", _("Returned with comments"), row) for row in db.session.execute(_RETURNED, me)]
    return turns + _commented(person)


def _assigned(person: Account, at: datetime) -> list[Turn]:
    """Return what ``person`` was asked for by name; the text is the one in that language, if it is begun."""
    asked = teamwork.assigned_to(person.id)
    if not asked:
        return []
    rows = db.session.execute(_OF_ITEMS, {"ids": {each.item_id for each in asked}}).all()
    found = []
    for each in asked:
        texts = [row for row in rows if row[0].item_id == each.item_id]
        row = min(texts, key=lambda row: row[0].language != each.language)
        found.append(Turn(each.task, asked_in_words(each, person, at), row, each))
    return found


def _commented(person: Account) -> list[Turn]:
    """Return what ``person`` wrote and others say something about that nobody has settled."""
    rows = db.session.execute(_COMMENTED, {"me": person.id}).all()
    counted = teamwork.open_comments([row[0].id for row in rows])
    return [Turn("preview", comments_in_words(counted[row[0].id]), row) for row in rows]


def in_progress(limit: int) -> Sequence[Row[Any]]:
    """Return the texts that are being worked on, last changed first."""
    return db.session.execute(_IN_PROGRESS, {"limit": limit}).all()


def lately(limit: int) -> Sequence[Any]:
    """Return what was done at the desk last, with the names of who did it (None: the newsroom by itself)."""
    return db.session.execute(_LATELY, {"limit": limit}).all()


def words(job: Job) -> str:
    """Say in words how far ``job`` is."""
    said = {
        "queued": _("Waiting"),
        "running": _("Running"),
        "done": _("Done"),
        "failed": _("Failed"),
        "cancelled": _("Cancelled"),
    }
    return said[job.state]


def name_of(job: Job) -> str:
    """Say in words what ``job`` does."""
    return str(JOB_NAMES.get(job.name, job.name))

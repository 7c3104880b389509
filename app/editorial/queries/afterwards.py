"""What became of a text that readers know: the versions they saw, what they were told, how it ended.

Everything here was public once. What waits for its moment has no publication yet, so none of these
queries can find it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, bindparam, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app import clock
from app.database import UtcDateTime, db
from app.editorial.models import Decision, Edition, Item, Mention, Publication, Revision, Urgency
from app.editorial.queries import public
from app.languages import LANGUAGES
from app.prepared import Prepared

SHOWN = (
    "first",
    "correction",
    "update",
    "minor",
    "restored",
)  # kinds that show a version; the others end one

_HISTORY = Prepared(
    select(Publication.kind, Publication.note, Publication.at, Publication.revision_id)
    .where(Publication.edition_id == bindparam("edition"))
    .where(Publication.at <= bindparam("at", type_=UtcDateTime))
    .order_by(Publication.id)
)


def history(edition_id: int) -> Sequence[Any]:
    """Return all that became public of an edition, oldest first: kind, note, at, revision_id."""
    return _HISTORY.rows(edition=edition_id, at=clock.now())


def revisions_by_id(ids: Iterable[int]) -> dict[int, Revision]:
    """Return the revisions with these ids, which must come from ``history``."""
    found = db.session.scalars(select(Revision).where(Revision.id.in_(set(ids))))
    return {revision.id: revision for revision in found}


_IDS: Any = bindparam("ids", expanding=True)
# The last publication of each edition that was more than a minor edit.
_LAST = (
    select(func.max(Publication.id).label("id"))
    .where(Publication.edition_id.in_(_IDS), Publication.kind != "minor")
    .group_by(Publication.edition_id)
    .subquery()
)
_CORRECTIONS = select(Publication.edition_id, Publication.note, Publication.at).where(
    Publication.id.in_(select(_LAST.c.id)), Publication.kind == "correction"
)
_ALONE = select(Urgency.edition_id).where(Urgency.edition_id.in_(_IDS), Urgency.closed_at.is_(None))


def corrections(edition_ids: Iterable[int]) -> dict[int, Any]:
    """Return, by edition, the correction that is the last thing readers were told of it: note and at.

    An edition that was updated since, put back or never corrected is not in the answer.
    """
    return {row.edition_id: row for row in db.session.execute(_CORRECTIONS, {"ids": list(edition_ids)})}


def marks(edition_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Return what the desk says of these editions besides their state: "corrected", "urgent"."""
    ids = list(edition_ids)
    found: dict[int, frozenset[str]] = dict.fromkeys(corrections(ids), frozenset({"corrected"}))
    for edition_id in db.session.scalars(_ALONE, {"ids": ids}):
        found[edition_id] = found.get(edition_id, frozenset()) | {"urgent"}
    return found


def open_urgency(edition_id: int) -> Urgency | None:
    """Return what one person published alone and nobody has confirmed, or None."""
    wanted = select(Urgency).where(Urgency.edition_id == edition_id, Urgency.closed_at.is_(None))
    return db.session.scalar(wanted.options(joinedload(Urgency.by)).order_by(Urgency.id.desc()).limit(1))


def open_urgencies() -> Sequence[Any]:
    """Return all that wait for a second person, the oldest first: Urgency, its Edition and its Revision."""
    wanted = select(Urgency, Edition, Revision).join(Edition, Edition.id == Urgency.edition_id)
    wanted = wanted.join(Revision, Revision.id == Urgency.revision_id).where(Urgency.closed_at.is_(None))
    return db.session.execute(wanted.options(joinedload(Urgency.by)).order_by(Urgency.id)).all()


def writers_until(edition: Edition, revision_id: int) -> set[int]:
    """Return the ids of all who wrote a revision after the last approved one, up to ``revision_id``."""
    wrote = select(Revision.author_id).where(Revision.edition_id == edition.id, Revision.id <= revision_id)
    before = (Decision.edition_id == edition.id) & (Decision.revision_id < revision_id)
    was = select(func.max(Decision.revision_id)).where(before, Decision.verb.in_(("approved", "confirmed")))
    if approved := db.session.scalar(was):
        wrote = wrote.where(Revision.id > approved)
    return set(db.session.scalars(wrote.distinct()))


def last_seen(edition_id: int) -> int | None:
    """Return the id of the revision that readers saw last, None for a text that they never saw."""
    wanted = select(Publication.revision_id).where(Publication.edition_id == edition_id)
    return db.session.scalar(wanted.order_by(Publication.id.desc()).limit(1))


def ended(type_: str, language: str, *, limit: int) -> Sequence[Any]:
    """Return the pages of ``type_`` in ``language`` that ended, the last first, each as readers saw it last.

    Columns: id, path, ending, withdrawn_at, withdrawal_reason, merged_into_id, first_public_at, and title, kind
    and date of the last version that they saw.
    """
    at = clock.now()
    other = aliased(Publication)
    last = select(func.max(other.id)).where(other.edition_id == Edition.id).scalar_subquery()
    wanted = (
        select(
            Edition.id,
            Edition.path,
            Edition.ending,
            Edition.withdrawn_at,
            Edition.withdrawal_reason,
            Edition.merged_into_id,
            Edition.first_public_at,
            Revision.title,
            Revision.kind,
            Revision.date,
        )
        .select_from(Edition)
        .join(Publication, Publication.id == last)
        .join(Revision, Revision.id == Publication.revision_id)
        .where(Edition.type == type_, Edition.language == language, Edition.withdrawn_at.is_not(None))
        .where(or_(Edition.public_from.is_(None), Edition.public_from > at))
    )
    return db.session.execute(
        wanted.order_by(Edition.withdrawn_at.desc(), Edition.id.desc()).limit(limit)
    ).all()


def seen_facts(item_id: int) -> dict[str, Any] | None:
    """Return the facts of an item that readers saw last, whatever became of it since; None if they never saw any.

    Of several languages, those of the one that was published last.
    """
    seen = select(Revision.facts).join(Publication, Publication.revision_id == Revision.id)
    seen = seen.join(Edition, Edition.id == Publication.edition_id)
    seen = seen.where(Edition.item_id == item_id, Publication.kind.in_(SHOWN))
    return db.session.scalar(seen.order_by(Publication.at.desc(), Publication.id.desc()).limit(1))


def leads_to(item_id: int, language: str) -> Row[Any] | None:
    """Return where readers find an item: type, language and path of its page in ``language``, or in another.

    An item that was itself merged is followed to where it went; one that was withdrawn has its page
    with the notice. None when readers find nothing.
    """
    columns = (Edition.type, Edition.language, Edition.path)
    kept = select(*columns).where(Edition.ending == "withdrawn")
    been: set[int] = set()
    following: int | None = item_id
    while following is not None and following not in been:
        been.add(following)
        for wanted in (public(*columns), kept):
            found = db.session.execute(wanted.where(Edition.item_id == following)).all()
            if found:
                return min(found, key=lambda row: (row.language != language, LANGUAGES.index(row.language)))
        merged = select(Edition.merged_into_id).where(
            Edition.item_id == following, Edition.merged_into_id.is_not(None)
        )
        following = db.session.scalar(merged.order_by(Edition.language != language, Edition.id).limit(1))
    return None


def is_merged_into(item_id: int, other_id: int) -> bool:
    """Whether a page of the item ``item_id`` leads to the item ``other_id``, by one step or by several."""
    been: set[int] = set()
    following = {item_id}
    while following := following - been:
        been |= following
        steps = select(Edition.merged_into_id).where(
            Edition.item_id.in_(following), Edition.merged_into_id.is_not(None)
        )
        following = {step for step in db.session.scalars(steps) if step is not None}
        if other_id in following:
            return True
    return False


def item_at(type_: str, language: str, path: str) -> Item | None:
    """Return the item whose public page in ``language`` is at ``path``, or None."""
    found = public(Edition.item_id).where(
        Edition.type == type_, Edition.language == language, Edition.path == path
    )
    item_id = db.session.scalar(found)
    return db.session.get(Item, item_id) if item_id else None


def public_item(item_id: int) -> Item | None:
    """Return the item with this id if readers see a page of it, or None."""
    found = db.session.scalar(public(Edition.item_id).where(Edition.item_id == item_id).limit(1))
    return db.session.get(Item, found) if found else None


def with_words(words: str, *, besides: int, limit: int = 10) -> Sequence[Row[Any]]:
    """Return public pages with these words in their titles, newest first, but those of the item ``besides``."""
    wanted = public(
        Edition.item_id, Edition.type, Edition.language, Edition.path, Edition.public_from, Revision.title
    ).where(Edition.item_id != besides)
    for word in words.split()[:8]:
        wanted = wanted.where(Revision.title.icontains(word, autoescape=True))
    return db.session.execute(wanted.order_by(Edition.public_from.desc(), Edition.id).limit(limit)).all()


def mentions(item_id: int) -> int:
    """Return how many public pages link to this item."""
    linking = public(func.count()).join(Mention, Mention.edition_id == Edition.id)
    return db.session.scalar(linking.where(Mention.item_id == item_id)) or 0

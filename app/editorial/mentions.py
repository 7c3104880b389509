"""What can be asked about links between our texts: where an address leads, and which links lead to nothing public."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, exists, func, select
from sqlalchemy.orm import aliased

from app import clock
from app.database import UtcDateTime, db
from app.editorial.models import Edition, Item, Mention, OldAddress, Revision
from app.editorial.queries import public
from app.prepared import Prepared

_AT = bindparam("at", type_=UtcDateTime)
Target = aliased(Edition)


class Place(NamedTuple):
    """A public address of a text: its type, and its language and path in it."""

    type: str
    language: str
    path: str


def items_at(places: set[Place]) -> dict[Place, int]:
    """Return the item at each of ``places``: its address now or once, or its path in another language."""
    if not places:
        return {}
    types, paths = {place.type for place in places}, {place.path for place in places}
    now = select(Edition.type, Edition.language, Edition.path, Edition.item_id)
    now = now.where(Edition.type.in_(types), Edition.path.in_(paths))
    once = select(OldAddress.type, OldAddress.language, OldAddress.path, Edition.item_id)
    once = once.join(Edition, Edition.id == OldAddress.edition_id)
    once = once.where(OldAddress.type.in_(types), OldAddress.path.in_(paths))
    exact: dict[Place, int] = {}
    anywhere: dict[tuple[str, str], int] = {}
    for wanted in (now, once):
        for type_, language, path, item_id in db.session.execute(wanted.order_by(Edition.id)):
            exact.setdefault(Place(type_, language, path or ""), item_id)
            anywhere.setdefault((type_, path or ""), item_id)
    found = {place: exact.get(place) or anywhere.get((place.type, place.path)) for place in places}
    return {place: item_id for place, item_id in found.items() if item_id}


def existing(item_ids: Iterable[int]) -> set[int]:
    """Return those of ``item_ids`` that there are."""
    wanted = set(item_ids)
    return set(db.session.scalars(select(Item.id).where(Item.id.in_(wanted)))) if wanted else set()


_PUBLIC_EDITIONS = Prepared(
    public(Edition.type, Edition.language, Edition.path, Revision.title, at=_AT).where(
        Edition.item_id == bindparam("item")
    )
)


def public_editions(item_id: int) -> Sequence[Any]:
    """Return type, language, path and title of an item's public editions."""
    return _PUBLIC_EDITIONS.rows(at=clock.now(), item=item_id)


def public_titles(item_ids: Iterable[int]) -> Sequence[Any]:
    """Return item_id, language and title of the public editions of many items, in one question."""
    wanted = public(Edition.item_id, Edition.language, Revision.title)
    return db.session.execute(wanted.where(Edition.item_id.in_(item_ids))).all()


def _leads_nowhere(at: Any) -> ColumnElement[bool]:
    """Return the condition that no edition of the mentioned item is public at ``at``."""
    return ~exists().where(Target.item_id == Mention.item_id, Target.public_from <= at)


_NOT_PUBLIC = Prepared(
    select(Mention.item_id).where(Mention.edition_id == bindparam("edition"), _leads_nowhere(_AT))
)


def not_public(edition_id: int) -> set[int]:
    """Return the ids of the items that an edition links to though nothing of them is public."""
    return {row.item_id for row in _NOT_PUBLIC.rows(at=clock.now(), edition=edition_id)}


def public_words(edition_id: int) -> Any:
    """Return body and fields of a public edition, or None."""
    return db.session.execute(public(Revision.body, Revision.fields).where(Edition.id == edition_id)).first()


class Broken(NamedTuple):
    """A public text, and those to which it links though nothing of them is public: their working editions."""

    edition: Edition
    title: str
    targets: list[Edition]


def broken(at: datetime, limit: int = 200) -> list[Broken]:
    """Return the public texts that link to what readers cannot open, the newest first."""
    found = db.session.execute(
        public(Edition, Revision.title, Mention.item_id, at=at)
        .join(Mention, Mention.edition_id == Edition.id)
        .where(_leads_nowhere(at))
        .order_by(Edition.public_from.desc(), Edition.id.desc(), Mention.item_id)
        .limit(limit)
    ).all()
    meant = _working({row[2] for row in found})
    texts: dict[int, Broken] = {}
    for edition, title, item_id in found:
        text = texts.setdefault(edition.id, Broken(edition, title, []))
        of_item = meant.get(item_id, [])
        text.targets.extend(sorted(of_item, key=lambda each: each.language != edition.language)[:1])
    return list(texts.values())


def _working(item_ids: set[int]) -> dict[int, list[Edition]]:
    found: dict[int, list[Edition]] = {}
    for edition in db.session.scalars(
        select(Edition).where(Edition.item_id.in_(item_ids)).order_by(Edition.id)
    ):
        found.setdefault(edition.item_id, []).append(edition)
    return found


def how_many_broken(at: datetime) -> int:
    """Return how many public texts link to what readers cannot open."""
    wanted = public(func.count(Edition.id.distinct()), at=at).join(Mention, Mention.edition_id == Edition.id)
    return db.session.scalar(wanted.where(_leads_nowhere(at))) or 0

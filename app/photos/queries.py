"""What can be asked about photos and their files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import JSON, Row, column, func, select, true

from app.database import db, members
from app.editorial.models import Edition, Publication, PublicMaster, Revision
from app.editorial.queries import public
from app.editorial.queries.afterwards import SHOWN
from app.library.models import Master, MasterState, MediaKind, Rendition, RenditionState

_SET = (
    Edition.id,
    Edition.item_id,
    Edition.language,
    Edition.path,
    Edition.public_from,
    Revision.title,
    Revision.lead,
    Revision.place,
    Revision.date,
    Revision.facts,
    Revision.fields,
)
USABLE = (MasterState.PREPARING, MasterState.READY)


def masters(ids: Sequence[int]) -> list[Master | None]:
    """Return the files with these ids, in this order; None for one that there is not."""
    found = {each.id: each for each in db.session.scalars(select(Master).where(Master.id.in_(ids)))}
    return [found.get(each) for each in ids]


def how_many_choosable() -> int:
    """Return how many files an officer may choose from."""
    wanted = select(func.count()).where(Master.kind == MediaKind.PHOTO, Master.state.in_(USABLE))
    return db.session.scalar(wanted) or 0


def choosable(*, skip: int, limit: int) -> Sequence[Master]:
    """Return the photos that were read, the last ones first. For officers only."""
    wanted = select(Master).where(Master.kind == MediaKind.PHOTO, Master.state.in_(USABLE))
    return db.session.scalars(wanted.order_by(Master.id.desc()).offset(skip).limit(limit)).all()


def files(master_ids: Collection[int]) -> tuple[dict[int, Any], dict[int, list[Any]]]:
    """Return what there is of these masters: each one's own file, and what was made of it, by id."""
    own = db.session.execute(
        select(
            Master.id, Master.sha256, Master.size_bytes, Master.mimetype, Master.extension, Master.technical
        ).where(Master.id.in_(master_ids))
    )
    made = db.session.execute(
        select(
            Rendition.master_id,
            Rendition.name,
            Rendition.key,
            Rendition.sha256,
            Rendition.mimetype,
            Rendition.width,
            Rendition.height,
            Rendition.size_bytes,
            Rendition.facts,
        )
        .where(Rendition.master_id.in_(master_ids), Rendition.state == RenditionState.READY)
        .order_by(Rendition.master_id, Rendition.width, Rendition.id)
    )
    renditions: dict[int, list[Any]] = {}
    for row in made:
        renditions.setdefault(row.master_id, []).append(row)
    return {row.id: row for row in own}, renditions


def was_seen(edition_id: int, key: str) -> bool:
    """Whether readers of this edition ever saw the photo ``key`` in it."""
    seen = select(Revision.facts).join(Publication, Publication.revision_id == Revision.id)
    seen = seen.where(Publication.edition_id == edition_id, Publication.kind.in_(SHOWN))
    return any(
        key == photo["id"]
        for facts in db.session.scalars(seen.order_by(Publication.id.desc()))
        for photo in facts.get("photos", [])
    )


def current_sets(master_ids: Collection[int]) -> dict[int, list[Row[Any]]]:
    """Return which sets' working texts hold each of these files: master_id, title, item_id, language.

    Of each set one language alone, the one that was begun first. For officers only.
    """
    photo = members(Revision.facts, "photos").table_valued(column("value", JSON), name="photo")
    master_id = photo.c.value["master"].as_integer()
    wanted = (
        select(master_id.label("master_id"), Edition.item_id, Edition.language, Revision.title)
        .join(Revision, Revision.id == Edition.current_revision_id)
        .join(photo, true())
        .where(Edition.type == "gallery", master_id.in_(master_ids))
        .order_by(Edition.item_id, Edition.id)
    )
    first: dict[tuple[int, int], Row[Any]] = {}
    for row in db.session.execute(wanted):
        first.setdefault((row.master_id, row.item_id), row)
    found: dict[int, list[Row[Any]]] = {}
    for row in first.values():
        found.setdefault(row.master_id, []).append(row)
    return found


def public_sets(master_id: int) -> Sequence[Row[Any]]:
    """Return the public editions of sets that show this file, those that were published last first."""
    wanted = public(*_SET).join(PublicMaster, PublicMaster.edition_id == Edition.id)
    wanted = wanted.where(PublicMaster.master_id == master_id, Edition.type == "gallery")
    return db.session.execute(wanted.order_by(Edition.first_public_at.desc(), Edition.id.desc())).all()


def masters_of(edition_id: int) -> list[int]:
    """Return the files that a public edition of a set shows; none of any other text."""
    wanted = public(Revision.facts).where(Edition.id == edition_id, Edition.type == "gallery")
    facts = db.session.scalar(wanted)
    return [photo["master"] for photo in facts.get("photos", [])] if facts else []


def iptc(master_id: int) -> dict[str, Any]:
    """Return what a file said of itself when it came."""
    return db.session.scalar(select(Master.iptc).where(Master.id == master_id)) or {}

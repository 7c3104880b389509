"""What can be asked about videos. What is public is told by editorial."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, bindparam, select

from app import clock
from app.database import UtcDateTime, db
from app.editorial import queries
from app.editorial.models import Edition, Revision
from app.prepared import Prepared

_AT = bindparam("at", type_=UtcDateTime)

_CAPTIONED = Prepared(
    queries.public(
        Edition.id, Edition.language, Revision.fields["captions"].as_string().label("key"), at=_AT
    ).where(Edition.item_id == bindparam("item"), Edition.type == "video")
)


def captions_of(item_id: int) -> list[tuple[int, str, str]]:
    """Return the captions that readers may see of a video: edition, language, key in the storage."""
    rows = _CAPTIONED.rows(at=clock.now(), item=item_id)
    return [(row.id, row.language, row.key) for row in rows if row.key]


def public_captions(edition_id: int) -> str | None:
    """Return the key of the captions of an edition that everybody may read, or None."""
    key = Revision.fields["captions"].as_string()
    found = queries.public(key).where(Edition.id == edition_id, Edition.type == "video")
    return db.session.scalar(found) or None


def are_captions(edition_id: int, key: str) -> bool:
    """Whether a version of an edition has these captions. For officers only."""
    found = db.session.query(Revision.id).where(
        Revision.edition_id == edition_id, Revision.fields["captions"].as_string() == key
    )
    return found.first() is not None


def current_videos(master_ids: Collection[int]) -> list[Row[Any]]:
    """Return the videos whose working text shows one of these files: master_id, title, item_id, language.

    Of each video one language alone, the one that was begun first. For officers only.
    """
    shown = Revision.facts["master"].as_integer()
    wanted = (
        select(shown.label("master_id"), Revision.title, Edition.item_id, Edition.language)
        .join(Edition, Edition.current_revision_id == Revision.id)
        .where(Edition.type == "video", shown.in_(master_ids))
        .order_by(Edition.item_id, Edition.id)
    )
    first: dict[tuple[int, int], Row[Any]] = {}
    for row in db.session.execute(wanted):
        first.setdefault((row.master_id, row.item_id), row)
    return list(first.values())

"""Where else a public text is noted: under its subjects, beside its pictures and masters, with what it links to."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sqlalchemy import column, delete, insert, select, table

from app.database import db
from app.editorial import linking
from app.editorial.models import Edition, Filing, Mention, PublicMaster, PublicPicture, Topic

# The library stands above us: two columns of its table, to tell which pictures stand in a body.
# What rooms above note beside all that, when a text becomes public or its moment is set, and take away again.
NOTES: list[tuple[Callable[[Edition], object], Callable[[int], object]]] = []

_PICTURE = table("picture", column("id"), column("key"))


def file(edition: Edition) -> None:
    """Note under which topics, with which pictures and with links to what the edition is public."""
    forget_filing(edition)
    revision = edition.public_revision
    topics = db.session.scalars(select(Topic.id).where(Topic.key.in_(revision.topics))).all()
    for topic_id in topics:
        values = {"type": edition.type, "language": edition.language, "public_from": edition.public_from}
        db.session.execute(insert(Filing).values(edition_id=edition.id, topic_id=topic_id, **values))
    keys = set(re.findall(r"/media/pictures/([0-9a-f]{32})/", revision.body))
    in_body = db.session.scalars(select(_PICTURE.c.id).where(_PICTURE.c.key.in_(keys))).all() if keys else []
    for picture_id in {picture["picture"] for picture in revision.pictures} | set(in_body):
        db.session.execute(insert(PublicPicture).values(edition_id=edition.id, picture_id=picture_id))
    for master_id in masters_shown(revision.facts):
        db.session.execute(insert(PublicMaster).values(edition_id=edition.id, master_id=master_id))
    for note, _forget in NOTES:
        note(edition)
    for item_id in linking.mentioned(revision) - {edition.item_id}:
        db.session.execute(insert(Mention).values(edition_id=edition.id, item_id=item_id))


def masters_shown(facts: dict[str, Any]) -> set[int]:
    """Return the masters that a text shows: that of a video, those of a set of photos."""
    known = {facts.get("master"), *(photo.get("master") for photo in facts.get("photos", []))}
    return {each for each in known if each}


def forget_filing(edition: Edition) -> None:
    """Take the edition out of every subject and from beside every picture, and forget what it links to."""
    db.session.execute(delete(Filing).where(Filing.edition_id == edition.id))
    db.session.execute(delete(PublicPicture).where(PublicPicture.edition_id == edition.id))
    db.session.execute(delete(PublicMaster).where(PublicMaster.edition_id == edition.id))
    db.session.execute(delete(Mention).where(Mention.edition_id == edition.id))
    for _note, forget in NOTES:
        forget(edition.id)

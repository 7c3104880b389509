"""The shelf of the media library: what of films and photos is public, in the orders in which people look for it.

Each room of media says how an edition of its type stands there (``register``). Its row and its marks are written with
the act that makes it public or sets its moment, and taken away with the one that takes it back; lists compare the
moment with the clock, as all that is public does (editorial/queries).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, insert

from app.database import db
from app.editorial.models import Edition
from app.editorial.service import filing
from app.library.models import MediaKind, ShelfMark, ShelfRow
from app.text.slugs import fold

MOST_MARKS = 60  # of one edition


@dataclass(frozen=True)
class Shelved:
    """How an edition stands on the shelf: what it is, the master of its still, and what it is found by.

    ``marks`` are labels by name: {"place": ["Brussels"], "person": […], "sound": ["en"], "captions": ["yes"]…}.
    """

    kind: MediaKind
    master_id: int | None
    seconds: int = 0
    count: int = 1
    marks: Mapping[str, Sequence[str]] = field(default_factory=dict)


_DESCRIBES: dict[str, Callable[[Edition], Shelved]] = {}


def register(type_: str, describe: Callable[[Edition], Shelved]) -> None:
    """Let public editions of ``type_`` stand on the shelf as ``describe`` says."""
    _DESCRIBES[type_] = describe


def value_of(label: str) -> str:
    """Return a label as it is compared: whatever case, accents and apostrophes it is written with."""
    return fold(label)[:120]


def _note(edition: Edition) -> None:
    if edition.type not in _DESCRIBES or edition.public_revision is None:
        return
    told = _DESCRIBES[edition.type](edition)
    revision = edition.public_revision
    where = {
        "edition_id": edition.id,
        "language": edition.language,
        "public_from": edition.public_from,
    }
    db.session.execute(
        insert(ShelfRow).values(
            kind=told.kind.value, seconds=told.seconds, master_id=told.master_id, count=told.count, **where
        )
    )
    marks = {**told.marks, "topic": revision.topics}
    if revision.place:
        marks["place"] = [revision.place]
    if revision.date:
        marks["year"] = [str(revision.date.year)]
    known: dict[tuple[str, str], str] = {}
    for name, labels in marks.items():
        for label in labels:
            if value := value_of(label) if name in ("place", "person") else label[:120]:
                known.setdefault((name, value), label[:200])
    for (name, value), label in list(known.items())[:MOST_MARKS]:
        db.session.execute(insert(ShelfMark).values(name=name, value=value, label=label, **where))


def _forget(edition_id: int) -> None:
    db.session.execute(delete(ShelfMark).where(ShelfMark.edition_id == edition_id))
    db.session.execute(delete(ShelfRow).where(ShelfRow.edition_id == edition_id))


filing.NOTES.append((_note, _forget))

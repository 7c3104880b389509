"""What can be taken: rooms register how an edition of their type is described for a download.

``find`` is the only way to a description. It asks whether this person may read the edition at this moment: because
everybody may, or because an embargo lets them in before its hour. What it does not find, nobody is given.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from app.database import db
from app.editorial.models import Edition, Revision
from app.editorial.queries import early, public


@dataclass(frozen=True)
class Restriction:
    """What may not be done with the frames [``begins``, ``ends``); None is the beginning, or the end, of the film."""

    text: str
    begins: int | None = None
    ends: int | None = None

    def meets(self, begins: int, ends: int) -> bool:
        """Whether it is about any of the frames from ``begins`` up to ``ends``."""
        return (self.begins or 0) < ends and (self.ends is None or begins < self.ends)


@dataclass(frozen=True)
class Photo:
    """A photo of a set: its key in it, its master, its file's name (without ending), and the words that go with it."""

    key: str
    master_id: int
    name: str
    title: str = ""
    caption: str = ""
    credit: str = ""
    copyright: str = ""
    terms: str = ""
    people: tuple[str, ...] = ()
    place: str = ""
    taken_on: str = ""


@dataclass(frozen=True)
class Described:
    """An edition as somebody takes it away: what its files are called, and what goes with them.

    ``address`` is its page below our own address ("/en/media/videos/…"). ``master_id`` is the film that it shows, None
    for photos. ``captions`` are keys of WebVTT files in the storage by language, the edition's own first. ``slug`` is
    in ASCII; ``title`` is what people read.
    """

    edition_id: int
    revision_id: int
    item_id: int
    type: str
    language: str
    title: str
    slug: str
    reference: str
    address: str
    credit: str
    master_id: int | None = None
    restrictions: tuple[Restriction, ...] = ()
    captions: Mapping[str, str] = field(default_factory=dict)
    photos: tuple[Photo, ...] = ()
    is_early: bool = False

    def for_part(self, begins: int, ends: int, captions: str) -> dict[str, Any]:
        """Return, as plain values, what stands in the file of these frames and in its receipt.

        Nothing of it depends on the number of the revision: a change of other words leaves what was prepared as it is.
        """
        return {
            "title": self.title,
            "slug": self.slug,
            "reference": self.reference,
            "language": self.language,
            "address": self.address,
            "credit": self.credit,
            "master": self.master_id,
            "restrictions": [
                asdict(each) for each in self.restrictions if each.meets(begins, ends) and each.text
            ],
            "captions": self.captions.get(captions, "") if captions else "",
        }


# Makes a description of an edition's revision. The other languages that this person may read of the same item are told
# beside it, by language: its captions may be taken with a text in another one.
Describe = Callable[[Edition, Revision, Mapping[str, Revision]], Described]

_SOURCES: dict[str, Describe] = {}


def register(type_: str, describe: Describe) -> None:
    """Let editions of ``type_`` be taken as ``describe`` says."""
    _SOURCES[type_] = describe


def find(edition_id: int, *, account_id: int | None, at: datetime) -> Described | None:
    """Return how the edition is described, if ``account_id`` (None: anybody) may read it at ``at`` and it can be taken.

    None of anything else: unknown, not public yet, withdrawn, of a type that has nothing to take.
    """
    edition = db.session.get(Edition, edition_id)
    if edition is None or edition.type not in _SOURCES:
        return None
    shown = public(Edition.language, Revision, at=at).where(Edition.item_id == edition.item_id)
    known: dict[str, Revision] = {row.language: row[1] for row in db.session.execute(shown)}
    is_early = edition.language not in known
    if account_id is not None:
        known |= _before_the_hour(edition.item_id, account_id, at)
    if edition.language not in known:
        return None
    beside = {language: each for language, each in known.items() if language != edition.language}
    described = _SOURCES[edition.type](edition, known[edition.language], beside)
    return replace(described, is_early=is_early)


def _before_the_hour(item_id: int, account_id: int, at: datetime) -> dict[str, Revision]:
    """Return what an embargo lets ``account_id`` read of the item already, by language."""
    waiting = early.open_to(account_id).where(early.is_early(at), Edition.item_id == item_id)
    return {
        each.language: each.public_revision for each in db.session.scalars(waiting) if each.public_revision
    }


def digest(told: Mapping[str, Any]) -> str:
    """Return a short name for what a description said: another one means that the file would be another."""
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

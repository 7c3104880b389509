"""What is kept of a set of photos, and what it cannot be reviewed without.

``facts["photos"]`` lists the photos in their order, each ``{"id", "master", "taken_on", "creator", "credit",
"copyright"}``; ``facts["credit"]`` and ``facts["copyright"]`` hold for those that say nothing of their own. A
language's words are ``fields["photos"]``, ``{id: {"title", "caption", "alt", "people", "place", "terms"}}``, and
``fields["terms"]`` for all. ``people`` are those who are seen, from left to right (IPTC Photo Metadata 2023.2, "Person
Shown").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.database import db
from app.editorial.models import Revision
from app.editorial.rules import NEEDS, TIDIES, NotReady, Stale, Typed
from app.library.models import Master, MasterState, MediaKind, RenditionState
from app.refusals import Refusal
from app.text import markup, typography
from app.text.characters import check_length

MOST_PHOTOS = 200
MOST_PEOPLE = 40
WORDS = {"title": 200, "caption": 2_000, "alt": 500, "place": 120, "terms": 1_000}  # characters at most
FACTS = {"creator": 120, "credit": 200, "copyright": 200}
LONGEST_NAME = 120

_KEY = re.compile("[0-9a-f]{8}(?:-[0-9]+)?")


class TooManyPhotos(Refusal):
    """More photos than anybody looks through."""

    field = "photos"
    message = _l("A set holds at most 200 photos. Make another one of the rest.")


class NoPhoto(Refusal):
    """No file was chosen, or one that is no photo of the library."""

    field = "photos"
    message = _l("Select at least one photo")


class Unusable(Refusal):
    """A file that could not be read, or is not read yet."""

    field = "photos"
    message = _l(
        "This photo is not ready: its file is still being read, or could not be. Look at the uploads."
    )


class Reordered(Refusal):
    """Somebody changed the set while it was being put in order."""

    message = _l(
        "The photos have changed in the meantime. This is how they stand now: look again, then go on."
    )


class PhotosChanged(Stale):
    """Somebody saved other words of the photos that were being described; ``keys`` are those of these photos."""

    def __init__(self, newer: Revision, keys: Collection[str]) -> None:
        super().__init__(newer)
        self.keys = tuple(keys)


@dataclass(frozen=True)
class Described:
    """What was typed about one photo in one language; empty is what the set says of all."""

    title: str = ""
    caption: str = ""
    alt: str = ""
    people: Sequence[str] = ()
    place: str = ""
    terms: str = ""
    creator: str = ""
    credit: str = ""
    copyright: str = ""
    taken_on: date | None = None

    @property
    def words(self) -> dict[str, Any]:
        """The words of this language."""
        told = {name: getattr(self, name) for name in WORDS}
        return told | {"people": list(self.people)}

    @property
    def facts(self) -> dict[str, Any]:
        """What is the same in every language."""
        told: dict[str, Any] = {name: getattr(self, name) for name in FACTS}
        return told | {"taken_on": self.taken_on.isoformat() if self.taken_on else None}


@dataclass(frozen=True)
class Begun:
    """What the files of several photos say of themselves: of all of them, and of each by its key."""

    photos: list[dict[str, Any]]
    words: dict[str, dict[str, Any]]
    title: str = ""
    place: str = ""
    terms: str = ""
    credit: str = ""
    copyright: str = ""
    taken_on: date | None = None


def fresh_key(sha256: str, taken: Collection[str]) -> str:
    """Return a key for a photo whose file has this digest, which is not ``taken`` in its set."""
    found, number = sha256[:8], 1
    while found in taken:
        number += 1
        found = f"{sha256[:8]}-{number}"
    return found


def is_key(text: str) -> bool:
    """Whether ``text`` looks like the key of a photo."""
    return _KEY.fullmatch(text) is not None


def is_usable(master: Master) -> bool:
    """Whether it is a photo that was read."""
    return master.kind is MediaKind.PHOTO and master.state in (MasterState.PREPARING, MasterState.READY)


def check_masters(masters: Iterable[Master | None], *, known: Collection[int]) -> list[Master]:
    """Return those of ``masters`` that come into a set, which has the ids ``known``: photos that were read, each once.

    Raises NoPhoto, Unusable or TooManyPhotos.
    """
    found: dict[int, Master] = {}
    for master in masters:
        if master is None or master.kind is not MediaKind.PHOTO:
            raise NoPhoto
        if master.state not in (MasterState.PREPARING, MasterState.READY):
            raise Unusable
        if master.id not in known:
            found[master.id] = master
    if not found:
        raise NoPhoto
    if len(found) + len(known) > MOST_PHOTOS:
        raise TooManyPhotos
    return list(found.values())


def begun(
    masters: Sequence[Master],
    *,
    taken: Collection[str] = (),
    is_new: bool = True,
    told: Mapping[int, Mapping[str, Any]] = MappingProxyType({}),
) -> Begun:
    """Return ``masters`` as photos of a set, described by what their files say.

    What all of them say of credit, copyright, terms, place and day is said once, for the set, when it ``is_new``.
    ``told`` is what an officer said of some of them (by id, in the same names): that counts before what the file says.
    """
    known = [_said(_with(master.iptc, told.get(master.id, {}))) for master in masters]
    common: dict[str, Any] = {}
    if is_new:
        for name in ("credit", "copyright", "terms", "place", "taken_on"):
            values = {each[name] for each in known}
            if len(values) == 1:
                common[name] = values.pop()
    photos, words, keys = [], {}, set(taken)
    for master, said in zip(masters, known, strict=True):
        own = said | dict.fromkeys(common, "")
        key = fresh_key(master.sha256, keys)
        keys.add(key)
        photos.append(
            {
                "id": key,
                "master": master.id,
                "taken_on": own["taken_on"] or None,
                **{name: own[name] for name in FACTS},
            }
        )
        words[key] = {name: own[name] for name in WORDS} | {"people": said["people"]}
    day = common.pop("taken_on", "")
    headlines = {each["headline"] for each in known}
    title = headlines.pop() if len(headlines) == 1 else ""
    if len(masters) == 1:
        title = title or known[0]["title"]
    return Begun(photos, words, title=title, taken_on=date.fromisoformat(day) if day else None, **common)


def _with(iptc: Mapping[str, Any], told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file says with what was ``told`` of it; a place that was told leaves nothing of the file's."""
    return dict(iptc) | ({"city": "", "country": ""} if told.get("place") else {}) | dict(told)


def _said(iptc: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a file says of itself, as much of it as a photo has room for, whoever wrote it.

    ``iptc`` has the names of the library (library.studio.labels): fields of the IPTC Photo Metadata Standard.
    """

    def line(name: str, most: int) -> str:
        value = iptc.get(name)
        return markup.one_line(value)[:most].strip() if isinstance(value, str) else ""

    people, day = iptc.get("persons"), line("date", 40)
    try:
        taken_on = date.fromisoformat(day[:10]).isoformat() if day else ""
    except ValueError:
        taken_on = ""
    return {
        "title": line("title", WORDS["title"]),
        "headline": line("headline", WORDS["title"]),
        "caption": line("caption", WORDS["caption"]),
        "alt": line("alt", WORDS["alt"]),
        "place": begun_place(iptc),
        "terms": line("usage_terms", WORDS["terms"]),
        "creator": line("creator", FACTS["creator"]),
        "credit": line("credit", FACTS["credit"]),
        "copyright": line("copyright", FACTS["copyright"]),
        "people": _names(people if isinstance(people, list) else []),
        "taken_on": taken_on,
    }


def begun_place(iptc: Mapping[str, Any]) -> str:
    """Return where a photo was taken, as its file says it: a building, the city, the country."""
    places = [markup.one_line(str(iptc.get(name) or "")).strip() for name in ("place", "city", "country")]
    return ", ".join(dict.fromkeys(each for each in places if each))[: WORDS["place"]]


def _names(people: Iterable[Any]) -> list[str]:
    names = [markup.one_line(each)[:LONGEST_NAME].strip() for each in people if isinstance(each, str)]
    return [each for each in names if each][:MOST_PEOPLE]


def people(typed: str) -> list[str]:
    """Return names that were typed from left to right, parted by lines or semicolons."""
    names = [markup.one_line(each).strip(" ,") for each in re.split(r"[\n;]", typed)]
    return [each for each in names if each]


def check_people(names: Sequence[str]) -> None:
    """Raise Refusal for more people than anybody tells apart, TooManyCharacters for a name that is none."""
    if len(names) > MOST_PEOPLE:
        raise Refusal(_l("Name at most 40 people."), field="people")
    for name in names:
        check_length(name, LONGEST_NAME, "people")


def tidy(typed: Typed) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the facts and the words of a set as they are kept.

    What was not typed stays: photos are described on pages of their own. Raises TooManyPhotos and TooManyCharacters.
    """
    photos = typed.facts.get("photos", typed.old_facts.get("photos", []))
    if len(photos) > MOST_PHOTOS:
        raise TooManyPhotos
    facts = typed.facts | {
        "photos": [each | {name: _fact(each.get(name, ""), name) for name in FACTS} for each in photos],
        **{name: _fact(typed.facts.get(name, ""), name) for name in ("credit", "copyright")},
    }
    known = typed.fields.get("photos", typed.old_fields.get("photos", {}))
    fields = typed.fields | {
        "terms": _words(typed.fields.get("terms", ""), typed.language, "terms"),
        "photos": {each["id"]: words_kept(known.get(each["id"], {}), typed.language) for each in photos},
    }
    return facts, fields


def _fact(text: str, name: str) -> str:
    text = markup.one_line(text)
    check_length(text, FACTS[name], name)
    return text


def _words(text: str, language: str, name: str) -> str:
    put_right = typography.put_right(markup.one_line(text), language)
    check_length(put_right, WORDS[name], name)
    return put_right


def words_kept(words: Mapping[str, Any], language: str) -> dict[str, Any]:
    names = [markup.one_line(each) for each in words.get("people", ())]
    check_people(names)
    told: dict[str, Any] = {name: _words(words.get(name, ""), language, name) for name in WORDS}
    return told | {"people": names}


def place_of(photos: Sequence[Mapping[str, Any]], key: str) -> int | None:
    """Return where the photo ``key`` stands, from 0 on, or None."""
    return next((place for place, each in enumerate(photos) if each["id"] == key), None)


def reordered(order: Sequence[str], wanted: Mapping[str, int]) -> list[str]:
    """Return ``order`` with each key in ``wanted`` at the place (from 1 on) wanted for it."""
    found = [each for each in order if each not in wanted]
    for key in sorted(wanted, key=lambda each: wanted[each]):
        found.insert(max(0, wanted[key] - 1), key)
    return found


def missing(revision: Revision) -> list[NotReady]:
    """Return what a set lacks: photos, their credit, what they show, their files."""
    photos = revision.facts.get("photos", [])
    if not photos:
        return [NotReady(_l("Add at least one photo."), field="photos")]
    words, gaps = revision.fields.get("photos", {}), []

    bare = sum(not words.get(each["id"], {}).get("caption") for each in photos)
    if bare:
        told = _ln(
            "%(num)s photo has no caption in this language.",
            "%(num)s photos have no caption in this language.",
            bare,
        )
        gaps.append(NotReady(told, field="photos"))
    bare = sum(not words.get(each["id"], {}).get("alt") for each in photos)
    if bare:
        told = _ln(
            "%(num)s photo has no alternative text in this language.",
            "%(num)s photos have no alternative text in this language.",
            bare,
        )
        gaps.append(NotReady(told, field="photos"))
    bare = 0 if revision.facts.get("credit") else sum(not each.get("credit") for each in photos)
    if bare:
        told = _ln("%(num)s photo has no credit.", "%(num)s photos have no credit.", bare)
        gaps.append(NotReady(told, field="credit"))
    ids = {each["master"] for each in photos}
    wanted = select(Master).where(Master.id.in_(ids)).options(selectinload(Master.renditions))
    masters = {each.id: each for each in db.session.scalars(wanted)}
    bare = sum(not is_ready(masters.get(each["master"])) for each in photos)
    if bare:
        told = _ln(
            "The sizes of %(num)s photo are not made yet.",
            "The sizes of %(num)s photos are not made yet.",
            bare,
        )
        gaps.append(NotReady(told, field="photos"))
    return gaps


def is_ready(master: Master | None) -> bool:
    """Whether all that readers get of a photo is made; while it is made anew, what there is stays."""
    if master is None or master.state not in (MasterState.READY, MasterState.PREPARING):
        return False
    states = {each.state for each in master.renditions}
    return RenditionState.READY in states and not states & {RenditionState.WAITING, RenditionState.MAKING}


NEEDS["gallery"] = missing
TIDIES["gallery"] = tidy

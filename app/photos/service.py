"""What can be done to a set of photos besides what can be done to every text: its photos."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from app.accounts.models import Account
from app.acts import act
from app.downloads import service as downloads
from app.downloads.sources import Described as Taken
from app.editorial import queries as texts
from app.editorial import rules as editorial
from app.editorial import service
from app.editorial.models import Edition, Revision
from app.editorial.service import Shared, Text
from app.editorial.service.snapshots import SAME, shared_of, text_of
from app.editorial.service.turns import hold
from app.library.uploads import queries as uploads
from app.library.uploads.rules import embargo_of
from app.photos import queries, rules, taking
from app.photos.models import Gallery
from app.photos.rules import Described


@act
def begin(master_ids: Sequence[int], language: str, *, by: Account, once: str = "") -> Edition:
    """Begin a set of the photos in these files, in their order, with what was said of the files while
    they came, and else what they say of themselves.

    ``once`` names the form: sent twice, it begins one set. Raises NotAllowed, NoPhoto, Unusable or TooManyPhotos.
    """
    editorial.check_may(by, "begin")
    found = rules.check_masters(queries.masters(master_ids), known=())
    told = uploads.told([each.id for each in found])
    said = rules.begun(found, told=told)
    text = Text(title=said.title, place=said.place, fields={"terms": said.terms, "photos": said.words})
    facts = {"photos": said.photos, "credit": said.credit, "copyright": said.copyright}
    shared, until = Shared(date=said.taken_on, facts=facts), embargo_of(told.values())
    return service.start(Gallery(), language, text, shared, by=by, once=once, wanted_at=until)


@act
def save(edition: Edition, text: Text, shared: Shared, *, base: int, by: Account) -> Revision | None:
    """Keep what was typed about the set; its photos stay as they are. Returns and raises as editorial's save.

    Photos that were described since ``base`` are no conflict: this form does not hold them.
    """
    editorial.check_may(by, "write")
    hold(edition)
    current = edition.current
    if current is not None:
        text = replace(text, fields=text.fields | {"photos": current.fields.get("photos", {})})
        shared = replace(shared, facts=shared.facts | {"photos": current.facts.get("photos", [])})
        if current.number != base and _differs_in_photos_alone(edition, base):
            base = current.number
    return service.save(edition, text, shared, base=base, by=by)


def _differs_in_photos_alone(edition: Edition, base: int) -> bool:
    then, now = texts.revision(edition.id, base), edition.current
    if then is None or now is None:
        return False
    same = all(getattr(then, name) == getattr(now, name) for name in SAME if name not in ("facts", "fields"))
    alike = [
        {**getattr(then, name), "photos": None} == {**getattr(now, name), "photos": None}
        for name in ("facts", "fields")
    ]
    return same and all(alike)


@act
def add(edition: Edition, master_ids: Sequence[int], *, by: Account) -> Revision | None:
    """Add the photos in these files at the end, described by what the files say. Those that are there stay.

    Raises NoPhoto when none of them is new, Unusable or TooManyPhotos.
    """
    photos, words, now = _photos(edition, by=by)
    found = rules.check_masters(queries.masters(master_ids), known={each["master"] for each in photos})
    said = rules.begun(found, taken={each["id"] for each in photos}, is_new=False)
    added = [_unlike(each, now.facts) for each in said.photos]
    new_words = {key: _unlike(each, now.fields) for key, each in said.words.items()}
    return _keep(edition, now, [*photos, *added], words | new_words, by=by)


def _unlike(said: Mapping[str, Any], whole: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a photo says without what its set says already."""
    return {name: "" if value and whole.get(name) == value else value for name, value in said.items()}


@act
def drop(edition: Edition, key: str, *, by: Account) -> Revision | None:
    """Take a photo out of the set; its file stays in the library. None when it is not there any more."""
    photos, words, now = _photos(edition, by=by)
    if rules.place_of(photos, key) is None:
        return None
    return _keep(edition, now, [each for each in photos if each["id"] != key], words, by=by)


@act
def order(edition: Edition, wanted: Mapping[str, int], *, base: int, by: Account) -> Revision | None:
    """Put photos at the places (from 1 on) ``wanted`` for them; the others keep their order.

    Raises Reordered when the set does not hold the photos, in their order, of revision ``base`` any more.
    """
    photos, words, now = _photos(edition, by=by)
    keys = [each["id"] for each in photos]
    if now.number != base:
        then = texts.revision(edition.id, base)
        if then is None or [each["id"] for each in then.facts.get("photos", [])] != keys:
            raise rules.Reordered
    by_key = {each["id"]: each for each in photos}
    known = {each: place for each, place in wanted.items() if each in by_key}
    return _keep(edition, now, [by_key[each] for each in rules.reordered(keys, known)], words, by=by)


@act
def describe(edition: Edition, typed: Mapping[str, Described], *, base: int, by: Account) -> Revision | None:
    """Keep what was typed about photos, by their keys; the others stay. None when nothing differs.

    A photo that somebody else described since revision ``base`` stays theirs where nothing was typed here; raises
    PhotosChanged where both typed. What is said of a photo that is not there any more is dropped.
    """
    photos, words, now = _photos(edition, by=by)
    then = texts.revision(edition.id, base) if now.number != base else now
    if then is None:
        raise rules.PhotosChanged(now, list(typed))
    before = {each["id"]: each for each in then.facts.get("photos", [])}
    clashes = []
    for place, photo in enumerate(photos):
        key = photo["id"]
        if key not in typed:
            continue
        mine = (photo | typed[key].facts, typed[key].words)
        theirs, was = (
            (photo, words.get(key, {})),
            (before.get(key), then.fields.get("photos", {}).get(key, {})),
        )
        if _same(mine, was, edition.language):
            continue
        if not _same(theirs, was, edition.language) and not _same(mine, theirs, edition.language):
            clashes.append(key)
        photos[place], words[key] = mine
    if clashes:
        raise rules.PhotosChanged(now, clashes)
    return _keep(edition, now, photos, words, by=by)


def _same(one: tuple[Any, Any], other: tuple[Any, Any], language: str) -> bool:
    """Whether two say the same of a photo, but for its file."""
    if one[0] is None or other[0] is None:
        return False
    said, more = (
        {name: each[0].get(name) or "" for name in (*rules.FACTS, "taken_on")} for each in (one, other)
    )
    return said == more and rules.words_kept(one[1], language) == rules.words_kept(other[1], language)


def _photos(
    edition: Edition, *, by: Account
) -> tuple[list[dict[str, Any]], dict[str, dict[str, Any]], Revision]:
    editorial.check_may(by, "write")
    hold(edition)
    if edition.current is None:
        raise editorial.WrongState
    now = edition.current
    return list(now.facts.get("photos", [])), dict(now.fields.get("photos", {})), now


def _keep(
    edition: Edition,
    now: Revision,
    photos: Collection[dict[str, Any]],
    words: Mapping[str, Any],
    *,
    by: Account,
) -> Revision | None:
    text, shared = text_of(now), shared_of(now)
    text = replace(text, fields=text.fields | {"photos": dict(words)})
    shared = replace(shared, facts=shared.facts | {"photos": list(photos)})
    return service.save(edition, text, shared, base=now.number, by=by)


@act
def note_taken(described: Taken, keys: Iterable[str], size: str, *, by: Account) -> None:
    """Keep in the log of downloads which photos ``by`` takes, as one file, in which ``size``."""
    for photo in taking.chosen(described, keys):
        downloads.note_whole(described, size, master_id=photo.master_id, by=by)

"""Photos as somebody takes them away: how a set is described for a download, its files, and the ZIP of several."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from flask import current_app

from app.downloads import rules as downloads
from app.downloads import sources, zips
from app.downloads.sources import Described
from app.downloads.zips import Archive, Piece
from app.editorial.models import Edition, Revision
from app.languages import gettext as _
from app.languages import speaking
from app.photos import queries, sheet_file
from app.photos.presenting import SIZES, address, is_web
from app.text import markup
from app.text.filenames import harmless

WORDS_OF_PHOTOS = 2  # files of an archive that are no photos
ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/tiff": "tif",
    "image/heic": "heic",
}


def describe(edition: Edition, revision: Revision, beside: Mapping[str, Revision]) -> Described:
    """Return how a set of photos is described for whoever takes it away."""
    words, known = revision.fields.get("photos", {}), revision.facts.get("photos", [])
    digits = len(str(len(known)))
    found = []
    for number, photo in enumerate(known, 1):
        said = words.get(photo["id"], {})
        title = said.get("title") or (revision.title if len(known) == 1 else "")
        name = title or markup.excerpt(said.get("caption", ""), 60).rstrip("…")
        day = photo.get("taken_on") or (revision.date.isoformat() if revision.date else "")
        found.append(
            sources.Photo(
                key=photo["id"],
                master_id=photo["master"],
                name=f"{number:0{digits}} {name}".strip(),
                title=title,
                caption=said.get("caption", ""),
                credit=photo.get("credit") or revision.facts.get("credit", ""),
                copyright=photo.get("copyright") or revision.facts.get("copyright", ""),
                terms=said.get("terms") or revision.fields.get("terms", ""),
                people=tuple(said.get("people", ())),
                place=said.get("place") or revision.place,
                taken_on=day,
            )
        )
    return Described(
        edition_id=edition.id,
        revision_id=revision.id,
        item_id=edition.item_id,
        type=edition.type,
        language=edition.language,
        title=revision.title,
        slug=revision.slug or "photos",
        reference=edition.item.reference or "",
        address=address(edition.language, edition.path or ""),
        credit=revision.facts.get("credit", ""),
        photos=tuple(found),
    )


sources.register("gallery", describe)


def needs_account(size: str) -> bool:
    """Whether only media accounts may take photos in this ``size``."""
    return downloads.needs_account(current_app.config["DOWNLOAD_POLICY"], size)


def file_of(made: Sequence[Any], size: str) -> Any:
    """Return the rendition that a photo is given as in ``size``; the next smaller one where it has none, or None."""
    web = [each for each in made if each.mimetype == "image/jpeg" and is_web(each.name)]
    known = {each.name: each for each in made} | ({"web": web[-1]} if web else {})
    wanted = SIZES[: SIZES.index(size) + 1]
    return next((known[name] for name in reversed(wanted) if name in known), None)


def chosen(described: Described, keys: Iterable[str]) -> list[sources.Photo]:
    """Return the photos with these ``keys``, in the order of the set."""
    wanted = set(keys)
    return [each for each in described.photos if each.key in wanted]


def archive(described: Described, keys: Iterable[str], size: str) -> Archive:
    """Return the ZIP of the photos with these ``keys`` in ``size``, with their words; what has no file is left out."""
    return Archive(_pieces(described, keys, size))


def size_of(described: Described, keys: Iterable[str], size: str) -> int:
    """Return how many bytes it has; no photo is read for that."""
    return zips.size_of(_pieces(described, keys, size))


def _pieces(described: Described, keys: Iterable[str], size: str) -> list[Piece]:
    photos = chosen(described, keys)
    _own, made = queries.files({each.master_id for each in photos})
    found = [(photo, file_of(made.get(photo.master_id, []), size)) for photo in photos]
    found = [(photo, file) for photo, file in found if file is not None]
    names = [
        harmless(f"{photo.name.rstrip('. ')}.{ENDINGS.get(file.mimetype, 'jpg')}") for photo, file in found
    ]
    pieces = [
        Piece(
            name,
            key=file.key,
            size=file.size_bytes,
            crc=(file.facts or {}).get("crc32"),
            day=date.fromisoformat(photo.taken_on) if photo.taken_on else None,
        )
        for name, (photo, file) in zip(names, found, strict=True)
    ]
    with speaking(described.language):
        taken = [photo for photo, _file in found]
        pieces.append(
            Piece(harmless(_("captions") + ".txt"), content=sheet_file.text(described, taken, names))
        )
        pieces.append(
            Piece(harmless(_("captions") + ".csv"), content=sheet_file.table(described, taken, names))
        )
    return pieces

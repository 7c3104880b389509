"""What can be asked about pictures, and about masters and what is made of them."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from app.database import db
from app.editorial.models import Edition, Revision
from app.editorial.remembered import home, remembered
from app.library import timeline
from app.library.models import (
    WIDTHS,
    Master,
    MasterState,
    MediaKind,
    Picture,
    Rendition,
    RenditionState,
)
from app.library.timeline import Timeline
from app.storage.store import store


class Shown(NamedTuple):
    """A picture as a page shows it: words from the text it stands in, files from the library."""

    id: int
    key: str
    alt: str
    caption: str
    credit: str
    src: str
    srcset: str
    width: int
    height: int
    hd_url: str
    hd_size: int


def by_key(key: str) -> Picture | None:
    """Return the picture with this key, or None."""
    return db.session.scalar(select(Picture).where(Picture.key == key))


def by_checksum(checksum: str) -> Picture | None:
    """Return the picture made of a file with this SHA-256, or None."""
    return db.session.scalar(select(Picture).where(Picture.checksum == checksum))


def newest(limit: int = 48) -> Sequence[Picture]:
    """Return the pictures that were added last. For officers only."""
    return db.session.scalars(select(Picture).order_by(Picture.id.desc()).limit(limit)).all()


def shown(words: Sequence[dict[str, Any]]) -> list[Shown]:
    """Return the pictures of a revision as a page shows them, in its order.

    ``words`` are a revision's ``pictures``. A picture never changes once it is in the library,
    so it is remembered.
    """
    if not words:
        return []
    ids = tuple(each["picture"] for each in words)
    known = remembered(("pictures", ids), lambda: _by_id(ids), home=home())
    return [_with_words(known[each["picture"]], each) for each in words if each["picture"] in known]


def _by_id(ids: Sequence[int]) -> dict[int, Shown]:
    rows = db.session.execute(
        select(
            Picture.id, Picture.key, Picture.credit, Picture.width, Picture.height, Picture.size_bytes
        ).where(Picture.id.in_(ids))
    )
    return {row.id: _files(row) for row in rows}


def address(key: str, name: str) -> str:
    """Return where a picture's file is."""
    return f"/media/pictures/{key}/{name}"


def _files(picture: Any) -> Shown:
    """Return what the library has of ``picture`` (a Picture, or a row like it), still without words."""
    widths = [width for width in WIDTHS if width < picture.width]
    names = [(f"{width}.jpg", width) for width in widths] + [("hd.jpg", picture.width)]
    return Shown(
        id=picture.id,
        key=picture.key,
        alt="",
        caption="",
        credit=picture.credit,
        src=address(picture.key, f"{widths[-1]}.jpg" if widths else "hd.jpg"),
        srcset=", ".join(f"{address(picture.key, name)} {width}w" for name, width in names),
        width=picture.width,
        height=picture.height,
        hd_url=address(picture.key, "hd.jpg"),
        hd_size=picture.size_bytes,
    )


def view(picture: Picture, words: dict[str, Any]) -> Shown:
    """Return ``picture`` as a page shows it with these ``words``."""
    return _with_words(_files(picture), words)


def _with_words(known: Shown, words: dict[str, Any]) -> Shown:
    return known._replace(
        alt="" if words.get("is_decorative") else words.get("alt", ""), caption=words.get("caption", "")
    )


# --- masters, and what is made of them ---


class File(NamedTuple):
    """What was made of a master: where it is fetched, and what its users have to know (``facts``)."""

    name: str
    url: str
    mimetype: str
    width: int
    height: int
    size_bytes: int
    facts: dict[str, Any]


class Shelved(NamedTuple):
    """A master as a page shows it: what was read from it, and the files that are ready; ``timeline`` of a film.

    ``coming`` are the names of what is not there and is being made.
    """

    id: int
    name: str
    size_bytes: int
    mimetype: str
    extension: str
    technical: dict[str, Any]
    state: MasterState
    files: dict[str, File]
    timeline: Timeline | None
    coming: frozenset[str] = frozenset()


def master(master_id: int | None) -> Shelved | None:
    """Return a master as the database has it now, or None. For officers, whose file may just have been prepared."""
    return _shelved(master_id) if master_id else None


def master_shown(master_id: int | None) -> Shelved | None:
    """Return a master that a public page shows. It never changes, so it is remembered."""
    if not master_id:
        return None
    return remembered(("master", master_id), lambda: _shelved(master_id), home=home())


def masters_shown(master_ids: Collection[int]) -> dict[int, Shelved]:
    """Return masters that one public page shows, by id, all of them in two questions; remembered, too."""
    ids = tuple(sorted(set(master_ids)))
    if not ids:
        return {}
    return remembered(("masters", ids), lambda: _all_shelved(ids), home=home())


def _shelved(master_id: int) -> Shelved | None:
    return _all_shelved([master_id]).get(master_id)


def _all_shelved(ids: Collection[int]) -> dict[int, Shelved]:
    made = select(Rendition).where(Rendition.master_id.in_(ids), Rendition.state != RenditionState.FAILED)
    there: dict[int, dict[str, File]] = {}
    coming: dict[int, set[str]] = {}
    for each in db.session.scalars(made.order_by(Rendition.id)):
        if each.state is RenditionState.READY:
            there.setdefault(each.master_id, {})[each.name] = _file(each)
        else:
            coming.setdefault(each.master_id, set()).add(each.name)
    return {
        found.id: Shelved(
            found.id,
            found.original_name,
            found.size_bytes,
            found.mimetype,
            found.extension,
            found.technical or {},
            found.state,
            there.get(found.id, {}),
            timeline.of(found.technical or {}) if found.kind is MediaKind.VIDEO else None,
            frozenset(coming.get(found.id, ())),
        )
        for found in db.session.scalars(select(Master).where(Master.id.in_(ids)))
    }


def _file(made: Rendition) -> File:
    ending = made.key.rpartition(".")[2]
    name = made.name if made.name.endswith(f".{ending}") else f"{made.name}.{ending}"
    return File(
        made.name,
        f"/media/masters/{made.master_id}/{name}",
        made.mimetype,
        made.width or 0,
        made.height or 0,
        made.size_bytes or 0,
        made.facts or {},
    )


def kept_master(master_id: int | None) -> Master | None:
    """Return the row of a master, or None. For officers: what failed of it, and why."""
    return db.session.get(Master, master_id) if master_id else None


def rendition(master_id: int, file_name: str) -> Rendition | None:
    """Return the rendition whose file is called so, "poster.jpg" or "640.avif", once it is ready; else None."""
    names = (file_name, file_name.rpartition(".")[0])
    ready = select(Rendition).where(
        Rendition.master_id == master_id, Rendition.name.in_(names), Rendition.state == RenditionState.READY
    )
    return next(
        (each for each in db.session.scalars(ready) if _file(each).url.rpartition("/")[2] == file_name), None
    )


def undescribed(kind: MediaKind, *, besides: int = 0, limit: int = 60) -> Sequence[Master]:
    """Return the newest masters of ``kind`` that no text's working version names, and ``besides``."""
    named = select(Revision.facts["master"].as_integer()).join(
        Edition, Edition.current_revision_id == Revision.id
    )
    named = named.where(Revision.facts["master"].as_integer().is_not(None))
    free = Master.id.not_in(named) & (Master.state != MasterState.FAILED)
    found = select(Master).where(Master.kind == kind, free | (Master.id == besides))
    return db.session.scalars(found.order_by(Master.id.desc()).limit(limit)).all()


BARS = 250  # of a drawn wave: one for each three or four pixels of a wide screen


def wave(shelved: Shelved) -> str:
    """Return how loud a film is along its length, as SVG path data in a box of 1000 × 100; nothing without sound."""
    file = shelved.files.get("waveform")
    if file is None or file.facts.get("is_silent"):
        return ""
    return remembered(("wave", shelved.id), lambda: _wave(shelved.id), home=home())


def _wave(master_id: int) -> str:
    made = rendition(master_id, "waveform.json")
    try:
        file = store().open(made.key) if made else None
        if file is None:
            return ""
        with file:
            peaks = [min(100, max(0, int(each))) for each in json.load(file)["peaks"]]
    except (OSError, ValueError, KeyError, TypeError):
        return ""  # a page without its wave is a page all the same
    return drawn(peaks)


def drawn(peaks: Sequence[int]) -> str:
    """Return ``peaks`` (percent) as the bars of a wave, no more than BARS of them: SVG path data."""
    count = min(BARS, len(peaks))
    bars = []
    for bar in range(count):
        peak = max(peaks[bar * len(peaks) // count : (bar + 1) * len(peaks) // count])
        high = max(1, peak * 0.46)
        bars.append(f"M{(bar + 0.5) * 1000 / count:.0f} {50 - high:.0f}v{2 * high:.0f}")
    return "".join(bars)

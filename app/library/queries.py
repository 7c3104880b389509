"""What can be asked about pictures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from app.database import db
from app.editorial.remembered import home, remembered
from app.library.models import WIDTHS, Picture


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

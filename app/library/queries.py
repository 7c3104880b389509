"""What can be asked about pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select

from app.database import db
from app.editorial.remembered import remembered
from app.library.images import WIDTHS
from app.library.models import Picture


@dataclass(frozen=True, slots=True)
class Shown:
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
    home = current_app.config["SQLALCHEMY_DATABASE_URI"]
    ids = tuple(each["picture"] for each in words)
    known = remembered(("pictures", ids), lambda: _by_id(ids), home=home)
    return [view(known[each["picture"]], each) for each in words if each["picture"] in known]


def _by_id(ids: Sequence[int]) -> dict[int, Facts]:
    rows = db.session.execute(
        select(
            Picture.id, Picture.key, Picture.credit, Picture.width, Picture.height, Picture.size_bytes
        ).where(Picture.id.in_(ids))
    )
    return {row.id: Facts(*row) for row in rows}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the library knows of a picture."""

    id: int
    key: str
    credit: str
    width: int
    height: int
    size_bytes: int


def address(key: str, name: str) -> str:
    """Return where a picture's file is."""
    return f"/media/pictures/{key}/{name}"


def view(facts: Facts | Picture, words: dict[str, Any]) -> Shown:
    """Put what the library knows and what the text says of a picture together."""
    widths = [width for width in WIDTHS if width < facts.width]
    files = [(f"{width}.jpg", width) for width in widths] + [("hd.jpg", facts.width)]
    middle = f"{widths[-1]}.jpg" if widths else "hd.jpg"
    return Shown(
        id=facts.id,
        key=facts.key,
        alt="" if words.get("is_decorative") else words.get("alt", ""),
        caption=words.get("caption", ""),
        credit=facts.credit,
        src=address(facts.key, middle),
        srcset=", ".join(f"{address(facts.key, name)} {width}w" for name, width in files),
        width=facts.width,
        height=facts.height,
        hd_url=address(facts.key, "hd.jpg"),
        hd_size=facts.size_bytes,
    )

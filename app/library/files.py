"""Which files the library counts on, for `flask storage check`."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.database import db
from app.library.models import WIDTHS, Master, Picture, Rendition
from app.library.service import preparing
from app.storage.check import Expected, keeps

MANY = 500  # rows fetched at once


def pictures() -> Iterator[Expected]:
    """Yield each width of each picture; the size is known of the largest alone."""
    rows = select(Picture.key, Picture.width, Picture.size_bytes).execution_options(yield_per=MANY)
    for key, width, size in db.session.execute(rows):
        yield Expected(f"pictures/{key}/hd.jpg", size)
        for each in WIDTHS:
            if each < width:
                yield Expected(f"pictures/{key}/{each}.jpg")


def masters() -> Iterator[Expected]:
    """Yield the files that came in."""
    for master in db.session.scalars(select(Master).execution_options(yield_per=MANY)):
        yield Expected(master.key, master.size_bytes, master.sha256)


def renditions() -> Iterator[Expected]:
    """Yield what was made of them."""
    rows = select(Rendition.key, Rendition.size_bytes, Rendition.sha256).where(Rendition.key != "")
    for row in db.session.execute(rows.execution_options(yield_per=MANY)):
        yield Expected(*row)


keeps("pictures/", pictures)
keeps("masters/", masters)
keeps("renditions/", renditions, again=preparing.lose)

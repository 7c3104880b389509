"""Which files videos count on, for `flask storage check`."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.database import db
from app.editorial.models import Revision
from app.storage.check import Expected


def captions() -> Iterator[Expected]:
    """Yield the captions of every version there ever was."""
    key = Revision.fields["captions"].as_string()
    for found in db.session.scalars(select(key).where(key.like("captions/%")).distinct()):
        yield Expected(found, sha256=found.rpartition("/")[2].removesuffix(".vtt"))

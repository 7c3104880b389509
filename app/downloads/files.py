"""Which files this room counts on, for `flask storage check`."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from app.database import db
from app.downloads.models import Part, PartState
from app.storage.check import Expected, keeps


def parts() -> Iterator[Expected]:
    """Yield the files of ready parts; others that a row still names are deleted by the sweep, and are no orphans."""
    rows = select(Part.key, Part.size_bytes, Part.sha256).where(Part.state == PartState.READY)
    for row in db.session.execute(rows.execution_options(yield_per=500)):
        yield Expected(*row)


keeps("parts/", parts)

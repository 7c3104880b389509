"""How caches learn that readers may now see something else."""

from __future__ import annotations

from sqlalchemy import update

from app.database import db
from app.editorial.models import Standing


def touch() -> None:
    """Tell every cache that readers may now see something else."""
    db.session.execute(update(Standing).values(version=Standing.version + 1))

"""The pages on which officers write, review and decide."""

from app.writing.desk import (
    checklist,
    decisions,
    endings,
    links,
    listing,
    moments,
    pictures,
    reviewing,
    texts,
    urgent,
)
from app.writing.desk.door import desk

__all__ = [
    "checklist",
    "decisions",
    "desk",
    "endings",
    "links",
    "listing",
    "moments",
    "pictures",
    "reviewing",
    "texts",
    "urgent",
]

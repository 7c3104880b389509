"""The pages on which officers write, review and decide."""

from app.writing.desk import (
    checklist,
    decisions,
    endings,
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
    "listing",
    "moments",
    "pictures",
    "reviewing",
    "texts",
    "urgent",
]

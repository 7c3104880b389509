"""The pages on which officers write, review and decide."""

from app.writing.desk import decisions, listing, pictures, reviewing, texts
from app.writing.desk.door import desk

__all__ = ["decisions", "desk", "listing", "pictures", "reviewing", "texts"]

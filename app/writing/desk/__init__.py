"""The pages on which officers write, review and decide."""

from app.writing.desk import decisions, endings, listing, moments, pictures, reviewing, texts, urgent
from app.writing.desk.door import desk

__all__ = ["decisions", "desk", "endings", "listing", "moments", "pictures", "reviewing", "texts", "urgent"]

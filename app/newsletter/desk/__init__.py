"""Subscribers at the desk: finding one, what is known of them, who is blocked, files in and out."""

from app.newsletter.desk import importing, people
from app.newsletter.desk.door import desk

__all__ = ["desk", "importing", "people"]

"""The pages on which the office keeps media accounts, requests and groups."""

from app.accreditation.desk import decisions, groups, people
from app.accreditation.desk.door import desk

__all__ = ["decisions", "desk", "groups", "people"]

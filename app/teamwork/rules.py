"""What is allowed around a text: what a comment may say, who may be asked to do what, and how long a preview lives."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.accounts.rules import Person, may
from app.editorial.rules import NotAllowed
from app.refusals import Refusal

LONGEST_COMMENT = 2_000


def check_may(person: Person, right: str) -> None:
    """Raise NotAllowed unless one of ``person``'s roles has ``right``."""
    if not may(person, right):
        raise NotAllowed


def check_comment(text: str) -> None:
    """Raise Refusal for a comment that says nothing, or too much."""
    if not text:
        raise Refusal(_l("Write your comment."), field="text")
    if len(text) > LONGEST_COMMENT:
        raise Refusal(_l("The comment is too long: 2,000 characters is the limit."), field="text")

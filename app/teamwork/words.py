"""How many, who and what, in the words of the page."""

from __future__ import annotations

from flask_babel import ngettext

from app.web.filters import number


def comments_in_words(count: int) -> str:
    """Say how many comments are open."""
    return ngettext("%(n)s open comment", "%(n)s open comments", count, n=number(count))

"""Saying "too many attempts" where the limits say "too many requests"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import lazy_gettext as _l

from app.accounts import rules
from app.limits.limits import TooMany


@contextmanager
def locked() -> Iterator[None]:
    """Raise Locked when a limit is reached."""
    try:
        yield
    except TooMany as refusal:
        told = _l("Too many attempts. Try again at %(time)s.", time=refusal.hour)
        raise rules.Locked(refusal.until, told) from refusal

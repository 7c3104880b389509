"""Saying "too many attempts" where the limits say "too many requests"."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.accounts import rules
from app.limits.limits import TooMany
from app.web.filters import clock_time


@contextmanager
def locked() -> Iterator[None]:
    """Raise Locked when a limit is reached."""
    try:
        yield
    except TooMany as refusal:
        until = refusal.until
        told = _l("Too many attempts. Try again at %(time)s.", time=LazyString(lambda: clock_time(until)))
        raise rules.Locked(until, told) from refusal

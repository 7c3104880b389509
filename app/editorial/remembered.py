"""What every page needs and seldom changes, kept in memory for as long as readers' view of the site stands.

Topics, contacts and counts are the same for every visitor until something is published,
withdrawn, or comes to its moment. Each is worked out once per web process and standing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar

from flask import has_request_context

from app import clock
from app.editorial import queries
from app.here import asked, newsroom, notes, setting
from app.web.standing import Standing, Unknown

T = TypeVar("T")
MOST = 2_000  # answers kept; the oldest go first

_kept: OrderedDict[Hashable, tuple[tuple, object]] = OrderedDict()
_lock = Lock()


def standing() -> Standing:
    """Return the standing for this request; the page cache in front of us has usually read it already."""
    kept = notes()
    if "standing" not in kept:
        read = asked().environ.get("communique.standing") if has_request_context() else None
        kept.standing = _read() if read is None else read
    return kept.standing


def _read() -> Standing:
    """Ask the quick reader; it cannot open an SQLite file that nobody has open yet, so then ask as pages do."""
    try:
        return newsroom().extensions["standing"]()
    except Unknown:
        return Standing(*queries.standing(clock.now()))


def home() -> str:
    """Return what names this newsroom's database among those that a process may serve."""
    return setting("SQLALCHEMY_DATABASE_URI")


def remembered(key: Hashable, make: Callable[[], T], *, home: Hashable) -> T:
    """Return ``make()``, from memory while the standing is the one under which it was made.

    ``home`` names the database (a process that serves two, as tests do, must not mix them).
    """
    now, full_key = standing(), (home, key)
    kept = _kept.get(full_key)  # without the lock: one step, and asked five times for a page
    if kept is not None and kept[0] == now:
        return kept[1]  # type: ignore[return-value]
    made = make()
    with _lock:
        _kept[full_key] = (now, made)
        _kept.move_to_end(full_key)
        while len(_kept) > MOST:
            _kept.popitem(last=False)
    return made


def forget() -> None:
    """Forget everything: for a process whose database was replaced."""
    with _lock:
        _kept.clear()

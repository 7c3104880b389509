"""When something of an event happens: as it is kept (UTC, ISO), and what readers saw in its place before."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

NOTICED = ("starts_at", "ends_at", "is_around", "precision")  # a change of these is told to readers
ASSUMED = timedelta(hours=1)  # how long something without an end goes on, to say that it is on now


def kept(moment: datetime | None) -> str | None:
    """Return an aware ``moment`` (UTC) as facts keep it."""
    return moment.isoformat() if moment else None


def moment(kept: str | None) -> datetime | None:
    """Return the moment (aware, UTC) that facts keep."""
    return datetime.fromisoformat(kept) if kept else None


def hours(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what of ``facts`` (of an event or an entry) is about its hours."""
    return {name: facts[name] for name in NOTICED if facts.get(name)}


def ends(entry: dict[str, Any]) -> datetime | None:
    """Return when ``entry`` is over, by its own end or about an hour after its start."""
    begins = moment(entry.get("starts_at"))
    return moment(entry.get("ends_at")) or (begins + ASSUMED if begins else None)


def told(
    new: dict[str, Any], *, seen: dict[str, Any] | None, old: dict[str, Any] | None, at: datetime
) -> dict[str, Any]:
    """Return ``new`` with what readers saw in the place of its hours (``was``), and when they changed (``changed_at``).

    ``seen`` is the same thing as readers know it, None if they do not; ``old`` as it stood on the desk. A time
    that is moved back before anybody saw it was never moved.
    """
    plain = {name: value for name, value in new.items() if name not in ("was", "changed_at")}
    if seen is None:
        return plain
    if hours(plain) == hours(seen):
        noted = {name: seen[name] for name in ("was", "changed_at") if name in seen}
    elif old and old.get("was") == hours(seen) and hours(old) == hours(plain):
        noted = {"was": old["was"], "changed_at": old["changed_at"]}
    else:
        noted = {"was": hours(seen), "changed_at": kept(at)}
    if noted and plain["state"] == "planned":
        plain["state"] = "moved"
    elif not noted and plain["state"] == "moved" and old and "was" in old:
        plain["state"] = "planned"  # "moved" was ours, and there is nothing to tell any more
    return plain | noted

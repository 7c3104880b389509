"""The rows of a programme that stand on one page of the desk, and how they go into the whole."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Sequence
from typing import Any

PAGE = 20  # entries on one page of the form
KEY = re.compile(r"e[0-9a-f]{7}")


def new_key(taken: Iterable[str]) -> str:
    """Return a key that no entry has."""
    known = set(taken)
    while (key := f"e{secrets.token_hex(4)[:7]}") in known:
        pass
    return key


def pages(count: int) -> int:
    """Return how many pages ``count`` entries take."""
    return max(1, -(-count // PAGE))


def merged(
    before: Sequence[dict[str, Any]], rows: Sequence[tuple[int | None, dict[str, Any]]], gone: set[str]
) -> list[dict[str, Any]]:
    """Return the programme ``before`` with what was typed on one of its pages.

    ``rows`` are that page's entries, each with the place (from 1, in the whole programme) that was typed for it,
    None for one that has none yet: it follows the row above it. ``gone`` are the keys of entries that were deleted.
    """
    typed = {entry["id"]: entry for _place, entry in rows}
    known = {entry["id"] for entry in before}
    whole = [typed.get(entry["id"], entry) for entry in before if entry["id"] not in gone]
    after: str | None = None
    for _place, entry in rows:
        if entry["id"] not in known:
            whole.insert(_place_of(whole, after), entry)
        after = entry["id"]
    wanted = [(place, entry) for place, entry in rows if place and whole[place - 1 : place] != [entry]]
    for _place, entry in wanted:
        whole.remove(entry)
    for place, entry in sorted(wanted, key=lambda each: each[0]):
        whole.insert(place - 1, entry)
    return whole


def _place_of(whole: Sequence[dict[str, Any]], after: str | None) -> int:
    return next((place + 1 for place, entry in enumerate(whole) if entry["id"] == after), len(whole))


def in_order(rows: list[dict[str, Any]], first: int, move: str = "") -> list[dict[str, Any]]:
    """Return the typed ``rows`` of a page in the order of the places typed, numbered from ``first`` on.

    ``move`` is "KEY:up" or "KEY:down" for one that goes past its neighbour.
    """
    ordered = sorted(rows, key=lambda row: (row["place_number"] is None, row["place_number"] or 0))
    key, _, way = move.partition(":")
    at = next((number for number, row in enumerate(ordered) if row["key"] == key), None)
    if at is not None and way in ("up", "down"):
        other = at - 1 if way == "up" else at + 1
        if 0 <= other < len(ordered):
            ordered[at], ordered[other] = ordered[other], ordered[at]
    return [row | {"place_number": number} for number, row in enumerate(ordered, first)]


def by_time(before: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the whole programme in the order of its hours; what begins together stays as it was."""
    return sorted(before, key=lambda entry: entry["starts_at"])

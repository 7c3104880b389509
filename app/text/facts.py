"""What differs between two sets of facts: dates, places, lists, rows of a programme."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.text.aligning import matches, rising

_DEEPEST = 8  # rows in rows; what lies deeper is compared as a whole


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact that is not what it was.

    ``key`` names it without saying which row it is in ("programme.place"), for a label; ``path``
    says exactly where it is, with the id of each row ("programme", 12, "place"), or its place in
    the list when rows have no ids. ``kind``: "changed"; "added" or "removed" for a value that was
    or is nothing, and for a whole row; "moved" for a row that stands elsewhere among the others
    (``old`` and ``new`` are then its places, counted from 1).
    """

    key: str
    path: tuple[str | int, ...]
    kind: str
    old: Any
    new: Any


def fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Fact]:
    """Return what changed from ``old`` to ``new``: mappings of any values, as JSON holds them, or dates.

    Nothing at all, None, "", an empty list and False are the same. Rows (mappings in a list) with
    an "id" are known by it; those without are when they are equal, or stand at the same place.
    """
    return list(_mappings(old, new, ()))


def _mappings(old: Mapping[str, Any], new: Mapping[str, Any], path: tuple[str | int, ...]) -> Iterator[Fact]:
    for name in dict.fromkeys((*old, *new)):
        yield from _values(old.get(name), new.get(name), (*path, str(name)))


def _values(old: Any, new: Any, path: tuple[str | int, ...]) -> Iterator[Fact]:
    if _is_same(old, new):
        return
    if len(path) < _DEEPEST:
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            yield from _mappings(old, new, path)
            return
        if _are_rows(old) and _are_rows(new) and (old or new):
            yield from _rows(old or [], new or [], path)
            return
    yield _fact(old, new, path)


def _fact(old: Any, new: Any, path: tuple[str | int, ...]) -> Fact:
    kind = "added" if _is_nothing(old) else "removed" if _is_nothing(new) else "changed"
    return Fact(".".join(part for part in path if isinstance(part, str)), path, kind, old, new)


def _is_nothing(value: Any) -> bool:
    return value is None or value is False or (isinstance(value, (str, list, tuple, dict)) and not value)


def _is_same(old: Any, new: Any) -> bool:
    if _is_nothing(old) and _is_nothing(new):
        return True
    return old == new and isinstance(old, bool) == isinstance(new, bool)


def _are_rows(value: Any) -> bool:
    return value is None or (
        isinstance(value, (list, tuple)) and all(isinstance(row, Mapping) for row in value)
    )


def _rows(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], path: tuple[str | int, ...]
) -> Iterator[Fact]:
    before, after = _ids(old), _ids(new)
    if before is None or after is None:
        yield from _rows_without_ids(old, new, path)
        return
    places = {one: at for at, one in enumerate(after)}
    stayed = [(at, places[one]) for at, one in enumerate(before) if one in places]
    unmoved = {second for _, second in rising(stayed)}
    was = {one: at for at, one in enumerate(before)}
    for one in dict.fromkeys((*after, *before)):
        here = (*path, one)
        if one not in was:
            yield _fact(None, new[places[one]], here)
        elif one not in places:
            yield _fact(old[was[one]], None, here)
        else:
            if places[one] not in unmoved:
                label = ".".join(part for part in path if isinstance(part, str))
                yield Fact(label, here, "moved", was[one] + 1, places[one] + 1)
            yield from _mappings(old[was[one]], new[places[one]], here)


def _ids(rows: Sequence[Mapping[str, Any]]) -> list[int | str] | None:
    """Return the id of each row, or None when some have none or the same."""
    found = [row.get("id") for row in rows]
    if not all(isinstance(one, (int, str)) and one != "" for one in found) or len(set(found)) < len(found):
        return None
    return found  # type: ignore[return-value]


def _rows_without_ids(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]], path: tuple[str | int, ...]
) -> Iterator[Fact]:
    x, y = 0, 0
    for here, there in [*matches(_written(old), _written(new)), (len(old), len(new))]:
        while x < here and y < there:
            yield from _mappings(old[x], new[y], (*path, y + 1))
            x, y = x + 1, y + 1
        for at in range(x, here):
            yield _fact(old[at], None, (*path, at + 1))
        for at in range(y, there):
            yield _fact(None, new[at], (*path, at + 1))
        x, y = here + 1, there + 1


def _written(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [json.dumps(row, sort_keys=True, default=str, ensure_ascii=False) for row in rows]

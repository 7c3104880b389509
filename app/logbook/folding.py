"""Entries that say the same again and again, put together for the page: drafts that saved themselves."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

FOLDED = "autosaved"


@dataclass
class Line:
    """A line of the page: one entry (a row of queries.page), or several autosaves of a text by one person.

    The newest is the first.
    """

    rows: list[Any]

    @property
    def is_folded(self) -> bool:
        """Whether it stands for several entries."""
        return len(self.rows) > 1


def folded(rows: Iterable[Any], zone: tzinfo) -> list[Line]:
    """Return ``rows``, newest first, with a person's autosaves of a text on a day in ``zone`` in one line.

    It stands at the place of the newest. Whatever else happened to that text in between ends the line: it is
    not to look as if it came before or after.
    """
    lines: list[Line] = []
    growing: dict[Any, Line] = {}
    for row in rows:
        entry = row[0]
        thing = (entry.thing, entry.thing_id)
        known = growing.get(thing)
        if (
            entry.verb == FOLDED
            and known is not None
            and _who_and_day(known.rows[0], zone) == _who_and_day(row, zone)
        ):
            known.rows.append(row)
            continue
        line = Line([row])
        lines.append(line)
        if entry.verb == FOLDED:
            growing[thing] = line
        else:
            growing.pop(thing, None)
    return lines


def _who_and_day(row: Any, zone: tzinfo) -> tuple[int | None, date]:
    return row[0].account_id, row[0].at.astimezone(zone).date()

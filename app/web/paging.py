"""Pages of a list: which there are, and which are worth a link."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode


class Step(NamedTuple):
    """A link to a page of a list."""

    number: int
    url: str


@dataclass(frozen=True)
class Paging:
    """Page ``number`` of a list of ``count`` things, ``size`` a page; ``path`` and ``query`` make the links."""

    number: int
    count: int
    size: int
    path: str
    query: tuple[tuple[str, str], ...] = ()

    @property
    def last(self) -> int:
        """The number of the last page; an empty list has one page."""
        return max(1, -(-self.count // self.size))

    @property
    def exists(self) -> bool:
        """Whether there is such a page."""
        return 1 <= self.number <= self.last

    @property
    def skip(self) -> int:
        """How many things come before this page."""
        return (self.number - 1) * self.size

    def url(self, number: int) -> str:
        """Return the address of page ``number``; the first has no number, so that it has one address only."""
        if number == 1:
            return self._first
        return f"{self._first}{'&' if self.query else '?'}page={number}"

    @cached_property
    def _first(self) -> str:
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def previous_url(self) -> str | None:
        """The address of the page before, if there is one."""
        return self.url(self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        """The address of the page after, if there is one."""
        return self.url(self.number + 1) if self.number < self.last else None

    @property
    def links(self) -> list[Step | None]:
        """What the pagination draws: first, last, and two around this page; None stands for a gap."""
        return [Step(number, self.url(number)) if number else None for number in self.figures]

    @property
    def figures(self) -> list[int | None]:
        """First, last, and two around this page; None stands for a gap."""
        shown = sorted({1, self.last, *range(max(1, self.number - 2), min(self.last, self.number + 2) + 1)})
        links: list[int | None] = []
        for number in shown:
            if links and links[-1] is not None and number - links[-1] == 2:
                links.append(number - 1)
            elif links and links[-1] is not None and number - links[-1] > 2:
                links.append(None)
            links.append(number)
        return links


def page_number(typed: str | None) -> int | None:
    """Return the page that ``typed`` asks for (1 when it is empty), or None when it is no number of a page."""
    if not typed:
        return 1
    return (
        int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) <= 6 and int(typed) > 0 else None
    )

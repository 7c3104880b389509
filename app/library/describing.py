"""Where a file of the library is described next: the rooms above say it, each for the kind of file that it shows.

describes(MediaKind.VIDEO, begin=lambda master_id: f"/desk/videos/new?master={master_id}", known=known)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from app.library.models import MediaKind


class Described(NamedTuple):
    """A text of the desk that shows a file: what it is called, and where it is written."""

    title: str
    address: str


Known = Callable[[Collection[int]], Mapping[int, list[Described]]]


@dataclass(frozen=True)
class Describing:
    """How files of one kind are described.

    ``begin`` returns the address of the desk where a text about the master with an id is begun; ``known`` returns, by
    id, the texts that show these masters already: of a whole list in one question, and nothing of one that none shows.
    """

    begin: Callable[[int], str]
    known: Known


DESCRIBING: dict[MediaKind, Describing] = {}


def describes(kind: MediaKind, *, begin: Callable[[int], str], known: Known) -> None:
    """Let files of this ``kind`` be described where ``begin`` says."""
    DESCRIBING[kind] = Describing(begin, known)


def describing(kind: MediaKind) -> Describing | None:
    """Return how files of this kind are described, or None where no room does."""
    return DESCRIBING.get(kind)

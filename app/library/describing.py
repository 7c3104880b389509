"""Where a file of the library is described next: the rooms above say it, each for the kind of file that it shows.

describes(MediaKind.VIDEO, begin=lambda master_id: f"/desk/videos/new?master={master_id}", known=queries.shown_by)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from app.library.models import MediaKind


class Described(NamedTuple):
    """A text of the desk that shows a file: what it is called, and where it is written."""

    title: str
    address: str


@dataclass(frozen=True)
class Describing:
    """How files of one kind are described.

    ``begin`` returns the address of the desk where a text about the master with an id is begun; ``known`` returns the
    texts that show it already, the newest first.
    """

    begin: Callable[[int], str]
    known: Callable[[int], list[Described]]


DESCRIBING: dict[MediaKind, Describing] = {}


def describes(
    kind: MediaKind, *, begin: Callable[[int], str], known: Callable[[int], list[Described]]
) -> None:
    """Let files of this ``kind`` be described where ``begin`` says."""
    DESCRIBING[kind] = Describing(begin, known)


def describing(kind: MediaKind) -> Describing | None:
    """Return how files of this kind are described, or None where no room does."""
    return DESCRIBING.get(kind)

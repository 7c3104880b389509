"""What belongs to a media user: each room says what it keeps of one, and how it forgets it.

An export tells all of it, an erasure forgets all of it: a room that keeps something of people and is not here fails
a test, which looks for an erased person in every table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Belonging:
    """One kind of thing that is kept of people: its name in an export, and its words in a mail.

    ``tell`` returns plain values (for JSON) about the account with an id; ``forget`` deletes them, in the running
    act, and returns how many there were.
    """

    name: str
    words: Any
    tell: Callable[[int], list[Any]]
    forget: Callable[[int], int]


BELONGINGS: list[Belonging] = []


def belongs(name: str, words: Any, *, tell: Callable[[int], list[Any]], forget: Callable[[int], int]) -> None:
    """Let exports tell, and erasures forget, what is called ``name`` ("sessions"); later ones are forgotten first."""
    BELONGINGS.append(Belonging(name, words, tell, forget))

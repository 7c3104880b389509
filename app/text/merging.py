"""Two texts that were made of the same one, put together.

What only one side changed is taken from that side. Where both changed the same paragraph, both versions
of it stay, one after the other, for a person to choose: nothing that anybody wrote is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.text.aligning import matches
from app.text.paragraphs import paragraphs


def bodies(base: str, mine: str, theirs: str) -> tuple[str, int]:
    """Return one body made of ``mine`` and ``theirs``, and how many places hold both versions."""
    found, conflicts = lists(*([each.html for each in paragraphs(body)] for body in (base, mine, theirs)))
    return "".join(found), conflicts


def lists(base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], int]:
    """Return the parts of ``mine`` and ``theirs`` together, and how many stretches hold both versions."""
    ours, others = dict(matches(base, mine)), dict(matches(base, theirs))
    kept = [(at, ours[at], others[at]) for at in range(len(base)) if at in ours and at in others]
    found: list[str] = []
    conflicts = 0
    was, here, there = 0, 0, 0
    for at, one, other in [*kept, (len(base), len(mine), len(theirs))]:
        old, new, their = list(base[was:at]), list(mine[here:one]), list(theirs[there:other])
        if new in (old, their):
            found += their
        elif their == old:
            found += new
        else:
            conflicts += 1
            found += new + [each for each in their if each not in new and each not in old]
        if at < len(base):
            found.append(base[at])
        was, here, there = at + 1, one + 1, other + 1
    return found, conflicts


def values(base: Any, mine: Any, theirs: Any) -> tuple[Any, bool]:
    """Return which of two values to take, and whether both sides changed it: then it is ``mine``."""
    if mine in (base, theirs):
        return theirs, False
    return mine, theirs != base

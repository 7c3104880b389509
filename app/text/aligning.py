"""Which parts of two sequences belong together, in a time that grows with their length whatever is in them.

``matches`` finds the longest common subsequence with the bits of whole numbers (Hyyrö's way): one
addition and three masks for each part of the new sequence, so that a thousand words against a
thousand others take less than a millisecond, and texts without a word in common no longer than
texts that are nearly the same. ``difflib`` was turned down: its time grows with the square of how
often a word comes back, and every text is full of "the".
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import TypeVar

Part = TypeVar("Part", bound=Hashable)
Pair = tuple[int, int]

_MOST_CELLS = 16_000_000  # old times new: 4,000 words against 4,000 others, 2 MB of bits and 5 ms
_MOST_HOMES = 8  # a word that stands in more lines than these says nothing about where a line went
_ALIKE = 0.4  # shared words of two lines, of all their words: from here on one is the other, rewritten
_ALIKE_IN_PLACE = 0.25  # the same for lines that also stand at the same place


def matches(old: Sequence[Part], new: Sequence[Part]) -> list[Pair]:
    """Return the places (in ``old``, in ``new``) of equal parts, both rising.

    The longest such list, but for sequences of many thousand parts: there the parts that each
    side has once are found first, and what stands between two of them is compared by itself.
    """
    first, last = 0, 0
    shorter = min(len(old), len(new))
    while first < shorter and old[first] == new[first]:
        first += 1
    while last < shorter - first and old[-1 - last] == new[-1 - last]:
        last += 1
    found = [(at, at) for at in range(first)]
    found += _within(old, new, (first, len(old) - last), (first, len(new) - last))
    found += [(len(old) - at, len(new) - at) for at in range(last, 0, -1)]
    return found


def _within(old: Sequence[Part], new: Sequence[Part], here: Pair, there: Pair) -> Iterator[Pair]:
    """Yield the matches between two stretches that neither begin nor end alike."""
    known = set(new[there[0] : there[1]])
    mine = [at for at in range(*here) if old[at] in known]  # what only one side has can match nothing
    known = {old[at] for at in mine}
    theirs = [at for at in range(*there) if new[at] in known]
    if len(mine) * len(theirs) <= _MOST_CELLS:
        yield from _longest(old, new, mine, theirs)
        return
    began = (here[0], there[0])
    for anchor in [*_anchors(old, new, mine, theirs), (here[1], there[1])]:
        gap = [at for at in mine if began[0] <= at < anchor[0]] if began[0] < anchor[0] else []
        other = [at for at in theirs if began[1] <= at < anchor[1]] if began[1] < anchor[1] else []
        if len(gap) * len(other) <= _MOST_CELLS:
            yield from _longest(old, new, gap, other)
        if anchor[0] < here[1]:
            yield anchor
        began = (anchor[0] + 1, anchor[1] + 1)


def _longest(
    old: Sequence[Part], new: Sequence[Part], mine: Sequence[int], theirs: Sequence[int]
) -> list[Pair]:
    """Return the longest list of matches among the places ``mine`` of ``old`` and ``theirs`` of ``new``."""
    places: dict[Part, int] = {}
    for bit, at in enumerate(mine):
        places[old[at]] = places.get(old[at], 0) | 1 << bit
    everywhere = row = (1 << len(mine)) - 1
    rows = []
    for at in theirs:
        here = row & places.get(new[at], 0)
        row = ((row + here) | (row - here)) & everywhere
        rows.append(row)
    found = []
    left, right = len(mine), len(theirs)
    while left and right:  # from the end: a bit is nought where one more part matches than before it
        if rows[right - 1] >> (left - 1) & 1:
            left -= 1
            continue
        right -= 1
        if not right or rows[right - 1] >> (left - 1) & 1:
            left -= 1
            found.append((mine[left], theirs[right]))
    return found[::-1]


def _anchors(
    old: Sequence[Part], new: Sequence[Part], mine: Sequence[int], theirs: Sequence[int]
) -> list[Pair]:
    """Return the places of parts that stand once on each side, in the longest order that rises on both."""
    once = {part for part, count in Counter(old[at] for at in mine).items() if count == 1}
    once &= {part for part, count in Counter(new[at] for at in theirs).items() if count == 1}
    place = {new[at]: at for at in theirs if new[at] in once}
    return rising([(at, place[old[at]]) for at in mine if old[at] in once])[:200]


def rising(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the longest of the lists in ``pairs`` (sorted by their first) whose second rises, too."""
    ends: list[int] = []  # the smallest second with which a list of this length ends
    holders: list[int] = []
    before: list[int | None] = []
    for at, (_, second) in enumerate(pairs):
        length = bisect_left(ends, second)
        before.append(holders[length - 1] if length else None)
        ends[length : length + 1] = [second]
        holders[length : length + 1] = [at]
    chain, at_last = [], holders[-1] if holders else None
    while at_last is not None:
        chain.append(pairs[at_last])
        at_last = before[at_last]
    return chain[::-1]


def alike(old: Sequence[frozenset[str]], new: Sequence[frozenset[str]]) -> list[Pair]:
    """Return which lines of ``old`` were rewritten as which of ``new``, given the words of each.

    A line is looked for where its rare words are. What stands at the same place between two lines
    that were found may have changed more. Every line has one partner at most, and none crosses.
    """
    if len(old) == len(new) == 1:  # a paragraph that changed between two that did not
        return list(_with_neighbours(old, new, []))
    homes: dict[str, list[int]] = {}
    for at, words in enumerate(new):
        for word in words:
            homes.setdefault(word, []).append(at)
    found = []
    for at, words in enumerate(old):
        votes: Counter[int] = Counter()
        for word in words:
            if len(there := homes.get(word, ())) <= _MOST_HOMES:
                votes.update(there)
        best = max(
            ((likeness(words, new[place]), -abs(place - at), place) for place, _ in votes.most_common(4)),
            default=None,
        )
        if best and best[0] >= _ALIKE:
            found.append((at, best[2]))
    return list(_with_neighbours(old, new, rising(found)))


def _with_neighbours(
    old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], pairs: Sequence[Pair]
) -> Iterator[Pair]:
    """Yield ``pairs``, and between them those lines that stand at the same place and share some words."""
    began = (0, 0)
    for pair in [*pairs, (len(old), len(new))]:
        if pair[0] - began[0] == pair[1] - began[1]:
            for step in range(pair[0] - began[0]):
                if likeness(old[began[0] + step], new[began[1] + step]) >= _ALIKE_IN_PLACE:
                    yield began[0] + step, began[1] + step
        if pair[0] < len(old):
            yield pair
        began = (pair[0] + 1, pair[1] + 1)


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the words that two lines share, of all that they have: 0 to 1."""
    total = len(one) + len(other)
    return 2 * len(one & other) / total if total else 1.0

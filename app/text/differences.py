"""What differs between two texts, by words, for people to look at.

``words`` compares two lines or plain texts, ``bodies`` (app/text/bodies.py) two bodies block by
block, and ``fields`` (app/text/facts.py) the facts around them. All three answer data; a component
draws it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.text.aligning import Pair, alike, matches
from app.text.facts import Fact, fields
from app.text.markup import plain

__all__ = ["Change", "Fact", "Token", "aligned", "changes", "fields", "pairs_of", "tokens", "words"]

# A word or a mark, and the white space behind it; at the start also white space alone.
_TOKEN = re.compile(r"(\w+|[^\w\s]|^)(\s*)")
_SENTENCE_ENDS = frozenset(".!?…")
_STOPS = _SENTENCE_ENDS | frozenset(",;:")
_LONG = 300  # words and marks: a longer text is compared sentence by sentence
_MEANT = re.compile(r"\w{4,}")  # "of the" between two changed words is no reason to show two changes
_LEAST_SHARED = 0.3  # of the letters; what shares less is shown one after the other, not mixed

Token = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text: ``kind`` is "same", "inserted" or "deleted"."""

    kind: str
    text: str


def words(old: str, new: str, *, is_html: bool = False) -> list[Change]:
    """Return how ``old`` becomes ``new``, word by word; bodies are compared as their plain text.

    What is the same and what is deleted make ``old``; what is the same and what is inserted, ``new``.
    """
    if is_html:
        old, new = plain(old), plain(new)
    before, after = tokens(old), tokens(new)
    return changes(before, after, pairs_of(before, after))


def tokens(text: str) -> list[Token]:
    """Return the words and marks of ``text``, each with the white space that follows it."""
    return _TOKEN.findall(text) if text else []


def pairs_of(old: Sequence[Token], new: Sequence[Token]) -> list[Pair]:
    """Return which words and marks of ``old`` are which of ``new``; long texts go by their sentences."""
    before, after = [word for word, _ in old], [word for word, _ in new]
    if max(len(old), len(new)) <= _LONG:
        return matches(before, after)
    mine, theirs = _sentences(before), _sentences(after)
    starts, others = _starts(mine), _starts(theirs)
    found: list[Pair] = []
    for one, two in aligned(mine, theirs):
        found += [(starts[one] + x, others[two] + y) for x, y in matches(mine[one], theirs[two])]
    return found


def aligned(old: Sequence[tuple[str, ...]], new: Sequence[tuple[str, ...]]) -> list[Pair]:
    """Return which stretches of words are the same or were rewritten as each other, in order."""
    found: list[Pair] = []
    began = (0, 0)
    for same in [*matches(old, new), (len(old), len(new))]:
        if began[0] < same[0] and began[1] < same[1]:
            gap = [frozenset(each) for each in old[began[0] : same[0]]]
            other = [frozenset(each) for each in new[began[1] : same[1]]]
            found += [(began[0] + x, began[1] + y) for x, y in alike(gap, other)]
        if same[0] < len(old):
            found.append(same)
        began = (same[0] + 1, same[1] + 1)
    return found


def _sentences(each: Sequence[str]) -> list[tuple[str, ...]]:
    found, began = [], 0
    for at, word in enumerate(each, 1):
        if word in _SENTENCE_ENDS or at == len(each):
            found.append(tuple(each[began:at]))
            began = at
    return found


def _starts(sentences: Sequence[tuple[str, ...]]) -> list[int]:
    starts = [0]
    for sentence in sentences:
        starts.append(starts[-1] + len(sentence))
    return starts


def changes(old: Sequence[Token], new: Sequence[Token], pairs: Sequence[Pair]) -> list[Change]:
    """Return how ``old`` becomes ``new`` when ``pairs`` are what stays; deletions come before insertions."""
    made = _Changes()
    for gone, come, kept in _stretches(old, new, pairs):
        made.add("deleted", "".join(map("".join, gone)))
        made.add("inserted", "".join(map("".join, come)))
        if all(one == other for one, other in kept):
            made.add("same", "".join(word + space for (word, space), _ in kept))
            continue
        for (word, space), (_, other) in kept:
            made.add("same", word)
            made.add("same" if space == other else "deleted", space)
            made.add("inserted", other if space != other else "")
    return made.changes()


Stretch = tuple[Sequence[Token], Sequence[Token], list[tuple[Token, Token]]]


def _stretches(old: Sequence[Token], new: Sequence[Token], pairs: Sequence[Pair]) -> Iterator[Stretch]:
    """Yield what goes, what comes, and what stays behind that.

    What stays between two changes without a word that means something goes with them, and all does
    when hardly anything stays: such mixtures cannot be read.
    """
    runs: list[tuple[int, int, int]] = []  # where each stretch that stays begins, and its length
    for x, y in pairs:
        if runs and runs[-1][0] + runs[-1][2] == x and runs[-1][1] + runs[-1][2] == y:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + 1)
        else:
            runs.append((x, y, 1))
    runs = list(_with_marks_first(runs, old, new))
    ends = (0, 0), (len(old), len(new))
    runs = [run for run in runs if run[2] and _is_worth_keeping(run, old, ends)]
    letters = sum(len(old[x + step][0]) for x, _, length in runs for step in range(length))
    if len(runs) > 1 and letters < _LEAST_SHARED * max(_letters(old), _letters(new)):
        runs = []
    x, y = 0, 0
    for here, there, length in [*runs, (len(old), len(new), 0)]:
        kept = list(zip(old[here : here + length], new[there : there + length], strict=True))
        yield old[x:here], new[y:there], kept
        x, y = here + length, there + length


def _with_marks_first(
    runs: Sequence[tuple[int, int, int]], old: Sequence[Token], new: Sequence[Token]
) -> Iterator[tuple[int, int, int]]:
    """Move a stop from behind a sentence that came or went to before it: "[ Yes.]", and not "[. Yes]."."""
    moved = 0  # what the stretch before took from this one
    for (x, y, length), following in zip(runs, [*runs[1:], (0, 0, 0)], strict=False):
        end, other_end = x + length, y + length
        taken, moved = moved, 0
        if following[2]:
            here, there, _ = following
            first = new[other_end] if end == here else old[end] if other_end == there else ("", "")
            if first[0] == old[here][0] and first[0] in _STOPS:
                moved = 1
        yield x + taken, y + taken, length - taken + moved


def _is_worth_keeping(run: tuple[int, int, int], old: Sequence[Token], ends: tuple[Pair, Pair]) -> bool:
    x, y, length = run
    if (x, y) == ends[0] or (x + length, y + length) == ends[1] or length > 3:
        return True
    return any(_MEANT.match(word) for word, _ in old[x : x + length])


def _letters(each: Sequence[Token]) -> int:
    return sum(len(word) for word, _ in each)


class _Changes:
    """Collects stretches: neighbours of one kind become one, and deletions stand before insertions."""

    def __init__(self) -> None:
        self.found: list[Change] = []
        self.same: list[str] = []
        self.deleted: list[str] = []
        self.inserted: list[str] = []

    def add(self, kind: str, text: str) -> None:
        """Add ``text`` at the end."""
        if not text:
            return
        if kind == "same" and (self.deleted or self.inserted):
            self._settle()
        elif kind != "same" and self.same:
            self.found.append(Change("same", "".join(self.same)))
            self.same = []
        getattr(self, kind).append(text)

    def _settle(self) -> None:
        for kind in ("deleted", "inserted"):
            if texts := getattr(self, kind):
                self.found.append(Change(kind, "".join(texts)))
                texts.clear()

    def changes(self) -> list[Change]:
        """Return all that was added."""
        if self.same:
            self.found.append(Change("same", "".join(self.same)))
        self._settle()
        return self.found

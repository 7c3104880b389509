"""Which straight quotation marks belong together, and what stands for them in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator

PAIRS = {
    "fr": (("«", "»"), ("“", "”")),
    "en": (("“", "”"), ("‘", "’")),
    "uk": (("«", "»"), ("„", "“")),
}
_MARKS = re.compile("[\"'«»“”„‹›]")
_CLOSED_BY = {"»": "«", "”": "“", "›": "‹"}
_BEFORE_AN_OPENING_ONE = frozenset("«“„‘‹([{—–-/’'\"¿¡=")
_BEHIND_A_CLOSING_ONE = frozenset(".,;:!?…)]}»”’“›—–-/'\"%")
_DEEPEST = 12  # marks that wait for their partner; more are no quotations, and would take long to go through


def straight_quotes(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield for each straight quotation mark of ``text`` that has its partner where it stands, and its replacement.

    Single ones count in English only. What has no partner (inches, a slip) is left as it is: half
    a pair of curly quotes would be no better.
    """
    outer, inner = PAIRS[language]
    around: list[tuple[int, str]] = []
    for start, end, mark in sorted(_pairs(text, language)):
        while around and around[-1][0] < start:
            around.pop()
        if mark in {'"', "'"}:
            is_within = bool(around) and around[-1][1] == outer[0]
            opening, closing = inner if is_within or (mark == "'" and not around) else outer
            yield start, start + 1, opening
            yield end, end + 1, closing
            mark = opening
        around.append((end, mark))


def _pairs(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and opening mark of each pair of quotation marks, straight or not."""
    straight = {'"', "'"} if language == "en" else {'"'}
    opened: list[tuple[int, str]] = []
    for match in _MARKS.finditer(text):
        at, mark = match.start(), match[0]
        if mark in straight:
            partner = _innermost(opened, mark)
            if partner is not None and _closes(text, opened[partner][0], at):
                yield opened[partner][0], at, mark
                del opened[partner:]
            elif _may_open(text, at) or (mark == '"' and partner is None and _is_alone(text, at)):
                opened.append((at, mark))
        elif mark in _CLOSED_BY or (mark == "“" and _innermost(opened, "„") is not None):
            partner = _innermost(opened, _CLOSED_BY.get(mark, "„"))
            if partner is not None:
                yield opened[partner][0], at, opened[partner][1]
                del opened[partner:]
        elif mark not in {'"', "'"}:
            opened.append((at, mark))
        del opened[:-_DEEPEST]


def _innermost(opened: list[tuple[int, str]], mark: str) -> int | None:
    return next((at for at in range(len(opened) - 1, -1, -1) if opened[at][1] == mark), None)


def _may_open(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return bool(after) and not after.isspace() and (not before.strip() or before in _BEFORE_AN_OPENING_ONE)


def _closes(text: str, partner: int, at: int) -> bool:
    """Return whether the mark at ``at`` may be the end of what ``partner`` began."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if after.strip() and after not in _BEHIND_A_CLOSING_ONE:
        return False
    return at - 1 != partner if before.strip() else _is_alone(text, partner)


def _is_alone(text: str, at: int) -> bool:
    """Return whether white space stands on both sides, as in: a " word " b."""
    return not text[at - 1 : at].strip() and not text[at + 1 : at + 2].strip() and len(text) > 1

"""What differs between two texts, by words, for people to look at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.text.markup import plain

_WORDS = re.compile(r"\s+|[^\s\w]|\w+")


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of text: ``kind`` is "same", "inserted" or "deleted"."""

    kind: str
    text: str


def words(old: str, new: str, *, is_html: bool = False) -> list[Change]:
    """Return how ``old`` becomes ``new``, word by word; bodies are compared as their plain text."""
    if is_html:
        old, new = plain(old), plain(new)
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    changes: list[Change] = []
    for verb, start, end, new_start, new_end in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if verb == "equal":
            changes.append(Change("same", "".join(before[start:end])))
            continue
        if start < end:
            changes.append(Change("deleted", "".join(before[start:end])))
        if new_start < new_end:
            changes.append(Change("inserted", "".join(after[new_start:new_end])))
    return changes

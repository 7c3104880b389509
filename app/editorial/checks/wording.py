"""Words: a title that search results would cut, and what the house does not write."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from app.editorial.checks.findings import Checked, Context, Finding, found
from app.editorial.checks.reading import Reading
from app.text.characters import length

TITLE_SOFT = 110  # characters as people count them; beyond this, search results cut the title

_WORD = re.compile(r"[^\W_]+")
_LONGEST_STEM = 30

House = dict[str, list[tuple[tuple[str, ...], bool, str]]]


def findings(text: Checked, context: Context, reading: Reading) -> Iterator[Finding]:
    """Yield what is too long, and the words of the house's list."""
    if (count := length(text.title)) > TITLE_SOFT:
        yield found("title-long", "title", text.title, n=count)
    if not context.house_words:
        return
    whole, stems = _listed(context.house_words)
    for passage in reading.passages:
        for piece, language in passage.spoken:
            if language == text.language:
                for words, instead in _found_in(piece, whole, stems):
                    rule = "word-instead" if instead else "word-avoided"
                    yield found(rule, passage.field, words, at=passage.at, suggestion=instead)


def _listed(words: Mapping[str, str]) -> tuple[House, House]:
    """Return the list by the first word of each entry, and the entries whose first word is a stem by that stem."""
    whole: House = defaultdict(list)
    stems: House = defaultdict(list)
    for wrong, right in words.items():
        is_stem = wrong.rstrip().endswith("*")
        parts = tuple(part.casefold() for part in _WORD.findall(wrong))
        if parts:
            (stems if is_stem and len(parts) == 1 else whole)[parts[0]].append((parts, is_stem, right))
    for entries in (*whole.values(), *stems.values()):
        entries.sort(key=lambda entry: -len(entry[0]))
    return whole, stems


def _found_in(text: str, whole: House, stems: House) -> Iterator[tuple[str, str]]:
    """Yield the words of the list that stand in ``text``, the longest where several do, and what to write instead."""
    spans = [match.span() for match in _WORD.finditer(text)]
    words = [text[start:end].casefold() for start, end in spans]
    at = 0
    while at < len(words):
        entries = whole.get(words[at], ())
        if stems:
            some = (
                stems.get(words[at][:size], ()) for size in range(1, min(len(words[at]), _LONGEST_STEM) + 1)
            )
            entries = [*entries, *(entry for each in some for entry in each)]
        for parts, is_stem, instead in entries:
            behind = at + len(parts)
            there = words[at:behind]
            if len(there) == len(parts) and (
                tuple(there) == parts
                or (is_stem and tuple(there[:-1]) == parts[:-1] and there[-1].startswith(parts[-1]))
            ):
                yield text[spans[at][0] : spans[behind - 1][1]], instead
                at = behind - 1
                break
        at += 1

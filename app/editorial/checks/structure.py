"""How a text is built: headings that lead somewhere, tables that can be understood, lists that are there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from app.editorial.checks.findings import Checked, Context, Finding, found
from app.editorial.checks.reading import Reading
from app.text.shaping import Block

_WORD = re.compile(r"[^\W_]")
_LIST_LIKE = frozenset({"ul", "ol", "blockquote", "table", "figure"})
# A quotation, or an item that was typed rather than made: "– one", "1. one", "a) one".
_TYPED = re.compile(r"\s*(?:[«“„\"‘'–—•·*-]|\(?(?:\d{1,3}|[^\W\d_])[.)]\s)")


def findings(text: Checked, context: Context, reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong with the build of the body, and of each answer."""
    yield from _headings(reading.blocks)
    yield from _blocks(reading.blocks, "body", None)
    for at, answer in enumerate(reading.answers):
        yield from _blocks(answer, "faq", at)


def _blocks(blocks: Sequence[Block], field: str, row: int | None) -> Iterator[Finding]:
    """Yield what is wrong with tables and announced lists; ``row`` is the question's, None in the body."""
    for number, block in enumerate(blocks):
        at = number if row is None else row
        if block.tag == "table" and not _has(block, "th"):
            yield found("table-header", field, _words(block), at=at)
        if block.tag == "p" and _words(block).rstrip().endswith(":"):
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            is_kept = following and (
                following.tag in _LIST_LIKE or (following.tag == "p" and _TYPED.match(_words(following)))
            )
            if not is_kept:
                yield found("list-missing", field, _words(block), at=at)


def _headings(blocks: Sequence[Block]) -> Iterator[Finding]:
    before = 1  # the page's own heading
    for at, block in enumerate(blocks):
        if block.tag not in {"h2", "h3"}:
            continue
        words, level = _words(block), int(block.tag[1])
        if not _WORD.search(words):
            yield found("heading-empty", "body", words, at=at)
        if level > before + 1:
            yield found("heading-order", "body", words, at=at)
        before = level
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if following is None or (following.tag in {"h2", "h3"} and int(following.tag[1]) <= level):
            yield found("heading-alone", "body", words, at=at)


def _has(block: Block, tag: str) -> bool:
    return block.tag == tag or any(_has(inner, tag) for inner in block.blocks)


def _words(block: Block) -> str:
    own = "".join(run.text for run in block.runs)
    return " ".join(filter(None, (own, *map(_words, block.blocks))))

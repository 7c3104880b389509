"""The words of a revision, passage by passage: a title, a paragraph, a caption, the text of a quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from app.editorial.checks.findings import Checked
from app.text.runs import Run, language_of
from app.text.shaping import Block, shaped


@dataclass(frozen=True)
class Passage:
    """A stretch of text without a block inside.

    ``field``, ``at`` and, in a row of a list, ``name`` say where it stands; ``tag`` is its element
    in the body or the answer. ``block`` is the block that holds the runs.
    """

    field: str
    runs: tuple[Run, ...]
    language: str
    at: int | None = None
    tag: str = ""
    name: str = ""
    block: Block | None = None

    @cached_property
    def text(self) -> str:
        """The text without its marks."""
        return "".join(run.text for run in self.runs)

    @cached_property
    def languages(self) -> list[str]:
        """The language of each run."""
        return [(language_of(run.marks, self.language) or "").partition("-")[0] for run in self.runs]

    @cached_property
    def spoken(self) -> list[tuple[str, str]]:
        """The text in pieces of one language each: (text, language)."""
        each = zip(self.runs, self.languages, strict=True)
        return [
            ("".join(run.text for run, _ in group), language)
            for language, group in groupby(each, key=lambda pair: pair[1])
        ]


@dataclass(frozen=True)
class Reading:
    """A revision as it was read: the outermost blocks of its body, and every passage as readers meet it.

    ``answers`` are the blocks of each answer of its questions.
    """

    blocks: list[Block]
    passages: list[Passage]
    answers: list[list[Block]]

    @cached_property
    def body(self) -> list[Passage]:
        """The passages of the body."""
        return [passage for passage in self.passages if passage.field == "body"]


def read(text: Checked) -> Reading:
    """Return ``text`` as it is read."""
    blocks, answers = shaped(text.body), [shaped(str(row.get("answer") or "")) for row in text.faq]
    return Reading(blocks, [passage for passage in _all(text, blocks, answers) if passage.text], answers)


def _all(text: Checked, blocks: Sequence[Block], answers: Sequence[Sequence[Block]]) -> Iterator[Passage]:
    for name in ("title", "lead", "place"):
        yield _plain(name, getattr(text, name), text.language)
    for at, block in enumerate(blocks):
        yield from _in_block(block, text.language, at, block.tag)
    for field, rows, names in (
        ("quotes", text.quotes, ("text", "speaker", "function")),
        ("pictures", text.pictures, ("alt", "caption")),
        ("links", text.links, ("title",)),
    ):
        for at, row in enumerate(rows):
            for name in names:
                # A link's own language is that of the page it leads to; its title is ours.
                yield _plain(field, row.get(name), text.language, at, name)
    for at, (row, answer) in enumerate(zip(text.faq, answers, strict=True)):
        yield _plain("faq", row.get("question"), text.language, at, "question")
        for block in answer:
            yield from _in_block(block, text.language, at, block.tag, "faq")


def _plain(field: str, text: object, language: str, at: int | None = None, name: str = "") -> Passage:
    return Passage(field, (Run(str(text or "")),), language, at, name=name)


def _in_block(block: Block, language: str, at: int, tag: str, field: str = "body") -> Iterator[Passage]:
    language = block.attributes.get("lang", language)
    if block.runs:
        yield Passage(field, tuple(block.runs), language, at, tag, block=block)
    for inner in block.blocks:
        yield from _in_block(inner, language, at, block.tag if inner.tag == "p" else inner.tag, field)

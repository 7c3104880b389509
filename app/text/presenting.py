"""A stored text dressed for readers: what the canonical form leaves out because it follows from the rest."""

from __future__ import annotations

from collections.abc import Sequence

from app.text.allowed import is_elsewhere
from app.text.plaintext import on_one_line, text_of
from app.text.runs import Run
from app.text.shaping import Block
from app.text.slugs import slug


class Presenter:
    """Makes stored blocks into what readers get; one for each text, since its ids and labels are told apart."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {}
        self.labels: dict[str, int] = {}
        self.heading = ""

    def shown(self, blocks: Sequence[Block]) -> list[Block]:
        """Return ``blocks`` (which are changed) dressed for readers."""
        return [self._block(block) for block in blocks]

    def _block(self, block: Block) -> Block:
        block.runs = [_linked(run) for run in block.runs]
        block.blocks = self.shown(block.blocks)
        if block.tag in {"h2", "h3"}:
            self.heading = text_of(block)
            name = f"s-{slug(self.heading) or 'section'}"
            block.attributes = {"id": _unlike(self.ids, name, "{}-{}"), **block.attributes}
        elif block.tag == "img":
            block.attributes = {"alt": "", **block.attributes, "loading": "lazy", "decoding": "async"}
        elif block.tag == "table":
            return self._table(block)
        return block

    def _table(self, table: Block) -> Block:
        *caption, body = table.blocks
        rows = body.blocks
        heads = 0
        while heads < len(rows) and all(cell.tag == "th" for cell in rows[heads].blocks):
            heads += 1
        if heads == len(rows):
            heads = min(heads, 1)
        if any(at + _height(cell) > heads for at, row in enumerate(rows[:heads]) for cell in row.blocks):
            heads = 0  # a header that reaches down into the table: no group of rows may end there
        for at, row in enumerate(rows):
            for column, cell in enumerate(row.blocks):
                if cell.tag == "th" and (at < heads or column == 0):
                    cell.attributes.setdefault("scope", "col" if at < heads else "row")
        groups = [Block("thead", blocks=rows[:heads])] if heads else []
        groups += [Block("tbody", blocks=rows[heads:])] if heads < len(rows) else []
        table.blocks = [*caption, *groups]
        words = [*map(text_of, caption), self.heading, text_of(rows[0]).replace(" | ", ", ")]
        label = _unlike(self.labels, next(filter(None, map(on_one_line, words)), "–"), "{} ({})")
        region = {"class": "table-region", "role": "region", "tabindex": "0", "aria-label": label}
        return Block("div", region, [table])


def _height(cell: Block) -> int:
    return int(cell.attributes.get("rowspan", 1))


def _unlike(taken: dict[str, int], name: str, pattern: str) -> str:
    """Return ``name``, or what ``pattern`` makes of it and a number, so that it is not yet ``taken``."""
    found = name
    while found in taken:
        taken[name] += 1
        found = pattern.format(name, taken[name])
    taken[found] = 1
    return found


def _linked(run: Run) -> Run:
    rel = ("rel", "noopener noreferrer")
    return Run(
        run.text,
        tuple(
            (tag, (*given, rel)) if tag == "a" and is_elsewhere(dict(given)["href"]) else (tag, given)
            for tag, given in run.marks
        ),
    )

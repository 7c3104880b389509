"""The canonical form of a text: which block may stand where, and how it is written.

The schema, with the editor's words:

    doc         (p | h2 | h3 | ul | ol | blockquote | table | figure)+
    blockquote  (p | ul | ol)+
    li          (p | ul | ol)+
    table       caption? tbody(tr((th | td)+)+)        caption: text without marks
    th, td      (p | ul | ol)*
    figure      img figcaption?
    p, h2, h3, figcaption        (text | br)+, with marks

What stands where it may not is moved as little as possible: headings in quotes, items and cells
are paragraphs there; tables and figures in them follow the block that they stood in; a table in a
cell becomes a paragraph for each of its rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from app.text.allowed import ALLOWED, MARKS, VOID, attributes
from app.text.elements import Element, Node, parse
from app.text.runs import BREAK, Mark, Run, marked, same_language, settled, start_tag, written

_LISTS = frozenset({"ul", "ol"})
_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_CELLS = frozenset({"th", "td"})
_BARE = _CELLS | {"li"}
_OF_FIGURES = frozenset({"img", "figcaption"})

Marks = tuple[Mark, ...]


@dataclass(slots=True)
class Block:
    """A block of the canonical form: with ``blocks`` in it, or with ``runs`` of text."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)


def shaped(html: str, language: str | None = None) -> list[Block]:
    """Return the blocks of ``html``.

    With a ``language`` its typography is put right, and what says that a part is in this very
    language is left out.
    """
    flow = _Flow(language, puts_right=language is not None, place="doc", lifted=[])
    return flow.blocks(parse(html).children)


class _Flow:
    """Reads nodes into blocks.

    ``place``: "doc", "inside" (of a quote or an item) or "cell". ``lifted`` collects the tables and
    figures that may not stand there; the flow of the whole text puts them behind the block.
    """

    def __init__(self, spoken: str | None, *, puts_right: bool, place: str, lifted: list[Block]) -> None:
        self.spoken = spoken
        self.puts_right = puts_right
        self.place = place
        self.lifted = lifted
        self.found: list[Block] = []
        self.runs: list[Run] = []
        self.paragraph: dict[str, str] = {}

    def blocks(self, nodes: Sequence[Node], marks: Marks = ()) -> list[Block]:
        """Return ``nodes`` as blocks; text between blocks makes paragraphs."""
        self._read(nodes, marks)
        self._end_paragraph()
        return self.found

    def _read(self, nodes: Sequence[Node], marks: Marks) -> None:
        for node in _with_lists(nodes):
            if isinstance(node, str):
                self.runs.append(Run(node.replace(BREAK, " "), marks))
            elif node.tag == "br":
                self.runs.append(Run(BREAK))
            elif node.tag in MARKS:
                spoken = self.paragraph.get("lang", self.spoken)
                self._read(node.children, marked(marks, node.tag, node.given, spoken))
            elif node.tag == "img" and not _is_ours(node):
                self.runs.append(Run(" ", marks))
            else:
                self._end_paragraph()
                self._block(node, marks)
                if self.place == "doc":
                    self.found += self.lifted
                    self.lifted.clear()

    def _block(self, node: Element, marks: Marks) -> None:
        if self.paragraph:  # what is around goes: what it says of its language and direction stays
            node = Element(node.tag, {**self.paragraph, **node.given}, node.children)
        tag = node.tag
        if tag in _LISTS:
            self._list(node, marks)
        elif tag == "table":
            self._table(node, marks)
        elif tag == "img":
            self._figure(node, [], {})
        elif tag == "figure" and any(map(_is_ours, node.within("img"))):
            self._figures(node, marks)
        elif tag in {"h2", "h3"} and self.place == "doc":
            given, spoken = self._attributes(node, self.spoken)
            self._add(Block(tag, given, runs=self._text(node.children, marks, spoken)))
            for picture in filter(_is_ours, node.within("img")):
                self._figure(picture, [], {})
        elif tag == "blockquote" and self.place == "doc":
            given, spoken = self._attributes(node, self.spoken)
            self._add(Block(tag, given, self._inside("inside", spoken).blocks(node.children, marks)))
        else:
            self._paragraph(node, marks)

    def _add(self, block: Block) -> None:
        if block.blocks or block.runs:
            self.found.append(block)

    def _inside(self, place: str, spoken: str | None) -> _Flow:
        return _Flow(spoken, puts_right=self.puts_right, place=place, lifted=self.lifted)

    def _attributes(self, node: Element, spoken: str | None) -> tuple[dict[str, str], str | None]:
        """Return the attributes that ``node`` keeps where ``spoken`` is spoken, and what is spoken in it."""
        given = attributes(node.tag, node.given) if node.tag in ALLOWED else {}
        if same_language(given.get("lang"), spoken):
            given.pop("lang", None)
        return given, given.get("lang", spoken)

    def _text(self, nodes: Sequence[Node], marks: Marks, spoken: str | None) -> list[Run]:
        """Return ``nodes`` as one text, blocks among them only kept apart by a space."""
        return settled(_flat(nodes, marks, spoken), spoken, puts_right=self.puts_right)

    def _paragraph(self, node: Element, marks: Marks) -> None:
        """Read a paragraph, or what is one here; blocks in it, if any, come between its parts."""
        before = self.paragraph
        given, _spoken = self._attributes(node, self.spoken)
        self.paragraph = {name: given[name] for name in ("lang", "dir") if name in given}
        self._read(node.children, marks)
        self._end_paragraph()
        self.paragraph = before

    def _end_paragraph(self) -> None:
        if self.runs:
            runs = settled(self.runs, self.paragraph.get("lang", self.spoken), puts_right=self.puts_right)
            self.runs = []
            self._add(Block("p", dict(self.paragraph), runs=runs))

    def _list(self, node: Element, marks: Marks) -> None:
        """Read a list. A list right in it belongs to the item before; other things there get an item."""
        given, spoken = self._attributes(node, self.spoken)
        place = "cell" if self.place == "cell" else "inside"
        items: list[Block] = []
        for child in node.children:
            is_item = isinstance(child, Element) and child.tag == "li"
            own, spoken_here = self._attributes(child, spoken) if is_item else ({}, spoken)  # type: ignore[arg-type]
            blocks = self._inside(place, spoken_here).blocks(child.children if is_item else [child], marks)  # type: ignore[union-attr]
            if not is_item and items and blocks and blocks[0].tag in _LISTS:
                items[-1].blocks += blocks
            elif blocks:
                items.append(Block("li", own, blocks))
        self._add(Block(node.tag, given, items))

    def _table(self, node: Element, marks: Marks) -> None:
        given, spoken = self._attributes(node, self.spoken)
        caption = [
            Run(" " if run.text == BREAK else run.text) for run in self._text(_captions(node), (), spoken)
        ]
        caption = settled(caption, spoken, puts_right=False)
        rows = [row for row in self._rows(node, spoken, marks) if row.blocks]
        if not rows or self.place == "cell":
            self._add(Block("p", runs=caption))
            for row in rows:
                self._add(Block("p", runs=settled(_joined_cells(row), spoken, puts_right=False)))
            return
        blocks = [Block("caption", runs=caption)] if caption else []
        table = Block("table", given, [*blocks, Block("tbody", blocks=_filled(rows))])
        (self.found if self.place == "doc" else self.lifted).append(table)

    def _rows(
        self, node: Element, spoken: str | None, marks: Marks, *, are_heads: bool = False
    ) -> Iterator[Block]:
        """Yield the rows of a table; the cells of its head are headers."""
        for child in node.children:
            if isinstance(child, str):
                continue
            if child.tag in _GROUPS:
                yield from self._rows(child, spoken, marks, are_heads=child.tag == "thead")
            elif child.tag == "tr":
                given, spoken_here = self._attributes(child, spoken)
                cells = [cell for cell in child.children if isinstance(cell, Element) and cell.tag in _CELLS]
                yield Block(
                    "tr", given, [self._cell(cell, spoken_here, marks, is_head=are_heads) for cell in cells]
                )

    def _cell(self, node: Element, spoken: str | None, marks: Marks, *, is_head: bool) -> Block:
        tag = "th" if is_head else node.tag
        given, spoken = self._attributes(Element(tag, node.given), spoken)
        return Block(tag, given, self._inside("cell", spoken).blocks(node.children, marks))

    def _figures(self, node: Element, marks: Marks) -> None:
        """Read a figure: a block for each picture of ours in it, the last with the caption."""
        given, spoken = self._attributes(node, self.spoken)
        *pictures, last = filter(_is_ours, node.within("img"))
        for picture in pictures:
            self._figure(picture, [], given)
        self._figure(last, self._text(list(node.within("figcaption")), marks, spoken), given)
        self._read(
            [child for child in node.children if isinstance(child, str) or child.tag not in _OF_FIGURES],
            marks,
        )

    def _figure(self, picture: Element, caption: list[Run], given: dict[str, str]) -> None:
        blocks = [Block("img", attributes("img", picture.given))]
        if caption:
            blocks.append(Block("figcaption", runs=caption))
        (self.found if self.place == "doc" else self.lifted).append(Block("figure", dict(given), blocks))


def _is_ours(picture: Element) -> bool:
    return "src" in attributes("img", picture.given)


def _captions(table: Element) -> list[Node]:
    return [child for child in table.children if isinstance(child, Element) and child.tag == "caption"]


def _with_lists(nodes: Sequence[Node]) -> Iterator[Node]:
    """Put items that stand outside of a list into one, neighbours together."""
    loose: Element | None = None
    for node in nodes:
        if isinstance(node, Element) and node.tag == "li":
            if loose is None:
                loose = Element("ul")
            loose.children.append(node)
        elif loose is None or not (isinstance(node, str) and not node.strip()):
            if loose is not None:
                yield loose
                loose = None
            yield node
    if loose is not None:
        yield loose


def _flat(nodes: Iterable[Node], marks: Marks, spoken: str | None) -> Iterator[Run]:
    for node in nodes:
        if isinstance(node, str):
            yield Run(node.replace(BREAK, " "), marks)
        elif node.tag == "br":
            yield Run(BREAK)
        elif node.tag in MARKS:
            yield from _flat(node.children, marked(marks, node.tag, node.given, spoken), spoken)
        else:
            yield Run(" ", marks)
            yield from _flat(node.children, marks, spoken)
            yield Run(" ", marks)


def _joined_cells(block: Block) -> Iterator[Run]:
    """Yield all the text in ``block`` as one, with a space between any two of its parts."""
    yield from block.runs
    for inner in block.blocks:
        yield Run(" ")
        yield from _joined_cells(inner)


def _filled(rows: list[Block]) -> list[Block]:
    """Return ``rows`` as the editor puts them right: no cell reaches below the last, and none is too short.

    Short ones get empty cells, unless that would more than double the table: a slip in one
    ``colspan`` is no reason.
    """
    ends = [0] * len(rows)
    for at, row in enumerate(rows):
        for cell in row.blocks:
            columns = int(cell.attributes.get("colspan", 1))
            height = min(len(rows) - at, int(cell.attributes.get("rowspan", 1)))
            if height > 1:
                cell.attributes["rowspan"] = str(height)
            else:
                cell.attributes.pop("rowspan", None)
            for below in range(at, at + height):
                ends[below] += columns
    missing = [max(ends) - end for end in ends]
    if 0 < sum(missing) <= max(20, sum(len(row.blocks) for row in rows)):
        for row, count in zip(rows, missing, strict=True):
            row.blocks += [Block(row.blocks[-1].tag) for _ in range(count)]
    return rows


def html_of(blocks: Iterable[Block]) -> str:
    """Return ``blocks`` as HTML."""
    return "".join(map(_html, blocks))


def _html(block: Block) -> str:
    start = start_tag(block.tag, block.attributes)
    if block.tag in VOID:
        return start
    inner = written(block.runs)
    blocks = block.blocks
    if _has_bare_text(block):
        inner, blocks = written(blocks[0].runs), blocks[1:]
    return f"{start}{inner}{html_of(blocks)}</{block.tag}>"


def _has_bare_text(block: Block) -> bool:
    """Return whether the text of an item or cell goes without a paragraph: its only one, and the first thing in it."""
    if block.tag not in _BARE or not block.blocks or block.blocks[0].tag != "p" or block.blocks[0].attributes:
        return False
    return not any(inner.tag == "p" for inner in block.blocks[1:])

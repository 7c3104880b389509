"""Blocks as plain text, for mails, counts and descriptions."""

from __future__ import annotations

import re

from app.text.shaping import Block


def text_of(block: Block, mark: str = "") -> str:
    """Return the text of ``block``; ``mark`` stands before its first line, and the others are set in by its width."""
    if block.tag in {"ul", "ol"}:
        first = int(block.attributes.get("start", 1))
        marks = [f"{first + at}. " if block.tag == "ol" else "– " for at in range(len(block.blocks))]
        return "\n".join(text_of(item, sign) for sign, item in zip(marks, block.blocks, strict=True))
    if block.tag == "li":
        text = "\n".join(filter(None, map(text_of, block.blocks)))
        return mark + text.replace("\n", "\n" + " " * len(mark))
    if block.tag == "tr":
        return " | ".join(on_one_line(" ".join(map(text_of, cell.blocks))) for cell in block.blocks).rstrip()
    if block.blocks:
        gap = "\n" if block.tag in {"table", "tbody"} else "\n\n"
        return gap.join(filter(None, map(text_of, block.blocks)))
    return "".join(run.text for run in block.runs)


def on_one_line(text: str) -> str:
    """Return ``text`` with a space for each line end."""
    return re.sub("[ \n]+", " ", text).strip()

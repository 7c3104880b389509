"""The lists of word processors: paragraphs that look like items, made items of real lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from app.text.scanning import Token

_LEVEL = re.compile(r"mso-list:\s*l\d+\s+level([1-9])", re.I)
_CLASS = re.compile(r"MsoList(Paragraph|Bullet|Number)([2-5]?)", re.I)
_BULLETS = "·•▪◦●○■□§‣➢➤✓\uf0b7\uf0a7o–—-"
_MARK = re.compile(
    rf"[\s\u00a0]*(?:(?P<bullet>[{_BULLETS}])|\(?(?P<number>[0-9]{{1,3}}|[a-z]|[ivxl]{{2,6}})[.)])(?:[\s\u00a0]+|$)",
    re.I,
)
# A mark among the words themselves: with the no-break spaces that Word sets behind it, and no letter,
# since "A. Dupont" in an indented paragraph is a name.
_TYPED_MARK = re.compile(
    rf"[\s\u00a0]*(?:(?P<bullet>[{_BULLETS}])|\(?(?P<number>[0-9]{{1,3}})[.)])(?:\u00a0[\s\u00a0]*|$)"
)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_LOOK_AHEAD = 16  # tokens between a paragraph's start and the mark of its item, at most


class Mark(NamedTuple):
    """What makes a paragraph an item: the level of its list, the list's element, the number it begins with.

    ``is_typed``: the mark is among the item's text, and has to be taken off it.
    """

    level: int
    tag: str
    start: int
    is_typed: bool


def list_mark(tokens: Sequence[Token], at: int) -> Mark | None:
    """Return what makes an item of the paragraph that starts at ``at``, or None when it is none."""
    attributes = tokens[at].attributes
    by_style = _LEVEL.search(attributes.get("style", ""))
    by_class = _CLASS.search(attributes.get("class", ""))
    if not by_style and not by_class:
        return None
    level = int(by_style[1]) if by_style else int(by_class[2] or 1)  # type: ignore[index]
    text, is_apart = _beginning(tokens, at)
    mark = (_MARK if is_apart else _TYPED_MARK).match(text)
    if mark is None and not is_apart:
        if by_class and by_class[1].lower() != "paragraph":
            return Mark(level, "ol" if by_class[1].lower() == "number" else "ul", 1, is_typed=False)
        return None
    number = mark["number"] if mark else None
    return Mark(level, "ol" if number else "ul", _counted(number or "1"), is_typed=not is_apart)


def _counted(number: str) -> int:
    """Return the number that "3", "c" or "iii" is as the mark of an item."""
    number = number.lower()
    if number.isdigit():
        return int(number)
    if not set(number) <= set(_ROMAN):
        return ord(number) - ord("a") + 1 if len(number) == 1 else 1
    values = [_ROMAN[letter] for letter in number]
    return sum(-one if one < max(values[at:]) else one for at, one in enumerate(values))


def _beginning(tokens: Sequence[Token], at: int) -> tuple[str, bool]:
    """Return the text that the paragraph begins with, and whether it stands in an element of its own for marks."""
    text, is_apart = "", False
    for token in tokens[at + 1 : at + 1 + _LOOK_AHEAD]:
        if token.kind == "text":
            text += token.text
            if text.strip():
                break
        elif token.kind == "start" and "mso-list:ignore" in token.attributes.get("style", "").lower().replace(
            " ", ""
        ):
            is_apart = True
        elif token.name in {"p", "div"}:
            break
    return text, is_apart


class ListMaker:
    """Writes items to ``out``, opening and closing the lists around them."""

    def __init__(self, out: list[str]) -> None:
        self.out = out
        self.open: list[tuple[int, str]] = []
        self.is_in_item = False
        self.has_mark_to_take_off = False

    @property
    def is_waiting(self) -> bool:
        """Whether a list is open and its last item is over: anything but an item ends it."""
        return bool(self.open) and not self.is_in_item

    def item(self, mark: Mark) -> None:
        """Start an item, in the list of its level."""
        while self.open and self.open[-1][0] > mark.level:
            self._close()
        if self.open and self.open[-1] == (mark.level, mark.tag):
            self.out.append("</li><li>")
        else:
            if self.open and self.open[-1][0] == mark.level:
                self._close()
            start = f' start="{mark.start}"' if mark.tag == "ol" and mark.start > 1 else ""
            self.out.append(f"<{mark.tag}{start}><li>")
            self.open.append((mark.level, mark.tag))
        self.is_in_item = True
        self.has_mark_to_take_off = mark.is_typed

    def without_mark(self, text: str) -> str:
        """Return a text of the paragraph without the mark that was typed before its first word."""
        if not self.has_mark_to_take_off or not text.strip():
            return text
        self.has_mark_to_take_off = False
        return _TYPED_MARK.sub("", text, count=1)

    def finish(self) -> None:
        """Close every list that waits for another item."""
        if self.is_waiting:
            while self.open:
                self._close()

    def _close(self) -> None:
        self.out.append(f"</li></{self.open.pop()[1]}>")

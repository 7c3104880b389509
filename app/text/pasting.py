"""What people paste: the elements of word processors, mails and web pages, turned into the few that we know.

Works on tokens and answers HTML for the sanitisers, which repair what is badly nested. Two rules:
words that a reader saw apart stay apart, and what a reader did not see (tracked deletions,
comments, hidden parts, scripts) goes with its content.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape

from app.text.allowed import ALLOWED
from app.text.lists import ListMaker, list_mark
from app.text.scanning import VOID, Token

_RENAMED = {
    "h1": "h2",
    **dict.fromkeys(("h4", "h5", "h6"), "h3"),
    **dict.fromkeys(("dir", "menu"), "ul"),
    "tfoot": "tbody",
    "b": "strong",
    "i": "em",
}
_WRAPPERS = frozenset(
    """address article aside center dd details dialog div dl dt fieldset footer form header hgroup legend
    listing main marquee nav pre search section summary""".split()
)
# Inline elements that go without a trace: a reader saw no gap between them and what surrounds them.
_SEAMLESS = frozenset(
    """abbr acronym bdo big blink body cite code data dfn font html ins kbd label mark nobr output rb ruby s
    samp slot small strike time tt u var wbr""".split()
)
# Gone with what stands in them. <del>: tracked changes count as accepted.
_UNSEEN = frozenset(
    "applet audio button canvas datalist del math object portal select svg template video xml".split()
)
_FOREIGN = frozenset({"svg", "math"})
# In browsers a start tag of these ends svg and math, closed or not.
_BREAKOUT = frozenset(
    """b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing
    menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var""".split()
)
_OF_TABLES = frozenset({"caption", "thead", "tbody", "tr", "th", "td"})
_TEXT_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "li", "th", "td")
_HEADINGS = _TEXT_BLOCKS[1:7]
_INLINE = frozenset({"a", "span", "bdi", "strong", "em", "sup", "sub"})
_BARE = frozenset({"strong", "em", "sup", "sub"})
_BOUNDARY = "<p></p>"  # ends a paragraph that is open; shaping drops it, like every empty one
_ITEM = ""  # what a list paragraph's end tag writes

_HIDDEN = re.compile("display:none|visibility:hidden|mso-hide:all|mso-element:comment")
_BOLD = re.compile("(?<![a-z-])font-weight:(?:bold|[6-9]00)")
_LIGHT = re.compile("(?<![a-z-])font-weight:(?:normal|[1-5]00)")
_SLANTED = re.compile("(?<![a-z-])font-style:(?:italic|oblique)")
_UPRIGHT = re.compile("(?<![a-z-])font-style:normal")
_SHIFTED = re.compile("vertical-align:(super|sub)(?![a-z])")
_OFFICE = re.compile(r"mso-|^mso|\smso", re.I)


def tidied(tokens: Sequence[Token]) -> str:
    """Return ``tokens`` as HTML of the elements that we know, the rest renamed or taken out."""
    return _Tidier(tokens).run()


class _Tidier:
    """One pass over the tokens. Each start tag notes what its end tag will have to write."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.ends = _ends(tokens)
        self.out: list[str] = []
        self.pending: dict[str, list[str]] = {}
        self.lists = ListMaker(self.out)
        # Languages and directions that the wrappers around name: these go, what they say stays.
        self.spoken: list[tuple[str, dict[str, str]]] = []
        # Word marks every run with the language that its spelling was checked in, often a wrong one.
        self.is_office = any(_OFFICE.search(value) for token in tokens for value in _looks(token))

    def run(self) -> str:
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind == "start":
                at = self._start(token, at)
                continue
            if token.kind == "text":
                self._text(token.text)
            elif token.kind == "end":
                self._end(token.name)
            at += 1
        self.lists.is_in_item = False
        self.lists.finish()
        return "".join(self.out)

    def _text(self, text: str) -> None:
        if text.strip():
            self.lists.finish()
        text = escape(self.lists.without_mark(text), quote=False)
        self.out.append(text.replace("\n", "<br>") if self.pending.get("pre") else text)

    def _start(self, token: Token, at: int) -> int:
        """Write what the start tag at ``at`` becomes; return where to go on."""
        if (end := self._end_of_unseen(token, at)) is not None:
            self.out.append(" ")
            return end
        name = _RENAMED.get(token.name, token.name)
        if token.name in {"p", "div"} and (mark := list_mark(self.tokens, at)):
            self.lists.item(mark)
            self._write(token.name, "", _ITEM)
        elif name in _SEAMLESS or name in _INLINE or ":" in name:
            self._inline(name if name in _INLINE else "", token)
        elif name == "br":
            self._break()
        elif name == "q":
            self._write(token.name, '"', '"')
        else:
            self._block_or_gap(name, token)
        return at + 1

    def _block_or_gap(self, name: str, token: Token) -> None:
        if name in ALLOWED or name in _WRAPPERS or name == "hr":
            self.lists.is_in_item = self.lists.is_in_item and name == "img"
            self.lists.finish()
        if name in _OF_TABLES and not self.pending.get("table"):
            # A cell or row without its table: browsers ignore the tag and glue the words.
            gap = " " if name in {"th", "td"} else _BOUNDARY
            self._write(token.name, gap, gap)
        elif name == "img":
            self.out.append(_tag(name, token.attributes))
        elif name == "hr":
            self.out.append(_BOUNDARY)
        elif name in ALLOWED or name in _WRAPPERS:
            self._block(name if name in ALLOWED else "p", token)
        elif token.name in VOID:
            self.out.append(" ")
        else:
            self._write(token.name, " ", " ")

    def _block(self, name: str, token: Token) -> None:
        """Start a block, in the language and direction that it or the nearest block around it names."""
        around = self.spoken[-1][1] if self.spoken else {}
        own = {key: value for key in ("lang", "dir") if (value := self._given(token).get(key))}
        if name not in {"p", "li"} or token.name in _WRAPPERS:
            # A block that stays says it itself for all that it holds.
            self.spoken.append((token.name, around | own if token.name in _WRAPPERS else {}))
        self._write(token.name, _tag(name, {**self._given(token), **around, **own}), f"</{name}>")

    def _inline(self, name: str, token: Token) -> None:
        """Start the inline element ``name`` (none when it is empty), and those that its style asks for."""
        style = _style(token)
        names = [name] if name else []
        if (name == "strong" and _LIGHT.search(style)) or (name == "em" and _UPRIGHT.search(style)):
            names = []  # Google Docs wraps all it copies into <b style="font-weight:normal">
        if name == "span" and not self._given(token).keys() & {"lang", "dir"}:
            names = []
        if _BOLD.search(style) and not any(self.pending.get(heading) for heading in _HEADINGS):
            names.append("strong")
        if _SLANTED.search(style):
            names.append("em")
        if shift := _SHIFTED.search(style):
            names.append({"super": "sup", "sub": "sub"}[shift[1]])
        before = "".join(f"<{one}>" if one in _BARE else _tag(one, self._given(token)) for one in names)
        after = "".join(f"</{one}>" for one in reversed(names))
        if token.name in VOID:
            return
        self._write(token.name, before, after)

    def _break(self) -> None:
        """Two breaks in a row in a text without paragraphs are the end of one."""
        is_bare = not any(self.pending.get(name) for name in _TEXT_BLOCKS)
        before = next((piece for piece in reversed(self.out[-3:]) if piece.strip()), "")
        self.out.append(_BOUNDARY if is_bare and before == "<br>" else "<br>")

    def _end_of_unseen(self, token: Token, at: int) -> int | None:
        """Return the index behind an element that readers did not see, or None when they saw it."""
        style = _style(token)
        is_mark = "mso-list:ignore" in style and not any(self.pending.get(heading) for heading in _HEADINGS)
        is_hidden = is_mark or _HIDDEN.search(style) or "hidden" in token.attributes
        is_comment = "msocomment" in token.attributes.get("class", "").lower()
        if token.name not in _UNSEEN and not is_hidden and not is_comment:
            return None
        end = self.ends.get(at)
        if end is None:
            return at + 1 if token.name in _UNSEEN else None
        if token.name in _FOREIGN:
            for inside in range(at + 1, end):
                if self.tokens[inside].kind == "start" and self.tokens[inside].name in _BREAKOUT:
                    return inside
        return end + 1

    def _end(self, name: str) -> None:
        if name == "p" and not self.pending.get("p"):
            self.out.append(_BOUNDARY)  # an end tag alone still ended a paragraph
            return
        if name in _OF_TABLES and not self.pending.get(name) and not self.pending.get("table"):
            self.out.append(" ")
            return
        if not self.pending.get(name):
            return
        after = self.pending[name].pop()
        if name in {"p", "div"} and after == _ITEM:
            self.lists.is_in_item = False
            return
        if after.strip():
            self.lists.finish()
        self.out.append(after)
        if any(open_name == name for open_name, _ in self.spoken[-8:]):
            while self.spoken.pop()[0] != name:
                pass

    def _write(self, name: str, before: str, after: str) -> None:
        self.out.append(before)
        self.pending.setdefault(name, []).append(after)

    def _given(self, token: Token) -> Mapping[str, str]:
        if not self.is_office or "lang" not in token.attributes:
            return token.attributes
        return {key: value for key, value in token.attributes.items() if key != "lang"}


def _looks(token: Token) -> tuple[str, str]:
    return token.attributes.get("class", ""), token.attributes.get("style", "")


def _style(token: Token) -> str:
    style = token.attributes.get("style", "")
    return re.sub(r"\s+", "", style).lower() if style else ""


def _tag(name: str, given: Mapping[str, str]) -> str:
    """Return a start tag with the attributes that ``name`` may have, whatever their values."""
    written = [f' {key}="{escape(given[key])}"' for key in ALLOWED[name] if key in given]
    return f"<{name}{''.join(written)}>"


def _ends(tokens: Sequence[Token]) -> dict[int, int]:
    """Return for each start tag with an end tag of its own where that stands."""
    opened: dict[str, list[int]] = {}
    ends = {}
    for at, token in enumerate(tokens):
        if token.kind == "start" and token.name not in VOID:
            opened.setdefault(token.name, []).append(at)
        elif token.kind == "end" and opened.get(token.name):
            ends[opened[token.name].pop()] = at
    return ends

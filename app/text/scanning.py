"""HTML cut into tags and texts, in one pass whose time grows with the length and nothing else.

Not a parser: nothing is repaired and nothing is trusted. It is here because what we must know
before the sanitisers work (how deep, how many attributes) and what they throw away (which class a
word processor gave a paragraph) cannot be asked of them.

Where browsers would swallow the rest of a text because a comment, a tag or a script is never
closed, only the mark that opened it is lost here: an author's slip must not eat a page. And
``<press@example.org>`` or ``<see annex>`` is text, as its author meant it: no such elements exist
(an unknown name with a value behind it, ``<gadget size=2>``, is taken for markup).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from types import MappingProxyType
from typing import NamedTuple

VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
# What stands in these is no text of the page, whatever it looks like.
UNREAD = frozenset("script style title textarea xmp iframe noembed noframes noscript".split())
HTML = VOID | UNREAD | frozenset(
    """a abbr acronym address applet article aside audio b bdi bdo big blink blockquote body button canvas
    caption center cite code colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset
    figcaption figure font footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html i ins kbd label
    legend li listing main map mark marquee math menu menuitem meter nav nobr object ol optgroup option
    output p picture plaintext portal pre progress q rb rp rt rtc ruby s samp search section select slot
    small spacer span strike strong sub summary sup svg table tbody td template tfoot th thead time tr tt
    u ul var video xml""".split()
)  # fmt: skip
_EXTENSION = re.compile(r"[a-z][a-z0-9]*[:-][a-z][a-z0-9.:_-]*")  # o:p, v:shape, my-widget

_WORD = re.compile(r"[a-z][a-z0-9._-]*+")

_NAME = re.compile(r"[A-Za-z][^\t\n\f\r />]*+")
_GAP = re.compile(r"[\t\n\f\r /]*+")
_SPACE = re.compile(r"[\t\n\f\r ]*+")
_ATTRIBUTE = re.compile(r"=?[^\t\n\f\r />=]*+")
_BARE = re.compile(r"[^\t\n\f\r >]*+")
_SLIP = re.compile("[^<>]*+>")
_PAIR = re.compile(r"""([^\s/>="']++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"']++)""")
_COMMENT_END = re.compile("--!?>")
_HUGE_REFERENCE = re.compile("&#(?:[0-9]{9,}|[xX][0-9a-fA-F]{9,});?")
_REFERENCE = re.compile("&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,8};?|[A-Za-z][A-Za-z0-9]{1,31};)")


class Token(NamedTuple):
    """A piece of HTML. ``kind``: "text", "start", "end", or "left out" (a comment, a script).

    ``attributes`` has the first value of each name; ``how_many`` counts them with their doubles.
    """

    kind: str
    name: str = ""
    text: str = ""
    attributes: Mapping[str, str] = MappingProxyType({})
    how_many: int = 0


def scan(html: str) -> Iterator[Token]:
    """Yield the tokens of ``html``. Texts and values have their references (``&amp;``) resolved."""
    reader = _Reader(html)
    text: list[str] = []
    for token in reader.read():
        if token.kind == "text":
            text.append(token.text)
            continue
        if text:
            yield Token("text", text=resolved("".join(text)))
            text.clear()
        yield token
    if text:
        yield Token("text", text=resolved("".join(text)))


def resolved(text: str) -> str:
    """Return ``text`` with its character references resolved."""
    # A number of thousands of digits is refused by int() with an error of its own.
    return unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text


def _resolved_value(value: str) -> str:
    """Resolve references as inside attributes, where "?a=1&copy=2" holds none."""
    if "&" not in value:
        return value
    return _REFERENCE.sub(lambda match: unescape(match[0]), _HUGE_REFERENCE.sub("\ufffd", value))


class _Reader:
    """Goes through ``html`` once.

    ``lost``: what was looked for in vain, and is not looked for again. ``met``: unknown elements so far.
    """

    def __init__(self, html: str) -> None:
        self.html = html
        self.lower = ""  # made when the first script has to be closed
        self.lost: set[str] = set()
        self.met: set[str] = set()

    def read(self) -> Iterator[Token]:
        html, at = self.html, 0
        while (sign := html.find("<", at)) >= 0:
            if sign > at:
                yield Token("text", text=html[at:sign])
            token, at = self._markup(sign)
            yield token
            if token.kind == "start" and token.name in UNREAD:
                yield Token("left out", token.name)
                at = self._behind_unread(token.name, at)
        if at < len(html):
            yield Token("text", text=html[at:])

    def _markup(self, sign: int) -> tuple[Token, int]:
        """Return what begins at the "<" at ``sign``, and where it ends."""
        html = self.html
        following = html[sign + 1 : sign + 2]
        if following in {"!", "?"}:
            if (behind := self._behind_declaration(sign)) is not None:
                return Token("left out"), behind
        elif following == "/":
            if (written := _NAME.match(html, sign + 2)) and self._is_element(name := written[0].lower()):
                end = self._find(">", written.end())
                if end is not None:
                    return Token("end", name), end + 1
        elif written := _NAME.match(html, sign + 1):
            name = written[0].lower()
            is_known = self._is_element(name)
            for read in (
                (self._attributes, self._attributes_of_a_slip) if is_known else (self._attributes_of_a_slip,)
            ):
                if (found := read(written.end())) is None:
                    continue
                attributes, how_many, end = found
                if not is_known and not (_WORD.fullmatch(name) and any(attributes.values())):
                    break
                self.met.add(name)
                return Token("start", name, "", attributes, how_many), end
        return Token("text", text="<"), sign + 1

    def _is_element(self, name: str) -> bool:
        return name in HTML or name in self.met or _EXTENSION.fullmatch(name) is not None

    def _find(self, what: str, start: int) -> int | None:
        if what in self.lost:
            return None
        found = self.html.find(what, start)
        if found < 0:
            self.lost.add(what)
            return None
        return found

    def _behind_declaration(self, sign: int) -> int | None:
        html = self.html
        if html.startswith("<!--", sign):
            for empty in ("<!-->", "<!--->"):
                if html.startswith(empty, sign):
                    return sign + len(empty)
            if "-->" not in self.lost:
                if closing := _COMMENT_END.search(html, sign + 4):
                    return closing.end()
                self.lost.add("-->")
            return sign + 4
        if re.match(r"[A-Za-z\[]", html[sign + 2 : sign + 3] or " "):
            end = self._find(">", sign)
            return None if end is None else end + 1
        return None

    def _attributes(self, at: int) -> tuple[dict[str, str], int, int] | None:
        """Return the attributes that begin at ``at``, their number, and where their tag ends.

        None when it never ends: the text is over first, or a quotation mark is never closed.
        """
        html, how_many = self.html, 0
        found: dict[str, str] = {}
        while "end of tag" not in self.lost:
            at = _GAP.match(html, at).end()  # type: ignore[union-attr]
            if html.startswith(">", at):
                return found, how_many, at + 1
            name = _ATTRIBUTE.match(html, at)
            at = _SPACE.match(html, name.end()).end()  # type: ignore[union-attr]
            value: str | None = ""
            if html.startswith("=", at):
                value, at = self._value(_SPACE.match(html, at + 1).end())  # type: ignore[union-attr]
            if value is None or at >= len(html):
                self.lost.add("end of tag")
                break
            found.setdefault(name[0].lower(), value)  # type: ignore[index]
            how_many += 1
        return None

    def _value(self, at: int) -> tuple[str | None, int]:
        """Return the value that begins at ``at`` (None when its quotation mark is never closed) and its end."""
        quote = self.html[at : at + 1]
        if quote in {'"', "'"}:
            end = self.html.find(quote, at + 1)
            return (None, at) if end < 0 else (_resolved_value(self.html[at + 1 : end]), end + 1)
        bare = _BARE.match(self.html, at)
        return _resolved_value(bare[0]), bare.end()  # type: ignore[index, union-attr]

    def _attributes_of_a_slip(self, at: int) -> tuple[dict[str, str], int, int] | None:
        """Read the attributes of a tag that _attributes() found no end for: up to the next ">" before any "<"."""
        end = _SLIP.match(self.html, at)
        if end is None:
            return None
        pairs = _PAIR.findall(end[0])
        return (
            {name.lower(): _resolved_value(value.strip("\"'")) for name, value in pairs},
            len(pairs),
            end.end(),
        )

    def _behind_unread(self, name: str, at: int) -> int:
        """Return where the content of ``name`` ends; where it began, when nothing closes it."""
        closing = f"</{name}"
        if closing in self.lost:
            return at
        self.lower = self.lower or self.html.translate(_LOWER)
        while (end := self.lower.find(closing, at)) >= 0:
            behind = self.lower[end + len(closing) : end + len(closing) + 1]
            if behind in "\t\n\f\r />":
                return end
            at = end + 1
        self.lost.add(closing)
        return at


# A start tag on the left closes the elements on the right that stand open right above it.
_ROW = frozenset({"td", "th", "tr"})
_ENDS: dict[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "option": frozenset({"option"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tr": _ROW,
    "thead": _ROW | {"thead", "tbody", "tfoot"},
    "tbody": _ROW | {"thead", "tbody", "tfoot"},
    "tfoot": _ROW | {"thead", "tbody", "tfoot"},
}
_BLOCKS = frozenset(
    """address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main menu nav ol p pre search section summary table
    tbody td tfoot th thead tr ul""".split()
)


def ended_by(name: str, opened: Sequence[str]) -> int:
    """Return how many of the elements at the end of ``opened`` a start tag ``name`` closes by itself.

    HTML lets authors leave out ``</p>``, ``</li>``, ``</td>`` and the like.
    """
    ends, count = _ENDS.get(name, frozenset()), 0
    while count < len(opened):
        top = opened[-1 - count]
        if not (top in ends or (top == "p" and name in _BLOCKS)):
            break
        count += 1
    return count


_LOWER = str.maketrans({chr(code): chr(code + 32) for code in range(65, 91)})

"""The body of a text: from whatever was typed or pasted to the one form that is stored, and from there to readers.

The only module that knows bleach and nh3. bleach repairs badly nested HTML without losing what
follows a mistake, but is no longer developed and lets unknown schemes through; nh3 decides what
stays. Both come after our limits, because bleach's time grows with the square of depth and of
attributes, and before our own shaping, which writes nothing that is not on the list.

**The canonical form** (``clean`` answers it, ``app/text/shaping.py`` has the schema):

- Blocks follow each other without white space; nothing is empty but table cells.
- ``p`` in ``blockquote`` always; in ``li``, ``td`` and ``th`` the text stands without ``p`` when
  its paragraph is the only one there, comes first and has no attributes:
  ``<li>one<ul>…</ul></li>``, but ``<li><p>one</p><p>two</p></li>``.
- Tables are ``<table>``, ``<caption>`` if there is one (text only), one ``<tbody>``; headers are
  ``th`` cells. Spans of 1 and a list's start at 1 are not written.
- Pictures are ``<figure><img …>``, then ``<figcaption>`` if there is one.
- Marks nest in the order a, span, bdi, strong, em, sup, sub; neighbours that share one share its
  element; breaks (``<br>``) stand outside of them all and never at an end.
- Attributes stand in the order of ``app/text/allowed.py``; only ``& < >`` (and ``"`` in values) are
  written as references, so a no-break space is itself.
- White space is a single character; NFC; typography as the language wants it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from flask_babel import lazy_gettext as _l

from app.refusals import Refusal
from app.text.allowed import ALLOWED, MARKS, SCHEMES, attributes
from app.text.characters import kept
from app.text.pasting import tidied
from app.text.plaintext import text_of
from app.text.presenting import Presenter
from app.text.runs import BREAK, start_tag
from app.text.scanning import VOID, Token, ended_by, scan
from app.text.shaping import html_of, shaped

MOST_BYTES = 512 * 1024
MOST_LEVELS = 100
MOST_ATTRIBUTES = 50  # on one element
MOST_ELEMENTS = 15_000  # the densest text of 200 kB that we tried has 10,000
MOST_SIGNS = 15_000  # of < > & in the text itself: bleach goes slowly over each
MOST_SIBLINGS = 2_000  # in one element: rows of a table, bold words of a paragraph
_BLOCKS_AT_ONCE = 200

_BLANK_LINE = re.compile(r"\n[ \t\u00a0]*\n\s*")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028]")


class TooLong(Refusal):
    """A body of more than MOST_BYTES (UTF-8)."""

    field = "body"

    def __init__(self, size_bytes: int) -> None:
        super().__init__(
            _l(
                "The text is too long: %(size)s kB, for a limit of %(limit)s kB. "
                "Shorten it, or paste it without pictures.",
                size=-(-size_bytes // 1024),
                limit=MOST_BYTES // 1024,
            )
        )


class TooDeep(Refusal):
    """Elements within elements, more than MOST_LEVELS of them."""

    field = "body"
    message = _l("The formatting of the text is nested too deeply. Paste the text without formatting.")


class TooComplex(Refusal):
    """More elements, elements in one element, or attributes on one than any text has."""

    field = "body"
    message = _l("The formatting of the text is too complex. Paste the text without formatting.")


def clean(html: str, *, language: str) -> str:
    """Return ``html`` in the canonical form, with the typography of ``language``; clean(clean(x)) is clean(x).

    ``html`` may be the editor's, pasted, or typed: text without any tag becomes paragraphs at its
    blank lines, and its single line ends are kept. No input makes it fail.

    Raises TooLong, TooDeep or TooComplex for what would take too long to look at.
    """
    size_bytes = len(html.encode("utf-8", "replace"))
    if size_bytes > MOST_BYTES:
        raise TooLong(size_bytes)
    html = _readable(html)
    tokens = list(_checked(scan(html)))
    is_plain = all(token.kind == "text" for token in tokens)
    return html_of(shaped(_sanitised(_as_paragraphs(html) if is_plain else tidied(tokens)), language))


def _readable(html: str) -> str:
    """Return ``html`` without the characters that have no meaning, which may stand inside of tags, too."""
    return re.sub("[\x00-\x08\x0e-\x1f\x7f\ufeff\ud800-\udfff]", "", html)


def _checked(tokens: Iterable[Token]) -> Iterator[Token]:
    """Yield ``tokens`` until there is too much of something."""
    opened: list[str] = []
    elements = signs = 0
    for token in tokens:
        yield token
        if token.kind == "text":
            signs += sum(map(token.text.count, "<>&"))
            if signs > MOST_SIGNS:
                raise TooComplex
        elif token.kind == "start":
            elements += 1
            if token.how_many > MOST_ATTRIBUTES or elements > MOST_ELEMENTS:
                raise TooComplex
            if token.name in VOID:
                continue
            del opened[len(opened) - ended_by(token.name, opened) :]
            opened.append(token.name)
            if len(opened) > MOST_LEVELS:
                raise TooDeep
        elif token.kind == "end" and token.name in opened:
            while opened.pop() != token.name:
                pass


def _as_paragraphs(text: str) -> str:
    paragraphs = _BLANK_LINE.split(_LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n").strip())
    return "".join(f"<p>{escape(one, quote=False).replace(BREAK, '<br>')}</p>" for one in paragraphs)


def _sanitised(html: str) -> str:
    """Return ``html`` with nothing in it but what the list allows: what bleach leaves, nh3 looks at again."""
    import nh3  # with bleach 4 MB: processes that serve readers alone never clean
    from bleach.sanitizer import Cleaner

    first = Cleaner(tags=frozenset(ALLOWED), attributes=_is_allowed, protocols=SCHEMES, strip=True)
    return "".join(
        nh3.clean(
            first.clean(piece),
            tags=set(ALLOWED),
            attributes={tag: set(names) for tag, names in ALLOWED.items()},
            attribute_filter=lambda tag, name, value: value if _is_allowed(tag, name, value) else None,
            url_schemes=set(SCHEMES),
            link_rel=None,
        )
        for piece in _pieces(html)
    )


def _pieces(html: str) -> Iterator[str]:
    """Cut ``html`` between blocks, at most _BLOCKS_AT_ONCE in each piece.

    The time that bleach takes to write out a list of siblings grows with the square of their
    number: 20,000 paragraphs with a bold word each took it 9 s in one piece. Marks that are open
    where a piece ends are closed there and opened again in the next.
    """
    piece: list[str] = []
    opened: list[tuple[str, str]] = []
    siblings, blocks = [0], 0
    for token in scan(html):
        names = [name for name, _ in opened]
        if token.kind == "text":
            piece.append(escape(token.text, quote=False))
        elif token.kind == "end":
            piece.append(f"</{token.name}>")
            if token.name in names:
                at = len(names) - 1 - names[::-1].index(token.name)
                del opened[at:], siblings[at + 1 :]
        elif token.kind == "start":
            at = len(names) - ended_by(token.name, names)
            del opened[at:], siblings[at + 1 :]
            if (
                token.name not in MARKS
                and token.name not in VOID
                and all(name in MARKS for name in names[:at])
            ):
                blocks += 1
                if blocks > _BLOCKS_AT_ONCE:
                    yield "".join([*piece, *(f"</{name}>" for name in reversed(names[:at]))])
                    piece, siblings, blocks = [start for _, start in opened], [0] * (at + 1), 1
            siblings[-1] += 1
            if siblings[-1] > MOST_SIBLINGS:
                raise TooComplex
            start = start_tag(token.name, token.attributes)
            piece.append(start)
            if token.name not in VOID:
                opened.append((token.name, start))
                siblings.append(0)
    yield "".join(piece)


def _is_allowed(tag: str, name: str, value: str) -> bool:
    return name in attributes(tag, {name: value})


def one_line(text: str) -> str:
    """Return ``text`` as a single line for titles, names, and all that ends in a header of a mail or an answer.

    Every control character and line end (U+0085, U+2028 and U+2029 among them) becomes a space, or
    goes when it means nothing at all; white space is folded and taken off the ends; NFC.
    """
    spaced = kept(re.sub("[\x01-\x1f\x7f-\x9f\u2028\u2029]", " ", text))
    return re.sub(r"\s{2,}", " ", spaced).strip()


def several_lines(text: str) -> str:
    """Return a comment as plain lines: at most one blank line in a row, none at the ends."""
    lines = [one_line(line) for line in _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n").split("\n")]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


def plain(html: str) -> str:
    """Return the text of ``html``: a blank line between blocks, "– " before items, " | " between cells."""
    tokens = list(scan(html))
    if all(token.kind == "text" for token in tokens):
        return several_lines(html)
    return "\n\n".join(filter(None, map(text_of, shaped(tidied(tokens)))))


def excerpt(html_or_text: str, limit: int) -> str:
    """Return the beginning of a text as one line of at most ``limit`` characters, cut between words with "…"."""
    text = one_line(plain(html_or_text).replace("\n", " "))
    if len(text) <= limit:
        return text
    cut = text[: max(0, limit - 1)]
    if not text[len(cut)].isspace():
        before = re.match(r"(?s)(.*\S)\s+\S*$", cut)
        cut = before[1] if before and len(before[1]) > limit // 2 else cut
    return cut.rstrip(" \u00a0\u202f,;:.–—-«“(") + "…"


def without_pictures(html: str) -> str:
    """Return a body, stored or as readers get it, without its pictures and their captions."""
    return re.sub(r"<figure\b.*?</figure>", "", html, flags=re.DOTALL)


def present(html: str) -> str:
    """Return a stored body as readers get it: made once, when a text is saved.

    Headings get stable ids (the slug of their words after "s-", so that none is an id of the page),
    tables a header row, scopes and a region that can be scrolled by keyboard, pictures are loaded
    when they are near, and links to other sites tell them nothing about the page they were on.
    """
    return html_of(Presenter().shown(shaped(html)))

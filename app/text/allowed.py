"""The one list of elements and attributes that a stored text may have, and what their values may be.

Both sanitisers and our own shaping work from it. No ``style``, ``class``, ``id`` or ``name``: an
author's text cannot cover the page, take its looks or stand in for its parts. No element that
holds anything but text and elements of this list, and none of another namespace (svg, math):
every way round a sanitiser so far went through one of these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from app.text.characters import kept

_SPOKEN = ("lang", "dir")
ALLOWED: dict[str, tuple[str, ...]] = {
    "p": _SPOKEN,
    "h2": _SPOKEN,
    "h3": _SPOKEN,
    "ul": _SPOKEN,
    "ol": ("start", *_SPOKEN),
    "li": _SPOKEN,
    "blockquote": _SPOKEN,
    "table": _SPOKEN,
    "caption": _SPOKEN,
    "thead": (),
    "tbody": (),
    "tr": _SPOKEN,
    "th": ("scope", "colspan", "rowspan", *_SPOKEN),
    "td": ("colspan", "rowspan", *_SPOKEN),
    "figure": _SPOKEN,
    "figcaption": _SPOKEN,
    "img": ("src", "alt", "width", "height"),
    "br": (),
    "a": ("href", "hreflang", "lang"),
    "span": _SPOKEN,
    "bdi": _SPOKEN,
    "strong": (),
    "em": (),
    "sup": (),
    "sub": (),
}

# Inline elements, the outermost first: the order in which the editor's marks are nested.
MARKS = ("a", "span", "bdi", "strong", "em", "sup", "sub")
VOID = frozenset({"br", "img"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})

LONGEST_ADDRESS = 2000  # characters; longer ones are data, not addresses
WIDEST_SPAN = 100  # columns or rows; browsers set a cell of a thousand columns without a word

_PICTURE = re.compile(r"/media/pictures/[A-Za-z0-9_-]{1,80}/[A-Za-z0-9_-]{1,80}(?:\.[A-Za-z0-9]{1,8})?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")
_HERE = re.compile(r"/(?![/\\])[^\\]*|#[^\\]*")
# The host: a name (letters of any script), or an IPv6 address in brackets. No user name before it:
# https://example.org@elsewhere.example/ leads elsewhere.
_WEB = re.compile(
    r"(?P<scheme>https?)://(?P<host>[^\s/?#@:\\\[\]<>\"'^`{|}%,;()!$&*+=]+|\[[0-9a-f:.]+\])"
    r"(?P<rest>(?::[0-9]{1,5})?(?:[/?#].*)?)",
    re.I,
)
_MAIL = re.compile(r"mailto:(?P<to>[^\s@?&<>\"\\]+@[^\s@?&<>\"\\]+)(?P<query>\?.*)?", re.I)
_TELEPHONE = re.compile(r"tel:(?P<number>\+?[0-9().\s-]{2,40})", re.I)


def attributes(tag: str, given: Mapping[str, str | None]) -> dict[str, str]:
    """Return those of ``given`` that ``tag`` may have, each in its one form and always in the same order."""
    found = {}
    for name in ALLOWED[tag]:
        value = given.get(name)
        checked = None if value is None else _CHECKS[name](value)
        if checked is not None:
            found[name] = checked
    return found


def address(value: str) -> str | None:
    """Return where ``value`` leads when that is a place for readers, or None.

    Read as browsers read it: white space and controls around it are taken off, tabs and line breaks
    inside it disappear, letters of the scheme may be capitals. Let through: http and https with a
    host, mailto, tel, paths of this site and fragments of the page. Other schemes, addresses that
    begin with two slashes (another site's) and relative ones (they lead elsewhere from each page)
    are not.
    """
    value = re.sub("[\t\n\r]", "", kept(value)).strip("".join(map(chr, range(33))))
    if not value or len(value) > LONGEST_ADDRESS or re.search("[\x00-\x1f\x7f\u2028\u2029]", value):
        return None
    if match := _TELEPHONE.fullmatch(value):
        return "tel:" + re.sub(r"[().\s-]", "", match["number"])
    value = value.replace(" ", "%20")
    if _HERE.fullmatch(value):
        return value
    if match := _WEB.fullmatch(value):
        host = match["host"].lower()
        return f"{match['scheme'].lower()}://{host}{match['rest']}" if host.strip(".") else None
    if match := _MAIL.fullmatch(value):
        query = match["query"] or ""
        # A line break in a header of the letter would begin another header.
        return None if re.search("%0[ad]", value, re.I) else f"mailto:{match['to']}{query}"
    return None


def is_elsewhere(href: str) -> bool:
    """Return whether an address that address() let through leads away from this site."""
    return href.startswith(("http://", "https://"))


def _picture(value: str) -> str | None:
    return value if _PICTURE.fullmatch(value) else None


def language_tag(value: str) -> str | None:
    """Return a language tag in its usual letters ("en-GB", "sr-Latn"), or None when it is none."""
    value = value.strip()
    if not _LANGUAGE.fullmatch(value):
        return None
    first, *others = value.split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in others)])


def _direction(value: str) -> str | None:
    value = value.strip().lower()
    return value if value in {"ltr", "rtl", "auto"} else None


def _between(least: int, most: int) -> Callable[[str], str | None]:
    def check(value: str) -> str | None:
        value = value.strip()
        is_number = value.isascii() and value.isdigit() and len(value) <= 6
        return str(int(value)) if is_number and least <= int(value) <= most else None

    return check


def _scope(value: str) -> str | None:
    value = value.strip().lower()
    return value if value in {"col", "row", "colgroup", "rowgroup"} else None


def _words(value: str) -> str:
    return " ".join(kept(value).split())


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "href": address,
    "hreflang": language_tag,
    "lang": language_tag,
    "dir": _direction,
    "src": _picture,
    "alt": _words,
    "width": _between(1, 20_000),
    "height": _between(1, 20_000),
    "scope": _scope,
    "colspan": _between(2, WIDEST_SPAN),
    "rowspan": _between(2, WIDEST_SPAN),
    "start": _between(2, 9_999),
}

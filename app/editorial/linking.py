"""Links between our own texts: which item an address means, and what readers get of a link to it.

A link of ours is kept as the item that it means, not as an address: it leads to the item's page in the
reader's language, or to another one that says so, and is not shown while no page of it is public.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from app.editorial import mentions
from app.editorial.places import PLACES
from app.editorial.remembered import home, remembered
from app.here import setting
from app.languages import LANGUAGES
from app.languages import gettext as _
from app.web.filters import filesize

_PLACE = re.compile(rf"/({'|'.join(LANGUAGES)})/([^?#\s]*[^?#\s/])/?")
_HREF = re.compile(r'<a\b[^>]*?\shref="([^"]*)"')
_LINK = re.compile(r'<a\b([^>]*?)\shref="([^"]*)"([^>]*)>(.*?)</a>', re.S)
_LANG = re.compile(r'\blang="[^"]*"')


class Link(NamedTuple):
    """A link as a page shows it. ``detail`` is its kind and size in words, or nothing."""

    title: str
    url: str
    language: str
    detail: str
    date: date | None


def path_of(address: str) -> str | None:
    """Return ``address`` below our own host, with its query and fragment, or None when it is another site's."""
    if address.startswith("/"):
        return address
    parts, own = urlsplit(address), urlsplit(setting("PUBLIC_URL"))
    if parts.scheme not in ("http", "https") or parts.netloc.lower() != own.netloc.lower():
        return None
    return address.partition("://")[2].removeprefix(parts.netloc) or "/"


def place_of(address: str) -> mentions.Place | None:
    """Return which text ``address`` names if it is one of our public addresses of texts, or None."""
    try:
        path = path_of(address)
    except ValueError:  # "http://[" is no address at all
        return None
    found = _PLACE.fullmatch(re.split("[?#]", path, maxsplit=1)[0]) if path else None
    if found is None:
        return None
    for segment, type_ in PLACES.items():
        if found[2].startswith(f"{segment}/"):
            return mentions.Place(type_, found[1], found[2][len(segment) + 1 :])
    return None


def items_of(addresses: Iterable[str]) -> dict[str, int]:
    """Return the item that each of ``addresses`` leads to; what is not ours, or not there, is left out."""
    places = {address: place for address in addresses if (place := place_of(address))}
    known = mentions.items_at(set(places.values()))
    return {address: known[place] for address, place in places.items() if place in known}


def address(type_: str, language: str, path: str) -> str:
    """Return the public address of a text."""
    return f"/{language}/{next(segment for segment, each in PLACES.items() if each == type_)}/{path}"


# --- what a text mentions ---


def _told(revision: Any) -> tuple[set[int], set[str]]:
    """Return the items that a revision's links name, and the addresses in its links and texts."""
    items: set[int] = set()
    addresses = set(_hrefs(revision.body))

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if value.get("item"):
                items.add(value["item"])
            elif isinstance(value.get("url"), str):
                addresses.add(value["url"])
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)
        elif isinstance(value, str) and "<a " in value:
            addresses.update(_hrefs(value))

    walk(revision.fields)
    return items, addresses


def _hrefs(html: str) -> Iterator[str]:
    return (unescape(found) for found in _HREF.findall(html))


def mentioned(revision: Any) -> set[int]:
    """Return the ids of the items of ours that ``revision`` links to, in its lists and in its texts."""
    items, addresses = _told(revision)
    return mentions.existing(items | set(items_of(addresses).values()))


# --- what readers get ---


def public_places(item_id: int) -> dict[str, tuple[str, str]]:
    """Return where an item is public, {language: (address, title)}."""
    return remembered(("places", item_id), lambda: _places(item_id), home=home())


def _places(item_id: int) -> dict[str, tuple[str, str]]:
    return {
        row.language: (address(row.type, row.language, row.path), row.title)
        for row in mentions.public_editions(item_id)
    }


def titles(items: Collection[int], language: str) -> dict[int, str]:
    """Return what these items are called for readers of ``language``, by item: those that are public alone."""
    known: dict[int, dict[str, str]] = {}
    for row in mentions.public_titles(items) if items else ():
        known.setdefault(row.item_id, {})[row.language] = row.title
    return {
        item: next(named[code] for code in (language, *LANGUAGES) if code in named)
        for item, named in known.items()
    }


def _item_at(url: str) -> int | None:
    return remembered(("item at", url), lambda: items_of([url]).get(url), home=home())


def shown(rows: Sequence[dict[str, Any]], language: str) -> list[Link]:
    """Return the links of a text as readers of ``language`` get them: each target once, none that is not public."""
    found: dict[str, Link] = {}
    for row in rows:
        link = _shown(row, language)
        if link is not None:
            found.setdefault(link.url, link)
    return list(found.values())


def _shown(row: dict[str, Any], language: str) -> Link | None:
    url, title, item = row.get("url") or "", row.get("title") or "", row.get("item")
    target = row.get("language") or ""
    if item or place_of(url):
        item = item or _item_at(url)
        places = public_places(item) if item else {}
        target = next((code for code in (language, *LANGUAGES) if code in places), "")
        if not target:
            return None
        where, called = places[target]
        url, title = f"{where}{url[url.find('#') :] if '#' in url else ''}", title or called
    if not url:
        return None
    day = date.fromisoformat(row["date"]) if row.get("date") else None
    return Link(title or url, url, target, detail(row.get("kind") or "page", url, row.get("size_bytes")), day)


def detail(kind: str, url: str, size_bytes: int | None) -> str:
    """Say of which kind and size a file is: "PDF, 640 kB"; nothing for a page."""
    if kind == "page" and not size_bytes:  # most of them
        return ""
    words = {
        "document": _of_document,
        "video": lambda url: _("Video"),
        "photos": lambda url: _("Photos"),
        "audio": lambda url: _("Audio"),
        "social": lambda url: _("Social media"),
    }
    word = words[kind](url) if kind in words else ""
    return ", ".join(filter(None, [word, filesize(size_bytes) if size_bytes else ""]))


def _of_document(url: str) -> str:
    ending = re.search(r"\.([a-z0-9]{2,4})$", urlsplit(url).path.lower())
    return ending[1].upper() if ending else _("Document")


def addressed(row: dict[str, Any]) -> dict[str, Any]:
    """Return a kept link with the address and the title of the text of ours that it means, if it means one.

    What is not public has an address at the desk alone.
    """
    if not row.get("item"):
        return row
    places = public_places(row["item"])
    where, title = next(iter(places.values()), (f"/desk/items/{row['item']}", ""))
    return row | {"url": where, "title": row.get("title") or title or where}


def body(html: str, edition_id: int) -> str:
    """Return a public text without the links in it to what is not public: their words stay.

    It costs a look at the text unless there is a link of ours in it.
    """
    if 'href="/' not in html and setting("PUBLIC_URL") not in html:
        return html
    dead = remembered(("dead links", edition_id), lambda: _dead(edition_id), home=home())
    return unlinked(html, dead) if dead else html


def _dead(edition_id: int) -> frozenset[str]:
    """Return the addresses in a public text that lead to what is not public."""
    items = mentions.not_public(edition_id)
    revision = mentions.public_words(edition_id) if items else None
    if revision is None:
        return frozenset()
    known = items_of(_told(revision)[1])
    return frozenset(each for each, item in known.items() if item in items)


def unlinked(html: str, dead: Iterable[str]) -> str:
    """Return ``html`` (a stored text) with the words alone of each link to one of the addresses ``dead``."""

    def words(link: re.Match[str]) -> str:
        if unescape(link[2]) not in dead:
            return link[0]
        spoken = _LANG.search(link[1] + link[3])
        return f"<span {spoken[0]}>{link[4]}</span>" if spoken else link[4]

    return _LINK.sub(words, html)

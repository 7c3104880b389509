"""Links between what officers type and what is kept: a link of ours is kept as the item that it means."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l

from app.editorial import linking
from app.editorial.remembered import home, remembered
from app.languages import LANGUAGES
from app.refusals import Refusal
from app.web.filters import day
from app.writing import queries
from app.writing.rules import check_address

KIND_WORDS = {
    "page": _l("Page"),
    "document": _l("Document"),
    "video": _l("Video"),
    "photos": _l("Photos"),
    "audio": _l("Audio"),
    "social": _l("Social media"),
}
FOLDERS: dict[str, str] = {}  # the folder of each type at the desk; each section says its own

_AT_DESK = re.compile(r"/desk/([a-z-]+)/([0-9]{1,9})(?:/.*)?")


class NoSuchPage(Refusal):
    """An address of ours at which there is no text."""

    field = "url"
    message = _l("There is no such text on this site. Check the address, or search for the text.")


def check(address: str) -> int | None:
    """Return the item of ours that ``address`` means, or None for what is no text of ours.

    The address of a text at the desk means it, too: a text that is not public has no other. Raises Refusal
    for what is no address, and NoSuchPage for an address of ours that leads to no text.
    """
    address = check_address(address.partition("#")[0])
    try:
        path = linking.path_of(address)
    except ValueError:
        return None
    if path is None:
        return None
    if path.startswith("/desk"):
        return _at_desk(path)
    if linking.place_of(address) is None:
        return None
    item_id = linking.items_of([address]).get(address)
    if item_id is None:
        raise NoSuchPage
    return item_id


def _at_desk(path: str) -> int:
    found = _AT_DESK.fullmatch(path)
    type_ = next((each for each, folder in FOLDERS.items() if found and folder == found[1]), None)
    item = queries.by_id(type_, int(found[2])) if found and type_ else None
    if item is None:
        raise NoSuchPage
    return item.id


def kept(row: Any) -> dict[str, Any]:
    """Return a row of the form as it is kept. Raises what check() raises."""
    url = row.url.data or ""
    item_id = check(url)
    fragment = url.partition("#")[2]
    return {
        "title": row.title.data or ("" if item_id else url),
        "url": (f"#{fragment}" if fragment else "") if item_id else url,
        "language": row.language.data,
        "item": item_id,
        "date": row.date.day.isoformat() if row.date.day else None,
        "kind": row.kind.data,
        "size_bytes": size(row.size.data or ""),
    }


def rows(entries: Any) -> list[dict[str, Any]]:
    """Return the filled-in rows of a list of links as they are kept."""
    return [kept(entry.form) for entry in entries if entry.form.url.data]


def typed(link: dict[str, Any], language: str) -> dict[str, Any]:
    """Return a kept link as it would have been typed; a text of ours by its address in ``language`` if it has one."""
    url = link.get("url") or ""
    if item_id := link.get("item"):
        url = f"{address_of(item_id, language)}{url}"
    size_bytes = link.get("size_bytes")
    return {
        "title": link.get("title") or "",
        "url": url,
        "language": link.get("language") or language,
        "kind": link.get("kind") or "page",
        "date": day(date.fromisoformat(link["date"])) if link.get("date") else "",
        "size": f"{size_bytes / 1000:.3f}".rstrip("0").rstrip(".") + " kB" if size_bytes else "",
    }


def address_of(item_id: int, language: str) -> str:
    """Return where a text of ours is: public, in ``language`` if it can be, or else at the desk."""
    places = linking.public_places(item_id)
    code = next((each for each in (language, *LANGUAGES) if each in places), None)
    if code:
        return places[code][0]
    type_ = remembered(("type", item_id), lambda: queries.type_of(item_id), home=home())
    return f"/desk/{FOLDERS[type_]}/{item_id}/" if type_ in FOLDERS else ""


def is_open(link: dict[str, Any]) -> bool:
    """Say whether readers can open a kept link: it leads elsewhere, or to something public."""
    return not link.get("item") or bool(linking.public_places(link["item"]))


def size(words: str) -> int | None:
    """Return the bytes that "1.2 MB", "640 ko" or "3 МБ" say, or None for nothing. Raises Refusal."""
    if not words:
        return None
    found = re.fullmatch(
        r"([0-9][0-9\s\u00a0\u202f]{0,12}(?:[.,][0-9]{1,3})?)\s*([kKкКMМmмGГgг])?(?:[iI]?[bBoOбБ]|ytes)?",
        words.strip(),
    )
    if found is None:
        raise Refusal(_l("Enter a size like 640 kB or 1.2 MB"), field="size")
    unit = {"": 1, "k": 1000, "к": 1000, "m": 1000**2, "м": 1000**2, "g": 1000**3, "г": 1000**3}
    number = float(re.sub(r"\s", "", found[1]).replace(",", "."))
    size_bytes = round(number * unit[(found[2] or "").lower()])
    if not 0 < size_bytes < 10**13:
        raise Refusal(_l("Enter a size like 640 kB or 1.2 MB"), field="size")
    return size_bytes

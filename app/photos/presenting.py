"""What a template is given of a set of photos: plain values, worked out once.

A photo says what the set says where it says nothing of its own. ``files`` are the sizes that can be taken: the web size
is for everybody, of the others the policy of downloads decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import current_app
from markupsafe import Markup

from app.downloads import rules as downloads
from app.editorial import linking, queries
from app.editorial.models import Edition, Revision
from app.editorial.naming import Called, Named, contacts, topics
from app.languages import gettext as _
from app.photos import queries as photos
from app.text import markup, slugs
from app.writing.history import History, of_page

SIZES = ("web", "hd", "original")  # in which photos can be taken, the smallest first
SMALL = 640  # pixels: how wide the photos of a grid are at most, by half
ENDINGS = {"image/avif": 0, "image/webp": 1}  # browsers take the first that they can read
LABEL = 80  # characters of a caption that stand for a title


class Size(NamedTuple):
    """A size that can be taken: "web", "hd" or "original"."""

    name: str
    rendition: str
    url: str
    size_bytes: int
    width: int | None
    height: int | None
    mimetype: str
    is_open: bool


class Source(NamedTuple):
    """What a browser may choose from, in one format."""

    mimetype: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo as its page shows it. ``number`` counts from 1; ``label`` is what it is called among others."""

    key: str
    number: int
    master_id: int
    title: str
    label: str
    caption: str
    alt: str
    people: tuple[str, ...]
    creator: str
    credit: str
    copyright: str
    terms: str
    place: str
    taken_on: date | None
    url: str
    src: str
    sources: Sequence[Source]
    width: int
    height: int
    files: Sequence[Size]
    file_name: str

    @property
    def web(self) -> Size | None:
        """The size that is for everybody."""
        return next((each for each in self.files if each.name == "web"), None)

    @property
    def has_hd(self) -> bool:
        """Whether it can be had large."""
        return any(each.name == "hd" for each in self.files)


class Elsewhere(NamedTuple):
    """The same set in another language."""

    language: str
    path: str
    url: str


@dataclass(slots=True)
class Page:
    """A set of photos as its page shows it."""

    id: int
    title: str
    lead: str
    body: Markup
    language: str
    path: str
    url: str
    place: str
    date: date | None
    credit: str
    terms: str
    photos: list[Photo]
    links: list[linking.Link]
    topics: list[Named]
    contact: Called | None
    published_at: datetime | None = None
    updated_at: datetime | None = None
    alternates: list[Elsewhere] = field(default_factory=list)
    history: History | None = None

    @property
    def kind_name(self) -> str:
        """What it is called above its title."""
        return _("Photo") if len(self.photos) == 1 else _("Photo gallery")

    def photo(self, key: str) -> Photo | None:
        """Return the photo ``key``, or None."""
        return next((each for each in self.photos if each.key == key), None)

    def only(self, keys: Sequence[str]) -> list[Photo]:
        """Return the photos with these keys, in the order of the set."""
        wanted = set(keys)
        return [each for each in self.photos if each.key in wanted]


def address(language: str, path: str) -> str:
    """Return the address of a set on this site."""
    return f"/{language}/media/photos/{path}"


def file_address(master_id: int, name: str) -> str:
    """Return where what was made of a master is fetched."""
    return f"/media/masters/{master_id}/{name}"


def page(row: Any, language: str) -> Page:
    """Make a page of what ``queries.page`` found."""
    url = address(row.language, row.path)
    made = _page(row, row.id, row.language, row.path, language)
    made.body = Markup(linking.body(row.shown, row.id))  # noqa: S704 (cleaned and presented when it was saved)
    made.published_at, made.updated_at = row.public_from, row.updated_at
    made.alternates = [Elsewhere(code, path, address(code, path)) for code, path in queries.alternates(row)]
    made.history = of_page(row, url)
    return made


def draft(edition: Edition, interface: str, revision: Revision | None = None) -> Page:
    """Make a page of a revision (the working text, unless told), as readers would see it. For officers only."""
    revision = revision or edition.current
    if revision is None:
        raise ValueError("an edition without a text has no page")
    made = _page(revision, edition.id, edition.language, edition.path or "", interface)
    made.published_at, made.updated_at = edition.public_from, edition.updated_at
    return made


def _page(row: Any, edition_id: int, own: str, path: str, interface: str) -> Page:
    named = topics(interface)
    return Page(
        id=edition_id,
        title=row.title,
        lead=row.lead,
        body=Markup(row.shown),  # noqa: S704 (as above)
        language=own,
        path=path,
        url=address(own, path),
        place=row.place,
        date=row.date,
        credit=row.facts.get("credit", ""),
        terms=row.fields.get("terms", ""),
        photos=of_set(row, address(own, path)),
        links=linking.shown(row.fields.get("links", []), interface),
        topics=[named[key] for key in row.topics if key in named],
        contact=contacts(interface).get(row.contact_id) if row.contact_id else None,
    )


def of_set(row: Any, url: str) -> list[Photo]:
    """Return the photos of ``row`` (a revision, or a row like it), a set whose page is at ``url``."""
    known = row.facts.get("photos", [])
    own, made = photos.files({each["master"] for each in known})
    words = row.fields.get("photos", {})
    found = []
    for number, photo in enumerate(known, 1):
        said, master = words.get(photo["id"], {}), own.get(photo["master"])
        title = said.get("title") or (row.title if len(known) == 1 else "")
        label = title or markup.excerpt(said.get("caption", ""), LABEL) or _("Photo %(n)s", n=number)
        src, sources, width, height = shown(photo["master"], made.get(photo["master"], []), master)
        day = date.fromisoformat(photo["taken_on"]) if photo.get("taken_on") else row.date
        found.append(
            Photo(
                key=photo["id"],
                number=number,
                master_id=photo["master"],
                title=title,
                label=label,
                caption=said.get("caption", ""),
                alt=said.get("alt", ""),
                people=tuple(said.get("people", ())),
                creator=photo.get("creator", ""),
                credit=photo.get("credit") or row.facts.get("credit", ""),
                copyright=photo.get("copyright") or row.facts.get("copyright", ""),
                terms=said.get("terms") or row.fields.get("terms", ""),
                place=said.get("place") or row.place,
                taken_on=day,
                url=url if len(known) == 1 else f"{url}/{photo['id']}",
                src=src,
                sources=sources,
                width=width,
                height=height,
                files=sizes(photo["master"], made.get(photo["master"], []), master),
                file_name=file_name(title or row.title, number, len(known)),
            )
        )
    return found


def file_name(title: str, number: int, count: int) -> str:
    """Return what the file of a photo is called, without its ending: words in ASCII, which every system can keep."""
    words = slugs.slug(title, limit=60) or "photo"
    return words if count == 1 else f"{number:0{len(str(count))}}-{words}"


def shown(master_id: int, made: Sequence[Any], master: Any) -> tuple[str, tuple[Source, ...], int, int]:
    """Return how a page shows a photo: the file for every browser, what others may choose, and its size in pixels."""
    web = [each for each in made if each.width and is_web(each.name)]
    plain = [each for each in web if each.mimetype == "image/jpeg"]
    if not plain:
        technical = master.technical if master else {}
        return "", (), int(technical.get("width") or 3), int(technical.get("height") or 2)
    by_kind: dict[str, list[Any]] = {}
    for each in web:
        by_kind.setdefault(each.mimetype, []).append(each)
    sources = tuple(
        Source(
            kind, ", ".join(f"{file_address(master_id, file_called(each))} {each.width}w" for each in several)
        )
        for kind, several in sorted(by_kind.items(), key=lambda pair: ENDINGS.get(pair[0], 9))
    )
    largest = plain[-1]
    middle = next((each for each in plain if each.width >= SMALL), largest)
    return file_address(master_id, file_called(middle)), sources, largest.width, largest.height or 1


def sizes(master_id: int, made: Sequence[Any], master: Any) -> tuple[Size, ...]:
    """Return the sizes of a photo that can be taken: for the web, large, and as it came (with our words in it)."""
    known = {each.name: each for each in made}
    web = [each for each in made if each.mimetype == "image/jpeg" and is_web(each.name)]
    offered = [
        ("web", web[-1] if web else None),
        ("hd", known.get("hd")),
        ("original", known.get("original")),
    ]
    found = [
        Size(
            name,
            each.name,
            file_address(master_id, file_called(each)),
            each.size_bytes,
            each.width,
            each.height,
            each.mimetype,
            not downloads.needs_account(current_app.config["DOWNLOAD_POLICY"], name),
        )
        for name, each in offered
        if each is not None
    ]
    if master is not None and "original" not in known:
        wide, high = (master.technical or {}).get("width"), (master.technical or {}).get("height")
        found.append(Size("original", "", "", master.size_bytes, wide, high, master.mimetype, False))
    return tuple(found)


def is_web(name: str) -> bool:
    """Whether a rendition of this name is one of those for pages, named by their widths."""
    return name.partition(".")[0].isdigit()


def file_called(rendition: Any) -> str:
    """Return how the file of a rendition is called in an address: "640.avif", "hd.jpg"."""
    ending = rendition.key.rpartition(".")[2]
    name: str = rendition.name
    return name if name.endswith(f".{ending}") else f"{name}.{ending}"

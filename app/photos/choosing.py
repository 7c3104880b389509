"""What a reader chose of a set: which photos, in which size, and where the file of them is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from app.languages import current
from app.languages import gettext as _
from app.photos import taking
from app.photos.presenting import SIZES, Page, Photo


class Offer(NamedTuple):
    """A size in which a selection can be taken, and how many bytes that is."""

    name: str
    label: str
    size_bytes: int


@dataclass(frozen=True)
class Choice:
    """Photos of a set, in its order, and a size."""

    page: Page
    photos: Sequence[Photo]
    size: str

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the photos that are chosen: a page asks it for each of its photos."""
        return frozenset(each.key for each in self.photos)

    @property
    def size_bytes(self) -> int:
        """How large the photos are together."""
        return sum(bytes_of(each, self.size) for each in self.photos)

    @property
    def offers(self) -> list[Offer]:
        """In which sizes they can be taken; the whole set's where nothing is chosen yet."""
        of = self.photos or self.page.photos
        names = {"web": _("for the web"), "hd": _("in high resolution"), "original": _("originals")}
        return [Offer(size, names[size], sum(bytes_of(each, size) for each in of)) for size in SIZES]

    def has(self, photo: Photo) -> bool:
        """Whether ``photo`` is chosen."""
        return photo.key in self.keys

    def query(self, *, with_one: Photo | None = None, without: Photo | None = None) -> str:
        """Return the query that says what is chosen, with one more or one less; empty for nothing."""
        more, less = ({each.key} if each else set() for each in (with_one, without))
        wanted = (self.keys | more) - less
        keys = [each.key for each in self.page.photos if each.key in wanted]
        known: list[tuple[str, Any]] = [("photo", key) for key in keys]
        if known and self.size != "web":
            known.append(("size", self.size))
        return f"?{urlencode(known)}" if known else ""

    @property
    def file_url(self) -> str:
        """Where the file of them is: for everybody where the policy says so, else where somebody logs in for it."""
        known: list[tuple[str, Any]] = [("photo", each.key) for each in self.photos]
        if self.size != "web":
            known.append(("size", self.size))
        if taking.needs_account(self.size):
            known.insert(0, ("edition", self.page.id))
            return f"/{current()}/media/downloads/photos?{urlencode(known)}"
        return f"/media/photos/{self.page.language}/{self.page.path}.zip?{urlencode(known)}"

    def single_url(self, photo: Photo, size: str) -> str:
        """Where one photo is taken alone, large or as it came: who may is asked there."""
        return f"/{current()}/media/downloads/whole/{self.page.id}/{size}?photo={photo.key}"


def bytes_of(photo: Photo, size: str) -> int:
    """Return how large ``photo`` is in ``size``; where it has none of that, in the largest before it."""
    known = {each.name: each.size_bytes for each in photo.files}
    wanted = SIZES[: SIZES.index(size) + 1]
    return next((known[name] for name in reversed(wanted) if name in known), 0)


def chosen(page: Page, keys: Iterable[str], size: str, *, has_all: bool = False) -> Choice:
    """Return what was asked for, as far as the set has it."""
    found = page.photos if has_all else page.only(list(keys)[:1000])
    return Choice(page, found, size if size in SIZES else "web")


def asked(page: Page, args: Any) -> Choice:
    """Return what the query ``args`` (a MultiDict) asks for."""
    return chosen(page, args.getlist("photo"), args.get("size", ""), has_all="all" in args)

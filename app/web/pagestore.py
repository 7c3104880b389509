"""Finished pages in memory: what one is, and a shelf of them that never grows beyond its bytes."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from datetime import datetime
from hashlib import blake2b
from typing import NamedTuple

from app.web.answers import Headers
from app.web.codings import IDENTITY, TEXT, WAYS, WORTH_BYTES
from app.web.standing import Standing

# What a page takes beside its bodies: the objects themselves, measured with sys.getsizeof.
OVERHEAD_BYTES = 2000


class Form(NamedTuple):
    """One way in which a page goes over the wire: its bytes, their strong ETag, and the answer's headers."""

    body: bytes
    etag: str
    headers: Headers


class Page:
    """An answer that is the same for everybody, for as long as ``standing`` is, and before ``end`` (None: ever)."""

    __slots__ = ("standing", "end", "status", "forms", "used", "_headers", "_may_shrink")

    def __init__(
        self, standing: Standing, status: str, headers: Headers, body: bytes, content_type: str
    ) -> None:
        self.standing = standing
        self.lasts_until(None)
        self.status = status
        self.used = False
        self._headers = headers
        self._may_shrink = content_type.startswith(TEXT) and len(body) >= WORTH_BYTES
        if self._may_shrink:
            self._headers = [*headers, ("Vary", "Accept-Encoding")]
        self.forms = {IDENTITY: self._form(body, blake2b(body, digest_size=16).hexdigest())}

    def lasts_until(self, until: datetime | None) -> None:
        """Say when this page is no longer right; it ends no later than its standing."""
        moments = [moment for moment in (self.standing.next_moment, until) if moment is not None]
        self.end = min(moments, default=None)

    @property
    def size_bytes(self) -> int:
        """About what this page takes in memory, in all its forms."""
        return OVERHEAD_BYTES + sum(len(form.body) for form in self.forms.values())

    def form(self, coding: str) -> Form | None:
        """Return the form in ``coding``, or None if it has not been made."""
        return self.forms.get(coding if self._may_shrink else IDENTITY)

    def make(self, coding: str) -> Form:
        """Return this page compressed in the way ``coding``, or as it is if that is no longer."""
        plain = self.forms[IDENTITY]
        body = WAYS[coding](plain.body)
        if len(body) >= len(plain.body):
            return plain
        # A strong ETag promises the same bytes, so each form has its own.
        return self._form(body, f"{plain.etag[1:-1]}-{coding}", ("Content-Encoding", coding))

    def _form(self, body: bytes, name: str, *headers: tuple[str, str]) -> Form:
        length = ("Content-Length", str(len(body)))
        if not self.status.startswith("200"):
            return Form(body, "", [*self._headers, length, *headers])
        etag = f'"{name}"'
        return Form(body, etag, [*self._headers, length, ("ETag", etag), *headers])


class PageStore:
    """Pages by key, at most ``max_bytes`` of them; those nobody asked for again leave first."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes = 0
        self._pages: dict[Hashable, Page] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: Hashable) -> Page | None:
        """Return the page kept under ``key``, or None. Takes no lock: this is asked at every request."""
        page = self._pages.get(key)
        if page is not None:
            page.used = True
        return page

    def put(self, key: Hashable, page: Page) -> None:
        """Keep ``page``, and let others go if there is no room for all."""
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self.bytes += page.size_bytes
            self._make_room()

    def form(self, key: Hashable, page: Page, coding: str) -> Form:
        """Return ``page`` in ``coding``, made now if nobody asked for it before, and kept."""
        made = page.make(coding)
        with self._lock:
            before = page.size_bytes
            made = page.forms.setdefault(coding, made)
            if self._pages.get(key) is page:
                self.bytes += page.size_bytes - before
                self._make_room()
        return made

    def _make_room(self) -> None:
        # Each page that was used since it was last looked at goes to the end of the line, once:
        # as good as counting uses, without a lock or a list to keep at every hit.
        chances = len(self._pages)
        while self.bytes > self.max_bytes:
            key, page = next(iter(self._pages.items()))
            if page.used and chances > 0:
                chances -= 1
                page.used = False
                self._pages[key] = self._pages.pop(key)
            else:
                self._drop(key)

    def _drop(self, key: Hashable) -> None:
        page = self._pages.pop(key, None)
        if page is not None:
            self.bytes -= page.size_bytes

"""The page cache: public pages, finished, in the memory of each web process, in front of Flask.

A public page depends on its address and on what is published, on nothing else. So the app is
asked for it as nobody: without cookies, without any header of the visitor's, under our own name.
What no header can reach, no header can poison. The answer is kept if the app says ``public``,
and given out for as long as the newsroom's standing (app/web/standing.py) is what it was before
the page was begun, and until the hour at which the page says that it is no longer right. An answer
that is not public is never kept: the app is then asked again, as the person who came.

Decided here, with what was turned down:

- The standing is read before a page is made, never after: what is published while the page is
  being made raises the standing, so an old page cannot pass for a new one.
- If the standing cannot be read, nothing kept is shown: the text may have been withdrawn in the
  meantime. The app then answers, with a 503 if it cannot read either. A page from before the
  failure would be kinder to readers, and might be the one that we were told to take back.
- Host names are checked before the cache, so that a foreign one gets the app's 400. The host is
  not part of the key: links are made of PUBLIC_URL, and ten spellings of a host would be ten copies.
- Addresses that anybody can invent (a query, a page that is not there) have a smaller shelf of
  their own, so that a flood of them cannot push out the pages that are read.
- Flask-Caching answers inside Flask, which costs 16 times as much, and keeps pickles.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from io import BytesIO
from itertools import chain
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from app.languages import LANGUAGES
from app.web.answers import Answer, Closing, close, is_among, without_body
from app.web.codings import choose
from app.web.headers import is_counted, is_personal
from app.web.hosts import is_our_host
from app.web.lasting import UNTIL
from app.web.pagestore import Page, PageStore
from app.web.standing import Clock, Standing, Unknown, reader

Environ = dict[str, Any]
Key = tuple[str, str]

log = logging.getLogger(__name__)

MIB = 1024 * 1024
PATHS = (*(f"/{code}/" for code in LANGUAGES), "/robots.txt", "/sitemap")
LONGEST = 512  # characters of a path, and of a query: our own are shorter, and no stranger fills our memory
SLACK_SECONDS = 2  # a shared cache counts in whole seconds, on its own clock, from when the answer reached it
FLIGHT_SECONDS = 2.0  # how long a visitor waits for a page that another visitor is having made

# What the app is told about a visitor who is nobody. The forwarded address is for limits alone.
TOLD = {
    "HTTP_X_FORWARDED_FOR",
    "PATH_INFO",
    "QUERY_STRING",
    "REMOTE_ADDR",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
}
# What belongs to the way over the wire; the cache says it itself.
OURS = {
    "accept-ranges",
    "age",
    "cache-control",
    "content-length",
    "date",
    "etag",
    "expires",
    "last-modified",
    "vary",
}


class PageCache:
    """WSGI middleware: gives out finished public pages, and asks ``app`` for the others.

    ``standing`` returns the Standing at this moment, or raises Unknown. ``public_url`` is the
    address that pages are made for, ``hosts`` are the names that we answer to, ``paths`` the
    beginnings of the public addresses. A proxy may keep a page for ``shared_seconds`` at most.
    """

    def __init__(
        self,
        app: Callable[..., Iterable[bytes]],
        standing: Callable[[], Standing],
        clock: Clock,
        max_bytes: int = 32 * MIB,
        *,
        public_url: str,
        hosts: Sequence[str],
        paths: Sequence[str] = PATHS,
        shared_seconds: int = 10,
        flight_seconds: float = FLIGHT_SECONDS,
    ) -> None:
        self._app = app
        self._standing = standing
        self._clock = clock
        self._hosts = tuple(hosts)
        self._known_hosts: set[str] = set()
        self._paths = tuple(paths)
        self._shared_seconds = shared_seconds
        self._flight_seconds = flight_seconds
        self._largest = max_bytes // 8
        self._pages = PageStore(max_bytes * 3 // 4)
        self._invented = PageStore(max_bytes // 4)
        self._personal: dict[Key, Standing] = {}
        self._flights: dict[tuple[Key, Standing], threading.Event] = {}
        self._is_blind = False
        # A second more than that: whole seconds are counted, of two moments.
        self._in_no_hurry = timedelta(seconds=shared_seconds + SLACK_SECONDS + 1)
        self._always = ("Cache-Control", f"public, max-age=0, s-maxage={shared_seconds}")
        us = urlsplit(public_url)
        self._us = {"HTTP_HOST": us.netloc, "wsgi.url_scheme": us.scheme}

    @property
    def standing(self) -> Callable[[], Standing]:
        """What tells how the newsroom stands."""
        return self._standing

    @property
    def kept_bytes(self) -> int:
        """About how much memory the kept pages take."""
        return self._pages.bytes + self._invented.bytes

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer ``environ`` with a kept page, or with what the app says."""
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        if not self._is_for_everybody(environ, path, query):
            return self._app(environ, start_response)
        try:
            standing = environ["communique.standing"] = self._standing()
        except Unknown as error:
            if not self._is_blind:  # once, not at every request
                log.warning("No page is given from memory: %s", error)
            self._is_blind = True
            return self._app(environ, start_response)
        self._is_blind = False
        # Two parts, not one text: a question mark may come out of %3F in a path.
        key = (path, query)
        page = self._find(key, standing)
        if page is not None:
            return self._give(key, page, environ, start_response)
        if self._personal.get(key) == standing:
            return self._app(environ, start_response)
        return self._fetch(key, environ, start_response)

    def _is_for_everybody(self, environ: Environ, path: str, query: str) -> bool:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not path.startswith(self._paths):
            return False
        if len(path) > LONGEST or len(query) > LONGEST:
            return False
        # To ask as nobody first, and then as the visitor, would count twice, and a HEAD besides.
        if is_personal(path) or is_counted(path):
            return False
        host = environ.get("HTTP_HOST", "")
        if host in self._known_hosts:
            return True
        if not is_our_host(host, self._hosts):
            return False
        if len(self._known_hosts) < 64:
            self._known_hosts.add(host)
        return True

    def _find(self, key: Key, standing: Standing) -> Page | None:
        for shelf in (self._invented,) if key[1] else (self._pages, self._invented):
            page = shelf.get(key)
            if page is not None and page.standing == standing and self._is_still_right(page):
                return page
        return None

    def _is_still_right(self, page: Page) -> bool:
        return page.end is None or self._clock.now() < page.end

    def _shelf(self, key: Key, page: Page) -> PageStore:
        return self._invented if key[1] or not page.status.startswith("200") else self._pages

    def _fetch(self, key: Key, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Have the page made, once for all who ask for it now, or wait for whoever is at it."""
        flight = (key, environ["communique.standing"])
        landed = threading.Event()
        ahead = self._flights.setdefault(flight, landed)
        if ahead is not landed:
            ahead.wait(self._flight_seconds)
            try:  # again: it may have been withdrawn while we waited
                standing = environ["communique.standing"] = self._standing()
            except Unknown:
                return self._app(environ, start_response)
            page = self._find(key, standing)
            if page is not None:
                return self._give(key, page, environ, start_response)
            return self._make(key, environ, start_response)
        try:
            return self._make(key, environ, start_response)
        finally:
            del self._flights[flight]
            landed.set()

    def _make(self, key: Key, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Ask the app as nobody; keep and give what it says to everybody, else ask again as the visitor."""
        answer = Answer()
        asked = self._as_nobody(environ)
        chunks = self._app(asked, answer)
        try:
            if answer.is_public():
                page, chunks = self._collect(answer, environ["communique.standing"], chunks)
                if page is not None:
                    page.lasts_until(asked.get(UNTIL))
                    self._keep(key, page)
                    return self._give(key, page, environ, start_response)
            # What is wrong is wrong for everybody. A public page too large to keep goes out as it comes.
            if answer.is_public() or answer.is_refusal():
                start_response(answer.status, answer.headers)
                if environ["REQUEST_METHOD"] == "HEAD":
                    return []
                passed, chunks = chunks, ()
                return passed
        finally:
            close(chunks)
        if len(self._personal) >= 1000:
            self._personal.clear()
        self._personal[key] = environ["communique.standing"]
        return self._app(environ, start_response)

    def _as_nobody(self, environ: Environ) -> Environ:
        kept = {
            name: value
            for name, value in environ.items()
            if name in TOLD or name.startswith(("wsgi.", "communique.", "werkzeug.", "flask."))
        }
        return kept | self._us | {"REQUEST_METHOD": "GET", "wsgi.input": BytesIO()}

    def _collect(
        self, answer: Answer, standing: Standing, chunks: Iterable[bytes]
    ) -> tuple[Page | None, Iterable[bytes]]:
        """Return the finished page, or None and the chunks as they were if it is too large to keep."""
        taken: list[bytes] = []
        size, rest = 0, iter(chunks)
        for chunk in rest:
            taken.append(chunk)
            size += len(chunk)
            if size > self._largest:
                return None, Closing(chain(taken, rest), chunks)
        headers = [(name, value) for name, value in answer.headers if name.lower() not in OURS]
        return Page(standing, answer.status, headers, b"".join(taken), answer.header("content-type")), chunks

    def _keep(self, key: Key, page: Page) -> None:
        try:
            # A page made while things changed is right for whoever asked before, and for nobody after.
            if self._standing() == page.standing:
                self._shelf(key, page).put(key, page)
        except Unknown:
            pass

    def _give(
        self, key: Key, page: Page, environ: Environ, start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        """Answer with ``page`` in the form that the visitor takes, or with 304 if they have it."""
        coding = choose(environ.get("HTTP_ACCEPT_ENCODING", ""))
        form = page.form(coding) or self._shelf(key, page).form(key, page, coding)
        headers = [self._cache_control(page), *form.headers]
        theirs = environ.get("HTTP_IF_NONE_MATCH")
        if theirs and form.etag and is_among(form.etag, theirs):
            start_response("304 Not Modified", without_body(headers))
            return []
        start_response(page.status, headers)
        return [form.body] if environ["REQUEST_METHOD"] == "GET" else []

    def _cache_control(self, page: Page) -> tuple[str, str]:
        """Say how long a proxy may keep it: never beyond the next moment at which something changes."""
        end = page.end
        if end is None:
            return self._always
        now = self._clock.now()
        if end - now > self._in_no_hurry:
            return self._always
        left = int(end.timestamp()) - int(now.timestamp()) - SLACK_SECONDS
        return ("Cache-Control", f"public, max-age=0, s-maxage={min(max(left, 0), self._shared_seconds)}")


def put_in_front(app: Any, engine: Engine, clock: Clock) -> None:
    """Put a page cache in front of the Flask ``app``, as its settings say; PAGE_CACHE_MB=0 means none.

    Whoever makes pages without it finds the reader of the standing in ``app.extensions["standing"]``.
    """
    settings = app.config
    standing = app.extensions["standing"] = reader(engine, clock)
    # Who has just published sees it at once, at least in this process.
    event.listen(Session, "after_commit", standing.forget)
    if not settings["PAGE_CACHE_MB"]:
        return
    app.wsgi_app = PageCache(
        app.wsgi_app,
        standing,
        clock,
        settings["PAGE_CACHE_MB"] * MIB,
        public_url=settings["PUBLIC_URL"],
        hosts=settings["ALLOWED_HOSTS"],
        shared_seconds=settings["SHARED_CACHE_SECONDS"],
    )

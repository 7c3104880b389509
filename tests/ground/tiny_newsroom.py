"""A newsroom of one page, small enough to see through: what the page cache is tried on.

It keeps its editions in the two tables that the page cache reads, and shows at /fr/ the titles
that are public. As a program it is a web worker: it reads requests from its input, a JSON line
each, and writes the answers.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.database import written
from app.web.pagecache import PageCache
from app.web.standing import SqliteStanding

NOON = datetime(2025, 12, 3, 12, tzinfo=UTC)
MS = timedelta(milliseconds=1)
PUBLIC = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "public, max-age=0")]
# Long enough to be worth compressing.
AROUND = "<p>Communiqué de presse</p>" * 50


class SetClock:
    """A clock that stands where it is put."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        """Return where it stands."""
        return self.at


class Newsroom:
    """The tables, and what officers do to them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with self._open() as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS standing (id INTEGER PRIMARY KEY, version INTEGER)"
            )
            connection.execute("CREATE TABLE IF NOT EXISTS edition (title TEXT, public_from TEXT)")
            connection.execute("INSERT OR IGNORE INTO standing VALUES (1, 1)")

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self.path)

    def publish(self, title: str, at: datetime) -> None:
        """Make ``title`` public from ``at`` on."""
        self._change("INSERT INTO edition VALUES (?, ?)", title, written(at))

    def withdraw(self, title: str) -> None:
        """Take ``title`` back."""
        self._change("UPDATE edition SET public_from = NULL WHERE title = ?", title)

    def approve(self, title: str, at: datetime) -> None:
        """Note the hour of ``title`` and nothing else: no reader sees a change yet."""
        with self._open() as connection:
            connection.execute("INSERT INTO edition VALUES (?, ?)", (title, written(at)))

    def _change(self, statement: str, *values: str) -> None:
        with self._open() as connection:
            connection.execute(statement, values)
            connection.execute("UPDATE standing SET version = version + 1")

    def titles(self, now: datetime) -> list[str]:
        """Return what is public ``now``."""
        with self._open() as connection:
            rows = connection.execute("SELECT title FROM edition WHERE public_from <= ?", (written(now),))
            return sorted(title for (title,) in rows)


class Site:
    """The app behind the cache; it counts how often it is asked."""

    def __init__(self, newsroom: Newsroom, clock: SetClock) -> None:
        self.newsroom = newsroom
        self.clock = clock
        self.asked: list[dict] = []
        self.status = "200 OK"
        self.headers = PUBLIC

    def __call__(self, environ, start_response):
        """Show what is public."""
        self.asked.append(environ)
        body = f"<h1>{', '.join(self.newsroom.titles(self.clock.now()))}</h1>{AROUND}".encode()
        start_response(self.status, [*self.headers, ("Content-Length", str(len(body)))])
        return [body]


def cached(app, newsroom: Newsroom, clock: SetClock, **settings) -> PageCache:
    """Put a page cache in front of ``app``."""
    settings = {"public_url": "https://news.example.org", "hosts": ("news.example.org",), **settings}
    standing = settings.pop("standing", None) or SqliteStanding(newsroom.path, clock, every=timedelta(0))
    return PageCache(app, standing, clock, **settings)


class Reply:
    """What a visitor got."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = int(status[:3])
        self.headers = {name.lower(): value for name, value in headers}
        self.body = body

    @property
    def title(self) -> str:
        """What stands in the h1."""
        return self.body.decode().partition("<h1>")[2].partition("</h1>")[0]


def ask(app, path: str = "/fr/", query: str = "", method: str = "GET", **headers: str) -> Reply:
    """Ask ``app`` as a server does; header names are written as WSGI spells them, without HTTP_."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "wsgi.url_scheme": "http",
        "HTTP_HOST": "news.example.org",
        **{f"HTTP_{name}": value for name, value in headers.items()},
    }
    said: list = []
    chunks = app(environ, lambda status, headers, exc_info=None: said.append((status, headers)))
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    return Reply(*said[-1], body)


def work(path: str) -> None:
    """Be a web worker of the newsroom at ``path`` until the input ends."""
    clock = SetClock()
    newsroom = Newsroom(Path(path))
    site = Site(newsroom, clock)
    app = cached(site, newsroom, clock)
    for line in sys.stdin:
        clock.at = datetime.fromisoformat(json.loads(line))
        reply = ask(app)
        print(json.dumps({"title": reply.title, "asked": len(site.asked)}), flush=True)


if __name__ == "__main__":
    work(sys.argv[1])

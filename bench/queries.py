"""How many statements a page asks of the database, and where an uncached page's time goes.

    python -m bench.queries /en/news/              (in the newsroom that the settings describe)
    python -m bench.queries /en/news/ --profile

The page is made in this process, without the page cache and without a server: first by a process
that has just started, then by one that knows what a web worker remembers.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import sys
import time
from io import BytesIO

from sqlalchemy import event

from app import create_app
from app.database import db
from config import environment

ABOUT_TRANSACTIONS = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA")
TIMES = 500


def measure(path: str, *, profile: bool = False) -> dict:
    """Return what one page costs: statements when cold and when warm, their text, CPU in microseconds."""
    app = create_app(environment() | {"PAGE_CACHE_MB": "0"})
    said: list[str] = []
    with app.app_context():
        _listen(db.engine, said)

    asked, _, query = path.partition("?")
    # As a server calls it: a test client would cost more than some of our pages.
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": asked,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": app.config["PUBLIC_URL"].partition("://")[2],
        "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr,
        "wsgi.input": BytesIO(),
    }

    def say(status, headers, exc_info=None):
        if not status.startswith("200"):
            raise RuntimeError(f"{path}: {status}")

    def ask():
        chunks = app.wsgi_app(dict(environ), say)
        try:
            return len(b"".join(chunks))
        finally:
            if hasattr(chunks, "close"):
                chunks.close()

    counts, size = [], 0
    for _ in range(2):
        said.clear()
        size = ask()
        counts.append(list(said))
    cold, warm = counts
    began = time.process_time()
    for _ in range(TIMES):
        ask()
    spent = (time.process_time() - began) / TIMES * 1e6
    if profile:
        with cProfile.Profile() as profiler:
            for _ in range(TIMES):
                ask()
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(45)
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("cumulative").print_stats(90)
    return {
        "path": path,
        "cold": len(cold),
        "warm": len(warm),
        "statements": warm,
        "us": spent,
        "bytes": size,
    }


def _listen(engine, said):
    """Note in ``said`` every statement that reaches the driver, whichever way; those about transactions apart.

    The page cache's own look at the standing is not among them: it has a connection to itself.
    """

    def note(statement):
        if not str(statement).startswith(ABOUT_TRANSACTIONS):
            said.append(" ".join(str(statement).split()))

    @event.listens_for(engine, "connect")
    def connect(connection, record):
        if engine.dialect.name == "sqlite":
            connection.set_trace_callback(note)
            return

        class Noting(connection.cursor_factory):
            def execute(self, query, *values, **options):
                note(query)
                return super().execute(query, *values, **options)

        connection.cursor_factory = Noting


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1], profile="--profile" in sys.argv)))

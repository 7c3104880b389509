"""What our pages are measured against, in the same server: the least that Flask and that Python can do.

``hello`` is a bare Flask app that answers one word. ``prebuilt`` is a WSGI function that answers
finished bytes with two headers, at ``/NAME`` as many as our page NAME has: the server's own limit.
``same`` does it with our page's own headers. The bytes are files in the folder BENCH_BODIES,
``NAME.body`` and, for the headers, ``NAME.json``.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from flask import Flask

hello = Flask("hello")


@hello.get("/")
def say() -> str:
    """Say hello."""
    return "hello"


def _files(pattern: str) -> dict[str, Path]:
    folder = os.environ.get("BENCH_BODIES")
    return {f"/{path.stem}": path for path in Path(folder).glob(pattern)} if folder else {}


BODIES = {name: path.read_bytes() for name, path in _files("*.body").items()}
HEADERS = {
    name: [tuple(line) for line in json.loads(path.read_text())] for name, path in _files("*.json").items()
}
TWO = {
    name: [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))]
    for name, body in BODIES.items()
}


def prebuilt(environ, start_response):
    """Answer the finished bytes with two headers."""
    name = environ["PATH_INFO"]
    start_response("200 OK", TWO[name])
    return [BODIES[name]]


def same(environ, start_response):
    """Answer the finished bytes with the headers of our page."""
    name = environ["PATH_INFO"]
    start_response("200 OK", HEADERS[name])
    return [BODIES[name]]

"""What a topic page with two hundred questions costs, beside a bare Flask hello in the same process.

    python -m bench.topics
    python -m bench.topics --profile "save a question"

A newsroom of its own is made in a temporary folder and thrown away. Each thing is done by an officer who is
signed in, without a server and without the page cache; figures are CPU of one request.
"""

from __future__ import annotations

import cProfile
import json
import pstats
import re
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

from flask import Flask
from flask_migrate import upgrade

from app import create_app
from app.accounts import service as accounts
from app.accounts.models import Account
from app.cli import init_migrations
from app.editorial import service as editorial
from app.editorial.service import Shared, Text
from app.topics import rules, service
from bench.floors import hello
from bench.goals import table, verdict

TIMES_HELLO = 20.0
QUESTIONS = 200
PASSWORD = "Ryba-2025-sonce!"
ADDRESS = "bench@office.test"
HOST = "bench.test"
ANSWER = (
    '<p>Whoever asks for it gets <strong>the same</strong> answer, with <a href="https://www.example.org/">its'
    " source</a> and the day on which somebody looked whether it still holds.</p><ul><li>one</li><li>two</li></ul>"
)


class Browser:
    """An officer's browser, as a server calls us: a test client would cost more than some of our pages."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.cookie = ""

    def ask(self, path: str, fields: dict[str, str] | None = None, *, query: str = "") -> tuple[str, bytes]:
        """Return the status and the body of ``path``; ``fields`` are sent as a form."""
        body = urlencode(fields).encode() if fields else b""
        environ = {
            "REQUEST_METHOD": "POST" if fields else "GET", "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": HOST, "HTTP_COOKIE": self.cookie, "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
            "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "HTTP_ORIGIN": f"http://{HOST}",
        }  # fmt: skip
        told: list[str] = []

        def say(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
            told.append(status)
            for name, value in headers:
                if name.lower() == "set-cookie":
                    self.cookie = value.partition(";")[0]

        chunks = self.app(environ, say)
        try:
            return told[0], b"".join(chunks)
        finally:
            if hasattr(chunks, "close"):
                chunks.close()


def _newsroom(app: Flask, questions: int) -> str:
    """Make an officer and a public page with so many questions; return where it is written."""
    upgrade()
    by = accounts.add_officer(
        email=ADDRESS, name="Bench", roles=["administrator"], language="en", password=PASSWORD, by=None
    )
    second = _second()
    names = {"fr": "Sujet", "en": "Subject", "uk": "Тема"}
    words = Text(
        title="A page with many questions", lead="Two hundred of them.", body="<h2>A part</h2><p>Words.</p>"
    )
    edition = service.start(None, "en", words, Shared(), names=names, by=by)
    entries = [
        {"id": f"q-{number}"}
        | rules.made(rules.Asked(f"Question {number}?", ANSWER, f"Group {number // 20}"), "en")
        for number in range(questions)
    ]
    fields = edition.current.fields | {"faq": entries} if edition.current else {}
    editorial.save_fields(edition, fields, base=1, by=by)
    editorial.submit(edition, by=by)
    editorial.approve(edition, by=second)
    editorial.publish(edition, by=second)
    return f"/desk/topics/{edition.item_id}/en/"


def _second() -> Account:
    return accounts.add_officer(
        email="olena@office.test",
        name="Olena",
        roles=["publisher"],
        language="en",
        password=PASSWORD,
        by=None,
    )


def _cpu(work: Callable[[], object], times: int) -> float:
    """Return CPU microseconds of one ``work``."""
    work()
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times * 1e6


def _value(html: bytes, name: str) -> str:
    found = re.search(rb'name="%s"[^>]*value="([^"]*)"' % name.encode(), html)
    return found[1].decode() if found else ""


def measure(questions: int, profiled: str = "") -> dict[str, float]:
    """Return CPU microseconds of hello and of each thing that is done with so many questions."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            {
                "INSTANCE_DIR": folder,
                "PUBLIC_URL": f"http://{HOST}",
                "SECRET_KEY": "b" * 40,
                "PAGE_CACHE_MB": "0",
            }
        )
        init_migrations(app)
        with app.app_context():
            here = _newsroom(app, questions)
        browser = Browser(app.wsgi_app)
        token = _value(browser.ask("/desk/sign-in")[1], "csrf_token")
        status, _ = browser.ask(
            "/desk/sign-in", {"csrf_token": token, "email": ADDRESS, "password": PASSWORD}
        )
        if not status.startswith("303"):
            raise RuntimeError(f"sign-in: {status}")
        form = browser.ask(f"{here}faq/q-0/")[1]
        token, base, count = _value(form, "csrf_token"), int(_value(form, "base")), [0]

        def save() -> None:
            count[0] += 1
            sent = {"csrf_token": token, "base": str(base + count[0] - 1), "question": f"Question {count[0]} now?",
                    "answer": ANSWER, "group": "Group 5"}  # fmt: skip
            status, _ = browser.ask(f"{here}faq/q-0/", sent)
            if not status.startswith("303"):
                raise RuntimeError(f"saving: {status}")

        def look(path: str) -> Callable[[], object]:
            return lambda: browser.ask(path)

        bare = Browser(hello.wsgi_app)
        works: dict[str, tuple[Callable[[], object], int]] = {
            "hello": (lambda: bare.ask("/"), 2000),
            "save a question": (save, 30),
            "open the editor": (look(here), 30),
            "open a question": (look(f"{here}faq/q-0/"), 30),
            "open the list": (look(f"{here}faq/"), 30),
            "the public page, uncached": (look("/en/topics/a-page-with-many-questions"), 30),
        }
        if profiled:
            with cProfile.Profile() as profiler:
                _cpu(works[profiled][0], 30)
            pstats.Stats(profiler, stream=sys.stderr).sort_stats("cumulative").print_stats(70)
        return {name: _cpu(*work) for name, work in works.items()}


def main() -> None:
    """Print the figures with one question and with two hundred, and what the goals say of them."""
    rounds = [(measure(1), measure(QUESTIONS)) for _ in range(3)]

    def middle(name: str, which: int) -> float:
        return sorted(each[which][name] for each in rounds)[1]

    floor = middle("hello", 1)
    rows = [
        [name, f"{middle(name, 0):,.0f}", f"{middle(name, 1):,.0f}", f"{middle(name, 1) / floor:.1f}"]
        for name in rounds[0][0]
    ]
    print(table(["CPU of one request", "1 question, µs", f"{QUESTIONS}, µs", "times hello"], rows))
    for name in ("open the editor", "open a question", "save a question"):
        print(verdict(name, middle(name, 1) / floor, TIMES_HELLO))
        print(
            verdict(
                f"{name}: what the questions add", (middle(name, 1) - middle(name, 0)) / floor, TIMES_HELLO
            )
        )


if __name__ == "__main__":
    if "--profile" in sys.argv:
        print(json.dumps(measure(QUESTIONS, sys.argv[sys.argv.index("--profile") + 1])))
    else:
        main()

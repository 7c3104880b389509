"""Hostile words in every field of the desk that takes text: found by walking it, typed in, sent, and looked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import Tag
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import service as accounts
from app.editorial.models import State
from app.teamwork import service as teamwork
from tests import make
from tests.browser import Page, mistakes
from tests.topics import scene as topic_scene

pytestmark = pytest.mark.slow
KNOWN = "العربية"  # by which typed words are known again, whatever was cleaned away around them
HOSTILE = f'"><script>alert(1)</script><img src=x onerror=alert(1)>\u202e{{{{ 7*7 }}}} %(x)s \0 {KNOWN}'
TEXTUAL = ("text", "search", "email", "url", "tel", "", None)
FORGOTTEN = {"code"}  # what is secret is not shown again


class Found(NamedTuple):
    """A form of a page, and the names of its fields that take text."""

    page: str
    form: Tag
    names: tuple[str, ...]


@pytest.fixture
def office(app: Flask, frozen: Any) -> None:
    """An office with texts of every type and in every state, and everything around them."""
    later = frozen.at + timedelta(hours=3)
    texts = [
        make.release(state, at=later, title=f"A release that is {state.value}")
        for state in (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.EMBARGO, State.PUBLISHED)
    ]
    make.event(facts=make.event_facts(make.entry()))
    topic_scene.topic()
    make.contact()
    oksana = make.officer()
    teamwork.comment(texts[0], text="Why?", by=oksana, version=1, block=1)
    teamwork.assign(
        texts[0].item, task="review", to=make.officer("Rosa"), language="en", by=make.officer("Ada")
    )
    accounts.invite("new@office.test", name="New", roles=["writer"], language="en", by=make.officer("Ada"))


def walked(app: Flask, by: FlaskClient) -> Iterator[tuple[str, Page]]:
    """Yield the pages of the desk that lead to each other: each view once for each thing that it is about."""
    waiting, seen = ["/desk/"], set()
    doors = app.url_map.bind("newsroom.test")
    while waiting:
        path = waiting.pop(0)
        endpoint, about = doors.match(urlsplit(path).path, method="GET")
        if (about.get("language") or "en") != "en":
            continue
        key = (endpoint, tuple(sorted((name, str(value)) for name, value in about.items())))
        if key in seen:
            continue
        seen.add(key)
        answer = by.get(path)
        if answer.status_code == 303:
            waiting.append(urljoin(path, answer.location))
            continue
        if answer.mimetype != "text/html":
            continue
        page = Page(answer)
        assert page.status == 200, (path, page.status)
        yield path, page
        for link in page.all("a[href]"):
            target = urlsplit(urljoin(f"http://newsroom.test{path}", link["href"]))
            if target.netloc == "newsroom.test" and target.path.startswith("/desk/"):
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))


def forms(path: str, page: Page) -> Iterator[Found]:
    """Yield the forms of a page that take text."""
    for form in page.all("form[action]"):
        names = [
            control["name"]
            for control in form.select("textarea[name], input[name]")
            if control.name == "textarea" or control.get("type") in TEXTUAL
        ]
        if names:
            yield Found(path, form, tuple(names))


def filled(found: Found) -> dict[str, Any]:
    """Return what a browser would send of a form in which the same was typed everywhere."""
    sent: dict[str, Any] = {}
    for control in found.form.select("input[name], textarea[name], select[name]"):
        name, kind = control["name"], control.get("type")
        if name in found.names:
            sent[name] = HOSTILE
        elif control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            sent[name] = chosen.get("value", "") if chosen else ""
        elif kind not in ("checkbox", "radio", "submit", "file", "password") or control.has_attr("checked"):
            sent[name] = control.get("value", "")
    return sent


def faults(answer: Page, found: Found) -> Iterator[Any]:
    """Yield how what was typed became more than words, or was lost when its form was refused."""
    if answer.status >= 500:
        yield "an error"
    if answer.answer.mimetype != "text/html":
        return
    if "<script>alert" in answer.html or answer.all("img[src=x], [onerror]"):
        yield "markup"
    if " 49 " in answer.html:
        yield "a template"
    yield from mistakes(answer.html)[:3]
    if answer.status not in (409, 422):
        return
    for name in found.names:
        for control in answer.all(f"[name='{name}']"):
            kept = control.get_text() if control.name == "textarea" else control.get("value", "")
            if KNOWN not in kept and name not in FORGOTTEN:
                yield f"{name} is lost"


def test_whatever_is_typed_anywhere_at_the_desk_is_only_words(app: Flask, office: None) -> None:
    ada = make.signed_in(app, "Ada")
    every = [found for path, page in walked(app, ada) for found in forms(path, page)]
    posts = [found for found in every if found.form.get("method", "get").lower() == "post"]
    wrong = []
    for found in every:
        action = found.form["action"] or found.page
        for button in found.form.select("button[name]")[:4] or [None]:
            sent = filled(found) | ({button["name"]: button.get("value", "")} if button else {})
            answer = Page(
                ada.post(action, data=sent) if found in posts else ada.get(action, query_string=sent)
            )
            wrong += [(found.page, action, answer.status, fault) for fault in faults(answer, found)]
    assert wrong == [], "\n".join(map(str, wrong))
    for path, page in walked(app, ada):
        assert "<script>alert" not in page.html, path
        assert not page.all("img[src=x], [onerror]"), path
    fields = {(found.page, name) for found in every for name in found.names}
    print(f"\n{len(every)} forms, {len(posts)} of them sent; {len(fields)} fields")
    assert len(posts) > 30
    assert len(fields) > 200

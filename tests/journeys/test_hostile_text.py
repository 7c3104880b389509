"""Hostile texts in a real browser, without any content security policy to help."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from app.text.markup import clean, present
from tests.ground.hostile import VECTORS

pytestmark = pytest.mark.browser

# Shows each text in turn, follows its links, gives its handlers time, and answers how the browser writes it back.
SHOW = """async ([texts, follow]) => {
    window.executed = [];
    const back = [];
    for (const [at, text] of texts.entries()) {
        window.pwned = () => window.executed.push(at);
        const place = document.createElement("article");
        document.body.replaceChildren(place);
        place.innerHTML = text;
        place.querySelectorAll("*").forEach((element) => {
            element.dispatchEvent(new Event("mouseover"));
            element.dispatchEvent(new Event("focus"));
            if (new RegExp(follow).test(element.protocol ?? "https:")) element.click();
        });
        await new Promise((done) => setTimeout(done, 4));
        back.push(place.innerHTML);
    }
    await new Promise((done) => setTimeout(done, 100));
    return { executed: [...new Set(window.executed)], back };
}"""

UNUSUAL = "^(?!(?:https?|mailto|tel):$)"  # the schemes of links that are followed


@pytest.fixture
def bare(page: Page) -> Page:
    """An empty page that asks nobody for anything; ``page.asked`` lists what it would have asked for."""
    page.asked = []

    def answer(route) -> None:
        if route.request.url == "http://newsroom.test/bare":
            route.fulfill(body="<!doctype html><title>x</title><body>", content_type="text/html")
            return
        page.asked.append(route.request.url)
        route.abort()

    page.route("**/*", answer)
    page.goto("http://newsroom.test/bare")
    return page


def test_nothing_of_a_cleaned_text_runs_or_looks_elsewhere(bare: Page):
    texts = [present(clean(vector, language="en")) for vector in VECTORS]

    assert bare.evaluate(SHOW, [texts, UNUSUAL])["executed"] == []
    assert [url for url in bare.asked if not url.startswith("http://newsroom.test/media/pictures/")] == []
    assert bare.url == "http://newsroom.test/bare"


def test_what_the_browser_makes_of_a_cleaned_text_is_cleaned_to_the_same(bare: Page):
    texts = [clean(vector, language="en") for vector in VECTORS]

    back = bare.evaluate(SHOW, [texts, UNUSUAL])["back"]

    assert [clean(html, language="en") for html in back] == texts


def test_the_same_texts_run_when_nothing_cleans_them(bare: Page):
    staying = [text for text in VECTORS if "http-equiv" not in text and "<form" not in text]

    assert len(bare.evaluate(SHOW, [staying, "^javascript:$"])["executed"]) > 40

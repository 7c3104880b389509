"""A crawl of everything that readers can reach, in three languages: no dead link, no 500, no foreign sentence; and axe."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from io import BytesIO
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Page

from app.languages import LANGUAGES
from scripts import catalogues
from tests.browser import check_html
from tests.journeys.office import AXE
from tests.journeys.running import Newsroom
from tests.journeys.test_release import officer
from tests.reading import read

pytestmark = pytest.mark.browser
MOST = 5  # choices of photos that are asked of one page: there are as many as subsets of a gallery


@cache
def sentences(language: str) -> frozenset[str]:
    """The whole sentences that the interface says in ``language``, where no other language says the same."""

    def said(code: str) -> set[str]:
        catalogue = read_po(BytesIO(catalogues.path_of(code).read_bytes()), locale=code)
        strings = [m.string if isinstance(m.string, tuple) else (m.string,) for m in catalogue if m.id]
        return {s for each in strings for s in each if len(s) > 9 and "%(" not in s and " " in s}

    others = set().union(*(said(code) for code in LANGUAGES if code != language))
    return frozenset(others - said(language))


def words_in(soup: BeautifulSoup, language: str) -> str:
    """The text of a page outside of whatever is marked as another language."""
    for part in soup.select("[lang]"):
        if part.name != "html" and part.get("lang") != language:
            part.decompose()
    for part in soup.select("script"):
        part.decompose()
    return " ".join(soup.get_text(" ").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_crawl_finds_no_dead_link_no_fault_and_no_foreign_sentence(seeded: Newsroom, language: str):
    seen: set[str] = set()
    asked: Counter[str] = Counter()
    waiting = [f"/{language}/"]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        page, _mark, query = path.partition("?")
        asked[page] += "photo=" in query
        if "photo=" in query and asked[page] > MOST:
            continue
        status = seeded.status(path)
        assert status == 200, (status, path)
        if not path.startswith(f"/{language}/") or path.endswith((".atom", ".txt", ".ics")):
            continue
        html = seeded.text(path)
        soup = read(html)
        for link in soup.select("a[href], link[href], img[src], script[src]"):
            target = urlsplit(urljoin(seeded.url + path, link.get("href") or link.get("src")))
            if target.netloc == urlsplit(seeded.url).netloc and not target.path.startswith("/desk"):
                waiting.append(target.path + (f"?{target.query}" if target.query else ""))
        if path.count("/") < 4 or len(seen) % 10 == 0:
            check_html(html)
        text = words_in(soup, language)
        foreign = [
            sentence
            for sentence in sentences(language)
            if sentence in text and re.search(rf"\b{re.escape(sentence)}", text)  # compiling all takes long
        ]
        assert not foreign, (path, foreign)
    assert len(seen) > 60


def pages_to_look_at(newsroom: Newsroom, language: str) -> list[str]:
    """One page of each sort."""
    feed = newsroom.text(f"/{language}/news.atom")
    release = urlsplit(re.findall(r'<link href="([^"]+/2025/12/03/[^"]+)"', feed)[0]).path
    topics = read(newsroom.text(f"/{language}/topics/"))
    topic = topics.select_one(".topics__title a")["href"]
    soup = read(newsroom.text(f"/{language}/events/"))
    events = [link["href"] for link in soup.select(".event-row__title a")]
    return [f"/{language}/", f"/{language}/news/", release, f"/{language}/events/", events[1], events[-2], f"/{language}/topics/", topic, f"/{language}/news/?kind=speech", f"/{language}/about/privacy",
            f"/{language}/about/accessibility", f"/{language}/about/conditions", f"/{language}/nothing-here"]  # fmt: skip


def hold_to_access(page: Page, path: str) -> None:
    """Hold the page that is open at ``path`` to the rules of access, by day and by night."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour is between two
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, (path, page.viewport_size, scheme, found.generate_report())


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_public_pages(browser: Browser, seeded: Newsroom, language: str, width: int):
    context = browser.new_context(viewport={"width": width, "height": 900}, base_url=seeded.url)
    page = context.new_page()
    for path in pages_to_look_at(seeded, language):
        page.goto(path)
        hold_to_access(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        if width < 400:
            page.set_viewport_size({"width": 320, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            page.set_viewport_size({"width": width, "height": 900})
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_at_the_desk(browser: Browser, seeded: Newsroom, width: int):
    page = officer(browser, seeded, "publisher")
    page.goto("/desk/releases/")
    texts = page.locator(".text-table tbody th a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    review = page.context.new_page()
    review.goto("/desk/releases/?state=in_review")
    in_review = review.locator(".text-table tbody th a").first.get_attribute("href")
    approved = review
    approved.goto("/desk/releases/?state=approved")
    ready = approved.locator(".text-table tbody th a").first.get_attribute("href")
    approved.goto("/desk/releases/?state=published")
    out = approved.locator(".text-table tbody th a").first.get_attribute("href")
    page.goto("/desk/events/")
    event = page.locator(".text-table tbody th a").first.get_attribute("href")
    paths = ["/desk/events/new?language=fr", event, f"{event}programme", f"{event}preview", "/desk/", "/desk/releases/", "/desk/releases/new", "/desk/releases/new?language=uk", texts[0], f"{texts[0]}preview",
             f"{in_review}review", f"{ready}publish", f"{out}withdraw", f"{texts[0]}pictures", "/desk/jobs", "/desk/settings",
             "/desk/releases/?q=nothing+like+this"]  # fmt: skip
    page.set_viewport_size({"width": width, "height": 900})
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        assert answer.status == 200, path
        hold_to_access(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
    page.context.close()


def test_axe_finds_nothing_at_the_door(browser: Browser, seeded: Newsroom):
    context = browser.new_context(base_url=seeded.url)
    page = context.new_page()
    page.goto("/desk/sign-in")
    page.locator("main form button[type=submit]").click()
    found = Axe().run(page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    context.close()

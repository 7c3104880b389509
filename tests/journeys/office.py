"""An officer at work in a browser of their own, and somebody who looks closely at the pages that are passed."""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from app.accounts.factor import code_at
from tests import make
from tests.browser import check_html
from tests.journeys.running import Newsroom

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PICTURES = Path(__file__).resolve().parents[2] / "test-results"
# What axe is asked: what is right need not be told, which saves a quarter of its time.
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}


class Moved:
    """The hour of a newsroom that is served by moved.py."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def to(self, moment: datetime) -> None:
        """Let it be ``moment``; from then on time passes as ever."""
        kept = self.file.with_suffix(".new")
        kept.write_text(str((moment - datetime.now(UTC)).total_seconds()))
        kept.replace(self.file)

    def now(self) -> datetime:
        """Return the hour that it is."""
        return datetime.now(UTC) + timedelta(seconds=float(self.file.read_text()))


def press(page: Page, button: Locator) -> None:
    """Press what leads to another page, and wait until that is there."""
    with page.expect_navigation():
        button.click()


def take_picture(page: Page, name: str) -> None:
    """Keep how the whole page looks as ``name``, where PICTURES=1 asks for that: people look at it, no test does."""
    if os.environ.get("PICTURES") == "1":
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def hold(page: Page, name: str, widths: tuple[int, ...] = (390, 1280)) -> None:
    """Hold the page that is open to the rules of access and of HTML, by day and by night."""
    check_html(page.request.get(page.url).text())
    before = page.viewport_size
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="dark" if width == 390 else "light", reduced_motion="reduce")
        found = Axe().run(page, options=AXE)
        assert found.violations_count == 0, (name, width, found.generate_report())
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        take_picture(page, f"day-{name}-{width}")
    page.set_viewport_size(before)
    page.emulate_media(color_scheme="light")


class Officer:
    """Somebody of the press office, signed in with both factors; ``page`` is their browser."""

    def __init__(self, browser: Browser, newsroom: Newsroom, hour: Moved, name: str) -> None:
        self.name = name
        self.page = browser.new_context(viewport=DESKTOP, base_url=newsroom.url).new_page()
        self.offences: list[str] = []
        self.page.on("pageerror", lambda error: self.offences.append(str(error)))
        self._sign_in(hour)

    def _sign_in(self, hour: Moved) -> None:
        page = self.page
        page.goto("/desk/")
        page.locator("main input[name=email]").fill(f"{self.name.lower().replace('é', 'e')}@office.test")
        page.locator("input[name=password]").fill(make.PASSWORD)
        press(page, page.locator("main form button[type=submit]"))
        expect(page).to_have_url(re.compile("/second-factor/set-up"))
        secret = page.locator(".factor__secret").inner_text().replace(" ", "")
        page.locator("#code").fill(code_at(secret, hour.now()))
        press(page, page.locator("main form button[type=submit]").first)
        page.goto("/desk/")
        expect(page.locator(".turn, .empty-state").first).to_be_visible()

    def fill(self, **typed: Any) -> None:
        """Type into fields by their ids; a list of paragraphs goes into the editor."""
        page = self.page
        for name, value in typed.items():
            if isinstance(value, list):
                page.locator("[contenteditable=true]").click()
                page.keyboard.press("Control+a")
                for number, paragraph in enumerate(value):
                    if number:
                        page.keyboard.press("Enter")
                    page.keyboard.insert_text(paragraph)
                continue
            field = page.locator(f"[id='{name}']")
            if field.evaluate("one => one.localName") == "select":
                field.select_option(value)
            elif isinstance(value, bool):
                field.set_checked(value)
            else:
                field.fill(value)

    def save(self) -> str:
        """Save the form by the keyboard; return the address of the text."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Control+s")
        expect(self.page.locator(".banner--done")).to_be_visible()
        return self.page.url.partition("?")[0].removesuffix("translate")

    def write(self, address: str, **typed: Any) -> str:
        """Open a form, type into it and save it; return the address of the text."""
        self.page.goto(address)
        self.fill(**typed)
        return self.save()

    def submit(self, here: str, reason: str = "") -> None:
        """Send a text for review; ``reason`` answers what the checks find, if they do."""
        self.page.goto(here)
        press(self.page, self.page.locator("form[action$='/submit'] button"))
        if self.page.locator("#everything").count():
            self.page.locator("#everything").fill(reason)
            press(self.page, self.page.locator("button[name=submit]").last)
        expect(self.page.locator(".banner--done")).to_be_visible()

    def approve(self, here: str) -> None:
        """Approve a text that others wrote."""
        self.page.goto(f"{here}review")
        press(self.page, self.page.locator("button[name=approve]"))
        expect(self.page.locator(".banner--done")).to_be_visible()

    def publish(self, here: str, **typed: Any) -> None:
        """Publish a text: now, or as ``typed``; what is read back is confirmed."""
        page = self.page
        page.goto(f"{here}publish")
        for name in ("when", "kind"):
            if value := typed.pop(name, ""):
                page.locator(f"input[name={name}][value={value}]").check()
        self.fill(**typed)
        press(page, page.locator("main form button[type=submit]"))
        if page.locator(".read-back").count():
            press(page, page.locator("main form button[type=submit]"))
        expect(page.locator(".banner--done")).to_be_visible()

    def end(self, here: str, how: str, **typed: str) -> None:
        """End a page that readers know."""
        page = self.page
        page.goto(f"{here}withdraw")
        page.locator(f"input[name=how][value={how}]").check()
        self.fill(**typed)
        press(page, page.locator("main form button[type=submit]"))
        press(page, page.locator("main form button[type=submit]"))
        expect(page.locator(".banner--done")).to_be_visible()

    def find(self, words: str) -> str:
        """Find a text by words of its title; return its address at the desk."""
        self.page.goto(f"/desk/texts/?q={words.replace(' ', '+')}")
        press(self.page, self.page.locator("tbody th a", has_text=words).first)
        return self.page.url

    def public_address(self, here: str) -> str:
        """Return where readers find a text."""
        self.page.goto(here)
        return self.page.locator(".side-box--state a:not([href^='/desk'])").first.get_attribute("href") or ""

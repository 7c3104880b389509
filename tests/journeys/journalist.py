"""A journalist with a device or two, and the mails that reach them through a real mail server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Browser, Page

from tests.journeys.office import DESKTOP, PHONE, press
from tests.journeys.running import Newsroom
from tests.mailserver import MailServer
from tests.proving.letters import code_in, link_in
from tests.waiting import until

PASSWORD = "Haltestelle-2026!"
NEW_PASSWORD = "Windmuehle-2027?"
SEND = "form.form button[type=submit]:not([name]):not([tabindex])"


@dataclass(frozen=True)
class Letter:
    """A mail as its reader sees it."""

    subject: str
    text: str
    html: str

    @property
    def code(self) -> str:
        """The digits that open it."""
        return code_in(SimpleNamespace(text=self.text))

    @property
    def link(self) -> str:
        """The address that fills the code in."""
        return link_in(SimpleNamespace(text=self.text))


class Journalist:
    """Somebody with an address, who speaks ``language``."""

    def __init__(
        self, browser: Browser, newsroom: Newsroom, server: MailServer, language: str, email: str
    ) -> None:
        self.browser, self.newsroom, self.server = browser, newsroom, server
        self.language, self.email = language, email

    def device(self, *, is_phone: bool = True, has_script: bool = True) -> Page:
        """Return a browser that nobody has used before."""
        context = self.browser.new_context(
            viewport=PHONE if is_phone else DESKTOP, base_url=self.newsroom.url, locale=self.language,
            java_script_enabled=has_script,
        )  # fmt: skip
        return context.new_page()

    def at(self, page: str) -> str:
        """Return the address of a page of the account."""
        return f"/{self.language}/account/{page}"

    def letters(self) -> list[Letter]:
        """Return what has reached this address so far, oldest first."""
        found = [mail for mail in self.server.mails if mail["To"] == self.email]
        return [Letter(str(mail["Subject"]), _part(mail, "plain"), _part(mail, "html")) for mail in found]

    def letter(self, number: int) -> Letter:
        """Wait for the mail with this number, the first is 1, and return it."""
        until(lambda: len(self.letters()) >= number, seconds=60, what=f"mail {number} to {self.email}")
        return self.letters()[number - 1]

    def fill_in(self, page: Page, **changes: str) -> None:
        """Fill in the form of a registration."""
        told = {"name": "Zoé Martin", "organisation": "Radio Une", "email": self.email, "password": PASSWORD}
        for name, value in (told | changes).items():
            page.locator(f"main input[name={name}]").fill(value)
        page.locator("select[name=country]").select_option("BE")
        page.locator("input[name=conditions]").check()

    def register(self, page: Page) -> None:
        """Open an account, from the page that is open to the page that says so."""
        page.goto(self.at("register"))
        before = len(self.letters())
        self.fill_in(page)
        send(page)
        page.locator("input[name=code]").fill(self.letter(before + 1).code)
        send(page)

    def log_in(self, page: Page, password: str = PASSWORD, back: str = "") -> None:
        """Log in, and go ``back``."""
        page.goto(self.at("login") + (f"?next={back}" if back else ""))
        page.locator("main input[name=email]").fill(self.email)
        page.locator("input[name=password]").fill(password)
        send(page)


def _part(mail: Any, kind: str) -> str:
    body = mail.get_body((kind,))
    return str(body.get_content()).replace("\r\n", "\n") if body is not None else ""


def send(page: Page) -> None:
    """Press the main button of the page."""
    press(page, page.locator(SEND).last)


def reach(page: Page, selector: str) -> None:
    """Go to ``selector`` by the keyboard alone."""
    wanted = page.locator(selector)
    for _step in range(80):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"the keyboard does not reach {selector}: {wanted.count()} of them")


def path_of(page: Page) -> str:
    """Return where the browser is, without the newsroom's own address."""
    return re.sub(r"^https?://[^/]+", "", page.url)

"""The code of a mail in a real browser: filled in by its link, which leaves nothing behind, and followed on its way."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.journeys.office import take_picture
from tests.journeys.running import Newsroom
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "Vulytsia-7-lypa!"
NEW = "Autre-Chose-2026!"


def clean(page: Page, name: str) -> None:
    """Hold a page to the rules of access, light and dark, on a phone and a desktop, and nothing wider than a phone."""
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"][:150]) for each in found] == [], (
                name,
                width,
                scheme,
            )
        take_picture(page, f"codes-{name}-{width}")
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, name


def browser_of(browser: Browser, newsroom: Newsroom, *, script: bool = True) -> BrowserContext:
    return browser.new_context(base_url=newsroom.url, java_script_enabled=script)


def register(page: Page, email: str, language: str) -> None:
    """Fill in the form for an account."""
    page.goto(f"/{language}/account/register?next=/{language}/news/%3Ftopic=x")
    page.fill("#name", "Zoé Lefèvre")
    page.fill("#organisation", "L’Écho du soir")
    page.select_option("#country", "FR")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.check("#conditions")
    page.locator("main .form__end button").click()
    expect(page.locator("#code")).to_be_visible()


def mail_to(page: Page, email: str) -> str:
    """Open the newest mail to an address in the mailbox, as text; return the address of its link."""

    def came() -> bool:
        page.goto("/dev/mail")
        return page.locator(".mailbox__mails li", has_text=email).count() > 0

    until(came, what=f"a mail to {email}")
    page.locator(".mailbox__mails li", has_text=email).first.locator("p a").click()
    return page.locator(".kept-mail a", has_text="/account/code").get_attribute("href") or ""


def test_a_link_fills_the_code_in_and_leaves_nothing_in_the_address(
    browser: Browser, seeded: Newsroom
) -> None:
    phone = browser_of(browser, seeded)
    page = phone.new_page()
    register(page, "zoe@echo.example", "fr")
    expect(page.locator("[data-mail]")).to_have_attribute("data-mail", "handed", timeout=20_000)
    clean(page, "code")

    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    link = mail_to(page, "zoe@echo.example")
    code = re.search(r"#(\d{6})\.", link)
    assert code
    page.locator(".mailbox__ways a").click()  # the mail as it looks, with its own link
    page.locator(f'a[href="{link}"]').first.click()
    expect(page.locator("#code")).to_have_value(code[1])
    assert page.url.endswith("/fr/account/code?for=register")
    assert not [url for url in sent if code[1] in url.partition("#")[0]]

    page.locator("main .form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/fr/account/created"))
    phone.close()


def test_a_forgotten_password_is_replaced_on_another_device_without_script(
    browser: Browser, seeded: Newsroom
) -> None:
    desk, phone = browser_of(browser, seeded), browser_of(browser, seeded, script=False)
    page, other = desk.new_page(), phone.new_page()
    register(page, "tom@echo.example", "uk")
    page.goto(mail_to(page, "tom@echo.example"))
    page.locator("main .form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/uk/account/created"))

    page.goto("/en/account/forgot?next=/en/news/")
    clean(page, "forgot")
    page.fill("#email", "tom@echo.example")
    page.locator("main .form button").click()
    link = mail_to(page, "tom@echo.example")
    until(lambda: "for=reset" in mail_to(page, "tom@echo.example"), what="the mail with the new code")
    link = mail_to(page, "tom@echo.example")

    other.goto("/en/account/code?for=reset")
    other.fill("#email", "tom@echo.example")
    other.fill("#code", f"{link.partition('#')[2][:3]} {link.partition('#')[2][3:6]}")
    other.locator("main .form button").click()
    other.fill("#password", "short")
    other.locator("main .form button[type=submit]").click()
    expect(other.locator("#password-error")).to_contain_text("12 characters or more")
    other.fill("#password", NEW)
    other.locator("main .form button[type=submit]").click()
    expect(other.locator("h1")).to_have_text("Your password has been changed")

    page.goto("/en/account/settings")  # the first device was logged out
    expect(page.locator("h1")).to_have_text("Log in")
    desk.close()
    phone.close()


def test_the_pages_of_a_new_password_are_open_to_everybody(browser: Browser, seeded: Newsroom) -> None:
    context = browser_of(browser, seeded)
    page = context.new_page()
    page.goto("/uk/account/forgot")
    page.fill("#email", "oksana@newsroom.example")
    page.locator("main .form button").click()
    clean(page, "reset-code")
    page.goto(mail_to(page, "oksana@newsroom.example"))
    page.locator("main .form button[type=submit]").click()
    page.fill("#password", "Sonyashnyk")
    expect(page.locator("[data-rule=case]")).to_have_attribute("data-state", "met")
    expect(page.locator("[data-rule=digit]")).to_have_attribute("data-state", "unmet")
    clean(page, "password")
    page.goto("/fr/account/code?for=register")
    page.evaluate("document.cookie")
    clean(page, "elsewhere")
    page.goto("/dev/mail")
    clean(page, "mailbox")
    page.locator(".mailbox__mails p a").first.click()
    clean(page, "mail")
    context.close()

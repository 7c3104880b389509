"""From the desk to the reader, in three languages, in real browsers: two officers and somebody on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from app.demo.seed import OFFICERS
from tests.journeys.office import take_picture
from tests.journeys.running import Newsroom

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
WORDS = {
    "fr": (
        "Titre du parcours",
        "Un chapeau court.",
        "Bruxelles",
        "Le premier paragraphe du parcours.",
        "Salle de presse",
    ),
    "en": (
        "Title of the journey",
        "A short lead.",
        "Brussels",
        "The first paragraph of the journey.",
        "Newsroom",
    ),
    "uk": ("Заголовок подорожі", "Короткий вступ.", "Брюссель", "Перший абзац подорожі.", "Пресцентр"),
}


def officer(browser: Browser, newsroom: Newsroom, role: str) -> Page:
    """A browser of their own, in which the officer with ``role`` is signed in."""
    email, _, _, _, password = next(each for each in OFFICERS if each[2] == role)
    page = browser.new_context(viewport=DESKTOP, base_url=newsroom.url).new_page()
    page.goto("/desk/")
    page.locator("main input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/desk/$"))
    return page


def reader(browser: Browser, newsroom: Newsroom, language: str, *, script: bool = True) -> BrowserContext:
    """Somebody on a phone who reads ``language``."""
    return browser.new_context(
        viewport=PHONE, base_url=newsroom.url, locale=language, java_script_enabled=script, has_touch=True
    )


@pytest.mark.parametrize("language", WORDS)
def test_a_release_goes_from_the_desk_to_a_reader_on_a_phone(
    browser: Browser, seeded: Newsroom, language: str
):
    title, lead, place, paragraph, site = WORDS[language]
    oksana, amelie = officer(browser, seeded, "writer"), officer(browser, seeded, "publisher")

    oksana.goto(f"/desk/releases/new?language={language}")
    oksana.locator("#title").fill(title)
    oksana.locator("#lead").fill(lead)
    oksana.locator("#place").fill(place)
    text = oksana.locator("[contenteditable=true]")
    text.click()
    oksana.keyboard.type(paragraph)
    oksana.locator("[data-save]").click()
    expect(oksana.locator(".banner")).to_be_visible()
    here = oksana.url
    oksana.locator("form[action$='/submit'] button").click()
    expect(oksana.locator(".state-box, .side-box--state").locator(".tag").first).to_be_visible()

    amelie.goto("/desk/")
    amelie.locator(".turn").get_by_role("link", name=title, exact=True).click()
    amelie.goto(here + "review")
    expect(amelie.locator("main")).to_contain_text(paragraph)
    amelie.locator("button[name=approve]").click()
    expect(amelie).to_have_url(re.compile("/publish$"))
    unseen = reader(browser, seeded, language).new_page()
    unseen.goto(f"/{language}/news/")
    expect(unseen.locator("main")).not_to_contain_text(title)
    amelie.locator("input[name=when][value=now]").check()
    amelie.locator("main form button[type=submit]").click()
    expect(amelie.locator(".banner")).to_be_visible()

    for script in (True, False):
        phone = reader(browser, seeded, language, script=script).new_page()
        phone.goto("/")
        expect(phone).to_have_url(re.compile(f"/{language}/$"))
        expect(phone).to_have_title(re.compile(site))
        phone.get_by_role("link", name=title).first.click()
        expect(phone.locator("h1")).to_have_text(title)
        expect(phone.locator("main")).to_contain_text(paragraph)
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        take_picture(phone, f"release-{language}-390{'' if script else '-no-script'}")
    for page in (oksana, amelie):
        page.context.close()


def test_two_officers_who_save_at_once_lose_nothing(browser: Browser, seeded: Newsroom):
    oksana, amelie = officer(browser, seeded, "writer"), officer(browser, seeded, "publisher")
    oksana.goto("/desk/releases/new?language=en")
    oksana.locator("#title").fill("Both at once")
    oksana.locator("[data-save]").click()
    expect(oksana.locator(".banner")).to_be_visible()
    amelie.goto(oksana.url)
    amelie.locator("#lead").fill("Written by Amélie")
    amelie.locator("[data-save]").click()
    expect(amelie.locator(".banner")).to_be_visible()

    oksana.locator("#lead").fill("Written by Oksana")
    oksana.locator("[data-save]").click()
    expect(oksana.locator(".compare")).to_contain_text("Amélie")
    expect(oksana.locator("#lead")).to_have_value("Written by Oksana")
    oksana.locator("[data-save]").click()
    expect(oksana.locator(".banner")).to_be_visible()
    expect(oksana.locator("#lead")).to_have_value("Written by Oksana")
    for page in (oksana, amelie):
        page.context.close()


def test_the_desk_can_be_used_without_script(browser: Browser, seeded: Newsroom):
    email, _, _, _, password = OFFICERS[0]
    context = browser.new_context(viewport=PHONE, base_url=seeded.url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/desk/releases/new?language=fr")
    page.locator("main input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main form button[type=submit]").click()
    page.locator("#title").fill("Sans script")
    page.locator("#body").fill("Un paragraphe.\n\nUn autre.")
    page.locator("[data-save]").click()
    expect(page.locator(".banner")).to_be_visible()
    expect(page.locator("#body")).to_have_value("<p>Un paragraphe.</p><p>Un autre.</p>")
    context.close()

"""A reader's way through a page of questions, with and without script, and an officer's through its desk."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.journeys.office import AXE
from tests.journeys.running import Newsroom
from tests.journeys.test_release import officer

pytestmark = pytest.mark.browser
PAGE = "/en/topics/support-for-ukraine"


def test_an_address_opens_its_answer_with_script_and_without(browser: Browser, seeded: Newsroom):
    for has_script in (True, False):
        context = browser.new_context(base_url=seeded.url, java_script_enabled=has_script)
        page = context.new_page()
        page.goto(f"{PAGE}#q-what-is-purl")
        expect(page.locator("#q-what-is-purl .faq__answer")).to_be_visible()
        expect(page.locator("#q-what-is-purl")).to_be_in_viewport()
        expect(page.locator("#q-what-is-nato .faq__answer")).to_be_hidden()
        page.locator("#q-what-is-nato summary").click()
        expect(page.locator("#q-what-is-nato .faq__answer")).to_be_visible()
        page.emulate_media(media="print")
        expect(page.locator("#q-what-does-jatec-do .faq__answer")).to_be_visible()
        context.close()


def test_questions_are_filtered_and_opened_all_at_once(browser: Browser, seeded: Newsroom):
    page = browser.new_context(base_url=seeded.url).new_page()
    page.goto(PAGE)
    shown = page.locator("details.faq__entry:visible")
    expect(shown).to_have_count(14)
    page.get_by_label("Filter the questions").fill("  WIESBADEN ")
    expect(shown).to_have_count(1)
    expect(page.locator(".faq__group:visible")).to_have_count(1)
    page.get_by_label("Filter the questions").fill("zzz")
    expect(page.get_by_text("No question contains “zzz”.")).to_be_visible()
    page.get_by_label("Filter the questions").fill("")
    page.get_by_role("button", name="Show all answers").click()
    expect(page.locator("details.faq__entry[open]")).to_have_count(14)
    page.get_by_role("button", name="Hide all answers").click()
    expect(page.locator("details.faq__entry[open]")).to_have_count(0)
    page.evaluate("location.hash = '#q-what-is-purl'")
    expect(page.locator("details.faq__entry[open]")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_questions_contacts_and_links(
    browser: Browser, seeded: Newsroom, scheme: str
):
    page = officer(browser, seeded, "publisher")
    page.emulate_media(color_scheme=scheme)
    page.goto("/desk/topics/")
    here = page.locator(".text-table tbody th a").first.get_attribute("href")
    page.goto(f"{here}faq/")
    entry = page.locator("tbody th a").first.get_attribute("href")
    paths = [here, f"{here}faq/", entry, f"{entry}delete", f"{here}preview", "/desk/contacts/", "/desk/contacts/1/",
             "/desk/subjects/", "/desk/subjects/1/", "/desk/links/?q=a", "/desk/links/broken"]  # fmt: skip
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            page.goto(path)
            found = Axe().run(page, options=AXE)
            assert found.violations_count == 0, (path, width, found.generate_report())
    page.set_viewport_size({"width": 320, "height": 700})
    for path in paths:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_a_text_of_ours_is_found_and_put_into_a_link(browser: Browser, seeded: Newsroom):
    page = officer(browser, seeded, "publisher")
    page.goto("/desk/releases/new?language=en")
    page.locator("#links-picker").fill("contact group")
    page.locator(".picker__found button").first.click()
    assert re.match(
        r"/(en|fr|uk)/(news|events|topics|media/videos|media/photos)/",
        page.locator("#links-0-url").input_value(),
    )
    assert page.locator("#links-0-title").input_value()
    page.locator("#links-picker").fill("contact group")
    page.locator(".picker__found button").first.click()
    expect(page.locator(".picker__said")).not_to_be_empty()

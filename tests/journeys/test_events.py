"""An event in a real browser: the reader's own hours, and a programme of three rows written with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.running import Newsroom
from tests.journeys.test_release import officer

pytestmark = pytest.mark.browser
SHIFTS = """
window.shifted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def visited(browser: Browser, newsroom: Newsroom, **settings) -> Page:
    """A reader's page with the event that has an hour that moved and one that was cancelled."""
    context = browser.new_context(base_url=newsroom.url, locale="en", **settings)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto("/en/events/visit-to-the-store-in-porto")
    return page


def test_readers_elsewhere_see_their_own_hours_and_nothing_moves(browser: Browser, seeded: Newsroom):
    for width in (390, 1280):
        page = visited(browser, seeded, timezone_id="Asia/Tokyo", viewport={"width": width, "height": 900})
        own = page.locator(".programme__own")
        expect(own.first).to_have_text("In your time zone: 17:00")
        expect(own.last).to_have_text("In your time zone: 23:00")
        page.wait_for_timeout(500)
        assert page.evaluate("window.shifted") < 0.01
        page.context.close()


def test_another_day_is_named_where_it_is_another_day(browser: Browser, seeded: Newsroom):
    page = visited(browser, seeded, timezone_id="Pacific/Auckland")
    expect(page.locator(".programme__own").last).to_contain_text(re.compile(r": [A-Z][a-z]+ 03:00"))
    page.context.close()


def test_who_is_in_the_offices_zone_or_has_no_script_sees_the_offices_hours_alone(
    browser: Browser, seeded: Newsroom
):
    for settings in (
        {"timezone_id": "Europe/Paris"},
        {"timezone_id": "Asia/Tokyo", "java_script_enabled": False},
    ):
        page = visited(browser, seeded, **settings)
        assert page.locator(".programme__own").all_text_contents() == [""] * 4
        expect(page.locator(".programme__time").first).to_have_text("09:00–10:30")
        page.context.close()


def test_a_programme_of_three_rows_is_written_with_the_keyboard_alone(browser: Browser, seeded: Newsroom):
    page = officer(browser, seeded, "writer")
    page.goto("/desk/events/new?language=en")
    page.locator("#title").focus()
    page.keyboard.type("Three hours")
    page.locator("#starts_day").focus()
    page.keyboard.type("3 December 2030")
    page.keyboard.press("Control+s")
    page.wait_for_url("**/desk/events/*/en/")
    page.goto(page.url + "programme")
    for number, (hour, title) in enumerate((("9:00", "First"), ("10h30", "Second"), ("3 pm", "Third"))):
        page.locator(f"#programme-{number}-clock").focus()
        page.keyboard.type(hour)
        page.locator(f"#programme-{number}-title").focus()
        page.keyboard.type(title)
        if number < 2:
            page.locator("button[name=add]").focus()
            page.keyboard.press("Enter")
            expect(page.locator(f"#programme-{number + 1}-clock")).to_be_visible()
    page.keyboard.press("Control+s")
    expect(page.locator(".banner--done")).to_be_visible()
    assert page.locator("input[name$='-title']").evaluate_all("all => all.map(one => one.value)") == [
        "First", "Second", "Third", "",
    ]  # fmt: skip
    assert page.locator("input[name$='-clock']:not([name*=until])").evaluate_all("all => all.map(one => one.value)") == [
        "09:00", "10:30", "15:00", "",
    ]  # fmt: skip
    page.context.close()

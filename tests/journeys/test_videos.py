"""Choosing a passage of a video in Chromium: with script, without it, by keys alone; and what axe finds."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.journalist import reach
from tests.journeys.office import AXE
from tests.journeys.running import Newsroom
from tests.journeys.test_release import officer

pytestmark = pytest.mark.browser
PAGE = "/en/media/videos/supply-chains-session-of-ministers-and-press-conference"
CHOSEN = f"{PAGE}?in=00:00:14:00&out=00:00:23:00"


def opened(browser: Browser, seeded: Newsroom, path: str = PAGE, **context: object) -> Page:
    page = browser.new_context(base_url=seeded.url, **context).new_page()  # type: ignore[arg-type]
    page.goto(path)
    return page


def test_a_passage_is_chosen_without_script_by_a_shot_and_by_typed_times(browser: Browser, seeded: Newsroom):
    page = opened(browser, seeded, java_script_enabled=False)
    assert page.locator("video").get_attribute("controls") is not None
    page.locator(".shotlist__row").nth(4).get_by_role("link", name="Use shot 5").click()
    expect(page).to_have_url(re.compile(r"\?in=00:00:14:00&out=00:00:23:00#selection$"))
    expect(page.locator(".passage__sum")).to_have_text("00:00:09:00 from 1 shot")
    expect(page.get_by_text("The statement may not be used in advertising.").first).to_be_visible()
    page.locator(".shotlist__row").nth(5).get_by_role("link", name="Up to here shot 6").click()
    expect(page.locator(".passage__sum")).to_have_text("00:00:13:00 from 2 shots")
    page.get_by_label("In", exact=True).fill("0:03")
    page.get_by_role("button", name="Update selection").click()
    expect(page.get_by_label("In", exact=True)).to_have_value("00:00:03:00")
    page.get_by_label("Out", exact=True).fill("1")
    page.get_by_role("button", name="Update selection").click()
    expect(page.get_by_text("The out point must be after the in point.")).to_be_visible()
    expect(page.get_by_label("Out", exact=True)).to_have_value("1")
    page.get_by_role("link", name="Clear").click()
    expect(page.locator(".passage__sum")).to_contain_text("the whole video")


def test_with_script_the_choice_follows_shots_handles_fields_and_the_player(
    browser: Browser, seeded: Newsroom
):
    page = opened(browser, seeded)
    offences: list[str] = []
    page.on("pageerror", lambda error: offences.append(str(error)))
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.locator(".shotlist__row").nth(4).locator("[data-use]").click()
    expect(page.locator(".passage__sum")).to_have_text("00:00:09:00 from 1 shot")
    expect(page).to_have_url(re.compile(r"\?in=00:00:14:00&out=00:00:23:00"))
    expect(page.locator("[data-now]")).to_have_text("00:00:14:00")
    expect(page.locator("[data-restricted]")).to_be_visible()
    handle = page.get_by_label("Out point")
    expect(handle).to_have_attribute("aria-valuetext", "23 seconds, end of shot 5")
    handle.focus()
    page.keyboard.press("Shift+ArrowLeft")
    expect(page.get_by_label("Out", exact=True)).to_have_value("00:00:22:00")
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_label("Out", exact=True)).to_have_value("00:00:21:24")
    page.get_by_label("In", exact=True).fill("16")
    page.get_by_role("button", name="Update selection").click()
    expect(page.get_by_label("In", exact=True)).to_have_value("00:00:16:00")
    expect(page).to_have_url(re.compile(r"\?in=00:00:16:00&out=00:00:21:24"))
    page.reload()
    expect(page.get_by_label("In", exact=True)).to_have_value("00:00:16:00")
    expect(page.get_by_label("Out", exact=True)).to_have_value("00:00:21:24")
    assert offences == []


def test_the_preview_of_a_selection_plays_it_and_stops_at_its_end(browser: Browser, seeded: Newsroom):
    page = opened(browser, seeded, f"{PAGE}?in=00:00:04:00&out=00:00:05:00")
    page.evaluate("document.querySelector('video').muted = true")
    page.get_by_role("button", name="Preview selection").click()
    expect(page.locator(".player")).to_have_class(re.compile("is-playing"))
    expect(page.locator(".player")).not_to_have_class(re.compile("is-playing"), timeout=10_000)
    shown = page.locator("[data-now]").inner_text()
    assert "00:00:04:20" <= shown <= "00:00:05:02", shown


def test_everything_is_done_by_keys(browser: Browser, seeded: Newsroom):
    page = opened(browser, seeded)
    page.get_by_role("button", name="Play", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press(".")
    expect(page.locator("[data-now]")).to_have_text("00:00:02:01")
    page.keyboard.press("i")
    expect(page.get_by_label("In", exact=True)).to_have_value("00:00:02:01")
    page.keyboard.press("l")
    page.keyboard.press("o")
    expect(page.get_by_label("Out", exact=True)).to_have_value("00:00:12:01")
    page.keyboard.press("Shift+I")
    expect(page.locator("[data-now]")).to_have_text("00:00:02:01")
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Keys of one letter are on").uncheck()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Play", exact=True).focus()
    page.keyboard.press("x")
    expect(page.get_by_label("In", exact=True)).to_have_value("00:00:02:01")


def test_a_passage_is_chosen_by_tab_and_arrows_alone(browser: Browser, seeded: Newsroom):
    page = opened(browser, seeded)
    begins, ends = page.get_by_label("In", exact=True), page.get_by_label("Out", exact=True)
    reach(page, '[data-range="in"]')
    for key in ("PageUp", "PageUp", "ArrowUp"):
        page.keyboard.press(key)
    expect(begins).to_have_value("00:00:02:01")
    page.keyboard.press("Tab")
    expect(page.locator('[data-range="out"]')).to_be_focused()
    page.keyboard.press("Home")
    expect(ends).to_have_value("00:00:03:01")  # a second is the least
    page.keyboard.press("Shift+ArrowRight")
    expect(ends).to_have_value("00:00:04:01")
    page.keyboard.press("i")  # keys of the player work at the handles, too: in is the frame that is shown
    expect(begins).to_have_value("00:00:04:00")
    expect(ends).to_have_value("00:00:05:00")
    page.keyboard.press("x")
    expect(begins).to_have_value("")

    reach(page, "#in")
    page.keyboard.press("Control+a")
    page.keyboard.type("0:05")
    page.keyboard.press("Enter")
    expect(begins).to_have_value("00:00:05:00")
    expect(page).to_have_url(re.compile(r"\?in=00:00:05:00&out="))
    reach(page, ".shotlist__row:nth-child(5) [data-use]")
    page.keyboard.press("Enter")
    expect(page.locator(".passage__sum")).to_have_text("00:00:09:00 from 1 shot")
    reach(page, "#download a[href], #download button")
    expect(page).to_have_url(re.compile(r"\?in=00:00:14:00&out=00:00:23:00"))


def test_axe_finds_nothing_where_films_are_described_and_counted(browser: Browser, seeded: Newsroom):
    page = officer(browser, seeded, "publisher")
    page.goto("/desk/videos/")
    text = page.locator(".text-table tbody th a").first.get_attribute("href")
    for path in (text, f"{text}shotlist", f"{text}captions", f"{text}downloads", "/desk/downloads/?start="):
        for width, scheme in ((390, "dark"), (1280, "light")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, path
            found = Axe().run(page, options=AXE)
            assert found.violations_count == 0, (path, width, found.generate_report())
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_finds_nothing_on_the_pages_of_videos(
    browser: Browser, seeded: Newsroom, scheme: str
):
    page = browser.new_context(base_url=seeded.url, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    paths = [
        PAGE,
        CHOSEN,
        f"{PAGE}?in=soon",
        PAGE.replace("/en/", "/fr/"),
        "/en/media/",
        "/uk/media/?kind=video",
    ]
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

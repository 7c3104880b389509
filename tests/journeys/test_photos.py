"""A reader's way through photos, with and without script and by the keyboard alone, and an officer's at the desk."""

from __future__ import annotations

import io
import zipfile

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.journeys.office import AXE
from tests.journeys.running import Newsroom
from tests.journeys.test_release import officer
from tests.waiting import until

pytestmark = pytest.mark.browser
LIST = "/en/media/?kind=photo"
SET = "/en/media/photos/ministers-discuss-support-for-the-power-grid"


def test_a_selection_is_made_and_taken_without_script(browser: Browser, seeded: Newsroom):
    context = browser.new_context(base_url=seeded.url, java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(LIST)
    page.get_by_role("link", name="Ministers discuss support").click()
    page.get_by_role("button", name="Download ZIP").click()
    expect(page.get_by_role("alert")).to_contain_text("Select at least one photo")
    page.get_by_label("A delegation arrives").check()
    page.get_by_role("button", name="Update the selection").click()
    expect(page.get_by_text("Photos selected: 1")).to_be_visible()
    page.get_by_role("link", name="Drawing: silhouettes around a large round table").click()
    page.get_by_role("link", name="Add to the selection").click()
    page.get_by_role("link", name="Next photo").click()
    page.get_by_role("link", name="See the selection (2 photos)").click()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download ZIP").click()
    with zipfile.ZipFile(io.BytesIO(taken.value.path().read_bytes())) as found:
        assert found.testzip() is None
        assert len(found.namelist()) == 4
    context.close()


def test_script_keeps_the_figures_in_step(browser: Browser, seeded: Newsroom):
    page = browser.new_context(base_url=seeded.url).new_page()
    page.goto(SET)
    count = page.locator("[data-selection-count]")
    expect(count).to_have_text("No photo selected")
    expect(page.get_by_role("button", name="Update the selection")).to_be_hidden()
    boxes = page.locator("input[name=photo]")
    boxes.nth(1).check()
    boxes.nth(2).check()
    expect(count).to_contain_text("Photos selected: 2")
    told = count.inner_text()
    page.get_by_label("Size of the photos").select_option("original")
    expect(count).not_to_have_text(told)
    page.get_by_role("button", name="Select all").click()
    expect(page.locator("input[name=photo]:checked")).to_have_count(boxes.count())
    expect(page.get_by_role("button", name="Select all")).to_be_hidden()
    page.get_by_role("link", name="Clear").click()
    expect(count).to_have_text("No photo selected")
    boxes.nth(0).check()
    page.locator(".gallery__link").nth(3).click()
    expect(page.get_by_role("link", name="See the selection (1 photo)")).to_be_visible()


def test_server_and_script_say_the_same_of_a_selection(browser: Browser, seeded: Newsroom):
    def by_both(language: str) -> bool:
        page = browser.new_context(base_url=seeded.url).new_page()
        page.goto(SET.replace("/en/", f"/{language}/"))
        for box in page.locator("input[name=photo]").all()[:3]:
            box.check()
        by_script = page.locator("[data-selection-count]").inner_text()
        query = page.locator(".gallery__link").first.get_attribute("href").partition("?")[2]
        plain = browser.new_context(base_url=seeded.url, java_script_enabled=False).new_page()
        plain.goto(f"{page.url.partition('?')[0]}?{query}")
        same = plain.locator("[data-selection-count]").inner_text() == by_script
        page.context.close()
        plain.context.close()
        return same

    for language in ("fr", "en", "uk"):
        # While the worker still writes labels into the files their sizes change between the two.
        until(lambda language=language: by_both(language), seconds=120, every=1, what="the same figures")


def test_arrows_turn_photos_only_while_the_photo_has_the_focus(browser: Browser, seeded: Newsroom):
    page = browser.new_context(base_url=seeded.url).new_page()
    page.goto(SET)
    page.locator(".gallery__link").nth(1).click()
    here = page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(200)
    assert page.url == here
    page.locator("[data-photo]").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("Photo 3 of 6")).to_be_visible()
    page.locator("[data-photo]").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("Photo 2 of 6")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_photos(browser: Browser, seeded: Newsroom, scheme: str):
    page = officer(browser, seeded, "publisher")
    page.emulate_media(color_scheme=scheme)
    page.goto("/desk/photos/")
    here = page.locator(".text-table tbody th a").first.get_attribute("href")
    page.goto(f"{SET}")
    one = page.locator(".gallery__link").first.get_attribute("href")
    paths = [LIST, SET, f"{SET}/take", one, "/en/media/photos/flags-at-half-mast", "/desk/photos/begin", here,
             f"{here}photos/", f"{here}photos/order", f"{here}photos/add", f"{here}preview"]  # fmt: skip
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

"""Several people around one text, in real browsers: a comment that is answered, a link for somebody outside, widths."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.office import take_picture
from tests.journeys.running import Newsroom
from tests.journeys.test_release import officer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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
        take_picture(page, f"teamwork-{name}-{width}")
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320, name
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")


def test_a_text_is_commented_on_compared_and_shown_to_an_outsider(browser: Browser, seeded: Newsroom) -> None:
    ada = officer(browser, seeded, "administrator")
    ada.goto("/desk/releases/new?language=en")
    ada.locator("#title").fill("A text for several people")
    ada.locator("[contenteditable=true]").click()
    ada.keyboard.type("The first paragraph.")
    ada.keyboard.press("Enter")
    ada.keyboard.type("The second paragraph.")
    ada.locator("[data-save]").click()
    expect(ada.locator(".banner")).to_contain_text("version 1")
    here = ada.url

    amelie = officer(browser, seeded, "publisher")
    amelie.goto(f"{here}preview")
    amelie.locator(".remarks__way a").nth(1).click()
    amelie.locator("#paragraph-2 textarea").fill("Est-ce exact ?")
    amelie.locator("#paragraph-2 button").click()
    expect(amelie.locator("#comment-1, .remark").first).to_contain_text("Est-ce exact ?")
    clean(amelie, "preview")

    ada.goto("/desk/")
    expect(ada.locator(".turn")).to_contain_text("1 open comment")
    ada.locator(".turn__one", has_text="A text for several people").get_by_role(
        "link", name="Read the comments"
    ).click()
    ada.locator(".remark summary").click()
    ada.get_by_label("Your answer").fill("Yes, it is.")
    ada.locator(".remark details button").click()
    ada.get_by_role("button", name="Resolve").click()
    expect(ada.locator(".remark--settled")).to_contain_text("Yes, it is.")

    ada.goto(here)
    ada.locator("#lead").fill("A lead.")
    ada.locator("[data-save]").click()
    expect(ada.locator(".banner")).to_contain_text("version 2")
    clean(ada, "edit")
    ada.goto(f"{here}history")
    clean(ada, "history")
    ada.get_by_role("button", name="Compare the two").click()
    expect(ada.locator("h1")).to_have_text("Versions 1 and 2")
    clean(ada, "difference")
    ada.goto(f"{here}assignments")
    clean(ada, "assign")
    ada.goto(f"{here.replace('/en/', '/fr/')}translate?from=en")
    expect(ada.locator(".source__number")).to_have_count(2)
    clean(ada, "translate")

    ada.goto(f"{here}previews")
    ada.locator("#name").fill("Finland")
    ada.get_by_role("button", name="Make a link").click()
    address = ada.locator("#preview-address").inner_text()
    clean(ada, "previews")
    path = "/preview/" + address.rpartition("/")[2]
    outsider = browser.new_context(base_url=seeded.url)
    page = outsider.new_page()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.headers.get("referer", "")))
    page.goto(path)
    expect(page.locator("h1")).to_have_text("A text for several people")
    expect(page.locator(".watermark")).to_contain_text("Preview for Finland")
    assert outsider.cookies() == []
    clean(page, "outsider")
    page.get_by_role("link", name=re.compile("Releases")).first.click()
    assert not any("/preview/" in each for each in sent)

    ada.goto(f"{here}previews")
    expect(ada.locator(".preview-links")).to_contain_text("Opened")
    ada.get_by_role("button", name="Revoke").click()
    assert page.goto(path).status == 404
    outsider.close()


def test_the_page_is_seen_at_the_width_of_a_phone(browser: Browser, seeded: Newsroom) -> None:
    ada = officer(browser, seeded, "administrator")
    offences: list[str] = []
    ada.on("console", lambda said: offences.append(said.text) if said.type == "error" else None)
    ada.goto("/desk/texts/")
    ada.locator("tbody th a").first.click()
    ada.goto(re.sub(r"[?#].*", "", ada.url) + "preview/widths?width=320")
    frame = ada.frame_locator("iframe")
    expect(frame.locator("h1")).to_be_visible()
    assert frame.locator("html").evaluate("() => innerWidth") == 320
    clean(ada, "widths")
    assert offences == []

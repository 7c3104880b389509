"""What script adds to the desk's pages: counting, saving by key, leaving, sending once, and work in progress."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.journeys.editor_page import EditorPage

pytestmark = pytest.mark.browser


@pytest.fixture
def edit(watched: Page, site: EditorPage) -> Page:
    """The edit page, with a title and without a text."""
    watched.goto(f"{site.base}/en")
    return watched


def test_a_title_is_counted_in_characters_as_people_count_them(edit: Page):
    counter = edit.locator("#title-count")
    expect(counter).to_have_text("5 of 300 characters. Above 110, titles are cut in search results.")

    edit.get_by_label("Title", exact=True).fill("е\u0301🇺🇦👩‍🌾 ")
    expect(counter).to_contain_text("3 of 300")
    edit.get_by_label("Title", exact=True).fill("x" * 1234)
    expect(counter).to_contain_text("1,234 of 300")
    expect(counter).to_have_class("count--long count--over")


def test_only_a_long_title_is_spoken_of(edit: Page):
    spoken = edit.locator("body > [role=status]")
    edit.clock.install()
    edit.get_by_label("Title", exact=True).press_sequentially("Short")
    edit.clock.run_for(5000)
    expect(spoken).to_have_text("")

    edit.get_by_label("Title", exact=True).fill("x" * 120)
    edit.clock.run_for(5000)
    expect(spoken).to_contain_text("120 of 300")


@pytest.mark.parametrize("key", ["Control+s", "Control+S"])
def test_the_save_key_presses_the_save_button(edit: Page, site: EditorPage, key: str):
    edit.get_by_role("textbox", name="Text of the release").click()
    edit.keyboard.type("Words")
    with edit.expect_navigation():
        edit.keyboard.press(key)

    assert site.posted == [{"title": "Title", "body": "<p>Words</p>", "act": "save"}]


def test_the_save_key_works_on_a_cyrillic_keyboard(edit: Page, site: EditorPage):
    with edit.expect_navigation():
        edit.evaluate("""document.body.dispatchEvent(new KeyboardEvent("keydown",
            { key: "і", code: "KeyS", ctrlKey: true, bubbles: true, cancelable: true }))""")

    assert site.posted[0]["act"] == "save"


def leave(page: Page) -> list[str]:
    """Try to leave; return what the browser asked."""
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    page.get_by_role("link", name="Elsewhere").click()
    page.wait_for_url("**/elsewhere")
    return asked


def test_leaving_without_a_change_asks_nothing(edit: Page):
    edit.get_by_label("Title", exact=True).click()

    assert leave(edit) == []


def test_leaving_with_an_unsaved_title_asks_first(edit: Page):
    edit.get_by_label("Title", exact=True).fill("Another")

    assert leave(edit) == ["beforeunload"]


def test_leaving_with_an_unsaved_text_asks_first(edit: Page):
    edit.get_by_role("textbox", name="Text of the release").click()
    edit.keyboard.type("x")

    assert leave(edit) == ["beforeunload"]


def test_a_change_that_was_taken_back_is_none(edit: Page):
    edit.get_by_role("textbox", name="Text of the release").click()
    edit.keyboard.type("x")
    edit.keyboard.press("Backspace")
    edit.get_by_label("Title", exact=True).fill("Another")
    edit.get_by_label("Title", exact=True).fill("Title")

    assert leave(edit) == []


def test_a_refused_form_asks_before_what_was_typed_is_lost(edit: Page, site: EditorPage):
    site.is_refused = True
    edit.reload()
    edit.locator("h1").click()

    assert leave(edit) == ["beforeunload"]


def test_a_form_is_sent_once(edit: Page, site: EditorPage):
    edit.evaluate("""() => {
        const save = document.querySelector("[data-save]");
        save.click();
        save.click();
        document.forms[0].requestSubmit(save);
    }""")
    edit.wait_for_load_state()
    expect(edit.get_by_role("button", name="Save")).to_be_enabled()

    assert [sent["act"] for sent in site.posted] == ["save"]


def test_a_form_comes_back_ready(edit: Page, site: EditorPage):
    edit.route("**/en", lambda route: route.fulfill(status=204))  # the page stays
    edit.get_by_role("button", name="Save").click()
    expect(edit.get_by_role("button", name="Save")).to_be_disabled()

    edit.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    expect(edit.get_by_role("button", name="Save")).to_be_enabled()


def test_work_is_followed_until_it_is_done(watched: Page, site: EditorPage):
    site.progress = [
        {"state": "queued", "done": 0, "total": None, "words": "Waiting"},
        {"state": "running", "done": 1, "total": 10, "words": "A tenth"},
        {"state": "running", "done": 3, "total": 10, "words": "A third"},
        {"state": "done", "done": 10, "total": 10, "words": "Done"},
        {"state": "done", "done": 10, "total": 10, "words": "Asked once too often"},
    ]
    watched.clock.install(time=0)
    watched.goto(f"{site.base}/work")
    watched.clock.pause_at(1000)
    text, bar = watched.locator("[data-job] p"), watched.get_by_role("progressbar")
    spoken = watched.locator("body > [role=status]")

    watched.clock.run_for(1999)
    expect(text).to_have_text("Waiting")
    assert bar.get_attribute("value") is None
    watched.clock.run_for(2000)
    expect(text).to_have_text("A tenth")
    expect(bar).to_have_js_property("position", 0.1)
    expect(spoken).to_have_text("")
    watched.clock.run_for(2000)
    expect(text).to_have_text("A third")
    expect(spoken).to_have_text("A third")
    watched.clock.run_for(2000)
    expect(text).to_have_text("Done")
    expect(spoken).to_have_text("Done")
    watched.clock.run_for(60000)
    assert [state["words"] for state in site.progress] == ["Asked once too often"]

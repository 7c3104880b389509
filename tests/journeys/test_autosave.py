"""A draft that saves itself, in a real browser: quietly, without a connection, after a log-in, and beside another's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.running import Newsroom
from tests.journeys.test_release import officer

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def text(browser: Browser, seeded: Newsroom) -> Iterator[Page]:
    """A new draft, open in the browser of its writer."""
    page = officer(browser, seeded, "administrator")  # the one whose desk speaks English
    page.goto("/desk/releases/new?language=en")
    page.locator("#title").fill("A draft that saves itself")
    page.locator("[contenteditable=true]").click()
    page.keyboard.type("The first words.")
    page.locator("[data-save]").click()
    expect(page.locator(".banner")).to_contain_text("Saved as version 1")
    yield page
    page.context.close()


def put(page: Page, words: str) -> None:
    """Type ``words`` at the end of the text."""
    page.locator("[contenteditable=true]").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def sheltered(page: Page, *, is_empty: bool = False) -> str:
    """Wait until the browser keeps what was typed (or nothing of it), and return what it keeps."""
    asked = "JSON.stringify(Object.entries(localStorage).filter(([name]) => name.startsWith('communique:typed:')))"
    for _ in range(50):
        if (page.evaluate(asked) == "[]") == is_empty:
            break
        page.wait_for_timeout(100)  # the policy of our pages lets no string be waited for
    kept = page.evaluate(asked)
    assert (kept == "[]") == is_empty
    return kept


def saved(page: Page) -> None:
    """Leave the field, and wait until the text has saved itself."""
    page.locator("#title").click()
    expect(page.locator(".saving__done")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))


def test_a_draft_saves_itself_when_a_field_is_left_and_leaving_asks_nothing(text: Page) -> None:
    put(text, " More words.")
    saved(text)
    asked: list[str] = []
    text.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    text.reload()

    expect(text.locator("[contenteditable=true]")).to_contain_text("The first words. More words.")
    expect(text.locator(".recover")).to_have_count(0)
    assert asked == []


def test_a_draft_saves_itself_ten_seconds_after_a_change(text: Page) -> None:
    text.clock.install()
    text.reload()
    text.locator("#lead").fill("A lead.")
    text.clock.run_for(9000)
    expect(text.locator(".saving__done")).to_have_text("")
    text.clock.run_for(1500)
    expect(text.locator(".saving__done")).to_have_text(re.compile("^Saved at"))
    text.reload()
    expect(text.locator("#lead")).to_have_value("A lead.")


def test_words_typed_without_a_connection_are_told_kept_and_saved_when_it_is_back(text: Page) -> None:
    text.context.set_offline(True)
    put(text, " In the tunnel.")
    text.locator("#title").click()
    expect(text.locator(".saving__said")).to_have_text(
        "Not saved: no connection. Still trying; your text stays on this page."
    )
    assert "tunnel" not in sheltered(text)
    text.context.set_offline(False)
    expect(text.locator(".saving__done")).to_have_text(re.compile("^Saved at"), timeout=15_000)
    expect(text.locator(".saving__said")).to_have_text("")
    sheltered(text, is_empty=True)


def test_words_of_a_window_that_was_closed_without_a_connection_are_offered_again(text: Page) -> None:
    here = text.url
    text.context.set_offline(True)
    put(text, " Before the battery died.")
    sheltered(text)
    text.close(run_before_unload=False)
    context = text.context
    context.set_offline(False)
    again = context.new_page()
    again.goto(here)
    expect(again.locator(".recover")).to_contain_text(re.compile(r"A draft from \d\d:\d\d was not saved\."))
    expect(again.locator("[contenteditable=true]")).not_to_contain_text("battery")
    again.get_by_role("button", name="Recover it").click()
    expect(again.locator("[contenteditable=true]")).to_contain_text("Before the battery died.")
    expect(again.locator(".saving__done")).to_have_text(re.compile("^Saved at"), timeout=15_000)
    sheltered(again, is_empty=True)


def test_words_survive_a_session_that_ended_and_the_log_in(browser: Browser, text: Page) -> None:
    here = text.url
    cookies = text.context.cookies()
    text.context.clear_cookies()
    put(text, " While I was away.")
    text.locator("#title").click()
    expect(text.locator(".saving__said")).to_contain_text("Log in again to go on.")
    sheltered(text)
    text.on("dialog", lambda dialog: dialog.accept())
    text.locator(".saving__said a").click()
    expect(text).to_have_url(re.compile("/desk/sign-in"))
    text.context.add_cookies(cookies)
    text.goto(here)
    text.get_by_role("button", name="Recover it").click()
    expect(text.locator("[contenteditable=true]")).to_contain_text("While I was away.")


def test_logging_out_leaves_nothing_in_the_browser(text: Page) -> None:
    text.context.set_offline(True)
    put(text, " Secret.")
    sheltered(text)
    text.context.set_offline(False)
    text.on("dialog", lambda dialog: dialog.accept())
    text.locator("form[action='/desk/sign-out']").evaluate("form => form.requestSubmit()")
    expect(text).to_have_url(re.compile("/desk/sign-in"))
    sheltered(text, is_empty=True)


def test_anothers_version_is_told_compared_and_put_together(
    browser: Browser, seeded: Newsroom, text: Page
) -> None:
    other = officer(browser, seeded, "publisher")
    other.goto(text.url)
    expect(other.locator(".others")).to_contain_text("Ada Holm")
    put(other, " Their words.")
    other.locator("[data-save]").click()
    expect(other.locator(".banner")).to_contain_text("version 2")

    text.locator("#lead").fill("My lead.")
    text.locator("#title").click()
    expect(text.locator(".saving__said")).to_contain_text("While you were writing, version 2 was saved")
    text.get_by_role("button", name="Compare", exact=True).click()
    expect(text.locator(".compare")).to_be_visible()
    text.get_by_role("button", name="Compare and merge").click()
    expect(text.locator("[contenteditable=true]")).to_contain_text("The first words. Their words.")
    expect(text.locator("#lead")).to_have_value("My lead.")
    text.locator("[data-save]").click()
    expect(text.locator(".banner")).to_contain_text("version 3")
    other.context.close()

"""Links, tables and pictures in the rich editor, and the rows that they are written in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from app.text.markup import clean
from tests.journeys.editor_page import EditorPage
from tests.journeys.editor_steps import EditorSteps

pytestmark = pytest.mark.browser

HALL = '<figure><img src="/media/pictures/k1/640.jpg" alt="{alt}" width="640" height="427">{caption}</figure>'


def test_chosen_words_become_a_link_with_the_language_behind_it(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>Read the <strong>whole</strong> plan</p>")
    editor.choose("Read the whole")
    editor.press("Control+k")

    expect(editor.field("Address")).to_be_focused()
    expect(editor.field("Words of the link")).to_have_count(0)
    editor.type("example.org/plan?a=1&b=2")
    editor.field("Language of the page it leads to").select_option(label="Français")
    editor.button("Add link").click()
    editor.type("!")

    expect(editor.text).to_be_focused()
    link = '<a href="https://example.org/plan?a=1&amp;b=2" hreflang="fr">Read the <strong>whole</strong></a>'
    assert editor.body == f"<p>{link}<strong>!</strong> plan</p>"
    assert editor.save() == clean(site.body, language="en")


def test_without_chosen_words_a_link_asks_for_them(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>Write to </p>")
    editor.to_end()
    editor.type(" ")
    editor.button("Link").click()

    expect(editor.field("Words of the link")).to_be_focused()
    editor.press("Tab")
    editor.type("press@example.org")
    editor.press("Enter")
    expect(editor.field("Words of the link")).to_be_focused()
    expect(editor.field("Words of the link")).to_have_attribute("aria-invalid", "true")
    expect(editor.field("Words of the link")).to_have_accessible_description(
        "Enter the words that carry the link."
    )
    editor.type("us")
    editor.press("Enter")

    assert editor.body == '<p>Write to <a href="mailto:press@example.org">us</a></p>'
    assert site.posted == []


NO_ADDRESSES = [
    "",
    "plan",
    "javascript:alert(1)",
    "//e.example",
    "http://",
    "data:text/html,x",
    "https://a@b",
]


def test_what_is_no_address_is_refused_next_to_its_field(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>Read</p>")
    editor.choose("Read")
    editor.press("Control+k")
    for address in NO_ADDRESSES:
        editor.field("Address").fill(address)
        editor.button("Add link").focus()
        editor.press("Enter")

        expect(editor.field("Address")).to_be_focused()
        expect(editor.field("Address")).to_have_accessible_description(
            "Begins with https:// or mailto:, or with / for a page of this site. "
            "Enter an address that begins with https:// or mailto:, or with / for a page of this site."
        )
    editor.press("Escape")
    expect(editor.text).to_be_focused()
    assert editor.body == "<p>Read</p>"


def test_a_link_is_changed_and_taken_away(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, '<p><a href="/en/news/" hreflang="xx">All the news</a></p>')
    editor.put_cursor("All the news", 5)
    expect(editor.button("Link")).to_have_attribute("aria-pressed", "true")

    editor.button("Link").click()
    expect(editor.field("Address")).to_have_value("/en/news/")
    expect(editor.field("Language of the page it leads to")).to_have_value("xx")
    editor.field("Address").fill("https://example.org/")
    editor.button("Change link").click()
    assert editor.body == '<p><a href="https://example.org/" hreflang="xx">All the news</a></p>'

    editor.put_cursor("All the news", 5)
    editor.press("Control+k")
    editor.button("Remove link").click()
    assert editor.body == "<p>All the news</p>"


def test_a_click_on_a_link_stays_on_the_page(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, '<p><a href="/elsewhere">Elsewhere</a> and more</p>')

    editor.text.get_by_text("Elsewhere").click(modifiers=["Control"])
    editor.text.get_by_text("Elsewhere").click()

    assert watched.url == f"{site.base}/en"
    assert len(watched.context.pages) == 1


def test_a_table_is_written_with_its_header_row_and_caption(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>Seats:</p>")
    editor.to_end()
    editor.button("Table").click()
    editor.type("Country")
    editor.press("ArrowRight")
    editor.type("Seats")
    editor.press("ArrowDown")
    editor.type("81")
    expect(editor.button("Header row")).to_have_attribute("aria-pressed", "true")
    editor.button("Add row above").click()
    editor.button("Add row below").click()
    editor.button("Add column before").click()
    editor.put_cursor("Country")
    editor.button("Delete column").click()
    editor.field("Table caption").fill("Seats in 2025 ")
    editor.press("Enter")
    expect(editor.text).to_be_focused()

    empty = "<tr><td></td><td></td></tr>"
    rows = f"<tr><th></th><th>Seats</th></tr>{empty}<tr><td></td><td>81</td></tr>{empty}{empty}"
    assert site.posted == []
    sent = editor.save()
    assert sent == f"<p>Seats:</p><table><caption>Seats in 2025</caption><tbody>{rows}</tbody></table>"
    assert sent == clean(sent, language="en")


def test_the_row_for_tables_comes_and_goes_with_the_cursor(watched: Page, site: EditorPage):
    editor = EditorSteps(
        watched, site, "<p>One</p><table><tbody><tr><td>Two</td></tr></tbody></table><p>Three</p>"
    )
    row = watched.get_by_role("toolbar", name="Table tools")
    expect(row).to_be_hidden()

    editor.put_cursor("Two")
    expect(row).to_be_visible()
    editor.press("Tab")
    expect(editor.button("Header row")).to_be_focused()
    editor.press("Enter")
    assert "<th>Two</th>" in editor.body
    editor.button("Delete table").click()
    expect(row).to_be_hidden()
    assert editor.body == "<p>One</p><p>Three</p>"


def test_items_of_a_list_move_in_and_out(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<ul><li>One</li><li>Two</li></ul>")
    editor.put_cursor("One")
    expect(editor.button("One level in")).to_have_attribute("aria-disabled", "true")

    editor.put_cursor("Two")
    editor.button("One level in").click()
    assert editor.body == "<ul><li>One<ul><li>Two</li></ul></li></ul>"
    editor.button("One level out").click()
    editor.button("One level out").click()
    assert editor.body == "<ul><li>One</li></ul><p>Two</p>"


def test_a_picture_is_put_in_once_it_is_described(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>One two</p>")
    editor.to_end()
    expect(editor.button("Picture")).to_have_attribute("aria-expanded", "false")
    editor.button("Picture").click()
    expect(watched.get_by_role("radio").first).to_be_focused()
    expect(editor.button("Picture")).to_have_attribute("aria-expanded", "true")

    editor.button("Insert picture").click()
    expect(watched.get_by_text("Choose a picture.", exact=True)).to_be_visible()
    watched.get_by_role("radio", name="A ribbon").check()
    editor.button("Insert picture").click()
    expect(editor.field("Alternative text")).to_be_focused()
    expect(editor.field("Alternative text")).to_have_attribute("aria-invalid", "true")

    watched.get_by_role("radio", name="The plenary hall in July O. Koval").check()
    expect(editor.field("Caption")).to_have_value("The plenary hall in July (O. Koval)")
    editor.field("Alternative text").fill("A full hall")
    editor.field("Caption").fill("The hall")
    editor.press("Enter")
    editor.type("!")
    editor.press("Enter")
    editor.type("End")

    sent = editor.save()
    figure = HALL.format(alt="A full hall", caption="<figcaption>!The hall</figcaption>")
    assert sent == f"<p>One two</p>{figure}<p>End</p>"
    assert sent == clean(sent, language="en")


def test_a_decorative_picture_needs_no_words(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site)
    editor.text.click()
    editor.button("Picture").click()
    watched.get_by_role("radio", name="The plenary hall").check()
    editor.field("Decorative: it adds nothing to the text").check()
    editor.field("Caption").fill("")
    editor.button("Insert picture").click()

    assert editor.body == HALL.format(alt="", caption="")


def test_a_picture_in_the_text_is_described_and_deleted(watched: Page, site: EditorPage):
    editor = EditorSteps(
        watched, site, HALL.format(alt="Old", caption="<figcaption>Hall</figcaption>") + "<p>End</p>"
    )
    editor.put_cursor("Hall")
    expect(editor.field("Alternative text")).to_have_value("Old")

    editor.field("Alternative text").fill("New words ")
    assert 'alt="New words"' in editor.body
    editor.field("Alternative text").fill("")
    expect(watched.get_by_text("Describe the picture, or mark it as decorative.")).to_be_visible()
    assert "alt=" not in editor.body
    editor.field("Decorative: it adds nothing to the text").check()
    assert 'alt=""' in editor.body

    editor.button("Delete picture").click()
    assert editor.body == "<p>End</p>"
    editor.press("Control+z")
    editor.put_cursor("Hall")
    editor.press("Backspace", "Backspace")
    assert editor.body == "<p>End</p>"


def test_pictures_that_cannot_be_fetched_are_asked_for_again(page: Page, site: EditorPage):
    pictures, site.pictures = site.pictures, None
    editor = EditorSteps(page, site)
    editor.text.click()
    editor.button("Picture").click()
    expect(page.get_by_text("The pictures could not be fetched.")).to_be_visible()

    site.pictures = []
    editor.button("Try again").click()
    expect(page.get_by_text("There is no picture yet.")).to_be_visible()
    editor.button("Cancel").click()
    site.pictures = pictures
    editor.button("Picture").click()
    expect(page.get_by_role("radio")).to_have_count(2)
    editor.press("Escape")
    expect(editor.text).to_be_focused()
    assert editor.body == ""

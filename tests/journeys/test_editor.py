"""The rich editor: what is typed in it, how it is reached by key, and what it sends."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.text.markup import clean
from tests.journeys.editor_page import TITLES, EditorPage
from tests.journeys.editor_steps import EditorSteps

pytestmark = pytest.mark.browser

STORED = {
    "fr": (
        "<p>Bruxelles, le 3 décembre. L’aide aux récoltes\u00a0: 12\u202f870 tonnes "
        '(voir <a href="https://example.org/plan?a=1&amp;b=2" hreflang="en">le <strong>plan</strong></a>).</p>'
        "<h2>Ce qui change</h2><ul><li>au nord<ul><li>Odessa</li></ul></li><li><p>un</p><p>deux</p></li></ul>"
        "<blockquote><p>«\u202fNous y sommes\u202f», dit-elle.</p></blockquote>"
        "<table><caption>Sièges</caption><tbody><tr><th>Pays</th><th>Sièges</th></tr>"
        "<tr><td>France</td><td></td></tr></tbody></table><p>Fin du 1<sup>er</sup> jour</p>"
    ),
    "en": (
        "<p><em>Line</em> one<br>line two, H<sub>2</sub>O &lt; 5 &amp; more</p><h3>Next</h3>"
        '<ol start="3"><li>three</li><li>four</li></ol>'
        '<figure><img src="/media/pictures/k1/640.jpg" alt="A hall" width="640" height="427">'
        "<figcaption>The hall, <em>in July</em></figcaption></figure>"
        '<figure><img src="/media/pictures/k2/640.jpg" alt=""></figure>'
        '<p>The word <span lang="he" dir="rtl">שלום</span> and <bdi>x</bdi></p>'
        '<p lang="fr">Une phrase en français</p><p>The end</p>'
    ),
    "uk": (
        "<p>Київ, 3 грудня. П’ять портів знову працюють\u00a0– <strong>усі <em>п’ять</em></strong></p>"
        '<blockquote><p>«Ми це зробили».</p><ul><li>так</li></ul></blockquote><table><tbody><tr><th colspan="2">'
        "Область</th></tr><tr><td><p>Одеса</p><p>Миколаїв</p></td><td>12\u00a0870</td></tr></tbody></table>"
        '<p>Пишіть на <a href="mailto:press@example.org">press@example.org</a>, '
        '<a href="/uk/news/">новини</a> й кінець</p>'
    ),
}


@pytest.mark.parametrize("language", STORED)
def test_a_stored_text_comes_out_of_the_editor_as_it_went_in(watched: Page, site: EditorPage, language: str):
    stored = STORED[language]
    assert clean(stored, language=language) == stored
    editor = EditorSteps(watched, site, stored, language)

    editor.to_end()
    editor.type("!")

    assert editor.save() == stored.removesuffix("</p>") + "!</p>"


def test_what_is_typed_is_sent_as_the_server_keeps_it(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site)
    editor.text.click()

    editor.type("Aid  for the ")
    editor.press("Control+b")
    editor.type("harvests")
    editor.press("Control+b", "Enter", "Enter", "Control+Shift+2")
    editor.type("What changes")
    editor.press("Enter", "Control+Shift+8")
    editor.type("first")
    editor.press("Enter", "Control+]")
    editor.type("H")
    editor.press("Control+,")
    editor.type("2")
    editor.press("Control+,")
    editor.type("O <tag> & more")
    editor.press("Enter", "Enter", "Enter", "Control+Shift+b")
    editor.type("“We are there.”")
    editor.press("Shift+Enter", "Enter", "Enter")
    editor.type("End")

    sent = editor.save()
    assert sent == clean(sent, language="en")
    assert sent == (
        "<p>Aid for the <strong>harvests</strong></p><h2>What changes</h2>"
        "<ul><li>first<ul><li>H<sub>2</sub>O &lt;tag&gt; &amp; more</li></ul></li></ul>"
        "<blockquote><p>“We are there.”</p></blockquote><p>End</p>"
    )


def test_nothing_turns_into_something_else_while_one_types(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site)
    editor.text.click()

    editor.type("2025. A year")
    editor.press("Enter")
    editor.type("- a dash, **stars** and www.example.org ")

    assert editor.save() == "<p>2025. A year</p><p>- a dash, **stars** and www.example.org</p>"


def test_a_text_that_nobody_changed_is_sent_to_the_letter(watched: Page, site: EditorPage):
    typed_without_script = "<P>One\n<p class=x>Two"
    editor = EditorSteps(watched, site, typed_without_script)
    editor.to_end()
    editor.type("!")
    editor.press("Control+z")

    assert editor.save().replace("\r\n", "\n") == typed_without_script


def test_what_the_browser_brings_back_is_shown_again(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>One</p>")
    watched.locator("textarea").evaluate("area => { area.value = '<p>Brought back</p>'; }")

    watched.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")

    expect(editor.text).to_have_text("Brought back")
    assert editor.body == "<p>Brought back</p>"


def test_without_script_the_textarea_is_the_editor(browser, site: EditorPage):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    site.body = "<p>One</p>"
    page.goto(f"{site.base}/en")
    page.get_by_label(TITLES["en"]).fill("<p>Two</p>")
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    context.close()

    assert site.posted == [{"title": "Title", "body": "<p>Two</p>", "act": "save"}]


def test_a_bundle_that_does_not_arrive_leaves_the_textarea_working(page: Page, site: EditorPage):
    page.route("**/editor-*.js", lambda route: route.abort())
    site.body = "<p>One</p>"
    page.goto(f"{site.base}/en")
    page.get_by_label(TITLES["en"]).fill("<p>Two</p>")
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()

    assert site.posted[0]["body"] == "<p>Two</p>"


def test_the_toolbar_is_one_stop_that_arrows_walk(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>One</p>")
    watched.get_by_label("Title", exact=True).focus()

    editor.press("Tab")
    expect(editor.button("Heading")).to_be_focused()
    editor.press("ArrowRight")
    expect(editor.button("Subheading")).to_be_focused()
    editor.press("End")
    expect(editor.button("Redo")).to_be_focused()
    editor.press("ArrowRight")
    expect(editor.button("Heading")).to_be_focused()
    editor.press("ArrowLeft", "Home", "ArrowRight")
    expect(editor.button("Subheading")).to_be_focused()
    editor.press("Tab")
    expect(editor.text).to_be_focused()
    editor.press("Shift+Tab")
    expect(editor.button("Subheading")).to_be_focused()
    editor.press("Escape")
    expect(editor.text).to_be_focused()
    editor.press("Alt+F10")
    expect(editor.button("Subheading")).to_be_focused()


def test_buttons_tell_what_is_on_and_what_cannot_be_done(watched: Page, site: EditorPage):
    editor = EditorSteps(
        watched, site, "<h2>One</h2><table><tbody><tr><td>Two</td></tr></tbody></table><p>3</p>"
    )

    editor.put_cursor("One")
    expect(editor.button("Heading")).to_have_attribute("aria-pressed", "true")
    expect(editor.button("Subheading")).to_have_attribute("aria-pressed", "false")
    expect(editor.button("Undo")).to_have_attribute("aria-disabled", "true")
    expect(editor.button("Bold")).to_have_attribute("aria-keyshortcuts", "Control+B")
    expect(editor.button("Bold")).to_have_attribute("title", "Bold (Ctrl+B)")

    editor.put_cursor("Two")
    expect(editor.button("Heading")).to_have_attribute("aria-disabled", "true")
    editor.button("Heading").dispatch_event("click")
    assert "<td>Two</td>" in editor.body


PLACES = ["<p>word</p>", "<ul><li>word</li></ul>", "<table><tbody><tr><td>word</td></tr></tbody></table>"]


@pytest.mark.parametrize("place", PLACES)
def test_tab_leaves_the_text(watched: Page, site: EditorPage, place: str):
    editor = EditorSteps(watched, site, place)
    editor.put_cursor("word")

    editor.press("Shift+Tab")
    expect(editor.button("Heading")).to_be_focused()
    editor.press("Escape", "Tab")
    expect(editor.text).not_to_be_focused()
    assert editor.body == place


def test_the_label_and_links_to_the_field_lead_into_the_text(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>One</p>")

    watched.locator("label", has_text=TITLES["en"]).click()
    expect(editor.text).to_be_focused()
    watched.evaluate("document.activeElement.blur()")
    watched.evaluate("document.getElementById('body').focus()")
    expect(editor.text).to_be_focused()


def test_the_text_is_described_as_the_field_was_but_for_the_hint_on_html(watched: Page, site: EditorPage):
    site.is_refused = True
    editor = EditorSteps(watched, site)

    expect(editor.text).to_have_attribute("aria-invalid", "true")
    expect(editor.text).to_have_attribute("aria-multiline", "true")
    expect(editor.text).to_have_accessible_description(
        "Too long Alt+F10 leads to the formatting buttons, Esc back to the text."
    )
    expect(watched.get_by_text("Plain text or simple HTML")).to_be_hidden()


def test_words_are_counted_in_the_language_of_the_text(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>П’ять портів, і все</p>", "uk")
    count = watched.locator(".editor__count")
    expect(count).to_have_text("4\u00a0слова")

    editor.to_end()
    editor.type(" знову")
    expect(count).to_have_text("5\u00a0слів")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_whatever_is_open(watched: Page, site: EditorPage, width: int, scheme: str):
    watched.set_viewport_size({"width": width, "height": 900})
    watched.emulate_media(color_scheme=scheme)
    editor = EditorSteps(watched, site, STORED["fr"] + STORED["en"])

    def look() -> list[str]:
        answer = Axe().run(watched).response
        return [
            f"{found['id']}: {node['html'][:120]}"
            for found in answer["violations"]
            for node in found["nodes"]
        ]

    findings = look()
    for where in ("France", "three", "The hall"):
        editor.put_cursor(where)
        findings += look()
    editor.button("Picture").click()
    editor.button("Insert picture").click()
    findings += look()
    editor.press("Escape")
    editor.choose("The end")
    editor.press("Control+k", "Enter")
    findings += look()

    assert findings == []
    assert watched.evaluate("document.documentElement.scrollWidth") <= width

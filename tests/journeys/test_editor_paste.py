"""Pasting into the rich editor: what stays of Word's and of the web's HTML, and what people are told of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app.text.markup import clean
from tests.journeys.editor_page import EditorPage
from tests.journeys.editor_steps import EditorSteps

pytestmark = pytest.mark.browser

PASTED = Path(__file__).parent / "pasted"
WORD = (PASTED / "word.html").read_text("utf-8")
WEB = (PASTED / "web.html").read_text("utf-8")


def pasted(page: Page, site: EditorPage, html: str, language: str = "en") -> EditorSteps:
    editor = EditorSteps(page, site, language=language)
    editor.text.click()
    editor.paste(html, "the same as plain text")
    return editor


def test_a_word_document_keeps_its_structure_and_loses_the_rest(watched: Page, site: EditorPage):
    editor = pasted(watched, site, WORD)

    sent = editor.save()
    assert sent == (
        "<h2>Aid for harvests</h2>"
        "<p>The committee met on <strong>Monday</strong> and adopted the plan, with 12<sup>th</sup> place secured.</p>"
        "<h3>What changes</h3>"
        "<ul><li>Grain stores are repaired<ul><li>in the <em>north</em></li></ul></li><li>Ports reopen</li></ul>"
        "<p>Three steps:</p><ol><li>Survey</li><li>Repair</li></ol>"
        "<table><tbody><tr><th>Region</th><th>Tonnes</th></tr><tr><td>Odesa</td><td>12\u00a0870</td></tr></tbody></table>"
        '<p>See <a href="https://example.org/plan?a=1&amp;b=2">the plan</a>.</p>'
    )
    assert clean(sent, language="fr") == clean(clean(sent, language="fr"), language="fr")


def test_people_are_told_what_was_removed_and_can_undo_it(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>Before</p>")
    editor.to_end()
    editor.type(" and")
    editor.paste(WORD)

    expect(watched.locator(".editor__message [role=status]")).to_have_text(
        "Pasted. Removed: 22 styles, 1 image. Tracked changes were accepted; comments were left out."
    )
    watched.locator(".editor__message").get_by_role("button", name="Undo").click()

    assert editor.body == "<p>Before and</p>"
    assert editor.status == "The paste was undone."
    expect(editor.text).to_be_focused()


def test_the_offer_to_undo_ends_when_something_else_is_typed(watched: Page, site: EditorPage):
    editor = pasted(watched, site, "<p style='color:red'>One</p>")
    undo = watched.locator(".editor__message").get_by_role("button", name="Undo")
    expect(undo).to_be_visible()

    editor.type("!")

    expect(undo).to_be_hidden()
    assert editor.status == ""
    editor.press("Control+z")
    assert editor.body == "<p>One</p>"


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>Plain</p>", "Pasted."),
        ("<p>One <ins>new</ins></p>", "Pasted. Tracked changes were accepted."),
        ('<p>One<a class="msocomanchor">[V1]</a></p>', "Pasted. Comments were left out."),
        ("<p>One<img src='a.png'></p>", "Pasted. Removed: 1 image."),
    ],
)
def test_people_are_told_only_what_happened(watched: Page, site: EditorPage, html: str, told: str):
    assert pasted(watched, site, html).status == told


def test_a_web_page_keeps_its_words_apart(watched: Page, site: EditorPage):
    editor = pasted(watched, site, WEB)

    sent = editor.save()
    assert sent == (
        "<p>Start News</p><h2>Ports reopen</h2><h3>Two days early</h3>"
        "<p><strong>The first</strong> ship <em>Nadiya</em> left at dawn.</p><p>It carries grain.</p>"
        "<p>Written by<br>A. Reporter</p><p>Published on Monday</p>"
        '<p>Read this, that and <a href="https://example.org/a%20b">more</a>.</p>'
        "<p>Cargo</p><p>Wheat</p><p>The ship at sea</p><p>softhyphen and zerowidth</p>"
        "<table><tbody><tr><td>Left</td><td>Right</td></tr></tbody></table><p>Red underlined struck code</p>"
    )
    assert sent == clean(sent, language="en")


def test_what_is_copied_from_a_page_arrives_as_it_was_read(watched: Page, site: EditorPage):
    site.copied_from = (
        "<article><h3>Ports</h3><div>one<br>two</div><ul><li>three</li></ul><b>four</b> five</article>"
    )
    watched.goto(f"{site.base}/elsewhere")
    watched.keyboard.press("Control+a")
    watched.keyboard.press("Control+c")
    editor = EditorSteps(watched, site)
    editor.text.click()
    editor.press("Control+v")

    expect(editor.text).to_contain_text("five")
    assert editor.body == (
        "<h3>Ports</h3><p>one<br>two</p><ul><li>three</li></ul><p><strong>four</strong> five</p>"
    )


TABLE_OF_ODD_ROWS = (
    "<table><caption><b>Two</b><br>lines</caption><tr><th>a</th></tr><tr><td>b</td><td>c</td></tr></table>"
)
HABITS = {
    "<p><b style='font-weight:normal' id=docs-internal-guid-1><span>One</span></b></p>": "<p>One</p>",
    "<span style='font-weight:700;font-style:italic'>One</span>": "<p><strong><em>One</em></strong></p>",
    "<h1>A</h1><h2>B</h2><h5>C</h5>": "<h2>A</h2><h3>B</h3><h3>C</h3>",
    "<h2><b>A</b></h2><h3>B</h3><h4>C</h4>": "<h2>A</h2><h3>B</h3><h3>C</h3>",
    "<ul><li><h3>One</h3></li></ul>": "<ul><li>One</li></ul>",
    "<ul><li><table><tr><td>a</td><td>b</td></tr></table></li></ul>": "<ul><li><p>a</p><p>b</p></li></ul>",
    "<ul><li>One</li><ul><li>Two</li></ul></ul>": "<ul><li>One<ul><li>Two</li></ul></li></ul>",
    "<p dir=ltr>One</p><p lang=fr>Un</p><p>Two</p>": '<p>One</p><p lang="fr">Un</p><p>Two</p>',
    "<p><span lang=he dir=rtl>שלום</span></p>": '<p><span lang="he" dir="rtl">שלום</span></p>',
    "<p>One<o:p></o:p></p><p>&nbsp;</p><p>Two</p>": "<p>One</p><p>Two</p>",
    "<p>One</p><br><p>Two<br></p>": "<p>One</p><p>Two</p>",
    "<a href='/page'>One</a><a href='tel:+32 2 1'>Two</a>": '<p>One <a href="tel:+3221">Two</a></p>',
    "<details><summary>One</summary>Two</details>": "<p>One</p><p>Two</p>",
    "<pre>One\nTwo</pre>": "<p>One</p><p>Two</p>",
    "One<hr>Two<svg></svg>three<wbr>four": "<p>One</p><p>Two threefour</p>",
    "<figure><img src='/media/pictures/k1/640.jpg' alt=Hall onerror=x></figure>": (
        '<figure><img src="/media/pictures/k1/640.jpg" alt="Hall"></figure>'
    ),
    "<img src='/media/pictures/../k1/640.jpg'>One<img src='//e.org/media/pictures/k1/a.jpg'>": "<p>One</p>",
    TABLE_OF_ODD_ROWS: (
        "<table><caption>Two lines</caption><tbody>"
        "<tr><th>a</th><th></th></tr><tr><td>b</td><td>c</td></tr></tbody></table>"
    ),
}


def each_pasted(editor: EditorSteps, htmls: Iterable[str]) -> Iterator[str]:
    for html in htmls:
        editor.text.focus()
        editor.press("Control+a", "Delete")
        editor.paste(html)
        yield editor.body


def test_each_habit_of_other_programs_becomes_ours(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site)

    kept = dict(zip(HABITS, each_pasted(editor, HABITS), strict=True))

    assert kept == HABITS
    assert [clean(html, language="en") for html in kept.values()] == list(HABITS.values())


def test_every_kind_of_marker_makes_its_list(watched: Page, site: EditorPage):
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span "
        "style='mso-list:Ignore'>{}<span>&nbsp;&nbsp; </span></span><![endif]>One</p>"
    )
    starts = {"·": "<ul>", "o": "<ul>", "1.": "<ol>", "3.": '<ol start="3">', "c)": '<ol start="3">'}
    starts |= {"(i)": "<ol>", "iv.": '<ol start="4">'}
    editor = EditorSteps(watched, site)

    bodies = each_pasted(editor, map(item.format, starts))

    assert list(bodies) == [f"{start}<li>One</li></{start[1:3]}>" for start in starts.values()]


@pytest.mark.parametrize(
    ("before", "at", "html", "after"),
    [
        ("one four", 3, "<span>two three</span>", "one two three four"),
        ("onefour", 3, "<p>two three</p>", "one two three four"),
        ("onefour", 3, "<b>two</b>", "one<strong>two</strong>four"),
        ("one, four", 4, "<i>two</i> three", "one, <em>two</em> three four"),
        ("one (four", 5, "two three", "one (two three four"),
        ("One.", 4, "<h2>Two</h2><p>three</p>", "One.</p><h2>Two</h2><p>three"),
    ],
)
def test_pasted_words_do_not_stick_to_those_that_stand_there(
    watched: Page, site: EditorPage, before: str, at: int, html: str, after: str
):
    editor = EditorSteps(watched, site, f"<p>{before}</p>")
    editor.put_cursor(before, at)

    editor.paste(html)

    assert editor.body == f"<p>{after}</p>"


def test_plain_text_keeps_its_lines(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site)
    editor.text.click()

    editor.paste(None, "One <b>\n\nTwo & three\r\nFour")

    assert editor.body == "<p>One &lt;b&gt;</p><p>Two &amp; three</p><p>Four</p>"
    assert editor.status == ""


def test_an_address_on_chosen_words_makes_a_link_of_them(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>Read the plan</p>")
    editor.choose("the plan")

    editor.paste(None, "https://example.org/plan")

    assert editor.body == '<p>Read <a href="https://example.org/plan">the plan</a></p>'


def test_what_was_copied_in_the_editor_comes_back_unchanged(watched: Page, site: EditorPage):
    table = "<table><caption>T</caption><tbody><tr><th>a</th></tr></tbody></table>"
    figure = '<figure><img src="/media/pictures/k1/640.jpg" alt=""><figcaption>Hall</figcaption></figure>'
    editor = EditorSteps(watched, site, f"<p>One</p>{table}{figure}<p>Two</p>")
    editor.text.focus()
    editor.press("Control+a", "Control+c")
    editor.put_cursor("Two", 3)
    editor.press("Control+v")

    expect(editor.text.locator("figure")).to_have_count(2)
    assert editor.body.count(table) == 2
    assert editor.body.count(figure) == 2
    assert editor.status == ""


def test_a_file_is_refused_with_a_word(watched: Page, site: EditorPage):
    editor = EditorSteps(watched, site, "<p>One</p>")
    editor.to_end()

    editor.paste(file=True)

    assert editor.status == "A file cannot be pasted here. Add pictures with the button “Picture”."
    assert editor.body == "<p>One</p>"


def test_a_paste_of_half_a_megabyte_takes_less_than_the_test_waits(watched: Page, site: EditorPage):
    paragraph = (
        "<p class=MsoNormal style='mso-margin:0'><span lang=EN-GB>Words of a long text<o:p></o:p></span></p>"
    )
    editor = pasted(watched, site, paragraph * (500_000 // len(paragraph)))

    assert editor.save().count("<p>Words of a long text</p>") == 500_000 // len(paragraph)

"""The component that draws how one body becomes another, with its words for those who cannot see the lines."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask import render_template_string

from app.languages import speaking
from app.text.bodies import bodies
from tests.browser import check_html
from tests.reading import read

OLD = (
    "<p>First paragraph.</p><p>Second paragraph.</p><p>They met on 3 December.</p>"
    '<h2>Old head</h2><p>See <a href="/a">the page</a>.</p><p lang="en">Gone &lt;b&gt;.</p>'
)
NEW = (
    "<p>First paragraph.</p><p>Second paragraph.</p><p>They met on 4 December.</p>"
    '<h3>Old head</h3><p>See <a href="/b">the page</a>.</p>'
)
PAGE = """{% from "components/body_changes.html" import body_changes %}<!doctype html><html lang="en"><title>x</title>
<main><h1>x</h1>{{ body_changes(changes, language, ours, facts=facts) }}</main></html>"""


@pytest.fixture
def drawn(app):
    """Draw the component in the language of the page."""

    def draw(old: str, new: str, *, language: str = "fr", ours: str = "en", facts=()) -> BeautifulSoup:
        with app.test_request_context("/"), speaking(ours):
            html = render_template_string(
                PAGE, changes=bodies(old, new), language=language, ours=ours, facts=list(facts)
            )
        check_html(html)
        return read(html)

    return draw


def _words(element) -> str:
    return " ".join(element.get_text().split())


def test_changes_are_told_in_words_and_lead_to_each_other(drawn) -> None:
    page = drawn(OLD, NEW)
    assert _words(page.select_one(".body-changes__count")) == "4 changes · First change"
    assert [_words(each) for each in page.select("ins")] == ["[inserted] 4 [end]"]
    assert [_words(each) for each in page.select("del")] == [
        "[deleted] 3 [end]",
        "[deleted] Gone <b>. [end]",
    ]
    assert [each["id"] for each in page.select(".body-changes__change")] == [
        "change-1",
        "change-2",
        "change-3",
        "change-4",
    ]
    assert [each["href"] for each in page.select(".body-changes__next a, .body-changes__count a")] == [
        "#change-1",
        "#change-2",
        "#change-3",
        "#change-4",
        "#change-1",
    ]
    assert [_words(each) for each in page.select(".body-changes__next a")] == [
        "Next change (2 of 4)",
        "Next change (3 of 4)",
        "Next change (4 of 4)",
        "Back to the first change",
    ]


def test_what_stayed_is_folded_under_its_count(drawn) -> None:
    (folded,) = drawn(OLD, NEW).select("details")
    assert not folded.has_attr("open")
    assert _words(folded.summary) == "2 paragraphs unchanged"
    assert folded.p.get_text() == "First paragraph.\nSecond paragraph."


def test_each_text_says_its_language_and_hidden_words_theirs(drawn) -> None:
    page = drawn(OLD, NEW)
    assert [each["lang"] for each in page.select(".body-changes__text")] == ["fr", "fr", "fr", "fr", "en"]
    assert {each["lang"] for each in page.select("ins .visually-hidden, del .visually-hidden")} == {"en"}
    assert not drawn(OLD, NEW, language="fr", ours="fr").select(".visually-hidden[lang]")


def test_formatting_is_told_in_sentences(drawn) -> None:
    page = drawn(OLD, NEW)
    assert [_words(each) for each in page.select(".body-changes__notes li")] == [
        "Heading → Subheading",
        "The link of “the page” led to /a and leads to /b",
    ]
    assert [_words(each) for each in page.select(".body-changes__tag")] == ["Subheading"]


def test_every_note_has_a_sentence(drawn) -> None:
    pairs = [
        ("<p>a b</p>", "<p>a <strong>b</strong></p>", "Now in bold: “b”"),
        ("<p>a <em>b</em></p>", "<p>a b</p>", "No longer in italics: “b”"),
        ("<p>a b</p>", "<p>a <sup>b</sup></p>", "Now as superscript: “b”"),
        ("<p>a <sub>b</sub></p>", "<p>a b</p>", "No longer as subscript: “b”"),
        ('<p>a <a href="/x">b</a></p>', "<p>a b</p>", "“b” is no longer a link to /x"),
        ("<p>a b</p>", '<p>a <a href="/x">b</a></p>', "“b” is now a link to /x"),
        ("<p>a b</p>", '<p>a <span lang="uk">b</span></p>', "Language: – → uk (b)"),
        ("<p>a b</p>", '<p dir="rtl">a b</p>', "Direction of writing: – → rtl"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>", "The list is numbered in another way"),
        (
            "<ul><li>a</li><li>b</li></ul>",
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            "Level in the list: 1 → 2",
        ),
        (
            "<table><tbody><tr><td>a</td></tr></tbody></table>",
            "<table><tbody><tr><th>a</th></tr></tbody></table>",
            "Other header cells, or cells of another width",
        ),
        (
            '<figure><img src="/media/pictures/a/1.jpg" alt="x"></figure>',
            '<figure><img src="/media/pictures/b/1.jpg" alt="x"></figure>',
            "Another picture",
        ),
    ]
    for old, new, sentence in pairs:
        told = [_words(each) for each in drawn(old, new).select(".body-changes__notes li")]
        assert sentence in told, (old, new)


def test_no_difference_names_the_fields_that_changed(drawn) -> None:
    assert _words(drawn(OLD, OLD).select_one(".body-changes__none")) == "No difference in the text."
    named = drawn(OLD, OLD, ours="fr", facts=["lieu", "date"])
    assert _words(named.select_one(".body-changes__none")) == (
        "Aucune différence dans le texte. Champs modifiés : lieu, date."
    )


def test_hostile_text_stays_text(drawn) -> None:
    page = drawn("<p>a</p>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><p>a</p>")
    assert not page.select("script")
    assert "<script>alert(1)</script>" in page.get_text()

"""The body of a text: one canonical form, whatever was typed, and what readers and mails get of it."""

from __future__ import annotations

import re
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.text.markup import clean, excerpt, one_line, plain, present, several_lines

PICTURE = '<img src="/media/pictures/k1/640.jpg" alt="A hall">'


def english(html: str) -> str:
    return clean(html, language="en")


CANONICAL = {
    # One paragraph for each, and no other
    "": "",
    " \n\t ": "",
    "<p></p><p> </p><p>&nbsp;</p><p><br></p><h2></h2><ul><li></li></ul><blockquote></blockquote>": "",
    "<p><strong> </strong></p>": "",
    "word": "<p>word</p>",
    "<p>one</p>\n<p>two</p>": "<p>one</p><p>two</p>",
    "one<p>two</p>three": "<p>one</p><p>two</p><p>three</p>",
    "<p>one\ntwo   three\t</p>": "<p>one two three</p>",
    "<p>one<br>two<br></p>": "<p>one<br>two</p>",
    "<p><br>one <br> two</p>": "<p>one<br>two</p>",
    "one<br><br>two": "<p>one</p><p>two</p>",
    "<p>one<br><br>two</p>": "<p>one<br><br>two</p>",
    # Words that stood apart stay apart
    "<p>foo</p><p>bar</p>": "<p>foo</p><p>bar</p>",
    "foo</p><p>bar": "<p>foo</p><p>bar</p>",
    "<div>foo</div><div>bar</div>": "<p>foo</p><p>bar</p>",
    "<div>foo<div>bar</div>baz</div>": "<p>foo</p><p>bar</p><p>baz</p>",
    "foo<div>bar</div>": "<p>foo</p><p>bar</p>",
    "<td>foo</td><td>bar</td>": "<p>foo bar</p>",
    "foo</td><td>bar": "<p>foo bar</p>",
    "foo</td></tr><tr><td>bar": "<p>foo</p><p>bar</p>",
    "<tr><td>foo<tr><td>bar": "<p>foo</p><p>bar</p>",
    "foo<hr>bar": "<p>foo</p><p>bar</p>",
    "foo<script>x</script>bar": "<p>foo bar</p>",
    "foo<img src=x>bar": "<p>foo bar</p>",
    "foo<input>bar": "<p>foo bar</p>",
    "foo<select><option>x</select>bar": "<p>foo bar</p>",
    "<dl><dt>foo<dd>bar</dl>": "<p>foo</p><p>bar</p>",
    "<h2><div>foo</div><div>bar</div></h2>": "<h2>foo bar</h2>",
    "<table><caption><p>foo</p><p>bar</p></caption><tr><td>x</table>": (
        "<table><caption>foo bar</caption><tbody><tr><td>x</td></tr></tbody></table>"
    ),
    "<pre>foo\nbar</pre>": "<p>foo<br>bar</p>",
    "com<wbr>muni<span>qué</span><!-- x -->s": "<p>communiqués</p>",
    "<ul>foo<li>bar</ul>": "<ul><li>foo</li><li>bar</li></ul>",
    "<table>foo<tr><td>bar</table>": "<p>foo</p><table><tbody><tr><td>bar</td></tr></tbody></table>",
    "<figure>foo<figcaption>bar</figcaption></figure>": "<p>foo</p><p>bar</p>",
    # What is not on the list becomes what is
    "<h1>a</h1><h4>b</h4><h6>c</h6>": "<h2>a</h2><h3>b</h3><h3>c</h3>",
    "<b>a</b> <i>b</i> <u>c</u> <s>d</s>": "<p><strong>a</strong> <em>b</em> c d</p>",
    "<section><header>a</header><address>b</address></section>": "<p>a</p><p>b</p>",
    "<menu><li>a</menu>": "<ul><li>a</li></ul>",
    "<q>a</q>": "<p>“a”</p>",
    "<p>old <del>gone</del><ins>new</ins></p>": "<p>old new</p>",
    "<p>a<span hidden>b</span><span style='display: none'>c</span></p>": "<p>a</p>",
    # Marks
    "<strong>a</strong><strong>b</strong>": "<p><strong>ab</strong></p>",
    "<em><strong>a</strong></em>": "<p><strong><em>a</em></strong></p>",
    "<strong>a <a href='/x'>b</a></strong>": '<p><strong>a </strong><a href="/x"><strong>b</strong></a></p>',
    "<a href='/x'>a</a><a href='/x'>b</a>": '<p><a href="/x">ab</a></p>',
    "<a href='/x'>a<a href='/y'>b</a></a>": '<p><a href="/x">a</a><a href="/y">b</a></p>',
    "a<a href='/x'> </a>b": "<p>a b</p>",
    "a<a href='/x'></a>b": "<p>ab</p>",
    "<strong>a<br>b</strong>": "<p><strong>a</strong><br><strong>b</strong></p>",
    "<sup>a<sub>b</sub></sup>": "<p><sup>a</sup><sub>b</sub></p>",
    "<strong><p>a</p><p>b</p></strong>": "<p><strong>a</strong></p><p><strong>b</strong></p>",
    "<a href='/x'><div>a</div></a>": '<p><a href="/x">a</a></p>',
    "<b>a<i>b</b>c</i>": "<p><strong>a<em>b</em></strong><em>c</em></p>",
    # Lists
    "<ul><li>a<li>b</ul>": "<ul><li>a</li><li>b</li></ul>",
    "<ul><li><p>a</p></li></ul>": "<ul><li>a</li></ul>",
    "<ul><li><p>a</p><p>b</p></li></ul>": "<ul><li><p>a</p><p>b</p></li></ul>",
    "<ul><li><p>a</p><ol><li>b</ol></ul>": "<ul><li>a<ol><li>b</li></ol></li></ul>",
    "<ul><li>a</li><ul><li>b</li></ul></ul>": "<ul><li>a<ul><li>b</li></ul></li></ul>",
    "<ul><li><ul><li>b</li></ul>a</li></ul>": "<ul><li><ul><li>b</li></ul><p>a</p></li></ul>",
    "<li>a<li>b": "<ul><li>a</li><li>b</li></ul>",
    "<ol start=3><li>a</ol>": '<ol start="3"><li>a</li></ol>',
    "<ol start=1 type=a reversed><li>a</ol>": "<ol><li>a</li></ol>",
    "<ul><li><h2>a</h2></ul>": "<ul><li>a</li></ul>",
    "<ul><li>a<table><tr><td>b</table>c</ul>": (
        "<ul><li><p>a</p><p>c</p></li></ul><table><tbody><tr><td>b</td></tr></tbody></table>"
    ),
    # Quotes
    "<blockquote>a</blockquote>": "<blockquote><p>a</p></blockquote>",
    "<blockquote>a<blockquote>b</blockquote></blockquote>": "<blockquote><p>a</p><p>b</p></blockquote>",
    f"<blockquote>a{PICTURE}</blockquote>": f"<blockquote><p>a</p></blockquote><figure>{PICTURE}</figure>",
    # Tables
    "<table><tr><td>a": "<table><tbody><tr><td>a</td></tr></tbody></table>",
    "<table><thead><tr><td>a</thead><tfoot><tr><td>b</table>": (
        "<table><tbody><tr><th>a</th></tr><tr><td>b</td></tr></tbody></table>"
    ),
    "<table><tr><td><p>a</p><td><p>a</p><p>b</p></table>": (
        "<table><tbody><tr><td>a</td><td><p>a</p><p>b</p></td></tr></tbody></table>"
    ),
    "<table><tr><td>a<td>b<tr><td>c</table>": (
        "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td></td></tr></tbody></table>"
    ),
    "<table><tr><td colspan=2 rowspan=9>a<tr></table>": (
        '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>'
    ),
    "<table><tr><td rowspan=2>a<td>b<tr><td>c</table>": (
        '<table><tbody><tr><td rowspan="2">a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>'
    ),
    "<table><tr><td colspan=1000>a<td rowspan=0>b</table>": (
        "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    ),
    "<table><tr><td><table><tr><td>a<td>b</table></table>": (
        "<table><tbody><tr><td>a b</td></tr></tbody></table>"
    ),
    "<table><colgroup><col width=9></colgroup><tr><th scope=COL width=9>a</table>": (
        '<table><tbody><tr><th scope="col">a</th></tr></tbody></table>'
    ),
    "<table></table><table><caption>a</caption></table>": "<p>a</p>",
    # Pictures
    f"a{PICTURE}b": f"<p>a</p><figure>{PICTURE}</figure><p>b</p>",
    f"<a href='/x'>{PICTURE}</a>": f"<figure>{PICTURE}</figure>",
    f"<figure>{PICTURE}<figcaption><p>a</p> <b>b</b></figcaption></figure>": (
        f"<figure>{PICTURE}<figcaption>a <strong>b</strong></figcaption></figure>"
    ),
    f"<figure>{PICTURE}{PICTURE}<figcaption>a</figcaption></figure>": (
        f"<figure>{PICTURE}</figure><figure>{PICTURE}<figcaption>a</figcaption></figure>"
    ),
    f"<h2>a{PICTURE}</h2>": f"<h2>a</h2><figure>{PICTURE}</figure>",
    "<img height=9999999 width=0640 src='/media/pictures/k1/640.jpg'>": (
        '<figure><img src="/media/pictures/k1/640.jpg" width="640"></figure>'
    ),
    # Languages and directions
    "<p lang=FR dir=LTR>a</p>": '<p lang="fr" dir="ltr">a</p>',
    "<p lang=en-GB>a</p><p lang=klingon>b</p>": "<p>a</p><p>b</p>",
    "<span lang=uk>a</span><span>b</span>": '<p><span lang="uk">a</span>b</p>',
    "<span lang=uk>a</span><span lang=uk>b</span>": '<p><span lang="uk">ab</span></p>',
    "<p lang=uk>a <span lang=en>b</span><span lang=uk>c</span></p>": '<p lang="uk">a <span lang="en">b</span>c</p>',
    "<div lang=uk><p>a</p><p lang=fr>b</p></div>": '<p lang="uk">a</p><p lang="fr">b</p>',
    "<a lang=fr hreflang=FR href=/x>a</a>": '<p><a href="/x" hreflang="fr" lang="fr">a</a></p>',
    "<a lang=fr hreflang=fr>a</a>": '<p><span lang="fr">a</span></p>',
    "<bdi>a</bdi>": "<p><bdi>a</bdi></p>",
    # Characters
    "<p>e\u0301 &eacute; &#233; é</p>": "<p>é é é é</p>",
    "<p>a\x00b\x01c\x7fd\ud800e\ufefff</p>": "<p>abcdef</p>",
    "<p>a&#1;b&#x7f;c&#xFFFE;d&#xD800;e</p>": "<p>abcd\ufffde</p>",
    "<p>gnp.\u202eexe</p>": "<p>gnp.exe</p>",
    "<p>\u2067שלום\u2069 \u2067x</p>": "<p>שלום x</p>",
    "<p>\u2067שלום\u2069</p>": "<p>\u2067שלום\u2069</p>",
    "<p>a &nbsp; b</p>": "<p>a b</p>",
    "<p>5&nbsp;km</p>": "<p>5\u00a0km</p>",
    "<p>one&nbsp;two&nbsp;three&nbsp;four&nbsp;five six</p>": "<p>one two three four five six</p>",
    "<p>1 &lt; 2 &amp;amp; <3</p>": "<p>1 &lt; 2 &amp;amp; &lt;3</p>",
    "<p>👩‍🚀 🇺🇦</p>": "<p>👩‍🚀 🇺🇦</p>",
    # What only looks like a tag
    "<p>Write to <press@example.org> or <https://example.org/></p>": (
        "<p>Write to &lt;press@example.org&gt; or &lt;https://example.org/&gt;</p>"
    ),
    "<p>x <see annex> y <b": "<p>x &lt;see annex&gt; y &lt;b</p>",
    "<p>a</p><a href='/x>b</a><p>c</p>": "<p>a</p><p>b</p><p>c</p>",
}


@pytest.mark.parametrize(("html", "stored"), CANONICAL.items(), ids=lambda value: ascii(value)[:50])
def test_there_is_one_form_for(html: str, stored: str):
    assert english(html) == stored
    assert english(stored) == stored


def test_typed_text_becomes_paragraphs_at_its_blank_lines():
    typed = '  Dear all,\r\nthis is "it" & <more>.\r\n\r\n \t\r\n5 < 6, &amp; so on\u2028end\n\n'
    assert english(typed) == (
        "<p>Dear all,<br>this is “it” &amp; &lt;more&gt;.</p><p>5 &lt; 6, &amp;amp; so on<br>end</p>"
    )


def test_typography_is_put_right_across_marks_and_in_each_language():
    html = '<p>Il a dit "<strong>oui</strong>" : <span lang="en">"yes" !</span> <span lang="de">"ja" !</span></p>'
    assert clean(html, language="fr") == (
        "<p>Il a dit «\u202f<strong>oui</strong>\u202f»\u00a0: "
        '<span lang="en">“yes”!</span> <span lang="de">"ja" !</span></p>'
    )


def test_typography_leaves_attributes_alone():
    html = (
        "<p><a href=\"/x?a=1;b='2'\">l'heure</a></p>"
        '<figure><img src="/media/pictures/k/a.jpg" alt="l\'heure !"></figure>'
    )
    assert clean(html, language="fr") == html.replace("l'heure<", "l’heure<")


def test_a_table_in_a_slip_is_not_filled_up_without_end():
    html = "<table><tr><td colspan=100>a</tr>" + "<tr><td>b</tr>" * 300 + "</table>"
    assert english(html).count("<td>") == 300


SCRAPS = st.sampled_from(
    [
        *CANONICAL,
        *"<>&\"' -.:;!?%«»“”„’\n\u00a0\u202f",
        "<b>",
        "</b>",
        "<p>",
        "</p>",
        "<table>",
        "<td>",
        "<li>",
        "l'été",
        "12 870",
    ]
)
PIECES = st.one_of(SCRAPS, st.text(max_size=8))


@pytest.mark.long
@settings(max_examples=300)
@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from(["fr", "en", "uk"]))
def test_twice_is_the_same_as_once(html: str, language: str):
    once = clean(html, language=language)
    assert clean(once, language=language) == once
    assert present(clean(html, language=language)) == present(once)
    assert plain(once).strip() == plain(once)


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Cn"]), max_size=200))
def test_typed_words_are_all_kept(text: str):
    words = re.findall(r"\w+", one_line(text))
    assert re.findall(r"\w+", plain(english(text))) == words
    assert re.findall(r"\w+", plain(english(f"<p>{escape(text)}</p>"))) == words


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  two\t words\r\n", "two words"),
        ("a\x0bBcc: b", "a Bcc: b"),
        ("a\x1cb\x1db\x1eb\x1fb\x85b\u2028b\u2029b\x7fb", "a b b b b b b b b"),
        ("a\x00b\ud800c\ufeffd\u200be", "abcde"),
        ("e\u0301", "é"),
        ("x\u202egpj.exe", "xgpj.exe"),
        ("\u2066a\u2069 b", "\u2066a\u2069 b"),
        ("\u2066a b", "a b"),
        ("\u2069a\u2066 b", "a b"),
        ("5\u00a0% \u202f!", "5\u00a0% !"),
        ("\u00a0x\u3000", "x"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("x" + "\u0301" * 5000, "x" + "\u0301" * 8),
    ],
)
def test_a_line_is_one_line(text: str, line: str):
    assert one_line(text) == line
    assert one_line(line) == line


def test_a_comment_keeps_its_lines():
    assert several_lines(" one \r\n\r\n\r\n\ntwo\x0bthree\u2029four\n") == "one\n\ntwo\nthree\n\nfour"


def test_plain_text_keeps_every_structure():
    html = (
        "<h2>Head</h2><p>One<br>two, <a href='/x'>linked</a>.</p><ul><li>a<ol start='3'><li>b<li>c</ol><li>d</ul>"
        "<blockquote><p>said</p></blockquote><table><caption>Sums</caption><tr><th>x<th>y<tr><td>1<td><p>2</p><p>3</p></table>"
        f"<figure>{PICTURE}<figcaption>The hall</figcaption></figure><script>x</script>"
    )
    assert plain(html) == (
        "Head\n\nOne\ntwo, linked.\n\n– a\n  3. b\n  4. c\n– d\n\nsaid\n\nSums\nx | y\n1 | 2 3\n\nThe hall"
    )
    assert plain(english(html)) == plain(html)


@pytest.mark.long
def test_reading_goes_no_deeper_than_python_can():
    for tag in ("blockquote", "ul><li", "table><tr><td", "span lang=uk", "b><i><a href=/x"):
        deep = f"<{tag}>" * 3000 + "word"
        assert plain(deep).strip("– ") == "word"
        assert "word" in present(deep)


@pytest.mark.parametrize(
    ("text", "limit", "beginning"),
    [
        ("<p>One two</p><p>three</p>", 13, "One two three"),
        ("<p>One two</p><p>three</p>", 12, "One two…"),
        ("One two, three", 10, "One two…"),
        ("Un mot\u00a0: deux", 9, "Un mot…"),
        ("Antidisestablishmentarianism", 10, "Antidises…"),
        ("", 10, ""),
    ],
)
def test_an_excerpt_is_cut_between_words(text: str, limit: int, beginning: str):
    assert excerpt(text, limit) == beginning
    assert len(beginning) <= limit


def test_headings_get_ids_that_are_no_ids_of_the_page():
    html = english("<h2>Контекст</h2><h3>Next!</h3><h3>Next</h3><h2>👍</h2><h3>Next 2</h3>")
    assert re.findall('id="([^"]+)"', present(html)) == [
        "s-kontekst",
        "s-next",
        "s-next-2",
        "s-section",
        "s-next-2-2",
    ]


def test_a_table_can_be_scrolled_and_has_a_name():
    rows = "<tbody><tr><th>Pays</th><th>Somme</th></tr><tr><th>A</th><td>1</td></tr></tbody>"
    region = '<div class="table-region" role="region" tabindex="0" aria-label="{}"><table>'
    head = '<thead><tr><th scope="col">Pays</th><th scope="col">Somme</th></tr></thead>'
    body = '<tbody><tr><th scope="row">A</th><td>1</td></tr></tbody></table></div>'

    assert present(f"<table><caption>Sommes</caption>{rows}</table>") == (
        f"{region.format('Sommes')}<caption>Sommes</caption>{head}{body}"
    )
    assert present(f"<h2>Aide</h2><table>{rows}</table>") == (
        f'<h2 id="s-aide">Aide</h2>{region.format("Aide")}{head}{body}'
    )
    twice = present(f"<table>{rows}</table><table>{rows}</table>")
    assert re.findall('aria-label="([^"]+)"', twice) == ["Pays, Somme", "Pays, Somme (2)"]


def test_a_header_that_reaches_down_makes_no_group_of_rows():
    html = '<table><tbody><tr><th rowspan="2">a</th><th>b</th></tr><tr><td>c</td></tr></tbody></table>'
    assert "<thead>" not in present(html)


def test_pictures_are_loaded_late_and_never_without_alternative_text():
    assert present('<figure><img src="/media/pictures/k/a.jpg" width="640" height="427"></figure>') == (
        '<figure><img alt="" src="/media/pictures/k/a.jpg" width="640" height="427" '
        'loading="lazy" decoding="async"></figure>'
    )

"""What word processors, mails and web pages put on the clipboard, and what becomes of it."""

from __future__ import annotations

import pytest

from app.text.markup import clean

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><title>Note</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri";} @list l0 {mso-list-id:1;} --></style></head>
<body lang=FR-BE style='tab-interval:35.4pt'><!--StartFragment-->
<h1><span style='mso-fareast-font-family:"Times New Roman"'>Aide&nbsp;: <span class=GramE>trois</span>
mesures<o:p></o:p></span></h1>
<p class=MsoNormal><span lang=EN-US style='mso-ansi-language:EN-US'>Les ministres se sont
réunis <b style='mso-bidi-font-weight:normal'>hier</b> à <st1:place>Bruxelles</st1:place>.<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp;
</span></span></span><![endif]>Blé<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span></span><![endif]>au
nord<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><span
style='mso-list:Ignore'>o<span>&nbsp;</span></span>au sud</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span
style='mso-list:Ignore'>·<span>&nbsp;</span></span>Ports</p>
<p class=MsoNormal>Puis&nbsp;:</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>3)<span>&nbsp; </span></span>le
troisième point</p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>4)<span>&nbsp; </span></span>le
quatrième</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'><td width=100 valign=top
style='width:75pt'><p class=MsoNormal><b>Pays<o:p></o:p></b></p></td><td><p class=MsoNormal>Somme</p></td></tr></table>
<p class=MsoNormal>Texte <del cite="mailto:x" datetime="2025-01-01">ancien</del><ins>nouveau</ins><span
class=MsoCommentReference><span style='mso-comment-continuation:1'><a class=msocomanchor
href="#_msocom_1">[A1]</a></span></span>.</p>
<div style='mso-element:comment-list'><div style='mso-element:comment'>
<p class=MsoCommentText>À vérifier</p></div></div>
<!--EndFragment--></body></html>"""


def test_a_word_document_keeps_its_structure():
    assert clean(WORD, language="fr") == (
        "<h2>Aide\u00a0: trois mesures</h2>"
        "<p>Les ministres se sont réunis <strong>hier</strong> à Bruxelles.</p>"
        "<ul><li>Blé<ul><li>au nord</li><li>au sud</li></ul></li><li>Ports</li></ul>"
        "<p>Puis\u00a0:</p>"
        '<ol start="3"><li>le troisième point</li><li>le quatrième</li></ol>'
        "<table><tbody><tr><td><strong>Pays</strong></td><td>Somme</td></tr></tbody></table>"
        "<p>Texte nouveau .</p>"
    )


def item(mark: str, *, level: int = 1, text: str = "Un") -> str:
    return (
        f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>"
        f"<span style='mso-list:Ignore'>{mark}<span>&nbsp;&nbsp; </span></span>{text}</p>"
    )


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        (item("·") + item("·", text="Deux"), "<ul><li>Un</li><li>Deux</li></ul>"),
        (item("1.") + item("2.", text="Deux"), "<ol><li>Un</li><li>Deux</li></ol>"),
        (item("a)"), "<ol><li>Un</li></ol>"),
        (item("c)"), '<ol start="3"><li>Un</li></ol>'),
        (item("i."), "<ol><li>Un</li></ol>"),
        (item("(xiv)"), '<ol start="14"><li>Un</li></ol>'),
        (item("7."), '<ol start="7"><li>Un</li></ol>'),
        (item("·") + item("1.", text="Deux"), "<ul><li>Un</li></ul><ol><li>Deux</li></ol>"),
        (item("·", level=2) + item("·", text="Deux"), "<ul><li>Un</li></ul><ul><li>Deux</li></ul>"),
        (
            item("·") + item("o", level=3) + item("·", text="Deux"),
            "<ul><li>Un<ul><li>Un</li></ul></li><li>Deux</li></ul>",
        ),
        (item("·") + "<p>Entre</p>" + item("·"), "<ul><li>Un</li></ul><p>Entre</p><ul><li>Un</li></ul>"),
        (item("·") + "entre" + item("·"), "<ul><li>Un</li></ul><p>entre</p><ul><li>Un</li></ul>"),
        (
            "<table><tr><td>" + item("·") + "</td></tr></table>",
            "<table><tbody><tr><td><ul><li>Un</li></ul></td></tr></tbody></table>",
        ),
        (item("·").replace("</p>", "") + item("·"), "<ul><li>Un</li><li>Un</li></ul>"),
        # The same without Word's own notes, as some programs hand it on
        ("<p class=MsoListParagraph>·&nbsp;&nbsp; Un</p>", "<ul><li>Un</li></ul>"),
        ("<p class=MsoListParagraph>2.&nbsp; Un</p>", '<ol start="2"><li>Un</li></ol>'),
        (
            "<p class=MsoListBullet>Un</p><p class=MsoListBullet2>Deux</p>",
            "<ul><li>Un<ul><li>Deux</li></ul></li></ul>",
        ),
        ("<p class=MsoListNumber>Un</p>", "<ol><li>Un</li></ol>"),
        ("<p class=MsoListParagraph>Un alinéa</p>", "<p>Un alinéa</p>"),
        ("<p class=MsoNormal>- Un tiret</p>", "<p>- Un tiret</p>"),
        ("<p class=MsoListParagraph>A. Dupont</p>", "<p>A. Dupont</p>"),
        ("<p class=MsoListParagraph>12. mars</p>", "<p>12. mars</p>"),
    ],
)
def test_paragraphs_that_look_like_items_are_items(html: str, stored: str):
    assert clean(html, language="fr") == stored


@pytest.mark.parametrize(
    ("html", "stored"),
    [
        # Google Docs
        (
            '<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" '
            'style="line-height:1.38"><span style="font-size:11pt;font-weight:700;">Bold</span><span '
            'style="font-weight:400;"> and </span><span style="font-style:italic;">slanted</span></p><br /><ul><li '
            'dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>One</span></p></li></ul></b>',
            '<p dir="ltr"><strong>Bold</strong> and <em>slanted</em></p>'
            '<ul><li dir="ltr"><p dir="ltr">One</p></li></ul>',
        ),
        ("CO<span style='vertical-align: sub'>2</span>", "<p>CO<sub>2</sub></p>"),
        ("1<span style='vertical-align:super;font-size:60%'>st</span>", "<p>1<sup>st</sup></p>"),
        ("<h2><span style='font-weight:bold'>Head</span></h2>", "<h2>Head</h2>"),
        # Mails
        (
            "<div>Dear all,</div><div><br></div><div>it is <i>done</i>.<br></div>",
            "<p>Dear all,</p><p>it is <em>done</em>.</p>",
        ),
        ("Dear all,<br><br>it is done.<br>Yours", "<p>Dear all,</p><p>it is done.<br>Yours</p>"),
        ("<div>one<br><br>two</div>", "<p>one</p><p>two</p>"),
        ("<font face=Arial size=2>one <font color=red>two</font></font>", "<p>one two</p>"),
        # LibreOffice
        (
            '<p style="margin-bottom: 0in; line-height: 100%"><font face="Liberation Serif">One</font></p>',
            "<p>One</p>",
        ),
        # Web pages
        (
            "<article><header><h1>Head</h1><p class=by>By <a rel=author href=/a>A</a></p></header><nav>"
            "<ul><li>x</ul></nav>"
            "<section><p>Text<sup><a href=#fn1>1</a></sup></p>"
            "<aside>Note</aside></section><footer>End</footer></article>",
            '<h2>Head</h2><p>By <a href="/a">A</a></p><ul><li>x</li></ul><p>Text<a href="#fn1"><sup>1</sup></a></p>'
            "<p>Note</p><p>End</p>",
        ),
        (
            "<p>Share<button>Like</button><svg><path d=M0></path></svg><span hidden>!</span> this</p>",
            "<p>Share this</p>",
        ),
        ("<picture><source srcset=x><img src=x alt=y></picture>One", "<p>One</p>"),
        ("<div lang=fr><div>Un</div></div><div>One</div>", '<p lang="fr">Un</p><p>One</p>'),
        ("<p><nobr>One</nobr> <acronym title=x>TWO</acronym> <kbd>F1</kbd></p>", "<p>One TWO F1</p>"),
        ("<p>One<noscript>x</noscript><iframe src=x></iframe></p>", "<p>One</p>"),
        ("<center><h1>One</h1></center>", "<h2>One</h2>"),
        ("<p>a<svg><title>t</title><p>kept</p>", "<p>a</p><p>kept</p>"),
        ("<svg><p>kept</p></svg>also", "<p>kept</p><p>also</p>"),
        ("<select><p>kept", "<p>kept</p>"),
    ],
)
def test_what_other_programs_write_becomes_ours(html: str, stored: str):
    assert clean(html, language="en") == stored
    assert clean(stored, language="en") == stored

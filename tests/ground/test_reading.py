"""What tests read of a page is what a browser makes of it, broken pages included."""

from __future__ import annotations

import pytest

from tests.reading import read


@pytest.mark.parametrize(
    ("html", "tree"),
    [
        ("<p>a<p class='b c'>d", '<p>a</p><p class="b c">d</p>'),
        ("<table>x<td>y", "x<table><tbody><tr><td>y</td></tr></tbody></table>"),
        ("<p> <b>a<i>b</b>c</i>\n", "<p> <b>a<i>b</i></b><i>c</i>\n</p>"),
        (
            "<img src=x onerror=alert(1)>&amp;&nbsp;<!--y-->",
            '<img onerror="alert(1)" src="x"/>&amp;\xa0<!--y-->',
        ),
        (
            "<svg viewBox='0 0 1 1'><use href='#a'/></svg>",
            '<svg viewBox="0 0 1 1"><use href="#a"></use></svg>',
        ),
        ("<template><p>a</template>", "<template><p>a</p></template>"),
        ("<script>a<b</script>", "<script>a<b</script>"),
        ("<div hidden>", '<div hidden=""></div>'),
    ],
)
def test_a_page_is_read_as_a_browser_reads_it(html: str, tree: str) -> None:
    body = read(f"<!doctype html><title>x</title><body>{html}").body
    assert body.decode_contents(formatter=None) == tree.replace("&amp;", "&")


def test_a_class_is_a_list_and_a_tag_of_another_name_space_is_known_by_it() -> None:
    page = read("<p class='a b'></p><svg><title>x</title></svg>")
    assert page.p["class"] == ["a", "b"]
    assert [page.p.namespace, page.svg.namespace] == [
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
    ]

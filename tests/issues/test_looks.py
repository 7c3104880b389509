"""How the mails look: printed, and seen in Chromium, light and dark, wide and narrow, without pictures."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.issues import printing
from app.issues.printing import fitted, for_nobody, in_colours, printed
from app.issues.rules import MOST_BYTES
from app.issues.sheets import Piece, Sheet
from app.mailings.letters import PREFERENCES_MARK, UNSUBSCRIBE_MARK, only
from tests.chromium import launched_with
from tests.reading import read

SHOTS = Path(__file__).resolve().parents[2] / "test-results"
AT = datetime(2025, 11, 20, 11, 0, tzinfo=UTC)
LONG = "Міністри ухвалили дорожню карту щодо відновлення енергетичної інфраструктури України 🇺🇦 до 2030 року"
LEAD = "Документ визначає сорок заходів, відповідальних і строки; перший звіт оприлюднять у червні. " * 4


def piece(position: int, language: str = "uk", **changes: Any) -> Piece:
    """Return a text in an issue."""
    known: dict[str, Any] = {
        "position": position, "item_id": position + 1, "edition_id": position + 1, "language": language,
        "title": LONG if language == "uk" else "A text that is there in English <alone> & nowhere else",
        "lead": LEAD[:400], "kicker": "Пресреліз", "at": AT, "url": f"http://newsroom.test/uk/news/{position}",
    }  # fmt: skip
    return Piece(**(known | changes))


def sheet(kind: str = "weekly", **changes: Any) -> Sheet:
    """Return an edition with two texts, one of them in English."""
    known: dict[str, Any] = {
        "kind": kind, "language": "uk", "subject": LONG, "preheader": "", "intro": "Добрий день!\nОсь новини.\n\nВаші.",
        "pieces": (piece(0, words="Прочитайте <b>перш</b> за все."), piece(1, "en")),
        "online_url": "http://newsroom.test/uk/newsletter/archive/2025/11/weekly-21", "label": "Огляд за тиждень",
        "why": "Ви отримали цей лист, бо замовили огляд щоп’ятниці.",
    }  # fmt: skip
    return Sheet(**(known | changes))


@pytest.fixture
def words(app: Flask) -> Any:
    """The edition as it is printed."""
    return printed(sheet())


def test_a_mail_is_built_for_programs_that_know_little(words: Any) -> None:
    soup = read(words.html)
    assert soup.html["lang"] == "uk"
    for table in soup.select("table"):
        assert table["role"] == "presentation"
    assert [each["content"] for each in soup.select("meta[name=color-scheme]")] == ["light dark"]
    assert "[data-ogsc]" in words.html
    assert soup.select_one("body > div").get_text().startswith(LONG[:40])
    for element in soup.select("p, h1, h2, a, td[class]"):
        if "around" in element.get("class", ()) or "press" in element.get("class", ()):
            continue
        assert "background-color" in element["style"] or element.name == "td", element
        if element.name != "td":
            assert re.search(r"(?:^|;|\s)color:", element["style"]), element
    assert not soup.select("img, script, link")
    assert not words.text.count("<b>") - 1  # what an officer typed is words


def test_each_text_stands_between_its_marks_and_both_links_are_there(words: Any) -> None:
    for body in (words.html, words.text):
        assert UNSUBSCRIBE_MARK in body
        assert PREFERENCES_MARK in body
    assert re.findall(r"<!--item (\d)-->", words.html) == [
        "0",
        "1",
        "0",
        "1",
    ]  # in the line of inboxes, and below
    one = only(words, 0b10)
    assert LONG not in read(one.html).select_one("body > div").get_text()
    assert "A text that is there in English" in one.text
    assert "Прочитайте" not in one.text + one.html
    assert "A text that is there in English" not in only(words, 0b01).text


def test_an_english_text_is_marked_as_such(words: Any) -> None:
    title = read(words.html).select("h2")[1]
    assert title["lang"] == "en"
    assert title.get_text() == "A text that is there in English <alone> & nowhere else"


def test_text_and_html_say_the_same(words: Any) -> None:
    shown = only(words, None)
    html = " ".join(read(shown.html).select_one("table").get_text(" ").split())
    for line in shown.text.split("\n"):
        said = " ".join(line.lstrip("* ").split())
        if said and said != "--" and not said.startswith("http") and "– Огляд" not in said:
            assert said in html, said


def test_a_spam_filter_finds_nothing_to_count(words: Any) -> None:
    shown = only(for_nobody(words), None)
    text = read(shown.html).get_text(" ")
    assert len(text) > 0.1 * len(shown.html)
    assert not re.search(r"!!|\$\$|click here|free", text, re.IGNORECASE)
    links = [each["href"] for each in read(shown.html).select("a[href]")]
    assert all(link.startswith("http://newsroom.test/") for link in links)
    assert set(re.findall(r"http\S+", shown.text)) == set(links)
    assert "\n\n\n" not in shown.text


def test_a_long_summary_is_cut_to_what_programs_show_whole(app: Flask) -> None:
    long = replace(sheet(), pieces=tuple(piece(number) for number in range(62)))
    assert len(printed(long).html.encode()) > MOST_BYTES
    shorter, words = fitted(long)
    assert len(words.html.encode()) <= MOST_BYTES
    assert len(shorter.pieces) > 20
    assert fitted(sheet())[0] == sheet()


def test_only_a_mail_that_is_too_long_loses_its_texts(app: Flask, monkeypatch: Any) -> None:
    monkeypatch.setattr(printing, "MOST_BYTES", 1)
    assert len(fitted(sheet())[0].pieces) == 1


WRONG = """() => [...document.querySelectorAll("p, h1, h2, a, td")].flatMap((element) => {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim());
  if (!own) return [];
  const { color, backgroundColor } = getComputedStyle(element);
  const light = (value) => {
    const [r, g, b] = value.match(/[\\d.]+/g).map(Number).map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [one, two] = [light(color), light(backgroundColor)].sort((a, b) => b - a);
  const ratio = (one + 0.05) / (two + 0.05);
  return ratio < 4.5 ? [`${element.className || element.tagName}: ${ratio.toFixed(2)}`] : [];
})"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Take the machine's Chromium where there is one."""
    return launched_with(browser_type_launch_args)


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("kind", ["weekly", "alert"])
def test_it_can_be_read_wide_and_narrow_light_and_dark(app: Flask, browser: Any, kind: str) -> None:
    made = sheet(kind)
    if kind == "alert":
        made = replace(made, intro="", pieces=(piece(0, paragraphs=("Перший абзац.", "– один\n– два")),))
    html = only(for_nobody(printed(made)), None).html
    SHOTS.mkdir(exist_ok=True)
    for width in (600, 360):
        for look in ("light", "dark"):
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=look)
            context.route("**/*.{png,jpg,svg}", lambda route: route.abort())
            page = context.new_page()
            page.set_content(html)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert page.evaluate(WRONG) == []
            if kind == "alert":
                assert page.locator(".button").bounding_box()["height"] >= 44
            page.screenshot(path=SHOTS / f"mail-{kind}-{width}-{look}.png", full_page=True)
            page.set_content(in_colours(html, look))
            assert page.evaluate(WRONG) == []
            context.close()

"""Words in their context: escaped first, marked where they stand."""

from __future__ import annotations

import pytest

from app.search.asking import asked
from app.search.marking import AROUND, excerpt, marked
from tests.search.hostile import STRINGS


@pytest.mark.parametrize(
    ("text", "typed", "language", "shown"),
    [
        ("Two ministers met", "minister", "en", "Two <mark>ministers</mark> met"),
        ("L’Élysée et l’OTAN", "otan", "fr", "L’Élysée et l’<mark>OTAN</mark>"),
        ("П’ять рішень", "п'ять рішення", "uk", "<mark>П’ять</mark> <mark>рішень</mark>"),
        ("a <b> & energy", "energy", "en", "a &lt;b&gt; &amp; <mark>energy</mark>"),
        ("<mark>no</mark>", "mark", "en", "&lt;<mark>mark</mark>&gt;no&lt;/<mark>mark</mark>&gt;"),
        ("У Києві та Kyiv", "Kiev", "uk", "У <mark>Києві</mark> та <mark>Kyiv</mark>"),
        ("The talks in The Hague", "La Haye", "en", "The talks in The <mark>Hague</mark>"),
        ("Lech Wałęsa", "walesa", "en", "Lech <mark>Wałęsa</mark>"),
        ("Nothing here", "energy", "en", "Nothing here"),
    ],
)
def test_what_was_looked_for_is_marked(text: str, typed: str, language: str, shown: str) -> None:
    assert marked(text, asked(typed), language) == shown


def test_an_excerpt_stands_around_the_first_word_found() -> None:
    text = " ".join(["before"] * 200 + ["energy"] + ["after"] * 200)
    shown = excerpt(text, asked("energy"), "en")
    assert shown.startswith("… before")
    assert shown.endswith("after …")
    assert "<mark>energy</mark>" in shown
    assert len(shown) < AROUND + 40


def test_an_excerpt_of_a_short_text_is_the_text() -> None:
    assert excerpt("All about energy.", asked("energy"), "en") == "All about <mark>energy</mark>."
    assert excerpt("All about tea.", asked("energy"), "en") is None


def test_an_endless_word_is_cut_and_still_marked() -> None:
    shown = excerpt("x" * 1000 + "é" + "y" * 1000, asked("x" * 200), "en")
    assert shown.count("<mark>") == 1


def test_hostile_texts_come_out_escaped() -> None:
    for text in STRINGS:
        shown = marked(text, asked("mark script img b a"), "en")
        assert shown.replace("<mark>", "").replace("</mark>", "") == str(marked(text, asked("nothing"), "en"))
        assert "<" not in shown.replace("<mark>", "").replace("</mark>", "")

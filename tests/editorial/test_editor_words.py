"""The words of the rich editor: as many as its scripts ask for, in each language."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask import Flask

from app.editorial.editor_words import editor_words
from app.languages import LANGUAGES, speaking

SCRIPTS = Path(__file__).resolve().parents[2] / "static" / "js" / "editor"


def words_in(app: Flask, language: str) -> dict:
    with app.test_request_context("/desk/"), speaking(language):
        return json.loads(json.dumps(editor_words()))


def test_every_word_is_listed_where_scripts_say_which_they_use(app: Flask):
    listed = (SCRIPTS / "words.js").read_text("utf-8").partition("// Keys:")[2].partition("\n\n")[0]
    keys = re.findall(r"\b[a-z]+(?:_[a-z]+)*\b", re.sub(r"\([^)]*\)", "", listed))

    assert sorted(keys) == sorted(words_in(app, "en"))


def test_every_word_is_used_in_a_script(app: Flask):
    scripts = "".join(path.read_text("utf-8") for path in SCRIPTS.rglob("*.js") if path.name != "words.js")

    unused = [key for key in words_in(app, "en") if not re.search(rf'["\[\s{{.]{key}\b', scripts)]
    assert unused == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_a_form_for_every_number(app: Flask, language: str):
    forms = words_in(app, language)["words"]

    assert (
        set(forms)
        == {
            "fr": {"one", "many", "other"},
            "en": {"one", "other"},
            "uk": {"one", "few", "many", "other"},
        }[language]
    )
    assert all("%(n)s" in form for form in forms.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_are_named_in_their_own_words_and_ours_come_first(app: Flask, language: str):
    named = words_in(app, language)["languages"]

    assert named[:3] == [["fr", "Français"], ["en", "English"], ["uk", "Українська"]]
    assert ["de", "Deutsch"] in named
    assert ["ka", "ქართული"] in named
    assert len({code for code, _ in named}) == len(named)

"""The three catalogues: complete, with real plural forms, and the same facts in each."""

from __future__ import annotations

import re
from functools import cache
from io import BytesIO

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app.languages import LANGUAGES
from scripts import catalogues

FORMS = {"fr": 2, "en": 2, "uk": 3}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@cache
def wanted() -> frozenset[tuple[str, ...]]:
    """Every message that the code and the templates ask for: (singular,) or (singular, plural)."""
    return frozenset(catalogues.wanted())


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue of ``language``."""
    return read_po(BytesIO(catalogues.path_of(language).read_bytes()), locale=language)


def _translated(language: str) -> dict[tuple[str, ...], tuple[str, ...]]:
    known = {}
    for message in catalogue(language):
        if message.id and not message.fuzzy:
            source = message.id if isinstance(message.id, tuple) else (message.id,)
            said = message.string if isinstance(message.string, tuple) else (message.string,)
            known[source] = said
    return known


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language: str) -> None:
    known = _translated(language)
    missing = sorted(source for source in wanted() if not all(known.get(source, ("",))))
    assert not missing, f"{len(missing)} messages lack {language}: {missing[:5]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_left_over(language: str) -> None:
    left = sorted(set(_translated(language)) - wanted())
    assert not left, f"{len(left)} messages of {language} are said nowhere: {left[:5]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_have_the_forms_of_their_language(language: str) -> None:
    assert catalogue(language).num_plurals == FORMS[language]
    for source, said in _translated(language).items():
        if len(source) == 2:
            assert len(said) == FORMS[language], source


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_fill_in_the_same_values(language: str) -> None:
    for source, said in _translated(language).items():
        asked = set(PLACEHOLDER.findall(source[-1]))
        for form in said:
            assert set(PLACEHOLDER.findall(form)) - {"num"} == asked - {"num"}, (source, form)


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_written_as_their_language_writes_them(language: str) -> None:
    for source, said in _translated(language).items():
        for form in said:
            bare = PLACEHOLDER.sub("x", form)
            assert "'" not in bare, form
            assert not re.search(r"\(s\)|\(e\)|\. \.| ,|: \.|\(\)", bare), form
            if language == "fr":
                assert not re.search(r"(?<![\u202f\u00a0])[;!?»]|«(?!\u202f)|(?<=\w) :|\w:\s", bare), (
                    source,
                    form,
                )


def test_english_says_what_the_code_says() -> None:
    for source, said in _translated("en").items():
        assert source == said, source

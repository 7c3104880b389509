"""What was typed, as a question: words, never syntax."""

from __future__ import annotations

import re

import pytest

from app.search.asking import LONGEST, MOST_WORDS, asked, for_postgresql, for_sqlite
from app.search.stems import LONGEST as LONGEST_WORD
from app.search.stems import stem
from tests.search.hostile import STRINGS

FTS5 = re.compile(r'(?:"§en")?(?:[ ()]|AND|OR|\*|"[^\W_]+")*')
TSQUERY = re.compile(r"(?:'§en')?(?:[ ()&|]|'[^\W_]+'(?::\*)?)*")


def test_there_are_many_hostile_strings() -> None:
    assert len(set(STRINGS)) > 200


@pytest.mark.parametrize("typed", STRINGS, ids=lambda typed: ascii(typed[:20]))
def test_nothing_but_quoted_words_reaches_a_database(typed: str) -> None:
    question = asked(typed, ("en",))
    assert FTS5.fullmatch(for_sqlite(question))
    assert TSQUERY.fullmatch(for_postgresql(question))
    assert len(question.terms) <= MOST_WORDS
    assert len(question.text) <= LONGEST


def test_operators_are_words_like_any_other() -> None:
    question = asked("near AND not", ("en",))
    assert for_sqlite(question) == '"§en" AND (("near")) AND (("and")) AND (("not") OR ("not" *))'
    assert for_postgresql(question) == "'§en' & (('near')) & (('and')) & (('not') | ('not':*))"


@pytest.mark.parametrize(
    ("typed", "is_cut"),
    [
        ("one two", False),
        ("a" * 200, False),
        ("a" * 201, True),
        ("xx " * 8, False),
        ("xx " * 9, True),
        (" " * 500, False),
    ],
)
def test_what_is_too_long_is_cut_and_said_to_be(typed: str, is_cut: bool) -> None:
    question = asked(typed)
    assert question.is_cut is is_cut
    for term in question.terms:
        assert all(len(word) <= LONGEST_WORD for choice in term.choices for word in choice)


def test_a_single_letter_does_not_count_beside_words_but_a_digit_does() -> None:
    assert len(asked("l’OTAN").terms) == 1
    assert len(asked("article 5").terms) == 2
    assert len(asked("l").terms) == 1


def test_the_last_word_finds_longer_ones_from_three_letters_on() -> None:
    assert [term.beginning for term in asked("energy sup").terms] == [None, "sup"]
    assert [term.beginning for term in asked("energy su").terms] == [None, None]


def test_a_name_of_two_words_is_one_term() -> None:
    (term,) = asked("The Hague", ("en",)).terms
    assert ("la", "haye") in term.choices
    assert ("the", "hague") in term.choices


@pytest.mark.parametrize(
    ("language", "same"),
    [
        ("en", "minister ministers"),
        ("en", "policy policies"),
        ("en", "address addresses"),
        ("en", "tax taxes"),
        ("fr", "journal journaux"),
        ("fr", "bureau bureaux"),
        ("fr", "adopte adoptee adoptees adoptes"),
        ("fr", "regional regionale regionales regionaux"),
        ("fr", "europeen europeenne europeennes"),
        ("uk", "міністр міністри міністрів міністрам міністрами"),
        ("uk", "організація організації організацією організацій"),
        ("uk", "український української українською українських"),
        ("uk", "рішення рішень рішенням рішеннями"),
        ("uk", "домовленість домовленості домовленістю"),
        ("uk", "рада ради раді раду радою"),
    ],
)
def test_forms_of_a_word_have_one_stem(language: str, same: str) -> None:
    assert len({stem(word, language) for word in same.split()}) == 1


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "press", "president"),
        ("en", "status", "state"),
        ("en", "meeting", "meet"),
        ("fr", "bureau", "bureaucratie"),
        ("fr", "nation", "national"),
        ("uk", "мир", "міра"),
        ("uk", "рада", "радар"),
    ],
)
def test_other_words_keep_their_own(language: str, one: str, other: str) -> None:
    assert stem(one, language) != stem(other, language)

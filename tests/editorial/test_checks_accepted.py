"""Typographic proposals, accepted one by one or all at once; and texts that nobody would write."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editorial import checks
from app.editorial.checks import Checked, Context
from app.refusals import Refusal
from app.text.markup import clean
from tests.corpora import each_some_quick
from tests.ground.honest import BODIES

CONTEXT = Context(today=date(2025, 12, 3), zone="Europe/Brussels", house_words={"a b": "c", "x*": ""})


def _typographic(text: Checked) -> list[checks.Finding]:
    return [each for each in checks.of(text, CONTEXT) if each.rule.startswith("typo-")]


def test_one_proposal_is_accepted_and_the_others_wait() -> None:
    text = Checked(language="fr", title="L'été ! J. Martin")
    by_words = {each.words: each.key for each in _typographic(text)}
    assert checks.accepted(text, [by_words["J. Martin"]]).title == "L'été ! J.\u00a0Martin"
    assert checks.accepted(text, [by_words["L'été"]]).title == "L’été ! J. Martin"
    assert checks.accepted(text, []) == text
    assert checks.accepted(text, ["typo-space:0000000000000000"]) == text


def test_all_proposals_are_accepted_wherever_they_stand() -> None:
    text = Checked(
        language="fr",
        title='Dit "oui" !',
        lead="J. Martin",
        place="L'Haye",
        body="<p>M. <strong>Martin</strong> et <em>J. </em>Dupont</p><ul><li>R. Roy</li></ul>",
        quotes=[{"text": "N'est-ce pas ?", "speaker": "A. Roy", "id": 7}],
        pictures=[{"alt": "Mme Roy", "picture": 3}],
        links=[{"title": "It's", "url": "/x"}],
    )
    put_right = checks.accepted(text)
    assert put_right == Checked(
        language="fr",
        title="Dit «\u202foui\u202f»\u202f!",
        lead="J.\u00a0Martin",
        place="L’Haye",
        body="<p>M.\u00a0<strong>Martin</strong> et <em>J.\u00a0</em>Dupont</p><ul><li>R.\u00a0Roy</li></ul>",
        quotes=[{"text": "N’est-ce pas\u202f?", "speaker": "A.\u00a0Roy", "id": 7}],
        pictures=[{"alt": "Mme\u00a0Roy", "picture": 3}],
        links=[{"title": "It's", "url": "/x"}],
    )
    assert _typographic(put_right) == []


def test_mixed_quotation_marks_become_the_language_s_own() -> None:
    text = Checked(language="fr", lead="«\u202fOui\u202f», “non” et “ <b> ”.")
    assert checks.accepted(text).lead == "«\u202fOui\u202f», «\u202fnon\u202f» et «\u202f<b>\u202f»."
    text = Checked(language="uk", body="<p>«Так» і <strong>“ні</strong>”.</p>")
    assert checks.accepted(text).body == "<p>«Так» і <strong>«ні</strong>».</p>"


def test_a_key_accepts_every_place_with_these_words() -> None:
    text = Checked(language="en", title="J. Smith", lead="By J. Smith")
    keys = {each.key for each in _typographic(text) if each.words == "J. Smith"}
    assert checks.accepted(text, keys).title == "J.\u00a0Smith"
    second = next(key for key in keys if key.endswith(":2"))
    assert checks.accepted(text, [second]).lead == "By J.\u00a0Smith"


@pytest.mark.parametrize(("language", "body"), BODIES)
def test_honest_texts_lose_nothing_when_all_is_accepted(language: str, body: str) -> None:
    text = Checked(language=language, title="T", lead="L", place="B", body=body)
    once = checks.accepted(text)
    letters = "".join(filter(str.isalnum, body))
    assert "".join(filter(str.isalnum, once.body)) == letters
    assert checks.accepted(once) == once


_HOSTILE = st.text(
    alphabet=st.sampled_from("aB1 \u00a0\u202f'’\"“”«»„:;!?.,()/<>&-–\n\0\u202e😀éїʼМ") | st.characters(),
    max_size=80,
)
_SNIPPETS = st.lists(
    st.sampled_from(
        [
            "Wednesday 4 December 2025", "mercredi 31 février", "сьогодні, 4 грудня", "15:00 CEST", "heure d’été",
            "to date", "https://a.example/", "J. Smith", "«", "»", "“", "„", '"', "'", ":", "</p><h3>", "</p><p>",
            '<a href="/x">here</a>', "<table><tr><td>x</td></tr></table>", '<img src="/media/pictures/a/1.jpg">',
            "0000-00-00", "99/99/1999", "29 February 2100", "x", " ",
        ]
    ),
    max_size=25,
).map("".join)  # fmt: skip


@given(_HOSTILE | _SNIPPETS, _HOSTILE | _SNIPPETS, st.sampled_from(["fr", "en", "uk", "de", ""]))
def test_no_text_makes_the_checks_fail(words: str, more: str, language: str) -> None:
    bodies = [words]
    with contextlib.suppress(Refusal):
        bodies.append(clean(f"<p>{words}</p>", language=language))
    for body in bodies:
        text = Checked(
            language=language,
            title=words,
            lead=more,
            body=body,
            place=more,
            date=date(2025, 12, 3),
            pictures=[{"alt": words, "caption": None}, {}],
            quotes=[{"text": words, "speaker": more}, {"text": None}],
            links=[{"title": words, "url": more}, {}],
        )
        for finding in checks.of(text, CONTEXT):
            assert finding.rule in checks.RULES
            assert "%(" not in str(finding.message).replace(finding.words, "").replace(finding.suggestion, "")
            assert len(finding.words) <= 100
        checks.accepted(text)


@pytest.mark.parametrize(
    "piece",
    each_some_quick([
        "Wednesday ", "4 ", "December ", "mercredi le ", "A. ", "J.", "'", '"', "“", "«»", "“a", "a”", ": ", " :", "!",
        "1 ", "1,", "1.1/", "https://", "www.", "www.a ", "heure a ", "за а ", "to date ", "today ", "CET ", "1 CET ",
        "x ", "a b ", "\u0301", "😀", "-", "...", "\u00a0", "а'", "ʼ", "<p>", "<h3>x</h3>", "<p>a:</p>", "<li>",
        '<a href="/x">', '<a href="/x">here</a> ', "<b>'</b>", '<span lang="fr">x </span>', "<td>",
    ]),
)  # fmt: skip
@pytest.mark.timeout(60)  # a search that goes back and forth takes hours here; one that does not, a moment
@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_long_texts_of_one_thing_are_checked_to_their_end(piece: str, language: str) -> None:
    words = piece * (6_000 // len(piece))
    text = Checked(language=language, title=words[:300], lead=words[:2_000], body=words)
    assert all(finding.rule in checks.RULES for finding in checks.of(text, CONTEXT))
    checks.accepted(text)

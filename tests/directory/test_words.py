"""The words of the house: who keeps them, what may stand on the list, and what the checks find by it."""

from __future__ import annotations

import pytest
from flask import Flask

from app.audit.models import Entry
from app.database import db
from app.editorial import checking, rules, service
from app.editorial.models import HouseWord, State
from app.editorial.queries import wording
from app.refusals import Refusal
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.signing import post

HERE = "/desk/words/"


def keep(wrong: str, instead: str = "", language: str = "en", by: str = "Amélie") -> HouseWord:
    """Put a word on the list."""
    return service.keep_word(language, wrong, instead, by=make.officer(by))


def found(edition) -> list[tuple[str, str, str, bool]]:
    """Return what the checks find by the list: rule, words, what is written instead, and whether it blocks."""
    return [
        (each.rule, each.words, each.suggestion, each.is_blocking)
        for each in checking.findings(edition)
        if each.rule.startswith("word-")
    ]


@pytest.mark.parametrize(
    ("language", "wrong", "instead", "breaks", "keeps"),
    [
        ("en", "chairman", "chair", "The Chairman spoke.", "The chair spoke; chairmanship is another word."),
        ("en", "of course", "", "It is, of course, so.", "It is so, in the course of time."),
        ("fr", "sur base de", "sur la base de", "Sur base de cet accord.", "Sur la base de cet accord."),
        ("fr", "impact*", "", "Ceci impactera tout.", "Ceci touchera tout."),
        ("uk", "спецопераці*", "війна", "Про спецоперацію.", "Про війну."),
        ("uk", "на Україні", "в Україні", "Події на Україні.", "Події в Україні, на українській землі."),
    ],
)
def test_the_checks_find_a_word_of_the_list_and_no_other(app: Flask, language, wrong, instead, breaks, keeps):
    keep(wrong, instead, language)
    ((rule, words, suggestion, blocks),) = found(make.release(language=language, body=f"<p>{breaks}</p>"))
    assert rule == ("word-instead" if instead else "word-avoided")
    assert (words.casefold() in breaks.casefold(), suggestion, blocks) == (True, instead, False)
    assert found(make.release(language=language, body=f"<p>{keeps}</p>")) == []
    other = {"fr": "en", "en": "uk", "uk": "fr"}[language]
    assert found(make.release(language=other, body=f"<p>{breaks}</p>")) == []


def test_a_word_of_the_list_may_stay_with_a_reason(app: Flask) -> None:
    keep("chairman", "chair")
    edition, oksana = make.release(title="The chairman speaks"), make.officer()
    with pytest.raises(rules.NeedsReason, match="The house writes “chair”, not “chairman”"):
        service.submit(edition, by=oksana)
    service.submit(edition, by=oksana, reason="It is his title.")
    assert edition.state is State.IN_REVIEW


def test_a_word_is_kept_once_and_changed_by_keeping_it_again(app: Flask) -> None:
    word = keep("Chairman", "chair")
    entries = db.session.query(Entry).count()
    assert keep("Chairman", "chair").id == word.id
    assert db.session.query(Entry).count() == entries
    assert keep(" chairman ", "chairperson").id == word.id
    assert keep("chairman", "présidence", "fr").id != word.id
    assert wording.instead_of("en") == {"chairman": "chairperson"}
    entry = (
        db.session.query(Entry)
        .filter_by(thing_id=word.id, thing="house_word")
        .order_by(Entry.id.desc())
        .first()
    )
    assert (entry.verb, entry.label, entry.details) == (
        "kept",
        "chairman",
        {"language": "en", "before": "chair", "after": "chairperson"},
    )


@pytest.mark.parametrize(
    ("wrong", "instead", "field"),
    [
        ("", "chair", "wrong"),
        (" ?! ", "", "wrong"),
        ("*", "", "wrong"),
        ("ch*", "", "wrong"),
        ("chair*man", "", "wrong"),
        ("chair *", "", "wrong"),
        ("a" * 81, "", "wrong"),
        ("chair", "b" * 121, "instead"),
        ("meeting", "formal Meeting", "instead"),
        ("internet", "Internet", "instead"),
        ("chair*", "chairperson", "instead"),
    ],
)
def test_what_could_not_be_found_or_would_be_found_again_is_refused(
    app: Flask, wrong, instead, field
) -> None:
    with pytest.raises(Refusal) as refused:
        keep(wrong, instead)
    assert refused.value.field == field
    with pytest.raises(Refusal):
        keep("word", language="de")
    assert wording.instead_of("en") == {}


def test_the_list_has_an_end(app: Flask, monkeypatch) -> None:
    monkeypatch.setattr("app.editorial.rules.wording.MOST", 2)
    keep("one")
    keep("two")
    with pytest.raises(Refusal, match="at most 2 words"):
        keep("three")
    keep("two", "2")
    keep("three", language="fr")


def test_who_publishes_keeps_the_list_on_its_page(app: Flask, browse) -> None:
    amelie = make.signed_in(app, "Amélie")
    assert browse("/desk/", by=amelie).one(f"a[href='{HERE}']").get_text(strip=True) == "Words of the house"
    page = browse(HERE, by=amelie)
    assert page.words().count("No word is on the list in this language yet.") == 3

    answer = post(amelie, HERE, {"language": "uk", "wrong": "на Україні", "instead": "в Україні"}, page=HERE)
    assert (answer.status_code, answer.location) == (303, HERE)
    page = browse(HERE, by=amelie)
    assert "“на Україні” is on the list" in page.words(".banner")
    row = page.one("tbody tr")
    assert [cell.get_text(strip=True) for cell in row.select("th, td")][:2] == ["на Україні", "в Україні"]

    path = row.select_one("form")["action"]
    assert post(amelie, path, page=HERE).status_code == 303
    assert wording.instead_of("uk") == {}
    assert db.session.query(Entry).order_by(Entry.id.desc()).first().verb == "dropped"
    assert post(amelie, path, page=HERE).status_code == 404


def test_what_cannot_be_kept_is_said_next_to_the_field_and_kept(app: Flask) -> None:
    amelie = make.signed_in(app, "Amélie")
    sent = {"language": "fr", "wrong": "meeting", "instead": "<b>formal</b> meeting"}
    page = Page(post(amelie, HERE, sent, page=HERE))
    hold_to_the_house(page)
    assert page.status == 422
    assert "would be found again" in page.words("#instead-error")
    assert page.one("#instead")["value"] == "<b>formal</b> meeting"
    assert page.one("#language option[selected]")["value"] == "fr"


def test_writers_read_the_list_and_others_have_no_business_there(app: Flask, browse) -> None:
    word = keep("chairman", "chair")
    oksana = make.signed_in(app)
    page = browse(HERE, by=oksana)
    assert "chairman" in page.words()
    assert not page.all("main form")
    assert post(oksana, HERE, {"language": "en", "wrong": "x"}, page="/desk/settings").status_code == 403
    assert post(oksana, f"{HERE}{word.id}/drop", page="/desk/settings").status_code == 403
    assert make.signed_in(app, "Nora").get(HERE).status_code == 403
    with pytest.raises(rules.NotAllowed):
        keep("other", by="Oksana")
    with pytest.raises(rules.NotAllowed):
        service.drop_word(word, by=make.officer("Nora"))

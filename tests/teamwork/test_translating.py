"""A translation beside its source: numbered alike, told what changed since, and brought in step."""

from __future__ import annotations

import pytest
from flask import Flask

from app.audit.models import Entry
from app.database import db
from app.editorial import service as editorial
from app.editorial.models import Edition, Revision, State
from app.editorial.rules import NotAllowed, WrongState
from app.teamwork import service
from app.teamwork.sources import source_of
from tests import make
from tests.signing import post
from tests.teamwork.test_autosave import fields

BODY = "<p>Un.</p><p>Les ministres se réunissent à Bruxelles.</p><p>Trois.</p>"
THERE = "/desk/releases/1/en/translate?from=fr"


@pytest.fixture
def petro(app: Flask):
    """Petro, who translates."""
    return make.signed_in(app, "Petro")


def pair() -> tuple[Edition, Edition]:
    """Return a French text and its English edition."""
    french = make.release(language="fr", body=BODY)
    return french, make.release(item=french.item, body="<p>One.</p><p>Two.</p><p>Three.</p>")


def rewrite(edition: Edition, body: str, **words: str) -> None:
    """Save another body."""
    text = make.text(edition.language, body=body, **words)
    editorial.save(edition, text, make.shared(), base=edition.current.number, by=make.officer())


def test_the_source_stands_beside_the_form_with_its_paragraphs_numbered(browse, app: Flask, petro) -> None:
    pair()
    page = browse(THERE, by=petro)

    assert {each["lang"] for each in page.all(".source__lines .prose")} == {"fr"}
    assert [each.get_text() for each in page.all(".source__number")] == ["1", "2", "3"]
    assert [each.get_text() for each in page.all(".source__line .prose")] == [
        "Un.",
        "Les ministres se réunissent à Bruxelles.",
        "Trois.",
    ]
    assert page.one("#text-form")["action"] == THERE
    assert page.one("#body").get_text().removeprefix("\n") == "<p>One.</p><p>Two.</p><p>Three.</p>"
    assert "It is not noted which version this text follows" in page.words(".source__state")


def test_saving_beside_the_source_notes_which_version_is_followed(browse, app: Flask, petro) -> None:
    french, english = pair()
    rewrite(french, BODY.replace("Un", "1"))
    sent = fields(english, title="Translated", source=str(french.current.id))
    answer = post(petro, THERE, sent, page=THERE)

    assert (answer.status_code, answer.location) == (303, THERE)
    db.session.refresh(english)
    assert (english.current.number, english.current.source_id) == (2, french.current.id)
    assert "This text follows this version." in browse(THERE, by=petro).words(".source__state")
    rewrite(english, "<p>Another.</p>")
    assert english.current.source_id == french.current.id


def test_a_language_is_begun_beside_its_source(browse, app: Flask, petro) -> None:
    french = make.release(language="fr", body=BODY)
    there = "/desk/releases/1/uk/translate?from=fr"
    page = browse(there, by=petro)
    assert page.all(".source form") == []
    sent = fields(french, title="Переклад", base="0", source=page.one("[name=source]")["value"])
    answer = post(petro, there, sent, page=there)

    assert (answer.status_code, answer.location) == (303, there)
    assert db.session.query(Edition).filter_by(language="uk").one().current.source_id == french.current.id


def test_what_changed_in_the_source_since_is_told_paragraph_by_paragraph(browse, app: Flask, petro) -> None:
    french, english = pair()
    service.follow(english, french.current, by=make.officer("Petro"))
    rewrite(
        french,
        "<p>Zéro.</p><p>Un.</p><p>Les ministres se réunissent à Kyiv.</p>",
        title="Les ministres adoptent deux feuilles de route",
    )
    source = source_of(french, db.session.get(Revision, 1))
    assert [(each.number, each.status) for each in source.lines] == [
        (1, "new"),
        (2, "same"),
        (3, "changed"),
        (0, "gone"),
    ]
    assert (source.title.status, source.lead.status, source.changed) == ("changed", "same", 4)

    page = browse(THERE, by=petro)
    assert page.words(".source__state") == (
        "4 paragraphs have changed since version 1, which this text follows."
    )
    assert "Bruxelles" in page.one(".source__line--changed del").get_text()
    assert "Kyiv" in page.one(".source__line--changed ins").get_text()
    assert "Trois." in page.words(".source__line--gone")
    side = browse("/desk/releases/1/en/", by=petro).words("[aria-labelledby=translations-title]")
    assert "It has changed: this text follows version 1, and there is version 2." in side


def test_a_translation_is_brought_in_step_without_a_change(browse, app: Flask, petro) -> None:
    french, english = pair()
    service.follow(english, french.current, by=make.officer("Petro"))
    editorial.submit(english, by=make.officer())
    editorial.approve(english, by=make.officer("Amélie"))
    rewrite(french, BODY + "<p>Quatre.</p>")
    form = browse(THERE, by=petro).one(".source form")
    assert form["action"] == "/desk/releases/1/en/follow"
    answer = post(petro, form["action"], {"source": str(french.current.id)}, page=THERE)

    assert (answer.status_code, answer.location) == (303, THERE)
    db.session.refresh(english)
    assert (english.state, english.current.number, english.current.source_id) == (
        State.APPROVED,
        1,
        french.current.id,
    )
    entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert (entry.verb, entry.details) == ("translation brought in step", {"language": "fr", "revision": 2})
    assert browse(THERE, by=petro).all(".source form") == []


def test_only_a_version_of_the_same_item_in_another_language_can_be_followed(app: Flask, petro) -> None:
    french, english = pair()
    other = make.release(language="uk")
    for wrong in (english.current, other.current):
        with pytest.raises(WrongState):
            service.follow(english, wrong, by=make.officer("Petro"))
    with pytest.raises(NotAllowed):
        service.follow(english, french.current, by=make.officer("Nora"))
    for sent, status in ((str(other.current.id), 409), ("99", 404), ("x", 404), ("", 404)):
        answer = post(petro, "/desk/releases/1/en/follow", {"source": sent}, page=THERE)
        assert answer.status_code == status, sent
    assert english.current.source_id is None


def test_a_source_of_another_item_is_not_noted_when_saving(app: Flask, petro) -> None:
    _french, english = pair()
    other = make.release(language="uk")
    answer = post(petro, THERE, fields(english, title="x", source=str(other.current.id)), page=THERE)

    assert answer.status_code == 303
    db.session.refresh(english)
    assert english.current.source_id is None


def test_without_another_language_there_is_nothing_to_stand_beside(browse, app: Flask, petro) -> None:
    make.release()
    assert petro.get("/desk/releases/1/en/translate").location == "/desk/releases/1/en/"
    assert petro.get("/desk/releases/1/de/translate").status_code == 404
    make.release(language="fr", item=db.session.get(Edition, 1).item)
    for odd in ("?from=en", "?from=de", "?from=%00", ""):
        assert (
            browse(f"/desk/releases/1/en/translate{odd}", by=petro).one("#source-title span")["lang"] == "fr"
        )


def test_a_conflict_beside_the_source_keeps_it_there(app: Flask, petro) -> None:
    from tests.browser import Page, hold_to_the_house

    _french, english = pair()
    rewrite(english, "<p>Theirs.</p>")
    page = Page(post(petro, THERE, fields(english, base="1", title="Mine"), page=THERE))

    assert page.status == 409
    hold_to_the_house(page)
    assert page.one("#text-form")["action"] == THERE
    assert page.all(".source")


# --- who may see but not write ---


@pytest.mark.parametrize("name", ["Nora"])
def test_who_may_not_write_is_led_to_the_preview_with_its_comments(browse, app: Flask, name: str) -> None:
    make.release(language="fr", body=BODY)
    client = make.signed_in(app, name)
    for language in ("fr", "en"):
        answer = client.get(f"/desk/releases/1/{language}/")
        assert (answer.status_code, answer.location) == (303, "/desk/releases/1/fr/preview")
    page = browse("/desk/releases/1/fr/preview", by=client)
    assert "You can read and comment; your roles do not let you write." in page.words(".notice")
    assert page.all(".remarks__way a")
    assert client.get("/desk/releases/9/fr/").status_code == 404
    assert client.get("/desk/releases/1/de/").status_code == 404
    sent = fields(db.session.get(Edition, 1), title="Mine")
    assert post(client, "/desk/releases/1/fr/", sent, page="/desk/settings").status_code == 403
    assert client.get("/desk/releases/1/fr/translate").status_code == 403


def test_a_translator_writes_an_item_that_exists_and_begins_none(app: Flask, petro) -> None:
    make.release(language="fr")
    assert petro.get("/desk/releases/1/fr/").status_code == 200
    assert petro.get("/desk/releases/new").status_code == 403

"""An officer's way with a release that readers know."""

from __future__ import annotations

import pytest

from app.database import db
from app.editorial import service
from app.editorial.models import State
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.releases.test_desk import here, send, token

NOTE = "The bridge is in Kyiv, not in Lviv."


@pytest.fixture
def amelie(app):
    """A browser in which Amélie (publisher) is signed in."""
    return make.signed_in(app, "Amélie")


def next_version(edition, **words):
    """Bring another version of a public text to its approval."""
    known = edition.current.number
    service.save(edition, make.text(**words), make.shared(), base=known, by=make.officer("Oksana"))
    service.submit(edition, by=make.officer("Oksana"))
    service.approve(edition, by=make.officer("Amélie"))
    return edition


def test_a_correction_is_read_back_as_readers_will_see_it_then_published(amelie, client, browse):
    edition = next_version(make.published(), lead="In Kyiv.")
    browse(here(edition) + "publish", by=amelie)
    asked = {"kind": "correction", "correction": NOTE, "update": "Not this one."}
    page = send(amelie, here(edition) + "publish", status=200, **asked)
    assert NOTE in page.one(".notice--caution").get_text()
    assert "Not this one" not in page.words(".read-back")
    db.session.expire_all()
    assert edition.public_revision.lead == "A lead."

    send(amelie, here(edition) + "publish", **asked, confirmed=f"correction: {NOTE}")
    assert NOTE in browse(f"/en/news/{edition.path}").words(".notice--caution")
    assert "Corrected" in browse(here(edition), by=amelie).words(".side-box--state")
    assert "Corrected" in browse("/desk/releases/", by=amelie).words("table")


def test_a_minor_edit_needs_no_second_look(amelie):
    edition = next_version(make.published(), lead="In Kyiv.")
    send(amelie, here(edition) + "publish", kind="minor")
    assert (edition.public_revision.lead, edition.updated_at) == ("In Kyiv.", None)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "Say whether readers need to know."),
        ({"kind": "correction"}, "Say in one sentence what was wrong and what is right"),
        ({"kind": "update", "correction": "x"}, "Say in one sentence what is new"),
        ({"kind": "update", "update": "x" * 301}, "Use at most 300 characters."),
    ],
)
def test_what_readers_are_told_is_asked_for_next_to_its_field(amelie, asked, said):
    edition = next_version(make.published(), lead="In Kyiv.")
    page = send(amelie, here(edition) + "publish", status=422, **asked)
    assert said in page.words(".error-summary")
    for name in ("correction", "update"):
        assert page.one(f"#{name}")["value"] == asked.get(name, "")
    db.session.expire_all()
    assert edition.public_revision.lead == "A lead."


def test_a_form_of_an_older_version_publishes_nothing(amelie):
    edition = next_version(make.published(), lead="Two.")
    next_version(edition, lead="Three.")
    sent = {"csrf_token": token(amelie), "when": "now", "kind": "minor", "seen": "2"}
    page = Page(amelie.post(here(edition) + "publish", data=sent))
    assert page.status == 409
    hold_to_the_house(page)
    assert "moved on" in page.words()
    db.session.expire_all()
    assert edition.public_revision.lead == "A lead."


def test_a_form_that_is_sent_twice_publishes_once(amelie):
    edition = make.release(State.APPROVED)
    sent = {"csrf_token": token(amelie), "when": "now", "seen": "1"}
    answers = [amelie.post(here(edition) + "publish", data=sent).status_code for _number in range(2)]
    assert answers == [303, 409]


def test_a_review_of_an_older_version_approves_nothing(amelie):
    edition, oksana = make.release(State.IN_REVIEW), make.officer("Oksana")
    service.save(edition, make.text(lead="Unread."), make.shared(), base=1, by=oksana)
    service.submit(edition, by=oksana)
    page = Page(
        amelie.post(here(edition) + "review", data={"csrf_token": token(amelie), "approve": "1", "seen": "1"})
    )
    assert page.status == 409
    db.session.expire_all()
    assert edition.state is State.IN_REVIEW

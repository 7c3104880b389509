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


# Endings


def test_a_page_is_removed_after_a_look_at_what_stays(amelie, client):
    edition = make.published()
    asked = {"how": "remove", "log_reason": "A name.", "sentence": "Published in error."}
    page = send(amelie, here(edition) + "withdraw", status=200, **asked)
    assert "Published in error." in page.words(".read-back")
    assert client.get(f"/en/news/{edition.path}").status_code == 200
    send(amelie, here(edition) + "withdraw", **asked, confirmed="remove: Published in error.")
    assert client.get(f"/en/news/{edition.path}").status_code == 410
    assert "Removed on" in Page(amelie.get(here(edition))).words()


@pytest.mark.parametrize("form", ["path", "whole", "words"])
def test_a_page_is_merged_into_one_found_by_address_or_words(amelie, client, form):
    edition, other = make.published(), make.published(title="Bridges of the future")
    typed = {
        "path": f"/en/news/{other.path}",
        "whole": f"http://newsroom.test/en/news/{other.path}?x#y",
        "words": "future bridges",
    }[form]
    asked = {"how": "merge", "target": typed}
    if form == "words":
        page = send(amelie, here(edition) + "withdraw", status=200, **asked)
        asked["into"] = page.one("input[name=into]")["value"]
        assert "Bridges of the future" in page.words()
    page = send(amelie, here(edition) + "withdraw", status=200, **asked)
    assert page.one(".read-back a")["href"] == f"/en/news/{other.path}"
    send(amelie, here(edition) + "withdraw", **asked, confirmed=f"merge: {other.item_id}")
    assert client.get(f"/en/news/{edition.path}").location == f"/en/news/{other.path}"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"how": "withdraw"}, "Say why: readers will see it on the page."),
        ({"how": "remove", "reason": "x"}, "Say why: it stays in the log"),
        ({"how": "merge"}, "Choose the page that takes its place."),
        ({"how": "merge", "target": "/en/news/none"}, "No public page of this site has this address."),
        ({"how": "merge", "target": "https://elsewhere.example/en/news/x"}, "No public page of this site"),
        ({"how": "merge", "target": "zanzibar"}, "No public page has these words"),
        ({"how": "merge", "target": "%_\x00'\""}, "No public page has these words"),
        ({"how": "merge", "into": "999999"}, "Readers cannot see that page."),
        ({"how": "merge", "into": "-1", "target": "x y z"}, "No public page has these words"),
        ({"how": "burn"}, "Say what becomes of the page."),
    ],
)
def test_an_ending_that_cannot_be_is_refused_next_to_its_field(amelie, client, asked, said):
    edition = make.published()
    page = send(amelie, here(edition) + "withdraw", status=422, **asked)
    assert said in page.words(".error-summary")
    if "\x00" not in asked.get("target", ""):
        assert page.one("#target")["value"] == asked.get("target", "")
    assert client.get(f"/en/news/{edition.path}").status_code == 200


def test_the_page_itself_does_not_take_its_own_place(amelie):
    edition = make.published()
    asked = {"how": "merge", "target": f"/en/news/{edition.path}"}
    page = send(amelie, here(edition) + "withdraw", status=422, **asked)
    assert "A page cannot take its own place." in page.words()


def test_an_ending_sent_twice_is_done_once(amelie):
    edition = make.published()
    sent = {"csrf_token": token(amelie), "how": "remove", "log_reason": "x", "confirmed": "remove: "}
    answers = [amelie.post(here(edition) + "withdraw", data=sent).status_code for _number in range(2)]
    assert answers == [303, 409]


def test_a_withdrawn_text_is_sent_for_review_as_it_is(app, amelie, browse):
    edition = make.release(State.WITHDRAWN)
    assert "It can be put back as it is" in browse(here(edition), by=amelie).words()
    assert amelie.post(here(edition) + "submit", data={"csrf_token": token(amelie)}).status_code == 303
    db.session.expire_all()
    assert edition.state is State.IN_REVIEW

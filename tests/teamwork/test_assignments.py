"""Assignments: who may ask whom, what ends them, and where they stand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.audit.models import Entry
from app.database import db
from app.editorial import service as editorial
from app.editorial.rules import NotAllowed, WrongState
from app.refusals import Refusal
from app.teamwork import queries, rules, service
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.signing import post

THERE = "/desk/releases/1/en/assignments"


def ask(edition, name: str = "Petro", task: str = "translate", by: str = "Rosa", **more):
    """Let ``by`` ask ``name`` for ``task``."""
    language = more.pop("language", edition.language)
    return service.assign(
        edition.item, language, task=task, to=make.officer(name), by=make.officer(by), **more
    )


def names(edition, language: str = "en") -> list[str]:
    """Return who is asked for something."""
    return [each.to.name for each in queries.assignments(edition.item_id, language)]


def test_somebody_is_asked_and_the_log_says_for_what(app: Flask, frozen) -> None:
    edition = make.release()
    until = frozen.at + timedelta(days=1)
    made = ask(edition, until=until, note=" Before\r\nnoon. ")

    assert (made.to.name, made.by.name, made.at, made.until) == ("Petro", "Rosa", frozen.at, until)
    assert made.note == "Before\nnoon."
    entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert (entry.verb, entry.thing, entry.thing_id, entry.label) == (
        "assigned",
        "edition",
        edition.id,
        "Ministers adopt a road map",
    )
    assert entry.details == {
        "task": "translate",
        "to": "Petro",
        "language": "en",
        "until": until.isoformat(),
        "note": "Before\nnoon.",
    }


def test_a_language_that_is_not_begun_can_be_asked_for(app: Flask) -> None:
    edition = make.release()
    ask(edition, language="uk")

    assert (names(edition, "uk"), names(edition, "en")) == (["Petro"], [])
    entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert (entry.thing, entry.thing_id) == ("item", edition.item_id)


def test_who_is_asked_again_is_asked_once_with_the_new_moment(app: Flask, frozen) -> None:
    edition = make.release()
    first = ask(edition)
    entries = db.session.query(Entry).count()
    assert ask(edition).id == first.id
    assert db.session.query(Entry).count() == entries

    again = ask(edition, until=frozen.at + timedelta(hours=1), by="Ada")
    assert (again.id, again.by.name) == (first.id, "Ada")
    assert len(names(edition)) == 1


@pytest.mark.parametrize(
    ("name", "task", "by", "refusal"),
    [
        ("Petro", "write", "Oksana", NotAllowed),
        ("Petro", "translate", "Nora", NotAllowed),
        ("Nora", "write", "Rosa", rules.NotTheirs),
        ("Petro", "review", "Rosa", rules.NotTheirs),
        ("Rosa", "publish", "Ada", rules.NotTheirs),
        ("Nora", "translate", "Nora", rules.NotTheirs),
        ("Petro", "fly", "Rosa", Refusal),
    ],
)
def test_who_may_ask_whom_for_what(app: Flask, name: str, task: str, by: str, refusal: type) -> None:
    edition = make.release()
    with pytest.raises(refusal):
        ask(edition, name, task, by)

    assert names(edition) == []


@pytest.mark.parametrize(("name", "task"), [("Oksana", "write"), ("Petro", "translate"), ("Rosa", "review")])
def test_everybody_may_take_on_what_they_may_do(app: Flask, name: str, task: str) -> None:
    edition = make.release()
    ask(edition, name, task, by=name)

    assert names(edition) == [name]


def test_nobody_is_asked_who_has_left_nor_for_a_moment_that_has_passed(app: Flask, frozen) -> None:
    edition = make.release()
    with pytest.raises(rules.Over):
        ask(edition, until=frozen.at)
    with pytest.raises(Refusal, match="500 characters is the limit"):
        ask(edition, note="x" * 501)
    with pytest.raises(WrongState):
        ask(edition, language="de")
    make.officer("Petro").is_active = False
    db.session.commit()
    with pytest.raises(rules.NotTheirs):
        ask(edition)


@pytest.mark.parametrize(
    ("by", "is_allowed"),
    [("Petro", True), ("Rosa", True), ("Ada", True), ("Oksana", False), ("Nora", False)],
)
def test_who_was_asked_who_asked_and_who_may_ask_say_that_it_is_done(
    app: Flask, frozen, by: str, is_allowed: bool
) -> None:
    edition = make.release()
    made = ask(edition)
    if not is_allowed:
        for act in (service.finish, service.unassign):
            with pytest.raises(NotAllowed):
                act(made, by=make.officer(by))
        assert names(edition) == ["Petro"]
        return
    service.finish(made, by=make.officer(by))
    service.unassign(made, by=make.officer(by))
    assert (made.is_done, made.closed_at, names(edition)) == (True, frozen.at, [])


def test_what_is_no_longer_asked_for_is_not_done(app: Flask) -> None:
    made = ask(make.release())
    service.unassign(made, by=make.officer("Rosa"))

    assert made.is_done is False
    assert db.session.query(Entry).order_by(Entry.id.desc()).first().verb == "unassigned"


def test_a_decision_of_who_was_asked_ends_it_and_one_of_somebody_else_does_not(app: Flask, frozen) -> None:
    edition = make.release()
    ask(edition, "Oksana", "write")
    ask(edition, "Rosa", "review", by="Ada")
    ask(edition, "Amélie", "publish", by="Ada")
    assert names(edition) == ["Oksana", "Rosa", "Amélie"]

    frozen.at += timedelta(minutes=1)
    editorial.submit(edition, by=make.officer())
    assert names(edition) == ["Rosa", "Amélie"]
    editorial.approve(edition, by=make.officer("Ada"))
    assert names(edition) == ["Rosa", "Amélie"]
    editorial.publish(edition, by=make.officer("Amélie"))
    assert names(edition) == ["Rosa"]


def test_the_most_urgent_comes_first(app: Flask, frozen) -> None:
    edition = make.release()
    ask(edition, "Oksana", "write")
    ask(edition, "Petro", "write", until=frozen.at + timedelta(days=2))
    ask(edition, "Rosa", "write", until=frozen.at + timedelta(days=1))

    assert names(edition) == ["Rosa", "Petro", "Oksana"]


# --- the pages ---


def test_somebody_is_asked_on_a_page_and_finds_it_on_their_dashboard(browse, app: Flask) -> None:
    make.release()
    rosa = make.signed_in(app, "Rosa")
    page = browse(THERE, by=rosa)
    people = {option.get_text(): option["value"] for option in page.all("#to option")}
    assert set(people) >= {"Rosa", "Oksana"}
    petro = str(make.officer("Petro").id)
    fields = {"task": "translate", "to": petro, "day": "21 November 2025", "clock": "9:30", "note": "Soon."}
    answer = post(rosa, THERE, fields, page=THERE)
    assert (answer.status_code, answer.location) == (303, "/desk/releases/1/en/")

    side = browse("/desk/releases/1/en/", by=rosa).words("[aria-labelledby=asked-title]")
    assert "Petro: Translate it Wanted by tomorrow, 09:30 Soon. Asked by Rosa" in side
    by_petro = make.signed_in(app, "Petro")
    turn = browse("/desk/", by=by_petro).one(".turn__one")
    assert turn.select_one(".turn__why").get_text() == "Asked by Rosa, until tomorrow, 09:30"
    assert turn.select_one(".turn__act a")["href"] == "/desk/releases/1/en/translate"

    answer = post(by_petro, f"{THERE}/1/done", {"page": "dashboard"}, page="/desk/releases/1/en/")
    assert answer.location == "/desk/"
    assert browse("/desk/", by=by_petro).all(".turn__one") == []


def test_a_day_without_an_hour_ends_with_the_days_work_and_is_late_after_it(
    browse, app: Flask, frozen
) -> None:
    make.release()
    oksana = make.signed_in(app)
    fields = {"task": "write", "to": str(make.officer().id), "day": "20/11/2025"}
    post(oksana, THERE, fields, page=THERE)
    assert "You took this on, until today, 18:00" in browse("/desk/", by=oksana).words(".turn")

    frozen.at += timedelta(hours=7)
    assert "You took this on, late: until today, 18:00" in browse("/desk/", by=oksana).words(".turn")
    assert browse("/desk/releases/1/en/", by=oksana).one(".asked__late").get_text().startswith("Late: until")


def test_a_language_that_is_not_begun_is_begun_from_the_dashboard(browse, app: Flask) -> None:
    edition = make.release()
    ask(edition, language="uk")
    petro = make.signed_in(app, "Petro")

    turn = browse("/desk/", by=petro).one(".turn__one")
    assert turn.select_one(".turn__act a")["href"] == "/desk/releases/1/uk/translate"
    assert "not begun" in turn.get_text()
    assert "Petro: Translate it" in browse("/desk/releases/1/uk/", by=petro).words(".writing__side")


def test_who_may_not_ask_others_is_offered_to_take_it_on(browse, app: Flask) -> None:
    make.release()
    page = browse(THERE, by=make.signed_in(app))

    assert page.words("h1") == "Take it on"
    assert [option.get_text() for option in page.all("#to option")] == ["Oksana"]


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"day": "yesterday"}, "day", "Enter a date"),
        ({"day": "19/11/2025"}, "day", "Choose a day that is still to come."),
        ({"day": "21/11/2025", "clock": "25:99"}, "clock", "Enter a time"),
        ({"task": "review", "to": "oksana"}, "to", "Oksana may not do this. Choose somebody else."),
        ({"note": "x\0" * 501}, "note", "The note is too long"),
    ],
)
def test_what_cannot_be_asked_is_said_next_to_the_field_and_kept(app: Flask, fields, field, said) -> None:
    make.release()
    rosa = make.signed_in(app, "Rosa")
    sent = {"task": "write", "to": str(make.officer("Petro").id), "note": "Soon."} | fields
    if sent["to"] == "oksana":
        sent["to"] = str(make.officer().id)
    page = Page(post(rosa, THERE, sent, page=THERE))

    assert page.status == 422
    hold_to_the_house(page)
    assert said in page.words(f"#{field}-error")
    assert page.one("#note").get_text().strip("\n").startswith(sent["note"][:1])
    assert queries.assignments(1, "en") == []


def test_assignments_that_there_are_not_are_not_found(app: Flask) -> None:
    edition = make.release()
    make.release(language="fr", item=edition.item)
    made = ask(edition)
    rosa = make.signed_in(app, "Rosa")
    for path in (
        f"/desk/releases/1/fr/assignments/{made.id}/done",
        f"{THERE}/99/done",
        f"/desk/releases/9/en/assignments/{made.id}/done",
    ):
        assert post(rosa, path, page=THERE).status_code == 404
    assert post(make.signed_in(app, "Nora"), f"{THERE}/{made.id}/done", page=THERE).status_code == 409
    assert names(edition) == ["Petro"]

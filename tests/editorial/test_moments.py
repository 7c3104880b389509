"""Moments that are set, moved and lifted, and languages that go live at the same one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.audit.models import Entry
from app.database import db
from app.editorial import rules, service
from app.editorial.models import Publication, State
from app.editorial.rules import moments
from app.refusals import Refusal
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.releases.test_desk import here, send, token

HOUR = timedelta(hours=1)
WHY = "The ministers end early."


def embargoed(frozen, **known):
    return make.release(State.EMBARGO, at=frozen.at + 3 * HOUR, **known)


def last_entry():
    return db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()


def both(state=State.APPROVED, other=State.APPROVED):
    """A release in English and French that are to go live together, in these states."""
    english = make.release(state)
    french = make.release(other, language="fr", item=english.item)
    service.ask_together(english.item, ["en", "fr"], by=make.officer("Oksana"))
    return english, french


# Moving and lifting


def test_an_embargo_is_moved_with_a_reason_and_the_log_says_from_when_to_when(app, client, frozen):
    edition, amelie = embargoed(frozen), make.officer("Amélie")
    was, to = edition.public_from, frozen.at + 30 * HOUR
    service.move(edition, to=to, reason=WHY, by=amelie, seen=was)

    assert (edition.state, edition.public_from) == (State.EMBARGO, to)
    assert edition.path.startswith("2025/11/21/")
    entry = last_entry()
    assert (entry.verb, entry.details["comment"]) == ("moved", WHY)
    assert (entry.details["was"], entry.details["until"]) == (was.isoformat(), to.isoformat())
    frozen.at = was
    assert client.get(f"/en/news/{edition.path}").status_code == 404
    frozen.at = to
    assert client.get(f"/en/news/{edition.path}").status_code == 200


def test_an_embargo_is_lifted_early_and_is_public_at_once(app, client, frozen):
    edition, amelie = embargoed(frozen), make.officer("Amélie")
    service.lift(edition, reason=WHY, by=amelie, seen=edition.public_from)
    assert (edition.state, edition.public_from) == (State.PUBLISHED, frozen.at)
    assert client.get(f"/en/news/{edition.path}").status_code == 200
    kept = db.session.scalars(select(Publication)).one()
    assert (kept.kind, kept.at, kept.by.name) == ("first", frozen.at, "Amélie")
    assert (last_entry().verb, edition.item.reference_number) == ("lifted", 1)


def test_what_was_only_scheduled_needs_no_reason(app, frozen):
    edition, amelie = make.release(State.SCHEDULED, at=frozen.at + HOUR), make.officer("Amélie")
    service.move(edition, to=frozen.at + 2 * HOUR, by=amelie, seen=edition.public_from)
    service.lift(edition, by=amelie, seen=edition.public_from)
    assert edition.state is State.PUBLISHED


@pytest.mark.parametrize("verb", ["move", "lift"])
def test_a_moment_is_changed_by_those_who_may_with_a_reason_and_in_the_future(app, frozen, verb):
    edition, amelie = embargoed(frozen), make.officer("Amélie")

    def change(by=amelie, reason=WHY, seen=edition.public_from, to=frozen.at + HOUR):
        more = {"to": to} if verb == "move" else {}
        getattr(service, verb)(edition, reason=reason, by=by, seen=seen, **more)

    for wrong, said in (
        ({"by": make.officer("Oksana")}, rules.NotAllowed),
        ({"reason": " \x00"}, Refusal),
        ({"reason": "x" * 301}, Refusal),
        ({"seen": frozen.at}, moments.Moved),
        ({"seen": None}, moments.Moved),
        *(
            [({"to": frozen.at}, rules.InThePast), ({"to": edition.public_from}, Refusal)]
            if verb == "move"
            else []
        ),
    ):
        with pytest.raises(said):
            change(**wrong)
    assert edition.public_from == frozen.at + 3 * HOUR
    frozen.at += 3 * HOUR  # it has come: nobody takes it back
    with pytest.raises(rules.WrongState):
        change(to=frozen.at + HOUR)


def test_who_looked_at_another_moment_is_told_the_one_that_stands(app, frozen):
    edition, amelie = embargoed(frozen), make.officer("Amélie")
    seen = edition.public_from
    service.move(edition, to=frozen.at + 5 * HOUR, reason=WHY, by=make.officer("Ada"), seen=seen)
    for act in (
        lambda: service.lift(edition, reason=WHY, by=amelie, seen=seen),
        lambda: service.move(edition, to=frozen.at + HOUR, reason=WHY, by=amelie, seen=seen),
        lambda: service.publish(edition, by=amelie),
    ):
        with pytest.raises(moments.Moved) as told:
            act()
        assert told.value.moment == frozen.at + 5 * HOUR


# Together


def test_publishing_one_publishes_all_at_the_same_moment(app, client, frozen):
    english, french = both()
    service.publish(english, by=make.officer("Amélie"))
    assert (french.state, french.public_from) == (State.PUBLISHED, english.public_from)
    for each in (english, french):
        assert client.get(f"/{each.language}/news/{each.path}").status_code == 200
    assert english.item.reference_number == 1


def test_all_wait_for_the_same_moment_and_move_and_are_lifted_together(app, frozen):
    english, french = both()
    amelie, first = make.officer("Amélie"), frozen.at + HOUR
    service.publish(french, by=amelie, wanted_at=first, is_embargo=True)
    assert (english.state, english.public_from) == (State.EMBARGO, first)
    service.move(english, to=first + HOUR, reason=WHY, by=amelie, seen=first)
    assert french.public_from == first + HOUR
    service.lift(french, reason=WHY, by=amelie, seen=first + HOUR)
    assert {english.state, french.state} == {State.PUBLISHED}
    assert english.public_from == french.public_from == frozen.at


@pytest.mark.parametrize("other", [None, State.DRAFT, State.IN_REVIEW])
@pytest.mark.parametrize("wait", [None, HOUR])
def test_one_does_not_go_while_another_is_late_unless_somebody_says_why(app, frozen, other, wait):
    english = make.release(State.APPROVED)
    if other is not None:
        make.release(other, language="fr", item=english.item)
    service.ask_together(english.item, ["fr", "en"], by=make.officer("Oksana"))
    amelie, wanted = make.officer("Amélie"), frozen.at + wait if wait else None
    with pytest.raises(moments.Late) as told:
        service.publish(english, by=amelie, wanted_at=wanted)
    assert told.value.languages == ("fr",)
    assert "Français" in str(told.value)
    service.publish(english, by=amelie, wanted_at=wanted, anyway="The French translator is ill.")
    assert last_entry().details["anyway"] == "The French translator is ill."
    assert english.state is (State.SCHEDULED if wait else State.PUBLISHED)


def test_one_that_waits_for_another_moment_is_not_dragged_along(app, frozen):
    english, french = make.release(State.APPROVED), None
    french = make.release(State.EMBARGO, at=frozen.at + HOUR, language="fr", item=english.item)
    service.ask_together(english.item, ["en", "fr"], by=make.officer("Oksana"))
    amelie = make.officer("Amélie")
    with pytest.raises(moments.OtherMoment):
        service.publish(english, by=amelie)
    with pytest.raises(moments.OtherMoment):
        service.publish(english, by=amelie, wanted_at=frozen.at + 2 * HOUR)
    service.publish(english, by=amelie, wanted_at=frozen.at + HOUR)
    assert english.public_from == french.public_from


@pytest.mark.parametrize("how", ["save", "take_back", "facts"])
def test_if_one_is_changed_while_they_wait_the_others_wait_for_it(app, client, frozen, how):
    english, french = both()
    amelie, moment = make.officer("Amélie"), frozen.at + HOUR
    service.publish(english, by=amelie, wanted_at=moment)
    if how == "take_back":
        service.take_back(french, by=amelie)
    elif how == "facts":
        service.save(french, make.text("fr"), make.shared(kind="speech"), base=1, by=make.officer())
    else:
        service.save(french, make.text("fr", lead="Autre."), make.shared(), base=1, by=make.officer())

    assert english.state is (State.DRAFT if how == "facts" else State.APPROVED)
    assert (english.public_from, english.wanted_at) == (None, moment)
    if how == "save":
        entry = db.session.scalars(select(Entry).where(Entry.verb == "held")).one()
        assert (entry.thing_id, entry.details["waits_for"]) == (english.id, "fr")
    frozen.at = moment
    for code in ("en", "fr"):
        assert client.get(f"/{code}/news/").get_data(as_text=True).count("release-row__title") == 0


def test_a_language_that_readers_know_goes_alone(app):
    english, french = both()
    service.publish(english, by=make.officer("Amélie"))
    make.again(english, "minor", lead="Another.")
    third = make.release(State.APPROVED, language="uk", item=english.item)
    service.ask_together(english.item, ["en", "fr", "uk"], by=make.officer("Oksana"))
    service.publish(third, by=make.officer("Amélie"))
    assert third.state is State.PUBLISHED
    assert french.public_revision.lead == "Un chapeau."


def test_at_least_two_languages_go_together_or_none(app):
    item = make.release().item
    for wrong in (["en"], ["en", "de"], ["en", "en"]):
        with pytest.raises(Refusal) as told:
            service.ask_together(item, wrong, by=make.officer())
        assert told.value.field == "together"
    with pytest.raises(rules.NotAllowed):
        service.ask_together(item, ["en", "fr"], by=make.officer("Petro"))
    service.ask_together(item, ["uk", "fr"], by=make.officer())
    assert item.together == ["fr", "uk"]
    service.ask_together(item, [], by=make.officer())
    assert item.together == []


# At the desk


@pytest.fixture
def amelie(app):
    """A browser in which Amélie (publisher) is signed in."""
    return make.signed_in(app, "Amélie")


def test_a_moment_is_moved_by_a_form_that_reads_it_back(amelie, browse, frozen):
    edition = embargoed(frozen)
    assert amelie.get(here(edition) + "publish").location == here(edition) + "moment"
    browse(here(edition) + "moment", by=amelie)
    asked = {"when": "at", "day": "21 November 2025", "clock": "9:30", "reason": WHY}
    page = send(amelie, here(edition) + "moment", status=200, **asked)
    assert "09:30, Brussels time (UTC+1)" in page.words(".read-back")
    assert "15:00" in page.one(".read-back del").get_text()
    send(amelie, here(edition) + "moment", **asked, confirmed="2025-11-21T08:30:00+00:00")
    db.session.expire_all()
    assert edition.public_from.isoformat() == "2025-11-21T08:30:00+00:00"


def test_an_embargo_is_lifted_after_a_look_at_what_becomes_public(amelie, client, frozen):
    english, french = both()
    service.publish(english, by=make.officer("Amélie"), wanted_at=frozen.at + HOUR, is_embargo=True)
    asked = {"when": "now", "reason": WHY}
    page = send(amelie, here(english) + "moment", status=200, **asked)
    assert "Lift the embargo now?" in page.words(".read-back")
    assert "2 texts are concerned" in page.words(".read-back")
    send(amelie, here(english) + "moment", **asked, confirmed="now")
    assert client.get(f"/fr/news/{french.path}").status_code == 200


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"when": "now"}, "Say why: an embargo is a promise"),
        ({"when": "at", "day": "20 November 2025", "clock": "11:00", "reason": WHY}, "time in the future"),
        ({"when": "at", "day": "30 March 2026", "clock": "", "reason": WHY}, "Enter a time"),
        ({"when": "at", "day": "29 March 2026", "clock": "02:30", "reason": WHY}, "29 March"),
        ({"when": "at", "day": "25 October 2026", "clock": "02:30", "reason": WHY}, "twice"),
        ({"when": "at", "day": "20 November 2025", "clock": "15:00", "reason": WHY}, "set already"),
    ],
)
def test_a_moment_that_cannot_be_is_refused_and_what_was_typed_is_kept(amelie, frozen, asked, said):
    edition = embargoed(frozen)
    page = send(amelie, here(edition) + "moment", status=422, **asked)
    assert said in page.words()
    assert page.one("#reason")["value"] == asked.get("reason", "")


@pytest.mark.parametrize("path", ["publish", "moment"])
def test_a_form_that_was_open_while_the_moment_moved_is_told_the_new_one(amelie, frozen, path):
    edition = make.release(State.APPROVED)
    opened = {"csrf_token": token(amelie), "when": "now", "seen": "1", "reason": WHY}
    if path == "moment":
        service.publish(edition, by=make.officer("Ada"), wanted_at=frozen.at + HOUR, is_embargo=True)
        opened["seen"] = edition.public_from.isoformat()
        service.move(
            edition, to=frozen.at + 4 * HOUR, reason=WHY, by=make.officer("Ada"), seen=edition.public_from
        )
    else:
        service.publish(edition, by=make.officer("Ada"), wanted_at=frozen.at + 4 * HOUR)
    page = Page(amelie.post(here(edition) + path, data=opened))
    assert page.status == 409
    hold_to_the_house(page)
    assert "the moment was set to 20 November 2025, 16:00" in page.words(".error-summary")
    db.session.expire_all()
    assert edition.public_from == frozen.at + 4 * HOUR


@pytest.mark.parametrize("seen", ["", "x", "2025-11-20", "2025-11-20T12:00:00", "9" * 400, "\x00"])
def test_a_moment_that_nobody_can_have_seen_changes_nothing(amelie, frozen, seen):
    edition = embargoed(frozen)
    sent = {"csrf_token": token(amelie), "when": "now", "seen": seen, "reason": WHY, "confirmed": "now"}
    assert amelie.post(here(edition) + "moment", data=sent).status_code == 409
    db.session.expire_all()
    assert edition.state is State.EMBARGO


def test_the_page_of_a_text_without_a_moment_says_so(amelie, browse):
    assert "waits for no moment" in browse(here(make.release()) + "moment", by=amelie).words()


def test_the_desk_says_which_language_is_late(amelie, browse, frozen):
    edition = make.release(State.APPROVED)
    browse(here(edition) + "together", by=amelie)
    send(amelie, here(edition) + "together", together="fr", status=422)
    answer = amelie.post(
        here(edition) + "together", data={"csrf_token": token(amelie), "together": ["en", "fr"]}
    )
    assert answer.status_code == 303
    assert "Late: Français." in browse(here(edition), by=amelie).words(".side-box--state")
    page = send(amelie, here(edition) + "publish", status=422, when="now")
    assert "are not approved: Français" in page.words(".error-summary")
    send(amelie, here(edition) + "publish", when="now", anyway="Nobody is there to translate.")
    db.session.expire_all()
    assert edition.state is State.PUBLISHED


def test_a_moment_that_passed_while_a_language_was_late_is_not_silent(amelie, browse, frozen):
    english, french = both()
    service.publish(english, by=make.officer("Amélie"), wanted_at=frozen.at + HOUR)
    service.save(french, make.text("fr", lead="Autre."), make.shared(), base=1, by=make.officer())
    frozen.at += 2 * HOUR
    words = browse(here(english), by=amelie).words(".side-box--state")
    assert (
        "Not published at 13:00 (20 November 2025): it waits for Français. Correct it or publish anyway."
        in words
    )

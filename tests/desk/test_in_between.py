"""What changes while a page stands open: who may decide, what was decided, when it is to be public."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.accounts import service as accounts
from app.database import db
from app.editorial import rules, service
from app.editorial.models import State
from app.teamwork.service import make_preview
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.desk.test_sent_twice import HERE, counted, fields

HOUR = timedelta(hours=1)
WHY = "The ministers end later."


def opened(app, name="Rosa"):
    """The review page that somebody has open: their browser, where it is sent, and what."""
    by = make.signed_in(app, name)
    return by, *fields(by, f"{HERE}review", "review")


@pytest.mark.parametrize("sent", [{"approve": "1"}, {"return": "1", "comment": "The date is wrong."}])
def test_a_reviewer_who_was_made_a_writer_decides_nothing(app, sent):
    edition = make.release(State.IN_REVIEW)
    rosa, action, known = opened(app)
    accounts.set_roles(make.officer("Rosa"), ["writer"], by=make.officer("Ada"))
    before = counted()
    answer = Page(rosa.post(action, data=known | sent))
    assert answer.status == 403
    hold_to_the_house(answer)
    assert counted() == before
    db.session.expire_all()
    assert edition.state is State.IN_REVIEW


@pytest.mark.parametrize("sent", [{"approve": "1"}, {"return": "1", "comment": "The date is wrong."}])
def test_a_reviewer_whose_account_was_closed_is_at_the_door(app, sent):
    edition = make.release(State.IN_REVIEW)
    rosa, action, known = opened(app)
    accounts.deactivate(make.officer("Rosa"), by=make.officer("Ada"))
    before = counted()
    answer = rosa.post(action, data=known | sent)
    assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/desk/sign-in")
    assert counted() == before
    db.session.expire_all()
    assert edition.state is State.IN_REVIEW


def test_the_rules_ask_for_the_right_when_it_is_done_not_when_the_page_was_opened(app):
    edition, rosa = make.release(State.IN_REVIEW), make.officer("Rosa")
    assert rules.may(rosa, "review")
    with db.engine.begin() as other:
        other.exec_driver_sql(f"UPDATE account SET roles = '[\"writer\"]' WHERE id = {rosa.id}")
    with pytest.raises(rules.NotAllowed):
        service.approve(edition, by=rosa)


def test_what_a_reviewer_approved_before_they_were_removed_stays_approved(app, client):
    edition = make.release(State.IN_REVIEW)
    service.approve(edition, by=make.officer("Rosa"))
    accounts.deactivate(make.officer("Rosa"), by=make.officer("Ada"))
    service.publish(edition, by=make.officer("Amélie"))
    assert client.get(f"/en/news/{edition.path}").status_code == 200


def test_of_two_with_the_review_open_the_second_is_told_who_was_first(app):
    edition = make.release(State.IN_REVIEW)
    rosa, action, known = opened(app)
    amelie, _action, theirs = opened(app, "Amélie")
    assert amelie.post(action, data=theirs | {"approve": "1"}).status_code == 303
    before = counted()
    answer = Page(rosa.post(action, data=known | {"return": "1", "comment": "The date is wrong."}))
    assert answer.status == 409
    hold_to_the_house(answer)
    assert "moved on in the meantime" in answer.words(".error-summary")
    assert counted() == before
    db.session.expire_all()
    assert edition.state is State.APPROVED


def test_a_preview_that_stands_open_tells_the_moment_that_was_set_since(app, browse, client, frozen):
    edition, amelie = make.release(State.EMBARGO, at=frozen.at + 3 * HOUR), make.officer("Amélie")
    _link, token = make_preview(edition, name="Finland", by=make.officer())
    there = f"/preview/{token}"
    assert "It is to be public from 20 November 2025, 15:00" in browse(there).words(".watermark")

    service.move(edition, to=frozen.at + 5 * HOUR, reason=WHY, by=amelie, seen=edition.public_from)
    assert "It is to be public from 20 November 2025, 17:00" in browse(there).words(".watermark")
    frozen.at += 3 * HOUR
    assert browse(there).words("h1") == "Ministers adopt a road map"
    assert client.get(f"/en/news/{edition.path}").status_code == 404

    service.move(edition, to=frozen.at + HOUR, reason=WHY, by=amelie, seen=edition.public_from)
    frozen.at += HOUR
    assert client.get(there).status_code == 404, "readers have the page now"
    assert client.get(f"/en/news/{edition.path}").status_code == 200


def test_an_officers_preview_tells_the_moment_that_was_set_since(app, browse, frozen):
    edition, amelie = make.release(State.EMBARGO, at=frozen.at + 3 * HOUR), make.officer("Amélie")
    max_ = make.signed_in(app, "Max")
    assert "15:00" in browse(f"{HERE}preview", by=max_).words()
    service.move(edition, to=frozen.at + 5 * HOUR, reason=WHY, by=amelie, seen=edition.public_from)
    words = browse(f"{HERE}preview", by=max_).words()
    assert "17:00" in words
    assert "15:00" not in words

"""One person publishes alone, and a second one looks at it afterwards."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.database import db
from app.editorial import rules, service
from app.editorial.models import Decision, State, Urgency
from app.editorial.queries import afterwards
from app.refusals import Refusal
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.releases.test_desk import here, send, token

WHY = "The fire brigade asks us to warn people now."


def alone(edition, name="Amélie", **more):
    return service.publish_urgently(edition, reason=WHY, by=make.officer(name), **more)


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW])
def test_one_person_publishes_with_a_reason_and_it_is_marked(app, client, state):
    edition = make.release(state)
    alone(edition)
    assert client.get(f"/en/news/{edition.path}").status_code == 200
    assert edition.state is State.PUBLISHED
    assert afterwards.marks([edition.id]) == {edition.id: frozenset({"urgent"})}
    kept = db.session.scalars(select(Urgency)).one()
    assert (kept.reason, kept.by.name, kept.closed_at) == (WHY, "Amélie", None)
    last = db.session.scalars(select(Decision).order_by(Decision.id.desc())).first()
    assert (last.verb, last.comment) == ("urgent", WHY)


def test_it_needs_the_right_a_reason_and_a_whole_text(app):
    edition, amelie = make.release(), make.officer("Amélie")
    for name in ("Oksana", "Rosa", "Petro", "Max"):
        with pytest.raises(rules.NotAllowed):
            alone(edition, name)
    for reason in ("", " \x00 ", "x" * 301):
        with pytest.raises(Refusal) as refused:
            service.publish_urgently(edition, reason=reason, by=amelie)
        assert refused.value.field == "reason"
    with pytest.raises(rules.NotReady):
        alone(make.release(title=""))
    for state in (State.APPROVED, State.PUBLISHED, State.WITHDRAWN):
        with pytest.raises(rules.WrongState):
            alone(make.release(state))
    with pytest.raises(rules.WrongState):
        service.publish_urgently(edition, reason=WHY, by=amelie, seen=7)


def test_a_second_person_who_did_not_write_it_closes_the_mark(app, frozen):
    edition = make.release(by=make.officer("Oksana"))
    alone(edition)
    for name in ("Amélie", "Oksana"):  # who published it; who wrote it (and may not review at all)
        with pytest.raises(Refusal):
            service.confirm(edition, by=make.officer(name))
    service.confirm(edition, by=make.officer("Rosa"))
    assert afterwards.marks([edition.id]) == {}
    assert edition.approved_revision_id == edition.public_revision_id
    kept = db.session.scalars(select(Urgency)).one()
    assert (kept.closed_by.name, kept.closed_at) == ("Rosa", frozen.at)
    with pytest.raises(rules.WrongState):
        service.confirm(edition, by=make.officer("Ada"))


def test_a_writer_who_may_review_does_not_confirm_their_own_words(app):
    edition = make.release(by=make.officer("Rosa"))
    alone(edition)
    with pytest.raises(rules.OwnWork):
        service.confirm(edition, by=make.officer("Rosa"))


def test_confirming_concerns_the_version_that_went_out_not_the_next_draft(app):
    edition = make.release()
    alone(edition)
    went_out = edition.public_revision_id
    service.save(edition, make.text(lead="Next."), make.shared(), base=1, by=make.officer("Rosa"))
    service.confirm(edition, by=make.officer("Rosa"))
    assert (edition.approved_revision_id, edition.state) == (went_out, State.DRAFT)
    with pytest.raises(rules.WrongState):
        service.publish(edition, by=make.officer("Amélie"), kind="minor")


def test_an_approved_version_or_an_ending_closes_the_mark(app):
    amelie = make.officer("Amélie")
    corrected, ended = make.release(), make.release()
    alone(corrected)
    alone(ended)
    make.again(corrected, "correction", "It was so.", lead="So.")
    service.withdraw(ended, reason="A false alarm.", by=amelie)
    assert afterwards.open_urgencies() == []
    assert {each.closed_by_id for each in db.session.scalars(select(Urgency))} == {amelie.id}


def test_who_wrote_an_urgent_version_does_not_approve_the_next(app):
    edition = make.release(by=make.officer("Rosa"))
    alone(edition)
    service.save(edition, make.text(lead="Next."), make.shared(), base=1, by=make.officer("Oksana"))
    service.submit(edition, by=make.officer("Oksana"))
    with pytest.raises(rules.OwnWork):
        service.approve(edition, by=make.officer("Rosa"))


def test_an_urgent_correction_says_what_was_wrong_and_replaces_the_mark(app, browse):
    edition = make.release()
    alone(edition)
    service.save(edition, make.text(lead="Next."), make.shared(), base=1, by=make.officer("Oksana"))
    with pytest.raises(Refusal):
        alone(edition)
    alone(edition, kind="correction", note="The number is 112.")
    assert "The number is 112." in browse(f"/en/news/{edition.path}").words(".notice--caution")
    assert len(afterwards.open_urgencies()) == 1


# At the desk


def test_the_way_at_the_desk(app, browse, frozen):
    amelie, rosa = make.signed_in(app, "Amélie"), make.signed_in(app, "Rosa")
    edition = make.release()
    assert "Urgent" in browse(here(edition), by=amelie).words(".side-box--state")
    assert "Urgent" not in browse(here(edition), by=rosa).words(".side-box--state")
    assert rosa.get(here(edition) + "urgent").status_code == 403
    page = send(amelie, here(edition) + "urgent", status=422)
    assert "Say why this cannot wait" in page.words(".error-summary")
    send(amelie, here(edition) + "urgent", reason=WHY)

    for address in ("/desk/", "/desk/releases/", here(edition)):
        assert "Published by one person" in browse(address, by=rosa).words()
    assert "another person must approve it" in browse(here(edition) + "confirm", by=amelie).words()
    assert WHY in browse(here(edition) + "confirm", by=rosa).words()
    send(rosa, here(edition) + "confirm")
    for address in ("/desk/", "/desk/releases/", here(edition)):
        assert "Published by one person" not in browse(address, by=rosa).words()
    assert "Nothing of this text waits" in browse(here(edition) + "confirm", by=rosa).words()


def test_what_it_lacks_is_listed_and_it_does_not_go_out(app, client):
    amelie, edition = make.signed_in(app, "Amélie"), make.release(title="")
    page = Page(
        amelie.post(here(edition) + "urgent", data={"csrf_token": token(amelie), "reason": WHY, "seen": "1"})
    )
    assert page.status == 422
    hold_to_the_house(page)
    assert "Write a title." in page.words(".error-summary")
    db.session.expire_all()
    assert edition.state is State.DRAFT

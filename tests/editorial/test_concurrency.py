"""Several people at once, each in a thread with a session of their own: every decision is taken once."""

from __future__ import annotations

import io
import threading
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.accounts.models import Account
from app.audit.log import faults
from app.audit.models import Entry
from app.database import db
from app.editorial import service
from app.editorial.models import Edition, State
from app.editorial.service import keeping, settling, turns
from app.library import service as library
from app.library.models import Picture
from app.releases.models import Release
from tests import make


@pytest.fixture
def at_once(app):
    """Do several things at the same moment: ``at_once(calls)`` returns what each gave or raised, in order.

    Each call has an app context, and so a session, of its own. Who finds the database busy for
    longer than a page may wait comes again, as a person would.
    """

    def do(calls):
        start = threading.Barrier(len(calls))
        told = [None] * len(calls)

        def one(number, call):
            start.wait(30)
            for _try in range(20):
                with app.app_context():
                    try:
                        told[number] = call()
                    except OperationalError as error:
                        told[number] = error
                        if "database is locked" in str(error):
                            continue
                    except Exception as error:
                        told[number] = error
                return

        db.session.rollback()
        threads = [threading.Thread(target=one, args=each) for each in enumerate(calls)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(90)
            assert not thread.is_alive()
        db.session.rollback()
        db.session.expire_all()
        return told

    return do


def edition(number):
    """Return the edition, in this thread's session."""
    return db.session.get(Edition, number)


def person(name):
    """Return the officer, in this thread's session."""
    return db.session.scalar(select(Account).where(Account.name == name))


def publishing(number, name="Amélie", **how):
    return lambda: service.publish(edition(number), by=person(name), **how).path


def references():
    found = select(Release.reference_year, Release.reference_number).where(
        Release.reference_number.is_not(None)
    )
    return sorted(tuple(row) for row in db.session.execute(found))


def verbs(verb):
    return db.session.scalar(
        select(func.count()).select_from(Entry).where(Entry.verb == verb, Entry.thing == "edition")
    )


def kinds(told):
    """Return the names of what was raised, or "done"."""
    return sorted(type(each).__name__ if isinstance(each, Exception) else "done" for each in told)


def test_twelve_publications_at_once_have_references_without_gap_or_double_and_addresses_of_their_own(
    at_once,
):
    ids = [make.release(State.APPROVED).id for _number in range(12)]

    paths = at_once([publishing(number) for number in ids])

    assert references() == [(2025, number) for number in range(1, 13)]
    slug = "2025/11/20/ministers-adopt-a-road-map"
    assert sorted(paths) == sorted([slug, *(f"{slug}-{number}" for number in range(2, 13))])
    assert sorted(paths) == sorted(db.session.scalars(select(Edition.path)))
    assert verbs("published") == 12
    assert list(faults()) == []


def test_publications_that_fail_in_between_leave_no_gap(at_once, monkeypatch):
    ids = [make.release(State.APPROVED).id for _number in range(12)]
    unlucky, announce = set(ids[::3]), settling.announce

    def fail_for_some(happening, **known):
        if known["edition"] in unlucky:
            raise LookupError("the disk is full")
        announce(happening, **known)

    monkeypatch.setattr(settling, "announce", fail_for_some)
    told = at_once([publishing(number) for number in ids])

    assert kinds(told) == ["LookupError"] * 4 + ["done"] * 8
    assert references() == [(2025, number) for number in range(1, 9)]
    assert {edition(number).state for number in unlucky} == {State.APPROVED}
    assert {edition(number).path for number in unlucky} == {None}
    assert list(faults()) == []


def test_the_languages_of_one_item_published_at_once_share_one_reference(at_once):
    first = make.release(State.APPROVED, language="fr")
    others = [make.release(State.APPROVED, language=code, item=first.item).id for code in ("en", "uk")]
    at_once([publishing(number) for number in (first.id, *others)])
    assert references() == [(2025, 1)]


def test_of_two_who_publish_the_same_text_one_does(at_once):
    known = make.release(State.APPROVED)
    make.officer("Ada")
    told = at_once([publishing(known.id), publishing(known.id, "Ada")])
    assert kinds(told) == ["WrongState", "done"]
    assert (verbs("published"), references()) == (1, [(2025, 1)])


def test_of_two_who_approve_one_wins_and_the_other_is_told(at_once):
    known = make.release(State.IN_REVIEW).id
    make.officer("Amélie")
    make.officer("Ada")

    told = at_once(
        [lambda name=name: service.approve(edition(known), by=person(name)) for name in ("Amélie", "Ada")]
    )

    assert kinds(told) == ["WrongState", "done"]
    assert (edition(known).state, verbs("approved")) == (State.APPROVED, 1)


def test_a_text_is_approved_or_returned_but_not_both(at_once):
    known = make.release(State.IN_REVIEW).id
    make.officer("Amélie")
    make.officer("Ada")
    told = at_once(
        [
            lambda: service.approve(edition(known), by=person("Amélie")),
            lambda: service.send_back(edition(known), comment="The date.", by=person("Ada")),
        ]
    )
    assert kinds(told) == ["WrongState", "done"]
    assert verbs("approved") + verbs("returned") == 1


def test_of_two_who_save_one_is_told_and_no_text_is_lost(at_once):
    known = make.release().id
    make.officer("Amélie")

    def saving(name):
        text = make.text(lead=f"{name}’s.")
        return lambda: service.save(edition(known), text, make.shared(), base=1, by=person(name)).number

    told = at_once([saving("Oksana"), saving("Amélie")])

    assert kinds(told) == ["Stale", "done"]
    won = "Oksana" if told[0] == 2 else "Amélie"
    assert (edition(known).current.number, edition(known).current.lead) == (2, f"{won}’s.")


def test_a_text_approved_while_it_is_saved_is_what_was_approved_or_is_not_approved(at_once):
    known = make.release(State.IN_REVIEW).id
    make.officer("Amélie")

    def saving():
        return service.save(
            edition(known), make.text(lead="Changed."), make.shared(), base=1, by=person("Oksana")
        )

    at_once([saving, lambda: service.approve(edition(known), by=person("Amélie"))])

    assert (edition(known).state, edition(known).current.lead) == (State.DRAFT, "Changed.")
    approved = edition(known).approved
    assert approved is None or approved.lead == "A lead."


def test_of_two_who_begin_the_same_language_one_does(at_once):
    item = make.release(language="fr").item_id

    def beginning():
        release = db.session.get(Release, item)
        return service.start(release, "en", make.text(), make.shared(), by=person("Oksana")).id

    told = at_once([beginning] * 4)
    assert kinds(told) == ["WrongState"] * 3 + ["done"]
    assert db.session.scalar(select(func.count()).select_from(Edition)) == 2


def test_what_is_due_is_settled_once_however_many_look_for_it(at_once, frozen):
    ends = frozen.at + timedelta(hours=1)
    ids = [make.release(State.EMBARGO, at=ends).id for _number in range(5)]
    frozen.at = ends

    told = at_once([lambda: [each.id for each in service.settle()]] * 4)

    assert sorted(number for each in told for number in each) == ids
    assert (verbs("published"), references()) == (5, [(2025, number) for number in range(1, 6)])
    assert {edition(number).state for number in ids} == {State.PUBLISHED}


def test_a_text_is_withdrawn_once_and_an_update_does_not_bring_it_back(at_once):
    known = make.release(State.PUBLISHED)
    service.save(known, make.text(lead="Better."), make.shared(), base=1, by=make.officer())
    service.submit(known, by=make.officer())
    service.approve(known, by=make.officer("Amélie"))
    make.officer("Ada")
    number = known.id

    def withdrawing():
        return service.withdraw(edition(number), reason="Published in error.", by=person("Ada"))

    told = at_once([withdrawing, publishing(number, kind="minor"), withdrawing])
    assert "done" in kinds(told)
    assert set(kinds(told)) <= {"done", "WrongState"}
    assert verbs("withdrawn") == 1
    assert edition(number).public_from is None


def test_all_kinds_of_decisions_at_once_wait_for_each_other_and_none_in_a_ring(at_once, frozen):
    ends = frozen.at + timedelta(hours=1)
    due = [make.release(State.SCHEDULED, at=ends).id for _number in range(2)]
    approved = [make.release(State.APPROVED).id for _number in range(2)]
    shared = make.release(language="fr")
    make.release(item=shared.item, language="uk")
    number = shared.id
    frozen.at = ends

    def sharing():
        facts = make.shared(kind="speech")
        return service.save(edition(number), make.text("fr"), facts, base=1, by=person("Oksana")).number

    told = at_once(
        [
            *(publishing(each) for each in approved),
            *(lambda key=key: make.topic(key).id for key in ("one", "two", "three")),
            lambda: make.contact("new").id,
            sharing,
            lambda: len(service.settle()),
        ]
    )

    assert kinds(told) == ["done"] * 8
    assert {edition(each).state for each in due} == {State.PUBLISHED}
    assert references() == [(2025, each) for each in range(1, 5)]
    assert list(faults()) == []


def test_who_keeps_a_topic_and_who_publishes_do_not_wait_for_each_other_for_ever(at_once, monkeypatch):
    known = make.release(State.APPROVED).id
    in_the_log, holding = threading.Event(), threading.Event()
    record, wait_our_turn = keeping.record, turns.wait_our_turn

    def slowly(by, verb, thing, **more):
        entry = record(by, verb, thing, **more)
        if verb == "kept":
            in_the_log.set()
            holding.wait(0.3)  # in vain, if all begin with the same row
        return entry

    def told():
        wait_our_turn()
        holding.set()

    monkeypatch.setattr(keeping, "record", slowly)
    monkeypatch.setattr(turns, "wait_our_turn", told)
    told = at_once([lambda: make.topic("new").id, lambda: in_the_log.wait(10) and publishing(known)()])
    assert kinds(told) == ["done", "done"]


def test_one_file_added_by_several_at_once_is_one_picture(at_once):
    make.officer()
    out = io.BytesIO()
    Image.new("RGB", (400, 400), "navy").save(out, "PNG")
    told = at_once([lambda: library.add_picture(out.getvalue(), credit="Office", by=person("Oksana")).id] * 4)
    assert set(told) == {1}
    assert db.session.scalar(select(func.count()).select_from(Picture)) == 1

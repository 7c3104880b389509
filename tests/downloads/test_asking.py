"""Asking for parts: who may, what of, how much; asked twice, built once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.database import db
from app.downloads import queries, rules, service
from app.downloads.models import Format, Mode, Part, PartRequest, PartState
from app.downloads.service import Wish
from app.editorial import service as editorial
from app.editorial.models import State
from app.jobs.ledger import Job
from app.library.cutting.planning import WrongPart
from app.refusals import Missing
from tests import make


def wish(text, begins=30, ends=80, **changes):
    """Return a wish for two seconds of the film."""
    return Wish(text.id, begins, ends, **changes)


def parts():
    """Return every part."""
    return db.session.scalars(select(Part).order_by(Part.id)).all()


def owed():
    """Count the jobs that make parts."""
    return db.session.scalar(select(func.count()).select_from(Job).where(Job.name == queries.MAKE))


def test_asking_keeps_what_is_wanted_and_owes_its_making(text, tom, frozen):
    mine = service.request_part(wish(text), by=tom, wants_mail=True)
    part = mine.part
    assert (part.state, part.in_frame, part.out_frame, part.mode, part.format) == (
        PartState.WAITING, 30, 80, Mode.EXACT, Format.MASTER,
    )  # fmt: skip
    assert (part.edition_id, part.revision_id, part.asked_at) == (text.id, text.public_revision_id, frozen.at)
    assert [each["text"] for each in part.told["restrictions"]] == ["No archive use."]
    assert (mine.account_id, mine.seconds, mine.conditions, mine.wants_mail) == (tom.id, 2, "1", True)
    assert owed() == 1


def test_asked_twice_it_is_built_once_and_shared(text, tom):
    first = service.request_part(wish(text), by=tom)
    again = service.request_part(wish(text), by=tom)
    other = service.request_part(wish(text), by=make.media_user("Ines"))
    assert first.id == again.id != other.id
    assert first.part_id == other.part_id
    assert (len(parts()), owed()) == (1, 1)


@pytest.mark.parametrize("changes", [
    {"ends": 81}, {"begins": 31}, {"mode": Mode.FAST}, {"format": Format.SMALL},
])  # fmt: skip
def test_another_wish_is_another_part(text, tom, changes):
    service.request_part(wish(text), by=tom)
    service.request_part(wish(text, **changes), by=tom)
    assert len(parts()) == 2


def test_fast_says_where_it_really_begins_and_ends(text, tom):
    part = service.request_part(wish(text, mode=Mode.FAST), by=tom).part
    assert (part.real_in, part.real_out) == (25, 100)


def test_an_officer_may_ask_too(text):
    assert service.request_part(wish(text), by=make.officer("Max")).conditions == ""


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.APPROVED, State.SCHEDULED, State.EMBARGO, State.WITHDRAWN]
)
def test_what_is_not_public_is_not_there(film, tom, frozen, state):
    text = make.release(state, at=frozen.at + timedelta(hours=2))
    with pytest.raises(Missing):
        service.request_part(wish(text), by=tom)
    with pytest.raises(Missing):
        service.request_part(Wish(9999, 0, 50), by=tom)


def test_what_an_embargo_opens_is_there_before_its_hour_for_whom_it_opens_it(film, tom, frozen):
    group = make.group("Pool", "globe.test", admits=True)  # which is where Tom works
    text = make.embargoed(group)
    mine = service.request_part(wish(text), by=tom)
    assert mine.part.state == PartState.WAITING
    with pytest.raises(Missing):
        service.request_part(wish(text), by=make.media_user("Ines", "ines@other.test"))
    frozen.at += timedelta(hours=3)
    assert (
        service.request_part(wish(text), by=make.media_user("Ines", "ines@other.test")).part_id
        == mine.part_id
    )


def test_a_text_of_another_type_has_nothing_to_take(text, tom):
    event = make.event(State.PUBLISHED)
    with pytest.raises(Missing):
        service.request_part(wish(event), by=tom)


def test_a_film_that_nobody_has_looked_at_is_being_prepared(text, tom, shown, film):
    service.keep_index(film.id, None, "unreadable")
    with pytest.raises(rules.NotNow):
        service.request_part(wish(text), by=tom)
    shown.changes = {"master_id": None}
    with pytest.raises(rules.NotNow):
        service.request_part(wish(text), by=tom)


@pytest.mark.parametrize(
    ("begins", "ends", "refusal", "field"),
    [
        (80, 30, WrongPart, "out"),
        (30, 30, WrongPart, "out"),
        (30, 31, rules.TooShort, "out"),
        (30, 54, rules.TooShort, "out"),
        (100, 151, WrongPart, "out"),
        (150, 175, WrongPart, "in"),
        (-1, 50, WrongPart, "in"),
        (0, 2**62, WrongPart, "out"),
    ],
)
def test_no_part_of_the_film_is_refused_beside_its_field(text, tom, begins, ends, refusal, field):
    with pytest.raises(refusal) as told:
        service.request_part(wish(text, begins, ends), by=tom)
    assert (told.value.field, parts()) == (field, [])


def test_captions_are_asked_for_where_there_are_some(text, tom, shown):
    with pytest.raises(rules.NoCaptions):
        service.request_part(wish(text, captions="fr"), by=tom)
    shown.changes = {"captions": {"fr": "captions/ab/cd.vtt"}}
    part = service.request_part(wish(text, captions="fr"), by=tom).part
    assert (part.captions, part.told["captions"]) == ("fr", "captions/ab/cd.vtt")


# How much


def test_the_quota_is_asked_of_what_is_new_alone(text, tom, app, monkeypatch):
    monkeypatch.setitem(app.config, "PARTS_AT_ONCE", 1)
    service.request_part(wish(text), by=tom)
    service.request_part(wish(text), by=tom)
    with pytest.raises(rules.OverQuota):
        service.request_part(wish(text, ends=90), by=tom)
    service.request_part(wish(text, ends=90), by=make.media_user("Ines"))


def test_what_is_cancelled_counts_for_the_day_and_not_for_what_is_under_way(
    text, tom, app, monkeypatch, frozen
):
    monkeypatch.setitem(app.config, "PARTS_AT_ONCE", 1)
    monkeypatch.setitem(app.config, "PARTS_DAY", 2)
    service.cancel(service.request_part(wish(text), by=tom).id, by=tom)
    service.cancel(service.request_part(wish(text, ends=90), by=tom).id, by=tom)
    with pytest.raises(rules.OverQuota) as told:
        service.request_part(wish(text, ends=91), by=tom)
    assert told.value.until == frozen.at + timedelta(hours=24)
    frozen.at += timedelta(hours=24)
    service.request_part(wish(text, ends=91), by=tom)


def test_minutes_of_a_day_are_those_of_all_parts(text, tom, app, monkeypatch):
    monkeypatch.setitem(app.config, "PART_MINUTES_DAY", 0)
    with pytest.raises(rules.OverQuota):
        service.request_part(wish(text), by=tom)


# Another mind


def test_what_nobody_wants_any_more_is_not_made(text, tom):
    ines = make.media_user("Ines")
    mine, other = service.request_part(wish(text), by=tom), service.request_part(wish(text), by=ines)
    service.cancel(mine.id, by=tom)
    assert other.part.state == PartState.WAITING
    service.cancel(other.id, by=ines)
    assert db.session.get(Part, other.part_id).state == PartState.CANCELLED


def test_somebody_elses_request_is_not_there(text, tom):
    mine = service.request_part(wish(text), by=tom)
    for act in (service.cancel, service.ask_again, service.want_mail, service.open_part):
        with pytest.raises(Missing):
            act(mine.id, by=make.media_user("Ines"))
        with pytest.raises(Missing):
            act(9999, by=tom)


def test_a_cancelled_request_is_not_there_and_can_be_asked_for_again(text, tom):
    mine = service.request_part(wish(text), by=tom)
    service.cancel(mine.id, by=tom)
    with pytest.raises(Missing):
        service.cancel(mine.id, by=tom)
    again = service.request_part(wish(text), by=tom)
    assert (again.id, again.part.state, again.cancelled_at) == (mine.id, PartState.WAITING, None)
    assert owed() == 2


def test_only_what_is_under_way_can_be_cancelled_or_announced(text, tom):
    mine = service.request_part(wish(text), by=tom)
    service.want_mail(mine.id, by=tom)
    assert db.session.get(PartRequest, mine.id).wants_mail
    end(mine.part_id, PartState.FAILED)
    for act in (service.cancel, service.want_mail):
        with pytest.raises(rules.Unready):
            act(mine.id, by=tom)


def end(part_id, state):
    """Let a part have ended in that state."""
    from app.acts import act

    @act
    def do():
        part = queries.part_held(part_id)
        part.state, part.problem = state, "crashed"

    do()


@pytest.mark.parametrize("state", [PartState.FAILED, PartState.CANCELLED, PartState.EXPIRED])
def test_what_ended_is_asked_for_again_as_if_it_were_new(text, tom, state):
    mine = service.request_part(wish(text), by=tom)
    end(mine.part_id, state)
    again = service.ask_again(mine.id, by=tom)
    assert (again.id, again.part.state, again.part.problem, owed()) == (mine.id, PartState.WAITING, "", 2)


def test_what_has_not_ended_is_not_asked_for_again(text, tom):
    mine = service.request_part(wish(text), by=tom)
    with pytest.raises(rules.NotEnded):
        service.ask_again(mine.id, by=tom)


def test_what_was_withdrawn_is_not_asked_for_again(text, tom):
    mine = service.request_part(wish(text), by=tom)
    end(mine.part_id, PartState.EXPIRED)
    editorial.withdraw(text, reason="Wrong footage.", by=make.officer("Amélie"))
    with pytest.raises(rules.Gone):
        service.ask_again(mine.id, by=tom)


def test_what_was_corrected_is_another_part(text, tom, shown):
    mine = service.request_part(wish(text), by=tom)
    end(mine.part_id, PartState.EXPIRED)
    shown.changes = {"credit": "Another credit"}
    again = service.ask_again(mine.id, by=tom)
    assert again.part_id != mine.part_id
    assert again.part.told["credit"] == "Another credit"

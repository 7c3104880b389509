"""What an event is kept as: nothing silently changed, nothing seen deleted; what it lacks, and what clashes."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.database import db
from app.editorial import rules, service
from app.editorial.models import State
from app.editorial.queries import afterwards
from app.editorial.service.snapshots import shared_of, text_of
from app.events.models import Event
from app.events.rules import (
    EndFirst,
    Seen,
    TooManyEntries,
    check_span,
    hours,
    missing,
    overlaps,
)
from app.refusals import Refusal
from app.text.characters import TooManyCharacters
from app.web.days import midnight
from tests import make

NINE, TEN, ELEVEN = (f"2025-11-21T{hour:02}:00:00+00:00" for hour in (8, 9, 10))


def moved(edition, key="e0000001", **changes):
    """Return the facts of ``edition`` with those of one entry changed."""
    facts = edition.current.facts
    programme = [entry | changes if entry["id"] == key else entry for entry in facts["programme"]]
    return replace(shared_of(edition.current), facts=facts | {"programme": programme})


def saved(edition, shared, **fields):
    text = text_of(edition.current)
    text = replace(text, fields=text.fields | fields)
    return service.save(edition, text, shared, base=edition.current.number, by=make.officer())


def first(edition):
    return edition.current.facts["programme"][0]


# Nothing is silently changed


def test_a_time_that_nobody_saw_changes_without_a_trace(app):
    edition = make.event(facts=make.event_facts(make.entry()))
    saved(edition, moved(edition, starts_at=TEN))
    assert "was" not in first(edition)
    assert first(edition)["state"] == "planned"


def test_a_time_that_readers_saw_is_kept_beside_the_new_one(app, frozen):
    edition = make.event(State.PUBLISHED, facts=make.event_facts(make.entry()))
    frozen.at += timedelta(hours=1)
    saved(edition, moved(edition, starts_at=TEN, ends_at=ELEVEN))
    entry = first(edition)
    assert entry["was"] == {"starts_at": NINE}
    assert entry["changed_at"] == frozen.at.isoformat()
    assert entry["state"] == "moved"


def test_the_change_survives_later_versions_with_its_own_moment(app, frozen):
    edition = make.event(State.PUBLISHED, facts=make.event_facts(make.entry()))
    changed_at = frozen.at.isoformat()
    make.event_again(edition, moved(edition, starts_at=TEN))
    for title in ("Second", "Third"):
        frozen.at += timedelta(hours=1)
        make.event_again(edition, title=title)
    assert (first(edition)["was"], first(edition)["changed_at"]) == ({"starts_at": NINE}, changed_at)


def test_saving_again_before_publication_keeps_the_moment_of_the_change(app, frozen):
    edition = make.event(State.PUBLISHED, facts=make.event_facts(make.entry()))
    changed_at = frozen.at.isoformat()
    saved(edition, moved(edition, starts_at=TEN))
    frozen.at += timedelta(hours=1)
    saved(edition, moved(edition, access="pool"))
    assert first(edition)["changed_at"] == changed_at


def test_a_time_moved_back_before_anybody_saw_it_was_never_moved(app):
    edition = make.event(State.PUBLISHED, facts=make.event_facts(make.entry()))
    saved(edition, moved(edition, starts_at=TEN))
    saved(edition, moved(edition, starts_at=NINE))
    assert "was" not in first(edition)
    assert first(edition)["state"] == "planned"


def test_moved_twice_in_public_the_last_time_seen_is_told(app):
    edition = make.event(State.PUBLISHED, facts=make.event_facts(make.entry()))
    make.event_again(edition, moved(edition, starts_at=TEN))
    make.event_again(edition, moved(edition, starts_at=ELEVEN))
    assert first(edition)["was"] == {"starts_at": TEN}


def test_about_an_hour_is_another_time_than_the_hour(app):
    edition = make.event(State.PUBLISHED, facts=make.event_facts(make.entry(is_around=True)))
    saved(edition, moved(edition, is_around=False))
    assert first(edition)["was"] == {"starts_at": NINE, "is_around": True}


def test_the_hours_of_the_event_itself_are_told_in_the_same_way(app):
    edition = make.event(State.PUBLISHED)
    shared = shared_of(edition.current)
    saved(edition, replace(shared, facts=shared.facts | {"starts_at": TEN}))
    facts = edition.current.facts
    assert facts["was"]["starts_at"] == NINE
    assert facts["state"] == "moved"


def test_a_cancelled_entry_that_also_moved_stays_cancelled(app):
    edition = make.event(State.PUBLISHED, facts=make.event_facts(make.entry()))
    saved(edition, moved(edition, starts_at=TEN, state="cancelled"))
    assert first(edition)["state"] == "cancelled"


def test_what_a_scheduled_version_says_was_not_seen_yet(app, frozen):
    edition = make.event(
        State.SCHEDULED, facts=make.event_facts(make.entry()), at=frozen.at + timedelta(hours=1)
    )
    saved(edition, moved(edition, starts_at=TEN))
    assert "was" not in first(edition)


def test_readers_of_one_language_know_what_those_of_another_saw(app):
    french = make.event(State.PUBLISHED, language="fr", facts=make.event_facts(make.entry()))
    english = make.event(item=french.item, facts=shared_of(french.current))
    saved(english, moved(english, starts_at=TEN))
    db.session.refresh(french)
    assert first(english)["was"] == first(french)["was"] == {"starts_at": NINE}


def test_words_alone_leave_the_other_languages_and_their_approval_alone(app):
    french = make.event(State.PUBLISHED, language="fr", facts=make.event_facts(make.entry()))
    make.event_again(french, moved(french, starts_at=TEN))
    english = make.event(item=french.item, facts=shared_of(french.current))
    saved(english, shared_of(english.current), note="Because of fog.")
    db.session.refresh(french)
    assert french.state is State.PUBLISHED


def test_what_a_language_said_when_it_went_does_not_hide_what_another_says_since(app, frozen):
    french = make.event(State.PUBLISHED, language="fr", facts=make.event_facts(make.entry()))
    english = make.event(State.PUBLISHED, item=french.item, facts=shared_of(french.current))
    frozen.at += timedelta(hours=1)
    make.event_again(french, moved(french, starts_at=TEN))
    frozen.at += timedelta(hours=1)
    service.withdraw(english, reason="A mistake.", by=make.officer("Amélie"))
    assert afterwards.seen_facts(french.item_id)["programme"][0]["starts_at"] == TEN


# What readers have seen stays


def test_an_entry_that_readers_saw_cannot_be_deleted(app):
    edition = make.event(State.PUBLISHED, facts=make.event_facts(make.entry()))
    shared = shared_of(edition.current)
    with pytest.raises(Seen) as refused:
        saved(edition, replace(shared, facts=shared.facts | {"programme": []}))
    assert refused.value.keys == ("e0000001",)
    assert edition.current.number == 1


def test_an_entry_that_nobody_saw_can_be_deleted_with_its_words(app):
    edition = make.event(facts=make.event_facts(make.entry(), make.entry("e0000002")))
    shared = shared_of(edition.current)
    saved(edition, replace(shared, facts=shared.facts | {"programme": shared.facts["programme"][1:]}))
    assert list(edition.current.fields["programme"]) == ["e0000002"]


def test_what_a_withdrawn_page_said_was_seen_all_the_same(app):
    edition = make.event(State.WITHDRAWN, facts=make.event_facts(make.entry()))
    shared = shared_of(edition.current)
    with pytest.raises(Seen):
        saved(edition, replace(shared, facts=shared.facts | {"programme": []}))


def test_what_waits_for_its_hour_after_a_withdrawal_was_not_seen(app, frozen):
    edition = make.event(State.WITHDRAWN, facts=make.event_facts(make.entry()))
    shared = shared_of(edition.current)
    more = [*shared.facts["programme"], make.entry("e0000002")]
    words = edition.current.fields["programme"] | {"e0000002": {"title": "More"}}
    saved(edition, replace(shared, facts=shared.facts | {"programme": more}), programme=words)
    service.submit(edition, by=make.officer())
    service.approve(edition, by=make.officer("Amélie"))
    service.publish(edition, by=make.officer("Amélie"), wanted_at=frozen.at + timedelta(hours=1))
    seen = afterwards.seen_facts(edition.item_id)
    assert [each["id"] for each in seen["programme"]] == ["e0000001"]
    saved(edition, shared)
    assert len(edition.current.facts["programme"]) == 1
    with pytest.raises(Seen):
        saved(edition, replace(shared, facts=shared.facts | {"programme": []}))


def test_a_form_without_the_programme_leaves_it_as_it_is(app):
    edition = make.event(facts=make.event_facts(make.entry()))
    shared = shared_of(edition.current)
    facts = {name: value for name, value in shared.facts.items() if name != "programme"}
    text = replace(text_of(edition.current), fields={"links": []})
    service.save(
        edition, text, replace(shared, facts=facts | {"state": "cancelled"}), base=1, by=make.officer()
    )
    assert first(edition)["id"] == "e0000001"
    assert edition.current.fields["programme"]["e0000001"]["title"] == "Entry e0000001"


def test_a_new_language_begins_with_the_programme_and_without_its_words(app):
    english = make.event(facts=make.event_facts(make.entry()))
    shared = make.event_facts()
    del shared.facts["programme"]
    french = service.start(english.item, "fr", make.text("fr"), shared, by=make.officer())
    assert [entry["id"] for entry in french.current.facts["programme"]] == ["e0000001"]
    assert french.current.fields["programme"] == {}


# Values


def test_when_something_is_delivered_is_noted_once(app, frozen):
    edition = make.event(facts=make.event_facts(make.entry()))
    result = {"kind": "video", "state": "expected", "url": ""}
    saved(edition, moved(edition, results=[result]))
    assert first(edition)["results"][0]["at"] is None

    delivered = result | {"state": "delivered", "url": "https://video.example/1"}
    saved(edition, moved(edition, results=[delivered]))
    at = frozen.at.isoformat()
    frozen.at += timedelta(hours=1)
    saved(edition, moved(edition, results=[delivered], access="pool"))
    assert first(edition)["results"][0]["at"] == at


def test_words_are_cleaned_and_their_typography_put_right(app):
    edition = make.event(language="fr", facts=make.event_facts(make.entry()))
    words = {"e0000001": {"title": "L'accueil :\0\u202e <b>tous</b>", "place": "Salle 1", "other": "x"}}
    saved(edition, shared_of(edition.current), programme=words, note="A cause de l'orage !")
    kept = edition.current.fields
    assert kept["programme"]["e0000001"]["title"] == "L’accueil\u00a0: <b>tous</b>"
    assert "other" not in kept["programme"]["e0000001"]
    assert kept["note"] == "A cause de l’orage\u202f!"


def test_words_that_no_line_can_hold_are_refused(app):
    edition = make.event(facts=make.event_facts(make.entry()))
    with pytest.raises(TooManyCharacters) as refused:
        saved(edition, shared_of(edition.current), programme={"e0000001": {"title": "x" * 301}})
    assert refused.value.field == "title"


def test_five_hundred_entries_are_kept_and_one_more_is_refused(app):
    entries = [make.entry(f"e{number:07x}") for number in range(501)]
    edition = make.event(facts=make.event_facts(*entries[:500]))
    assert len(edition.current.facts["programme"]) == 500
    with pytest.raises(TooManyEntries):
        saved(edition, make.event_facts(*entries))


@pytest.mark.parametrize("ends_at", [NINE, "2025-11-21T07:59:00+00:00"])
def test_an_end_before_the_start_is_refused(app, ends_at):
    with pytest.raises(EndFirst):
        make.event(facts=make.event_facts(make.entry(ends_at=ends_at)))
    with pytest.raises(EndFirst):
        make.event(facts=make.event_facts(ends_at=ends_at))


def test_an_entry_without_a_start_is_refused(app):
    with pytest.raises(Refusal):
        make.event(facts=make.event_facts(make.entry(starts_at=None)))


def test_an_event_lasts_sixty_days_at_most(app):
    start = datetime(2025, 11, 21, tzinfo=UTC)
    check_span(start, start + timedelta(days=60), field="ends_day")
    with pytest.raises(Refusal) as refused:
        check_span(start, start + timedelta(days=60, minutes=1), field="ends_day")
    assert refused.value.field == "ends_day"
    check_span(None, start, field="ends_day")


# What is missing


def test_what_an_event_cannot_be_reviewed_without(app):
    facts = make.event_facts(make.entry(), make.entry("e0000002"), starts_at=None, ends_at=None)
    edition = make.event(facts=facts, place="", titles={"e0000002": ""})
    assert [gap.field for gap in missing(edition.current)] == ["starts_day", "place", "programme"]
    assert str(missing(edition.current)[2]) == "1 entry of the programme has no title in this language."
    with pytest.raises(rules.NotReady):
        service.submit(edition, by=make.officer())


def test_an_entry_added_in_one_language_is_missing_in_the_others(app):
    english = make.event(facts=make.event_facts(make.entry()))
    french = make.event(item=english.item, language="fr", facts=shared_of(english.current))
    assert missing(french.current) == []
    shared = shared_of(english.current)
    programme = [*shared.facts["programme"], make.entry("e0000002")]
    words = english.current.fields["programme"] | {"e0000002": {"title": "Added"}}
    saved(english, replace(shared, facts=shared.facts | {"programme": programme}), programme=words)
    db.session.refresh(french)
    assert len(french.current.facts["programme"]) == 2
    assert missing(english.current) == []
    assert [gap.field for gap in missing(french.current)] == ["programme"]


def test_an_event_that_is_online_needs_no_place(app):
    edition = make.event(facts=make.event_facts(stream_url="https://live.example/1"), place="")
    assert missing(edition.current) == []


# Hours of what is public


def test_what_is_public_carries_its_hours_and_what_is_not_has_none(app, frozen):
    edition = make.event(State.APPROVED)
    assert edition.starts_at is None
    service.publish(edition, by=make.officer("Amélie"))
    assert (edition.starts_at.isoformat(), edition.ends_at.isoformat()) == (NINE, "2025-11-21T16:00:00+00:00")
    service.withdraw(edition, reason="Error.", by=make.officer("Amélie"))
    assert (edition.starts_at, edition.ends_at) == (None, None)

    waiting = make.event(State.SCHEDULED, at=frozen.at + timedelta(hours=1))
    assert waiting.starts_at.isoformat() == NINE
    service.take_back(waiting, by=make.officer("Amélie"))
    assert (waiting.starts_at, waiting.ends_at) == (None, None)


def test_a_release_has_no_hours(app):
    edition = make.published()
    assert (edition.starts_at, edition.ends_at) == (None, None)


@pytest.mark.parametrize(
    ("entries", "ends"),
    [
        ([], "2025-11-21T23:00:00+00:00"),
        ([make.entry(ends_at=TEN)], TEN),
        ([make.entry(starts_at=TEN)], ELEVEN),
        ([make.entry(starts_at=TEN, state="cancelled")], "2025-11-21T23:00:00+00:00"),
    ],
)
def test_an_event_without_an_end_ends_with_its_programme_or_with_its_day(app, entries, ends):
    edition = make.event(facts=make.event_facts(*entries, ends_at=None))
    assert hours(edition.current)[1].isoformat() == ends


def test_midnight_is_the_offices_on_either_side_of_the_jump(app):
    assert midnight(date(2025, 10, 26)).isoformat() == "2025-10-25T22:00:00+00:00"
    assert midnight(date(2025, 10, 27)).isoformat() == "2025-10-26T23:00:00+00:00"


def test_nobody_saw_what_was_never_public(app):
    assert afterwards.seen_facts(make.event().item_id) is None


# Rooms


def clashes(*entries, places=None):
    words = {entry["id"]: {"place": (places or {}).get(entry["id"], "Room 1")} for entry in entries}
    return [(clash.first, clash.second) for clash in overlaps(entries, words)]


def test_two_entries_in_one_room_at_one_time_are_worth_a_warning():
    one, two = make.entry("e1", NINE, ends_at=ELEVEN), make.entry("e2", TEN)
    assert clashes(one, two) == [(1, 2)]
    assert clashes(two, one) == [(1, 2)]
    assert clashes(make.entry("e1", NINE), make.entry("e2", NINE)) == [(1, 2)]


def test_what_follows_is_elsewhere_cancelled_or_nowhere_is_not():
    one, two = make.entry("e1", NINE, ends_at=TEN), make.entry("e2", TEN)
    assert clashes(one, two) == []
    long = one | {"ends_at": ELEVEN}
    assert clashes(long, two, places={"e1": "Room 1", "e2": "Room 2"}) == []
    assert clashes(long, two, places={"e1": "", "e2": ""}) == []
    assert clashes(long, two | {"state": "cancelled"}) == []


def test_a_room_is_the_same_however_it_is_typed():
    one, two = make.entry("e1", NINE, ends_at=ELEVEN), make.entry("e2", TEN)
    assert clashes(one, two, places={"e1": "Salle  de PRESSE", "e2": "salle de presse"}) == [(1, 2)]


def test_of_five_hundred_in_one_room_the_first_warnings_are_told():
    entries = [make.entry(f"e{number}", NINE, ends_at=TEN) for number in range(500)]
    assert len(clashes(*entries)) == 20


def test_an_event_is_an_item_without_number_or_date_in_its_address(app):
    edition = make.event(State.PUBLISHED)
    assert (edition.path, edition.item.reference) == ("ministers-adopt-a-road-map", None)
    assert isinstance(edition.item, Event)

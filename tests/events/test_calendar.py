"""Events in calendars: read back with a calendar library, and by the letter of RFC 5545."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from app.editorial.models import State
from app.editorial.service.snapshots import shared_of
from tests import make

EIGHT = datetime(2025, 11, 21, 8, tzinfo=UTC)


def lines(client, path):
    """Return the events of a calendar by their UID, after a look at every line of the file."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    assert answer.content_type == "text/calendar; charset=utf-8"
    for line in answer.data.removesuffix(b"\r\n").split(b"\r\n"):
        assert len(line) <= 75, line
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")  # no letter is cut in two
    calendar = Calendar.from_ical(answer.data)
    assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
    assert calendar.errors == []
    found = {str(each["UID"]): each for each in calendar.walk("VEVENT")}
    for each in found.values():
        assert each.errors == []
        assert each["DTSTAMP"].dt.utcoffset() == timedelta(0)
    return found


def published(*entries, **facts):
    return make.event(State.PUBLISHED, facts=make.event_facts(*entries, **facts))


def test_an_event_is_one_line_and_each_entry_another(client):
    one = make.entry(ends_at="2025-11-21T09:00:00+00:00")
    edition = published(one, make.entry("e0000002", "2025-11-21T10:00:00+00:00"))
    found = lines(client, f"/en/events/{edition.path}.ics")
    assert list(found) == [
        f"edition-{edition.id}{end}@newsroom.test" for end in ("", "-e0000001", "-e0000002")
    ]
    whole, first, second = found.values()
    assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (EIGHT, EIGHT + timedelta(hours=8))
    assert whole["SUMMARY"] == "Ministers adopt a road map"
    assert whole["URL"] == f"http://newsroom.test/en/events/{edition.path}"
    assert whole["LOCATION"] == "Brussels"
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (EIGHT, EIGHT + timedelta(hours=1))
    assert first["URL"] == f"http://newsroom.test/en/events/{edition.path}#e0000001"
    assert "DTEND" not in second
    assert {str(each["STATUS"]) for each in found.values()} == {"CONFIRMED"}


def test_an_entry_has_a_file_of_its_own(client):
    edition = published(make.entry(), make.entry("e0000002"))
    found = lines(client, f"/en/events/{edition.path}/e0000002.ics")
    assert list(found) == [f"edition-{edition.id}-e0000002@newsroom.test"]
    assert client.get(f"/en/events/{edition.path}/e0000003.ics").status_code == 404


def test_hours_are_written_in_utc(client):
    edition = published(make.entry())
    data = client.get(f"/en/events/{edition.path}.ics").data
    assert b"DTSTART:20251121T080000Z\r\n" in data
    assert b"VTIMEZONE" not in data
    assert b"TZID" not in data


def test_a_change_keeps_the_uid_and_raises_the_sequence(client, frozen):
    edition = published(make.entry(), make.entry("e0000002"))
    address = f"/en/events/{edition.path}.ics"
    before = lines(client, address)

    frozen.at += timedelta(hours=1)
    facts = edition.current.facts
    first, second = facts["programme"]
    programme = [first | {"starts_at": "2025-11-21T09:30:00+00:00"}, second | {"state": "cancelled"}]
    make.event_again(edition, replace(shared_of(edition.current), facts=facts | {"programme": programme}))
    after = lines(client, address)

    assert list(after) == list(before)
    assert all(after[uid]["SEQUENCE"] > before[uid]["SEQUENCE"] for uid in before)
    _whole, moved, cancelled = after.values()
    assert moved["DTSTART"].dt == datetime(2025, 11, 21, 9, 30, tzinfo=UTC)
    assert "Before the change: 21\u00a0November 2025, 09:00, Brussels time (UTC+1)" in moved["DESCRIPTION"]
    assert cancelled["STATUS"] == "CANCELLED"
    assert moved["LAST-MODIFIED"].dt == frozen.at
    assert moved["DTSTAMP"].dt == frozen.at


def test_what_nobody_published_changes_no_sequence(client):
    edition = published(make.entry())
    address = f"/en/events/{edition.path}.ics"
    before = client.get(address).data
    shared = shared_of(edition.current)
    from app.editorial import service
    from app.editorial.service.snapshots import text_of

    service.save(edition, replace(text_of(edition.current), title="Draft"), shared, base=1, by=make.officer())
    assert client.get(address).data == before


def test_a_cancelled_event_is_cancelled_with_all_its_hours(client):
    edition = published(make.entry())
    shared = shared_of(edition.current)
    make.event_again(edition, replace(shared, facts=shared.facts | {"state": "cancelled"}))
    found = lines(client, f"/en/events/{edition.path}.ics")
    assert {str(each["STATUS"]) for each in found.values()} == {"CANCELLED"}


def test_whole_days_are_days_and_the_end_is_the_day_after(client):
    days = {
        "starts_at": "2025-11-20T23:00:00+00:00",
        "ends_at": "2025-11-22T23:00:00+00:00",
        "precision": "day",
    }
    edition = published(**days)
    (line,) = lines(client, f"/en/events/{edition.path}.ics").values()
    assert (line["DTSTART"].dt, line["DTEND"].dt) == (date(2025, 11, 21), date(2025, 11, 23))


def test_long_words_in_any_script_are_folded_between_letters(client):
    words = {"programme": {"e0000001": {"title": "Зустріч " * 30, "people": "👩🏽‍🚀, ; \\ é" * 20}}}
    edition = make.event(State.PUBLISHED, facts=make.event_facts(make.entry()), fields=words)
    line = lines(client, f"/en/events/{edition.path}/e0000001.ics").popitem()[1]
    assert line["SUMMARY"] == edition.current.fields["programme"]["e0000001"]["title"]
    assert edition.current.fields["programme"]["e0000001"]["people"] in line["DESCRIPTION"]


def test_the_calendar_to_follow_has_what_is_coming_and_keeps_what_is_just_over(client, frozen):
    def on(day, title):
        hours = {"starts_at": f"2025-{day}T08:00:00+00:00", "ends_at": f"2025-{day}T09:00:00+00:00"}
        return make.event(State.PUBLISHED, facts=make.event_facts(make.entry(), **hours), title=title)

    on("12-03", "Coming"), on("11-01", "Just over"), on("10-01", "Long over")
    titles = [str(each["SUMMARY"]) for each in lines(client, "/en/events.ics").values()]
    assert titles == ["Just over", "Coming"]
    assert lines(client, "/fr/events.ics") == {}
    frozen.at += timedelta(days=12)
    assert [str(each["SUMMARY"]) for each in lines(client, "/en/events.ics").values()] == ["Coming"]


def test_the_list_offers_to_follow_it(browse):
    page = browse("/en/events/")
    assert page.one("a[href^='webcal:']")["href"] == "webcal://newsroom.test/en/events.ics"

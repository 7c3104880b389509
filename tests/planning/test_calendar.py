"""The desk's calendar: what becomes public and what happens, in the office's days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.editorial.models import State
from app.editorial.service import embargo
from app.planning import queries
from app.planning.queries import Slot
from app.planning.views import _days_of
from tests import make
from tests.browser import Page, hold_to_the_house

AT = datetime(2025, 11, 21, 14, 0, tzinfo=UTC)  # 15:00 in Brussels


@pytest.fixture
def amelie(app):
    """A browser in which Amélie, who publishes, is signed in."""
    return make.signed_in(app, "Amélie")


def between(days=40):
    """What the calendar has from yesterday on."""
    start = datetime(2025, 11, 19, tzinfo=UTC)
    return queries.between(start, start + timedelta(days=days))


def cell(page, day):
    """The cell of a day in the month."""
    return next(each for each in page.all("td.calendar__day") if each.select_one("time")["datetime"] == day)


def test_what_waits_and_what_was_published_are_on_their_days(amelie):
    make.release(State.EMBARGO, title="Bridges", at=AT)
    make.release(State.PUBLISHED, title="Tunnels")
    make.release(title="A draft has no day")
    page = Page(amelie.get("/desk/calendar/"))
    hold_to_the_house(page)
    assert "November 2025" in page.one("h1").get_text()
    assert cell(page, "2025-11-21").select_one(".calendar-slot__title").get_text() == "Bridges"
    assert "15:00" in cell(page, "2025-11-21").get_text()
    assert "Under embargo" in cell(page, "2025-11-21").get_text()
    assert "Tunnels" in cell(page, "2025-11-20").get_text()
    assert page.one("[aria-current=date]").get_text().endswith("20")
    assert "A draft" not in page.html


def test_languages_that_go_out_together_are_one_thing(app):
    french = make.release(State.SCHEDULED, title="Ponts", language="fr", at=AT)
    make.release(State.SCHEDULED, title="Bridges", item=french.item, at=AT)
    make.release(State.SCHEDULED, title="Мости", language="uk", item=french.item, at=AT + timedelta(hours=1))
    assert [(slot.title, slot.languages) for slot in between()] == [
        ("Bridges", ("fr", "en")),
        ("Мости", ("uk",)),
    ]


def test_an_event_whose_page_ended_is_no_longer_planned(app):
    make.event(State.WITHDRAWN, title="Mistake")
    make.event(title="Meeting")
    assert [slot.title for slot in between() if slot.is_event] == ["Meeting"]


@pytest.mark.parametrize(("minutes", "is_close"), [(0, True), (14, True), (15, False)])
def test_publications_close_to_each_other_are_told(amelie, minutes, is_close):
    make.release(State.SCHEDULED, title="Bridges", at=AT)
    make.release(State.SCHEDULED, title="Tunnels", at=AT + timedelta(minutes=minutes))
    assert [slot.clashes for slot in between()] == ([("Tunnels",), ("Bridges",)] if is_close else [(), ()])
    page = Page(amelie.get("/desk/calendar/"))
    assert ("Close to: Tunnels" in page.one("main").get_text()) == is_close


def slot(hour, length, *, number, **more):
    """An event of so many hours."""
    at = AT + timedelta(hours=hour)
    known = {
        "at": at,
        "ends_at": at + timedelta(hours=length),
        "is_event": True,
        "type": "event",
        "item_id": number,
    }
    known |= {"language": "en", "languages": ("en",), "title": f"Event {number}", "state": State.DRAFT}
    return Slot(**(known | more))


def test_events_that_overlap_clash_unless_one_is_cancelled():
    one, two, three = slot(0, 8, number=1), slot(7, 1, number=2), slot(8, 1, number=3)
    clashes = [each.clashes for each in queries._with_clashes([one, two, three])]
    assert clashes == [("Event 2",), ("Event 1",), ()]
    cancelled = slot(7, 1, number=2, is_cancelled=True)
    assert [each.clashes for each in queries._with_clashes([one, cancelled])] == [(), ()]


def test_an_event_is_shown_on_every_day_that_it_touches(app):
    long = slot(0, 33, number=1)  # until midnight of the next day in Brussels
    days = [str(day) for day in _days_of(long)]
    assert days == ["2025-11-21", "2025-11-22"]


@pytest.mark.parametrize(("view", "days"), [("week", 7), ("list", 1)])
def test_week_and_list_show_days_with_a_way_to_change_a_time(amelie, view, days):
    edition = make.release(State.SCHEDULED, title="Bridges", at=AT)
    page = Page(amelie.get(f"/desk/calendar/?view={view}"))
    hold_to_the_house(page)
    assert len(page.all(".calendar-day")) == days
    link = page.one(".calendar-slot__act a")
    assert link["href"] == f"/desk/releases/{edition.item_id}/en/moment"
    assert link.get_text() == "Change the time: Bridges"


def test_nobody_is_offered_to_move_what_readers_have_seen_or_what_is_not_theirs(app, amelie):
    make.release(State.PUBLISHED, title="Tunnels")
    assert Page(amelie.get("/desk/calendar/?view=week")).all(".calendar-slot__act") == []
    make.release(State.SCHEDULED, title="Bridges", at=AT)
    oksana = make.signed_in(app, "Oksana")
    page = Page(oksana.get("/desk/calendar/?view=week"))
    assert "Bridges" in page.html
    assert page.all(".calendar-slot__act") == []


def test_windows_follow_each_other(amelie):
    page = Page(amelie.get("/desk/calendar/?view=month&day=2025-12-15"))
    assert page.one("a[rel=prev]")["href"] == "/desk/calendar/?view=month&day=2025-11-30"
    assert page.one("a[rel=next]")["href"] == "/desk/calendar/?view=month&day=2026-01-01"
    assert len(page.all("tbody tr")) == 5
    week = Page(amelie.get("/desk/calendar/?view=week&day=2025-12-31"))
    assert "29\u00a0December 2025" in week.one("h1").get_text()
    assert "Nothing is planned" in Page(amelie.get("/desk/calendar/?view=list&day=2030-01-01")).html


@pytest.mark.parametrize(
    "query", ["day=x", "day=9999-12-31", "day=0001-01-01", "view=year", "day=%00", "day=2025-02-30"]
)
def test_odd_days_are_answered(amelie, query):
    assert amelie.get(f"/desk/calendar/?{query}").status_code == 200


def test_an_embargo_that_is_moved_moves_on_the_calendar(app):
    edition = make.release(State.EMBARGO, at=AT)
    later = AT + timedelta(days=1)
    embargo.move(edition, to=later, reason="The ministers are late.", by=make.officer("Amélie"), seen=AT)
    assert [slot.at for slot in between()] == [later]

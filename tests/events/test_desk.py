"""An officer's way with an event and its programme, without script, and every way in which it can go wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app.database import db
from app.editorial import queries, service
from app.editorial.models import State
from app.editorial.service.snapshots import shared_of, text_of
from app.languages import LANGUAGES
from app.text.moments import UTC
from tests import make
from tests.browser import Page, check_html, hold_to_the_house

NEW = "/desk/events/new?language=en"


@pytest.fixture
def oksana(app):
    """A browser in which Oksana (writer) is signed in."""
    return make.signed_in(app, "Oksana")


def here(edition, page="programme"):
    return f"/desk/events/{edition.item_id}/{edition.language}/{page}"


def typed(by, path, **changes):
    """The fields of the form at ``path`` as it stands, with ``changes``."""
    page = Page(by.get(path))
    assert page.status == 200, page.html[:500]
    return form_of(page) | changes


def form_of(page):
    """The fields of the form on ``page``."""
    fields = {}
    for control in page.one("#text-form, #programme-form").select("input, textarea, select"):
        kind = control.get("type")
        if kind in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            fields[control["name"]] = chosen["value"]
        elif control.name == "textarea":
            fields[control["name"]] = control.get_text().removeprefix("\r\n").removeprefix("\n")
        elif control.get("name") and kind != "submit":
            fields[control["name"]] = control.get("value", "y" if kind == "checkbox" else "")
    return fields


def send(by, path, status=303, **fields):
    """Send the form at ``path`` with ``fields`` changed; return the answer as a page."""
    return post(by, path, typed(by, path, **fields), status)


def post(by, path, fields, status=303):
    page = Page(by.post(path, data=fields))
    assert page.status == status, (page.status, page.words() if page.status != 303 else page.html[:500])
    return page


def rows(page):
    return [each["value"] for each in page.all("input[name$='-title']")]


def row(number, **values):
    return {f"programme-{number}-{name}": value for name, value in values.items()}


def errors(page):
    return [each.get_text(" ", strip=True).removeprefix("Error: ") for each in page.all(".field__error")]


# The event


def test_from_the_desk_to_the_reader_with_three_hours(app, oksana, client, browse):
    browse("/desk/events/", by=oksana)
    browse(NEW, by=oksana)
    send(
        oksana, NEW, title="Ministers’ meeting", lead="Ministers meet in Brussels.", place="Brussels", starts_day="3 December 2025", starts_clock="9h",
        ends_clock="5:30 pm", accreditation_day="28/11/2025", accreditation_clock="18:00", body="Take the tram.",
        accreditation_email="acc@office.test",
    )  # fmt: skip
    edition = queries.edition_of(1, "en")
    facts = edition.current.facts
    assert (facts["starts_at"], facts["ends_at"]) == (
        "2025-12-03T08:00:00+00:00",
        "2025-12-03T16:30:00+00:00",
    )
    assert facts["accreditation"]["until"] == "2025-11-28T17:00:00+00:00"
    assert edition.current.date.isoformat() == "2025-12-03"

    page = browse(here(edition), by=oksana)
    assert len(rows(page)) == 1
    fields = typed(
        oksana,
        here(edition),
        **row(0, clock="8 h 30", is_around="y", title="Arrivals", kind="arrival_doorstep"),
    )
    page = post(oksana, here(edition), fields | {"add": "1"}, 200)
    assert rows(page) == ["Arrivals", ""]
    again = form_of(page) | row(
        1, clock="09:30", until_clock="12:00", title="Session", place="Room 1", access="closed"
    )
    page = post(oksana, here(edition), again | {"add": "1"}, 200)
    assert rows(page) == ["Arrivals", "Session", ""]
    assert edition.current.number == 1
    again = form_of(page) | row(
        2,
        day="3 December 2025",
        clock="17:00",
        title="Press",
        kind="press_conference",
        languages="fr EN, floor",
    )
    hold_to_the_house(page)
    post(oksana, here(edition), again)

    db.session.refresh(edition)
    programme = edition.current.facts["programme"]
    assert [entry["starts_at"][11:16] for entry in programme] == ["07:30", "08:30", "16:00"]
    assert [entry["is_around"] for entry in programme] == [True, False, False]
    assert programme[2]["languages"] == ["fr", "en", "floor"]
    browse(here(edition, ""), by=oksana)
    browse(here(edition, "preview"), by=oksana)
    service.submit(edition, by=make.officer())
    amelie = make.signed_in(app, "Amélie")
    browse(here(edition, "review"), by=amelie)
    service.approve(edition, by=make.officer("Amélie"))
    service.publish(edition, by=make.officer("Amélie"))
    words = browse(f"/en/events/{edition.path}").words()
    assert "around 08:30" in words
    assert "Ministers’ meeting" in words


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_whole_in_each_language(app, browse, language):
    officer = make.signed_in(app, "Oksana", language)
    edition = make.event(language=language, facts=make.event_facts(make.entry()))
    for page in ("", "programme", "preview"):
        browse(here(edition, page), by=officer)
    browse(f"/desk/events/new?language={language}", by=officer)


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"starts_day": "soon"}, "starts_day", "Enter a date like"),
        ({"starts_day": "", "starts_clock": "9:00"}, "starts_day", "Enter a date like"),
        ({"starts_clock": "25:00"}, "starts_clock", "Enter a time like"),
        ({"starts_clock": "9:00", "ends_clock": "8:59"}, "ends_clock", "The end must come after the start."),
        ({"starts_clock": "9:00", "ends_clock": "9:00"}, "ends_clock", "The end must come after the start."),
        ({"starts_clock": "", "ends_clock": "9:00"}, "starts_clock", "Enter a time like"),
        ({"starts_clock": "", "ends_day": "2 December 2025"}, "ends_day", "The end date must be the same"),
        ({"starts_clock": "9:00", "ends_day": "4 December 2025"}, "ends_clock", "Enter a time like"),
        ({"starts_clock": "", "ends_day": "3 December 2026"}, "ends_day", "60 days at most"),
        ({"starts_clock": "9:00", "ends_day": "3/12/2026", "ends_clock": "9:00"}, "ends_day", "60 days at most"),
        ({"starts_day": "29/03/2026", "starts_clock": "2:30"}, "starts_clock", "clocks go forward. Choose 01:30 or 03:30"),
        ({"starts_day": "25/10/2026", "starts_clock": "2:30"}, "starts_clock", "comes twice"),
        ({"accreditation_clock": "9:00"}, "accreditation_day", "Enter a date like"),
        ({"accreditation_day": "1/12/2025"}, "accreditation_clock", "Enter a time like"),
        ({"accreditation_url": "javascript:alert(1)"}, "accreditation_url", "Enter a whole address"),
        ({"stream_url": "example.org"}, "stream_url", "Enter a whole address"),
        ({"accreditation_email": "me"}, "accreditation_email", "correct format"),
        ({"note": "x" * 501}, "note", "Use at most 500 characters."),
        ({"title": "x" * 301}, "title", "The title is 1 character too long"),
        ({"kind": "party"}, "kind", "Not a valid choice"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_said_next_to_it_and_kept(oksana, changes, field, told):
    sent = {"title": "T", "starts_day": "3 December 2025"} | changes
    page = send(oksana, NEW, 422, **sent)
    assert told in page.one(f"#{field}-error").get_text()
    if field != "kind":
        assert (
            page.one(f"#{field}").get("value", page.one(f"#{field}").get_text()) == sent[field]
            if field in sent
            else True
        )
    assert page.one("#title")["value"] == sent["title"]
    assert queries.edition_of(1, "en") is None


@pytest.mark.parametrize(("choice", "hour"), [("summer", "00:30"), ("winter", "01:30")])
def test_an_hour_that_comes_twice_is_chosen_and_comes_back_chosen(oksana, choice, hour):
    sent = {"title": "Night", "starts_day": "25/10/2026", "starts_clock": "2:30"}
    page = send(oksana, NEW, 422, **sent)
    assert page.one("#starts_fold option[value=winter]")
    send(oksana, NEW, **sent, starts_fold=choice)
    edition = queries.edition_of(1, "en")
    assert edition.current.facts["starts_at"] == f"2026-10-25T{hour}:00+00:00"
    assert typed(oksana, here(edition, ""))["starts_fold"] == choice
    send(oksana, here(edition, ""))
    assert edition.current.number == 1


def test_days_without_hours_are_whole_days(oksana):
    send(oksana, NEW, title="Fair", starts_day="1 December 2025", ends_day="3 December 2025")
    edition = queries.edition_of(1, "en")
    facts = edition.current.facts
    assert (facts["starts_at"], facts["ends_at"]) == (
        "2025-11-30T23:00:00+00:00",
        "2025-12-03T23:00:00+00:00",
    )
    known = typed(oksana, here(edition, ""))
    assert (known["starts_day"], known["ends_day"]) == ("1\u00a0December 2025", "3\u00a0December 2025")
    send(oksana, here(edition, ""))
    assert edition.current.number == 1


def test_a_draft_may_be_kept_with_nothing_but_a_title(oksana):
    send(oksana, NEW, title="Somewhen")
    edition = queries.edition_of(1, "en")
    assert edition.current.facts["starts_at"] is None
    page = Page(oksana.get(here(edition, "")))
    assert "Say on which day it begins." in page.words()
    hold_to_the_house(Page(oksana.get(here(edition))))
    hold_to_the_house(Page(oksana.get(here(edition, "preview"))))


def test_another_language_begins_with_the_hours_and_keeps_the_programme(oksana):
    english = make.event(facts=make.event_facts(make.entry()))
    path = f"/desk/events/{english.item_id}/fr/"
    assert typed(oksana, path)["starts_clock"] == "09:00"
    send(oksana, path, title="Réunion", place="Bruxelles")
    french = queries.edition_of(english.item_id, "fr")
    assert [entry["id"] for entry in french.current.facts["programme"]] == ["e0000001"]
    page = Page(oksana.get(path))
    assert "1 entry of the programme has no title in this language." in page.words()
    assert "no title in this language" in page.words("#programme")


# The programme


def several(number, **changes):
    entries = [
        make.entry(f"e{n:07x}", f"2025-11-21T{8 + n // 60:02}:{n % 60:02}:00+00:00", **changes)
        for n in range(number)
    ]
    return make.event_facts(*entries)


@pytest.mark.long
def test_twenty_entries_stand_on_a_page_and_five_hundred_can_be_written(oksana, browse):
    edition = make.event(facts=several(500))
    first = browse(here(edition), by=oksana)
    assert len(rows(first)) == 20
    assert "500 entries of 500 at most" in first.words()
    last = browse(f"{here(edition)}?page=25", by=oksana)
    assert len(rows(last)) == 20  # no empty row: there is no room for one
    assert oksana.get(f"{here(edition)}?page=26").status_code == 404
    send(oksana, f"{here(edition)}?page=25", **row(19, title="The last"))
    assert edition.current.fields["programme"]["e00001f3"]["title"] == "The last"
    assert len(edition.current.facts["programme"]) == 500
    browse(here(edition, ""), by=oksana)


def test_one_more_than_five_hundred_is_refused_and_kept(oksana):
    edition = make.event(facts=several(500))
    fields = typed(oksana, here(edition)) | row(
        20,
        clock="20:00",
        title="One more",
        kind="other",
        access="open",
        state="planned",
        video="",
        photos="",
        transcript="",
        text="",
    )
    page = post(oksana, here(edition), fields, 422)
    assert "A programme has 500 entries at most." in page.words()
    assert rows(page)[-1] == "One more"
    assert edition.current.number == 1


def test_a_position_moves_an_entry_across_pages(oksana):
    edition = make.event(facts=several(45))
    answer = send(oksana, f"{here(edition)}?page=3", **row(0, place_number="1"))
    assert answer.answer.location.endswith("programme?page=3")
    assert [entry["id"] for entry in edition.current.facts["programme"]][:3] == [
        "e0000028",
        "e0000000",
        "e0000001",
    ]


def test_rows_move_by_buttons_and_nothing_is_kept_until_it_is_saved(oksana):
    edition = make.event(facts=several(3))
    fields = typed(oksana, here(edition), **row(1, note="Typed meanwhile"))
    page = post(oksana, here(edition), fields | {"move": "e0000001:up"}, 200)
    assert rows(page) == ["Entry e0000001", "Entry e0000000", "Entry e0000002", ""]
    assert page.one("#programme-0-note")["value"] == "Typed meanwhile"
    assert edition.current.number == 1
    page = post(oksana, here(edition), form_of(page) | {"move": "e0000000:down"}, 200)
    post(oksana, here(edition), form_of(page))
    assert [entry["id"] for entry in edition.current.facts["programme"]] == [
        "e0000001",
        "e0000002",
        "e0000000",
    ]


def test_an_entry_is_deleted_by_its_button_and_the_rest_keeps_its_order(oksana):
    edition = make.event(facts=several(25))
    page = post(oksana, here(edition), typed(oksana, here(edition)) | {"delete": "e0000001"}, 200)
    assert "Entry e0000001" not in rows(page)
    assert len(edition.current.facts["programme"]) == 25
    page = post(oksana, here(edition), form_of(page) | {"delete": "e0000003"}, 200)
    post(oksana, here(edition), form_of(page))
    kept = [entry["id"] for entry in edition.current.facts["programme"]]
    assert kept == [f"e{number:07x}" for number in range(25) if number not in (1, 3)]
    assert "e0000001" not in edition.current.fields["programme"]


def test_what_readers_have_seen_has_no_button_and_cannot_be_deleted_by_hand_either(oksana):
    edition = make.event(State.PUBLISHED, facts=several(2))
    fields = typed(oksana, here(edition))
    assert not Page(oksana.get(here(edition))).all("button[name=delete]")
    page = post(oksana, here(edition), fields | {"delete": "e0000001"}, 422)
    assert "Readers have seen this entry: it cannot be deleted." in page.words()
    assert rows(page) == ["Entry e0000000", "Entry e0000001", ""]

    bare = {name: value for name, value in fields.items() if not name.startswith("programme-1-")}
    page = post(oksana, here(edition), bare | {"gone": "e0000001"}, 422)
    assert "Readers have seen this entry: it cannot be deleted." in page.words()
    assert page.one("#gone")["value"] == ""
    assert len(edition.current.facts["programme"]) == 2


def test_a_moved_hour_is_noted_and_said_by_the_preview(oksana, browse):
    edition = make.event(State.PUBLISHED, facts=several(1))
    send(oksana, here(edition), **row(0, clock="10:15"))
    entry = edition.current.facts["programme"][0]
    assert entry["was"] == {"starts_at": "2025-11-21T08:00:00+00:00"}
    assert entry["state"] == "moved"
    assert "10:15 instead of 09:00" in browse(here(edition, "preview"), by=oksana).words("#e0000000")


def test_the_programme_can_be_put_in_the_order_of_its_hours(oksana):
    edition = make.event(
        facts=make.event_facts(make.entry("e0000002", "2025-11-21T10:00:00+00:00"), make.entry())
    )
    send(oksana, here(edition), sort="1")
    assert [entry["id"] for entry in edition.current.facts["programme"]] == ["e0000001", "e0000002"]


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"clock": ""}, "clock", "Enter a time like"),
        ({"clock": "soon"}, "clock", "Enter a time like"),
        ({"day": "soon"}, "day", "Enter a date like"),
        ({"until_clock": "8:59"}, "until_clock", "The end must come after the start."),
        ({"until_day": "22 November 2025"}, "until_clock", "Enter a time like"),
        ({"day": "29/03/2026", "clock": "2:30"}, "clock", "clocks go forward. Choose 01:30 or 03:30"),
        ({"day": "25/10/2026", "clock": "2:30"}, "clock", "comes twice"),
        ({"languages": "fr, klingon"}, "languages", "Use codes of languages, like fr, en, uk, or floor."),
        ({"stream_url": "//evil.example"}, "stream_url", "Enter a whole address"),
        ({"video": "delivered"}, "video_url", "Give the address at which it is."),
        ({"video": "delivered", "video_url": "data:1"}, "video_url", "Enter a whole address"),
        ({"title": "x" * 301}, "title", "Use at most 300 characters."),
        ({"note": "x" * 501}, "note", "Use at most 500 characters."),
        ({"place_number": "0"}, "place_number", "Enter a number from 1"),
        ({"place_number": "first"}, "place_number", "Enter a number from 1"),
        ({"kind": "party"}, "kind", "Not a valid choice"),
    ],
)  # fmt: skip
def test_what_cannot_be_understood_in_a_row_is_said_next_to_it_and_kept(oksana, changes, field, told):
    edition = make.event(facts=several(2))
    page = send(oksana, here(edition), 422, **row(1, **changes), **row(0, note="Kept"))
    assert told in page.one(f"#programme-1-{field}-error").get_text()
    hold_to_the_house(page)
    assert page.all(f".error-summary a[href='#programme-1-{field}']")
    assert page.one("#programme-0-note")["value"] == "Kept"
    for name, value in changes.items():
        control = page.one(f"#programme-1-{name}")
        if control.name == "input":
            assert control["value"] == value
    assert edition.current.number == 1


def test_an_entry_may_end_on_another_day(oksana):
    edition = make.event(facts=several(1))
    send(oksana, here(edition), **row(0, clock="23:00", until_clock="1:00", until_day="22 November 2025"))
    assert edition.current.facts["programme"][0]["ends_at"] == "2025-11-22T00:00:00+00:00"
    assert typed(oksana, here(edition))["programme-0-until_day"] == "22\u00a0November 2025"


def test_an_hour_of_an_entry_that_comes_twice_comes_back_chosen(oksana):
    edition = make.event(facts=several(1))
    sent = row(0, day="25/10/2026", clock="2:30", fold="winter")
    send(oksana, here(edition), **sent)
    assert edition.current.facts["programme"][0]["starts_at"] == "2026-10-25T01:30:00+00:00"
    send(oksana, here(edition))
    assert edition.current.number == 2


def test_two_entries_in_one_room_are_a_warning_and_are_kept(oksana):
    edition = make.event(facts=several(2, ends_at="2025-11-21T12:00:00+00:00"))
    send(oksana, here(edition), **row(0, place="Room 1"), **row(1, place="room 1"))
    assert edition.current.number == 2
    words = Page(oksana.get(here(edition))).words()
    assert "Entries 1 and 2 are in the same room at the same time: Room 1." in words


def test_of_two_who_save_the_second_is_told_and_keeps_what_was_typed(oksana):
    edition = make.event(facts=several(2))
    opened = typed(oksana, here(edition), **row(0, title="Mine"))
    theirs = replace(text_of(edition.current), title="Theirs")
    service.save(edition, theirs, shared_of(edition.current), base=1, by=make.officer("Petro"))
    page = post(oksana, here(edition), opened, 409)
    assert "version 2 was saved (Petro" in page.words()
    assert rows(page)[0] == "Mine"
    post(oksana, here(edition), form_of(page))
    assert edition.current.title == "Theirs"
    assert edition.current.fields["programme"]["e0000000"]["title"] == "Mine"


def test_who_reviews_sees_what_changed_in_the_programme(app, browse):
    edition = make.event(
        State.PUBLISHED, facts=make.event_facts(make.entry()), titles={"e0000001": "Arrivals"}
    )
    later = make.event_facts(make.entry(starts_at="2025-11-21T09:00:00+00:00"))
    service.save(edition, text_of(edition.current), later, base=1, by=make.officer())
    service.submit(edition, by=make.officer(), reason="It may stay.")
    page = browse(here(edition, "review"), by=make.signed_in(app, "Amélie"))
    assert page.words(".compare__field") == "Programme"
    assert page.words(".compare del") == "[deleted] 09 [end]"
    assert page.all(".compare ins")[0].get_text() == "[inserted] 10 [end]"


def test_a_form_that_expired_with_the_session_gives_its_rows_back(app, oksana, frozen):
    edition = make.event(facts=several(1))
    opened = typed(oksana, here(edition), **row(0, note="Hours of work"))
    frozen.at += timedelta(hours=25)
    answer = oksana.post(here(edition), data=opened)
    assert answer.status_code == 303
    from urllib.parse import parse_qs, urlsplit

    again = make.signed_in(app, "Oksana")
    page = Page(again.get(parse_qs(urlsplit(answer.location).query)["next"][0]))
    assert page.one("#programme-0-note")["value"] == "Hours of work"


@pytest.mark.parametrize(
    "attack",
    ["<script>alert(1)</script>", "\0NUL\x1b", "\u202eRTL العربية", "👩🏽‍🚀🇺🇦" * 20, "{{ 7*7 }} %(x)s ${x}", "'\"><img src=x onerror=alert(1)>"],
)  # fmt: skip
def test_hostile_words_in_every_field_are_only_words(oksana, attack):
    edition = make.event(facts=several(1))
    names = ("title", "place", "people", "conditions", "note")
    send(oksana, here(edition), **row(0, **dict.fromkeys(names, attack)))
    send(oksana, here(edition, ""), title=attack, lead=attack, note=attack, place=attack[:100], body=attack)
    for page in ("", "programme", "preview"):
        told = Page(oksana.get(here(edition, page)))
        assert told.status == 200
        check_html(told.html)
        assert "<script>alert" not in told.html
        assert not told.all("img[src=x]")
    fields = typed(oksana, here(edition)) | dict.fromkeys(
        [
            f"programme-0-{name}"
            for name in ("key", "day", "clock", "languages", "stream_url", "video_url", "kind", "fold")
        ],
        attack,
    )
    page = post(oksana, here(edition), fields, 422)
    assert "<script>alert" not in page.html


def test_forged_keys_and_rows_are_given_keys_of_their_own(oksana):
    edition = make.event(facts=several(2))
    send(oksana, here(edition), **row(1, key="e0000000"))
    keys = [entry["id"] for entry in edition.current.facts["programme"]]
    assert len(set(keys)) == len(keys) == 3
    fields = typed(oksana, here(edition)) | {
        "programme-99999-title": "Far",
        "programme-x-title": "No",
        "gone": "e,,x" * 900,
    }
    assert oksana.post(here(edition), data=fields).status_code in (303, 422)
    assert (
        oksana.post(here(edition), data={"csrf_token": fields["csrf_token"], "move": "\0:up"}).status_code
        == 200
    )
    assert (
        oksana.post(here(edition), data={"csrf_token": fields["csrf_token"], "delete": "x"}).status_code
        == 200
    )


def test_the_programme_is_for_those_who_write(app, client):
    edition = make.event()
    assert client.get(here(edition)).status_code == 303
    assert make.signed_in(app, "Nora").get(here(edition)).status_code == 403
    oksana = make.signed_in(app, "Oksana")
    for path in (
        "/desk/events/99/en/programme",
        f"/desk/events/{edition.item_id}/fr/programme",
        f"/desk/events/{edition.item_id}/xx/programme",
    ):
        assert oksana.get(path).status_code == 404


def test_a_release_is_no_event(oksana):
    release = make.release()
    assert oksana.get(f"/desk/events/{release.item_id}/en/programme").status_code == 404


def test_review_says_what_is_missing_next_to_the_programme(oksana):
    edition = make.event(facts=several(1), titles={"e0000000": ""})
    token = typed(oksana, here(edition, ""))["csrf_token"]
    page = post(oksana, here(edition, "submit"), {"csrf_token": token}, 422)
    assert "1 entry of the programme has no title in this language." in page.words()


def test_the_clock_of_the_office_is_the_one_that_is_typed(oksana, frozen):
    assert frozen.at.tzinfo is UTC
    send(oksana, NEW, title="Summer", starts_day="1 July 2026", starts_clock="9:00")
    assert queries.edition_of(1, "en").current.facts["starts_at"] == "2026-07-01T07:00:00+00:00"


@pytest.mark.parametrize(
    ("clock", "is_told"),
    [("09:30", True), ("09:00", False), ("08:30", False)],  # the event begins at nine in Brussels
)
@pytest.mark.parametrize("state", [State.APPROVED, State.EMBARGO])
def test_a_moment_after_the_beginning_is_set_but_said(app, browse, frozen, state, clock, is_told):
    edition = make.event(state, at=frozen.at + timedelta(hours=1))
    amelie, way = make.signed_in(app, "Amélie"), "publish" if state is State.APPROVED else "moment"
    asked = {
        "when": "embargo" if state is State.APPROVED else "at",
        "day": "21 November 2025",
        "clock": clock,
    }
    path = here(edition, way)
    page = browse(path, by=amelie)
    fields = {
        one["name"]: one.get("value", "") for one in page.all("form[method=post] input[type=hidden][name]")
    }
    answer = amelie.post(path, data=fields | asked | {"reason": "The room is taken."})
    assert ("It begins on" in answer.text) is is_told

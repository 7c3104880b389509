"""What readers find of events: the list, each event with its programme, the home page's rail, and what is not there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event as sql

from app.database import db
from app.editorial import service
from app.editorial.models import State
from app.editorial.service.snapshots import shared_of, text_of
from app.languages import LANGUAGES
from tests import make
from tests.videos import films

TITLES = {"fr": "Événements", "en": "Events", "uk": "Події"}
FULL = {
    "title": "Working session",
    "place": "Room 1",
    "people": "The ministers",
    "conditions": "Pool of six",
    "note": "A note.",
}


def at(day, hour, minute=0):
    return f"2025-{day}T{hour:02}:{minute:02}:00+00:00"


def entry(key="e0000001", starts_at=None, **changes):
    return make.entry(key, starts_at or at("11-21", 8), **changes)


def event(
    *entries, state=State.PUBLISHED, titles=None, words=None, language="en", item=None, title=None, **facts
):
    """Return an event with ``entries``; ``words`` are those of its first entry."""
    edition_facts = make.event_facts(*entries, **facts)
    known = {"language": language, "item": item, "facts": edition_facts, "titles": titles}
    if title:
        known["title"] = title
    if words:
        known["fields"] = {"programme": {entries[0]["id"]: words}}
    return make.event(state, **known)


def changed(edition, key="e0000001", **changes):
    facts = edition.current.facts
    programme = [each | changes if each["id"] == key else each for each in facts["programme"]]
    return make.event_again(
        edition, replace(shared_of(edition.current), facts=facts | {"programme": programme})
    )


def url(edition):
    return f"/{edition.language}/events/{edition.path}"


def data(page):
    return json.loads(page.one("script[type='application/ld+json']").string)


# The list


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_list_says_so_in_each_language(browse, language):
    page = browse(f"/{language}/events/")
    assert page.one("h1").get_text() == TITLES[language]
    assert page.all(".empty-state")
    assert f"/{language}/events/" in [link["href"] for link in page.all(".masthead__link")]
    assert page.one("link[type='text/calendar']")["href"] == f"/{language}/events.ics"


def rows(page):
    return [link.get_text() for link in page.all(".event-row__title a")]


def test_what_is_coming_comes_first_then_the_past_by_year(browse, frozen):
    event(title="Later", starts_at=at("12-03", 8), ends_at=at("12-03", 9))
    event(title="Sooner")
    event(title="Running", starts_at=at("11-20", 10), ends_at=at("11-20", 12))
    event(title="Over", starts_at=at("11-19", 8), ends_at=at("11-19", 9))
    event(title="Long over", starts_at="2024-05-01T08:00:00+00:00", ends_at="2024-05-01T09:00:00+00:00")
    event(title="Secret", state=State.APPROVED)
    event(title="En français", language="fr")

    page = browse("/en/events/")
    assert rows(page) == ["Running", "Sooner", "Later", "Over", "Long over"]
    assert [title.get_text() for title in page.all(".events-page__year")] == ["2025", "2024"]
    assert "Now" in page.one(".event-row:first-child .kicker:has(.tag--strong)").get_text()
    assert rows(browse("/en/events/?year=2024")) == ["Long over"]
    assert rows(browse("/en/events/?year=1999")) == rows(page)


def test_an_event_that_ends_becomes_past_though_nobody_publishes_anything(client, frozen):
    event(title="Running", starts_at=at("11-20", 10), ends_at=at("11-20", 12))
    assert b"Past events" not in client.get("/en/events/").data
    frozen.at += timedelta(hours=1)
    assert b"Past events" in client.get("/en/events/").data


@pytest.mark.long
def test_the_past_has_pages_that_end(browse, client):
    for number in range(25):
        event(title=f"Event {number}", starts_at=at("11-19", 8), ends_at=at("11-19", 9))
    first, second = browse("/en/events/"), browse("/en/events/?page=2")
    assert (len(rows(first)), len(rows(second))) == (20, 5)
    assert "Coming events" not in second.words()
    for beyond in ("3", "0", "x"):
        assert client.get(f"/en/events/?page={beyond}").status_code == 404


# An event


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_shows_everything_that_was_written(browse, language):
    one = entry(
        ends_at=at("11-21", 9),
        access="pool",
        kind="family_photo",
        languages=["fr", "floor"],
        stream_url="https://live.example/1",
        results=[
            {"kind": "video", "state": "delivered", "url": "https://video.example/1"},
            {"kind": "photos", "state": "expected", "url": ""},
        ],
    )
    edition = event(
        one,
        language=language,
        words=FULL,
        stream_url="https://live.example/all",
        accreditation={"until": at("11-20", 17), "url": "https://acc.example/", "email": "acc@office.test"},
    )
    page = browse(url(edition))
    words = page.words().replace("\u00a0", " ")
    for told in (
        "Working session",
        "Room 1",
        "The ministers",
        "Pool of six",
        "09:00–10:00",
        "08:00 UTC",
        "acc@office.test",
    ):
        assert told in words
    for href in (
        "https://live.example/1",
        "https://live.example/all",
        "https://video.example/1",
        "https://acc.example/",
    ):
        assert page.all(f"main a[href='{href}']")
    assert page.one("#e0000001 h4")
    assert page.one("[data-own-zone]")["data-own-zone"] == "Europe/Brussels"
    assert page.one("[data-own-time]")["data-own-time"] == "2025-11-21T09:00+01:00"
    assert page.one("link[rel=canonical]")["href"] == f"http://newsroom.test{url(edition)}"
    assert page.one("meta[property='og:title']")["content"] == edition.current.title


def test_an_event_leads_to_its_other_languages(browse):
    french = event(language="fr")
    english = event(item=french.item)
    page = browse(url(french))
    assert {link["hreflang"]: link["href"] for link in page.all("link[rel=alternate][hreflang]")} == {
        "fr": f"http://newsroom.test{url(french)}",
        "en": f"http://newsroom.test{url(english)}",
        "x-default": f"http://newsroom.test{url(english)}",
    }


def test_no_programme_yet_says_when_accreditation_closes(browse):
    accreditation = {"until": at("11-20", 17), "url": "", "email": ""}
    page = browse(url(event(accreditation=accreditation)))
    words = page.words().replace("\u00a0", " ")
    assert "The programme will be published here. Accreditation closes on 20 November 2025." in words


def test_accreditation_that_has_closed_says_so_from_its_moment_on(client, frozen):
    accreditation = {"until": at("11-20", 12), "url": "https://acc.example/", "email": ""}
    edition = event(accreditation=accreditation)
    assert b"https://acc.example/" in client.get(url(edition)).data
    frozen.at += timedelta(hours=1)
    page = client.get(url(edition)).data
    assert b"https://acc.example/" not in page
    assert b"Accreditation closed on" in page


def test_about_half_past_twelve_is_told_in_words(browse):
    page = browse(url(event(entry(starts_at=at("11-21", 11, 30), is_around=True))))
    assert page.one(".programme__time").get_text() == "around 12:30"
    assert page.one(".programme__time")["datetime"] == "2025-11-21T12:30+01:00"


def test_now_is_a_word_that_comes_and_goes_with_the_clock(client, frozen):
    edition = event(entry(starts_at=at("11-20", 12), ends_at=at("11-20", 13)), starts_at=at("11-20", 12))

    def is_now():
        page = client.get(url(edition))
        return 'programme__entry--now" id="e0000001"' in page.get_data(as_text=True)

    assert not is_now()
    frozen.at += timedelta(hours=1)
    assert is_now()
    frozen.at += timedelta(hours=1)
    assert not is_now()


def test_no_proxy_keeps_a_page_beyond_the_next_hour_of_its_programme(client, frozen):
    edition = event(entry(starts_at=at("11-20", 11, 1)), starts_at=at("11-20", 11, 1))
    frozen.at += timedelta(seconds=55)
    assert client.get(url(edition)).headers["Cache-Control"] == "public, max-age=0, s-maxage=3"


def test_a_moved_entry_shows_the_old_hour_struck_through_and_says_when_it_changed(browse, frozen):
    edition = event(entry())
    frozen.at += timedelta(hours=1)
    changed(edition, starts_at=at("11-21", 10))
    page = browse(url(edition))
    assert page.one("#e0000001 del").get_text() == "Before: 09:00"
    assert page.one("#e0000001 .programme__time").get_text() == "11:00"
    words = page.words("#e0000001").replace("\u00a0", " ")
    assert "Changed on 20 November 2025, 13:00: 11:00 instead of 09:00" in words
    assert page.all("#e0000001 .tag--caution")

    frozen.at = edition.starts_at - timedelta(minutes=1) + timedelta(hours=6)
    assert page.all("#e0000001 del")


def test_a_change_stands_out_for_a_day_and_is_told_for_ever(client, frozen):
    edition = event(entry(starts_at=at("12-03", 8)), starts_at=at("12-03", 8), ends_at=at("12-03", 16))
    changed(edition, starts_at=at("12-03", 9))
    assert b"tag--caution" in client.get(url(edition)).data
    frozen.at += timedelta(hours=24)
    page = client.get(url(edition)).data
    assert b"tag--caution" not in page
    assert b"<del" in page


def test_a_move_to_another_day_names_both_days(browse):
    edition = event(entry(), ends_at=at("11-22", 16))
    changed(edition, starts_at=at("11-22", 8))
    words = browse(url(edition)).words("#e0000001").replace("\u00a0", " ")
    assert "22 November 2025, 09:00 instead of 21 November 2025, 09:00" in words


def test_a_moved_event_says_so_in_its_status_line(browse):
    edition = event()
    facts = shared_of(edition.current)
    make.event_again(edition, replace(facts, facts=facts.facts | {"starts_at": at("11-21", 9)}))
    page = browse(url(edition))
    assert page.words(".event__status") == "Changed"
    assert "10:00–17:00 instead of 09:00–17:00" in page.words(".event__head")


def test_a_cancelled_entry_stays_and_says_so(browse):
    edition = event(entry(), entry("e0000002"))
    changed(edition, state="cancelled")
    page = browse(url(edition))
    assert "Cancelled" in page.words("#e0000001")
    assert "Cancelled" not in page.words("#e0000002")


def test_a_cancelled_event_cancels_its_programme(browse, client):
    edition = event(entry(), state=State.PUBLISHED)
    facts = shared_of(edition.current)
    text = text_of(edition.current)
    make.event_again(
        edition,
        replace(facts, facts=facts.facts | {"state": "cancelled"}),
        fields=text.fields | {"note": "Fog."},
    )
    page = browse(url(edition))
    assert page.words(".event__status") == "Cancelled"
    assert "Fog." in page.words(".event__head")
    assert "Cancelled" in page.words("#e0000001")


def test_after_the_event_its_results_move_to_the_top(browse, frozen):
    result = {"kind": "transcript", "state": "delivered", "url": "https://text.example/1"}
    edition = event(entry(results=[result]))
    before = browse(url(edition)).html
    assert before.index("programme-title") < before.index("results-title")
    frozen.at += timedelta(days=2)
    page = browse(url(edition))
    assert page.html.index("results-title") < page.html.index("programme-title")
    assert page.words(".event__status") == "Over"


def test_whole_days_have_no_hour(browse):
    edition = event(
        starts_at="2025-11-20T23:00:00+00:00", ends_at="2025-11-22T23:00:00+00:00", precision="day"
    )
    page = browse(url(edition))
    when = page.words(".event__facts").replace("\u00a0", " ")
    assert "Friday 21 November 2025 – Saturday 22 November 2025" in when
    assert "UTC" not in when
    assert data(page)["startDate"] == "2025-11-21"
    assert data(page)["endDate"] == "2025-11-22"


def test_an_entry_after_midnight_tells_the_day_that_it_is_in_utc(browse):
    page = browse(url(event(entry(starts_at=at("11-21", 23, 30)), ends_at=at("11-22", 16))))
    assert page.one(".programme__utc").get_text().replace("\u00a0", " ") == "23:30 UTC, 21 November 2025"


def test_the_programme_stands_by_days_in_the_offices_order(browse):
    edition = event(
        entry("e0000003", at("11-22", 8)), entry("e0000002", at("11-21", 9)), entry("e0000001", at("11-21", 8)),
        ends_at=at("11-22", 16),
    )  # fmt: skip
    page = browse(url(edition))
    assert [each["id"] for each in page.all(".programme__entry")] == ["e0000002", "e0000001", "e0000003"]
    assert len(page.all(".programme__day")) == 2


# Machines


def test_the_event_tells_machines_all_of_it(browse):
    edition = event(entry(ends_at=at("11-21", 9)), words=FULL, stream_url="https://live.example/1")
    told = data(browse(url(edition)))
    assert told["@type"] == "Event"
    assert (told["startDate"], told["endDate"]) == ("2025-11-21T09:00+01:00", "2025-11-21T17:00+01:00")
    assert told["eventStatus"] == "https://schema.org/EventScheduled"
    assert told["location"][0] == {"@type": "Place", "name": "Brussels", "address": "Brussels"}
    assert told["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    assert told["organizer"]["@type"] == "Organization"
    (part,) = told["subEvent"]
    assert part["location"]["name"] == "Room 1, Brussels"
    assert part["startDate"] == "2025-11-21T09:00+01:00"


def test_machines_are_told_what_moved_and_what_was_cancelled(browse):
    edition = event(entry(), entry("e0000002"))
    changed(edition, starts_at=at("11-21", 10))
    changed(edition, "e0000002", state="cancelled")
    one, two = data(browse(url(edition)))["subEvent"]
    assert one["eventStatus"] == "https://schema.org/EventRescheduled"
    assert one["previousStartDate"] == "2025-11-21T09:00+01:00"
    assert two["eventStatus"] == "https://schema.org/EventCancelled"


def test_an_event_that_is_online_only_says_so(browse):
    edition = make.event(State.PUBLISHED, place="", facts=make.event_facts(stream_url="/en/live"))
    told = data(browse(url(edition)))
    assert told["location"] == {"@type": "VirtualLocation", "url": "http://newsroom.test/en/live"}
    assert told["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"


# What is not there


def test_a_missing_language_shows_one_that_exists_and_says_so(browse):
    french = event(entry(), language="fr")
    page = browse(f"/uk/events/{french.path}")
    assert page.soup.html["lang"] == "uk"
    assert page.one("h1")["lang"] == "fr"
    assert page.one("link[rel=canonical]")["href"] == f"http://newsroom.test{url(french)}"


def test_the_switch_leads_from_one_languages_address_to_the_others(client):
    french = event(language="fr")
    english = event(item=french.item)
    answer = client.get(f"/en/events/{french.path}")
    assert (answer.status_code, answer.location) == (301, url(english))


def test_an_old_address_leads_to_the_new_one_with_its_calendars(client):
    edition = event(entry())
    old = edition.path
    make.event_again(edition, title="Second title", slug="")
    for ending in ("", ".ics", "/e0000001.ics"):
        answer = client.get(f"/en/events/{old}{ending}")
        assert (answer.status_code, answer.location) == (301, f"/en/events/second-title{ending}")


def test_a_withdrawn_event_keeps_its_page_and_leaves_lists_and_calendars(browse, client):
    edition = make.event(State.WITHDRAWN, facts=make.event_facts(make.entry()))
    page = browse(url(edition))
    assert "Published in error." in page.words()
    assert "Entry e0000001" in page.words()
    for address in (f"{url(edition)}.ics", f"{url(edition)}/e0000001.ics"):
        assert client.get(address).status_code == 410
    for address in ("/en/", "/en/events/", "/en/events.ics", "/sitemap-en-1.xml"):
        assert edition.path.encode() not in client.get(address).data


def test_what_a_withdrawn_page_says_of_now_is_right_as_well(client, frozen):
    edition = event(entry(starts_at=at("11-20", 12)), starts_at=at("11-20", 12))
    service.withdraw(edition, reason="Error.", by=make.officer("Amélie"))
    assert b"programme__entry--now" not in client.get(url(edition)).data
    frozen.at += timedelta(hours=1)
    assert b"programme__entry--now" in client.get(url(edition)).data


def test_the_history_of_an_event_shows_how_its_programme_changed(browse):
    edition = event(entry())
    changed(edition, starts_at=at("11-21", 10), state="cancelled")
    page = browse(f"{url(edition)}/history")
    told = page.words().replace("\u00a0", " ")
    assert "Programme" in told
    assert "Cancelled" in told
    browse(f"{url(edition)}/history/1")
    assert "See what changed" in browse(url(edition)).words()


def test_the_switch_on_a_history_leads_to_the_history_in_the_other_language(client):
    french = event(language="fr", title="Une réunion")
    english = event(item=french.item, title="A meeting")
    for ending in ("/history", "/history/1"):
        answer = client.get(f"/en/events/{french.path}{ending}")
        assert (answer.status_code, answer.location) == (301, f"{url(english)}/history")
        answer = client.get(f"/uk/events/{french.path}{ending}")
        assert (answer.status_code, answer.location) == (301, f"{url(french)}/history")
    assert client.get("/uk/events/no-such-thing/history").status_code == 404


def test_a_correction_stands_above_the_programme(browse):
    edition = event(entry())
    old = text_of(edition.current)
    service.save(edition, replace(old, place="Liège"), shared_of(edition.current), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=make.officer("Amélie"))
    service.publish(edition, by=make.officer("Amélie"), kind="correction", note="The place was wrong.")
    page = browse(url(edition))
    assert "The place was wrong." in page.words(".event__story .notice")


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.APPROVED])
def test_what_is_not_public_answers_like_nothing(client, state):
    make.event(state, facts=make.event_facts(make.entry()))
    for guessed in (
        "ministers-adopt-a-road-map",
        "ministers-adopt-a-road-map.ics",
        "ministers-adopt-a-road-map/e0000001.ics",
    ):
        assert client.get(f"/en/events/{guessed}").status_code == 404


def test_an_embargoed_event_leaves_no_trace_until_its_moment(client, frozen):
    ends = frozen.at + timedelta(hours=1)
    edition = make.event(State.EMBARGO, at=ends, title="Quite secret", facts=make.event_facts(make.entry()))
    addresses = [
        "/en/",
        "/en/events/",
        "/en/events.ics",
        "/sitemap-en-1.xml",
        f"{url(edition)}.ics",
        "/fr/events/quite-secret",
    ]
    for address in addresses:
        assert b"uite secret" not in client.get(address).data, address
    frozen.at = ends
    for address in addresses:
        told = client.get(address).data
        assert b"uite secret" in told or b"quite-secret" in told, address


def film_of(edition, name, **words):
    return films.video(
        State.PUBLISHED,
        film=films.master(f"{name}.mp4"),
        title=name,
        facts={"event": edition.item_id},
        **words,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_films_of_an_event_stand_on_its_page(browse, frozen, language):
    edition = event(entry(), language=language)
    other = event(entry(), title="Another event", language=language)
    assert not browse(url(edition)).all(".media-cards")
    film = film_of(edition, "Arrivals", language=language)
    film_of(other, "Elsewhere", language=language)
    hidden = {"event": edition.item_id}
    films.video(State.SCHEDULED, film=films.master("x.mp4"), title="Later", facts=hidden, language=language,
                at=frozen.at + timedelta(hours=1))  # fmt: skip

    (card,) = browse(url(edition)).all(".media-cards__one")
    assert card.a["href"] == f"/{language}/media/videos/{film.path}"
    assert card.img["src"].endswith("/poster-320.jpg")
    assert card.select_one(".media-cards__length").get_text()
    frozen.at += timedelta(hours=1)
    assert [each.get_text() for each in browse(url(edition)).all(".media-cards__name")] == [
        "Later",
        "Arrivals",
    ]


def test_of_many_films_the_newest_six_stand_there_and_the_way_to_all(browse, frozen):
    edition = event(entry())
    for number in range(7):
        frozen.at += timedelta(minutes=1)
        film_of(edition, f"Film {number}")
    page = browse(url(edition))
    assert [each.get_text() for each in page.all(".media-cards__name")] == [
        f"Film {n}" for n in range(6, 0, -1)
    ]
    assert len(browse(page.one("main a[href*='event=']")["href"]).all(".media-cards__one")) == 7


def test_the_films_of_an_event_are_asked_for_once(client):
    edition, asked = event(entry()), []
    for number in range(3):
        film_of(edition, f"Film {number}")
    client.get(url(edition))

    def note(*told):
        asked.append(told[2])

    sql.listen(db.engine, "before_cursor_execute", note)
    try:
        assert b"Film 2" in client.get(f"{url(edition)}?again").data
    finally:
        sql.remove(db.engine, "before_cursor_execute", note)
    assert not [each for each in asked if "shelf" in each or "rendition" in each]
    assert len(asked) < 6


def test_public_pages_of_events_are_the_same_for_everybody(client):
    edition = event(entry())
    for address in (
        "/en/events/",
        "/en/events.ics",
        url(edition),
        f"{url(edition)}.ics",
        f"{url(edition)}/e0000001.ics",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"].startswith("public")


def test_hostile_words_are_only_words(browse, client):
    attack = "</script><script>alert(1)</script>\r\nBEGIN:VEVENT \u202e<b>x</b> 👩🏽‍🚀 العربية"
    words = dict.fromkeys(FULL, attack)
    edition = event(entry(), words=words, title=f"T {attack}")
    text = text_of(edition.current)
    make.event_again(edition, fields=text.fields | {"note": attack}, place=attack, lead=attack)
    page = browse(url(edition))
    assert "<script>alert" not in page.html
    assert "<b>x" not in page.html
    assert "العربية" in page.words("#e0000001")
    browse("/en/events/")
    browse("/en/")
    for address in (f"{url(edition)}.ics", f"{url(edition)}/e0000001.ics"):
        assert b"\nBEGIN:VEVENT " not in client.get(address).data


@pytest.mark.long
def test_five_hundred_entries_make_a_page(browse, client):
    entries = [entry(f"e{number:07x}", at("11-21", 8 + number // 60, number % 60)) for number in range(500)]
    edition = event(*entries)
    assert len(browse(url(edition)).all(".programme__entry")) == 500
    assert client.get(f"{url(edition)}.ics").data.count(b"BEGIN:VEVENT") == 501


# The home page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_tells_today_and_tomorrow(browse, language):
    edition = event(
        entry("e0000001", at("11-20", 10, 30), ends_at=at("11-20", 12)), entry("e0000002", at("11-20", 13), access="pool"),
        entry("e0000003", at("11-21", 8), state="cancelled"), entry("e0000004", at("11-22", 8)),
        entry("e0000005", at("11-20", 8)), starts_at=at("11-20", 8), ends_at=at("11-22", 16), language=language,
    )  # fmt: skip
    page = browse(f"/{language}/")
    links = [link["href"] for link in page.all(".today-rail__name a")]
    assert links == [f"{url(edition)}#e000000{number}" for number in (1, 2, 3)]
    assert [time.get_text() for time in page.all(".today-rail__clock")] == ["11:30–13:00", "14:00", "09:00"]
    assert len(page.all(".today-rail__row .tag--strong")) == 1
    assert len(page.all(".today-rail__name--off")) == 1


def test_at_most_eight_hours_stand_on_the_home_page(browse):
    event(
        *(entry(f"e000000{number}", at("11-20", 12, number)) for number in range(9)),
        starts_at=at("11-20", 12),
    )
    assert len(browse("/en/").all(".today-rail__row")) == 8


def test_an_event_without_a_programme_is_an_hour_itself(browse):
    edition = event()
    page = browse("/en/")
    assert [link["href"] for link in page.all(".today-rail__name a")] == [url(edition)]
    assert "Tomorrow" in page.words(".today-rail__row")


def test_days_with_nothing_name_the_next_event(browse):
    edition = event(starts_at=at("12-03", 8), ends_at=at("12-03", 9))
    words = browse("/en/").words(".today-rail").replace("\u00a0", " ")
    assert "Nothing is planned today or tomorrow. Next event: 3 December 2025." in words
    assert edition.current.title in words


def test_with_no_event_at_all_the_rail_is_absent(browse):
    assert not browse("/en/").all(".today-rail")


def test_the_rail_turns_with_the_hours_and_at_midnight(client, frozen):
    event(
        entry("e0000001", at("11-20", 12), ends_at=at("11-20", 13)),
        entry("e0000002"),
        starts_at=at("11-20", 12),
    )
    assert client.get("/en/").data.count(b"today-rail__row") == 3  # the list, and two rows
    frozen.at += timedelta(hours=2)
    assert client.get("/en/").data.count(b"today-rail__row") == 2
    frozen.at += timedelta(hours=10)  # midnight in Brussels
    page = client.get("/en/").get_data(as_text=True)
    assert page.partition("today-rail__when")[2][2:].startswith("Today")


def test_the_map_lists_events(client):
    edition = event()
    assert url(edition).encode() in client.get("/sitemap-en-1.xml").data


def test_a_change_of_hours_reaches_readers_of_every_language_in_turn(browse, frozen):
    french = event(entry(), language="fr")
    english = event(entry(), item=french.item)
    changed(french, starts_at=at("11-21", 10))
    assert browse(url(french)).all("del")
    assert not browse(url(english)).all("del")
    db.session.refresh(english)
    service.submit(english, by=make.officer())
    service.approve(english, by=make.officer("Amélie"))
    service.publish(english, by=make.officer("Amélie"), kind="update", note="An hour has changed.")
    assert "instead of 09:00" in browse(url(english)).words("#e0000001")

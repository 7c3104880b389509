"""The media library: what stands in it, in which order, narrowed by what, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from app.database import db
from app.editorial import remembered, service
from app.editorial.models import State
from tests import make
from tests.videos import films


def titles(page):
    return [each.get_text() for each in page.all(".media-cards__name")]


@pytest.fixture
def three(app, frozen):
    """Three videos, an hour apart: short, long, and middle."""
    made = []
    for name, frames, more in (
        (
            "short",
            500,
            {"place": "Brussels", "fields": {"people": ["Hélène Vasseur"]}, "facts": {"sound": ["en"]}},
        ),
        (
            "long",
            9000,
            {"place": "Kyiv", "fields": {"people": ["Olena Marchenko"]}, "facts": {"sound": ["uk", "floor"]}},
        ),
        ("middle", 3000, {"place": "BRUSSELS", "fields": {"people": []}, "facts": {"sound": []}}),
    ):
        frozen.at += timedelta(hours=1)
        words = {"title": name, "place": more["place"], "fields": more["fields"]}
        film = films.master(f"{name}.mp4", frames=frames)
        facts = more["facts"] | {"shots": [], "restrictions": []}
        made.append(films.video(State.PUBLISHED, film=film, facts=facts, **words))
    return made


def test_the_library_shows_what_is_public_newest_first(browse, three):
    page = browse("/en/media/")
    assert titles(page) == ["middle", "long", "short"]
    assert page.words(".page-head__count") == "3 results"
    assert "log in or create a media account" in page.words(".media-gate")
    card = page.all(".media-cards__one")[1]
    assert card.select_one("a")["href"] == "/en/media/videos/long"
    assert card.select_one("img")["src"].endswith("/poster-320.jpg")
    line = " ".join(card.select_one(".media-cards__line").get_text(" ", strip=True).split())
    assert line == "V-2025-0002 6 min 0 s Kyiv 3 December 2025 Broadcast quality"
    assert [each.get_text() for each in page.all(".media-kinds a")] == ["All", "Video", "Photos"]
    assert "Media library" in page.words(".masthead__nav")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=oldest", ["short", "long", "middle"]),
        ("sort=longest", ["long", "middle", "short"]),
        ("kind=video", ["middle", "long", "short"]),
        ("kind=video&sort=longest", ["long", "middle", "short"]),
        ("kind=photo", []),
        ("place=brussels", ["middle", "short"]),
        ("place=Brüssels&kind=video&sort=oldest", ["short", "middle"]),
        ("person=helene+vasseur", ["short"]),
        ("sound=uk", ["long"]),
        ("sound=uk&place=brussels", []),
        ("sound=uk&place=kyiv&sort=longest&kind=video", ["long"]),
        ("year=2025", ["middle", "long", "short"]),
        ("captions=yes", ["middle", "long", "short"]),  # none has any: no choice, so nothing was asked
        ("kind=audio&sort=best&place=nowhere&utm=1", ["middle", "long", "short"]),
    ],
)
def test_the_library_is_narrowed_and_put_in_order(browse, three, query, found):
    page = browse(f"/en/media/?{query}")
    assert titles(page) == found
    if not found:
        assert "Nothing" in page.words(".list-page__results")


def test_choices_are_those_that_there_are_and_filters_can_be_let_go_of(browse, three):
    page = browse("/en/media/?place=brussels&kind=video&sort=oldest")
    assert [each["value"] for each in page.all("#filter-place option")] == ["", "brussels", "kyiv"]
    assert page.one("#filter-place option[selected]")["value"] == "brussels"
    assert [each.get_text() for each in page.all("#filter-sound option")] == [
        "All languages", "English", "language of the room", "Ukrainian",
    ]  # fmt: skip
    assert not page.all("#filter-captions")
    assert page.one(".active-filters__one")["href"] == "/en/media/?kind=video&sort=oldest"
    assert page.one("input[name=kind]")["value"] == "video"


def test_an_event_without_footage_says_when_it_comes(browse, three, frozen):
    from app.events.models import Event

    event = service.start(Event(), "en", make.text(), make.event_facts(), by=make.officer("Oksana"))
    service.submit(event, by=make.officer("Oksana"), reason="It may stay.")
    service.approve(event, by=make.officer("Amélie"))
    service.publish(event, by=make.officer("Amélie"))
    film = films.master("event.mp4")
    films.video(
        State.PUBLISHED, film=film, title="of the event", facts={"event": event.item_id, "sound": ["fr"]}
    )
    assert titles(browse(f"/en/media/?event={event.item_id}")) == ["of the event"]
    page = browse(f"/en/media/?event={event.item_id}&sound=uk")
    assert "No footage yet for this event" in page.words(".list-page__results")
    assert make.TITLES["en"] in page.words("#filter-event")


def test_a_list_and_its_filters_ask_no_more_for_many_than_for_few(browse, app, frozen):
    def asked():
        seen = []
        note = lambda *told: seen.append(told[2])  # noqa: E731
        remembered.forget()
        event.listen(db.engine, "before_cursor_execute", note)
        shown = len(titles(browse("/en/media/")))
        event.remove(db.engine, "before_cursor_execute", note)
        return shown, len(seen)

    def add(number):
        about = make.event(State.PUBLISHED)
        film = films.master(f"{number}.mp4")
        films.video(State.PUBLISHED, film=film, title=str(number), facts={"event": about.item_id})

    add(1)
    asked()  # what is asked for once in the life of a process
    add(2)
    shown, few = asked()
    add(3)
    add(4)
    assert (shown, few > 0) == (2, True)
    assert asked() == (4, few)


def test_nothing_stands_in_the_library_before_its_hour_nor_after_its_end(browse, frozen, app):
    assert "Nothing has been published here yet" in browse("/en/media/").words()
    edition = films.video(State.SCHEDULED, at=frozen.at + timedelta(hours=1))
    page = browse("/en/media/")
    assert titles(page) == []
    assert not page.all("#filter-place")
    frozen.at += timedelta(hours=1)
    assert len(titles(browse("/en/media/"))) == 1
    service.settle()
    service.withdraw(edition, reason="Wrong.", by=make.officer("Amélie"))
    assert titles(browse("/en/media/")) == []
    assert titles(browse("/fr/media/")) == []


def test_pages_of_the_library_are_24_long_and_end(browse, app, monkeypatch, three):
    monkeypatch.setattr("app.library.browsing.PAGE", 2)
    page = browse("/en/media/?kind=video")
    assert "2" in page.words(".pagination")
    browse("/en/media/?page=3", status=404)
    browse("/en/media/?page=x", status=404)


@pytest.mark.parametrize("value", ["'", "\x00", "9" * 400, "<script>", "%", "\u202e", "yes\n", "-1"])
def test_hostile_filters_ask_for_nothing(client, three, value):
    for name in ("kind", "topic", "event", "place", "person", "year", "sound", "captions", "sort"):
        answer = client.get("/en/media/", query_string={name: value})
        assert answer.status_code == 200, (name, value)
        assert "<script>&" not in answer.get_data(as_text=True)

"""A media officer's way with a video: its words, its shotlist, its restrictions, and every way in which it can go wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.database import db
from app.editorial import remembered, rules, service
from app.editorial.models import Edition, State
from app.editorial.service.snapshots import shared_of, text_of
from app.events.models import Event
from app.library import shotlist
from app.library.describing import describing
from app.library.models import Master, MasterState, MediaKind, RenditionState
from tests import make
from tests.browser import Page, check_html, hold_to_the_house
from tests.videos import films


@pytest.fixture
def max_(app):
    """A browser in which Max (media desk) is signed in."""
    return make.signed_in(app, "Max")


@pytest.fixture
def edition(app):
    """A draft of a video in English."""
    return films.video()


def here(edition, page="shotlist"):
    return f"/desk/videos/{edition.item_id}/{edition.language}/{page}"


def form_of(page, selector="#shotlist-form, #text-form"):
    fields = {}
    form = page.one(selector)
    outside = page.all(f"[form={form['id']}]:not(button)")
    for control in [*form.select("input, textarea, select"), *outside]:
        kind = control.get("type")
        if kind in ("checkbox", "radio") and not control.has_attr("checked"):
            continue
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            fields[control["name"]] = chosen["value"]
        elif control.name == "textarea":
            fields[control["name"]] = control.get_text().removeprefix("\n")
        elif control.get("name") and kind != "submit":
            fields[control["name"]] = control.get("value", "")
    return fields


def typed(by, path, **changes):
    page = Page(by.get(path))
    assert page.status == 200, page.html[:500]
    return form_of(page) | changes


def post(by, path, fields, status=303):
    page = Page(by.post(path, data=fields))
    assert page.status == status, (page.status, page.words())
    return page


def shot(number, **values):
    return {f"shots-{number}-{name}": value for name, value in values.items()}


def errors(page):
    return [each.get_text(" ", strip=True).removeprefix("Error: ") for each in page.all(".field__error")]


def times(page):
    return [
        (first["value"], last["value"])
        for first, last in zip(
            page.all("input[name^='shots-'][name$='-begins_at']"),
            page.all("input[name^='shots-'][name$='-ends_at']"),
            strict=True,
        )
    ]


# The video


@make.act
def _cannot_be_watched(film, state, problem, warnings=()):
    film.warnings = list(warnings)
    [preview] = [each for each in film.renditions if each.name == "preview"]
    preview.state, preview.problem, preview.key = state, problem, ""


def test_a_film_without_its_preview_says_why_and_is_tried_again(app, max_):
    edition = films.video(State.PUBLISHED)
    film, where = db.session.query(Master).one(), here(edition, "")
    assert "The film" not in [each.get_text() for each in Page(max_.get(where)).all(".side-box__title")]
    _cannot_be_watched(film, RenditionState.FAILED, "too_heavy", warnings=["film_has_place"])
    page = Page(max_.get(where))
    assert "preview: It takes more memory or time than is allowed." in page.words(".side-box__list")
    assert "The preview and parts of it do not tell it." in page.words()
    again = page.one("form[action$='/film/again']")
    post(max_, again["action"], {"csrf_token": again.input["value"]})
    page = Page(max_.get(where))
    assert "Being prepared: preview." in page.words()
    assert not page.all("form[action$='/film/again']")
    remembered.forget()
    assert (
        "This film is being prepared for watching."
        in Page(app.test_client().get(f"/en/media/videos/{edition.path}")).words()
    )


def test_from_the_uploads_a_film_is_described_and_its_videos_are_named(max_):
    how, film, other = describing(MediaKind.VIDEO), films.master("one.mp4"), films.master("two.mp4")
    assert how.known({film.id, other.id}) == {}
    assert Page(max_.get(how.begin(film.id))).one("input[name=master]")["value"] == str(film.id)
    edition = films.video(film=film)
    films.video(language="fr", item=edition.item, film=film)
    here = f"/desk/videos/{edition.item_id}/en/"
    assert how.known({film.id, other.id}) == {film.id: [(films.TITLES["en"], here)]}


def test_a_video_begins_with_the_file_that_the_address_names(max_):
    film = films.master()
    page = Page(max_.get(f"/desk/videos/new?master={film.id}"))
    assert page.one("input[name=master]")["value"] == str(film.id)
    page = Page(max_.get(f"/desk/videos/new?language=en&master={film.id}"))
    hold_to_the_house(page)
    assert page.one("#master option[selected]")["value"] == str(film.id)
    post(
        max_,
        "/desk/videos/new?language=en",
        form_of(page) | {
            "title": "Session", "lead": "A session.", "place": "Brussels", "recorded_on": "3 December 2025",
            "credit": "Secretariat", "people": "Hélène Vasseur\n\nOlena Marchenko", "sound": "floor, EN",
            "body": "It shows a session.",
        },
    )  # fmt: skip
    edition = db.session.query(Edition).filter_by(type="video").one()
    assert edition.current.facts["master"] == film.id
    assert (edition.current.facts["sound"], edition.current.facts["recorded_on"]) == (
        ["floor", "en"],
        "2025-12-03",
    )
    assert edition.current.fields["people"] == ["Hélène Vasseur", "Olena Marchenko"]
    again = typed(max_, here(edition, ""))
    assert (again["sound"], again["people"]) == ("floor, en", "Hélène Vasseur\nOlena Marchenko")
    assert post(max_, here(edition, ""), again)
    assert edition.current.number == 1, "nothing had changed"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"master": "999"}, "Choose one of the files in the list."),
        ({"recorded_on": "31 February 2025"}, "Enter a date like"),
        ({"sound": "english"}, "Use codes of languages"),
        ({"credit": "x" * 201}, "Use at most 200 characters."),
        ({"source": "x" * 201}, "Use at most 200 characters."),
        ({"people": "\n".join(f"Name {number}" for number in range(41))}, "Name 40 people at most."),
        ({"people": "x" * 121}, "Use at most 120 characters."),
        ({"event": "https://elsewhere.test/events/1"}, "Enter the address of an event on this site."),
        ({"event": "not an address"}, "Enter"),
    ],
)
def test_what_cannot_be_kept_of_a_video_is_said_beside_its_field(max_, edition, changes, said):
    page = post(max_, here(edition, ""), typed(max_, here(edition, ""), **changes), 422)
    assert any(said in each for each in errors(page)), errors(page)
    assert edition.current.number == 1


def test_files_that_another_video_is_made_of_are_not_offered(max_, edition):
    films.master("other.mp4")
    films.master("broken.mp4", state=MasterState.FAILED)
    films.master("photo.jpg", kind=MediaKind.PHOTO)
    films.master("soon.mp4", state=MasterState.PREPARING)
    offered = [
        each.get_text() for each in Page(max_.get("/desk/videos/new?language=en")).all("#master option")
    ]
    assert offered == ["Not chosen yet", "soon.mp4 (being prepared)", "other.mp4"]
    own = [each.get_text() for each in Page(max_.get(here(edition, ""))).all("#master option")]
    assert own == ["Not chosen yet", "soon.mp4 (being prepared)", "other.mp4", "session.mp4"]


def test_an_event_of_ours_is_kept_as_what_it_is(max_, edition):
    event = service.start(Event(), "en", make.text(), make.event_facts(), by=make.officer("Oksana"))
    fields = typed(max_, here(edition, ""), event=f"/desk/events/{event.item_id}/en/")
    post(max_, here(edition, ""), fields)
    assert edition.current.facts["event"] == event.item_id
    assert typed(max_, here(edition, ""))["event"] == f"/desk/events/{event.item_id}/"


def test_a_video_cannot_be_reviewed_without_what_users_need(max_):
    page = post(
        max_,
        "/desk/videos/new?language=en",
        typed(max_, "/desk/videos/new?language=en", title="Only a title"),
    )
    edition = db.session.query(Edition).filter_by(type="video").one()
    del page
    words = Page(max_.get(here(edition, ""))).words()
    for said in (
        "Choose the video file.", "Say where it was recorded.", "Say on which day it was recorded.",
        "Say whom users have to name.", "Say what the video shows.",
    ):  # fmt: skip
        assert said in words
    assert "follows the timecode of the file" in Page(max_.get(here(edition))).words()


# The shotlist


def test_the_shotlist_stands_in_the_form_in_the_timecode_of_the_film(max_, edition):
    page = Page(max_.get(here(edition)))
    hold_to_the_house(page)
    check_html(page.html)
    assert times(page) == [
        ("00:00:00:00", "00:00:05:00"), ("00:00:05:00", "00:00:21:00"), ("00:00:21:00", "00:00:56:00"), ("", ""),
    ]  # fmt: skip
    assert "No shot tells of 00:00:56:00 to 00:01:00:00." in page.words()
    post(max_, here(edition), form_of(page))
    assert edition.current.number == 1, "nothing had changed"


def test_a_shot_is_added_with_an_end_a_length_or_neither(max_, edition):
    fields = typed(max_, here(edition)) | shot(3, begins_at="56", length="3", description="Applause")
    post(max_, here(edition), fields)
    assert edition.current.facts["shots"][-1] | {"id": ""} == {
        "id": "",
        "in": 1400,
        "out": 1475,
        "kind": "scene",
    }
    fields = typed(max_, here(edition)) | shot(4, begins_at="0:59", description="Dusk")
    post(max_, here(edition), fields)
    last = edition.current.facts["shots"][-1]
    assert (last["in"], last["out"]) == (1475, 1500)
    assert edition.current.fields["shots"][last["id"]] == {"description": "Dusk"}


@pytest.mark.parametrize(
    ("number", "values", "said"),
    [
        (0, {"begins_at": "0:05", "ends_at": "0:04"}, "The out point must be after the in point."),
        (0, {"begins_at": "0:05", "ends_at": "0:05"}, "The out point must be after the in point."),
        (0, {"begins_at": "2:00", "ends_at": ""}, "This video ends at 00:01:00:00."),
        (0, {"begins_at": "soon"}, "is not a time"),
        (0, {"begins_at": "00:00:00:25"}, "A second has 25 frames here"),
        (0, {"begins_at": "", "ends_at": "0:05"}, "Say when the shot begins."),
        (3, {"begins_at": "0:50", "length": "long"}, "is not a time"),
        (
            3,
            {"begins_at": "0:50", "length": "0", "description": "x"},
            "The out point must be after the in point.",
        ),
        (0, {"description": "x" * 501}, "Use at most 500 characters."),
        (0, {"language": "english"}, "Use the code of a language"),
    ],
)
def test_what_cannot_be_a_shot_is_said_beside_its_field(max_, edition, number, values, said):
    page = post(max_, here(edition), typed(max_, here(edition)) | shot(number, **values), 422)
    assert any(said in each for each in errors(page)), errors(page)
    hold_to_the_house(page)
    kept = form_of(page)
    assert all(kept[name] == value for name, value in shot(number, **values).items())
    assert edition.current.number == 1


def test_a_moved_shot_changes_its_words_with_its_neighbours_and_leaves_the_times(max_, edition):
    page = post(max_, here(edition), typed(max_, here(edition), move="s0000002:up"), 200)
    assert [times(page)[0], times(page)[1]] == [
        ("00:00:00:00", "00:00:05:00"),
        ("00:00:05:00", "00:00:21:00"),
    ]
    kept = form_of(page)
    assert (kept["shots-0-description"], kept["shots-1-description"]) == (
        "Exterior, flags at full mast",
        "Title card",
    )
    assert edition.current.number == 1
    post(max_, here(edition), kept)
    assert [each["id"] for each in edition.current.facts["shots"]] == ["s0000002", "s0000001", "s0000003"]
    for move in ("s0000002:up", "s9999999:up", "nonsense", ":", "s0000003:down"):
        page = post(max_, here(edition), typed(max_, here(edition), move=move), 200)
        assert form_of(page)["shots-0-description"] == "Exterior, flags at full mast"


def test_a_deleted_shot_leaves_the_form_and_then_the_list(max_, edition):
    page = post(max_, here(edition), typed(max_, here(edition), delete="s0000002"), 200)
    assert len(times(page)) == 3
    post(max_, here(edition), form_of(page))
    assert [each["id"] for each in edition.current.facts["shots"]] == ["s0000001", "s0000003"]
    assert set(edition.current.fields["shots"]) == {"s0000001", "s0000003"}


def test_a_new_shot_at_the_time_of_the_player_stands_in_its_place(max_, edition):
    page = post(max_, here(edition), typed(max_, here(edition), add="here", at="00:00:10:12"), 200)
    assert times(page)[2] == ("00:00:10:12", "")


def test_a_row_that_was_just_added_can_be_moved_and_deleted(max_, edition):
    page = post(max_, here(edition), typed(max_, here(edition), add="here", at="00:00:10:12"), 200)
    key = form_of(page)["shots-2-key"]
    page = post(max_, here(edition), form_of(page) | {"move": f"{key}:up"}, 200)
    kept = form_of(page)
    assert (kept["shots-1-key"], kept["shots-2-description"]) == (key, "Exterior, flags at full mast")
    page = post(max_, here(edition), kept | {"delete": key}, 200)
    assert key not in form_of(page).values()


def test_a_pasted_list_fills_the_form_and_unread_lines_come_back(max_, edition):
    pasted = "0:56 +2 Applause\nnothing here\n\n9:99 Beyond\n0:58 Soundbite (French) – H. Vasseur: « Oui. »"
    page = post(max_, here(edition), typed(max_, here(edition), pasted=pasted, paste="1"), 200)
    hold_to_the_house(page)
    words = page.words()
    assert "2 shots were added to the form." in words
    assert "Line 4 could not be read: “9:99 Beyond”." in words
    assert page.one("#pasted").get_text().strip() == "9:99 Beyond"
    assert times(page)[3:5] == [("00:00:56:00", "00:00:58:00"), ("00:00:58:00", "00:01:00:00")]
    assert edition.current.number == 1
    post(max_, here(edition), form_of(page))
    assert [each["kind"] for each in edition.current.facts["shots"]][-2:] == ["scene", "soundbite"]


def test_a_full_list_takes_no_more_and_gives_back_what_had_no_room(max_, edition, monkeypatch):
    monkeypatch.setattr(shotlist, "MOST_SHOTS", 4)
    long = f"0:58 {'Flags ' * 30}".strip()
    page = post(
        max_, here(edition), typed(max_, here(edition), pasted=f"0:56 +2 Last\n{long}", paste="1"), 200
    )
    assert len(times(page)) == 4
    assert page.one("#pasted").get_text().strip() == long
    page = post(max_, here(edition), form_of(page) | {"add": "here", "at": "0:10"}, 422)
    assert "A shotlist has 500 shots at most." in page.words("#shots")
    assert len(times(page)) == 4


@pytest.mark.parametrize("number", ["9" * 5000, "٣" * 5000, "-1", "x"])
def test_what_is_no_number_of_a_file_is_none(max_, edition, number):
    fields = typed(max_, here(edition, ""), master=number)
    post(max_, here(edition, ""), fields, 422)


def test_a_pasted_list_takes_the_place_of_all_if_something_of_it_was_read(max_, edition):
    page = post(max_, here(edition), typed(max_, here(edition), pasted="0:00 Only", replace="1"), 200)
    assert times(page) == [("00:00:00:00", "00:01:00:00"), ("", "")]
    page = post(max_, here(edition), typed(max_, here(edition), pasted="nothing", replace="1"), 200)
    assert len(times(page)) == 4


def test_restrictions_hold_for_the_whole_film_or_a_part(max_, edition):
    fields = typed(max_, here(edition)) | {
        "restrictions-1-text": "Not for use online.", "restrictions-1-begins_at": "0:10", "restrictions-1-ends_at": "0:20",
    }  # fmt: skip
    post(max_, here(edition), fields)
    assert [(each["in"], each["out"]) for each in edition.current.facts["restrictions"]] == [
        (None, None),
        (250, 500),
    ]
    bad = typed(max_, here(edition)) | {"restrictions-1-ends_at": "0:05"}
    assert "The out point must be after the in point." in errors(post(max_, here(edition), bad, 422))
    long = typed(max_, here(edition)) | {"restrictions-1-text": "x" * 501}
    assert "Use at most 500 characters." in errors(post(max_, here(edition), long, 422))
    page = post(
        max_,
        here(edition),
        typed(max_, here(edition), drop=edition.current.facts["restrictions"][1]["id"]),
        200,
    )
    post(max_, here(edition), form_of(page))
    assert len(edition.current.facts["restrictions"]) == 1


def test_two_who_write_at_once_are_told_and_lose_nothing(max_, edition):
    fields = typed(max_, here(edition)) | shot(0, description="Mine")
    current = edition.current
    service.save(
        edition,
        replace(text_of(current), title="Another title"),
        shared_of(current),
        base=1,
        by=make.officer("Oksana"),
    )
    page = post(max_, here(edition), fields, 409)
    assert "version 2 was saved" in page.words()
    assert form_of(page)["shots-0-description"] == "Mine"
    post(max_, here(edition), form_of(page))
    assert edition.current.fields["shots"]["s0000001"] == {"description": "Mine"}
    assert edition.current.title == "Another title"


def test_another_language_has_the_shots_and_lacks_their_words(max_, edition):
    start = typed(max_, f"/desk/videos/{edition.item_id}/fr/", title="Session")
    assert (start["sound"], start["credit"], start["recorded_on"]) == (
        "floor, en",
        "",
        "3\N{NO-BREAK SPACE}December 2025",
    )
    post(max_, f"/desk/videos/{edition.item_id}/fr/", start)
    french = db.session.query(Edition).filter_by(type="video", language="fr").one()
    assert [each["id"] for each in french.current.facts["shots"]] == ["s0000001", "s0000002", "s0000003"]
    words = Page(max_.get(here(french, ""))).words()
    assert "3 shots have no words in this language." in words
    assert "1 restriction has no words in this language." in words


def test_hostile_rows_are_no_shots_and_break_nothing(max_, edition):
    fields = typed(max_, here(edition))
    for changes in (
        {"shots-0-key": "../../etc"}, {"shots-1-key": "s0000001"}, {"shots-99999-begins_at": "0:01"},
        {"shots-x-begins_at": "0:01"}, {"base": "x"}, {"shots-0-kind": "bomb"}, {"pasted": "\x00" * 100, "paste": "1"},
        {"shots-0-begins_at": "\u202e0:01"}, {"shots-0-description": "<script>"}, {"delete": "x" * 5000},
        {"add": "here", "at": "\x00\x01" * 50},
    ):  # fmt: skip
        assert max_.post(here(edition), data=fields | changes).status_code < 500, changes


def test_who_may_not_write_is_turned_away(app, client, edition):
    assert client.get(here(edition)).status_code in (302, 303, 401)
    assert make.signed_in(app, "Nora").get(here(edition)).status_code == 403
    assert make.signed_in(app, "Max").get("/desk/videos/99/en/shotlist").status_code == 404
    assert make.signed_in(app, "Max").get(f"/desk/videos/{edition.item_id}/uk/shotlist").status_code == 404


def test_a_video_waits_for_its_file_and_has_no_shots_beyond_its_end(app):
    soon = films.video(film=films.master("soon.mp4", state=MasterState.PREPARING))
    assert [str(gap.message) for gap in rules.missing("video", soon.current)] == [
        "The video file is not ready yet. It can be reviewed once it has been prepared."
    ]
    short = films.video(film=films.master("short.mp4", frames=1000))
    assert [str(gap.message) for gap in rules.missing("video", short.current)] == [
        "A shot ends after the end of the video file."
    ]
    assert rules.missing("video", films.video(film=films.master("whole.mp4")).current) == []

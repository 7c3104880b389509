"""What readers get of a video: its page, the passage they choose, its shotlist and its files, and what is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from app.database import db
from app.downloads.service import making
from app.editorial import service
from app.editorial.models import Edition, State
from app.library.cutting.values import Index
from app.library.rates import Rate
from tests import make
from tests.videos import films


@pytest.fixture
def video(scene):
    """A public video of one minute, in English."""
    scene("a video", lambda: films.video(State.PUBLISHED))
    return db.session.query(Edition).filter_by(type="video").one()


def here(edition, **query):
    asked = urlencode(query, safe=":;")
    return f"/{edition.language}/media/videos/{edition.path}" + (f"?{asked}" if asked else "")


def test_the_page_shows_the_film_its_shots_and_what_is_known_of_it(browse, video):
    page = browse(here(video))
    assert page.one("h1").get_text() == films.TITLES["en"]
    assert page.words(".kicker").split() == ["Video", "V-2025-0001", "Broadcast", "quality"]
    assert page.one("video source")["src"].endswith("/preview.mp4")
    assert page.one("video")["poster"].endswith("/poster-1280.jpg")
    assert len(page.all(".shotlist__row")) == 3
    assert "Soundbite, English" in page.words(".shotlist")
    assert "Hélène Vasseur, Secretary General: “Every link has to be known.”" in page.words(".shotlist")
    assert "International Secretariat" in page.words(".video-about")
    assert "1920 × 1080, 25p, H.264, stereo" in page.words(".video-about")
    assert "Captions are being prepared." in page.words(".video-about")
    assert page.answer.headers["Cache-Control"].startswith("public")


# Choosing a passage


def fields(page):
    """What the form of the passage would send, as it stands."""
    return {each["name"]: each.get("value", "") for each in page.one("#selection").select("input[name]")}


def test_a_passage_stands_in_the_address_and_on_the_page(browse, video):
    page = browse(here(video, **{"in": "00:00:05:00", "out": "00:00:56:00"}))
    assert page.one(".passage__sum").get_text(" ", strip=True) == "00:00:51:00 from 2 shots"
    assert (page.one("#in")["value"], page.one("#out")["value"]) == ("00:00:05:00", "00:00:56:00")
    first, last = page.all("input[type=range]")
    assert (first["value"], last["value"], first["max"]) == ("125", "1400", "1500")
    assert first["aria-valuetext"] == "5 seconds, shot 2"
    assert last["aria-valuetext"] == "56 seconds, end of shot 3"
    chosen = page.one("[data-chosen]")
    assert (float(chosen["x"]), float(chosen["width"])) == (83.3, 850)
    assert [each.get_text(" ", strip=True) for each in page.all(".shotlist__row.is-chosen [data-use]")] == [
        "Selected shot 2", "Selected shot 3",
    ]  # fmt: skip
    assert page.one("link[rel=canonical]")["href"].endswith(here(video))
    assert page.one("meta[name=robots]")["content"] == "noindex"


def test_without_a_choice_the_whole_film_is_meant(browse, video):
    page = browse(here(video))
    assert page.one(".passage__sum").get_text(strip=True) == "the whole video, 00:01:00:00"
    assert (page.one("#in")["value"], page.one("#out")["value"]) == ("", "")
    assert not page.all(".is-chosen")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ({"in": "5", "out": "0:21"}, "00:00:05:00", "00:00:21:00"),
        ({"in": "5"}, "00:00:05:00", "00:01:00:00"),
        ({"out": "5.5"}, "00:00:00:00", "00:00:05:12"),
        ({"in": "00:00:05:00", "out": "00:00:21:00", "from": "250", "to": "525", "shown": "125-525"}, "00:00:10:00",
         "00:00:21:00"),
        ({"from": "250", "to": "1500", "shown": "0-1500"}, "00:00:10:00", "00:01:00:00"),
        ({"in": "7", "from": "250", "to": "1500", "shown": "0-1500"}, "00:00:07:00", "00:01:00:00"),
        ({"in": "00:00:05:00", "out": "00:00:21:00", "utm": "mail", "from": "125", "to": "525", "shown": "125-525"},
         "00:00:05:00", "00:00:21:00"),
    ],
)  # fmt: skip
def test_times_and_handles_lead_to_the_one_form_of_the_address(client, video, asked, first, last):
    answer = client.get(here(video, **asked))
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{here(video, **{'in': first, 'out': last})}#selection"
    assert client.get(answer.headers["Location"].partition("#")[0]).status_code == 200


def test_the_format_stays_in_the_address_and_the_whole_film_needs_none(client, video):
    there = client.get(here(video, **{"in": "5", "format": "720p"})).headers["Location"]
    assert (
        there == f"{here(video, **{'in': '00:00:05:00', 'out': '00:01:00:00', 'format': '720p'})}#selection"
    )
    assert client.get(there.partition("#")[0]).status_code == 200
    assert (
        client.get(here(video, **{"in": "0", "out": "60"})).headers["Location"] == f"{here(video)}#selection"
    )


def test_the_form_sends_what_it_shows_without_script(browse, client, video):
    page = browse(here(video))
    known = fields(page)
    assert known == {"from": "0", "to": "1500", "shown": "0-1500", "in": "", "out": ""}
    there = client.get(here(video, **known | {"from": "125"})).headers["Location"]
    page = browse(there.partition("#")[0])
    assert fields(page)["in"] == "00:00:05:00"
    there = client.get(here(video, **fields(page) | {"out": "21"})).headers["Location"]
    assert there == f"{here(video, **{'in': '00:00:05:00', 'out': '00:00:21:00'})}#selection"
    page = browse(there.partition("#")[0])
    cleared = client.get(here(video, **fields(page) | {"out": ""})).headers["Location"]
    assert cleared == f"{here(video, **{'in': '00:00:05:00', 'out': '00:01:00:00'})}#selection"


def test_a_shot_is_chosen_by_a_link_and_the_choice_goes_on_to_another(browse, video):
    page = browse(here(video))
    use = page.all("[data-use]")[1]
    assert use["href"] == "?in=00:00:05:00&out=00:00:21:00#selection"
    assert all(each.has_attr("hidden") for each in page.all("[data-extend]"))
    page = browse(here(video, **{"in": "00:00:05:00", "out": "00:00:21:00"}))
    first, chosen, last = page.all("[data-extend]")
    assert first["href"] == "?in=00:00:00:00&out=00:00:21:00#selection"
    assert chosen.has_attr("hidden")
    assert last["href"] == "?in=00:00:05:00&out=00:00:56:00#selection"


@pytest.mark.parametrize(
    ("asked", "field", "said"),
    [
        ({"in": "21", "out": "5"}, "out", "The out point must be after the in point."),
        ({"in": "5", "out": "5"}, "out", "The out point must be after the in point."),
        ({"in": "5", "out": "00:00:05:01"}, "out", "Select at least 1 second."),
        ({"in": "5", "out": "2:00"}, "out", "This video ends at 00:01:00:00."),
        ({"in": "5:00"}, "in", "This video ends at 00:01:00:00."),
        ({"in": "soon"}, "in", "“soon” is not a time."),
        ({"in": "00:00:00:25"}, "in", "A second has 25 frames here"),
        ({"in": "00:00:61:00"}, "in", "minutes and seconds from 00 to 59"),
        ({"in": "60", "out": ""}, "out", "The out point must be after the in point."),
    ],
)
def test_what_cannot_be_chosen_is_said_beside_its_field_and_stays_there(browse, video, asked, field, said):
    page = browse(here(video, **asked), status=422)
    assert said in page.words(f"#{field}-error")
    assert page.one(f"#{field}")["aria-invalid"] == "true"
    assert page.one(f"#{field}")["aria-describedby"].startswith(f"{field}-error")
    for name, value in asked.items():
        assert page.one(f"#{name}")["value"] == value
    assert page.one("title").get_text().startswith("Error: ")


@pytest.mark.parametrize(
    "value",
    [
        "'",
        '"><script>',
        "\x00",
        "\u202e1:16",
        "9" * 300,
        "-1",
        "1e9",
        "٠:١٦",
        "00:00:00:00:00",
        "%s%n",
        "NaN",
        "💥",
        ";;",
        "0x10",
    ],
)
def test_a_hostile_time_never_breaks_the_page(client, video, value):
    for asked in (
        {"in": value}, {"out": value}, {"in": value, "out": value}, {"from": value, "to": value, "shown": value},
        {"from": "10", "to": "99999999", "shown": value}, {"shown": "0-1500", "from": value, "format": value},
    ):  # fmt: skip
        answer = client.get(here(video, **asked))
        assert answer.status_code in (200, 302, 422), (asked, answer.status_code)
        assert "<script>'" not in answer.get_data(as_text=True)
        assert '"><script>' not in answer.get_data(as_text=True)


def test_a_restriction_of_a_part_is_told_to_who_chose_some_of_it(browse, app):
    facts = {
        "restrictions": [
            {"id": "r0000001", "in": None, "out": None},
            {"id": "r0000002", "in": 500, "out": 750},
        ]
    }
    words = {"restrictions": {"r0000001": "Not for advertising.", "r0000002": "Not for use online."}}
    video = films.video(State.PUBLISHED, facts=facts, fields=words)
    page = browse(here(video))
    assert "Not for advertising." in page.words(".stage__sum")
    assert page.one("[data-restricted]").has_attr("hidden")
    assert "00:00:20:00 – 00:00:30:00 Not for use online." in page.words(".video-about__restrictions")
    page = browse(here(video, **{"in": "00:00:10:00", "out": "00:00:20:01"}))
    assert not page.one("[data-restricted]").has_attr("hidden")
    page = browse(here(video, **{"in": "00:00:10:00", "out": "00:00:20:00"}))
    assert page.one("[data-restricted]").has_attr("hidden")


def test_drop_frame_timecode_and_a_start_of_its_own_are_those_of_the_file(browse, app):
    film = films.master(rate=[30000, 1001], is_drop=True, start=1078920, frames=1800, duration_seconds=60.06)
    video = films.video(State.PUBLISHED, film=film)
    page = browse(here(video, **{"in": "10:00:10;00", "out": "10:00:20;00"}))
    assert page.one(".passage__sum b").get_text() == "00:00:10;00"
    assert page.all(".shotlist__time")[0].get_text() == "10:00:00"
    assert "29.97 frames per second, from 10:00:00;00 to 10:01:00;02" in page.words(".passage__hint")
    assert "29.97p, timecode from 10:00:00;00, drop-frame" in page.words(".video-about")
    page = browse(here(video, **{"in": "10:01:00;00"}), status=422)
    assert "do not exist" in page.words("#in-error")


def test_a_film_shorter_than_a_second_can_be_chosen_whole(client, browse, app):
    video = films.video(
        State.PUBLISHED, film=films.master(frames=10), facts={"shots": []}, fields={"shots": {}}
    )
    page = browse(here(video))
    assert "This video has no shotlist yet." in page.words(".shotlist")
    assert client.get(here(video, **{"in": "0", "out": "0.4"})).status_code == 302
    assert client.get(here(video, **{"in": "0", "out": "0.1"})).status_code == 422


# States


def test_nothing_tells_of_a_video_before_its_hour(client, frozen, app):
    film = films.master()
    films.video(State.SCHEDULED, film=film, at=frozen.at + timedelta(hours=1))
    assert client.get("/en/media/videos/ministers-session-and-press-conference").status_code == 404
    for name in ("poster-320.jpg", "preview.mp4", "strip.jpg", "waveform.json", "none.jpg"):
        assert client.get(f"/media/masters/{film.id}/{name}").status_code == 404
    frozen.at += timedelta(hours=1)
    assert client.get("/en/media/videos/ministers-session-and-press-conference").status_code == 200
    assert client.get(f"/media/masters/{film.id}/preview.mp4").status_code == 200


def test_a_withdrawn_video_keeps_its_words_and_shows_no_film(browse, client, app):
    film = films.master()
    video = films.video(State.WITHDRAWN, film=film)
    page = browse(here(video))
    assert "The film showed the wrong meeting." in page.words()
    assert not page.all("video, form.passage, img")
    assert "The film cannot be watched on this page." in page.words()
    assert "00:00:21" in page.words(".shotlist")
    assert client.get(f"/media/masters/{film.id}/preview.mp4").status_code == 404


def test_a_corrected_video_says_so_and_shows_what_changed(browse, video):
    from dataclasses import replace

    from app.editorial.service.snapshots import shared_of, text_of

    writer, editor = make.officer("Max"), make.officer("Amélie")
    current = video.current
    shots = films.WORDS | {"s0000001": {"description": "Title card with the date"}}
    service.save(
        video,
        replace(text_of(current), fields=current.fields | {"shots": shots}),
        shared_of(current),
        base=1,
        by=writer,
    )
    service.submit(video, by=writer, reason="It may stay.")
    service.approve(video, by=editor)
    service.publish(video, by=editor, kind="correction", note="The title card shows a date.")
    page = browse(here(video))
    assert "The title card shows a date." in page.words(".video__below")
    page = browse(f"{here(video)}/history")
    assert "Shotlist" in page.words()
    page = browse(f"{here(video)}/history/1")
    assert "Title card" in page.words(".shotlist")
    assert not page.all("video, form.passage")


def test_a_video_in_another_language_is_shown_with_a_notice(browse, video):
    page = browse(here(video).replace("/en/", "/fr/"))
    assert page.one("h1")["lang"] == "en"
    assert "n’existe pas" in page.words() or "en anglais" in page.words()
    assert page.one("#selection")["action"].startswith("/en/")


def test_media_videos_leads_to_the_library(client, app):
    answer = client.get("/fr/media/videos/")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/fr/media/?kind=video")


# For machines, and files


def test_a_video_says_what_it_is_to_machines(browse, video):
    page = browse(here(video))
    data = json.loads(page.one("script[type='application/ld+json']").string)
    assert (data["@type"], data["name"], data["duration"]) == ("VideoObject", films.TITLES["en"], "PT60S")
    assert data["contentUrl"].endswith("/preview.mp4")
    assert [url.rpartition("/")[2] for url in data["thumbnailUrl"]] == ["poster-1280.jpg", "poster-320.jpg"]
    assert (data["identifier"], data["creditText"]) == ("V-2025-0001", "International Secretariat")
    clip = data["hasPart"][2]
    assert (clip["startOffset"], clip["endOffset"]) == (21, 56)
    assert clip["name"] == "Soundbite, English Hélène Vasseur, Secretary General:"
    assert clip["url"].endswith("?in=00:00:21:00&out=00:00:56:00#selection")


def test_the_shotlist_is_given_as_text(client, video):
    answer = client.get(f"{here(video)}.txt")
    assert answer.mimetype == "text/plain"
    text = answer.get_data(as_text=True)
    assert "Video V-2025-0001" in text
    assert "00:00:05:00 – 00:00:21:00 Exterior, flags at full mast" in text
    assert "Not for advertising." in text
    assert client.get("/en/media/videos/nothing.txt").status_code == 404
    assert client.get(f"{here(video)}.txt".replace("/en/", "/fr/")).status_code == 404


def test_files_for_everybody_are_given_in_parts_and_no_others_are(client, video):
    film = video.current.facts["master"]
    whole = client.get(f"/media/masters/{film}/preview.mp4")
    assert (whole.status_code, whole.data, whole.mimetype) == (200, b"a film", "video/mp4")
    assert "public" in whole.headers["Cache-Control"]
    part = client.get(f"/media/masters/{film}/preview.mp4", headers={"Range": "bytes=2-5"})
    assert (part.status_code, part.data) == (206, b"film")
    for name in (
        "hd.mp4",
        "original.mp4",
        "preview.jpg",
        "poster.jpg",
        "..",
        "preview.mp4/",
        "",
        "poster-320",
    ):
        assert client.get(f"/media/masters/{film}/{name}").status_code == 404, name
    assert client.get("/media/masters/99999999999/preview.mp4").status_code == 404


def test_officers_see_the_files_of_what_is_not_public(app, client):
    film = films.master()
    films.video(film=film)
    assert client.get(f"/media/masters/{film.id}/preview.mp4").status_code == 404
    answer = make.signed_in(app, "Oksana").get(f"/media/masters/{film.id}/preview.mp4")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


# What can be taken of it


def test_the_page_says_what_can_be_taken_of_the_passage_once_the_film_can_be_cut(browse, video):
    page = browse(here(video))
    assert "being prepared for cutting" in page.words("#download")
    assert page.one("#download a.button")["href"] == f"/en/media/downloads/whole/{video.id}/original"
    known = Index(
        container="mp4", codec="h264", profile="High", width=1920, height=1080, pixel_format="yuv420p",
        is_interlaced=False, rate=Rate(25), frames=1500, start_pts=0, time_base=(1, 12800), delay=2, is_intra=False,
        can_join=True, key_frames=tuple(range(0, 1500, 50)), leading={}, start=None, tracks=(), size_bytes=30_000_000,
    )  # fmt: skip
    making.keep_index(video.current.facts["master"], known.to_json())
    page = browse(here(video, **{"in": "00:00:05:00", "out": "00:00:21:00"}))
    form = page.one("#download form")
    assert form["action"] == "/en/media/downloads/prepare"
    sent = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
    assert sent == {"edition": str(video.id), "in": "00:00:05:00", "out": "00:00:21:00"}
    assert len(form.select("input[name=format]")) == 3
    assert "Not for advertising." in page.words("#download")
    assert "Credit: International Secretariat" in page.words("#download")
    assert "My selection" not in browse(here(video)).words("#download")

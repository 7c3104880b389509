"""On the page of a video: what can be taken of the passage that is chosen, for readers whom the page does not know."""

from __future__ import annotations

import pytest

from app.downloads import service
from app.editorial.models import State
from app.library.cutting import reading
from tests.videos import films as videos


@pytest.fixture
def video(text, film, film_file):
    """A public video of the film."""
    shown = videos.master(frames=150, timecode="10:00:00:00", start=900_000, duration_seconds=6.0)
    service.keep_index(shown.id, reading.read(film_file).to_json())
    return videos.video(State.PUBLISHED, film=shown, facts={"shots": []}, fields={"shots": {}})


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_panel_offers_what_would_come_of_the_choice(browse, video, language):
    page = browse(f"/en/media/videos/{video.path}?in=10:00:01:00&out=10:00:03:00")
    form = page.one("#download form")
    assert (form["action"], form["method"]) == ("/en/media/downloads/prepare", "get")
    sent = {each["name"]: each["value"] for each in form.select("input[type=hidden]")}
    assert sent == {"edition": str(video.id), "in": "10:00:01:00", "out": "10:00:03:00"}
    assert [each["value"] for each in form.select("input[name=format]")] == ["master", "720p"]
    assert page.one("[data-panel-own]").has_attr("hidden")


def test_without_a_choice_it_is_the_whole_video(browse, video):
    page = browse(f"/en/media/videos/{video.path}")
    assert [each["value"] for each in page.all("#download input[name=part]")] == ["whole"]


def test_while_nobody_knows_how_it_is_cut_all_of_it_is_there(browse, video):
    service.keep_index(video.public_revision.facts["master"], None)
    page = browse(f"/en/media/videos/{video.path}")
    assert page.one("#download a")["href"] == f"/en/media/downloads/whole/{video.id}/original"


def test_the_page_learns_that_its_film_can_be_cut(client, video, film_file):
    shown = video.public_revision.facts["master"]
    service.keep_index(shown, None)
    address = f"/en/media/videos/{video.path}"
    assert "being prepared for cutting" in client.get(address).text
    service.keep_index(shown, reading.read(film_file).to_json())
    assert "being prepared for cutting" not in client.get(address).text


def test_the_page_is_the_same_for_everybody(client, video):
    answer = client.get(f"/en/media/videos/{video.path}")
    assert "Set-Cookie" not in answer.headers
    assert "public" in answer.headers["Cache-Control"]
    assert "csrf" not in answer.text


def test_a_video_of_which_no_stills_could_be_made_has_its_page_all_the_same(browse, text, film):
    video = videos.video(State.PUBLISHED, film=film, facts={"shots": []}, fields={"shots": {}})
    assert browse(f"/en/media/videos/{video.path}").one("#download form")

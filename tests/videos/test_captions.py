"""Captions: brought as a file, looked at cue by cue, kept with a version and its transcript, given to who may read it."""

from __future__ import annotations

from io import BytesIO

import pytest

from app import clock
from app.editorial import service
from app.editorial.models import State
from app.storage.check import look_through
from app.storage.store import store
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.videos import films

VTT = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Hélène Vasseur>Every link\nhas to be known.\n\n00:10.000 --> 00:12.000\nYes & no.\n"
FLAWED = VTT + "\n00:20.000 --> 00:19.000\nBackwards\n\n02:00.000 --> 02:01.000\nAfter the end\n"
SRT = "1\n00:00:01,000 --> 00:00:04,000\nFirst line\n\n2\n00:00:05,000 --> 00:00:06,500\nSecond\n"


@pytest.fixture
def max_(app):
    return make.signed_in(app, "Max")


@pytest.fixture
def edition(app):
    return films.video()


def here(edition):
    return f"/desk/videos/{edition.item_id}/{edition.language}/captions"


def send(by, edition, content=None, name="captions.vtt", status=303, **fields):
    page = Page(by.get(here(edition)))
    known = {each["name"]: each.get("value", "") for each in page.all("form.form input[type=hidden]")}
    if content is not None:
        fields["file"] = (BytesIO(content.encode() if isinstance(content, str) else content), name)
    answer = Page(by.post(here(edition), data=known | fields, content_type="multipart/form-data"))
    assert answer.status == status, answer.words()
    return answer


def test_a_sound_file_is_kept_with_its_transcript(max_, edition):
    hold_to_the_house(Page(max_.get(here(edition))))
    send(max_, edition, VTT)
    fields = edition.current.fields
    assert (edition.current.number, fields["transcript"]) == (
        2,
        "Hélène Vasseur: Every link has to be known.\nYes & no.",
    )
    page = Page(max_.get(here(edition)))
    hold_to_the_house(page)
    assert "2 captions" in page.words()
    assert "00:00:01.000" in page.words("table")
    send(max_, edition, VTT)
    assert edition.current.number == 2, "nothing had changed"


def test_an_srt_file_is_understood(max_, edition):
    send(max_, edition, SRT, name="captions.srt")
    assert edition.current.fields["transcript"] == "First line Second"


def test_what_is_wrong_is_listed_by_number_before_anything_is_kept(max_, edition):
    page = send(max_, edition, FLAWED, status=200)
    hold_to_the_house(page)
    assert edition.current.number == 1
    assert "Number 3 It ends before it begins. Left out." in page.words(".cue-problems")
    assert "Number 4 It begins after the end of the video. Left out." in page.words(".cue-problems")
    brought = page.one("input[name=brought]")["value"]
    send(max_, edition, keep="1", brought=brought)
    assert edition.current.fields["captions"] == brought
    assert "Backwards" not in edition.current.fields["transcript"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "holds no captions"), ("not captions", "holds no captions"), (b"\xff\xfe\xfa\x00WEB", "letters of this file"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "letters of this file"), ("x" * (2 * 1024 * 1024 + 1), "2 MB is the limit"),
    ],
)  # fmt: skip
def test_what_is_no_file_of_captions_is_refused_beside_its_field(max_, edition, content, said):
    page = send(max_, edition, content, status=422)
    assert said in page.words("#file-error")
    assert edition.current.number == 1


def test_without_a_file_or_with_a_key_of_nothing_it_is_said(max_, edition):
    assert "Choose a file" in send(max_, edition, status=422).words("#file-error")
    for key in ("captions/00/" + "0" * 64 + ".vtt", "../../etc/passwd", "masters/aa/x"):
        page = send(max_, edition, keep="1", brought=key, status=422)
        assert "no longer there" in page.words("#file-error")


def test_captions_are_taken_away(max_, edition):
    send(max_, edition, VTT)
    send(max_, edition, remove="1")
    assert (edition.current.fields["captions"], edition.current.fields["transcript"]) == ("", "")


def test_two_who_save_at_once_are_told(max_, edition):
    page = Page(max_.get(here(edition)))
    base = page.one("input[name=base]")["value"]
    send(max_, edition, SRT)
    page = send(max_, edition, VTT, status=409, base=base)
    assert "version 2 was saved" in page.words()


def test_captions_of_every_language_stand_under_the_film_once_they_are_public(app, client, browse, max_):
    english = films.video()
    send(max_, english, VTT)
    french = films.video(language="fr", item=english.item)
    send(max_, french, VTT.replace("Yes & no.", "Oui & non."))
    for edition in (english, french):
        service.submit(edition, by=make.officer("Max"), reason="It may stay.")
        service.approve(edition, by=make.officer("Amélie"))
    service.publish(english, by=make.officer("Amélie"))
    page = browse(f"/en/media/videos/{english.path}")
    (track,) = page.all("track")
    assert (track["srclang"], track["label"], track.has_attr("default")) == ("en", "English", True)
    answer = client.get(track["src"])
    assert (answer.status_code, answer.mimetype) == (200, "text/vtt")
    assert "public" in answer.headers["Cache-Control"]
    assert "Every link has to be known." in page.words("#transcript")
    key = french.current.fields["captions"].rpartition("/")[2]
    hidden = f"/media/captions/{french.id}/{key}"
    assert client.get(hidden).status_code == 404
    assert max_.get(hidden).headers["Cache-Control"] == "private, no-store"
    service.publish(french, by=make.officer("Amélie"))
    assert client.get(hidden).status_code == 200
    assert [each["srclang"] for each in browse(f"/en/media/videos/{english.path}").all("track")] == [
        "fr",
        "en",
    ]
    service.withdraw(french, reason="Wrong.", by=make.officer("Amélie"))
    assert client.get(hidden).status_code == 404
    for wrong in ("../x.vtt", "0" * 64 + ".vtt", f"{key}x", key.replace(".vtt", ".srt")):
        assert client.get(f"/media/captions/{english.id}/{wrong}").status_code == 404


def test_the_check_of_the_storage_knows_the_captions_of_every_version(app, max_, edition):
    send(max_, edition, VTT)
    key = edition.current.fields["captions"]
    send(max_, edition, remove="1")
    assert key not in look_through(store(), at=clock.now()).orphaned
    store().delete(key)
    assert key in look_through(store(), at=clock.now()).missing


def test_who_may_not_write_brings_no_captions(app, edition):
    assert make.signed_in(app, "Nora").get(here(edition)).status_code == 403
    assert State.DRAFT is edition.state

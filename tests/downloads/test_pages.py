"""The pages: preparing a part, following it, taking it away; and who is turned away."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select

from app import clock
from app.acts import act
from app.database import db
from app.downloads import presenting, queries, rules, service
from app.downloads.models import Download, Mode, Part, PartRequest, PartState
from app.downloads.service import Wish
from app.downloads.sources import Photo
from app.editorial import service as editorial
from app.library.cutting.values import Index
from app.library.models import Rendition, RenditionState
from app.library.problems import Problem
from app.storage.contract import content_key
from app.storage.store import store
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.downloads.test_making import broken
from tests.signing import log_in, post, sign_in

DOWNLOADS = "/en/media/downloads"


@pytest.fixture
def toms(app, tom):
    """Tom's browser."""
    return log_in(app.test_client(), tom)


@pytest.fixture
def prepare(text):
    """The page on which a part of the film is prepared."""
    return f"{DOWNLOADS}/prepare?edition={text.id}"


def typed(**changes):
    """Return what the form sends for two seconds of the film."""
    return {
        "part": "selection",
        "in": "10:00:01:05",
        "out": "10:00:03:05",
        "format": "master",
        "mode": "exact",
    } | changes


def sent(toms, page, status, **changes):
    """Send the form, which is answered by its page again."""
    answer = post(toms, page, page=page, fields=typed(**changes))
    assert answer.status_code == status
    shown = Page(answer)
    hold_to_the_house(shown)
    return shown


def parts():
    """Return the parts that there are."""
    db.session.rollback()
    return db.session.scalars(select(Part).order_by(Part.id)).all()


def asked(text, tom, **changes):
    """Return a request of Tom's."""
    return service.request_part(Wish(text.id, 30, 80, **changes), by=tom)


def log():
    """Return what was taken."""
    db.session.rollback()
    return db.session.scalars(select(Download).order_by(Download.id)).all()


# Choosing


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_the_page_shows_what_would_come_of_a_choice(browse, toms, text, language):
    page = browse(f"/{language}/media/downloads/prepare?edition={text.id}&in=0:01&out=0:03", by=toms)
    assert page.one("input[name=in]")["value"] == "10:00:01:00"
    assert page.one("input[name=out]")["value"] == "10:00:03:00"
    assert "00:00:02:00" in page.words(".parts__sum")
    assert "No archive use." in page.words(".parts__terms")
    assert "Not in sport." not in page.words(".parts__terms")
    assert [each["value"] for each in page.all("input[name=format]")] == ["master", "720p"]
    assert "10:00:01:00" in page.words("#mode")
    assert page.one("input[name=part][value=selection]").has_attr("checked")


def test_the_fast_way_says_where_it_begins_and_ends_before_the_button(browse, toms, prepare):
    page = browse(f"{prepare}&in=10:00:01:05&out=10:00:03:05", by=toms)
    assert "from 10:00:01:00 to 10:00:04:00" in page.words("#mode")


def test_without_a_choice_it_is_the_whole_video(browse, toms, prepare):
    page = browse(prepare, by=toms)
    assert page.one("input[name=part][value=whole]").has_attr("checked")
    assert "00:00:06:00" in page.words(".parts__sum")


def test_a_choice_is_prepared_and_stands_among_ones_downloads(browse, toms, prepare, text):
    answer = post(toms, prepare, page=prepare, fields=typed())
    (part,) = parts()
    assert (answer.status_code, answer.location) == (303, f"{DOWNLOADS}#part-1")
    assert (part.in_frame, part.out_frame, part.state) == (30, 80, PartState.WAITING)
    page = browse(DOWNLOADS, by=toms)
    assert "Waiting: yours is the next file" in page.words("#part-1")
    assert page.one("#part-1 form[action$='/1/cancel']")
    assert page.one(".account__lead a")["href"] == DOWNLOADS  # to see how far it is, without script


def test_what_was_typed_is_looked_at_again_without_being_prepared(toms, prepare, text):
    answer = post(toms, prepare, page=prepare, fields=typed(look="1", out="0:04", format="720p"))
    assert answer.status_code == 303
    assert (
        answer.location
        == f"{DOWNLOADS}/prepare?edition={text.id}&format=720p&mode=exact&in=10:00:01:05&out=0:04"
    )
    assert parts() == []


def test_captions_and_the_wish_for_a_mail_come_back_with_the_page(browse, toms, prepare, shown, monkeypatch):
    monkeypatch.setattr(rules, "MAIL_AFTER_SECONDS", 0)
    shown.changes["captions"] = {"en": "captions/aa/x.vtt", "fr": "captions/aa/y.vtt"}
    for captions in ("fr", ""):
        answer = post(toms, prepare, page=prepare, fields=typed(look="1", captions=captions, mail="y"))
        page = browse(answer.location, by=toms)
        assert page.one("#captions option[selected]")["value"] == captions
        assert page.one("input[name=mail]").has_attr("checked")
    answer = post(toms, prepare, page=prepare, fields=typed(look="1", captions="en"))
    assert not browse(answer.location, by=toms).one("input[name=mail]").has_attr("checked")


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"out": "10:00:01:05"}, "out", "The out point must be after the in point."),
        ({"out": "0:00"}, "out", "The out point must be after the in point."),
        ({"out": "10:00:01:10"}, "out", "Select at least 1 second"),
        ({"out": "0:07"}, "out", "10:00:06:00"),
        ({"in": "now"}, "in", "“now” is not a time."),
        ({"in": "10:00:01:30"}, "in", "00 to 24"),
        ({"in": "NaN"}, "in", "not a time"),
        ({"in": "-5"}, "in", "not a time"),
        ({"in": "1e308"}, "in", "not a time"),
        ({"out": "9" * 400}, "out", ""),
        ({"out": "\x01\u202e<script>"}, "out", "not a time"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_kept(browse, toms, prepare, changes, field, words):
    page = sent(toms, prepare, 422, **changes)
    id_ = page.one(f"input[name={field}]")["id"]
    assert words in page.words(f"#{id_}-error")
    assert page.words(".error-summary")
    if len(next(iter(changes.values()))) < 40 and "\x01" not in next(iter(changes.values())):
        assert page.one(f"input[name={field}]")["value"] == changes[field]
    assert parts() == []


@pytest.mark.parametrize(
    "changes", [{"format": "1080p"}, {"format": "avi"}, {"mode": "magic"}, {"captions": "xx"}]
)
def test_an_answer_that_is_none_is_refused(browse, toms, prepare, changes):
    sent(toms, prepare, 422, **changes)
    assert parts() == []


@pytest.mark.parametrize(
    "query",
    [
        "",
        "edition=",
        "edition=abc",
        "edition=-1",
        "edition=99999999999999999999",
        "edition=１",
        "edition=0",
        "edition=9999",
    ],
)
def test_a_text_that_is_not_there_is_not_found(toms, query):
    assert toms.get(f"{DOWNLOADS}/prepare?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "in=&out=",
        "in=%00&out=%FF",
        "in=9&in=8",
        "in=" + "9" * 1500,
        "format=x&mode=y&captions=z",
        "in[]=1",
        "out=-1",
    ],
)
def test_whatever_stands_in_the_address_the_page_answers(browse, toms, prepare, query):
    browse(f"{prepare}&{query}", by=toms)


def test_what_is_not_public_is_not_found_whoever_asks(toms, prepare, text):
    editorial.withdraw(text, reason="Wrong.", by=make.officer("Amélie"))
    assert toms.get(prepare).status_code == 404


def test_all_of_a_video_as_it_is_needs_no_preparing(toms, prepare, text, film):
    answer = post(toms, prepare, page=prepare, fields=typed(part="whole"))
    assert (answer.status_code, answer.location) == (303, f"{DOWNLOADS}/whole/{text.id}/original")
    got = toms.get(answer.location)
    assert sha256(got.data).hexdigest() == film.sha256


def test_all_of_a_video_in_another_format_is_prepared(toms, prepare):
    post(toms, prepare, page=prepare, fields=typed(part="whole", format="720p"))
    assert (parts()[0].in_frame, parts()[0].out_frame) == (0, 150)


def test_fast_is_of_the_same_format_alone(toms, prepare):
    post(toms, prepare, page=prepare, fields=typed(format="720p", mode="fast"))
    assert parts()[0].mode == "exact"


def test_too_much_is_answered_429_with_the_hour(toms, browse, prepare, app, monkeypatch):
    monkeypatch.setitem(app.config, "PARTS_DAY", 0)
    monkeypatch.setitem(app.config, "PARTS_AT_ONCE", 9)
    monkeypatch.setitem(app.config, "PARTS_DAY", 1)
    post(toms, prepare, page=prepare, fields=typed())
    page = sent(toms, prepare, 429, out="0:05")
    assert "today’s limit of 1 downloads" in page.words(".error-summary")
    assert page.answer.headers["Retry-After"] == "86400"
    assert page.one("input[name=out]")["value"] == "0:05"


def test_a_film_that_nobody_has_looked_at_says_so_and_is_looked_at(browse, toms, prepare, film, run_jobs):
    told = queries.film_index(film.id).told
    service.keep_index(film.id, None)
    assert "being prepared for cutting" in browse(prepare, by=toms).words()
    run_jobs()
    assert queries.film_index(film.id).told == told
    service.keep_index(film.id, None, "unreadable")
    assert "No parts can be cut" in browse(prepare, by=toms).words()


# Following


def test_a_list_reads_each_film_once(text, tom, monkeypatch):
    for ends in (60, 70, 80):
        service.request_part(Wish(text.id, 30, ends), by=tom)
    mine, read = queries.of_account(tom.id, at=clock.now()), []
    monkeypatch.setattr(
        Index, "from_json", lambda told, real=Index.from_json: read.append(told) or real(told)
    )
    assert [each.passage for each in presenting.rows(mine)] == [
        f"10:00:01:05 – 10:00:0{ends}" for ends in ("3:05", "2:20", "2:10")
    ]
    assert len(read) == 1


def test_the_list_is_empty_at_first(browse, toms):
    assert "Nothing downloaded yet." in browse(DOWNLOADS, by=toms).words()
    assert "Nothing asked for yet." in toms.get(f"{DOWNLOADS}/rows").text


def test_how_many_come_before_is_said(browse, toms, text, tom):
    for ends in (80, 81, 82):
        service.request_part(Wish(text.id, 30, ends), by=make.media_user("Ines"))
    mine = asked(text, tom, captions="")
    other = service.request_part(Wish(text.id, 0, 90), by=tom)
    page = browse(DOWNLOADS, by=toms)
    assert "yours is the next file" in page.words(f"#part-{mine.id}")  # the same part as Ines’ first
    assert "Waiting: 2 files before yours" in page.words(f"#part-{other.id}")


def test_a_part_that_is_made_shows_its_share(browse, toms, text, tom):
    mine = asked(text, tom)
    service.begin(101)
    service.note_progress(mine.part_id, 101, share=62, seconds_left=15)
    page = browse(DOWNLOADS, by=toms)
    assert "Preparing: 62%, about 15 seconds left" in page.words("#part-1")
    assert page.one("#part-1 progress")["value"] == "62"
    assert toms.get(f"{DOWNLOADS}/1/file").status_code == 409


def test_a_ready_part_shows_its_size_and_until_when(browse, toms, text, tom, run_jobs):
    asked(text, tom)
    run_jobs()
    page = browse(DOWNLOADS, by=toms)
    assert "Kept until 27 November 2025, 12:00." in page.words("#part-1").replace("\xa0", " ")
    assert page.one("#part-1 a[download]")["href"] == f"{DOWNLOADS}/1/file"


def test_a_part_that_failed_says_why_and_is_tried_again(browse, toms, text, tom, run_jobs, monkeypatch):
    asked(text, tom)
    with monkeypatch.context() as patched:
        broken(patched, Problem("too_big"))
        run_jobs()
    assert "Choose a shorter part" in browse(DOWNLOADS, by=toms).words("#part-1")
    assert post(toms, f"{DOWNLOADS}/1/again", page=DOWNLOADS).location == DOWNLOADS
    run_jobs()
    assert parts()[0].state == PartState.READY


def test_a_part_that_is_no_longer_kept_is_prepared_again(browse, toms, text, tom, run_jobs, frozen, app):
    asked(text, tom)
    run_jobs()
    frozen.at += timedelta(hours=169)
    run_jobs()
    again = log_in(app.test_client(), tom)
    assert "no longer kept" in browse(DOWNLOADS, by=again).words("#part-1")
    post(again, f"{DOWNLOADS}/1/again", page=DOWNLOADS)
    run_jobs()
    assert parts()[0].state == PartState.READY


def test_a_part_of_what_was_corrected_leads_to_choosing_again(browse, toms, text, tom, run_jobs, shown):
    asked(text, tom)
    run_jobs()
    shown.changes["credit"] = "Another"
    service.look_again(text.id)
    page = browse(DOWNLOADS, by=toms)
    assert "corrected in the meantime" in page.words("#part-1")
    link = page.one("#part-1 .parts__acts a")["href"]
    assert browse(link, by=toms).one("input[name=in]")["value"] == "10:00:01:05"


def test_a_part_of_what_was_withdrawn_says_so_and_offers_nothing(browse, toms, text, tom, run_jobs):
    asked(text, tom)
    run_jobs()
    editorial.withdraw(text, reason="Wrong.", by=make.officer("Amélie"))
    run_jobs()
    page = browse(DOWNLOADS, by=toms)
    assert "was withdrawn" in page.words("#part-1")
    assert page.all("#part-1 .parts__acts *") == []


def test_cancelling_takes_a_row_away_and_mail_is_noted(browse, toms, text, tom):
    asked(text, tom)
    post(toms, f"{DOWNLOADS}/1/mail", page=DOWNLOADS)
    assert "We will write to you" in browse(DOWNLOADS, by=toms).words("#part-1")
    post(toms, f"{DOWNLOADS}/1/cancel", page=DOWNLOADS)
    assert browse(DOWNLOADS, by=toms).all("#part-1") == []
    assert parts()[0].state == PartState.CANCELLED


def test_what_cannot_be_cancelled_any_more_is_said(browse, toms, text, tom, run_jobs):
    asked(text, tom)
    token = browse(DOWNLOADS, by=toms).all("#part-1 input[name=csrf_token]")[0]["value"]
    run_jobs()
    toms.post(f"{DOWNLOADS}/1/cancel", data={"csrf_token": token})
    assert "not ready" in browse(DOWNLOADS, by=toms).words(".banner")


def test_rows_of_one_text_alone_stand_beside_it(toms, text, tom):
    asked(text, tom)
    other = make.published()
    service.request_part(Wish(other.id, 0, 90), by=tom)
    assert 'id="part-1"' in toms.get(f"{DOWNLOADS}/rows?edition={text.id}").text
    assert 'id="part-2"' not in toms.get(f"{DOWNLOADS}/rows?edition={text.id}").text


def test_without_an_account_the_rows_are_the_door_and_lead_back(client, text):
    answer = client.get(f"{DOWNLOADS}/rows?edition={text.id}&back=/en/media/videos/x%3Fin%3D1")
    assert "Your selection is kept." in answer.text
    assert "/en/account/login?next=/en/media/videos/x?in%3D1" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "evil" not in client.get(f"{DOWNLOADS}/rows?back=//evil.test/").text


# Taking


def test_a_ready_part_is_given_whole_in_parts_and_again(toms, text, tom, run_jobs):
    asked(text, tom)
    run_jobs()
    whole = toms.get(f"{DOWNLOADS}/1/file")
    (part,) = parts()
    assert (whole.status_code, whole.mimetype) == (200, "video/quicktime")
    assert sha256(whole.data).hexdigest() == part.sha256
    assert whole.headers["Cache-Control"] == "private, no-store"
    assert whole.headers["ETag"] == f'"{part.sha256}"'
    said = whole.headers["Content-Disposition"]
    assert said.startswith("attachment; filename=")
    assert "MM-2025-7_Ministers adopt a road map_10-00-01-05_10-00-03-05.mov" in said
    rest = toms.get(
        f"{DOWNLOADS}/1/file", headers={"Range": "bytes=1000-", "If-Range": whole.headers["ETag"]}
    )
    assert (rest.status_code, rest.data) == (206, whole.data[1000:])
    assert toms.head(f"{DOWNLOADS}/1/file").status_code == 200
    beyond = toms.get(f"{DOWNLOADS}/1/file", headers={"Range": "bytes=999999999-"})
    assert beyond.status_code == 416


def test_the_name_of_a_fast_part_tells_its_real_points(toms, text, tom, run_jobs):
    asked(text, tom, mode=Mode.FAST)
    run_jobs()
    assert (
        "_10-00-01-00_10-00-04-00_fast.mov" in toms.get(f"{DOWNLOADS}/1/file").headers["Content-Disposition"]
    )


def test_what_is_taken_stands_in_the_log_once(toms, text, tom, run_jobs):
    asked(text, tom)
    run_jobs()
    toms.get(f"{DOWNLOADS}/1/file")
    toms.get(f"{DOWNLOADS}/1/file", headers={"Range": "bytes=0-99"})
    toms.get(f"{DOWNLOADS}/1/file", headers={"Range": "bytes=100-"})
    toms.head(f"{DOWNLOADS}/1/file")
    (taken,) = log()
    assert (taken.account_id, taken.organisation, taken.rendition) == (tom.id, "Daily Globe", "part master")
    assert (taken.in_frame, taken.out_frame, taken.conditions) == (30, 80, "1")
    assert taken.revision_id == text.public_revision_id


def test_a_later_download_stands_in_the_log_again(app, toms, text, tom, run_jobs, frozen):
    asked(text, tom)
    run_jobs()
    toms.get(f"{DOWNLOADS}/1/file")
    frozen.at += timedelta(minutes=11)
    toms.get(f"{DOWNLOADS}/1/file")
    assert len(log()) == 2


def test_what_is_withdrawn_or_corrected_is_not_given_though_its_file_is_there(
    toms, text, tom, run_jobs, shown
):
    asked(text, tom)
    run_jobs()
    shown.changes["credit"] = "Another"
    assert toms.get(f"{DOWNLOADS}/1/file").status_code == 410
    shown.changes.clear()
    assert toms.get(f"{DOWNLOADS}/1/file").status_code == 200
    editorial.withdraw(text, reason="Wrong.", by=make.officer("Amélie"))
    assert toms.get(f"{DOWNLOADS}/1/file").status_code == 410
    assert len(log()) == 1


def test_a_part_whose_time_is_over_is_not_given_before_the_sweep_either(
    app, toms, text, tom, run_jobs, frozen
):
    asked(text, tom)
    run_jobs()
    frozen.at += timedelta(hours=168)
    assert log_in(app.test_client(), tom).get(f"{DOWNLOADS}/1/file").status_code == 409


def test_a_file_that_is_lost_is_not_found(toms, text, tom, run_jobs):
    asked(text, tom)
    run_jobs()
    store().delete(parts()[0].key)
    assert toms.get(f"{DOWNLOADS}/1/file").status_code == 404


def test_a_receipt_says_what_the_part_is_and_under_which_terms(toms, text, tom, film, run_jobs):
    asked(text, tom, mode=Mode.FAST)
    assert toms.get(f"{DOWNLOADS}/1/receipt").status_code == 404
    run_jobs()
    told = toms.get(f"{DOWNLOADS}/1/receipt").json
    (part,) = parts()
    assert told["asked"]["in"] == {"frame": 30, "timecode": "10:00:01:05"}
    assert told["made"]["in"] == {"frame": 25, "timecode": "10:00:01:00"}
    assert (told["made"]["frames"], told["made"]["method"]) == (75, "copy")
    assert told["file"] == {"sha256": part.sha256, "size_bytes": part.size_bytes, "type": "video/quicktime"}
    assert told["credit"] == "International Secretariat"
    assert [each["text"] for each in told["restrictions"]] == ["No archive use."]
    assert told["conditions_accepted"] == "1"
    assert told["source"]["master_sha256"] == film.sha256
    assert told["source"]["version"] == text.public_revision_id


def test_captions_go_with_a_part_timed_from_its_first_frame(browse, toms, text, tom, run_jobs, shown):
    key = "captions/ab/" + "c" * 64 + ".vtt"
    store().put(key, b"WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nBonjour\n")
    shown.changes = {"captions": {"fr": key}}
    asked(text, tom, captions="fr")
    run_jobs()
    there = browse(DOWNLOADS, by=toms).one("#part-1 a[href$='/captions']")["href"]
    answer = toms.get(there)
    assert answer.text == "WEBVTT\n\n00:00:00.000 --> 00:00:00.800\nBonjour\n"
    assert (answer.mimetype, answer.headers["Cache-Control"]) == ("text/vtt", "private, no-store")
    assert "_fr.vtt" in answer.headers["Content-Disposition"]
    store().delete(key)
    assert toms.get(there).status_code == 404


def test_a_part_without_captions_has_no_file_of_them(toms, text, tom, run_jobs):
    asked(text, tom)
    assert toms.get(f"{DOWNLOADS}/1/captions").status_code == 409
    run_jobs()
    assert toms.get(f"{DOWNLOADS}/1/captions").status_code == 404
    assert toms.get(f"{DOWNLOADS}/9/captions").status_code == 404


# For whom


def test_nothing_of_somebody_elses_is_there(app, text, tom, run_jobs):
    asked(text, tom)
    run_jobs()
    others = log_in(app.test_client(), make.media_user("Ines"))
    for name in ("file", "receipt"):
        assert others.get(f"{DOWNLOADS}/1/{name}").status_code == 404
        assert others.get(f"{DOWNLOADS}/77/{name}").status_code == 404
    token = others.get(f"{DOWNLOADS}/prepare?edition={text.id}").text.split(
        'name="csrf_token" type="hidden" value="'
    )[1]
    for name in ("cancel", "again", "mail"):
        data = {"csrf_token": token.split('"')[0]}
        assert others.post(f"{DOWNLOADS}/1/{name}", data=data).status_code == 404
    assert parts()[0].state == PartState.READY


def test_after_logging_out_nothing_is_given(app, toms, text, tom, run_jobs):
    asked(text, tom)
    run_jobs()
    post(toms, "/en/account/logout", page="/en/account/settings")
    answer = toms.get(f"{DOWNLOADS}/1/file")
    assert (answer.status_code, answer.location) == (303, f"/en/account/login?next={DOWNLOADS}/1/file")


def test_a_choice_survives_logging_in(client, text, tom):
    wanted = f"{DOWNLOADS}/prepare?edition={text.id}&in=10:00:01:05&out=10:00:03:05"
    answer = client.get(wanted)
    assert answer.status_code == 303
    assert "in%3D10:00:01:05%26out%3D10:00:03:05" in answer.location


def test_officers_take_like_anybody(app, text, browse):
    max_ = sign_in(app.test_client(), make.officer("Max"))
    post(
        max_,
        f"{DOWNLOADS}/prepare?edition={text.id}",
        page=f"{DOWNLOADS}/prepare?edition={text.id}",
        fields=typed(),
    )
    assert db.session.scalar(select(func.count()).select_from(PartRequest)) == 1


def test_a_whole_file_needs_an_account_unless_the_policy_says_otherwise(
    app, client, text, film, toms, monkeypatch
):
    whole = f"{DOWNLOADS}/whole/{text.id}/original"
    assert client.get(whole).location == f"/en/account/login?next={whole}"
    assert toms.get(whole).status_code == 200
    monkeypatch.setitem(app.config, "DOWNLOAD_POLICY", {"original": "public"})
    answer = client.get(whole)
    assert (answer.status_code, len(answer.data)) == (200, film.size_bytes)
    assert "MM-2025-7_Ministers adopt a road map.mov" in answer.headers["Content-Disposition"]
    first, second = log()
    assert (first.account_id, second.account_id, second.rendition, second.in_frame) == (
        toms and first.account_id,
        None,
        "original",
        None,
    )


@pytest.mark.parametrize("name", ["hd", "original?photo=x"])
def test_a_whole_file_that_there_is_not_is_not_found(toms, text, name, shown):
    if "photo" in name:
        shown.changes["master_id"] = None
    assert toms.get(f"{DOWNLOADS}/whole/{text.id}/{name}").status_code == 404
    assert toms.get(f"{DOWNLOADS}/whole/{text.id}/preview").status_code == 404
    assert log() == []


# Photos


@pytest.fixture
def gallery(shown, text, film):
    """A text that shows two photos instead of a film; what is made of them stands in for files of the studio."""
    shown.changes = {
        "master_id": None,
        "photos": (Photo("aaaa", film.id, "1 Arrival"), Photo("bbbb", film.id, "2 Room")),
    }
    made = content_key("renditions", "a" * 64, "jpg")
    store().put(made, b"a photo")
    _keep_rendition(film.id, made)
    return text


@act
def _keep_rendition(master_id, key):
    db.session.add(
        Rendition(
            master_id=master_id, name="hd", state=RenditionState.READY, share=100, key=key, mimetype="image/jpeg",
            size_bytes=7, sha256="a" * 64, facts={},
        )
    )  # fmt: skip


def test_one_photo_is_taken_in_a_size(toms, gallery):
    answer = toms.get(f"{DOWNLOADS}/whole/{gallery.id}/hd?photo=aaaa")
    assert (answer.status_code, answer.data) == (200, b"a photo")
    assert "1 Arrival_hd.jpg" in answer.headers["Content-Disposition"]
    assert [each.rendition for each in log()] == ["hd"]
    for wrong in ("hd?photo=x", "hd", "original?photo=aaaa"):
        assert toms.get(f"{DOWNLOADS}/whole/{gallery.id}/{wrong}").status_code == 404


def test_a_set_of_photos_is_not_cut(toms, gallery):
    assert toms.get(f"{DOWNLOADS}/prepare?edition={gallery.id}").status_code == 404

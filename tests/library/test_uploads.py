"""Uploads beyond the protocol: the page, the plain form, names, doubles, and a worker that dies at each step."""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import event

from app import clock
from app.database import db
from app.editorial.models import Edition
from app.jobs.ledger import Job, State, names_in
from app.library import describing
from app.library.models import Master, MasterState, MediaKind, Rendition, RenditionState
from app.library.service import preparing
from app.library.uploads import jobs, pieces, rules, service
from app.library.uploads.models import Upload, UploadState
from app.storage import keeping
from app.storage.contract import Full
from app.storage.keeping import staging
from app.storage.store import store
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.ground.test_filenames import HOSTILE
from tests.library.test_tus import FILM, PAGE, Browser, film, kept_where, the_upload, tidy_staging  # noqa: F401
from tests.releases.test_desk import typed
from tests.signing import sign_in, token_on


@pytest.fixture
def max_(app: Flask):
    """Max at the page of uploads."""
    return sign_in(app.test_client(), make.officer("Max"))


@pytest.fixture
def take_in(app: Flask):
    """Do what the job does with each upload that came whole, and nothing of what follows."""

    def do():
        for upload in db.session.query(Upload).filter_by(state=UploadState.RECEIVED).all():
            jobs.take_in(Silent(), upload_id=upload.id)

    return do


@pytest.fixture
def look(browse, max_):
    """Look at the page as Max, held to the house: the parsed page."""
    return lambda client=max_: browse(PAGE, by=client).soup


def send(client, *files, **fields):
    """Send files in a plain form."""
    data = {
        "csrf_token": token_on(client.get(PAGE)),
        "files": [(io.BytesIO(data), name) for name, data in files],
    }
    return client.post(PAGE, data=data | fields)


def taken(name="film.mp4", data=None):
    """An upload of Max's that came whole."""
    data = data or film()
    return service.take_whole(name, io.BytesIO(data), len(data), by=make.officer("Max"))


def test_the_page_says_what_is_taken_and_shows_nothing_yet(max_, look):
    page = look()
    said = page.get_text(" ", strip=True).replace("\u00a0", " ")
    assert "up to 100 GB each" in said
    assert "up to 250 MB each" in said
    assert "up to 500 MB together" in said
    assert "No file yet." in said
    assert page.select_one("input[type=file][multiple]")["aria-describedby"] == "files-hint"


def test_files_in_a_plain_form_are_taken_in_like_any_other(max_, take_in, look):
    one, two = film(), film()
    assert send(max_, ("one.mp4", one), ("two.mp4", two)).status_code == 303
    page = look()
    assert "2 files received." in page.get_text()
    assert [each.get_text() for each in page.select(".upload bdi:not(.visually-hidden bdi)")] == [
        "two.mp4",
        "one.mp4",
    ]
    take_in()
    digests = {hashlib.sha256(data).hexdigest() for data in (one, two)}
    assert {master.sha256 for master in db.session.query(Master)} == digests


def test_what_a_plain_form_cannot_bring_is_said_by_name(max_):
    answer = send(max_, ("a.mp4", b"MZ" + bytes(5000)), ("b.mp4", b""), ("c.mp4", film()))
    assert answer.status_code == 422
    assert "a.mp4" in answer.text
    assert "no video or photo" in answer.text
    assert "This file is empty" in answer.text
    assert the_upload().name == "c.mp4"
    assert len(list(staging().iterdir())) == 1


def test_a_plain_form_without_a_file_is_told_so(max_):
    answer = send(max_)
    assert answer.status_code == 422
    assert "Choose one or several files." in answer.text


def test_a_plain_form_that_is_too_large_is_refused_with_both_sizes(app: Flask, max_, monkeypatch):
    monkeypatch.setitem(app.config, "PLAIN_UPLOAD_MB", 1)
    answer = send(max_, ("a.mp4", FILM + bytes(3_000_000)))
    assert answer.status_code == 413
    assert "for a limit of 1\u00a0MB" in answer.text
    assert db.session.query(Upload).count() == 0


def test_only_who_may_upload_can_send_a_large_form(app: Flask, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1_000_000)
    large = FILM + bytes(2_000_000)
    nora = sign_in(app.test_client(), make.officer("Nora"))
    token = token_on(nora.get("/desk/settings"))
    data = {"csrf_token": token, "files": (io.BytesIO(large), "a.mp4")}
    assert nora.post(PAGE, data=data).status_code == 413
    assert app.test_client().post(PAGE, data={"files": (io.BytesIO(large), "a.mp4")}).status_code == 413
    oksana = sign_in(app.test_client(), make.officer("Oksana"))
    assert send(oksana, ("a.mp4", large)).status_code == 303


def test_a_form_goes_to_the_staging_folder_and_nothing_of_it_stays(app: Flask, max_, monkeypatch):
    monkeypatch.setitem(app.config, "MIN_FREE_GB", 10**6)
    answer = send(max_, ("a.mp4", film()))
    assert answer.status_code == 507
    assert "There is no room left" in answer.text
    assert list(staging().iterdir()) == []


def test_a_disk_that_fills_up_while_a_form_comes_is_said_in_words(max_, monkeypatch):
    from app.library.uploads.arriving import Staged

    def full(*_args):
        raise Full(28, "No space left on device")

    monkeypatch.setattr(Staged, "write", full)
    answer = send(max_, ("a.mp4", film()))
    assert answer.status_code == 507
    assert list(staging().iterdir()) == []


@pytest.mark.parametrize("typed", [name for name in HOSTILE if "\ud800" not in name and "\0" not in name])
def test_a_hostile_name_is_for_people_alone(app: Flask, typed, take_in, look):
    browser = Browser(app)
    data = film()
    where = browser.begin(len(data), typed).location
    assert browser.send(where, 0, data).status_code == 204
    take_in()
    [master] = db.session.query(Master).all()
    assert master.original_name == HOSTILE[typed]
    assert master.key == f"masters/{master.sha256[:2]}/{master.sha256}.mp4"
    assert look(browser.client).select_one(".upload bdi").get_text() == " ".join(HOSTILE[typed].split())


def test_the_same_file_again_leads_to_the_one_that_is_there(max_, take_in, monkeypatch, look):
    data = film()
    taken("first.mp4", data)
    take_in()
    taken("second.mp4", data)
    take_in()
    [master] = db.session.query(Master).all()
    assert master.original_name == "first.mp4"
    assert [upload.master_id for upload in db.session.query(Upload)] == [master.id] * 2
    assert list(staging().iterdir()) == []
    monkeypatch.setattr(describing, "DESCRIBING", {})
    describing.describes(
        MediaKind.VIDEO,
        begin=lambda master_id: f"/desk/videos/new?master={master_id}",
        known=lambda ids: {each: [describing.Described("A road map", "/desk/videos/7/en/")] for each in ids},
    )
    first = look().select(".upload")[0]
    assert "The library has this very file already." in first.get_text()
    assert [(link.get_text(), link["href"]) for link in first.select("a")] == [
        ("A road map", "/desk/videos/7/en/")
    ]


def test_a_file_leads_on_to_where_it_is_described(max_, take_in, monkeypatch, look):
    monkeypatch.setattr(describing, "DESCRIBING", {})
    describing.describes(
        MediaKind.VIDEO, begin=lambda master_id: f"/desk/videos/new?master={master_id}", known=lambda _ids: {}
    )
    taken()
    take_in()
    link = look().select_one(".upload a")
    assert (link.get_text(), link["href"]) == (
        "Describe it",
        f"/desk/videos/new?master={the_upload().master_id}",
    )


WORDS = {"title": "Arrivals", "caption": "Cars arrive.\n\n<Flags> fly.", "persons": "Ana A\n\nBo B", "place": "Kyiv",
         "date": "19\N{NO-BREAK SPACE}November 2025", "credit": "Council", "alt": "Black cars before a door.",
         "usage_terms": "Not for advertising.\nNot after 2030.", "sound": "floor, en",
         "embargo_day": "3\N{NO-BREAK SPACE}December 2025", "embargo_clock": "15:00"}  # fmt: skip
TOLD = {"title": "Arrivals", "caption": "Cars arrive.\n\n<Flags> fly.", "persons": ["Ana A", "Bo B"], "place": "Kyiv",
        "date": "2025-11-19", "credit": "Council", "alt": "Black cars before a door.",
        "usage_terms": "Not for advertising.\nNot after 2030.", "sound": ["floor", "en"],
        "embargo_until": "2025-12-03T14:00:00+00:00"}  # fmt: skip
UNTIL = datetime(2025, 12, 3, 14, tzinfo=UTC)


def tell(client, upload, accept="text/html", **words):
    """Say something of a file."""
    fields = {f"{upload.key}-{name}": value for name, value in words.items()}
    token = {"csrf_token": token_on(client.get(PAGE))}
    return client.post(
        f"/desk/media/uploads/{upload.key}/words", data=fields | token, headers={"Accept": accept}
    )


def test_a_file_is_described_while_it_comes_and_its_text_begins_with_that(max_, take_in, look, browse):
    upload = service.begin("film.mp4", len(FILM), by=make.officer("Max"))
    assert tell(max_, upload, **WORDS).location == PAGE
    shown = look()
    assert shown.select_one(f"#upload-{upload.key} [data-tell][open]")
    kept = {name: shown.find(id=f"{upload.key}-{name}") for name in WORDS}
    assert {name: each.get("value") or each.get_text().strip() for name, each in kept.items()} == WORDS | {
        "persons": "Ana A\nBo B"
    }
    service.receive(the_upload(), 0, io.BytesIO(FILM))
    take_in()
    assert the_upload().told == TOLD
    answer = tell(max_, the_upload(), "text/plain", **(WORDS | {"credit": "Office"}))
    assert (answer.status_code, answer.text) == (200, "Kept.")
    page = browse(f"/desk/videos/new?language=en&master={the_upload().master_id}", by=max_)
    assert [page.one(f"[name={name}]")["value"] for name in ("title", "place", "credit", "recorded_on", "sound")] == [
        "Arrivals", "Kyiv", "Office", WORDS["date"], "floor, en",
    ]  # fmt: skip
    assert page.one("[name=people]").get_text().strip() == "Ana A\nBo B"
    assert "<p>Cars arrive.</p><p>&lt;Flags&gt; fly.</p>" in page.one("[name=body]").get_text()


def test_words_that_do_not_fit_are_said_and_stay(max_, look):
    upload = service.begin("film.mp4", len(FILM), by=make.officer("Max"))
    wrong = tell(max_, upload, title="x" * 301, date="never", place="Kyiv")
    assert wrong.status_code == 422
    shown = Page(wrong)
    hold_to_the_house(shown)
    assert len(shown.all(f"#upload-{upload.key} .field__error")) == 2
    assert shown.one(f"[id='{upload.key}-place']")["value"] == "Kyiv"
    said = tell(max_, upload, "text/plain", title="x" * 301)
    assert (said.status_code, said.mimetype) == (422, "text/plain")
    assert said.text.startswith("Title: ")
    assert the_upload().told == {}


def test_a_video_begins_with_the_restrictions_and_the_embargo_that_were_told(max_, take_in, browse, frozen):
    upload = service.begin("film.mp4", len(FILM), by=make.officer("Max"))
    tell(max_, upload, **WORDS)
    service.receive(the_upload(), 0, io.BytesIO(FILM))
    take_in()
    address = f"/desk/videos/new?language=en&master={the_upload().master_id}"
    assert max_.post(address, data=typed(max_, address)).status_code == 303
    edition = db.session.query(Edition).one()
    rows = edition.current.facts["restrictions"]
    assert [(each["in"], each["out"]) for each in rows] == [(None, None), (None, None)]
    assert [edition.current.fields["restrictions"][each["id"]] for each in rows] == [
        "Not for advertising.", "Not after 2030.",
    ]  # fmt: skip
    assert edition.current.facts["sound"] == ["floor", "en"]
    assert edition.wanted_at == UNTIL
    page = browse(f"/desk/videos/{edition.item_id}/en/", by=max_)
    assert "Meant to be public from 3 December 2025, 15:00" in page.words(".side-box--state").replace(
        "\xa0", " "
    )


def test_what_is_typed_of_all_files_is_said_of_each(max_, take_in, look):
    fields = {f"all-{name}": value for name, value in WORDS.items()}
    assert send(max_, ("one.mp4", film()), ("two.mp4", film()), **fields).status_code == 303
    assert [each.told for each in db.session.query(Upload)] == [TOLD, TOLD]
    assert not look().select_one(".drop__tell").has_attr("open")


def test_wrong_words_of_all_files_go_to_each_of_them_and_no_file_is_lost(max_):
    fields = {"all-place": "Kyiv", "all-sound": "klingon", "all-embargo_day": "3 December 2025"}
    page = Page(send(max_, ("one.mp4", film()), **fields))
    assert page.answer.status_code == 422
    hold_to_the_house(page)
    key = the_upload().key
    assert [each["href"] for each in page.all(".error-summary a")] == [f"#{key}-sound"]
    assert page.one(f"[id='{key}-place']")["value"] == "Kyiv"
    assert page.one(f"[id='{key}-sound']")["value"] == "klingon"
    assert page.one("#all-place")["value"] == ""
    assert the_upload().told == {}


def test_what_is_typed_of_all_files_stays_when_one_of_them_is_refused(max_):
    page = Page(send(max_, ("a.mp4", film()), ("b.mp4", b""), **{"all-place": "Kyiv"}))
    assert page.answer.status_code == 422
    assert page.one("#all-place")["value"] == "Kyiv"
    assert page.one(".drop__tell").has_attr("open")
    assert the_upload().told == {"place": "Kyiv"}


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"embargo_day": "3 December 2025"}, "embargo_clock", "Enter a time like 15:00"),
        ({"embargo_clock": "15:00"}, "embargo_day", "Enter a date like 3 December 2025"),
        (
            {"embargo_day": "3 December 2020", "embargo_clock": "15:00"},
            "embargo_day",
            "Choose a time in the future.",
        ),
        ({"embargo_day": "29 March 2026", "embargo_clock": "02:30"}, "embargo_clock", "does not exist"),
        ({"embargo_day": "25 October 2026", "embargo_clock": "02:30"}, "embargo_clock", "twice"),
    ],
)
def test_an_embargo_is_one_moment_that_is_to_come(max_, frozen, fields, field, words):
    upload = service.begin("film.mp4", len(FILM), by=make.officer("Max"))
    page = Page(tell(max_, upload, **fields))
    hold_to_the_house(page)
    assert words in page.words(f"[id='{upload.key}-{field}-error']")
    assert the_upload().told == {}
    if words == "twice":
        tell(max_, upload, **fields, embargo_fold="winter")
        assert the_upload().told == {"embargo_until": "2026-10-25T01:30:00+00:00"}
        assert (
            Page(max_.get(PAGE)).one(f"[id='{upload.key}-embargo_fold'] option[selected]")["value"]
            == "winter"
        )


def test_nobody_describes_the_file_of_somebody_else_or_one_that_was_refused(app: Flask, max_):
    upload = service.begin("film.mp4", len(FILM), by=make.officer("Max"))
    other = sign_in(app.test_client(), make.officer("Oksana"))
    address = f"/desk/media/uploads/{upload.key}/words"
    assert other.post(address, data={"csrf_token": token_on(other.get("/desk/"))}).status_code in (403, 404)
    with pytest.raises(rules.NotTaken):
        service.receive(upload, 0, io.BytesIO(b"x" * len(FILM)))
    assert tell(max_, the_upload(), "text/plain", title="x").status_code == 422


def test_a_long_list_asks_no_more_than_a_short_one(max_, take_in, look):
    def asked():
        seen = []
        note = lambda *told: seen.append(told[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", note)
        assert "Describe it" in look().get_text()
        event.remove(db.engine, "before_cursor_execute", note)
        return len(seen)

    taken()
    take_in()
    asked()  # what is remembered of the newsroom is asked for once
    few = asked()
    for _ in range(3):
        taken()
    take_in()
    assert asked() == few


@pytest.mark.parametrize(
    ("state", "words", "marks"),
    [
        (MasterState.RECEIVED, "Being checked.", ["done", "now", "open", "open"]),
        (MasterState.CHECKING, "Being checked.", ["done", "now", "open", "open"]),
        (MasterState.PREPARING, "Being prepared: 75 %.", ["done", "done", "now", "open"]),
        (MasterState.READY, "Ready.", ["done", "done", "done", "done"]),
        (MasterState.FAILED, "The end of the file is missing.", ["done", "wrong", "open", "open"]),
    ],
)
def test_each_step_of_a_file_is_shown(app: Flask, max_, take_in, state, words, marks, look):
    taken()
    take_in()
    master = db.session.query(Master).one()
    _set(master, state)
    row = look().select_one(".upload")
    assert words in row.select_one(".upload__words").get_text()
    assert [each["class"][1].partition("--")[2] for each in row.select(".upload__step")] == marks


@make.act
def _set(master, state):
    master.state = state
    if state is MasterState.FAILED:
        master.problem, master.warnings = "truncated", ["no_sound"]
    for rendition in list(master.renditions):
        db.session.delete(rendition)
    db.session.flush()
    for name, made, share in (("poster", RenditionState.READY, 0), ("preview", RenditionState.MAKING, 50)):
        db.session.add(Rendition(master_id=master.id, name=name, state=made, share=share))


def test_what_failed_is_tried_again_on_demand(max_, take_in, look):
    taken()
    take_in()
    _set(db.session.query(Master).one(), MasterState.FAILED)
    row = look().select_one(".upload")
    assert "No sound track" in row.select_one(".upload__warnings").get_text()
    form = row.select_one("form")
    assert max_.post(form["action"], data={"csrf_token": form.input["value"]}).status_code == 303
    assert "It will be tried again." in look().get_text()
    db.session.rollback()
    assert db.session.query(Master).one().state is not MasterState.FAILED
    key = Browser(max_.application).begin().location.rpartition("/")[2]
    path = f"/desk/media/uploads/{key}/again"
    assert max_.post(path, data={"csrf_token": token_on(max_.get(PAGE))}).status_code == 404


def test_an_upload_can_be_taken_off_the_list_without_script(max_, look):
    Browser(max_.application).begin()
    page = look()
    assert "Nothing of it has come yet." in page.select_one(".upload__words").get_text()
    form = page.select_one(".upload form")
    assert form.button.get_text().split()[0] == "Discard"
    assert max_.post(form["action"], data={"csrf_token": form.input["value"]}).status_code == 303
    assert "is off this list" in look().get_text()
    assert db.session.query(Upload).count() == 0


def test_what_has_come_whole_cannot_be_taken_off_before_it_is_taken_in(max_, look):
    key = taken().key
    answer = max_.post(f"/desk/media/uploads/{key}/discard", data={"csrf_token": token_on(max_.get(PAGE))})
    assert answer.status_code == 303
    assert "This upload has ended." in look().get_text()
    assert the_upload().state is UploadState.RECEIVED


def test_the_log_says_who_uploaded_what(take_in):
    from app.audit.models import Entry

    taken("Réunion.mp4")
    take_in()
    entry = db.session.query(Entry).filter_by(verb="uploaded").one()
    assert (entry.thing, entry.label, entry.account_id) == ("master", "Réunion.mp4", make.officer("Max").id)


# A worker that dies


STEPS = ["digest_of", "note_digest", "keep_path", "_take_in", "remove"]


@pytest.mark.usefixtures("kept_where")
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("step", STEPS)
def test_a_worker_that_dies_at_any_step_leaves_nothing_half_done(monkeypatch, take_in, step, when):
    data = film()
    upload_id = taken(data=data).id
    where = {
        "digest_of": jobs,
        "note_digest": service,
        "keep_path": keeping,
        "_take_in": service,
        "remove": pieces,
    }
    real = getattr(where[step], step)

    def dying(*args, **known):
        if when == "after":
            real(*args, **known)
        raise KeyboardInterrupt

    monkeypatch.setattr(where[step], step, dying)
    with pytest.raises(KeyboardInterrupt):
        jobs.take_in(Silent(), upload_id=upload_id)
    db.session.rollback()
    monkeypatch.setattr(where[step], step, real)
    jobs.take_in(Silent(), upload_id=upload_id)
    [master] = db.session.query(Master).all()
    with store().open(master.key) as file:
        assert file.read() == data
    assert the_upload().state is UploadState.KEPT
    assert db.session.query(Job).filter_by(name="library.take_in").count() == 1
    left = [path.name for path in staging().iterdir()]
    assert left in ([], [the_upload().key])  # killed before the last step: swept away later
    service.sweep_staging(timedelta(days=-400))
    service.sweep_away(the_upload())
    assert list(staging().iterdir()) == []


class Silent:
    """A progress that nobody looks at."""

    def beat(self, *_told):
        """Say nothing."""


def test_a_whole_file_that_is_gone_before_it_is_taken_in_is_said_to_be(max_, take_in, look):
    pieces.remove(taken().key)
    take_in()
    assert (the_upload().state, the_upload().problem) == (UploadState.REFUSED, "Lost")
    assert "is no longer there" in look().get_text()


def test_a_whole_file_that_vanished_after_its_digest_is_said_to_be():
    upload = taken()
    service.note_digest(upload, hashlib.sha256(secrets.token_bytes(9)).hexdigest())
    pieces.remove(upload.key)
    jobs.take_in(Silent(), upload_id=upload.id)
    assert the_upload().problem == "Lost"


def test_a_whole_file_that_nobody_works_at_any_more_is_taken_up_by_the_sweep(app: Flask, frozen):
    upload_id = taken().id
    jobs.take_up_what_is_left()
    assert _owed() == ["queued"]  # somebody works at it
    _ends(State.DONE)
    for _ in range(2):
        jobs.take_up_what_is_left()
        assert _owed() == ["done", "queued"]
    _ends(State.FAILED)
    jobs.take_up_what_is_left()
    assert _owed() == ["done", "failed"]  # it was tried again and again: not at once
    frozen.at += timedelta(hours=1)
    jobs.take_up_what_is_left()
    assert _owed() == ["done", "failed", "queued"]
    jobs.take_in(Silent(), upload_id=upload_id)
    _ends(State.DONE)
    jobs.take_up_what_is_left()
    assert _owed() == ["done", "failed", "done"]


def _owed():
    found = db.session.query(Job).filter_by(name="library.take_in").order_by(Job.id)
    return [job.state for job in found.populate_existing()]


@make.act
def _ends(state):
    job = db.session.query(Job).filter_by(name="library.take_in").order_by(Job.id.desc()).first()
    job.state, job.finished_at = state, clock.now()


def test_taking_in_a_large_film_stands_before_nothing_that_is_quick():
    assert "library.take_in" in names_in("heavy")


@pytest.mark.usefixtures("kept_where")
def test_a_master_whose_file_was_lost_has_it_back_when_the_same_file_comes_again(take_in):
    data = film()
    taken(data=data)
    take_in()
    master = db.session.query(Master).one()
    store().delete(master.key)
    preparing.refuse(master.id, "gone")
    taken(data=data)
    take_in()
    with store().open(master.key) as file:
        assert file.read() == data
    db.session.refresh(master)
    assert (master.state, master.problem) == (MasterState.RECEIVED, "")
    assert db.session.query(Job).filter_by(name="library.prepare").count() == 2
    assert list(staging().iterdir()) == []


def test_a_job_without_its_upload_does_nothing():
    jobs.take_in(Silent(), upload_id=999)


def test_what_lies_about_in_the_staging_folder_is_swept_away(app: Flask, frozen):
    mine = taken()
    stray, young, folder = staging() / "half-1", staging() / "half-2", staging() / "near-3"
    stray.write_bytes(b"x")
    young.write_bytes(b"x")
    folder.mkdir()
    (folder / "a.mp4").write_bytes(b"x")
    now = clock.now().timestamp()
    for path, age in ((stray, 200_000), (young, 10), (folder, 200_000), (pieces.path_of(mine.key), 200_000)):
        os.utime(path, (now - age, now - age))
    jobs._last.clear()
    jobs.forget_uploads()
    assert {path.name for path in staging().iterdir()} == {"half-2", mine.key}
    assert service.sweep_staging(timedelta(seconds=5)) == 1
    jobs.forget_uploads()

"""How a file that came becomes what pages show: step by step, in words where it fails, and whole whatever happens."""

from __future__ import annotations

import hashlib
import io
import json
import multiprocessing
import os
import random
import zlib
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import select

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.models import Entry
from app.database import db
from app.jobs.ledger import Job, State, announce
from app.jobs.turns import Cancelled
from app.library import jobs, rules, service, wording
from app.library.models import Master, MasterState, MediaKind, Rendition, content_key
from app.library.problems import Problem
from app.library.sandbox import running
from app.library.service import preparing
from app.library.studio import kinds, labels
from app.refusals import Missing
from app.storage.check import look_through
from app.storage.contract import Away, Full
from app.storage.store import store
from tests import make
from tests.library.studio import films, hostile
from tests.library.studio.hostile import drawn, saved
from tests.waiting import until

IPTC = {"caption": "Зустріч", "credit": "Office", "creator": "Оксана"}


@act
def receive(data, name="photo.jpg"):
    """Keep a file as an upload does, and return its master's id."""
    kind = kinds.of(data[: kinds.HEAD])
    sha256 = hashlib.sha256(data).hexdigest()
    extension = kind.extension if kind else "mp4"
    store().put(content_key("masters", sha256, extension), data)
    master = Master(
        kind=MediaKind(kind.what if kind else "video"), sha256=sha256, size_bytes=len(data), extension=extension,
        mimetype="", original_name=name, technical={}, iptc={}, warnings=[], state=MasterState.RECEIVED,
        added_at=clock.now(), problem="",
    )  # fmt: skip
    db.session.add(master)
    db.session.flush()
    announce("master.received", master_id=master.id)
    return master.id


def photo(size=(700, 500), **how):
    """Return a photo as bytes that says something of itself."""
    from app.library.studio import splicing

    return splicing.jpeg(saved(drawn(size), **how), xmp=labels.xmp(IPTC))


def master(master_id):
    """Return the master as it is now."""
    return db.session.get(Master, master_id, populate_existing=True)


def states(master_id):
    """Return how many renditions of a master are in which state."""
    found = {}
    for each in master(master_id).renditions:
        found[each.state.value] = found.get(each.state.value, 0) + 1
    return found


def is_whole(master_id=None, *, but_for_orphans=False):
    """Whether every file that a row points to is there as the row says, and no other."""
    db.session.rollback()
    for each in db.session.scalars(select(Rendition).where(Rendition.key != "")):
        with store().open(each.key) as file:
            data = file.read()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (each.size_bytes, each.sha256), each.name
        assert each.key == content_key("renditions", each.sha256, each.key.rpartition(".")[2])
    report = look_through(
        store(), at=clock.now() + timedelta(days=900), grace=timedelta(0), with_checksums=True
    )
    if but_for_orphans:
        assert not report.missing
        assert not report.altered
        return True
    assert report.is_well, report
    left = list((running.current_app.config["INSTANCE_DIR"] / "sandboxes").glob("*"))
    assert left == []
    return True


# A file that is good


def test_a_photo_becomes_its_sizes(app, run_jobs):
    master_id = receive(photo())
    assert master(master_id).state is MasterState.RECEIVED
    run_jobs()
    seen = master(master_id)
    assert (seen.state, seen.mimetype, seen.problem) == (MasterState.READY, "image/jpeg", "")
    assert seen.iptc == IPTC
    assert (seen.technical["width"], seen.technical["height"]) == (700, 500)
    assert seen.warnings == ["small"]
    assert states(master_id) == {"ready": 8}
    for each in seen.renditions:
        assert (each.share, each.problem, each.attempts) == (100, "", 0)
        assert each.made_at == clock.now()
        with store().open(each.key) as file:
            assert each.facts["crc32"] == zlib.crc32(file.read())
        if each.mimetype == "image/jpeg":
            with store().open(each.key) as file:
                assert labels.read(Image.open(io.BytesIO(file.read()))) == IPTC
    assert is_whole(master_id)


def test_a_video_becomes_what_its_page_needs(app, run_jobs):
    master_id = receive(films.made(size="640x360", sounds=2), "film.mp4")
    run_jobs()
    seen = master(master_id)
    assert (seen.state, seen.problem) == (MasterState.READY, "")
    assert [(each.name, each.mimetype, each.width, each.height) for each in seen.renditions] == [
        ("poster-320", "image/jpeg", 320, 180),
        ("poster-640", "image/jpeg", 640, 360),
        ("preview", "video/mp4", 640, 360),
        ("strip", "image/jpeg", 320, 90),
        ("waveform", "application/json", None, None),
    ]
    strip = next(each for each in seen.renditions if each.name == "strip")
    assert strip.facts["pictures"] == 2
    with store().open(seen.renditions[-1].key) as file:
        assert len(json.load(file)["peaks"]) > 1
    assert is_whole(master_id)


def test_a_silent_track_is_a_question_for_the_officer(app, run_jobs):
    master_id = receive(films.made(options=("-af", "volume=0")), "film.mp4")
    run_jobs()
    assert master(master_id).warnings == ["small", "silent"]


def test_it_is_done_once(app, run_jobs):
    master_id = receive(photo((330, 330)))
    run_jobs()
    before = [(each.key, each.attempts) for each in master(master_id).renditions]

    @act
    def again():
        announce("master.received", master_id=master_id)

    again()
    run_jobs()
    assert [(each.key, each.attempts) for each in master(master_id).renditions] == before


# A file that is not


@pytest.mark.parametrize(
    "name", ["playlist.mp4", "dref-of-a-film.mp4", "half.mp4", "half.jpg", "huge-sides.png", "sound-only.mp4"]
)
def test_what_cannot_be_used_is_said_in_words(app, run_jobs, name):
    file = next(file for file in hostile.FILES if file.name == name)
    master_id = receive(file.make(), name)
    run_jobs()
    seen = master(master_id)
    assert (seen.state, seen.problem, seen.renditions) == (MasterState.FAILED, file.said, [])
    assert wording.problem(seen.problem)
    assert is_whole(master_id)


def test_every_code_has_words_in_three_languages(app):
    from app.languages import speaking

    codes = {file.said for file in hostile.FILES if file.said}
    assert codes <= wording.PROBLEMS.keys()
    for table in (wording.PROBLEMS, wording.WARNINGS, wording.STEPS):
        for code, words in table.items():
            said = []
            for language in ("en", "fr", "uk"):
                with speaking(language):
                    said.append(str(words))
            assert len(set(said)) == 3 or code in ("hd",), code
    assert wording.problem("nobody knows") == wording.problem("crashed")
    assert wording.problem("") == wording.warning("nobody knows") == ""
    assert wording.step("poster-640") == wording.step("poster-320") == "still"
    assert wording.step("640.avif") == "sizes for pages"


def failing(monkeypatch, name, code):
    """Let the function ``name`` of studio fail with ``code``."""
    real = jobs.work

    def work(function, **how):
        if function.endswith(name):
            raise Problem(code)
        return real(function, **how)

    monkeypatch.setattr(jobs, "work", work)


def test_a_step_that_fails_leaves_the_others_and_can_be_tried_again(app, run_jobs, monkeypatch):
    master_id = receive(films.made(), "film.mp4")
    with monkeypatch.context() as here:
        failing(here, "films.preview", "too_heavy")
        run_jobs()
    seen = master(master_id)
    assert seen.state is MasterState.READY
    assert {each.name: (each.state.value, each.problem) for each in seen.renditions} == {
        "poster-320": ("ready", ""),
        "preview": ("failed", "too_heavy"),
        "strip": ("ready", ""),
        "waveform": ("ready", ""),
    }
    assert is_whole(master_id)

    amelie = make.officer("Amélie")
    service.retry(master_id, by=amelie)
    assert master(master_id).state is MasterState.PREPARING
    run_jobs()
    assert states(master_id) == {"ready": 4}
    assert db.session.scalars(select(Entry.verb).where(Entry.thing == "master")).all() == ["started again"]


def test_only_what_failed_is_tried_again(app, run_jobs):
    master_id = receive(photo((330, 330)))
    run_jobs()
    with pytest.raises(rules.Idle):
        service.retry(master_id, by=make.officer("Amélie"))
    with pytest.raises(Missing):
        service.retry(master_id + 1, by=make.officer("Zoé"))


def test_a_file_that_could_not_be_read_is_read_again(app, run_jobs, monkeypatch):
    master_id = receive(photo((330, 330)))
    with monkeypatch.context() as here:
        failing(here, "looking.look", "crashed")
        run_jobs()
    assert (master(master_id).state, master(master_id).problem) == (MasterState.FAILED, "crashed")
    service.retry(master_id, by=make.officer("Amélie"))
    run_jobs()
    assert master(master_id).state is MasterState.READY


def test_what_fails_anew_keeps_its_former_file_and_has_all_its_tries(app, frozen, run_jobs, monkeypatch):
    master_id = receive(photo((330, 330)))
    run_jobs()
    with monkeypatch.context() as here:
        failing(here, "photos.make", "disk_full")
        for credit in ("One", "Two"):  # the second time nobody counts the tries of the first
            service.label(master_id, IPTC | {"credit": credit})
            run_jobs()
            assert master(master_id).state is MasterState.PREPARING
            for _ in range(2):
                frozen.at += timedelta(minutes=5)
                run_jobs()
            assert master(master_id).state is MasterState.READY
            assert states(master_id) == {"ready": 5}
            assert {each.problem for each in master(master_id).renditions} == {"disk_full"}
    service.retry(master_id, by=make.officer("Amélie"))
    run_jobs()
    assert {(each.problem, each.attempts) for each in master(master_id).renditions} == {("", 0)}
    assert read_back(master_id, "original")["credit"] == "Two"


def test_who_may_add_files_tries_again_what_failed_and_is_at_rest(app):
    def of(state, problem):
        return Master(state=state, renditions=[Rendition(name="preview", problem=problem)])

    max_, nora = make.officer("Max"), make.officer("Nora")
    ready = of(MasterState.READY, "too_heavy")
    assert rules.may_retry(ready, max_)
    assert not rules.may_retry(ready, nora)
    assert not rules.may_retry(ready, None)
    assert rules.may_retry(of(MasterState.FAILED, ""), max_)
    assert not rules.may_retry(of(MasterState.READY, ""), max_)
    with pytest.raises(rules.Busy):
        rules.check_retry(of(MasterState.PREPARING, "too_heavy"))


def test_what_was_lost_from_the_storage_is_made_again(app, run_jobs):
    master_id = receive(films.made(), "film.mp4")
    run_jobs()
    lost = {each.name: each.key for each in master(master_id).renditions}
    for name in ("preview", "strip"):
        store().delete(lost[name])
    assert preparing.lose(
        lost["strip"]
    )  # that the preview is lost, too, is found out by who makes the strip of it
    assert not preparing.lose("renditions/ab/abc.jpg")
    run_jobs()
    assert states(master_id) == {"ready": 4}
    assert master(master_id).state is MasterState.READY
    assert is_whole(master_id)


def _no_room(*args, **how):
    raise Full("no room")


@contextmanager
def _half_on_a_full_disk():
    yield Path("/dev/full")


@pytest.mark.parametrize(("name", "full"), [("keep_path", _no_room), ("half", _half_on_a_full_disk)])
def test_a_full_disk_is_waited_for_and_then_said(app, frozen, run_jobs, monkeypatch, name, full):
    master_id = receive(photo((330, 330)))
    with monkeypatch.context() as here:
        here.setattr(jobs.keeping, name, full)
        run_jobs()
        assert states(master_id) == {"waiting": 5}
        assert master(master_id).state is MasterState.PREPARING
        for _ in range(4):
            frozen.at += timedelta(minutes=5)
            run_jobs()
    assert states(master_id) == {"failed": 5}
    assert {each.problem for each in master(master_id).renditions} == {"disk_full"}
    assert is_whole(master_id)


def test_a_storage_that_comes_back_is_enough(app, frozen, run_jobs, monkeypatch):
    master_id = receive(photo((330, 330)))

    def away(*args, **how):
        raise Away("no answer")

    with monkeypatch.context() as here:
        here.setattr(type(store()), "local", away)
        run_jobs()
    assert master(master_id).state is MasterState.CHECKING
    frozen.at += timedelta(minutes=5)
    run_jobs()
    assert states(master_id) == {"ready": 5}


def test_a_storage_that_never_answers_ends_in_words(app, frozen, run_jobs, monkeypatch):
    master_id = receive(photo((330, 330)))

    def away(*args, **how):
        raise Away("no answer")

    with monkeypatch.context() as here:
        here.setattr(type(store()), "local", away)
        for _ in range(8):
            run_jobs()
            frozen.at += timedelta(minutes=10)
    assert (master(master_id).state, master(master_id).problem) == (MasterState.FAILED, "no_answer")


def test_a_master_whose_file_is_gone_is_named(app, run_jobs):
    master_id = receive(photo((330, 330)))
    store().delete(master(master_id).key)
    run_jobs()
    assert (master(master_id).state, master(master_id).problem) == (MasterState.FAILED, "gone")


def test_a_master_whose_file_goes_later_keeps_what_was_made(app, run_jobs):
    master_id = receive(photo((330, 330)))
    run_jobs()
    store().delete(master(master_id).key)
    service.label(master_id, IPTC | {"credit": "Another"})
    run_jobs()
    assert master(master_id).state is MasterState.READY
    assert states(master_id) == {"ready": 5}


def test_an_operator_has_what_is_missing_made_again(app, run_jobs):
    master_id = receive(photo((330, 330)))
    run_jobs()
    lost = master(master_id).renditions[0].key
    store().delete(lost)
    db.session.rollback()
    said = app.test_cli_runner().invoke(args=["storage", "check", "--again"])
    assert (said.exit_code, f"To be made again: {lost}" in said.output) == (1, True)
    run_jobs()
    assert states(master_id) == {"ready": 5}
    assert is_whole(master_id)


def test_work_that_is_cancelled_ends_in_words(app, run_jobs, monkeypatch):
    master_id = receive(photo((330, 330)))

    def cancelled(function, **how):
        raise Cancelled

    with monkeypatch.context() as here:
        here.setattr(jobs, "work", cancelled)
        run_jobs()
    assert db.session.scalar(select(Job.state).where(Job.name == preparing.JOB)) == State.CANCELLED
    run_jobs()
    assert (master(master_id).state, master(master_id).problem) == (MasterState.FAILED, "no_answer")


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {},
        {"file": "../../secret", "mimetype": "image/jpeg", "width": 1, "height": 1},
        {"file": "original.jpg", "mimetype": "text/html", "width": 1, "height": 1},
        {"file": "x.html", "mimetype": "image/jpeg", "width": 1, "height": 1},
        {"file": "original.jpg", "mimetype": "image/jpeg", "width": "1", "height": 1},
        {"file": 7, "mimetype": "image/jpeg"},
    ],
)
def test_what_comes_out_of_a_sandbox_is_not_believed(answer):
    with pytest.raises(Problem) as said:
        jobs._checked({"original": answer}, "original")
    assert said.value.code == "crashed"
    with pytest.raises(Problem):
        jobs._checked([], "original")


@pytest.mark.parametrize("step", ["looking.look", "photos.make"])
def test_a_file_is_what_its_own_bytes_say_whatever_a_sandbox_says(app, run_jobs, monkeypatch, step):
    real = jobs.work

    @contextmanager
    def work(function, **how):
        with real(function, **how) as made:
            if function.endswith("look") and step.endswith("look"):
                made.result["mimetype"] = "text/html"
            elif function.endswith(step):
                for path in made.folder.iterdir():
                    path.write_bytes(b"<html><script>")
            yield made

    monkeypatch.setattr(jobs, "work", work)
    master_id = receive(photo((330, 330)))
    run_jobs()
    assert master(master_id).mimetype == "image/jpeg"
    assert states(master_id) == ({"failed": 5} if step == "photos.make" else {"ready": 5})
    assert {each.problem for each in master(master_id).renditions} == {
        "crashed" if step == "photos.make" else ""
    }


# Wishes


def read_back(master_id, name):
    """Return the labels in a rendition."""
    made = next(each for each in master(master_id).renditions if each.name == name)
    with store().open(made.key) as file:
        return labels.read(Image.open(io.BytesIO(file.read())))


def test_labels_of_the_office_are_written_into_all_and_the_old_files_go(app, run_jobs):
    master_id = receive(photo((330, 330)))
    run_jobs()
    before = {each.key for each in master(master_id).renditions}
    wanted = {"caption": "Нова підпис", "credit": "Another"}
    assert service.label(master_id, wanted)
    assert states(master_id) == {"ready": 5}, "what is there is given out until its successor is"
    run_jobs()
    assert master(master_id).state is MasterState.READY
    for name in ("320.jpg", "320.webp", "320.avif", "hd", "original"):
        assert read_back(master_id, name) == wanted
    assert not before & {each.key for each in master(master_id).renditions}
    assert is_whole(master_id)
    assert not service.label(master_id, wanted), "nothing has changed"


def test_labels_that_change_while_it_is_prepared_are_those_that_are_written(app, run_jobs, monkeypatch):
    master_id = receive(photo((330, 330)))
    real, changes = jobs.work, iter([{"credit": "Second"}, {"credit": "Third"}])

    def work(function, **how):
        if function.endswith("photos.make") and (change := next(changes, None)):
            service.label(master_id, change)
        return real(function, **how)

    monkeypatch.setattr(jobs, "work", work)
    run_jobs()
    for name in ("320.jpg", "320.avif", "hd", "original"):
        assert read_back(master_id, name)["credit"] == "Third"
    assert is_whole(master_id)


def test_only_photos_have_labels(app, run_jobs):
    master_id = receive(films.made(), "film.mp4")
    with pytest.raises(Missing):
        service.label(master_id, {})


def test_two_masters_may_share_a_file_and_neither_loses_it(app, run_jobs):
    one, other = receive(photo((330, 330))), receive(photo((330, 330)) + b"behind its end")
    run_jobs()
    keys = [{each.name: each.key for each in master(each_id).renditions} for each_id in (one, other)]
    assert keys[0] == keys[1]
    service.label(one, {"credit": "Another"})
    run_jobs()
    assert is_whole(other)
    assert {each.name: each.key for each in master(other).renditions} == keys[1]


def test_an_office_may_let_the_original_say_where_it_was_taken(app, run_jobs, monkeypatch):
    from tests.library.studio.test_photos import with_place

    monkeypatch.setitem(app.config, "PHOTO_PLACES", "keep")
    master_id = receive(with_place("JPEG", (400, 330)))
    run_jobs()
    assert "has_place_kept" in master(master_id).warnings
    made = next(each for each in master(master_id).renditions if each.name == "original")
    with store().open(made.key) as file:
        assert Image.open(io.BytesIO(file.read())).getexif().get_ifd(0x8825)


def test_the_still_is_the_frame_that_an_officer_chose(app, frozen, run_jobs):
    master_id = receive(films.made(), "film.mp4")
    amelie = make.officer("Amélie")
    with pytest.raises(Missing):
        service.choose_poster(master_id, 3, by=amelie)
    run_jobs()
    before = {each.name: each.made_at for each in master(master_id).renditions}
    frozen.at += timedelta(minutes=1)
    service.choose_poster(master_id, 40, by=amelie)
    run_jobs()
    still = next(each for each in master(master_id).renditions if each.name == "poster-320")
    assert still.facts["frame"] == 40
    made = {each.name for each in master(master_id).renditions if each.made_at != before[each.name]}
    assert made == {"poster-320"}
    service.choose_poster(master_id, 4000, by=amelie)
    run_jobs()
    assert master(master_id).technical["poster"] == 49
    assert is_whole(master_id)


# A worker that is killed


KILLS = int(os.environ.get("KILLS", "50"))


class Killed(BaseException):
    """The worker is gone from one line to the next."""


KILLED_AT = [
    (module, name)
    for module, names in (
        (preparing, ("begin", "accept", "start", "expect", "finish", "settle", "tidy")),
        (jobs.keeping, ("keep_path", "digest_of")),
        (jobs, ("work", "_checked")),
    )
    for name in names
]


@pytest.mark.slow
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(("module", "name"), KILLED_AT, ids=[name for _, name in KILLED_AT])
def test_a_worker_killed_at_any_step_leaves_nothing_half(
    app, frozen, run_jobs, monkeypatch, module, name, when
):
    master_id = receive(photo((330, 330)))
    real, killed = getattr(module, name), []

    def kill(*args, **how):
        if when == "before" and not killed:
            killed.append(1)
            raise Killed
        result = real(*args, **how)
        if not killed:
            killed.append(1)
            raise Killed
        return result

    monkeypatch.setattr(module, name, kill)
    with pytest.raises(Killed):
        run_jobs()
    assert killed
    for _ in range(4):
        frozen.at += timedelta(minutes=5)
        run_jobs()
    assert states(master_id) == {"ready": 5}
    assert master(master_id).state is MasterState.READY
    assert is_whole(master_id)


def killed_once(monkeypatch, module, name):
    """Let the next call of a function be where a worker is killed, before it does anything."""
    real = getattr(module, name)

    def kill(*args, **how):
        monkeypatch.setattr(module, name, real)
        raise Killed

    monkeypatch.setattr(module, name, kill)


@pytest.mark.parametrize(
    ("module", "name"), [(preparing, "finish"), (jobs.keeping, "keep_path"), (jobs, "_tidy")]
)
def test_what_several_killed_workers_left_of_other_wishes_is_taken_away(
    app, frozen, run_jobs, monkeypatch, module, name
):
    master_id = receive(photo((330, 330)))
    run_jobs()
    for credit in ("One", "Another", "A third"):
        service.label(master_id, {"credit": credit})
        killed_once(monkeypatch, module, name)
        with pytest.raises(Killed):
            run_jobs()
        frozen.at += timedelta(minutes=15)
    for _ in range(3):
        run_jobs()
        frozen.at += timedelta(minutes=15)
    assert master(master_id).state is MasterState.READY
    assert is_whole(master_id)


def _work_until_killed(app):
    db.engine.dispose(close=False)
    from app.jobs.sweep import do_due

    do_due(app)


@pytest.mark.slow
def test_a_worker_killed_at_random_moments_leaves_nothing_half(app, frozen, run_jobs):
    """KILLS says how often; 50 are what we promise."""
    amelie_id, chance, killed = make.officer("Amélie").id, random.Random(50), 0
    ids = [
        receive(photo((400, 330))),
        receive(films.made(size="320x180", sounds=2), "film.mp4"),
        receive(photo((700, 500), quality=60)),
        receive(next(file for file in hostile.FILES if file.name == "half.mp4").make(), "half.mp4"),
    ]
    number = 0
    while killed < KILLS:
        number += 1
        frozen.at += timedelta(minutes=15)
        db.session.rollback()
        db.session.remove()
        worker = multiprocessing.get_context("fork").Process(target=_work_until_killed, args=(app,))
        worker.start()
        worker.join(chance.uniform(0.05, 1.2))
        killed += worker.is_alive()
        worker.kill()
        worker.join()
        assert is_whole(but_for_orphans=True)
        if all(master(each).state in (MasterState.READY, MasterState.FAILED) for each in ids):
            # All is done: wish for something else, so that there is more to be killed at.
            for place, each in enumerate((ids[0], ids[2])):
                service.label(each, {"credit": f"{number} {place}"})
            if master(ids[1]).technical:
                service.choose_poster(ids[1], number % 50, by=db.session.get(Account, amelie_id))
            for each in (ids[0], ids[1], ids[2]):
                if rules.may_retry(master(each), db.session.get(Account, amelie_id)):
                    service.retry(each, by=db.session.get(Account, amelie_id))
    for _ in range(8):
        frozen.at += timedelta(minutes=15)
        run_jobs()
        for each in ids:
            db.session.rollback()
            if each != ids[3] and rules.may_retry(master(each), db.session.get(Account, amelie_id)):
                service.retry(each, by=db.session.get(Account, amelie_id))
    assert [states(each) for each in ids] == [{"ready": 5}, {"ready": 4}, {"ready": 8}, {}]
    assert master(ids[3]).problem == "truncated"
    sandboxes = app.config["INSTANCE_DIR"] / "sandboxes"

    def is_tidy() -> bool:
        running.remove_left_over(sandboxes)
        return not list(sandboxes.glob("*"))

    until(is_tidy, seconds=5, what="the folders of killed workers to be removed")
    assert is_whole()

"""Making parts: whose turn it is, what comes of it, and what is left when something goes wrong."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.acts import act
from app.database import db
from app.downloads import jobs, queries, service
from app.downloads.jobs import make_part, seconds_left
from app.downloads.models import FilmIndex, Format, Mode, Part, PartState
from app.downloads.service import Wish
from app.editorial import service as editorial
from app.editorial.models import Edition
from app.jobs.ledger import Job, State
from app.jobs.service import cancel as cancel_job
from app.library.problems import Problem
from app.storage.contract import Full
from app.storage.store import store
from tests import films, make


def ask(text, who, begins=30, ends=80, **changes):
    """Ask for a part, and return it."""
    return service.request_part(Wish(text.id, begins, ends, **changes), by=who).part


def file_of(part, tmp_path):
    """Return the file of a part on this machine."""
    path = tmp_path / f"part.{part.key.rpartition('.')[2]}"
    with store().open(part.key) as file:
        path.write_bytes(file.read())
    return path


def kept():
    """Return the keys of every file that is kept of parts."""
    return [each.key for each in store().kept("parts/")]


# What comes of it


@pytest.mark.parametrize(
    ("wish", "numbers", "ending"),
    [
        ({}, range(30, 80), "mov"),
        ({"mode": Mode.FAST}, range(25, 100), "mov"),
        ({"format": Format.SMALL}, range(30, 80), "mp4"),
    ],
)
def test_a_part_holds_exactly_the_frames_that_it_says(text, tom, run_jobs, tmp_path, wish, numbers, ending):
    part = ask(text, tom, **wish)
    run_jobs()
    db.session.refresh(part)
    assert (part.state, part.share, part.problem) == (PartState.READY, 100, "")
    assert films.numbers(file_of(part, tmp_path)) == list(numbers)
    assert (part.real_in, part.real_out) == (numbers[0], numbers[-1] + 1)
    assert part.key.endswith(ending)
    assert kept() == [part.key]
    assert part.size_bytes == store().size(part.key)


def test_a_ready_part_is_kept_for_the_hours_of_the_setting(text, tom, run_jobs, frozen):
    part = ask(text, tom)
    run_jobs()
    db.session.refresh(part)
    assert part.kept_until == frozen.at + timedelta(hours=168)
    frozen.at += timedelta(hours=100)
    ask(text, make.media_user("Ines"))
    db.session.refresh(part)
    assert part.kept_until == frozen.at + timedelta(hours=168)  # asked for again, it is kept longer
    frozen.at += timedelta(hours=168)
    run_jobs()
    db.session.refresh(part)
    assert (part.state, part.key, kept()) == (PartState.EXPIRED, "", [])


def test_an_expired_part_is_made_again_when_it_is_asked_for(text, tom, run_jobs, frozen):
    part = ask(text, tom)
    run_jobs()
    frozen.at += timedelta(hours=169)
    assert ask(text, tom).id == part.id  # before the sweep has seen that its time is over
    run_jobs()
    db.session.refresh(part)
    assert (part.state, kept()) == (PartState.READY, [part.key])


def test_two_parts_of_the_same_frames_never_share_a_file(text, tom, run_jobs):
    one, other = ask(text, tom, 25, 100), ask(text, tom, 25, 100, mode=Mode.FAST)
    run_jobs()
    db.session.expire_all()
    assert one.state == other.state == PartState.READY
    assert one.key != other.key
    assert len(kept()) == 2


# Whose turn it is


def test_turns_go_round_between_accounts(text, tom, frozen):
    many = [ask(text, tom, 0, 50 + number).id for number in range(4)]
    frozen.at += timedelta(seconds=1)
    only = ask(text, make.media_user("Ines"), 0, 90).id
    begun = [service.begin(job).id for job in (101, 102, 103)]
    assert begun == [many[0], only, many[1]]
    assert queries.line() == [many[2], many[3]]


def test_a_part_is_begun_once(text, tom):
    part = ask(text, tom)
    assert service.begin(101).id == part.id
    assert service.begin(102) is None


def test_a_job_goes_on_with_the_part_that_it_had_begun(text, tom):
    part = ask(text, tom)
    ask(text, tom, 0, 90)
    service.begin(101)
    assert service.begin(101).id == part.id
    assert db.session.get(Part, part.id).attempts == 2


def test_a_job_that_finds_nothing_to_make_ends(text, run_jobs, app):
    @act
    def owe():
        from app.jobs.ledger import owe as owed

        owed(queries.MAKE)

    owe()
    assert [(job.name, job.state) for job in run_jobs() if job.name == queries.MAKE] == [
        (queries.MAKE, State.DONE)
    ]


def test_a_part_without_a_job_gets_one(text, tom, run_jobs):
    part = ask(text, tom)
    job = db.session.scalars(select(Job).where(Job.name == queries.MAKE)).one()
    cancel_job(job.id)
    run_jobs()
    assert db.session.get(Part, part.id).state == PartState.READY


# What is wrong


def broken(monkeypatch, error):
    """Let every cut end like this."""

    def work(*args, **kwargs):
        raise error

    monkeypatch.setattr(jobs, "work", work)


def test_what_cannot_be_cut_fails_with_the_code_of_its_problem(text, tom, run_jobs, monkeypatch):
    part = ask(text, tom)
    broken(monkeypatch, Problem("too_heavy"))
    done = run_jobs()
    assert (part.state, part.problem) == (PartState.FAILED, "too_heavy")
    assert {job.state for job in done} == {
        State.DONE
    }  # it is told where it is waited for, and not tried again


@pytest.mark.parametrize("error", [Problem("disk_full"), Full("no room"), RuntimeError("a fault of ours")])
def test_what_the_machine_cannot_do_is_tried_again_and_then_has_failed(
    text, tom, run_jobs, monkeypatch, frozen, error
):
    part = ask(text, tom)
    broken(monkeypatch, error)
    for _ in range(2):
        run_jobs()
        assert db.session.get(Part, part.id).state == PartState.PREPARING
        frozen.at += timedelta(minutes=10)
    run_jobs()
    assert (part.state, part.problem) == (PartState.FAILED, "lost")


def test_a_disk_that_has_room_again_is_enough(text, tom, run_jobs, monkeypatch, frozen):
    part = ask(text, tom)
    with monkeypatch.context() as patched:
        broken(patched, Problem("disk_full"))
        run_jobs()
    frozen.at += timedelta(minutes=10)
    run_jobs()
    assert db.session.get(Part, part.id).state == PartState.READY


def test_a_master_whose_file_is_lost_fails_in_words(text, tom, film, run_jobs, frozen):
    part = ask(text, tom)
    store().delete(film.key)
    run_jobs()
    assert (part.state, part.problem) == (PartState.FAILED, "missing")


def test_a_film_without_an_index_fails(text, tom, film, run_jobs):
    part = ask(text, tom)
    service.keep_index(film.id, None, "unreadable")
    run_jobs()
    assert (part.state, part.problem) == (PartState.FAILED, "unreadable")


# What is taken back meanwhile


class Telling:
    """A job that is told to do something in the middle of its work."""

    def __init__(self, monkeypatch, then):
        real = jobs._Teller.__call__

        def told(teller, share):
            then()
            real(teller, share)

        monkeypatch.setattr(jobs._Teller, "__call__", told)
        monkeypatch.setattr(jobs, "LOOK_SECONDS", 0)


def once(do):
    """Return a function that does it the first time only."""
    left = [do]
    return lambda: left.pop()() if left else None


def test_a_part_that_is_cancelled_while_it_is_made_is_not_kept(text, tom, run_jobs, monkeypatch):
    mine = service.request_part(Wish(text.id, 30, 80), by=tom)
    Telling(monkeypatch, once(lambda: service.cancel(mine.id, by=tom)))
    run_jobs()
    db.session.expire_all()
    assert (mine.part.state, mine.part.key, kept()) == (PartState.CANCELLED, "", [])


def test_a_part_of_what_is_withdrawn_while_it_is_made_is_not_kept(text, tom, run_jobs, monkeypatch):
    part, text_id = ask(text, tom), text.id
    make.officer("Amélie")

    def withdraw():
        found = db.session.get(Edition, text_id)
        editorial.withdraw(found, reason="Wrong.", by=make.officer("Amélie"))

    Telling(monkeypatch, once(withdraw))
    run_jobs()
    db.session.expire_all()
    assert (part.state, part.problem, kept()) == (PartState.FAILED, "gone", [])


def test_a_part_of_what_is_corrected_while_it_is_made_is_not_kept(text, tom, run_jobs, monkeypatch, shown):
    part = ask(text, tom)
    Telling(monkeypatch, once(lambda: shown.changes.update(credit="Another")))
    run_jobs()
    assert (part.state, part.problem, kept()) == (PartState.FAILED, "changed", [])


def test_what_is_taken_back_in_the_last_moment_is_not_kept(text, tom, run_jobs, monkeypatch, shown):
    part = ask(text, tom)
    real = service.name_file

    def named(*args, **kwargs):
        shown.changes["credit"] = "Another"
        return real(*args, **kwargs)

    monkeypatch.setattr(service, "name_file", named)
    run_jobs()
    assert (part.state, part.problem, kept()) == (PartState.FAILED, "changed", [])


def test_what_is_cancelled_and_swept_before_its_file_is_kept_leaves_no_file(text, tom, run_jobs, monkeypatch):
    mine = service.request_part(Wish(text.id, 30, 80), by=tom)
    real = type(store()).take

    def take(files, path, key):
        service.cancel(mine.id, by=tom)
        jobs.keep_in_order()  # forgets the file that is not there yet
        real(files, path, key)

    monkeypatch.setattr(type(store()), "take", take)
    run_jobs()
    db.session.expire_all()
    assert (mine.part.state, mine.part.key, kept()) == (PartState.CANCELLED, "", [])


def test_a_worker_that_comes_late_leaves_the_file_of_whoever_took_over(text, tom, run_jobs, monkeypatch):
    part = ask(text, tom)
    real = service.finish

    def finish(part_id, job_id, **made):
        assert real(part_id, job_id, **made)  # by the other one
        return real(part_id, job_id, **made)

    monkeypatch.setattr(service, "finish", finish)
    run_jobs()
    db.session.expire_all()
    assert (part.state, kept()) == (PartState.READY, [part.key])


def test_a_withdrawal_ends_what_waits_and_what_is_ready(text, tom, run_jobs, frozen):
    ready = ask(text, tom)
    run_jobs()
    waits = ask(text, tom, 0, 90)
    editorial.withdraw(text, reason="Wrong.", by=make.officer("Amélie"))
    service.look_again(text.id)
    run_jobs()
    db.session.expire_all()
    assert (ready.state, ready.problem, ready.key) == (PartState.EXPIRED, "gone", "")
    assert (waits.state, waits.problem, kept()) == (PartState.FAILED, "gone", [])


def test_a_change_of_other_words_leaves_what_is_ready(text, tom, run_jobs):
    part = ask(text, tom)
    run_jobs()
    make.again(text, kind="minor", lead="Another lead.")
    run_jobs()
    db.session.refresh(part)
    assert (part.state, kept()) == (PartState.READY, [part.key])


# A worker that is killed


class Killed(BaseException):
    """The worker is gone: nothing of it runs any more."""


def steps(monkeypatch, at):
    """Kill the worker at that step: before or after one of its acts, or of the store's."""
    when, name = at

    def patch(owner, name):
        real = getattr(owner, name)

        def killed(*args, **kwargs):
            if when == "before":
                raise Killed
            real(*args, **kwargs)
            raise Killed

        monkeypatch.setattr(owner, name, killed)

    patch(type(store()) if name == "take" else service if hasattr(service, name) else jobs, name)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("name", ["begin", "work", "name_file", "take", "finish"])
def test_a_worker_that_is_killed_leaves_no_half_file_and_the_part_gets_ready(
    text, tom, run_jobs, monkeypatch, frozen, newsroom, when, name
):
    from app.jobs.turns import Progress, claim

    part_id = ask(text, tom).id
    job = db.session.scalars(select(Job.id).where(Job.name == queries.MAKE)).one()
    turn = claim(job)
    with monkeypatch.context() as patched:
        steps(patched, (when, name))
        with pytest.raises(Killed):
            make_part(Progress(turn))
    db.session.rollback()
    part = db.session.get(Part, part_id)
    assert (part.state == PartState.READY) == ((when, name) == ("after", "finish"))
    frozen.at += timedelta(minutes=5)
    for _ in range(2):
        run_jobs()
        frozen.at += timedelta(minutes=1)
    db.session.expire_all()
    assert (part.state, kept()) == (PartState.READY, [part.key])
    assert part.sha256


def test_a_worker_that_is_killed_at_every_try_leaves_a_part_that_failed(
    text, tom, run_jobs, frozen, monkeypatch
):
    from app.jobs.turns import Progress, claim

    part_id = ask(text, tom).id
    job = db.session.scalars(select(Job.id).where(Job.name == queries.MAKE)).one()
    for _ in range(3):
        with monkeypatch.context() as patched:
            steps(patched, ("after", "take"))
            with pytest.raises(Killed):
                make_part(Progress(claim(job)))
        db.session.rollback()
        frozen.at += timedelta(minutes=5)
        from app.jobs.sweep import take_back

        take_back()
    run_jobs()
    db.session.expire_all()
    part = db.session.get(Part, part_id)
    assert (part.state, part.problem, part.key, kept()) == (PartState.FAILED, "lost", "", [])


# How films can be cut


def test_a_film_is_looked_at_when_its_text_is_published(text, film, run_jobs):
    @act
    def forget():
        db.session.delete(db.session.get(FilmIndex, film.id))

    forget()
    make.published()
    run_jobs()
    assert queries.index(film.id).frames == 150


def test_what_is_no_film_is_kept_as_such(text, film, run_jobs):
    service.keep_index(film.id, None)
    store().put(film.key, BytesIO(b"no film at all"))
    service.owe_index(film.id)
    run_jobs()
    assert (queries.index(film.id), queries.film_index(film.id).problem) == (None, "unreadable")


def test_an_index_of_an_earlier_version_counts_as_none(text, film):
    service.keep_index(film.id, queries.film_index(film.id).told | {"version": 0})
    assert queries.index(film.id) is None


# How long it takes


def test_what_is_left_is_guessed_first_and_then_measured():
    assert seconds_left(0.0, 3, 20) == 17
    assert seconds_left(0.0, 30, 20) == 1
    assert seconds_left(0.25, 10, 999) == 30


def test_who_asked_for_it_gets_a_mail(text, tom, run_jobs, outbox):
    service.request_part(Wish(text.id, 30, 80), by=tom, wants_mail=True)
    service.request_part(Wish(text.id, 30, 80), by=make.media_user("Ines"))
    run_jobs()
    (mail,) = outbox()
    assert mail.to == tom.email
    assert "10:00:01:05" in mail.text
    assert "/en/media/downloads" in mail.text
    assert db.session.scalar(select(func.count()).select_from(Part)) == 1


def test_who_waits_for_what_fails_is_told_too(text, tom, run_jobs, outbox, monkeypatch):
    service.request_part(Wish(text.id, 30, 80), by=tom, wants_mail=True)
    broken(monkeypatch, Problem("crashed"))
    run_jobs()
    (mail,) = outbox()
    assert "could not be prepared" in mail.text


def test_the_check_of_the_store_knows_the_parts(text, tom, run_jobs, frozen):
    from app.storage.check import look_through

    part = ask(text, tom)
    run_jobs()
    found = look_through(store(), at=frozen.at + timedelta(days=30), with_checksums=True)
    assert found.is_well
    store().delete(part.key)
    assert look_through(store(), at=frozen.at).missing == [part.key]
    assert isinstance(Path(part.key), Path)

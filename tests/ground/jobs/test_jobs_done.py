"""One turn after another: done, failed, parked, alive, taken away."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import OperationalError

from app.acts import act
from app.database import db
from app.jobs import pulse, registry, sweep, turns
from app.jobs.ledger import Job, State
from tests.ground.jobs_newsroom import MARKS, handed, marks, owed, publish, row, states, taken

pytestmark = pytest.mark.usefixtures("frozen")


def test_a_job_is_done_in_english_outside_of_a_request(newsroom, run_jobs):
    publish(12)

    with newsroom.test_request_context("/uk/"):
        done = run_jobs()

    assert [(job.name, job.state, job.attempts) for job in done] == [
        ("test.mark", State.DONE, 1),
        ("test.index", State.DONE, 1),
    ]
    assert marks() == ["published 12", "marked 12", "indexed 12 at 5 in en"]


def test_a_message_that_comes_twice_does_the_job_once(newsroom):
    publish(12)

    assert [turns.perform(newsroom, 1), turns.perform(newsroom, 1)] == [True, False]
    assert marks() == ["published 12", "marked 12"]


def test_two_workers_that_get_the_same_message_do_the_job_once(newsroom):
    owed("test.mark", edition=12)
    start, did = threading.Barrier(6), []

    def work():
        start.wait()
        did.append(turns.perform(newsroom, 1))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (sorted(did), marks()) == ([False] * 5 + [True], ["marked 12"])


def test_a_message_without_a_job_does_no_harm(newsroom):
    assert turns.perform(newsroom, 404) is False


def test_a_job_is_not_begun_before_its_moment(newsroom, frozen, run_jobs):
    owed("test.mark", edition=12, wanted_at=frozen.at + timedelta(hours=1))
    assert handed() == []

    assert run_jobs() == []
    assert turns.perform(newsroom, 1) is False

    frozen.at += timedelta(hours=1)
    assert [job.state for job in run_jobs()] == [State.DONE]


def test_a_failing_job_comes_back_later_and_later_and_is_parked_after_its_last_try(
    newsroom, frozen, run_jobs
):
    owed("test.fail")
    waits = []

    for _ in range(3):
        run_jobs()
        waits.append((row().wanted_at - frozen.at).total_seconds())
        assert run_jobs() == []
        frozen.at = max(frozen.at, row().wanted_at)

    assert 10 <= waits[0] <= 12.5
    assert 20 <= waits[1] <= 25
    assert (row().state, row().attempts, row().finished_at) == (State.FAILED, 3, frozen.at)
    assert marks() == ["failing"] * 3


def test_a_job_that_is_parked_does_not_hold_up_the_next(newsroom, run_jobs):
    owed("test.fail_once")
    owed("test.mark", edition=12)

    assert [(job.name, job.state) for job in run_jobs()] == [
        ("test.fail_once", State.FAILED),
        ("test.mark", State.DONE),
    ]


def test_the_ledger_says_why_without_quoting_what_may_be_secret(newsroom, run_jobs):
    owed("test.fail")
    run_jobs()

    assert row().error.startswith("ValueError (fail, jobs_newsroom.py:")
    assert "123456" not in row().error


def test_the_ledger_quotes_a_job_that_says_why_itself(newsroom, run_jobs):
    owed("test.fail", words="The film has\nno sound")
    run_jobs()

    assert row().error == "The film has no sound"


def test_a_job_of_a_kind_that_is_no_longer_known_is_parked(newsroom, frozen, run_jobs):
    owed("test.mark", edition=12)
    with turns.writing() as connection:
        connection.execute(update(Job).values(name="test.gone"))

    for _ in range(3):
        run_jobs()
        frozen.at += timedelta(minutes=5)

    assert (row().state, row().error.partition(" ")[0]) == (State.FAILED, "KeyError")


def test_a_done_job_keeps_no_error_of_an_earlier_try(newsroom, run_jobs):
    owed("test.mark", edition=12)
    with turns.writing() as connection:
        connection.execute(update(Job).values(error="lost with its worker"))
    run_jobs()

    assert row().error is None


def test_what_a_failed_job_left_open_does_not_lock_the_ledger(newsroom, run_jobs, monkeypatch):
    def leave_open(job):
        db.session.connection(execution_options={"writing": True}).execute(insert(MARKS).values(words="open"))
        raise ValueError

    monkeypatch.setitem(
        turns.JOBS, "test.fail", registry.Work("test.fail", leave_open, 1, frozenset(), frozenset())
    )
    owed("test.fail")
    run_jobs()

    assert (row().state, marks()) == (State.FAILED, [])


def test_a_ledger_that_cannot_be_reached_is_logged_and_the_job_waits(newsroom, monkeypatch, caplog):
    owed("test.mark", edition=12)

    def away(*args, **kwargs):
        raise OperationalError("UPDATE job", {}, Exception("gone"))

    monkeypatch.setattr(turns, "writing", away)
    assert turns.perform(newsroom, 1) is False

    assert [record.getMessage().partition(" (")[0] for record in caplog.records] == [
        "job 1: the ledger cannot be written: OperationalError"
    ]
    assert states() == [State.QUEUED]


# Signs of progress


def test_progress_is_kept_and_a_second_turn_goes_on_from_there(newsroom, monkeypatch, run_jobs):
    owed("test.steps", total=4)
    progress = turns.Progress(taken())
    progress.beat(2, 4)
    assert (row().progress_done, row().progress_total) == (2, 4)

    turns.put_back(turns.Turn(1, 1))
    run_jobs()

    assert marks() == ["step 3", "step 4"]
    assert (row().state, row().progress_done) == (State.DONE, 4)


def test_a_sign_of_life_without_figures_keeps_those_before(newsroom, frozen):
    owed("test.steps", total=4)
    progress = turns.Progress(taken())
    progress.beat(1, 4)
    frozen.at += timedelta(seconds=7)
    progress.beat()

    assert (row().progress_done, row().progress_total, row().heartbeat_at) == (1, 4, frozen.at)


def test_a_sign_of_life_inside_an_act_is_refused(newsroom):
    owed("test.steps", total=4)
    progress = turns.Progress(taken())

    with pytest.raises(RuntimeError, match="between its acts"):
        act(progress.beat)()


def test_a_worker_whose_job_was_taken_away_learns_it_and_changes_nothing(newsroom, frozen):
    owed("test.steps", total=4)
    first = taken()
    frozen.at += timedelta(minutes=2)
    sweep.sweep(newsroom)
    second = taken()

    with pytest.raises(turns.TakenAway):
        turns.Progress(first).beat(1, 4)
    assert turns.put_back(first) is False

    turns.Progress(second).beat(3, 4)
    assert (row().state, row().progress_done) == (State.RUNNING, 3)


def test_a_job_that_was_taken_away_while_it_ran_is_left_to_its_new_worker(newsroom, monkeypatch):
    owed("test.mark", edition=12)

    def take_away(job, edition):
        with turns.writing() as connection:
            connection.execute(update(Job).values(turn=Job.turn + 1))
        job.beat()

    work = registry.Work("test.mark", take_away, None, frozenset(), frozenset({"edition"}))
    monkeypatch.setitem(turns.JOBS, "test.mark", work)

    assert turns.perform(newsroom, 1) is True
    assert (row().state, row().turn) == (State.RUNNING, 2)


def test_the_pulse_beats_for_jobs_under_way_and_for_no_others(newsroom, frozen):
    for edition in (1, 2):
        owed("test.mark", edition=edition)
    beats = pulse.Pulse(newsroom)
    one, two = taken(1), taken(2)

    frozen.at += timedelta(seconds=50)
    with beats.during(one):
        assert beats.under_way() == [one]
        beats.beat()
    frozen.at += timedelta(seconds=20)
    beats.beat()
    sweep.take_back()

    assert states() == [State.RUNNING, State.QUEUED]
    assert two not in beats.under_way()


def test_the_pulse_outlives_a_database_that_is_away(newsroom, monkeypatch, caplog):
    beats = pulse.Pulse(newsroom)
    beats._every = 0.01
    tries = []

    def away():
        tries.append(1)
        if len(tries) == 3:
            beats.stop()
        raise OperationalError("UPDATE job", {}, Exception("gone"))

    monkeypatch.setattr(beats, "beat", away)
    beats.start()
    beats.join(10)

    assert len(tries) == 3
    assert caplog.messages[0].startswith("no sign of life could be given: OperationalError")

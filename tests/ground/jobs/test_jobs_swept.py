"""The sweep, and what a worker does beside its jobs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from app.database import db
from app.jobs import service, sweep, turns, work
from app.jobs.ledger import Job, State, jobs
from tests.ground.jobs_newsroom import handed, mark, marks, owed, publish, row, states, taken

pytestmark = pytest.mark.usefixtures("frozen")


def test_the_sweep_does_what_each_room_finds_due(newsroom, finders, run_jobs):
    finders["a"] = lambda: publish(12, once="12")

    assert len(run_jobs()) == 2
    assert "marked 12" in marks()


def test_a_finder_that_stumbles_stops_no_other(newsroom, finders, caplog):
    def stumble():
        mark("before")
        raise ValueError("secret")

    finders["a.stumble"] = stumble
    finders["b.mark"] = lambda: mark("after")
    sweep.sweep(newsroom)

    assert marks() == ["before", "after"]
    assert [message.partition(" (")[0] for message in caplog.messages] == ["sweep: a.stumble: ValueError"]


def test_a_job_without_a_sign_of_life_is_queued_again_and_the_try_counts(newsroom, frozen):
    owed("test.mark", edition=12)
    taken()

    frozen.at += timedelta(seconds=59)
    sweep.sweep(newsroom)
    assert states() == [State.RUNNING]

    frozen.at += timedelta(seconds=1)
    sweep.sweep(newsroom)
    assert (row().state, row().attempts, row().error) == (State.QUEUED, 1, "lost with its worker")


def test_a_job_that_kills_its_workers_is_parked_after_its_last_try(newsroom, frozen):
    owed("test.mark", edition=12)
    for _ in range(3):
        taken()
        frozen.at += timedelta(minutes=2)
        sweep.sweep(newsroom)

    assert (row().state, row().attempts, row().error) == (State.FAILED, 3, "lost with its worker")


def test_a_job_put_back_by_a_stopping_worker_keeps_its_tries(newsroom):
    owed("test.mark", edition=12)

    assert turns.put_back(taken()) is True
    assert (row().state, row().attempts, row().turn) == (State.QUEUED, 0, 1)


def test_a_clock_put_back_does_not_hide_what_is_lost(newsroom, frozen):
    owed("test.mark", edition=12)
    taken()
    frozen.at -= timedelta(hours=1)
    sweep.take_back()

    assert states() == [State.QUEUED]


def test_a_clock_that_jumps_takes_nothing_from_a_living_worker(newsroom, frozen, monkeypatch):
    owed("test.mark", edition=12)
    turn, passed, watch = taken(), [100.0], sweep.Watch(30)
    monkeypatch.setattr(sweep.time, "monotonic", lambda: passed[0])

    frozen.at += timedelta(hours=1)
    sweep.take_back(watch)
    passed[0] += 29
    sweep.take_back(watch)
    turns.Progress(turn).beat()
    passed[0] += 29
    sweep.take_back(watch)
    assert states() == [State.RUNNING]

    frozen.at += timedelta(hours=1)
    passed[0] += 30
    sweep.take_back(watch)
    assert states() == [State.QUEUED]


def test_the_sweep_hands_over_what_the_queue_never_got(newsroom, frozen):
    owed("test.mark", edition=12)
    handed()

    sweep.sweep(newsroom)
    assert handed() == []

    frozen.at += timedelta(seconds=2)
    sweep.sweep(newsroom)
    assert handed() == [1]


def test_the_sweep_does_not_hand_over_again_at_once(newsroom, frozen):
    owed("test.mark", edition=12)
    frozen.at += timedelta(seconds=2)
    sweep.sweep(newsroom)
    handed()

    frozen.at += timedelta(seconds=29)
    sweep.sweep(newsroom)
    assert handed() == []

    frozen.at += timedelta(seconds=1)
    sweep.sweep(newsroom)
    assert handed() == [1]


def test_a_job_whose_moment_comes_is_handed_over_though_it_was_before(newsroom, frozen):
    owed("test.fail")
    frozen.at += timedelta(seconds=2)
    sweep.sweep(newsroom)
    handed()
    turns.perform(newsroom, 1)

    frozen.at = row().wanted_at
    sweep.sweep(newsroom)
    assert handed() == [1]


def test_the_sweep_tops_the_queue_up_and_does_not_flood_it(newsroom, frozen, monkeypatch):
    monkeypatch.setattr(sweep, "FULL", 3)
    for edition in range(5):
        owed("test.mark", edition=edition)
    handed()
    frozen.at += timedelta(seconds=2)

    sweep.sweep(newsroom)
    sweep.sweep(newsroom)
    assert handed() == [1, 2, 3]
    sweep.sweep(newsroom)
    assert handed() == [4, 5]


def test_a_sweep_that_finds_nothing_writes_nothing(newsroom, frozen):
    owed("test.mark", edition=12, wanted_at=frozen.at + timedelta(days=1))
    taken_by_others = owed("test.mark", edition=13)
    taken(taken_by_others)
    written = []
    event.listen(db.engine, "before_cursor_execute", lambda *args: written.append(args[2]))
    sweep.sweep(newsroom)

    assert [statement for statement in written if not statement.startswith(("SELECT", "BEGIN"))] == []
    assert "BEGIN IMMEDIATE" not in written


def test_a_sweep_goes_on_when_the_queue_is_away(newsroom, frozen, monkeypatch, caplog):
    owed("test.mark", edition=12)
    frozen.at += timedelta(seconds=2)

    def away():
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(jobs().queue, "waiting", away)
    sweep.sweep(newsroom)

    assert caplog.messages[0].startswith("sweep: handing over: ConnectionRefusedError: Connection refused")
    assert row().handed_at is None


def test_old_jobs_that_ended_well_are_deleted_and_failures_kept(newsroom, run_jobs, frozen, monkeypatch):
    monkeypatch.setattr(sweep, "AT_ONCE", 2)
    for edition in range(3):
        owed("test.mark", edition=edition)
    owed("test.mark", edition=4)
    service.cancel(4)
    owed("test.fail_once")
    run_jobs()
    frozen.at += timedelta(days=20)
    owed("test.mark", edition=5)
    run_jobs()

    sweep.tidy()
    assert len(states()) == 6

    frozen.at += timedelta(days=11)
    sweep.tidy()
    assert sorted(states()) == [State.DONE, State.FAILED]


def test_what_the_caller_has_read_is_read_again_after_the_jobs(newsroom, run_jobs):
    owed("test.mark", edition=12)
    job = db.session.get(Job, 1)
    assert job.state == State.QUEUED

    run_jobs()

    assert job.state == State.DONE


# The worker (real ones are in test_worker_killed.py)


@pytest.fixture
def stopping(newsroom):
    """A worker that is told to stop before it begins: it sweeps once."""
    worker = work.Worker(newsroom)
    worker._stopping.set()
    return worker


@pytest.mark.parametrize(("hour", "left"), [(1, [State.DONE]), (2, [])])
def test_a_worker_deletes_old_jobs_at_night(newsroom, run_jobs, frozen, stopping, hour, left):
    owed("test.mark", edition=12)
    run_jobs()
    frozen.at = (frozen.at + timedelta(days=40)).replace(hour=hour)
    stopping._sweep()

    assert states() == left


def test_old_jobs_that_cannot_be_deleted_are_tried_again(stopping, monkeypatch, caplog):
    def away():
        raise OperationalError("DELETE FROM job", {}, Exception("gone"))

    monkeypatch.setattr(work, "tidy", away)

    assert stopping._tidy(None) is None
    assert caplog.messages[0].startswith("old jobs could not be deleted: OperationalError")


def test_a_job_that_cannot_be_put_back_counts_as_lost(newsroom, stopping, monkeypatch, caplog):
    def away(turn):
        raise OperationalError("UPDATE job", {}, Exception("gone"))

    monkeypatch.setattr(work, "put_back", away)
    with stopping._pulse.during(turns.Turn(12, 1)):
        stopping._stop()

    assert any(said.startswith("job 12 will count as lost: OperationalError") for said in caplog.messages)

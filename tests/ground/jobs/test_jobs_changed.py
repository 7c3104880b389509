"""What the desk sees of jobs, and what it can do about them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.jobs import queries, registry, service, turns
from app.jobs.ledger import State
from app.refusals import Missing
from tests.ground.jobs_newsroom import handed, marks, owed, row, taken

pytestmark = pytest.mark.usefixtures("frozen")


def test_a_waiting_job_is_cancelled_at_once(newsroom, run_jobs, frozen):
    owed("test.mark", edition=12)
    service.cancel(1)

    assert run_jobs() == []
    assert (row().state, row().finished_at, marks()) == (State.CANCELLED, frozen.at, [])


def test_a_running_job_is_cancelled_at_its_next_sign_of_progress(newsroom, monkeypatch):
    owed("test.steps", total=4)
    original = turns.JOBS["test.steps"].do

    def cancelled_after_two(job, *, total):
        beat = job.beat

        def and_cancel(done, total):
            beat(done, total)
            if done == 2:
                service.cancel(1)

        job.beat = and_cancel
        original(job, total=total)

    work = registry.Work("test.steps", cancelled_after_two, None, frozenset(), frozenset({"total"}))
    monkeypatch.setitem(turns.JOBS, "test.steps", work)
    turns.perform(newsroom, 1)

    assert (row().state, row().error, marks()) == (State.CANCELLED, None, ["step 1", "step 2", "step 3"])


@pytest.mark.parametrize("end", [turns.put_back, turns.lost, lambda turn: turns._fail(turn, "no")])
def test_a_job_whose_worker_goes_before_it_hears_of_it_is_cancelled_nonetheless(newsroom, frozen, end):
    owed("test.steps", total=4)
    turn = taken()
    service.cancel(1)
    end(turn)

    assert (row().state, row().finished_at) == (State.CANCELLED, frozen.at)


def test_what_has_ended_cannot_be_cancelled(newsroom, run_jobs):
    owed("test.mark", edition=12)
    run_jobs()

    with pytest.raises(service.Ended) as refusal:
        service.cancel(1)
    assert str(refusal.value) == "This work has already ended."


def test_a_parked_job_is_tried_again_with_all_its_tries(newsroom, run_jobs):
    owed("test.fail_once")
    run_jobs()
    handed()
    service.retry(1)

    assert handed() == [1]
    assert (row().state, row().attempts, row().error, row().finished_at) == (State.QUEUED, 0, None, None)
    run_jobs()
    assert marks() == ["failing once"] * 2


def test_a_cancelled_job_is_done_after_all(newsroom, run_jobs):
    owed("test.mark", edition=12)
    service.cancel(1)
    service.retry(1)
    run_jobs()

    assert (row().state, row().is_cancel_wanted, marks()) == (State.DONE, False, ["marked 12"])


def test_what_waits_runs_or_is_done_is_not_tried_again(newsroom, run_jobs):
    owed("test.mark", edition=12)
    with pytest.raises(service.NotEnded):
        service.retry(1)
    turn = taken()
    with pytest.raises(service.NotEnded):
        service.retry(1)
    turns.put_back(turn)
    run_jobs()
    with pytest.raises(service.NotEnded):
        service.retry(1)


@pytest.mark.parametrize("ask", [service.cancel, service.retry, queries.by_id])
def test_a_job_that_does_not_exist_is_missing(newsroom, ask):
    with pytest.raises(Missing):
        ask(404)


def test_the_desk_sees_what_runs_what_waits_what_failed_and_what_is_done(newsroom, run_jobs, frozen):
    owed("test.fail_once")
    owed("test.mark", edition=1)
    owed("test.mark", edition=2)
    service.cancel(3)
    run_jobs()
    frozen.at += timedelta(minutes=1)
    owed("test.mark", edition=3, wanted_at=frozen.at + timedelta(hours=2))
    owed("test.mark", edition=4, wanted_at=frozen.at + timedelta(hours=1))
    owed("test.mark", edition=5)
    taken(6)

    assert [job.id for job in queries.under_way()] == [6, 5, 4]
    assert [job.id for job in queries.failed()] == [1]
    assert [job.id for job in queries.recent()] == [3, 2]
    assert [job.id for job in queries.recent(1)] == [3]
    assert queries.by_id(6).state == State.RUNNING

"""The ledger, turns and the sweep, in one process and with the clock in hand."""

from __future__ import annotations

import logging
import multiprocessing
import stat
import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, insert, select, update
from sqlalchemy.exc import OperationalError

from app.acts import act
from app.database import db
from app.jobs import pulse, queries, reasons, registry, service, sweep, turns, work
from app.jobs.ledger import Job, State, announce, init_jobs, jobs, owe
from app.jobs.queue import Queue
from app.refusals import Missing, Refusal
from tests import servers
from tests.ground import jobs_newsroom
from tests.ground.jobs_newsroom import MARKS, mark, marks, publish

pytestmark = pytest.mark.usefixtures("frozen")


@pytest.fixture
def finders(monkeypatch):
    """The due-finders that the sweep calls: none but those that a test puts here."""
    mine = {}
    monkeypatch.setattr(sweep, "FINDERS", mine)
    return mine


@pytest.fixture
def newsroom(tmp_path, finders):
    """A newsroom of its own, on the database and the queue that this run is about."""
    app = jobs_newsroom.create_app(jobs_newsroom.settings(tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def run_jobs(newsroom):
    return lambda: sweep.do_due(newsroom)


@act
def owed(name, /, **details):
    return owe(name, **details)


@act
def told(happening, /, **details):
    announce(happening, **details)


def states():
    with db.engine.connect() as connection:
        return list(connection.scalars(select(Job.state).order_by(Job.id)))


def row(job_id=1):
    db.session.rollback()
    return db.session.get(Job, job_id)


def taken(job_id=1):
    """Claim a job as a worker would."""
    turn = turns.claim(job_id)
    assert turn is not None
    return turn


def handed():
    """Empty the queue, and return the ids that were in it, in order."""
    storage = jobs().queue._open()[0].storage
    ids = sorted(int(bytes(message)) for message in storage.enqueued_items())
    storage.flush_queue()
    return ids


# Owing


def test_what_follows_an_event_is_owed_with_the_ids_that_it_asks_for(newsroom):
    publish(12)

    assert [(job.name, job.subject, job.state) for job in queries.under_way()] == [
        ("test.mark", {"edition": 12}, State.QUEUED),
        ("test.index", {"edition": 12, "revision": 5}, State.QUEUED),
    ]


def test_an_act_that_fails_owes_nothing_and_hands_nothing_over(newsroom):
    @act
    def publish_and_stumble():
        publish(12)
        raise LookupError

    with pytest.raises(LookupError):
        publish_and_stumble()
    publish(13)

    assert (marks(), handed()) == (["published 13"], [job.id for job in queries.under_way()])


def test_ids_go_to_the_queue_after_the_commit_and_not_before(newsroom):
    @act
    def look_while_publishing():
        publish(12)
        return handed()

    assert look_while_publishing() == []
    assert handed() == [1, 2]


def test_an_undone_savepoint_takes_its_jobs_along_and_leaves_the_others(newsroom, run_jobs):
    @act
    def publish_two_and_undo_one():
        publish(12)
        savepoint = db.session.begin_nested()
        publish(13)
        savepoint.rollback()
        with db.session.begin_nested():
            publish(14)
        assert handed() == []

    publish_two_and_undo_one()

    assert set(handed()) >= {job.id for job in queries.under_way()}
    run_jobs()
    assert sorted(marks()) == [
        "indexed 12 at 5 in en",
        "indexed 14 at 5 in en",
        "marked 12",
        "marked 14",
        "published 12",
        "published 14",
    ]


def test_an_event_announced_twice_for_one_occasion_sets_off_each_job_once(newsroom, run_jobs):
    publish(12, once="edition:12:version:3")
    run_jobs()
    publish(12, once="edition:12:version:3")
    run_jobs()
    publish(12, once="edition:12:version:4")
    run_jobs()

    assert marks().count("marked 12") == 2
    assert row(1).key == "test.mark:edition:12:version:3"


def test_an_event_announced_twice_without_an_occasion_counts_twice(newsroom, run_jobs):
    publish(12)
    publish(12)
    run_jobs()

    assert marks().count("marked 12") == 2


def test_one_key_under_many_threads_makes_one_job(newsroom):
    ids, start = [], threading.Barrier(8)

    def race():
        with newsroom.app_context():
            start.wait()
            ids.append(owed("test.mark", key="test.mark:edition:12", edition=12))

    threads = [threading.Thread(target=race) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len([job_id for job_id in ids if job_id]) == 1
    assert len(states()) == 1


def test_a_key_that_is_taken_answers_none(newsroom):
    assert owed("test.mark", key="k", edition=12) == 1
    assert owed("test.mark", key="k", edition=12) is None


def test_an_event_that_nobody_follows_is_announced_to_nobody(newsroom):
    told("nobody.cares", edition=12)

    assert states() == []


def test_an_unknown_event_is_refused_at_once(newsroom):
    with pytest.raises(LookupError, match=r"edition\.eaten is not listed"):
        told("edition.eaten", edition=12)


def test_an_unknown_job_is_refused_at_once(newsroom):
    with pytest.raises(LookupError, match=r"test\.nothing is no job"):
        owed("test.nothing")


@pytest.mark.parametrize("say", [lambda: announce("edition.published", edition=1), lambda: owe("test.fail")])
def test_outside_an_act_nothing_can_be_owed(newsroom, say):
    with pytest.raises(RuntimeError, match="only an act"):
        say()


def test_a_follower_that_misses_an_id_is_named_at_once(newsroom):
    with pytest.raises(TypeError, match=r"test\.mark needs to know its edition"):
        told("edition.withdrawn", item=3)


@pytest.mark.parametrize("edition", [None, True, 1.5, ["12"], "x" * 256])
def test_only_ids_can_be_told_to_a_job(newsroom, edition):
    with pytest.raises(TypeError, match="must be an id"):
        told("edition.withdrawn", edition=edition)


def test_a_key_too_long_for_its_column_is_refused(newsroom):
    with pytest.raises(ValueError, match="at most 200"):
        owed("test.fail", key="k" * 201)


def test_an_app_with_a_follower_that_is_no_job_does_not_start(newsroom):
    with pytest.raises(LookupError, match=r"edition\.published sets off test\.nothing"):
        init_jobs(newsroom, follows={"edition.published": ["test.nothing"]})


# Registering


def test_two_functions_cannot_be_the_same_job(monkeypatch):
    monkeypatch.setattr(registry, "JOBS", {})

    @registry.job("test.one")
    def first(job): ...

    registry.job("test.one")(first)
    with pytest.raises(ValueError, match=r"there is a test\.one already"):

        @registry.job("test.one")
        def second(job): ...


def test_a_job_takes_its_ids_by_name():
    with pytest.raises(TypeError, match="keyword arguments only"):

        @registry.job("test.two")
        def by_place(job, edition): ...


def test_a_due_finder_is_known_by_its_place(monkeypatch):
    monkeypatch.setattr(registry, "FINDERS", {})

    @registry.sweeps
    def publish_due(): ...

    assert list(registry.FINDERS) == [f"{__name__}.{publish_due.__qualname__}"]


# Doing


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


# Cancelling and trying again


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


# The sweep


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


# The queue


def test_the_queue_holds_digits_and_nothing_that_could_be_run(newsroom):
    publish(12)

    assert [bytes(message) for message in jobs().queue._open()[0].storage.enqueued_items()] == [b"1", b"2"]


@pytest.mark.skipif(servers.REDIS, reason="the queue is a file only without Redis")
def test_the_queue_s_file_is_ours_alone(newsroom):
    publish(12)

    modes = {
        file.name: stat.S_IMODE(file.stat().st_mode)
        for file in newsroom.config["INSTANCE_DIR"].glob("queue*")
    }
    assert modes["queue.sqlite"] == 0o600
    assert set(modes.values()) == {0o600}


@pytest.mark.skipif(servers.REDIS, reason="the queue is a file only without Redis")
def test_a_queue_s_file_that_is_deleted_is_made_again(newsroom):
    publish(12)
    waiting = jobs().queue._open()[0]
    for file in newsroom.config["INSTANCE_DIR"].glob("queue*"):
        file.unlink()
    publish(13)

    assert [bytes(message) for message in waiting.storage.enqueued_items()] == [b"3", b"4"]


@pytest.mark.parametrize(
    "queue",
    [
        lambda folder: Queue(name="newsroom", path=folder / "a file" / "queue.sqlite"),
        lambda folder: Queue(name="newsroom", path=folder, url="redis://127.0.0.1:9/0"),
        lambda folder: Queue(name="newsroom", path=folder, url=f"unix://{folder}/nothing.socket"),
    ],
)
def test_a_queue_that_cannot_be_reached_is_logged_in_one_line(tmp_path, queue, caplog):
    (tmp_path / "a file").touch()

    assert queue(tmp_path).hand_over([1, 2]) is False
    assert len(caplog.messages) == 1
    assert caplog.messages[0].startswith("the queue cannot be reached, the sweep will hand over later: ")


def test_an_act_is_kept_though_the_queue_is_away_and_the_sweep_finds_its_jobs(
    newsroom, run_jobs, monkeypatch
):
    known = jobs()
    away = Queue(name="away", path=known.queue.path, url="redis://127.0.0.1:9/0")
    monkeypatch.setitem(newsroom.extensions, "jobs", replace(known, queue=away))

    publish(12)
    assert [job.state for job in queries.under_way()] == [State.QUEUED] * 2
    monkeypatch.setitem(newsroom.extensions, "jobs", known)

    assert [job.state for job in run_jobs()] == [State.DONE] * 2


def test_a_process_that_was_forked_opens_a_queue_of_its_own(newsroom):
    queue = jobs().queue
    queue.hand_over([1])
    before = queue._open()[0]
    child = multiprocessing.get_context("fork").Process(target=queue.hand_over, args=([2],))
    child.start()
    child.join(20)

    assert child.exitcode == 0
    assert queue._open()[0] is before
    assert handed() == [1, 2]


def test_two_newsrooms_on_one_redis_have_two_queues_whoever_signs_in(tmp_path):
    config = {"INSTANCE_DIR": tmp_path, "REDIS_URL": "redis://127.0.0.1"}
    names = [
        Queue.of(config | {"SQLALCHEMY_DATABASE_URI": url}).name
        for url in (
            "postgresql+psycopg://web:a@db/news",
            "postgresql+psycopg://worker:b@db/news",
            "postgresql+psycopg://web:a@db/other",
        )
    ]

    assert names[0] == names[1] != names[2]


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

    assert caplog.messages[0].startswith("job 12 will count as lost: OperationalError")


# Saying why


def test_a_reason_quotes_a_refusal_in_english(newsroom):
    with newsroom.test_request_context("/"):
        assert reasons.reason(service.Ended()) == "This work has already ended."
        assert reasons.reason(Refusal()) == "Refusal"


def test_a_reason_is_one_printable_line_that_fits():
    words = reasons.reason(reasons.Failed("a\nb\x00c\x1b[0m" + "é" * 600))

    assert words.startswith("a b c [0mé")
    assert (len(words), words.isprintable()) == (500, True)


def test_a_line_said_again_and_again_is_logged_once_a_minute(monkeypatch):
    passed, filtering = [0.0], reasons.Sparing()
    monkeypatch.setattr(reasons.time, "monotonic", lambda: passed[0])

    def say(words):
        passed[0] += 20
        return filtering.filter(logging.LogRecord("x", logging.ERROR, "", 0, words, (), None))

    assert [say("away") for _ in range(7)] == [True, False, False, True, False, False, True]
    assert say("something else") is True


def test_an_exception_is_logged_in_one_line_of_its_kind():
    try:
        raise ValueError("someone@example.org")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "no %s", ("luck",), (ValueError, error, None))

    assert reasons.Sparing().filter(record) is True
    assert record.getMessage().startswith("no luck: ValueError (test_an_exception")
    assert record.exc_info is None

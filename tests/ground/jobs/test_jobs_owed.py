"""What is owed: announced in an act, handed over after it, and what a room can register."""

from __future__ import annotations

import threading

import pytest

from app.acts import act
from app.database import db
from app.jobs import queries, registry
from app.jobs.ledger import State, announce, init_jobs, owe
from tests.ground.jobs_newsroom import handed, marks, owed, publish, row, states, told

pytestmark = pytest.mark.usefixtures("frozen")


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

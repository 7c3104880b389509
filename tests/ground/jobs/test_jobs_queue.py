"""The queue, in a file and on Redis, and when neither can be reached."""

from __future__ import annotations

import multiprocessing
import stat
from dataclasses import replace
from datetime import timedelta

import pytest

from app.jobs import queries, service, sweep
from app.jobs.ledger import State, jobs
from app.jobs.queue import Queue
from tests import servers
from tests.ground.jobs_newsroom import handed, owed, publish

pytestmark = pytest.mark.usefixtures("frozen")


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


def test_what_somebody_waits_for_has_a_queue_of_its_own(newsroom, frozen):
    owed("test.mark", edition=12)
    owed("test.urgent", name="a code")
    assert (handed(jobs().urgent), handed()) == ([2], [1])

    frozen.at += timedelta(seconds=2)
    sweep.sweep(newsroom)
    assert (handed(jobs().urgent), handed()) == ([2], [1])


def test_what_is_urgent_is_handed_over_though_the_other_queue_is_full(newsroom, frozen, monkeypatch):
    monkeypatch.setattr(sweep, "FULL", 2)
    for edition in range(3):
        owed("test.mark", edition=edition)
    owed("test.urgent", name="a code")
    handed(jobs().urgent)
    frozen.at += timedelta(seconds=2)

    sweep.sweep(newsroom)
    assert handed(jobs().urgent) == [4]


def test_urgent_work_that_failed_is_started_again_in_its_own_queue(newsroom, frozen):
    service.cancel(owed("test.urgent", name="a code"))
    handed(jobs().urgent)

    service.retry(1)
    assert (handed(jobs().urgent), handed()) == ([1], [])


def test_what_encodes_films_has_a_queue_of_its_own_and_holds_up_nothing_else(newsroom, frozen, monkeypatch):
    monkeypatch.setattr(sweep, "FULL", 2)
    for number in range(3):
        owed("test.heavy", name=f"film {number}")
    owed("test.mark", edition=1)
    assert (handed(jobs().heavy), handed(), handed(jobs().urgent)) == ([1, 2, 3], [4], [])

    frozen.at += timedelta(seconds=2)
    sweep.sweep(newsroom)
    assert (handed(jobs().heavy), handed()) == ([1, 2], [4])

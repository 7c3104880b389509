"""Real workers in processes of their own: told to stop, killed, and left without their queue or database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import func, select

from app.database import db
from app.jobs import queries, service
from app.jobs.ledger import Job, State
from app.jobs.stepping import STEP_BACK
from tests import servers
from tests.ground import jobs_newsroom
from tests.ground.jobs_newsroom import marks, owed, publish, row
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.crash]
LOST_SECONDS = 2
STOP_SECONDS = 10  # a worker that is told to stop is gone by then


class Workers:
    """Workers of one newsroom, ended with the test."""

    def __init__(self, root, folder, environ):
        self.root, self.folder = root, folder
        self.environ = {**os.environ, **environ, "JOB_LOST_SECONDS": str(LOST_SECONDS), "WORK_THREADS": "2"}
        self.running = []

    def start(self, **known):
        """Start one, and wait until it works. ``known``: how else its process is started."""
        log = self.folder / f"worker-{len(self.running)}.log"
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "flask", "--app", "tests.ground.jobs_newsroom", "work"],
                cwd=self.root,
                env=self.environ,
                stdout=output,
                stderr=subprocess.STDOUT,
                **known,
            )
        process.log = log
        self.running.append(process)
        said(process, "working: 2 at a time")
        return process

    def end(self):
        """Leave nothing behind."""
        for process in self.running:
            process.kill()
            process.wait(10)


def said(process, words):
    """Wait until a worker has said something."""
    until(lambda: words in process.log.read_text(), what=f"{words!r} in the worker's log")


@pytest.fixture
def newsroom(tmp_path):
    app = jobs_newsroom.create_app(jobs_newsroom.settings(tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def workers(newsroom, tmp_path, request):
    names = ("INSTANCE_DIR", "SWEEP_SECONDS", "DATABASE_URL", "REDIS_URL")
    environ = {name: str(newsroom.config[name]) for name in names}
    workers = Workers(request.config.rootpath, tmp_path, environ)
    yield workers
    workers.end()


def becomes(state, job_id=1):
    """Wait until a job is in ``state``, and return it."""
    until(lambda: row(job_id).state == state, what=f"job {job_id} to be {state}")
    return row(job_id)


def marked(words):
    """Wait until a job has left a mark."""
    until(lambda: words in marks(), what=f"the mark {words!r}")


def test_a_worker_does_what_is_announced(newsroom, workers):
    workers.start()
    publish(12)

    becomes(State.DONE, 1)
    becomes(State.DONE, 2)
    assert sorted(marks()) == ["indexed 12 at 5 in en", "marked 12", "published 12"]


def step_of(pid):
    """Where the session of a process stands, as "/autogroup-12 nice 10"; empty where Linux has none for it."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/autogroup").read_text()
    return ""


def sessions_can_step_back():
    """Whether this Linux shares its cores among sessions, and lets one of its own say that it steps back."""
    steps_back = f"echo {STEP_BACK} > /proc/self/autogroup && cat /proc/self/autogroup"
    told = subprocess.run(["sh", "-c", steps_back], capture_output=True, text=True, start_new_session=True)
    return told.stdout.split()[-2:] == ["nice", str(STEP_BACK)]


def test_a_worker_of_its_own_session_lets_pages_go_first(workers):
    before = step_of(os.getpid())
    own, shared = workers.start(start_new_session=True), workers.start()

    assert step_of(shared.pid) == before, "a session that others share was told to step back"
    if sessions_can_step_back():
        assert step_of(own.pid).split()[-1] == str(STEP_BACK)


def test_what_was_lost_with_a_killed_worker_is_done_by_the_next(newsroom, workers):
    publish(12, once="12")
    owed("test.wait", name="film")
    first = workers.start()
    marked("film begins")

    first.kill()
    first.wait(10)
    assert row(3).state == State.RUNNING
    workers.start()
    until(lambda: marks().count("film begins") == 2, what="the second worker to take it up")
    (workers.folder / "gate").touch()

    film = becomes(State.DONE, 3)
    assert (film.attempts, film.turn, film.error) == (2, 2, None)
    assert sorted(marks()) == [
        "film begins",
        "film begins",
        "film ends",
        "indexed 12 at 5 in en",
        "marked 12",
        "published 12",
    ]


def test_progress_survives_a_killed_worker(newsroom, workers):
    owed("test.steps_then_wait", total=3)
    first = workers.start()
    until(lambda: row().progress_done == 2, what="two steps")
    first.kill()
    first.wait(10)

    (workers.folder / "gate").touch()
    workers.start()

    becomes(State.DONE)
    assert marks() == ["step 1", "step 2", "step 3"]


def test_a_long_job_gives_signs_of_life_and_is_not_taken_from_its_worker(newsroom, workers):
    workers.start()
    workers.start()
    owed("test.hang", name="film")
    marked("film begins")

    def has_lived_longer_than_patience():
        living = row()
        return (living.heartbeat_at - living.started_at).total_seconds() > LOST_SECONDS + 1

    until(has_lived_longer_than_patience)
    (workers.folder / "gate").touch()

    assert becomes(State.DONE).turn == 1
    assert marks() == ["film begins", "film ends"]


def test_a_worker_with_nothing_to_do_stops_when_it_is_interrupted(newsroom, workers):
    worker = workers.start()
    worker.send_signal(signal.SIGINT)

    assert worker.wait(STOP_SECONDS) == 0
    said(worker, "stopped")


def test_a_stopping_worker_lets_its_job_finish(newsroom, workers):
    worker = workers.start()
    owed("test.wait", name="film")
    owed("test.wait", name="photo")
    owed("test.wait", name="later")
    marked("film begins")
    marked("photo begins")

    worker.terminate()
    said(worker, "stopping")
    (workers.folder / "gate").touch()

    assert worker.wait(STOP_SECONDS) == 0
    assert [row(1).state, row(2).state, row(3).state] == [State.DONE, State.DONE, State.QUEUED]


def test_a_stopping_worker_puts_a_job_back_that_does_not_finish_in_time(newsroom, workers):
    worker = workers.start()
    owed("test.hang", name="film")
    marked("film begins")

    worker.terminate()

    assert worker.wait(STOP_SECONDS) == 0
    assert (row().state, row().attempts, row().error) == (State.QUEUED, 0, None)
    (workers.folder / "gate").touch()
    workers.start()
    assert becomes(State.DONE).attempts == 1


def test_a_second_signal_ends_the_grace(newsroom, workers):
    worker = workers.start()
    owed("test.wait", name="film")
    marked("film begins")

    worker.terminate()
    said(worker, "stopping")
    worker.terminate()

    assert worker.wait(STOP_SECONDS) == 0
    assert (row().state, row().attempts) == (State.QUEUED, 0)


def test_a_poisonous_job_is_parked_and_the_next_one_done(newsroom, workers):
    workers.start()
    owed("test.fail_once")
    owed("test.mark", edition=12)

    becomes(State.DONE, 2)
    assert becomes(State.FAILED, 1).error.startswith("SystemExit")


def test_a_job_that_runs_in_another_process_is_cancelled(newsroom, workers):
    workers.start()
    owed("test.wait", name="film")
    marked("film begins")
    service.cancel(1)

    becomes(State.CANCELLED)
    assert marks() == ["film begins"]


@pytest.mark.skipif(servers.REDIS, reason="the queue is a file only without Redis")
def test_a_worker_goes_on_when_the_queue_s_file_is_deleted(newsroom, workers):
    workers.start()
    owed("test.mark", edition=12)
    becomes(State.DONE, 1)
    for file in workers.folder.glob("queue.sqlite*"):
        file.unlink()

    owed("test.mark", edition=13)
    becomes(State.DONE, 2)


@pytest.mark.skipif(not servers.REDIS, reason="wants a Redis: TEST_REDIS=1")
def test_a_worker_recovers_when_redis_comes_back(newsroom, workers):
    worker = workers.start()
    servers.redis().stop()
    try:
        said(worker, "Error reading from queue: ConnectionError")
        publish(12)
        said(worker, "sweep: handing over: ConnectionError")
    finally:
        servers.redis().start()

    becomes(State.DONE, 1)
    becomes(State.DONE, 2)
    assert "Traceback" not in worker.log.read_text()


@pytest.mark.skipif(not servers.POSTGRES, reason="wants a server that can be away: TEST_DATABASE=postgresql")
def test_a_worker_recovers_when_the_database_comes_back(newsroom, workers):
    worker = workers.start()
    owed("test.mark", edition=12)
    becomes(State.DONE, 1)
    owed("test.mark", edition=13, wanted_at=until(lambda: row(1).finished_at))
    db.session.remove()
    db.engine.dispose()
    name = newsroom.config["DATABASE_URL"].partition("?")[0].rpartition("/")[2]

    with psycopg.connect(
        newsroom.config["DATABASE_URL"].replace(name, "postgres"), autocommit=True
    ) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        try:
            said(worker, "sweep: taking back what was lost: OperationalError")
        finally:
            server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')

    owed("test.mark", edition=14)
    becomes(State.DONE, 3)
    assert "Traceback" not in worker.log.read_text()


def test_two_workers_do_everything_once(newsroom, workers):
    workers.start()
    workers.start()
    for edition in range(20):
        publish(edition, once=str(edition))

    until(lambda: db.session.rollback() or not queries.under_way(), what="all jobs to be done")

    assert len(marks()) == len(set(marks())) == 60
    assert db.session.scalar(select(func.max(Job.turn))) == 1


def test_what_is_urgent_is_done_while_all_other_threads_are_busy(newsroom, workers, tmp_path):
    for name in ("one", "two"):
        owed("test.hang", name=name)
    workers.start()
    for name in ("one", "two"):
        marked(f"{name} begins")

    owed("test.urgent", name="a code")
    marked("a code hurried")
    assert [row(job_id).state for job_id in (1, 2)] == [State.RUNNING, State.RUNNING]

    (tmp_path / "gate").touch()
    marked("two ends")

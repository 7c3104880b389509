"""A newsroom that has nothing but jobs: what the ledger, the sweep and the worker are tried on.

As a program (``flask --app tests.ground.jobs_newsroom work``) it is a real worker. Its jobs leave
marks in a table of their own, one for each time that they did something.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, current_app
from flask_babel import get_locale
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select

import config
from app.acts import act
from app.database import Base, db
from app.extensions import babel
from app.jobs import queries
from app.jobs.ledger import Job, announce, init_jobs, jobs, owe
from app.jobs.queue import Queue
from app.jobs.reasons import Failed
from app.jobs.registry import job
from app.jobs.turns import Progress, Turn, claim
from app.jobs.work import work
from tests import servers
from tests.waiting import until

# Not among the newsroom's own tables, which are compared with the migrations.
MARKS = Table("mark", MetaData(), Column("id", Integer, primary_key=True), Column("words", String(200)))

FOLLOWS = {
    "edition.published": ("test.mark", "test.index"),
    "edition.withdrawn": ("test.mark",),
    "nobody.cares": (),
}


@act
def mark(words: str) -> None:
    """Leave a mark."""
    db.session.execute(insert(MARKS).values(words=words))


def marks() -> list[str]:
    """Return all marks, oldest first."""
    with db.engine.connect() as connection:
        return list(connection.scalars(select(MARKS.c.words).order_by(MARKS.c.id)))


@act
def publish(edition: int, *, once: str | None = None) -> None:
    """Change something and announce it."""
    db.session.execute(insert(MARKS).values(words=f"published {edition}"))
    announce("edition.published", once=once, edition=edition, revision=5)


@job("test.mark")
def leave_a_mark(job: Progress, *, edition: int) -> None:
    mark(f"marked {edition}")


@job("test.urgent", is_urgent=True)
def hurry(job: Progress, *, name: str) -> None:
    mark(f"{name} hurried")


@job("test.heavy", is_heavy=True)
def encode(job: Progress, *, name: str) -> None:
    mark(f"{name} encoded")


@job("test.index")
def index(job: Progress, *, edition: int, revision: int = 0) -> None:
    mark(f"indexed {edition} at {revision} in {get_locale()}")


@job("test.fail")
def fail(job: Progress, *, words: str = "") -> None:
    mark("failing")
    raise Failed(words) if words else ValueError("the code 123456 of someone@example.org")


@job("test.fail_once", attempts=1)
def fail_once(job: Progress) -> None:
    mark("failing once")
    raise SystemExit(3)


@job("test.steps")
def steps(job: Progress, *, total: int) -> None:
    for number in range(job.done or 0, total):
        mark(f"step {number + 1}")
        job.beat(number + 1, total)


@job("test.steps_then_wait")
def steps_then_wait(job: Progress, *, total: int) -> None:
    """Do all steps but the last, and wait before that one until somebody opens the gate."""
    for number in range(job.done or 0, total):
        if number + 1 == total:
            until((Path(current_app.config["INSTANCE_DIR"]) / "gate").exists, seconds=60)
        mark(f"step {number + 1}")
        job.beat(number + 1, total)


@job("test.wait")
def wait(job: Progress, *, name: str) -> None:
    """Say that it begins, wait until somebody opens the gate, beating, and say that it ends."""
    mark(f"{name} begins")
    gate = Path(current_app.config["INSTANCE_DIR"]) / "gate"

    def opened() -> bool:
        job.beat()
        return gate.exists()

    until(opened, seconds=60)
    mark(f"{name} ends")


@job("test.hang")
def hang(job: Progress, *, name: str) -> None:
    """Say that it begins and be busy, without a word, until somebody opens the gate."""
    mark(f"{name} begins")
    until((Path(current_app.config["INSTANCE_DIR"]) / "gate").exists, seconds=60)
    mark(f"{name} ends")


def settings(folder: Path) -> dict[str, str]:
    """Return the settings of an empty newsroom in ``folder``, on the servers that this run is about."""
    found = {"INSTANCE_DIR": str(folder), "SWEEP_SECONDS": "1"}
    if servers.REDIS:
        servers.redis().empty()
        found["REDIS_URL"] = servers.redis().url
    if servers.POSTGRES:
        found["DATABASE_URL"] = _database()
        with psycopg.connect(_database(), autocommit=True) as connection:
            connection.execute("DROP TABLE IF EXISTS job, mark")
    return found


@cache
def _database() -> str:
    return servers.new_database()


def create_app(environ: Mapping[str, str] | None = None) -> Flask:
    """Make the newsroom, and its tables if they are not there."""
    if environ is None:  # a program of its own
        logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    app = Flask(__name__)
    app.config.update(config.read(os.environ if environ is None else environ))
    Path(app.config["INSTANCE_DIR"]).mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    babel.init_app(app)
    init_jobs(app, follows=FOLLOWS, modules=[__name__])
    app.cli.add_command(work)
    with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
        Base.metadata.create_all(connection, tables=[Job.__table__])
        MARKS.metadata.create_all(connection)
    return app


# Short words for tests.


@act
def owed(name: str, /, **details: Any) -> int | None:
    """Owe one job."""
    return owe(name, **details)


@act
def told(happening: str, /, **details: Any) -> None:
    """Announce something and change nothing."""
    announce(happening, **details)


def states() -> list[str]:
    """Return the state of each job, oldest first."""
    with db.engine.connect() as connection:
        return list(connection.scalars(select(Job.state).order_by(Job.id)))


def row(job_id: int = 1) -> Job:
    """Return a job as it is now."""
    db.session.rollback()
    return queries.by_id(job_id)


def taken(job_id: int = 1) -> Turn:
    """Claim a job as a worker would."""
    turn = claim(job_id)
    assert turn is not None
    return turn


def handed(queue: Queue | None = None) -> list[int]:
    """Empty a queue, and return the ids that were in it, in order."""
    storage = (queue or jobs().queue)._open()[0].storage
    ids = sorted(int(bytes(message)) for message in storage.enqueued_items())
    storage.flush_queue()
    return ids

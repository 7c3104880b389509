"""The hour comes while the worker is dead: the page is there on time, and what follows is done once."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from tests import servers
from tests.journeys.running import Newsroom
from tests.waiting import until

pytestmark = pytest.mark.slow
PUBLISH = """
from datetime import datetime, timedelta, UTC
from wsgi import app
from tests import make
from app.editorial import service
from app.editorial.models import State
with app.app_context():
    edition = make.release(State.APPROVED)  # takes as long as it does: the hour is set when all is ready for it
    at = datetime.now(UTC) + timedelta(seconds={seconds})
    service.publish(edition, by=make.officer("Amélie"), wanted_at=at)
    print(edition.path, edition.public_from.isoformat())
"""


@pytest.fixture
def newsroom(tmp_path):
    """An empty newsroom with web server, without a worker."""
    made = Newsroom(tmp_path / "instance")
    made.flask("db", "upgrade")
    try:
        made.open()
        yield made
    finally:
        made.close()


def ask(newsroom: Newsroom, code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=newsroom.environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


COUNT = """
from wsgi import app
from sqlalchemy import text
from app.database import db
with app.app_context():
    print(db.session.scalar(text("SELECT count(*) FROM audit_entry WHERE verb = 'published'")),
          db.session.scalar(text("SELECT reference_number FROM item")),
          db.session.scalar(text("SELECT count(*) FROM job WHERE state != 'done'")))
"""


def test_a_worker_killed_at_the_minute_keeps_nothing_from_readers_and_nothing_is_done_twice(
    newsroom: Newsroom,
):
    first, second = newsroom.work(), newsroom.work()
    path, moment = ask(newsroom, PUBLISH.format(seconds=15)).split()
    assert newsroom.status(f"/en/news/{path}") == 404
    for worker in (first, second):
        os.killpg(worker.pid, signal.SIGKILL)

    until(lambda: datetime.now(UTC) >= datetime.fromisoformat(moment), seconds=20, what="the hour")
    until(lambda: newsroom.status(f"/en/news/{path}") == 200, seconds=5, what="the page")
    assert "Ministers adopt a road map" in newsroom.text("/en/")

    newsroom.work()
    newsroom.work()
    until(lambda: ask(newsroom, COUNT) == "1 1 0", seconds=30, every=0.5, what="what follows")


@pytest.mark.skipif(servers.POSTGRES, reason="the file is SQLite's")
def test_the_page_is_public_though_the_database_cannot_be_written(newsroom: Newsroom):
    path, moment = ask(newsroom, PUBLISH.format(seconds=5)).split()
    held = sqlite3.connect(newsroom.folder / "newsroom.sqlite", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    try:
        until(lambda: datetime.now(UTC) >= datetime.fromisoformat(moment), seconds=20, what="the hour")
        until(lambda: newsroom.status(f"/en/news/{path}") == 200, seconds=15, what="the page")
    finally:
        held.execute("ROLLBACK")
        held.close()

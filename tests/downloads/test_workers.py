"""Real workers that are killed at random moments: every part gets ready, no half file is kept, nothing is orphaned.

KILLS says how often (10, unless told), SEED at which moments; -s shows what came of it.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from flask import current_app
from flask_migrate import upgrade
from sqlalchemy import select

from app import clock, create_app
from app.cli import init_migrations
from app.database import db
from app.downloads import service
from app.downloads.models import Format, Mode, Part, PartState
from app.downloads.service import Wish
from app.editorial.models import State
from app.jobs.ledger import Job
from app.library.cutting import reading
from app.storage.check import look_through
from app.storage.store import store
from tests import films, make, servers
from tests.downloads.conftest import keep_master
from tests.videos import films as videos
from tests.waiting import until

pytestmark = [pytest.mark.slow, pytest.mark.crash]
KILLED = int(os.environ.get("KILLS", "10"))  # times: 50 are what we promise


@pytest.fixture
def environ(tmp_path):
    """The settings of a newsroom of its own."""
    known = {
        "INSTANCE_DIR": str(tmp_path / "instance"), "PUBLIC_URL": "http://newsroom.test", "SWEEP_SECONDS": "1",
        "JOB_LOST_SECONDS": "1", "JOB_ATTEMPTS": "100", "ENCODE_THREADS": "2", "PARTS_AT_ONCE": "200", "PARTS_DAY": "1000",
    }  # fmt: skip
    return known | ({"DATABASE_URL": servers.new_database()} if servers.POSTGRES else {})


@pytest.fixture
def newsroom(environ, film_file, tmp_path):
    """A newsroom with a public video of a real film."""
    app = create_app(environ, testing=True)
    init_migrations(app)
    with app.app_context():
        upgrade()
        master = keep_master(film_file)
        with film_file.open("rb") as file:
            store().put(master.key, file)
        service.keep_index(master.id, reading.read(film_file).to_json())
        videos.video(State.PUBLISHED, film=master, facts={"shots": []}, fields={"shots": {}})
        yield app
        db.session.remove()
        db.engine.dispose()


def start(environ, tmp_path, number):
    """Start a worker."""
    log = (tmp_path / f"worker-{number}.log").open("w")
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "work"], env={**os.environ, **environ},
        stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
    )  # fmt: skip


def _stirred(times):
    """Return what says whether the ledger or a part changed so many times since, or nothing is left to be done."""
    known, changes = None, -1

    def stirred():
        nonlocal known, changes
        db.session.rollback()
        now = (
            db.session.execute(select(Part.id, Part.state, Part.share).order_by(Part.id)).all(),
            db.session.execute(select(Job.id, Job.state, Job.turn).order_by(Job.id)).all(),
        )
        changes, known = changes + (now != known), now
        return changes >= times or all(part.state == PartState.READY for part in now[0])

    return stirred


def _is_tidy():
    db.session.rollback()
    wanted = sorted(db.session.scalars(select(Part.key)).all())
    left = current_app.config["INSTANCE_DIR"] / "sandboxes"
    return sorted(each.key for each in store().kept("parts/")) == wanted and not list(left.glob("*"))


@pytest.mark.timeout(1200)
def test_workers_killed_at_random_moments_lose_nothing(newsroom, environ, film_file, tmp_path):
    from app.editorial.models import Edition

    text = db.session.scalars(select(Edition)).one()
    kinds = [
        (30, 80, Mode.EXACT, Format.MASTER), (0, 150, Mode.EXACT, Format.SMALL), (31, 140, Mode.EXACT, Format.MASTER),
        (25, 100, Mode.FAST, Format.MASTER), (10, 130, Mode.EXACT, Format.SMALL), (60, 149, Mode.EXACT, Format.MASTER),
    ]  # fmt: skip
    rounds = max(1, KILLED // 10)  # enough to do for all of them
    wanted = [(begins + late, *rest) for late in range(rounds) for begins, *rest in kinds]
    for name in ("Tom", "Ines"):
        for begins, ends, mode, format_ in wanted:
            service.request_part(Wish(text.id, begins, ends, mode, format_), by=make.media_user(name))
    chance = random.Random(int(os.environ.get("SEED", "7")))
    process = None
    for number in range(KILLED):
        process = start(environ, tmp_path, number)
        until(_stirred(chance.randint(1, 6)), seconds=60, every=0.01, what="signs of work")
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)
    process = start(environ, tmp_path, KILLED)
    try:

        def ended():
            db.session.rollback()
            states = db.session.scalars(select(Part.state)).all()
            return {PartState.WAITING, PartState.PREPARING}.isdisjoint(states)

        until(ended, seconds=120 * rounds, what="every part to have ended")
        until(_is_tidy, seconds=60, what="the sweep to take away what was left behind")
    finally:
        process.terminate()
        process.wait(20)
    db.session.rollback()
    parts = db.session.scalars(select(Part).order_by(Part.id)).all()
    assert [(part.state, part.problem) for part in parts] == [(PartState.READY, "")] * len(wanted)
    for part in parts:
        path = tmp_path / "part"
        with store().open(part.key) as file:
            path.write_bytes(file.read())
        assert films.numbers(path) == list(range(part.real_in, part.real_out))
    assert sorted(each.key for each in store().kept("parts/")) == sorted(part.key for part in parts)
    found = look_through(store(), at=clock.now() + timedelta(days=3), with_checksums=True)
    wrong = {"orphaned": found.orphaned, "altered": found.altered, "halves": found.halves}
    counts = {name: sum(key.startswith("parts/") for key in keys) for name, keys in wrong.items()}
    print(
        f"{KILLED} kills: {len(parts)} parts ready, {sum(part.attempts for part in parts)} attempts, {counts}"
    )
    assert not any(counts.values())
    left = newsroom.config["INSTANCE_DIR"] / "sandboxes"
    assert not left.exists() or list(left.iterdir()) == []

"""The newsroom that tests visit: real rows, a clock that stands still, and jobs done when the test says so."""

from __future__ import annotations

import contextvars
import functools
import itertools
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, has_app_context
from flask.testing import FlaskClient
from flask_migrate import upgrade
from hypothesis import HealthCheck
from hypothesis import settings as examples
from sqlalchemy import Engine, event, func, select, text

from app import clock, create_app
from app.audit.models import Entry
from app.cli import init_migrations
from app.database import db
from app.editorial import remembered
from app.jobs.turns import stopping
from app.web.pagecache import PageCache
from tests import databases, servers, walked

pytest_plugins = ["tests.browser"]
# The same examples at every run, and however long they take: how fast something is, bench/ measures on a quiet machine.
examples.register_profile(
    "newsroom", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
examples.load_profile("newsroom")
NOON = datetime(2025, 11, 20, 11, 0, tzinfo=UTC)  # a Thursday, noon in Brussels
# A Linux has a folder in memory. There nothing waits for a disk to have written: most of what tests waited for.
MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3  # bytes
# By these a test reaches PostgreSQL, Redis or a worker of its own, without the newsroom of all tests.
SERVED = re.compile(r"\b(servers|jobs_newsroom|DATABASE_URL)\b")
DEMONSTRATED = 2  # the place of tests that need the demonstration
_versions = itertools.count(1)


class Frozen:
    """The clock of a test: it stands at ``at`` until the test moves it."""

    @property
    def at(self) -> datetime:
        """The moment that it is."""
        return clock._told[0]

    @at.setter
    def at(self, moment: datetime) -> None:
        clock._told[:] = [moment.astimezone(UTC)]


class Visitor(FlaskClient):
    """A client whose requests know nothing of the test around them: their own context, their own session."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Make a request as a server would: from nothing."""
        if not has_app_context():
            return super().open(*args, **kwargs)  # a redirect that is followed
        db.session.rollback()
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        db.session.rollback()
        return answer


@pytest.fixture(scope="session")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this process's newsroom."""
    return tmp_path_factory.mktemp("newsroom")


@pytest.fixture(scope="session")
def environ(instance: Path) -> dict[str, str]:
    """The settings of this process's newsroom."""
    settings = {
        "INSTANCE_DIR": str(instance),
        "PUBLIC_URL": "http://newsroom.test",
        "ALLOWED_HOSTS": "newsroom.test,localhost,127.0.0.1",
        "SECRET_KEY": "a key that only tests know, and long enough",
        "PAGE_CACHE_MB": "8",
        "SECOND_FACTOR": "required",  # as in production; a demonstration would do without
    }
    if servers.POSTGRES:
        settings["DATABASE_URL"] = servers.new_database()
    return settings


@event.listens_for(Engine, "connect")
def _promise_no_order(connection: Any, record: Any) -> None:
    """Let SQLite answer in reverse whoever asked for no order: PostgreSQL answers as its files happen to lie."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA reverse_unordered_selects=ON")


@pytest.fixture(scope="session")
def newsroom(environ: dict[str, str], instance: Path) -> Flask:
    """One newsroom for all tests of this process, migrated like a real one."""
    app = create_app(environ, testing=True)
    app.test_client_class = Visitor
    init_migrations(app)
    with app.app_context():
        upgrade()
        db.session.remove()
    return app


@pytest.fixture(scope="session")
def states(newsroom: Flask) -> databases.States:
    """The states of the database that tests go back to: "empty", as its migration left it, and those of scenes."""
    with newsroom.app_context():
        known = databases.states_of(db.engine)
    known.keep("empty")
    return known


def _copy_files(source: Path, target: Path) -> None:
    """Add the files that ``source`` keeps to those of ``target``."""
    if (source / "files").exists():
        shutil.copytree(source / "files", target / "files", dirs_exist_ok=True)


def _start_anew(app: Flask, instance: Path) -> None:
    """Forget what was known of the former newsroom, and what waited there and was counted there."""
    _be_another(app)
    for name in ("queue.sqlite", "limits.sqlite"):
        for path in instance.glob(f"{name}*"):
            path.unlink()


def _be_another(app: Flask) -> None:
    """Forget what caches knew of the former newsroom: this one is at a version that none has seen."""
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE standing SET version = :v"), {"v": next(_versions) * 1000})
    remembered.forget()
    if forget := getattr(_page_cache(app).standing, "forget", None):
        forget()


def _page_cache(app: Flask) -> PageCache:
    """The page cache in front of ``app``, behind whatever stands in front of it."""
    layer: Any = app.wsgi_app
    while not isinstance(layer, PageCache):
        layer = getattr(layer, "application", None) or layer.app
    return layer


@pytest.fixture
def frozen() -> Iterator[Frozen]:
    """A clock that stands at noon on 20 November 2025."""
    held = Frozen()
    held.at = NOON
    yield held
    clock._told.clear()


@pytest.fixture(scope="session")
def all_steps(newsroom: Flask, states: databases.States) -> walked.Steps | None:
    """The steps that tests of this process have walked; None where they are played each time."""
    if isinstance(states, databases.Pages):
        return walked.Steps(states, lambda: _be_another(newsroom))
    return None


@pytest.fixture
def steps(all_steps: walked.Steps | None, request: pytest.FixtureRequest) -> walked.Steps | None:
    """The steps, for a test that leaves the program as it is: who replaces a part of it wants to see it at work."""
    return None if "monkeypatch" in request.fixturenames else all_steps


@pytest.fixture
def app(
    newsroom: Flask, instance: Path, states: databases.States, frozen: Frozen, steps: walked.Steps | None
) -> Iterator[Flask]:
    """An empty newsroom, whose services can be called."""
    with newsroom.app_context():
        stopping.clear()  # tests of workers stop one in this process
        shutil.rmtree(instance / "files", ignore_errors=True)
        states.put_back("empty")
        _start_anew(newsroom, instance)
        walked.use(steps)
        if steps:
            steps.begin("empty")
        yield newsroom
        walked.use(None)
        db.session.rollback()
        db.session.remove()


@pytest.fixture(scope="session")
def scenes() -> dict[str, datetime]:
    """The scenes that this process has kept, and the hour at which each ended."""
    return {}


@pytest.fixture
def scene(
    app: Flask,
    instance: Path,
    states: databases.States,
    frozen: Frozen,
    scenes: dict[str, datetime],
    steps: walked.Steps | None,
) -> Any:
    """Set a scene with which many tests begin: ``scene("one name for it", play)``, before anything else.

    ``play`` is called for the first test. For the next ones the database, the files and the hour are
    put back as it left them.
    """

    def set_scene(name: str, play: Callable[[], Any]) -> None:
        assert not db.session.scalar(select(func.count()).select_from(Entry)), "something was done before"
        if name not in scenes:
            play()
            states.keep(name)
            _copy_files(instance, instance / "scenes" / name)
            scenes[name] = frozen.at
        else:
            db.session.rollback()
            states.put_back(name)
            _copy_files(instance / "scenes" / name, instance)
            _start_anew(app, instance)
            frozen.at = scenes[name]
        if steps:
            steps.begin(name)

    return set_scene


@pytest.fixture
def password_alone(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newsroom where nobody needs a second factor, as in a demonstration."""
    monkeypatch.setitem(app.config, "SECOND_FACTOR", "optional")


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor without an account."""
    return app.test_client()


@pytest.fixture
def outbox_emptied(app: Flask, instance: Path) -> None:
    """No mail of another test is among those that were kept."""
    shutil.rmtree(instance / "outbox", ignore_errors=True)


@pytest.fixture
def outbox(outbox_emptied: None) -> Any:
    """Read the mails that were posted: ``outbox()`` returns them, the oldest first."""
    from app.mail.outbox import newest

    return lambda: newest()[::-1]


@pytest.fixture
def run_jobs(app: Flask) -> Any:
    """Do what is due: ``run_jobs()`` returns the jobs that it did."""
    from app.jobs.sweep import do_due

    return lambda: do_due(app)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Say what else pyproject.toml may hold for the tests."""
    parser.addini("long", "files and folders whose tests make test-quick leaves out", type="paths")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what stands in a file, or in a folder, that pyproject.toml calls long."""
    if any(place == item.path or place in item.path.parents for place in item.config.getini("long")):
        item.add_marker("long")


def pytest_configure(config: pytest.Config) -> None:
    """Keep settings of the machine out of the tests, and its disk out of their way."""
    if missing := [str(place) for place in config.getini("long") if not place.exists()]:
        raise pytest.UsageError(f"pyproject.toml calls long what is not there: {', '.join(missing)}")
    for name in ("DATABASE_URL", "REDIS_URL", "MODE", "SECRET_KEY", "PUBLIC_URL", "INSTANCE_DIR"):
        os.environ.pop(name, None)
    if "TMPDIR" not in os.environ and _has_room(MEMORY):
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None  # to be looked up anew


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what other servers cannot change; begin with the files that take long.

    A process takes whole files, in this order: so the processes that share the tests end at about the same time.
    """
    if servers.POSTGRES or servers.REDIS:
        the_same = [item for item in items if _is_the_same_on_any_server(item)]
        config.hook.pytest_deselected(items=the_same)
        left_out = set(the_same)
        items[:] = [item for item in items if item not in left_out]
    places = {item.path: 3 for item in items}
    for item in items:
        places[item.path] = min(places[item.path], _place(item))
    first = next((item.path for item in items if places[item.path] == DEMONSTRATED), None)
    items.sort(key=lambda item: item.path != first and places[item.path])


def _place(item: pytest.Item) -> int:
    """Return when ``item`` comes: who needs the demonstration comes when it is likely to have been made.

    The first of them is the very first of all: it has it made, while another process walks where none is needed.
    """
    if "demonstration" in item.fixturenames:
        return DEMONSTRATED
    return 1 if item.get_closest_marker("browser") or item.get_closest_marker("slow") else 3


def _is_the_same_on_any_server(item: pytest.Item) -> bool:
    """Whether ``item`` visits no newsroom and starts no server: the run on SQLite has answered for it."""
    return "newsroom" not in item.fixturenames and not _text_names_servers(item.path)


@functools.cache
def _text_names_servers(path: Path) -> bool:
    return bool(SERVED.search(path.read_text("utf-8")))


def _has_room(folder: Path) -> bool:
    """Whether the newsrooms of tests can be in ``folder``, with the programs that some of them write there."""
    try:
        return not os.statvfs(folder).f_flag & os.ST_NOEXEC and shutil.disk_usage(folder).free > ROOM
    except OSError:
        return False

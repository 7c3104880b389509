"""The newsroom that tests visit: real rows, a clock that stands still, and jobs done when the test says so."""

from __future__ import annotations

import contextlib
import contextvars
import itertools
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import func, select, text

from app import clock, create_app
from app.audit.log import START
from app.audit.models import Entry
from app.cli import init_migrations
from app.database import Base, db
from app.editorial import remembered
from app.web.pagecache import PageCache
from tests import servers

pytest_plugins = ["tests.browser"]
NOON = datetime(2025, 11, 20, 11, 0, tzinfo=UTC)  # a Thursday, noon in Brussels
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


@pytest.fixture(scope="session")
def newsroom(environ: dict[str, str], instance: Path) -> Flask:
    """One newsroom for all tests of this process, migrated like a real one."""
    app = create_app(environ, testing=True)
    app.test_client_class = Visitor
    init_migrations(app)
    with app.app_context():
        upgrade()
        db.session.remove()
        if db.engine.dialect.name == "sqlite":
            _copy(instance / "newsroom.sqlite", instance / "empty.sqlite")
    return app


def _copy(source: Path, target: Path) -> None:
    """Make the SQLite database ``target`` what ``source`` is, whoever has them open."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with (
        contextlib.closing(sqlite3.connect(source)) as made,
        contextlib.closing(sqlite3.connect(target)) as kept,
    ):
        made.backup(kept)


def _copy_files(source: Path, target: Path) -> None:
    """Add the files that ``source`` keeps to those of ``target``."""
    if (source / "files").exists():
        shutil.copytree(source / "files", target / "files", dirs_exist_ok=True)


def _empty(app: Flask, instance: Path) -> None:
    """Make the newsroom as it was after its migration."""
    shutil.rmtree(instance / "files", ignore_errors=True)
    if db.engine.dialect.name == "sqlite":
        _copy(instance / "empty.sqlite", instance / "newsroom.sqlite")
    else:
        tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
        with db.engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))
            connection.execute(text("INSERT INTO standing (id, version) VALUES (1, 0)"))
            connection.execute(text(f"INSERT INTO audit_head (id, digest) VALUES (1, '{START}')"))
    _start_anew(app, instance)


def _start_anew(app: Flask, instance: Path) -> None:
    """Forget what was known of the former newsroom: this one is at a version that no cache has seen."""
    with db.engine.begin() as connection:
        connection.execute(text("UPDATE standing SET version = :v"), {"v": next(_versions) * 1000})
    for name in ("queue.sqlite", "limits.sqlite"):
        for path in instance.glob(f"{name}*"):
            path.unlink()
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


@pytest.fixture
def app(newsroom: Flask, instance: Path, frozen: Frozen) -> Iterator[Flask]:
    """An empty newsroom, whose services can be called."""
    with newsroom.app_context():
        _empty(newsroom, instance)
        yield newsroom
        db.session.rollback()
        db.session.remove()


@pytest.fixture(scope="session")
def scenes() -> dict[str, datetime]:
    """The scenes that this process has kept, and the hour at which each ended."""
    return {}


@pytest.fixture
def scene(app: Flask, instance: Path, frozen: Frozen, scenes: dict[str, datetime]) -> Any:
    """Set a scene with which many tests begin: ``scene("one name for it", play)``, before anything else.

    ``play`` is called for the first test. For the next ones the database, the files and the hour are
    put back as it left them. PostgreSQL copies nothing so cheaply: there each test plays it itself.
    """

    def set_scene(name: str, play: Callable[[], Any]) -> None:
        assert not db.session.scalar(select(func.count()).select_from(Entry)), "something was done before"
        kept = instance / "scenes" / name
        if db.engine.dialect.name != "sqlite":
            play()
        elif name not in scenes:
            play()
            _copy(instance / "newsroom.sqlite", kept / "newsroom.sqlite")
            _copy_files(instance, kept)
            scenes[name] = frozen.at
        else:
            db.session.rollback()
            _copy(kept / "newsroom.sqlite", instance / "newsroom.sqlite")
            _copy_files(kept, instance)
            _start_anew(app, instance)
            frozen.at = scenes[name]

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


def pytest_configure(config: pytest.Config) -> None:
    """Keep settings of the machine out of the tests."""
    for name in ("DATABASE_URL", "REDIS_URL", "MODE", "SECRET_KEY", "PUBLIC_URL", "INSTANCE_DIR"):
        os.environ.pop(name, None)

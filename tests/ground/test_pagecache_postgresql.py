"""The page cache on PostgreSQL, where other machines publish as well."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from app.web import standing as module
from app.web.standing import EngineStanding, Standing, Unknown
from tests import servers
from tests.ground.tiny_newsroom import MS, NOON, SetClock, Site, ask, cached

pytestmark = pytest.mark.skipif(not servers.POSTGRES, reason="runs with TEST_DATABASE=postgresql")

HOUR = timedelta(hours=1)


class Newsroom:
    """The two tables on PostgreSQL, and what officers do to them."""

    def __init__(self, url):
        self.engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
        self._do("CREATE TABLE standing (id INTEGER PRIMARY KEY, version INTEGER)")
        self._do("CREATE TABLE edition (title TEXT, public_from TIMESTAMPTZ)")
        self._do("INSERT INTO standing VALUES (1, 1)")

    def _do(self, *statements, **values):
        with self.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement), values)

    def publish(self, title, at):
        """Make ``title`` public from ``at`` on."""
        self._do(
            "INSERT INTO edition VALUES (:title, :at)",
            "UPDATE standing SET version = version + 1",
            title=title,
            at=at,
        )

    def withdraw(self, title):
        """Take ``title`` back."""
        self._do(
            "UPDATE edition SET public_from = NULL WHERE title = :title",
            "UPDATE standing SET version = version + 1",
            title=title,
        )

    def titles(self, now):
        """Return what is public ``now``."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                text("SELECT title FROM edition WHERE public_from <= :now"), {"now": now}
            )
            return sorted(title for (title,) in rows)


@pytest.fixture
def newsroom():
    made = Newsroom(servers.new_database())
    yield made
    made.engine.dispose()


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def stopwatch(monkeypatch):
    """The seconds that the readers believe to have passed; set by the test."""
    seconds = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: seconds[0])
    return seconds


@pytest.fixture
def workers(newsroom, clock):
    """Two web processes' caches, each with an engine of its own."""
    engines = [create_engine(newsroom.engine.url) for _ in range(2)]
    yield [
        cached(Site(newsroom, clock), newsroom, clock, standing=EngineStanding(engine, clock))
        for engine in engines
    ]
    for engine in engines:
        engine.dispose()


def test_a_release_appears_at_its_moment_in_every_worker(newsroom, clock, stopwatch, workers):
    newsroom.publish("Embargoed", NOON + HOUR)
    assert [ask(worker).title for worker in workers] == ["", ""]

    clock.at = NOON + HOUR - MS
    assert [ask(worker).title for worker in workers] == ["", ""]
    clock.at = NOON + HOUR
    assert [ask(worker).title for worker in workers] == ["Embargoed", "Embargoed"]


def test_a_withdrawn_release_is_gone_from_every_worker_after_a_quarter_of_a_second(
    newsroom, stopwatch, workers
):
    newsroom.publish("Mistake", NOON)
    assert [ask(worker).title for worker in workers] == ["Mistake", "Mistake"]

    newsroom.withdraw("Mistake")
    workers[0]._standing.forget()  # the worker that did it
    assert ask(workers[0]).title == ""
    stopwatch[0] += 0.25
    assert ask(workers[1]).title == ""


def test_a_page_asked_for_twice_is_made_once_and_the_moment_is_known(newsroom, clock, stopwatch, workers):
    newsroom.publish("Embargoed", NOON + HOUR)
    first = ask(workers[0])
    newsroom.publish("Bridge", NOON)
    second = ask(workers[0])
    assert (first.title, second.title) == ("", "")
    assert len(workers[0]._app.asked) == 1
    assert workers[0]._app.asked[0]["communique.standing"] == Standing(2, NOON + HOUR)


def test_a_database_that_is_gone_says_nothing(newsroom, clock):
    read = EngineStanding(newsroom.engine, clock, every=timedelta(0))
    assert read() == Standing(1, None)
    newsroom._do("DROP TABLE standing")
    with pytest.raises(Unknown):
        read()

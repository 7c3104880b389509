"""The standing: read cheaply, never from a moment too early, and nothing at all rather than a guess."""

from __future__ import annotations

import sqlite3
import threading
from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from app.web import standing as module
from app.web.standing import EngineStanding, SqliteStanding, Standing, Unknown, reader
from tests.ground.tiny_newsroom import MS, NOON, Newsroom, SetClock

HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def newsroom(tmp_path):
    return Newsroom(tmp_path / "newsroom.sqlite")


@pytest.fixture
def engine(newsroom):
    engine = create_engine(f"sqlite:///{newsroom.path}")
    yield engine
    engine.dispose()


@pytest.fixture
def stopwatch(monkeypatch):
    """The seconds that the reader believes to have passed; set by the test."""
    seconds = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: seconds[0])
    return seconds


@pytest.fixture(params=["file", "engine"])
def read(request, newsroom, engine, clock):
    if request.param == "file":
        return SqliteStanding(newsroom.path, clock, every=timedelta(0))
    return EngineStanding(engine, clock, every=timedelta(0))


def test_the_next_moment_is_the_earliest_to_come(read, newsroom):
    assert read() == Standing(1, None)
    newsroom.publish("Later", NOON + 2 * HOUR)
    newsroom.publish("Sooner", NOON + HOUR)
    newsroom.publish("Before", NOON - HOUR)
    newsroom.publish("Now", NOON)
    assert read() == Standing(5, NOON + HOUR)


def test_a_moment_that_has_come_makes_another_standing(read, newsroom, clock):
    newsroom.publish("Sooner", NOON + HOUR)
    newsroom.publish("Later", NOON + 2 * HOUR)

    clock.at = NOON + HOUR - MS
    assert read() == Standing(3, NOON + HOUR)
    clock.at = NOON + HOUR
    assert read() == Standing(3, NOON + 2 * HOUR)
    clock.at = NOON + 2 * HOUR
    assert read() == Standing(3, None)
    clock.at = NOON  # somebody put the clock right
    assert read() == Standing(3, NOON + HOUR)


def test_a_database_without_a_standing_says_nothing(read, newsroom):
    connection = sqlite3.connect(newsroom.path)
    connection.execute("DELETE FROM standing")
    connection.commit()
    with pytest.raises(Unknown):
        read()
    connection.execute("INSERT INTO standing VALUES (1, 7)")
    connection.commit()
    connection.close()
    assert read() == Standing(7, None)


def test_a_database_that_is_not_there_says_nothing_and_is_not_made(tmp_path, clock):
    path = tmp_path / "nowhere.sqlite"
    with pytest.raises(Unknown):
        SqliteStanding(path, clock)()
    assert not path.exists()


def test_the_reader_of_a_file_cannot_write_to_it(newsroom, clock):
    read = SqliteStanding(newsroom.path, clock)
    read()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        read._mine.connection.execute("UPDATE standing SET version = 9")


def test_a_file_is_read_again_only_when_somebody_wrote(newsroom, clock):
    read = SqliteStanding(newsroom.path, clock, every=timedelta(0))
    first = read()
    assert read() is first
    newsroom.approve("Draft", NOON - HOUR)
    assert read() is not first
    assert read() == first


def test_each_thread_has_a_connection_of_its_own(newsroom, clock):
    read = SqliteStanding(newsroom.path, clock)
    seen = []
    threads = [threading.Thread(target=lambda: seen.append(read())) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)
    assert seen == [Standing(1, None)] * 4


EVERY = {SqliteStanding: 0.001, EngineStanding: 0.25}


@pytest.fixture(params=EVERY)
def patient(request, newsroom, engine, clock, stopwatch):
    """A reader as it is by default, asked once."""
    read = request.param(newsroom.path if request.param is SqliteStanding else engine, clock)
    assert read() == Standing(1, None)
    return read


def test_what_others_commit_is_seen_a_little_later(patient, newsroom, stopwatch):
    newsroom.publish("Elsewhere", NOON)

    stopwatch[0] += EVERY[type(patient)] * 0.99
    assert patient() == Standing(1, None)
    stopwatch[0] += EVERY[type(patient)] * 0.02
    assert patient() == Standing(2, None)


def test_ones_own_commit_is_seen_at_once(patient, newsroom):
    newsroom.publish("Here", NOON)
    patient.forget()
    assert patient() == Standing(2, None)


def test_a_moment_that_has_come_is_never_seen_late(patient, newsroom, clock):
    newsroom.publish("Embargoed", NOON + MS)
    patient.forget()
    assert patient() == Standing(2, NOON + MS)
    clock.at = NOON + MS
    assert patient() == Standing(2, None)


def test_a_database_that_fails_is_not_asked_by_everybody(tmp_path, clock, stopwatch):
    engine = create_engine(f"sqlite:///{tmp_path}/no/such/folder.sqlite")
    read = EngineStanding(engine, clock)
    with pytest.raises(Unknown):
        read()

    newsroom = tmp_path / "no" / "such"
    newsroom.mkdir(parents=True)
    Newsroom(newsroom / "folder.sqlite")
    with pytest.raises(Unknown):
        read()
    stopwatch[0] += 0.25
    assert read() == Standing(1, None)
    engine.dispose()


def test_the_cheapest_reader_is_chosen_for_each_database(newsroom, engine, clock):
    assert isinstance(reader(engine, clock), SqliteStanding)
    assert isinstance(reader(create_engine("sqlite://"), clock), EngineStanding)
    assert isinstance(reader(create_engine("postgresql+psycopg://db.example/x"), clock), EngineStanding)

"""How the newsroom stands: which version readers see, and when that changes by itself.

A page made under one standing is right for as long as the standing is the same. It is asked for
at every request, so it must cost next to nothing: SQLite tells in 4 µs whether anybody wrote to
the file at all, and PostgreSQL is asked at most four times a second by each process.

The row ``standing`` is raised in the transaction of every act that changes what readers see, by
whichever process. What no act announces is an hour that comes: a release approved for 15:00 is
public at 15:00 with the worker down. So the next such moment is half of the standing: when it
passes, or when an earlier one is decided on, the standing is another one.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from app.database import written

# The names of two tables and no more: the ground asks them nothing about news.
READ = (
    "SELECT version, (SELECT min(public_from) FROM edition WHERE public_from > :now)"
    " FROM standing WHERE id = 1"
)
PATIENCE_SECONDS = 1  # how long a read waits for a locked file before it counts as failed


class Clock(Protocol):
    """What tells the time: ``app.clock``."""

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""


class Standing(NamedTuple):
    """The version of what readers see, and the next moment at which that changes without any act."""

    version: int
    next_moment: datetime | None

    def holds(self, since: datetime, now: datetime) -> bool:
        """Say whether this, read at ``since``, is still true ``now``; a clock put back makes it doubtful."""
        return since <= now and (self.next_moment is None or now < self.next_moment)


class Unknown(Exception):
    """The database does not say how things stand, so nothing kept may be shown."""


class SqliteStanding:
    """Reads the standing from the database file, by a connection for each thread that cannot write.

    ``PRAGMA data_version`` changes whenever another connection commits to the file, from any
    process: only then is the row read again.
    """

    def __init__(self, path: Path | str, clock: Clock) -> None:
        self._uri = f"{Path(path).absolute().as_uri()}?mode=ro"
        self._clock = clock
        self._mine = threading.local()

    def __call__(self) -> Standing:
        """Return the standing at this moment; raise Unknown if the file cannot be read."""
        mine, now = self._mine, self._clock.now()
        try:
            if not hasattr(mine, "connection"):
                mine.connection = sqlite3.connect(
                    self._uri, uri=True, isolation_level=None, timeout=PATIENCE_SECONDS
                )
                mine.change = None
            # Before the row: a commit between the two shows as a change at the next call.
            change = mine.connection.execute("PRAGMA data_version").fetchone()
            if change != mine.change or not mine.standing.holds(mine.since, now):
                mine.standing = self._read(mine.connection, now)
                mine.change, mine.since = change, now
        except (sqlite3.Error, Unknown) as error:
            mine.__dict__.clear()
            raise Unknown(str(error)) from error
        return mine.standing

    @staticmethod
    def _read(connection: sqlite3.Connection, now: datetime) -> Standing:
        row = connection.execute(READ, {"now": written(now)}).fetchone()
        if row is None:
            raise Unknown("there is no standing yet")
        version, moment = row
        return Standing(version, datetime.fromisoformat(moment) if moment else None)


class EngineStanding:
    """Reads the standing through an engine, at most once in ``every`` for the whole process.

    So another process's change is seen up to ``every`` late; our own are seen at once, if
    forget() is called after each commit. An hour that comes is never seen late.
    """

    def __init__(self, engine: Engine, clock: Clock, every: timedelta = timedelta(milliseconds=250)) -> None:
        # No transaction: one statement is one snapshot, and two round trips are saved.
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._clock = clock
        self._every = every.total_seconds()
        self._lock = threading.Lock()
        self._seen: tuple[Standing | Unknown, datetime, float] | None = None

    def __call__(self) -> Standing:
        """Return the standing as of the last ``every``; raise Unknown if the database does not answer."""
        now = self._clock.now()
        seen = self._seen
        if seen is None or not self._is_fresh(seen, now):
            with self._lock:  # one thread asks, the others take its answer
                seen = self._seen
                if seen is None or not self._is_fresh(seen, now):
                    asked = time.monotonic()
                    answer = self._ask(now)
                    # An answer is as old as its question; a failure may have taken its time to come.
                    since = time.monotonic() if isinstance(answer, Unknown) else asked
                    seen = self._seen = (answer, now, since)
        if isinstance(seen[0], Unknown):
            raise Unknown(*seen[0].args)
        return seen[0]

    def forget(self, *_: Any) -> None:
        """Ask again at the next call: to be called when this process has committed something.

        It waits for a question under way, whose answer may be older than the commit.
        """
        with self._lock:
            self._seen = None

    def _is_fresh(self, seen: tuple[Standing | Unknown, datetime, float], now: datetime) -> bool:
        standing, since, asked = seen
        if time.monotonic() - asked >= self._every:
            return False
        # A failure is remembered too: a database that hangs must not be asked by every thread in turn.
        return isinstance(standing, Unknown) or standing.holds(since, now)

    def _ask(self, now: datetime) -> Standing | Unknown:
        moment = written(now) if self._engine.dialect.name == "sqlite" else now
        try:
            with self._engine.connect() as connection:
                row = connection.execute(text(READ), {"now": moment}).first()
        except SQLAlchemyError as error:
            return Unknown(type(error).__name__)
        if row is None:
            return Unknown("there is no standing yet")
        version, moment = row
        return Standing(version, datetime.fromisoformat(moment) if isinstance(moment, str) else moment)


def reader(engine: Engine, clock: Clock) -> SqliteStanding | EngineStanding:
    """Return what reads the standing of ``engine``'s database in the cheapest way."""
    path = engine.url.database
    if engine.dialect.name == "sqlite" and path and path != ":memory:":
        return SqliteStanding(path, clock)
    return EngineStanding(engine, clock)

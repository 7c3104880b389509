"""How the newsroom stands: which version readers see, and when that changes by itself.

A page made under one standing is right for as long as the standing is the same. It is asked for
at every request, so it must cost next to nothing: it is remembered for a thousandth of a second on
SQLite, which tells in 3 µs whether anybody wrote to the file, and for a quarter of one on PostgreSQL.
Whoever commits in this process forgets it; what other processes commit is seen that much later.

The row ``standing`` is raised in the transaction of every act that changes what readers see, by
whichever process. What no act announces is an hour that comes: a release approved for 15:00 is
public at 15:00 with the worker down. So the next such moment is half of the standing: when it
passes, or when an earlier one is decided on, the standing is another one.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from abc import ABC, abstractmethod
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


class Reader(ABC):
    """Says how things stand, and asks the database about it at most once in ``every`` for the whole process.

    So another process's change is seen up to ``every`` late; our own are seen at once, if
    forget() is called after each commit. An hour that comes is never seen late.
    """

    def __init__(self, clock: Clock, every: timedelta) -> None:
        self._clock = clock
        self._every = every.total_seconds()
        self._lock = threading.Lock()
        self._seen: Seen | None = None

    def __call__(self) -> Standing:
        """Return the standing as of the last ``every``; raise Unknown if the database does not answer."""
        now = self._clock.now()
        seen = self._seen
        if seen is None or not self._is_fresh(seen, now):
            with self._lock:  # one thread asks, the others take its answer
                seen = self._seen
                if seen is None or not self._is_fresh(seen, now):
                    seen = self._seen = self._look(now)
        if isinstance(seen.standing, Unknown):
            raise Unknown(*seen.standing.args)
        return seen.standing

    def forget(self, *_: Any) -> None:
        """Ask again at the next call: to be called when this process has committed something.

        It waits for a question under way, whose answer may be older than the commit.
        """
        with self._lock:
            self._seen = None

    def _look(self, now: datetime) -> Seen:
        asked = time.monotonic()
        try:
            # An answer is as old as its question.
            return Seen(self._ask(now), now, asked)
        except Unknown as failure:
            # Remembered as well: a database that hangs must not be asked by every thread in turn.
            return Seen(failure, now, time.monotonic())

    def _is_fresh(self, seen: Seen, now: datetime) -> bool:
        if time.monotonic() - seen.asked >= self._every:
            return False
        return isinstance(seen.standing, Unknown) or seen.standing.holds(seen.since, now)

    @abstractmethod
    def _ask(self, now: datetime) -> Standing:
        """Return the standing, or raise Unknown."""


class Seen(NamedTuple):
    """What the database said of ``since``, and when it was asked (seconds of a clock that nobody puts back)."""

    standing: Standing | Unknown
    since: datetime
    asked: float


class SqliteStanding(Reader):
    """Asks the database file, by a connection for each thread that cannot write.

    ``PRAGMA data_version`` changes whenever another connection commits to the file, from any
    process: only then is the row read again. Asking at every request would take no more than
    3 µs, and yet a fifth off what two threads can answer, who hand each other the interpreter for it.
    """

    def __init__(self, path: Path | str, clock: Clock, every: timedelta = timedelta(milliseconds=1)) -> None:
        super().__init__(clock, every)
        self._uri = f"{Path(path).absolute().as_uri()}?mode=ro"
        self._mine = threading.local()

    def _ask(self, now: datetime) -> Standing:
        mine = self._mine
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


class EngineStanding(Reader):
    """Asks through an engine: for PostgreSQL, which other machines write to as well."""

    def __init__(self, engine: Engine, clock: Clock, every: timedelta = timedelta(milliseconds=250)) -> None:
        super().__init__(clock, every)
        # No transaction: one statement is one snapshot, and two round trips are saved.
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")

    def _ask(self, now: datetime) -> Standing:
        moment = written(now) if self._engine.dialect.name == "sqlite" else now
        try:
            with self._engine.connect() as connection:
                row = connection.execute(text(READ), {"now": moment}).first()
        except SQLAlchemyError as error:
            raise Unknown(type(error).__name__) from error
        if row is None:
            raise Unknown("there is no standing yet")
        version, moment = row
        return Standing(version, datetime.fromisoformat(moment) if isinstance(moment, str) else moment)


def reader(engine: Engine, clock: Clock) -> Reader:
    """Return what reads the standing of ``engine``'s database in the cheapest way."""
    path = engine.url.database
    if engine.dialect.name == "sqlite" and path and path != ":memory:":
        return SqliteStanding(path, clock)
    return EngineStanding(engine, clock)

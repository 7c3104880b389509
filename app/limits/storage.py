"""Where the counts are: a SQLite file for the processes of one machine, or Redis for several machines."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from limits.storage import MovingWindowSupport, RedisStorage, Storage

from app import clock

PATIENCE_SECONDS = 1  # for a file that is busy, or a Redis that does not answer
OPENING_SECONDS = 5  # for a file that others make ready at the same moment, once in its life
AGAIN_SECONDS = 0.01

_SCHEMA = """
CREATE TABLE IF NOT EXISTS hit (key TEXT NOT NULL, at REAL NOT NULL, until REAL NOT NULL);
CREATE INDEX IF NOT EXISTS hit_key_at ON hit (key, at);
CREATE INDEX IF NOT EXISTS hit_until ON hit (until);
"""


def _now() -> float:
    return clock.now().timestamp()


_NOT_OURS: list[sqlite3.Connection] = []  # kept from being closed, as everything is that nobody refers to


class _Held(threading.local):
    """What one thread holds of the file."""

    connection: sqlite3.Connection | None = None
    file: tuple[int, ...] | None = None

    def let_go(self) -> None:
        """Hold nothing any more. The connection of the process that this one was forked from is not ours to close."""
        if self.connection is not None and self.file is not None:
            if self.file[0] == os.getpid():
                self.connection.close()
            else:
                _NOT_OURS.append(self.connection)
        self.connection = self.file = None


class FileStorage(Storage, MovingWindowSupport):
    """One row for each hit that was let through, in a file that only we may read; moving and fixed windows.

    Each thread holds a connection of its own, as long as the file is the one that it opened, in the process that
    opened it. Nothing else here may open and close the file: that would take away every lock that this process has on
    it, also in the middle of somebody's writing, and two who write at once break it.
    """

    STORAGE_SCHEME = ["sqlfile"]

    def __init__(self, uri: str, wrap_exceptions: bool = True, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions=wrap_exceptions, **options)
        self.path = Path(urlsplit(uri).path)
        self._held = _Held()

    @property
    def base_exceptions(self) -> tuple[type[Exception], ...]:
        """What it means that the file cannot be used."""
        return sqlite3.Error, OSError

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Look at the file: nobody waits for that, and it waits for nobody who writes."""
        held = self._held
        if held.connection is None or held.file != self._file():
            self._open_file()
        assert held.connection is not None
        try:
            yield held.connection
        except self.base_exceptions:
            held.let_go()  # whatever is the matter with it, the next one begins anew
            raise

    def _file(self) -> tuple[int, ...] | None:
        """Return which file it is, in which process; None without one. No other gets its number while it is open."""
        try:
            found = os.stat(self.path)
        except FileNotFoundError:
            return None
        return os.getpid(), found.st_dev, found.st_ino

    def _open_file(self) -> None:
        self._held.let_go()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = sqlite3.connect(self.path, timeout=PATIENCE_SECONDS, isolation_level=None)
        try:
            self._make_ready(connection)
        except sqlite3.Error:
            connection.close()
            raise
        self._held.connection, self._held.file = connection, self._file()

    @staticmethod
    def _make_ready(connection: sqlite3.Connection) -> None:
        """Let the file have its log and its table. Of many who find a new file, one does it, and the others wait.

        SQLite's own patience does not cover that: to change how a file is written it wants it alone, and says at once
        that somebody else is there.
        """
        until = time.monotonic() + OPENING_SECONDS
        while True:
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=NORMAL")
                connection.executescript(_SCHEMA)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(AGAIN_SECONDS)
            else:
                return

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count ``amount`` hits of ``key`` unless that makes more than ``limit`` in ``expiry`` seconds."""
        now = _now()
        with self._writing() as connection:
            connection.execute("DELETE FROM hit WHERE until < ?", (now,))
            if self._since(connection, key, now - expiry)[1] + amount > limit:
                return False
            connection.executemany("INSERT INTO hit VALUES (?, ?, ?)", [(key, now, now + expiry)] * amount)
        return True

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return when the oldest hit of the last ``expiry`` seconds was (or now), and how many there are."""
        now = _now()
        with self._reading() as connection:
            oldest, count = self._since(connection, key, now - expiry)
        return (oldest, count) if count else (now, 0)

    @staticmethod
    def _since(connection: sqlite3.Connection, key: str, start: float) -> tuple[float, int]:
        query = "SELECT min(at), count(*) FROM hit WHERE key = ? AND at >= ?"
        return connection.execute(query, (key, start)).fetchone()

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count ``amount`` hits in the fixed window that is open, or opens now for ``expiry`` seconds."""
        now = _now()
        with self._writing() as connection:
            connection.execute("DELETE FROM hit WHERE until < ?", (now,))
            until, count = self._open(connection, key, now)
            row = key, now, until or now + expiry
            connection.executemany("INSERT INTO hit VALUES (?, ?, ?)", [row] * amount)
        return count + amount

    def get(self, key: str) -> int:
        """Return how many hits the open fixed window has."""
        with self._reading() as connection:
            return self._open(connection, key, _now())[1]

    def get_expiry(self, key: str) -> float:
        """Return when the open fixed window ends, in seconds since 1970; now if none is open."""
        with self._reading() as connection:
            return self._open(connection, key, _now())[0] or _now()

    @staticmethod
    def _open(connection: sqlite3.Connection, key: str, now: float) -> tuple[float | None, int]:
        query = "SELECT min(until), count(*) FROM hit WHERE key = ? AND until >= ?"
        return connection.execute(query, (key, now)).fetchone()

    def check(self) -> bool:
        """Tell whether the file can be used."""
        try:
            with self._writing():
                return True
        except self.base_exceptions:
            return False

    def reset(self) -> int:
        """Forget all hits, and return how many there were."""
        with self._writing() as connection:
            return connection.execute("DELETE FROM hit").rowcount

    def clear(self, key: str) -> None:
        """Forget the hits of ``key``."""
        with self._writing() as connection:
            connection.execute("DELETE FROM hit WHERE key = ?", (key,))


class SharedStorage(RedisStorage):
    """Redis, reading our clock, and not waited for for long.

    The library's own methods read the system's clock; these two are the ones that a moving window uses.
    """

    def __init__(self, url: str) -> None:
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        super().__init__(
            url,
            wrap_exceptions=True,
            socket_connect_timeout=PATIENCE_SECONDS,
            socket_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),  # type: ignore[arg-type]
        )

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        """Count ``amount`` hits of ``key`` unless that makes more than ``limit`` in ``expiry`` seconds."""
        return bool(self.lua_acquire_moving_window([self.prefixed_key(key)], [_now(), limit, expiry, amount]))

    def get_moving_window(self, key: str, limit: int, expiry: int) -> tuple[float, int]:
        """Return when the oldest hit of the last ``expiry`` seconds was (or now), and how many there are."""
        now = _now()
        window = self.lua_moving_window([self.prefixed_key(key)], [now - expiry, limit])
        return (float(window[0]), int(window[1])) if window else (now, 0)

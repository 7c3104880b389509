"""The one user of Huey: carries the ids of jobs from those who owe them to those who do them.

A message is a job's number in digits, nothing else: Huey would carry pickles, and whoever can write
to a queue of pickles can run code in the worker. Results, retries, schedules and locks of Huey stay
unused, as the ledger knows better.

Only who hands over or works imports this: Huey brings along whatever it might talk to, a sixth of
the memory of a web process where Redis and PostgreSQL are installed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from huey import Huey, RedisHuey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import SqliteStorage

PATIENCE_SECONDS = 2  # for a queue that does not answer: the page of whoever announced waits that long
POLL_SECONDS = 0.5  # the longest that an idle thread waits before it looks into the queue's file again

_TASK = f"{__name__}.run"


class _Digits(Serializer):
    """Writes a message as the id that it carries."""

    def _serialize(self, data: Message) -> bytes:
        return b"%d" % data.args[0]

    def _deserialize(self, data: bytes) -> Message:
        return Message(id=f"job-{int(data)}", name=_TASK, args=(int(data),), kwargs={})


class _File(SqliteStorage):
    """Huey's file, for our eyes only, and made again when somebody deletes it while we work."""

    _conn: sqlite3.Connection | None
    _inode: int | None = None

    @property
    def conn(self) -> sqlite3.Connection:
        """The connection to the file that is there now."""
        if self._conn is not None and self._inode != _inode(self.filename):
            self._conn.close()
            self._conn = None
        if self._conn is None:
            Path(self.filename).parent.mkdir(parents=True, exist_ok=True)
            # Made before SQLite does, to have our mode; its side files take that over. One that is there is left alone:
            # to close it would give up every lock that this process has on it.
            with suppress(FileExistsError):
                os.close(os.open(self.filename, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            self._conn = self._create_connection()
            for statement in self.ddl:
                self._conn.execute(statement)
            self._inode = _inode(self.filename)
        return self._conn


def _inode(filename: str) -> int | None:
    try:
        return os.stat(filename).st_ino
    except FileNotFoundError:
        return None


class _Consumer(Consumer):
    """Huey's consumer, stopped by us (see work.py) and not by signals of its own."""

    def _set_signal_handlers(self) -> None:
        pass


def open_redis(name: str, url: str) -> Huey:
    """Return the queue called ``name`` in the Redis at ``url``."""
    from redis import ConnectionPool
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    pool = ConnectionPool.from_url(
        url,
        socket_connect_timeout=PATIENCE_SECONDS,
        socket_timeout=PATIENCE_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )
    return RedisHuey(name, results=False, serializer=_Digits(), connection_pool=pool, read_timeout=1)


def open_file(name: str, path: Path) -> Huey:
    """Return the queue called ``name`` in the file at ``path``."""
    return Huey(
        name,
        results=False,
        serializer=_Digits(),
        storage_class=_File,
        filename=str(path),
        timeout=PATIENCE_SECONDS,
        create_tables=False,
    )


def task(huey: Huey, run: Callable[[int], None]) -> Callable[[int], Any]:
    """Return what puts an id into ``huey``, for ``run`` to be called with in the worker."""

    def carried(job_id: int) -> None:
        run(job_id)

    return huey.task(name="run")(carried)


def consumer(huey: Huey, threads: int) -> Consumer:
    """Return what calls the task of ``huey`` with each id that waits, in one of ``threads`` threads."""
    return _Consumer(
        huey,
        workers=threads,
        periodic=False,
        initial_delay=0.05,
        max_delay=POLL_SECONDS,
        scheduler_interval=60,
    )

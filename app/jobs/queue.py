"""The one user of Huey: carries the ids of jobs from those who owe them to those who do them.

A message is a job's number in digits, nothing else: Huey would carry pickles, and whoever can write
to a queue of pickles can run code in the worker. Results, retries, schedules and locks of Huey stay
unused, as the ledger knows better.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from huey import Huey, RedisHuey
from huey.consumer import Consumer
from huey.registry import Message
from huey.serializer import Serializer
from huey.storage import SqliteStorage
from sqlalchemy import make_url

from app.jobs.reasons import reason

log = logging.getLogger(__name__)

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
            # Made before SQLite does, to have our mode; its side files take that over.
            os.close(os.open(self.filename, os.O_CREAT | os.O_RDWR, 0o600))
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


class Queue:
    """Where ids wait for a worker: Redis where there is one (``url``), else the file at ``path``.

    ``name`` keeps the ids of two newsrooms apart that share one Redis. Nothing is opened before the
    first use, and a process that was forked opens its own.
    """

    def __init__(self, *, name: str, path: Path, url: str = "") -> None:
        self.name, self.path, self.url = name, path, url
        self._lock = threading.Lock()
        self._opened: tuple[int, Huey, Callable[[int], Any]] | None = None
        self._run: Callable[[int], Any] | None = None

    @classmethod
    def of(cls, config: Mapping[str, Any]) -> Queue:
        """Return the queue that the settings in ``config`` ask for."""
        url = make_url(config["SQLALCHEMY_DATABASE_URI"])
        # Web and worker may sign in to the same database by different names.
        database = f"{url.host or url.query.get('host')}:{url.port}/{url.database}"
        name = "newsroom" + hashlib.sha256(database.encode()).hexdigest()[:12]
        return cls(name=name, path=config["INSTANCE_DIR"] / "queue.sqlite", url=config["REDIS_URL"])

    def hand_over(self, ids: Iterable[int]) -> bool:
        """Put ``ids`` into the queue; return False, and say so in the log, when it cannot be reached.

        Never raises: what is owed is in the ledger, where the sweep will find it.
        """
        try:
            put = self._open()[1]
            for job_id in ids:
                put(job_id)
        except Exception as error:
            log.warning("the queue cannot be reached, the sweep will hand over later: %s", reason(error))
            return False
        return True

    def waiting(self) -> int:
        """Return how many ids wait, doubles included; raises when the queue cannot be reached."""
        return self._open()[0].pending_count()

    def consumer(self, run: Callable[[int], Any], *, threads: int) -> Consumer:
        """Return Huey's consumer, which calls ``run`` with each id in one of ``threads`` threads."""
        self._run = run
        return _Consumer(
            self._open()[0],
            workers=threads,
            periodic=False,
            initial_delay=0.05,
            max_delay=POLL_SECONDS,
            scheduler_interval=60,
        )

    def _open(self) -> tuple[Huey, Callable[[int], Any]]:
        with self._lock:
            if self._opened is None or self._opened[0] != os.getpid():
                huey = self._redis() if self.url else self._file()

                def run(job_id: int) -> None:
                    if self._run:
                        self._run(job_id)

                self._opened = (os.getpid(), huey, huey.task(name="run")(run))
            return self._opened[1:]

    def _redis(self) -> Huey:
        from redis import ConnectionPool
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        pool = ConnectionPool.from_url(
            self.url,
            socket_connect_timeout=PATIENCE_SECONDS,
            socket_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        return RedisHuey(self.name, results=False, serializer=_Digits(), connection_pool=pool, read_timeout=1)

    def _file(self) -> Huey:
        return Huey(
            self.name,
            results=False,
            serializer=_Digits(),
            storage_class=_File,
            filename=str(self.path),
            timeout=PATIENCE_SECONDS,
            create_tables=False,
        )

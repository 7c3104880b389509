"""Where ids of jobs wait for a worker. What carries them is Huey (carrying.py), opened at its first use."""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import make_url

from app.jobs.reasons import reason

if TYPE_CHECKING:
    from app.jobs.carrying import Consumer, Huey

log = logging.getLogger(__name__)


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
    def of(cls, config: Mapping[str, Any], lane: str = "") -> Queue:
        """Return the queue that the settings in ``config`` ask for, or the one called ``lane`` beside it."""
        url = make_url(config["SQLALCHEMY_DATABASE_URI"])
        # Web and worker may sign in to the same database by different names.
        database = f"{url.host or url.query.get('host')}:{url.port}/{url.database}"
        name = f"newsroom{hashlib.sha256(database.encode()).hexdigest()[:12]}{lane}"
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
        from app.jobs import carrying

        self._run = run
        return carrying.consumer(self._open()[0], threads)

    def _open(self) -> tuple[Huey, Callable[[int], Any]]:
        from app.jobs import carrying

        with self._lock:
            if self._opened is None or self._opened[0] != os.getpid():
                huey = (
                    carrying.open_redis(self.name, self.url)
                    if self.url
                    else carrying.open_file(self.name, self.path)
                )
                self._opened = (os.getpid(), huey, carrying.task(huey, self._do))
            return self._opened[1:]

    def _do(self, job_id: int) -> None:
        if self._run:
            self._run(job_id)

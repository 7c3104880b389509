"""A worker's signs of life: for every job that it is doing, whatever that job is busy with."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import update

from app import clock
from app.jobs.ledger import Job
from app.jobs.reasons import reason
from app.jobs.turns import Turn, writing

log = logging.getLogger(__name__)

BEATS = 6  # signs of life in JOB_LOST_SECONDS: a few may come late or get lost


class Pulse(threading.Thread):
    """Beats for the turns under way, until it is told to stop."""

    def __init__(self, app: Flask) -> None:
        super().__init__(name="pulse", daemon=True)
        self._app = app
        self._every = app.extensions["jobs"].patience.total_seconds() / BEATS
        self._turns: set[Turn] = set()
        self._lock = threading.Lock()
        self._stopping = threading.Event()

    @contextmanager
    def during(self, turn: Turn) -> Iterator[None]:
        """Beat for ``turn`` inside this block."""
        with self._lock:
            self._turns.add(turn)
        try:
            yield
        finally:
            with self._lock:
                self._turns.discard(turn)

    def under_way(self) -> list[Turn]:
        """Return the turns that this worker has."""
        with self._lock:
            return sorted(self._turns, key=lambda turn: turn.job_id)

    def run(self) -> None:
        """Beat; a database that is away for a while is waited for."""
        with self._app.app_context():
            while not self._stopping.wait(self._every):
                try:
                    self.beat()
                except Exception as error:
                    log.warning("no sign of life could be given: %s", reason(error))

    def beat(self) -> None:
        """Write one sign of life for each turn under way, in the running app."""
        if turns := self.under_way():
            with writing() as connection:
                for turn in turns:
                    connection.execute(update(Job).where(turn.held).values(heartbeat_at=clock.now()))

    def stop(self) -> None:
        """Beat no more."""
        self._stopping.set()

"""``flask work``: the worker. Does jobs in a few threads, sweeps in another, and stops when it is told to."""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
import time
from datetime import date
from functools import partial

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from app import clock
from app.jobs.ledger import jobs
from app.jobs.pulse import Pulse
from app.jobs.reasons import Sparing, reason
from app.jobs.stepping import step_back
from app.jobs.sweep import Watch, sweep, tidy
from app.jobs.turns import perform, put_back, stopping

log = logging.getLogger(__name__)

GRACE_SECONDS = 5  # for jobs under way once the worker is told to stop, which takes 10 at most in all
HEALTH_SECONDS = 10  # how often threads that died are replaced
NIGHT_HOUR = 2  # UTC: when old jobs are deleted
REPEATING = (  # loggers of threads that may all say the same, again and again
    "app.jobs.queue", "app.jobs.sweep", "app.jobs.pulse", "huey.consumer.Worker", "huey.consumer.Scheduler",
)  # fmt: skip


class Worker:
    """One process that does jobs: in a few threads, and in others what is urgent or heavy, the sweep, signs of life."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._signals: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._stopping = threading.Event()
        self._pulse = Pulse(app)
        self._sweeper = threading.Thread(target=self._sweep, name="sweep", daemon=True)
        with app.app_context():
            do = partial(perform, app, pulse=self._pulse)
            self._consumers = [
                jobs().queue.consumer(do, threads=max(1, app.config["WORK_THREADS"])),
                jobs().urgent.consumer(do, threads=1),
                jobs().heavy.consumer(do, threads=app.config["ENCODE_THREADS"] or os.cpu_count() or 1),
            ]

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; a second one cuts the grace of jobs under way short."""
        for number in (signal.SIGTERM, signal.SIGINT):
            # A SimpleQueue, as it may be filled while this very thread is waiting on it.
            signal.signal(number, lambda number, frame: self._signals.put(number))
        self._pulse.start()
        for consumer in self._consumers:
            consumer.start()
        self._sweeper.start()
        at_once = len(self._consumers[0].worker_threads)
        log.info("working: %s at a time, and what is urgent or heavy, process %s", at_once, os.getpid())
        while not self._told(HEALTH_SECONDS):
            for consumer in self._consumers:
                consumer.check_worker_health()
        self._stop()

    def _told(self, seconds: float) -> bool:
        try:
            self._signals.get(timeout=seconds)
        except queue.Empty:
            return False
        return True

    def _stop(self) -> None:
        log.info("stopping")
        self._stopping.set()
        stopping.set()
        for consumer in self._consumers:
            consumer.stop_flag.set()  # nothing more is taken up
        until = time.monotonic() + GRACE_SECONDS
        while self._busy() and time.monotonic() < until and not self._told(0.05):
            pass
        with self._app.app_context():
            for turn in self._pulse.under_way():
                try:
                    put_back(turn)
                    log.info("job %s was put back", turn.job_id)
                except Exception as error:
                    log.warning("job %s will count as lost: %s", turn.job_id, reason(error))
        self._pulse.stop()
        log.info("stopped")
        if self._busy():
            # Not the ordinary way out: Python would wait for what a stuck job holds.
            logging.shutdown()
            os._exit(0)

    def _busy(self) -> bool:
        return any(thread.is_alive() for thread in self._threads())

    def _threads(self) -> list[threading.Thread]:
        return [thread for consumer in self._consumers for _, thread in consumer.worker_threads]

    def _sweep(self) -> None:
        watch = Watch(self._app.extensions["jobs"].patience.total_seconds() / 2)
        tidied: date | None = None
        every = max(1, self._app.config["SWEEP_SECONDS"])
        while True:
            sweep(self._app, watch)
            night = clock.now()
            if night.hour >= NIGHT_HOUR and night.date() != tidied:
                tidied = self._tidy(night.date()) or tidied
            if self._stopping.wait(every):
                return

    def _tidy(self, today: date) -> date | None:
        try:
            with self._app.app_context():
                tidy()
        except Exception as error:
            log.error("old jobs could not be deleted: %s", reason(error))
            return None
        return today


@click.command("work")
@with_appcontext
def work() -> None:
    """Do what is owed: publish on time, index, send. Runs until it is stopped."""
    for name in REPEATING:
        logging.getLogger(name).addFilter(Sparing())
    logging.getLogger("huey").setLevel(logging.WARNING)
    step_back()
    Worker(current_app._get_current_object()).run()  # type: ignore[attr-defined]

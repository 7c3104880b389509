"""So many tries in so long."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from math import floor
from typing import TypeVar

from flask import Flask, current_app
from flask_babel import lazy_gettext as _
from flask_babel.speaklater import LazyString
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.errors import StorageError
from limits.storage import Storage
from limits.strategies import MovingWindowRateLimiter

from app import clock
from app.limits.storage import FileStorage, SharedStorage
from app.refusals import Refusal
from app.web.filters import clock_time, day, moment

log = logging.getLogger(__name__)
R = TypeVar("R")

AWAY_SECONDS = 10  # a Redis that did not answer is left alone for this long
CLOSED_SECONDS = 60  # when to try again, if nothing can be counted


class TooMany(Refusal):
    """The tries are used up; ``until`` is the moment (aware, UTC) from which there is one again.

    ``hour`` says it in words, with its day unless that is today.
    """

    def __init__(self, until: datetime) -> None:
        self.until = until
        self.hour = LazyString(lambda: in_words(until))
        super().__init__(_("Too many requests. You can try again at %(time)s.", time=self.hour))


def in_words(until: datetime) -> str:
    """Say from when on something may be done, with its day unless that is today.

    Pages show whole minutes: at the one shown it must be true.
    """
    shown = until + timedelta(seconds=-until.second % 60, microseconds=-until.microsecond)
    return clock_time(shown) if day(shown) == day(clock.now()) else moment(shown)


class Limits:
    """An app's counts: in Redis where there is one, and in the file as long as Redis is away."""

    def __init__(self, app: Flask) -> None:
        self._secret = hashlib.sha256(b"limits:" + app.config["SECRET_KEY"].encode()).digest()
        self._file = FileStorage(f"sqlfile://{app.config['INSTANCE_DIR'] / 'limits.sqlite'}")
        self._shared = SharedStorage(app.config["REDIS_URL"]) if app.config["REDIS_URL"] else None
        self._away_until = 0.0

    def key(self, name: str, keys: tuple[str, ...]) -> str:
        """Return what stands for ``keys`` under the limit ``name``; nobody can read them from it."""
        told = "".join(f"{len(part)}:{part}" for part in (name, *keys))
        return f"{name}/{hmac.new(self._secret, told.encode(), hashlib.sha256).hexdigest()[:40]}"

    def ask(self, question: Callable[[Storage], R]) -> R:
        """Answer ``question`` from Redis or, while that is away, from the file; StorageError if both are."""
        if self._shared and time.monotonic() >= self._away_until:
            try:
                return question(self._shared)
            except StorageError as error:
                self._away_until = time.monotonic() + AWAY_SECONDS
                log.warning("Redis is away, this machine counts for itself: %s", _kind(error))
        return question(self._file)


class _Item(RateLimitItemPerSecond):
    """A limit of the library's, found again by its key alone: clear() need not know the amounts."""

    def key_for(self, *identifiers: bytes | str | float) -> str:
        return str(identifiers[0])


def _kind(error: StorageError) -> str:
    return type(error.storage_error).__name__


def allow(name: str, *keys: str, amount: int, seconds: int, open_when_down: bool = False) -> None:
    """Count a try at ``name`` ("accounts.sign_in") by ``keys``; raise TooMany if it would exceed ``amount``.

    At most ``amount`` in any ``seconds``; a try that is refused does not count. Keys are compared as
    they are: the caller folds case and space. To count only what goes wrong, count before the work
    and clear() after success: a check before and a count afterwards lets parallel tries slip through.

    When nothing can be counted, the try is refused, as a limit is mostly there to keep guessing
    expensive and a full disk must not make it free. ``open_when_down`` lets it through instead, for
    limits that only keep the load down.
    """
    _ask(name, keys, amount, seconds, open_when_down, lambda limiter, item, key: limiter.hit(item, key))


def check(name: str, *keys: str, amount: int, seconds: int, open_when_down: bool = False) -> None:
    """Raise TooMany if allow() would, without counting."""
    _ask(name, keys, amount, seconds, open_when_down, lambda limiter, item, key: limiter.test(item, key))


def clear(name: str, *keys: str) -> None:
    """Forget the tries at ``name`` by ``keys``. Where nothing can be written they run out by themselves."""
    limits = _limits()
    key = limits.key(name, keys)
    try:
        limits.ask(lambda storage: storage.clear(key))
    except StorageError as error:
        log.error("tries at %s cannot be cleared: %s", name, _kind(error))


def network_key(address: str | None) -> str:
    """Return whose network ``address`` belongs to, as far as one person can change it at will.

    An IPv4 address stands for itself, also when written as IPv6; of an IPv6 address the first 64
    bits count, as the rest is the visitor's to choose. What is no address is one network of its own.
    """
    try:
        found = ipaddress.ip_address((address or "").strip().partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is None:
            return str(ipaddress.ip_network((found, 64), strict=False))
        found = found.ipv4_mapped
    return str(found)


def _limits() -> Limits:
    if "limits" not in current_app.extensions:
        current_app.extensions["limits"] = Limits(current_app)
    return current_app.extensions["limits"]


def _ask(
    name: str,
    keys: tuple[str, ...],
    amount: int,
    seconds: int,
    open_when_down: bool,
    may: Callable[[MovingWindowRateLimiter, RateLimitItem, str], bool],
) -> None:
    limits, item = _limits(), _Item(amount, seconds)
    key = limits.key(name, keys)

    def answer(storage: Storage) -> float | None:
        limiter = MovingWindowRateLimiter(storage)
        return None if may(limiter, item, key) else limiter.get_window_stats(item, key).reset_time

    try:
        free_at = limits.ask(answer)
    except StorageError as error:
        log.error("tries at %s cannot be counted: %s", name, _kind(error))
        if open_when_down:
            return
        raise TooMany(clock.now() + timedelta(seconds=CLOSED_SECONDS)) from None
    if free_at is not None:
        # A hit counts until its window has wholly passed: the next full second is after that.
        raise TooMany(datetime.fromtimestamp(floor(free_at) + 1, UTC))

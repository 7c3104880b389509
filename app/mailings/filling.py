"""Filling letters in: ahead of time and beside the carrier, where they are signed at more cost than all else has."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple

from app import clock
from app.mailings.letters import Letter, Person
from app.mailings.service import Key, Leased
from app.newsletter.tokens import Maker, Purpose

MOST_THREADS = 4  # by then handing over takes longer than signing


class _Ahead(NamedTuple):
    """A mail that is being filled in: ``mails`` will hold it at ``place``, made of ``letter``."""

    letter: Letter
    mails: Future[list[bytes]]
    place: int


class Filler:
    """Fills letters in for people; ``is_ahead`` lets it prepare the next ones while mails are under way.

    RSA is OpenSSL's arithmetic, during which Python's lock is free: it is done in a thread for each processor. Whatever
    was prepared is used only with the letter it was made of, so that what may not be said any more is not said because
    it was signed before.
    """

    def __init__(self, *, is_ahead: bool) -> None:
        self._unsubscribe = Maker(Purpose.UNSUBSCRIBE)
        self._preferences = Maker(Purpose.PREFERENCES)
        self._threads = min(os.cpu_count() or 1, MOST_THREADS)
        self._pool = ThreadPoolExecutor(self._threads, thread_name_prefix="sign") if is_ahead else None
        self._ahead: dict[Key, _Ahead] = {}

    def fill(self, leased: Leased, letter: Letter, *, at: float, is_8bit: bool = True) -> bytes:
        """Return the mail for whom ``leased`` is for, dated ``at`` (seconds since 1970) or, if prepared, before."""
        ahead = self._ahead.pop(leased.key, None)
        if ahead is not None and ahead.letter is letter and is_8bit:
            return ahead.mails.result()[ahead.place]
        return letter.fill(self._person(leased), at=at, is_8bit=is_8bit)

    def prepare(self, following: Iterable[tuple[Leased, Letter]], *, at: float) -> None:
        """Begin to fill in the mails of ``following``, and forget what was prepared besides."""
        if self._pool is None:
            return
        known, self._ahead = self._ahead, {}
        missing: list[tuple[Leased, Letter]] = []
        for leased, letter in following:
            if (ahead := known.get(leased.key)) is not None and ahead.letter is letter:
                self._ahead[leased.key] = ahead
            else:
                missing.append((leased, letter))
        # Several at once: to hand over each mail by itself would cost as much as to fill it in.
        share = -(-len(missing) // self._threads) or 1
        for first in range(0, len(missing), share):
            several = missing[first : first + share]
            blanks = [(letter, self._person(leased)) for leased, letter in several]
            mails = self._pool.submit(_filled, blanks, at)
            for place, (leased, letter) in enumerate(several):
                self._ahead[leased.key] = _Ahead(letter, mails, place)

    def close(self) -> None:
        """End the threads."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _person(self, leased: Leased) -> Person:
        today = clock.now()
        return Person(
            email=leased.email,
            message_id=f"<{leased.message_id}@{leased.host}>",
            unsubscribe=self._unsubscribe.make(leased.subscriber_id, 0, at=today),
            preferences=self._preferences.make(leased.subscriber_id, leased.token_version, at=today),
            reply_to_id=f"<{leased.reply_to}@{leased.host}>" if leased.reply_to else "",
        )


def _filled(blanks: list[tuple[Letter, Person]], at: float) -> list[bytes]:
    return [letter.fill(person, at=at) for letter, person in blanks]

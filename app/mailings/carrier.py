"""A carrier: takes deliveries and hands them over on several connections at once, in one thread.

One round of its loop: note what was answered and mark what is begun now (one act for all), hand that over, wait for
answers. Nothing in it waits for one connection; those are opened beside it, as that takes long.
"""

from __future__ import annotations

import logging
import selectors
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flask import Flask, current_app
from sqlalchemy.exc import OperationalError

from app import clock
from app.database import db
from app.jobs.reasons import reason
from app.jobs.stepping import stepping_back
from app.mail import outbox
from app.mail.post import Away
from app.mail.relay import Answer, Fate, Relay
from app.mail.signing import Signer
from app.mailings import service
from app.mailings.filling import Filler
from app.mailings.letters import Letter
from app.mailings.ready import Ready
from app.mailings.service import Ended, Leased
from app.newsletter.returns import ReturnAddresses

log = logging.getLogger(__name__)

BATCH = 25  # deliveries leased at once for each connection: who is killed keeps them from others for minutes
FEW = 20  # so few are carried by one connection: opening others takes longer
KEPT_SECONDS = (0, 0.5, 1, 2, 4, 8)  # how long a database that is busy is waited for, at the end
TROUBLES = 5  # in a row, after which a carrier gives up
BREAKER_SECONDS = (1, 2, 4, 8, 15, 30, 60)


class Server(Away):
    """The mail server stayed away for as long as a carrier waits."""


@dataclass
class _Domain:
    """When mails to a domain began in the last minute."""

    begun: deque[float]


class Brake:
    """So many mails in a second, and so many in a minute to one domain; 0 is no limit."""

    def __init__(self, each_second: int, domain_each_minute: int) -> None:
        self._each_second, self._domain_each_minute = each_second, domain_each_minute
        self._allowed, self._at = 0.0, time.monotonic()
        self._domains: dict[str, _Domain] = {}

    def lets(self, number: int, at: float) -> int:
        """Return how many of ``number`` mails may begin at the moment ``at``."""
        if not self._each_second:
            return number
        burst = max(1.0, self._each_second / 10)
        self._allowed = min(burst, self._allowed + (at - self._at) * self._each_second)
        self._at = at
        return min(number, int(self._allowed))

    def begun(self, number: int) -> None:
        """Count mails that begin."""
        if self._each_second:
            self._allowed -= number

    def lets_domain(self, email: str, at: float) -> bool:
        """Say whether a mail to ``email`` may begin, and count it if so."""
        if not self._domain_each_minute:
            return True
        begun = self._domains.setdefault(email.rpartition("@")[2].lower(), _Domain(deque())).begun
        while begun and at - begun[0] >= 60:
            begun.popleft()
        if len(begun) >= self._domain_each_minute:
            return False
        begun.append(at)
        return True


class Carrier:
    """Carries what is due for up to ``seconds``, then lets go; ``beat`` is called each second and may raise."""

    def __init__(
        self, name: str, *, seconds: float, beat: Callable[[int], None], is_stopping: Callable[[], bool]
    ):
        config = current_app.config
        self.name, self._until = name, time.monotonic() + seconds
        self._beat, self._is_stopping = beat, is_stopping
        self._most = max(1, config["NEWSLETTER_CONNECTIONS"])
        self._brake = Brake(config["NEWSLETTER_EACH_SECOND"], config["NEWSLETTER_DOMAIN_EACH_MINUTE"])
        self._is_kept = not config["MAIL_SERVER"]  # in a demonstration: in files
        self._queue: deque[Leased] = deque()
        self._ended: list[Ended] = []
        self._under_way: dict[Relay, Leased] = {}
        self._idle: list[Relay] = []
        self._opening: list[Future[Relay]] = []
        self._pool = ThreadPoolExecutor(self._most, thread_name_prefix="relay")
        self._selector = selectors.DefaultSelector()
        self._failures, self._not_before = 0, 0.0
        self._away: Away | None = None
        signer = Signer.of(config)  # before anything is taken: a bad key leaves nobody in doubt
        self._ready, self._filler = Ready(signer), Filler(is_ahead=signer is not None and signer.is_slow)
        self._returns = ReturnAddresses()
        self._sender = config["MAIL_SENDER"]
        self._next_beat = self._next_look = 0.0
        self._refused: set[int] = set()
        self._refusals: deque[Ended] = deque()
        self._troubles = 0
        self.carried = 0

    def run(self) -> int:
        """Carry; return how many mails were answered. Raises Server when the mail server stays away."""
        with stepping_back() as rests:
            try:
                while self._turn():
                    rests.rest(time.monotonic())
            finally:
                self._let_go()
        return self.carried

    # One round

    def _turn(self) -> bool:
        now = time.monotonic()
        self._look_around(now)
        is_over = now >= self._until or self._is_stopping()
        if not is_over and len(self._queue) < self._most:
            self._refill()
        self._open(now)
        begun = [] if is_over else self._choose(now)
        if begun or self._ended:
            self._hand_over(begun)
        if self._is_kept:
            return bool(self._ended) or (not is_over and bool(self._queue))
        if not self._under_way:
            is_long = now >= self._until or self._failures > len(BREAKER_SECONDS)
            if self._away and self._queue and is_long and not self._ended:
                raise Server(str(self._away), self._away.code)
            if is_over or not (self._queue or self._opening or self._ended):
                return bool(self._ended)
        self._wait()
        return True

    def _look_around(self, now: float) -> None:
        if now >= self._next_beat:
            self._next_beat = now + 1
            self._beat(self.carried)
            issues, self._refused = self._refused, set()
            if held := {issue_id for issue_id in issues if service.look_at_refusals(issue_id)}:
                service.give_back(self.name, [each for each in self._queue if each.issue_id in held])
                self._queue = deque(each for each in self._queue if each.issue_id not in held)
            self._suppress()

    def _suppress(self) -> None:
        while self._refusals:
            service.note_refusal(self._refusals[0])
            self._refusals.popleft()

    def _refill(self) -> None:
        now = time.monotonic()
        if self._queue or now >= self._next_look:
            taken = service.take(self.name, BATCH * self._most)
            self._queue.extend(taken)
            if not taken:
                self._next_look = now + 0.25

    def _choose(self, now: float) -> list[Leased]:
        """Return the deliveries that begin now: as many as connections are free and the limits let."""
        free = len(self._queue) if self._is_kept else len(self._idle)
        free = self._brake.lets(min(free, len(self._queue)), now)
        chosen: list[Leased] = []
        for _ in range(len(self._queue)):
            if len(chosen) >= free:
                break
            leased = self._queue.popleft()
            if self._brake.lets_domain(leased.email, now):
                chosen.append(leased)
            else:
                self._queue.append(leased)
        self._brake.begun(len(chosen))
        return chosen

    def _hand_over(self, begun: list[Leased]) -> None:
        try:
            granted = service.note(self.name, self._ended, begun)
        except OperationalError as error:
            # What became of mails is kept for the next try: forgotten, they would be sent a second time.
            self._queue.extendleft(reversed(begun))
            self._troubles += 1
            if self._troubles > TROUBLES:
                raise
            log.warning("what became of mails cannot be written down yet: %s", reason(error))
            return
        ended, self._ended, self._troubles = self._ended, [], 0
        for each in ended:
            if each.answer.fate is Fate.REFUSED:
                self._refused.add(each.leased.issue_id)
                self._refusals.append(each)
        self.carried += sum(each.answer.fate not in (Fate.UNTOUCHED, Fate.GONE) for each in ended)
        self._begin_all([leased for leased in begun if leased.key in granted])

    def _begin_all(self, begun: list[Leased]) -> None:
        """Begin the mails that may be, as far as there is still something to say: asked after they were granted."""
        if not begun:
            return
        at = clock.now().timestamp()
        try:
            self._ready.look({leased.issue_id for leased in begun})
            found = [self._ready.letter(leased.issue_id, leased.language, leased.items) for leased in begun]
        except OperationalError as error:
            log.warning("letters cannot be read yet: %s", reason(error))
            found = [Fate.UNTOUCHED] * len(begun)
        db.session.rollback()  # nobody waits for this reading while mails are carried
        for leased, letter in zip(begun, found, strict=True):
            if isinstance(letter, Letter):
                self._begin(leased, letter, at)
            else:
                self._ended.append(Ended(leased, Answer(letter, 0, "")))
        self._prepare(at)

    def _prepare(self, at: float) -> None:
        """Have the next mails filled in while these are under way, as far as their letters are known."""
        following = islice(self._queue, self._most)
        known = (
            (leased, self._ready.known(leased.issue_id, leased.language, leased.items))
            for leased in following
        )
        self._filler.prepare(((leased, letter) for leased, letter in known if letter), at=at)

    def _begin(self, leased: Leased, letter: Letter, at: float) -> None:
        if self._is_kept:
            outbox.keep(self._filler.fill(leased, letter, at=at), leased.message_id[:24])
            self._ended.append(Ended(leased, Answer(Fate.ACCEPTED, 250, "")))
            return
        relay = self._idle.pop()
        to = _sendable(leased.email, takes_utf8=relay.takes_utf8)
        if to is None:
            self._idle.append(relay)
            self._ended.append(Ended(leased, Answer(Fate.REFUSED, 553, "5.6.7")))  # RFC 6531: not ASCII
            return
        mail = self._filler.fill(leased, letter, at=at, is_8bit=relay.takes_8bit)
        sender = self._returns.make(leased.issue_id, leased.subscriber_id) or self._sender
        self._under_way[relay] = leased
        answer = relay.begin(sender, to, mail)
        if answer is not None:
            self._settle(relay, answer)
        elif relay.wants_write:
            self._selector.modify(relay, selectors.EVENT_READ | selectors.EVENT_WRITE)

    def _wait(self) -> None:
        """Wait for answers, and hear all of them that are there."""
        timeout = 0.05 if self._opening or self._queue or self._ended else 1.0
        if self._idle and self._queue:
            timeout = 0.01  # a limit holds them
        if not self._under_way:
            time.sleep(min(timeout, 0.05))
            return
        for key, _events in self._selector.select(timeout):
            relay: Any = key.fileobj
            answer = relay.moved()
            if answer is not None:
                self._settle(relay, answer)
            elif not relay.is_open:  # it took leave between two mails
                self._drop(relay)
                self._idle.remove(relay)
            else:
                events = selectors.EVENT_READ | (selectors.EVENT_WRITE if relay.wants_write else 0)
                if events != key.events:
                    self._selector.modify(relay, events)
        now = time.monotonic()
        for relay in [each for each in self._under_way if now >= each.deadline]:
            if (answer := relay.expired(now)) is not None:
                self._settle(relay, answer)

    def _settle(self, relay: Relay, answer: Answer) -> None:
        self._ended.append(Ended(self._under_way.pop(relay), answer))
        if relay.is_open:
            self._idle.append(relay)
            self._failures, self._away = 0, None
        else:
            self._drop(relay)
            self._fail(Away("the mail server ended the connection", answer.code or None))

    def _drop(self, relay: Relay) -> None:
        with suppress(KeyError):  # found by the object: its socket is closed
            self._selector.unregister(relay)

    # Connections

    def _open(self, now: float) -> None:
        for future in [each for each in self._opening if each.done()]:
            self._opening.remove(future)
            try:
                relay = future.result()
                self._selector.register(relay, selectors.EVENT_READ)
                self._idle.append(relay)
                self._away = None
            except Away as away:
                self._fail(away)
        if self._is_kept or now < self._not_before or now >= self._until:
            return
        there = len(self._idle) + len(self._under_way) + len(self._opening)
        waiting = len(self._queue)
        wanted = min(self._most, 1 if waiting <= FEW or self._failures else self._most) if waiting else 0
        app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        for _ in range(wanted - there):
            self._opening.append(self._pool.submit(_connected, app))

    def _fail(self, away: Away) -> None:
        self._away = away
        if time.monotonic() < self._not_before:
            return  # the same trouble, seen by another connection
        wait = BREAKER_SECONDS[min(self._failures, len(BREAKER_SECONDS) - 1)]
        self._failures += 1
        self._not_before = time.monotonic() + wait
        log.warning("%s; the next try is in %s s", away, wait)

    def _let_go(self) -> None:
        """Hear and keep what became of all that is under way, and give back what was not begun."""
        db.session.rollback()
        with suppress(Exception):
            while self._under_way:  # each would come a second time if nobody heard the answer
                self._wait()
        self._keep_ended()
        with suppress(Exception):
            service.give_back(self.name, self._queue)
        with suppress(Exception):
            self._suppress()
        for relay in [*self._idle, *self._under_way]:
            relay.close()
        for future in self._opening:
            future.add_done_callback(_close)
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._filler.close()
        self._selector.close()

    def _keep_ended(self) -> None:
        """Write down what became of mails, however busy the database is; what cannot be is in doubt from now on."""
        for seconds in KEPT_SECONDS:
            if not self._ended:
                return
            time.sleep(seconds)
            try:
                service.note(self.name, self._ended, [])
            except Exception as error:
                log.warning(
                    "what became of %s mails cannot be written down: %s", len(self._ended), reason(error)
                )
            else:
                self._refusals += [each for each in self._ended if each.answer.fate is Fate.REFUSED]
                self._ended = []


def _connected(app: Flask) -> Relay:
    with app.app_context():
        return Relay.open()


def _close(future: Future[Relay]) -> None:
    if not future.cancelled() and future.exception() is None:
        future.result().close()


def _sendable(email: str, *, takes_utf8: bool) -> str | None:
    """Return ``email`` as the envelope holds it: its domain in ASCII; None when the server cannot take it."""
    name, _at, domain = email.rpartition("@")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode()
        except UnicodeError:
            return None
    return f"{name}@{domain}" if name.isascii() or takes_utf8 else None

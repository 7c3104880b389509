"""What logging in costs, what it leaves for those who read, and whether its time tells who has an account.

    python -m bench.accounts            about five minutes
    python -m bench.accounts --quick    two minutes, of which one is waiting: to see that it runs

1. Log-ins in a second through the production server, beside the floor: the hasher alone, in as many processes and
   threads. 2. A page, through the page cache and without it, alone and while log-ins saturate the server. 3. How long
the forms take that are sent with an address, for people with an account and for nobody: the test of Mann and Whitney.

Limits are lifted by the settings (people.WITHOUT_LIMITS); whoever is asked to come again does so when told.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import NormalDist, median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file, too

from app.accounts.hasher import Aside
from app.accounts.hashing import STRONG, places
from bench import load, newsroom
from bench.goals import ALONE, OF_THE_HASH, TELLING_MS, TELLING_P, table, verdict
from bench.people import PASSWORD, WITHOUT_LIMITS, Person, address
from bench.server import Server, granian

RESULTS = Path(__file__).parent / "results"
WORKERS, THREADS = 2, 4
PEOPLE = 16  # more than the server lets wait: it is always full
CONNECTIONS = 4
LOGIN, REGISTER, FORGOT = "/en/account/login", "/en/account/register", "/en/account/forgot"
AGAIN_SECONDS = 61  # from one code to the next


class Flood:
    """People who log in again and again until told to stop, each as soon as the answer is there."""

    def __init__(self, url: str, people: int) -> None:
        self.let_in = self.sent_away = 0
        self.wrong = ""
        self._stop = threading.Event()
        self._count = threading.Lock()
        self._threads = [threading.Thread(target=self._one, args=(url, number)) for number in range(people)]

    def __enter__(self) -> Flood:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(60)
        if self.wrong:
            raise RuntimeError(self.wrong)

    def _one(self, url: str, number: int) -> None:
        person = Person(url)
        person.open(LOGIN)
        fields = {"email": address(number), "password": PASSWORD, "next": ""}
        while not self._stop.is_set():
            status, _took = person.send(LOGIN, fields, keeps_cookie=False)
            with self._count:
                self.let_in += status == 303
                self.sent_away += status == 503
                if status not in (303, 503):
                    self.wrong = f"a log-in was answered {status}"
            self._stop.wait(person.retry_after)
        person.close()

    def rate(self, seconds: float) -> float:
        """Watch for ``seconds``, and return how many were let in each second."""
        before, began = self.let_in, time.perf_counter()
        time.sleep(seconds)
        return (self.let_in - before) / (time.perf_counter() - began)


def hash_for(seconds: float, slots: int) -> None:
    """Compare passwords in ``slots`` threads for ``seconds``; print how many came out in a second."""
    hasher = Aside(**STRONG)  # as the newsroom has it: with the same claim to a core
    kept, done = hasher.hash(PASSWORD), [0] * slots
    until = time.perf_counter() + seconds

    def work(place: int) -> None:
        while time.perf_counter() < until:
            hasher.matches(kept, PASSWORD)
            done[place] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=work, args=(place,)) for place in range(slots)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sum(done) / (time.perf_counter() - began))


def floor(seconds: float, slots: int) -> float:
    """Return how many hashes a second as many processes make as serve the newsroom."""
    command = [sys.executable, "-m", "bench.accounts", "--hash", str(seconds), str(slots)]
    running = [
        subprocess.Popen(command, cwd=load.ROOT, stdout=subprocess.PIPE, text=True) for _ in range(WORKERS)
    ]
    return sum(float(each.communicate(timeout=seconds + 60)[0]) for each in running)


def log_ins(server: Server, rounds: int, seconds: float) -> Iterator[str]:
    """Yield what log-ins reach beside the hasher alone, in interleaved rounds."""
    slots, waiting = places(cores=os.cpu_count() or 1, processes=WORKERS, threads=THREADS)
    yield f"{WORKERS} processes, each with {slots} hashing thread(s) and room for {waiting} more to wait"
    floor(1, slots)
    seen: list[tuple[float, float, int]] = []
    for _ in range(rounds):
        alone = floor(seconds, slots)
        with Flood(server.url, PEOPLE) as flood:
            time.sleep(2)
            seen.append((alone, flood.rate(seconds), flood.sent_away))
    yield table(
        ["", "hashes/s", "log-ins/s", "sent away"],
        [
            [f"round {n}", f"{alone:.1f}", f"{rate:.1f}", str(away)]
            for n, (alone, rate, away) in enumerate(seen, 1)
        ],
    )
    share = median(rate / alone for alone, rate, _ in seen)
    yield verdict("log-ins, of what the hash alone allows", share, OF_THE_HASH, at_most=False)


def pages(server: Server, name: str, rounds: int, seconds: float) -> Iterator[str]:
    """Yield what a page of ``server`` costs its readers, alone and while people log in."""
    url = f"{server.url}/en/"
    load.drive(url, CONNECTIONS, 1)
    rows, shares = [], []
    for number in range(1, rounds + 1):
        alone = load.drive(url, CONNECTIONS, seconds)
        with Flood(server.url, PEOPLE) as flood:
            time.sleep(2)
            before = flood.let_in
            beside = load.drive(url, CONNECTIONS, seconds)
            let_in = (flood.let_in - before) / seconds
        for words, saw, rate in (("alone", alone, ""), ("beside log-ins", beside, f"{let_in:.1f}")):
            if saw.errors:
                raise RuntimeError(f"{saw.errors} of {saw.requests} requests went wrong")
            rows.append(
                [
                    f"{name}, {number}, {words}",
                    f"{saw.per_second:,.0f}",
                    f"{saw.p50_ms:.2f}",
                    f"{saw.p99_ms:.2f}",
                    rate,
                ]
            )
        shares.append(beside.per_second / alone.per_second)
    yield table(["", "req/s", "p50 ms", "p99 ms", "log-ins/s"], rows)
    yield verdict(f"{name} page beside log-ins, of its rate alone", median(shares), ALONE, at_most=False)


def mann_whitney(one: list[float], other: list[float]) -> float:
    """Return how likely two samples of one kind would differ as much as these (two-sided, normal, with ties)."""
    both = sorted(one + other)
    first: dict[float, int] = {}
    for place, value in enumerate(both):
        first.setdefault(value, place)
    ties = {value: both.count(value) for value in first}
    rank = {value: first[value] + (ties[value] + 1) / 2 for value in first}
    n, m = len(one), len(other)
    u = sum(rank[value] for value in one) - n * (n + 1) / 2
    total = n + m
    spread = n * m / 12 * (total + 1 - sum(t**3 - t for t in ties.values()) / (total * (total - 1)))
    if not spread:
        return 1.0
    return 2 * (1 - NormalDist().cdf(abs(u - n * m / 2) / spread**0.5))


Sending = Callable[[int, bool], float]


def compared(name: str, send: Sending, order: list[tuple[int, bool]]) -> tuple[list[str], list[str]]:
    """Send a form for everybody in ``order``; return a row of the table, and what it comes to."""
    took: dict[bool, list[float]] = {True: [], False: []}
    for number, is_known in order:
        took[is_known].append(send(number, is_known) * 1000)
    p = mann_whitney(took[True], took[False])
    apart = abs(median(took[True]) - median(took[False]))
    is_telling = p < TELLING_P and apart > TELLING_MS
    row = [name, *(f"{median(took[known]):.2f}" for known in (True, False)), f"{apart:.2f}", f"{p:.3f}"]
    return row, [
        f"{'MISSED ' if is_telling else 'reached'}  {name}: the time tells nobody who has an account"
    ]


def timing(server: Server, people: int) -> Iterator[str]:
    """Yield how long the forms take for known and unknown addresses, in a random order."""
    order = [(number, is_known) for number in range(people) for is_known in (True, False)]
    random.Random(7).shuffle(order)
    browsers: dict[tuple[int, bool], Person] = {}
    asked_at = 0.0

    def fill_in(path: str, expected: int, number: int, is_known: bool, **fields: str) -> float:
        person = Person(server.url)
        person.open(path)
        status, took = person.send(path, {"email": address(number, is_known=is_known), "next": ""} | fields)
        if status != expected:
            raise RuntimeError(f"{path} was answered {status}")
        if path == FORGOT:
            browsers[number, is_known] = person
        else:
            person.close()
        return took

    def forget(number: int, is_known: bool) -> float:
        return fill_in(FORGOT, 303, number, is_known)

    def log_in(number: int, is_known: bool) -> float:
        return fill_in(LOGIN, 422, number, is_known, password="Inshyi-2026-Pass!")

    def register(number: int, is_known: bool) -> float:
        told = {
            "name": "Reader",
            "organisation": "Freelance",
            "country": "FR",
            "language": "en",
            "conditions": "y",
        }
        return fill_in(REGISTER, 303, number, is_known, password="Zovsim-9-nova!", **told)

    def ask_again(number: int, is_known: bool) -> float:
        person = browsers.pop((number, is_known))
        person.close()  # the server has: nothing came for a minute
        person.open("/en/account/code?for=reset")
        status, took = person.send("/en/account/code/new", {})
        person.close()
        if status != 303:
            raise RuntimeError(f"another code was answered {status}")
        return took

    rows, told = [], []
    for name, send in (
        ("forgot", forget),
        ("log in", log_in),
        ("register", register),
        ("another code", ask_again),
    ):
        if name == "another code":
            time.sleep(max(0.0, asked_at + AGAIN_SECONDS - time.monotonic()))
        row, words = compared(name, send, order)
        rows.append(row)
        told += words
        asked_at = time.monotonic() if name == "forgot" else asked_at
    yield f"{people} with an account, {people} without; medians in ms, how far apart, and how likely by chance"
    yield table(["", "known", "unknown", "apart", "p"], rows)
    yield from told


@contextmanager
def opened(settings: dict[str, str], **more: str) -> Iterator[Server]:
    """Serve the newsroom by the production command, without limits."""
    with granian("wsgi:app", settings | WITHOUT_LIMITS | more, workers=WORKERS, threads=THREADS) as server:
        yield server


def report(options: argparse.Namespace) -> Iterator[str]:
    """Yield everything that is measured."""
    rounds, seconds, people = (1, 3.0, 20) if options.quick else (3, 8.0, 100)
    yield f"load of the machine when this began: {', '.join(f'{each:.1f}' for each in os.getloadavg())}"
    with newsroom.filled(200) as settings, ExitStack() as stack:
        newsroom.run(settings, "-m", "bench.people", str(max(people, PEOPLE)))
        server = stack.enter_context(opened(settings))
        yield from log_ins(server, rounds, seconds)
        yield from pages(server, "cached", rounds, seconds)
        yield from timing(server, people)
        stack.close()
        with opened(settings, PAGE_CACHE_MB="0") as bare:
            yield from pages(bare, "uncached", rounds, seconds)
    yield f"load of the machine when it ended: {', '.join(f'{each:.1f}' for each in os.getloadavg())}"


def main() -> None:
    """Measure, and print and keep the report."""
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--quick", action="store_true", help="one short round")
    options.add_argument("--hash", nargs=2, metavar=("SECONDS", "SLOTS"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.hash:
        hash_for(float(chosen.hash[0]), int(chosen.hash[1]))
        return
    lines = []
    for line in report(chosen):
        print(line, flush=True)
        lines.append(line)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "accounts.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

"""What a sending costs, beside what others take for the same mails, on this machine and in this run.

    python -m bench.newsletter                every subject, with 100,000 recipients and 1,000,000 subscribers
    python -m bench.newsletter carrying       one of them
    python -m bench.newsletter --quick        a tenth of each

**carrying**: an issue planned for everybody and handed over to a server (tests/sink.py) that takes every mail, notes
its Message-ID and reader in a file, and does nothing else; it shares the machine's cores with whoever sends. Beside it
the floors (bench/mailfloors.py): Flask-Mail with a connection for each message and on one that stays; **prebuilt**, the
bytes of finished mails, pipelined on one connection without waiting for any answer, the limit; and signatures without
any mail. Ours includes the ledger: every mail is leased, marked and noted in the database. With a **slow** server,
20 ms for each text, only connections help. Each step runs in a process of its own, whose largest memory is told.
**meanwhile**: pages and codes while a worker carries (bench/meanwhile.py).
**subscribers**: an issue and a summary of the week planned for a tenth and for all of them, each on their topics, on
SQLite and on PostgreSQL (from its wheel, without fsync); one for each number and database, in a newsroom of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file, too

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from bench import goals, mailfloors, meanwhile, newsroom
from bench.goals import table, verdict
from bench.mailings import Took
from tests import servers
from tests.sink import Sink

RESULTS = Path(__file__).parent / "results"
SLOW = ("--delay", "0.02")
KEPT, ALONE = "Flask-Mail, one connection", "signatures alone (RSA-2048)"


@contextmanager
def opened(*options: str, **settings: str) -> Iterator[tuple[dict[str, str], Sink]]:
    """Open a newsroom whose mail server is a sink with these ``options``; yield its settings, and the sink."""
    with newsroom.filled(20, words=60) as environ:
        sink = Sink(*options)
        try:
            yield environ | {"MAIL_PORT": str(sink.port), "MAIL_USE_TLS": "0"} | settings, sink
        finally:
            sink.stop()


def step(environ: dict[str, str], *words: str) -> Took:
    """Do a step of bench.mailings in a process of its own."""
    return Took(**json.loads(newsroom.run(environ, "-m", "bench.mailings", *words).splitlines()[-1]))


def carried(number: int, *options: str, **settings: str) -> tuple[Took, Took]:
    """Plan an issue for ``number`` subscribers and carry it; return what both took."""
    with opened(*options, **settings) as (environ, sink):
        step(environ, "add", str(number))
        planned, done = step(environ, "plan"), step(environ, "carry")
        if not number == planned.mails == done.mails == sink.count():
            raise RuntimeError(f"{number} were to get it; {planned.mails}, {done.mails}, {sink.count()}")
        return planned, done


def new_key(folder: Path) -> Path:
    """Return a file with a new RSA key of 2048 bits."""
    made, file = rsa.generate_private_key(public_exponent=65537, key_size=2048), folder / "key.pem"
    file.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return file


def floors(key: Path) -> dict[str, float]:
    """Return what others reach with the same mails in a second, and how many signatures a core makes."""
    with opened() as (environ, sink):
        naive, kept = mailfloors.flask_mails(environ)
        return {
            "Flask-Mail, naive": naive,
            KEPT: kept,
            "prebuilt, the limit": mailfloors.prebuilt(sink.port),
            ALONE: mailfloors.signatures(key),
        }


def carrying(scale: int) -> Iterator[str]:
    """Yield what planning and carrying cost, beside the floors."""
    number = 100_000 // scale
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        key = new_key(Path(folder))
        rates = floors(key)
        few = carried(number // 10)
        planned, ours = carried(number)
        _, signed = carried(number // 2, DKIM_KEY_FILE=str(key), DKIM_DOMAIN="newsroom.test")
        _, one = carried(300, *SLOW, NEWSLETTER_CONNECTIONS="1")
        _, sixteen = carried(4000, *SLOW, NEWSLETTER_CONNECTIONS="16")
    done = {"ours": ours, "ours, signed": signed, "slow, 1 connection": one, "slow, 16 connections": sixteen}
    seen = rates | {name: took.per_second for name, took in done.items()}
    yield table(
        [f"{number:,} recipients", "each second"], [[name, f"{rate:,.0f}"] for name, rate in seen.items()]
    )
    for name, took, floor, goal in (
        ("ours, of Flask-Mail's one connection", ours, rates[KEPT], goals.MAILING_OF_FLASK_MAIL),
        ("ours signed, of signatures alone", signed, rates[ALONE], goals.SIGNED_OF_SIGNING),
        ("slow server, 16 connections of one", sixteen, one.per_second, goals.SIXTEEN_OF_ONE),
    ):
        yield verdict(name, took.per_second / floor, goal, at_most=False)
    largest = max(planned.peak_mb, ours.peak_mb)
    growth = largest / max(each.peak_mb for each in few)
    yield verdict("planned, seconds", planned.seconds, goals.PLANNED_SECONDS)
    yield verdict("MB at the peak of a process", max(largest, signed.peak_mb), goals.SENDING_MB)
    yield verdict("that, of the peak with a tenth of the recipients", growth, goals.MEMORY_GROWTH)


def beside(scale: int) -> Iterator[str]:
    """Yield what a sending takes from those who read pages, and from who waits for a code."""
    rounds, seconds, codes = (3, 8.0, 20) if scale == 1 else (1, 3.0, 5)
    with opened() as (environ, sink):
        step(environ, "add", "300000")  # more than is carried by then: nothing may end before
        step(environ, "plan")
        yield from meanwhile.report(environ, sink, rounds=rounds, seconds=seconds, codes=codes)


def subscribers(scale: int) -> Iterator[str]:
    """Yield what planning an issue and a summary costs, by the number of subscribers and the database."""
    few, many = 100_000 // scale, 1_000_000 // scale
    rows, told = [], []
    for name, database in (("SQLite", lambda: ""), ("PostgreSQL", servers.new_database)):
        seen = {number: _planned(number, database()) for number in (few, many)}
        for subject in ("plan", "digest"):
            for number, took in seen.items():
                one = took[subject]
                rows.append([f"{name}, {subject}, {number:,}", f"{one.seconds:.2f}",
                             f"{one.seconds / number * 1e6:.1f}", f"{one.peak_mb:.0f}"])  # fmt: skip
            growth = seen[many][subject].seconds / many / (seen[few][subject].seconds / few)
            words = f"{name}, {subject}: time for each of {many:,}, of that for each of {few:,}"
            told.append(verdict(words, growth, goals.SUBSCRIBERS_GROWTH))
        largest = max(each.peak_mb for each in seen[many].values())
        told.append(verdict(f"{name}: MB at the peak of a process", largest, goals.SENDING_MB))
    yield table(["planned", "seconds", "µs each", "MB"], rows)
    yield from told


def _planned(number: int, database: str) -> dict[str, Took]:
    with newsroom.filled(60, words=60, database=database) as environ:
        step(environ, "add", str(number))
        took = {subject: step(environ, subject) for subject in ("plan", "digest")}
    for subject, one in took.items():
        if one.mails != number:
            raise RuntimeError(f"{subject}: {one.mails} deliveries for {number} subscribers")
    return took


SUBJECTS: dict[str, Callable[[int], Iterator[str]]] = {
    "carrying": carrying,
    "meanwhile": beside,
    "subscribers": subscribers,
}


def main() -> None:
    """Measure, print the reports and keep copies."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("subjects", nargs="*", choices=[[], *SUBJECTS], help="what to measure (all)")
    parser.add_argument("--quick", action="store_true", help="a tenth of each, to see that it runs")
    options = parser.parse_args()
    RESULTS.mkdir(exist_ok=True)
    for name in options.subjects or SUBJECTS:
        loads = f"{name}; load of the machine when this began: {os.getloadavg()[0]:.1f}"
        lines = [loads]
        print(loads, flush=True)
        for line in SUBJECTS[name](10 if options.quick else 1):
            print(line, flush=True)
            lines.append(line)
        (RESULTS / f"newsletter-{name}.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

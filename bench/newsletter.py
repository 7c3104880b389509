"""What a sending costs, beside what others take for the same mails, on this machine and in this run.

    python -m bench.newsletter                  100,000 readers
    python -m bench.newsletter --quick          10,000
    python -m bench.newsletter --planned N      planning alone, for N subscribers

The server (tests/sink.py) takes every mail, notes its Message-ID and reader in a file, and does nothing else; it shares
the machine's cores with whoever sends. The floors are measured over a few seconds each: **naive**, Flask-Mail with a
connection for each message; **one connection**, Flask-Mail on one that stays; **prebuilt**, the bytes of a finished
mail, pipelined on one connection without waiting for any answer: the limit. Ours includes the ledger: every mail is
leased, marked and noted in the database. With a **slow** server, 20 ms for each text, only connections help.
"""

from __future__ import annotations

import argparse
import os
import resource
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file, too

from bench import goals
from tests.sink import Sink

ROOT = Path(__file__).resolve().parent.parent
FLOOR_SECONDS = 4.0
BODY = 11_000  # bytes of each mail, about


@contextmanager
def newsroom(**settings: str) -> Iterator[Any]:
    """Open a newsroom of its own, migrated and empty."""
    from flask_migrate import upgrade

    from app import create_app
    from tests.conftest import init_migrations

    environ = {
        "INSTANCE_DIR": tempfile.mkdtemp(prefix="newsletter-"), "PUBLIC_URL": "http://newsroom.test", "DEMO": "0",
        "SECRET_KEY": "a key that only measurements know, and long enough", "MODE": "development",
        "MAIL_SERVER": "127.0.0.1", "MAIL_USE_TLS": "0", "DATABASE_URL": os.environ.get("DATABASE_URL", ""),
    }  # fmt: skip
    app = create_app(environ | settings, testing=True)
    init_migrations(app)
    with app.app_context():
        upgrade()
        yield app


def peak_mib() -> float:
    """Return the largest memory that this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def per_second(do: Callable[[], None], seconds: float = FLOOR_SECONDS) -> float:
    """Return how often ``do`` can be done in a second."""
    do()
    number, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < seconds:
        do()
        number += 1
    return number / took


def flask_mail(app: Any, port: int, *, keeps: bool) -> float:
    """Return the mails each second of Flask-Mail, on one connection or on one for each."""
    import flask_mail as library

    app.config["MAIL_PORT"] = port
    words = "Слово і діло. " * (BODY // 2 // 24)

    def message() -> Any:
        made = library.Message(
            "Зустріч у Києві", recipients=["reader@example.org"], sender="press@example.org", body=words
        )
        made.html = f"<p>{words}</p>"
        made.extra_headers = {"List-Unsubscribe": "<https://news.example/x>"}
        return made

    mail = app.extensions["mail"]

    class Plain(library.Connection):
        def configure_host(self) -> smtplib.SMTP:
            return smtplib.SMTP("127.0.0.1", port, timeout=10)

    if keeps:
        with Plain(mail) as connection:
            return per_second(lambda: connection.send(message()))

    def once() -> None:
        with Plain(mail) as connection:
            connection.send(message())

    return per_second(once)


def prebuilt(port: int, mail: bytes) -> float:
    """Return how many finished mails one pipelined connection takes in a second."""
    group = (
        b"MAIL FROM:<press@example.org> BODY=8BITMIME\r\nRCPT TO:<r@example.org>\r\nDATA\r\n"
        + mail
        + b".\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.recv(1000)
        line.sendall(b"EHLO bench\r\n")
        line.recv(1000)

        def fifty() -> None:
            line.sendall(group * 50)
            answers = 0
            while answers < 200:
                answers += line.recv(65536).count(b"\r\n")

        return per_second(fifty) * 50


def carried(
    number: int, *, options: tuple[str, ...] = (), connections: int = 16, key: str = ""
) -> tuple[float, float]:
    """Carry an issue to ``number`` readers in a process of its own: mails each second, and its memory (MiB)."""
    told = subprocess.run(
        [sys.executable, "-m", "bench.newsletter", "--carry", str(number), str(connections), key, *options],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
    ).stdout.split()  # fmt: skip
    return float(told[-2]), float(told[-1])


def _carry(number: int, connections: int, key: str, options: list[str]) -> None:
    sink = Sink(*options)
    try:
        with newsroom(
            MAIL_PORT=str(sink.port), NEWSLETTER_CONNECTIONS=str(connections), DKIM_KEY_FILE=key,
            DKIM_DOMAIN="newsroom.test",
        ):  # fmt: skip
            from app.mailings import queries, service
            from app.mailings.carrier import Carrier
            from tests.mailings import mailing

            mailing.readers(number)
            issue = service.start(mailing.issue(size=BODY // 4))
            while service.plan_window(issue.id):
                pass
            began = time.perf_counter()
            Carrier("bench", seconds=3600, beat=lambda done: None, is_stopping=lambda: False).run()
            took = time.perf_counter() - began
            assert queries.numbers(issue.id).accepted == number == sink.count(), "not everybody got it once"
            print(number / took, peak_mib())
    finally:
        sink.stop()


def signing(key: str) -> float:
    """Return how many signatures of this key one core makes in a second, of a digest and nothing else."""
    from app.mail.signing import Signer

    signer = Signer("newsroom.test", "news", Path(key).read_bytes())
    headers = [(b"from", b"x"), (b"to", b"y"), (b"subject", b"z")]
    return per_second(lambda: signer.sign(headers, b"0" * 32, at=1), 2)


def plan(number: int) -> None:
    """Say how long planning takes for so many subscribers, and how much memory."""
    with newsroom():
        from app.mailings import service
        from tests.mailings import mailing

        mailing.readers(number)
        before = peak_mib()
        issue = service.start(mailing.issue(size=1000))
        began = time.perf_counter()
        while service.plan_window(issue.id):
            pass
        took = time.perf_counter() - began
        print(f"planned {issue.recipients:,} in {took:.2f} s; memory {before:.0f} to {peak_mib():.0f} MiB")


def main(number: int) -> None:
    """Measure, and say what was reached."""
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    key = Path(tempfile.mkdtemp()) / "key.pem"
    made = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    subprocess.run([sys.executable, "-m", "bench.newsletter", "--planned", str(number)], cwd=ROOT, check=True)
    sink = Sink()
    with newsroom(MAIL_PORT=str(sink.port)) as app:
        naive = flask_mail(app, sink.port, keeps=False)
        kept = flask_mail(app, sink.port, keeps=True)
        limit = prebuilt(
            sink.port, b"Message-ID: <x@y>\r\nSubject: x\r\n\r\n" + b"x" * 70 + b"\r\n" * (BODY // 72)
        )
    sink.stop()
    ours, memory = carried(number)
    signed, _ = carried(number // 2, key=str(key))
    alone = signing(str(key))
    one, _ = carried(300, options=("--delay", "0.02"), connections=1)
    sixteen, _ = carried(4000, options=("--delay", "0.02"), connections=16)
    for name, value in {
        "Flask-Mail, naive": naive, "Flask-Mail, one connection": kept, "prebuilt, the limit": limit, "ours": ours,
        "ours, signed (RSA-2048)": signed, "signatures alone": alone, "slow server, one connection": one,
        "slow server, 16 connections": sixteen,
    }.items():  # fmt: skip
        print(f"{name:30} {value:10,.0f} each second")
    print(f"memory of the carrier {memory:.0f} MiB (goal under 150)")
    for words, ratio, goal in (
        ("ours of Flask-Mail's one connection", ours / kept, goals.MAILING_OF_FLASK_MAIL),
        ("ours signed, of signatures alone", signed / alone, goals.SIGNED_OF_SIGNING),
        ("slow server: 16 connections of one", sixteen / one, goals.SIXTEEN_OF_ONE),
    ):
        print(f"{words:40} {ratio:6.2f}   goal {goal}   {'reached' if ratio >= goal else 'NOT reached'}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--planned", type=int)
    parser.add_argument("--carry", nargs=argparse.REMAINDER)
    told = parser.parse_args()
    if told.carry:
        _carry(int(told.carry[0]), int(told.carry[1]), told.carry[2], told.carry[3:])
    elif told.planned:
        plan(told.planned)
    else:
        main(10_000 if told.quick else 100_000)

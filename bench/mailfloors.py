"""Floors of bench.newsletter: what others take for the mails of a sending, and what signatures alone allow.

Each is measured over a few seconds, against the server that ours are handed over to.
"""

from __future__ import annotations

import smtplib
import socket
import time
from collections.abc import Callable
from pathlib import Path

import flask_mail

from app import create_app
from app.mail.signing import Signer
from bench.mailings import BODY

SECONDS = 4.0


def per_second(do: Callable[[], object], seconds: float = SECONDS) -> float:
    """Return how often ``do`` can be done in a second."""
    do()
    number, began = 0, time.perf_counter()
    while (took := time.perf_counter() - began) < seconds:
        do()
        number += 1
    return number / took


class _Plain(flask_mail.Connection):
    """Flask-Mail's own connection, without TLS."""

    def configure_host(self) -> smtplib.SMTP:
        """Connect as the library does."""
        return smtplib.SMTP("127.0.0.1", self.mail.port, timeout=10)


def _message() -> flask_mail.Message:
    words = "Слово і діло. " * (BODY // 2 // 24)
    made = flask_mail.Message(
        "Зустріч у Києві", recipients=["reader@example.org"], sender="press@example.org", body=words
    )
    made.html = f"<p>{words}</p>"
    made.extra_headers = {"List-Unsubscribe": "<https://news.example/x>"}
    return made


def flask_mails(environ: dict[str, str]) -> tuple[float, float]:
    """Return the mails each second of Flask-Mail: with a connection for each, and on one that stays."""
    with create_app(environ).app_context() as context:
        mail = context.app.extensions["mail"]

        def once() -> None:
            with _Plain(mail) as connection:
                connection.send(_message())

        naive = per_second(once)
        with _Plain(mail) as connection:
            return naive, per_second(lambda: connection.send(_message()))


def prebuilt(port: int) -> float:
    """Return how many finished mails one pipelined connection takes in a second: the limit."""
    mail = b"Message-ID: <x@y>\r\nSubject: x\r\n\r\n" + b"x" * 70 + b"\r\n" * (BODY // 72)
    envelope = b"MAIL FROM:<press@example.org> BODY=8BITMIME\r\nRCPT TO:<r@example.org>\r\nDATA\r\n"
    with socket.create_connection(("127.0.0.1", port)) as line:
        line.recv(1000)
        line.sendall(b"EHLO bench\r\n")
        line.recv(1000)

        def fifty() -> None:
            line.sendall((envelope + mail + b".\r\n") * 50)
            answers = 0
            while answers < 200:
                answers += line.recv(65536).count(b"\r\n")

        return per_second(fifty) * 50


def signatures(key: Path) -> float:
    """Return how many signatures of this key one core makes in a second, of a digest and nothing else."""
    signer = Signer("newsroom.test", "news", key.read_bytes())
    headers = [(b"from", b"x"), (b"to", b"y"), (b"subject", b"z")]
    return per_second(lambda: signer.sign(headers, b"0" * 32, at=1))

"""Handing a Message to the mail server: the one user of flask-mail.

Its connection takes any certificate and waits for ever; ours checks the certificate, waits
MAIL_TIMEOUT_SECONDS for each answer and a minute in all.
"""

from __future__ import annotations

import hashlib
import hmac
import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

import flask_mail
from flask import Flask, current_app

from app import clock
from app.jobs.reasons import Failed
from app.mail import outbox
from app.mail.message import Message, header_text

WHOLE_SECONDS = 60  # for one mail: a server that sends a byte a second would hold a worker for ever


class Refused(Failed):
    """The server will never take this mail: ``code`` is its answer, 500 to 599."""

    def __init__(self, code: int) -> None:
        self.code = code
        super().__init__(f"the mail server refused this mail for good ({code})")


class Away(Failed):
    """The server cannot be reached, or asks us to come again: then ``code`` is its answer, 400 to 499."""

    def __init__(self, words: str, code: int | None = None) -> None:
        self.code = code
        super().__init__(words)


def connect() -> smtplib.SMTP:
    """Return a connection to the mail server, with TLS as it is set, logged in where a name is given."""
    config = current_app.config
    patience = config["MAIL_TIMEOUT_SECONDS"]
    where = (config["MAIL_SERVER"], config["MAIL_PORT"])
    own = urlsplit(config["PUBLIC_URL"]).hostname or "localhost"
    host: smtplib.SMTP
    if config["MAIL_USE_SSL"]:
        context = ssl.create_default_context()
        host = smtplib.SMTP_SSL(*where, local_hostname=own, timeout=patience, context=context)
    else:
        host = smtplib.SMTP(*where, local_hostname=own, timeout=patience)
    try:
        if config["MAIL_USE_TLS"] and not config["MAIL_USE_SSL"]:
            host.starttls(context=ssl.create_default_context())
        if config["MAIL_USERNAME"]:
            host.login(config["MAIL_USERNAME"], config["MAIL_PASSWORD"])
    except BaseException:
        host.close()
        raise
    return host


class Connection(flask_mail.Connection):
    """A connection that checks whom it talks to, and does not wait for ever."""

    def configure_host(self) -> smtplib.SMTP:
        """Connect as the settings say."""
        return connect()

    def __exit__(self, *told: Any) -> None:
        """Take leave; what the server says to that no longer matters."""
        if self.host is not None:
            with suppress(OSError, smtplib.SMTPException):
                self.host.quit()
            self.host.close()


def post(message: Message) -> None:
    """Hand ``message`` to the mail server, or keep it where there is none.

    Raises Refused when the server will never take it, and Away when it may later.
    """
    mail = _mail(message)
    if not current_app.config["MAIL_SERVER"]:
        outbox.keep(mail.as_bytes(), _digest(message.key)[:24])
        return
    try:
        with Connection(current_app.extensions["mail"]) as connection:
            assert connection.host is not None
            with _within(connection.host, WHOLE_SECONDS):
                connection.send(mail, envelope_from=message.return_path)
    except smtplib.SMTPRecipientsRefused as error:
        code = next(iter(error.recipients.values()))[0]
        raise _kind(code) from None
    except smtplib.SMTPResponseException as error:  # also: the login, the sender, the text
        is_ours = isinstance(error, smtplib.SMTPDataError)
        raise _kind(error.smtp_code if is_ours else 0) from None
    except (OSError, smtplib.SMTPException) as error:
        raise Away(f"the mail server cannot be reached: {type(error).__name__}") from None


def greet() -> None:
    """Reach the mail server, and hand it nothing; raise Away when it cannot be reached."""
    if not current_app.config["MAIL_SERVER"]:
        return
    try:
        with Connection(current_app.extensions["mail"]) as connection:
            assert connection.host is not None
            with _within(connection.host, WHOLE_SECONDS):
                connection.host.ehlo_or_helo_if_needed()
    except (OSError, smtplib.SMTPException) as error:
        raise Away(f"the mail server cannot be reached: {type(error).__name__}") from None


class _within:
    """Cut the connection to ``host`` when the block lasts longer than ``seconds``."""

    def __init__(self, host: smtplib.SMTP, seconds: float) -> None:
        self._timer = threading.Timer(seconds, self._cut, (host,))
        self._timer.daemon = True

    @staticmethod
    def _cut(host: smtplib.SMTP) -> None:
        with suppress(OSError, AttributeError):
            host.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]

    def __enter__(self) -> None:
        self._timer.start()

    def __exit__(self, *told: Any) -> None:
        self._timer.cancel()


def _kind(code: int) -> Failed:
    if 500 <= code <= 599:
        return Refused(code)
    return Away(
        f"the mail server asks us to come again ({code or 'without a reason for this mail'})", code or None
    )


def _digest(key: str) -> str:
    secret = b"mail:" + current_app.config["SECRET_KEY"].encode()
    return hmac.new(hashlib.sha256(secret).digest(), key.encode(), hashlib.sha256).hexdigest()


def _mail(message: Message) -> flask_mail.Message:
    name = current_app.config["ORGANISATION"][message.language]
    mail = flask_mail.Message(
        subject=message.subject,
        recipients=[message.to],
        body=message.text,
        html=message.html,
        sender=(header_text(name), header_text(current_app.config["MAIL_SENDER"])),
        date=clock.now().timestamp(),
        charset="utf-8",
        extra_headers={
            "Content-Language": message.language,
            "Auto-Submitted": "auto-generated",
            **message.headers,
        },
    )
    # The same occasion has the same id: a mail that goes out twice is shown once.
    host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
    mail.msgId = f"<{_digest(message.key)[:40]}@{host}>"
    return mail


def init_mail(app: Flask) -> None:
    """Let ``app`` post mails."""
    flask_mail.Mail(app)

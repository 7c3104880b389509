"""Handing many mails over: a connection that stays open, and never keeps anybody waiting.

``smtplib`` opens it (TLS, certificate, log-in), then its socket is ours: whoever drives several of these in one loop
asks ``wants_write``, calls ``moved`` when the socket has something, and is told what became of a mail. The envelope
goes out in one piece where the server offers PIPELINING (RFC 2920), command by command where it does not. The text
follows when the server asked for it, so that a mail whose reader is refused is never carried.

What is known of a mail when a connection breaks is the point of this file: until the last byte of its text was given to
the operating system, the server cannot have taken it; afterwards it may have, and only its answer tells.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import time
from contextlib import suppress
from enum import Enum, auto
from typing import Any, NamedTuple

from app.mail.post import Away, connect

LONGEST_ANSWER = 16_384  # bytes without an end: whatever speaks there is no mail server
WHOLE_SECONDS = 60  # how long the answer to a whole text may take; servers look into it first
_ENHANCED = re.compile(rb"([245]\.\d{1,3}\.\d{1,3})(?=\s|$)")


class Fate(Enum):
    """What became of a mail that was handed to a connection."""

    ACCEPTED = auto()
    LATER = auto()  # the server asks for it to come again
    REFUSED = auto()  # the server will never take it
    UNTOUCHED = auto()  # the connection ended before the server could take it
    IN_DOUBT = auto()  # it ended after the last byte, before the answer
    GONE = auto()  # it was not handed over: there is nothing any more that may be said


class Answer(NamedTuple):
    """What became of a mail: the server's ``code`` (250, 450, 550; 0 without an answer) and enhanced ``status``.

    ``is_about_reader`` says that the server answered so to the reader's address (RCPT): not to ours, nor to the text.
    """

    fate: Fate
    code: int
    status: str
    is_about_reader: bool = False


class Relay:
    """One open connection to the mail server; a mail at a time."""

    def __init__(self, host: smtplib.SMTP, patience: float) -> None:
        assert host.sock is not None
        self._sock: Any = host.sock
        self._sock.setblocking(False)
        with suppress(OSError):
            self._sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._patience = patience
        self.takes_8bit = host.has_extn("8bitmime")
        self.takes_utf8 = host.has_extn("smtputf8")
        self._pipelines = host.has_extn("pipelining")
        self._out = b""
        self._in = b""
        self._commands: list[bytes] = []
        self._awaited: list[bytes] = []
        self._text = b""
        self._failed: Answer | None = None
        self._is_dirty = False
        self._is_text_out = False
        self.is_open = True
        self.is_busy = False
        self.deadline = 0.0

    @classmethod
    def open(cls) -> Relay:
        """Connect as the settings of the running app say; raise Away when that cannot be done now."""
        from flask import current_app

        try:
            host = connect()
            host.ehlo_or_helo_if_needed()
        except smtplib.SMTPResponseException as error:
            raise Away(f"the mail server does not let us in ({error.smtp_code})", error.smtp_code) from None
        except (OSError, smtplib.SMTPException) as error:
            raise Away(f"the mail server cannot be reached: {type(error).__name__}") from None
        return cls(host, float(current_app.config["MAIL_TIMEOUT_SECONDS"]))

    def fileno(self) -> int:
        """Return the socket's number, for a selector."""
        return int(self._sock.fileno())

    @property
    def wants_write(self) -> bool:
        """Whether there are bytes that the socket did not take yet."""
        return bool(self._out)

    def begin(self, sender: str, to: str, text: bytes) -> Answer | None:
        """Hand over one mail: ``text`` is whole, its lines end in CRLF, and none begins with a dot.

        Returns its fate at once when the connection was found closed.
        """
        utf8 = b"" if to.isascii() and sender.isascii() else b" SMTPUTF8"
        body = b" BODY=8BITMIME" if self.takes_8bit else b""
        self._commands = [
            b"MAIL FROM:<" + sender.encode() + b">" + body + utf8,
            b"RCPT TO:<" + to.encode() + b">",
            b"DATA",
        ]
        if self._is_dirty:
            self._commands.insert(0, b"RSET")
        self._text, self._failed = text, None
        self._is_text_out, self._is_dirty, self.is_busy = False, True, True
        self._more_commands()
        return self._write()

    def moved(self) -> Answer | None:
        """Write and read what can be without waiting; return what became of the mail once that is known."""
        return self._write() or self._read()

    def expired(self, at: float) -> Answer | None:
        """Return the mail's fate, and close, when the server has been silent for too long at ``at`` (monotonic)."""
        return self._lost() if self.is_busy and at >= self.deadline else None

    def close(self) -> None:
        """Take leave."""
        if self.is_open:
            self.is_open = False
            with suppress(OSError, ValueError):
                if not self._out and not self.is_busy:
                    self._sock.send(b"QUIT\r\n")
            with suppress(OSError):
                self._sock.close()

    def _more_commands(self) -> None:
        many = len(self._commands) if self._pipelines else 1
        self._awaited, self._commands = self._commands[:many], self._commands[many:]
        self._say(b"".join(command + b"\r\n" for command in self._awaited), self._patience)

    def _say(self, words: bytes, patience: float) -> None:
        self._out += words
        self.deadline = time.monotonic() + patience

    def _write(self) -> Answer | None:
        try:
            while self._out:
                sent = self._sock.send(self._out)
                self._out = self._out[sent:]
        except (BlockingIOError, ssl.SSLWantWriteError, ssl.SSLWantReadError):
            return None
        except OSError:
            return self._lost()
        return None

    def _read(self) -> Answer | None:
        while True:
            try:
                came = self._sock.recv(65_536)
            except (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError):
                return None
            except OSError:
                return self._lost()
            if not came:
                return self._lost()
            self._in += came
            while (reply := self._reply()) is not None:
                if (answer := self._heard(*reply)) is not None:
                    return answer
            if len(self._in) > LONGEST_ANSWER:
                return self._lost()

    def _reply(self) -> tuple[int, str] | None:
        """Return the next whole answer that came in, and take it away: its code and enhanced status (RFC 3463)."""
        begins = 0
        while (ends := self._in.find(b"\n", begins)) >= 0:
            line = self._in[begins:ends]
            begins = ends + 1
            if line[3:4] != b"-":
                self._in = self._in[begins:]
                if not line[:3].isdigit():
                    return 0, ""
                found = _ENHANCED.match(line[4:].strip())
                return int(line[:3]), found.group(1).decode() if found else ""
        return None

    def _heard(self, code: int, status: str) -> Answer | None:
        if not self.is_busy:  # a server that takes leave by itself
            return self._lost()
        if code == 421 or not 200 <= code <= 599:
            return self._lost(code, status)
        if self._is_text_out:
            self._is_dirty = False
            return self._settled(Answer(_fate(code), code, status))
        command = self._awaited.pop(0) if self._awaited else b""
        if command == b"DATA" and code == 354:
            return self._asked_for_text()
        if not command:  # the end of a text that nobody was to get
            return self._settled(self._failed or Answer(_fate(code), code, status))
        is_good = 200 <= code <= 299 and command != b"DATA"
        if not is_good and command != b"RSET" and self._failed is None:
            fate = _fate(code) if code >= 400 else Fate.LATER
            self._failed = Answer(fate, code, status, is_about_reader=command.startswith(b"RCPT "))
        if self._awaited:
            return None
        if self._failed is not None:
            self._commands = []
            return self._settled(self._failed)
        self._more_commands()
        return self._write()

    def _asked_for_text(self) -> Answer | None:
        if self._failed is not None:  # it asks although it refused the reader: send nothing
            self._say(b".\r\n", self._patience)
            return self._write()
        # Written down as handed over before the last byte can leave, and not after: see the top of this file.
        self._is_text_out = True
        self._say(self._text + b".\r\n", max(WHOLE_SECONDS, self._patience))
        return self._write()

    def _lost(self, code: int = 0, status: str = "") -> Answer | None:
        was_busy, is_whole = self.is_busy, self._is_text_out and not self._out
        self.is_open = self.is_busy = False
        with suppress(OSError):
            self._sock.close()
        if not was_busy:
            return None
        if code and is_whole:  # it said so instead of taking the text
            return Answer(Fate.LATER, code, status)
        return Answer(Fate.IN_DOUBT if is_whole else Fate.UNTOUCHED, code, status)

    def _settled(self, answer: Answer) -> Answer:
        self.is_busy, self._text = False, b""
        return answer


def _fate(code: int) -> Fate:
    if 200 <= code <= 299:
        return Fate.ACCEPTED
    return Fate.REFUSED if code >= 500 else Fate.LATER

"""A real mail server for tests, on a port of this machine: it keeps what it is handed, and answers as it is told."""

from __future__ import annotations

import asyncio
import socket
import ssl
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope


class MailServer:
    """A running server. ``refusing`` maps an address to the answer it gets, ``on_data`` is the answer to a text."""

    def __init__(self, *, tls: ssl.SSLContext | None = None, password: str | None = None) -> None:
        self.envelopes: list[Envelope] = []
        self.refusing: dict[str, str] = {}
        self.on_data = "250 kept"
        self.data_seconds = 0.0
        known: dict[str, Any] = {"tls_context": tls, "require_starttls": tls is not None}
        if password is not None:
            known |= {"auth_required": True, "authenticator": lambda *told: self._known(told[-1], password)}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port, **known)

    @staticmethod
    def _known(told: Any, password: str) -> AuthResult:
        return AuthResult(success=told.password.decode() == password)

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take an address, or refuse it."""
        if answer := self.refusing.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Envelope) -> str:
        """Keep a text."""
        if self.data_seconds:
            await asyncio.sleep(self.data_seconds)
        if self.on_data.startswith("250"):
            self.envelopes.append(envelope)
        return self.on_data

    @property
    def mails(self) -> list[EmailMessage]:
        """What was kept, as a reader's program would see it."""
        return [
            message_from_bytes(each.original_content or b"", policy=policy.default)  # type: ignore[misc]
            for each in self.envelopes
        ]

    def start(self) -> MailServer:
        """Listen."""
        self._controller.start()
        return self

    def stop(self) -> None:
        """Listen no more."""
        self._controller.stop(no_assert=True)

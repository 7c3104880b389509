"""A mail server that only counts: quick enough to measure beside, and as difficult as it is told to be.

It runs as a process of its own, speaks ESMTP with PIPELINING, and notes the Message-ID and the reader of each text that
it took, in a file, before it says so. ``Sink`` is it, seen from a test or a measurement.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import socket
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.waiting import until

_ID = re.compile(rb"^message-id:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)


class Connection(asyncio.Protocol):
    """One client. ``options.drop_every`` n: each n-th text is taken and never answered; ``bye_every``: answered 421
    instead of the envelope; ``greylist``: each reader is told 450 once; ``delay``: seconds for each text;
    ``no_sender``: nobody may write from our address.
    """

    texts = envelopes = 0
    seen: set[bytes] = set()

    def __init__(self, options: argparse.Namespace, kept: object) -> None:
        self.options, self.kept = options, kept
        self.buffer, self.is_text, self.reader, self.waits = bytearray(), False, b"", False
        self.is_refused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Greet."""
        self.transport = transport
        self.transport.write(b"220 sink\r\n")  # type: ignore[attr-defined]

    def data_received(self, data: bytes) -> None:
        """Answer."""
        self.buffer += data
        self.go_on()

    def go_on(self) -> None:
        """Read what is there, unless an answer is being waited for."""
        out = bytearray()
        while not self.waits:
            if self.is_text:
                end = self.buffer.find(b"\r\n.\r\n")
                if end < 0:
                    break
                text, self.buffer = bytes(self.buffer[:end]), self.buffer[end + 5 :]
                self.is_text = False
                Connection.texts += 1
                found = _ID.search(text[:4000])
                self.kept.write(b"%s %s\n" % (found[1] if found else b"-", self.reader))  # type: ignore[attr-defined]
                if self.options.drop_every and Connection.texts % self.options.drop_every == 0:
                    self.transport.abort()  # type: ignore[attr-defined]
                    return
                if self.options.delay:
                    self.waits = True
                    asyncio.get_running_loop().call_later(self.options.delay, self.answer)
                    break
                out += b"250 2.0.0 kept\r\n"
                continue
            end = self.buffer.find(b"\r\n")
            if end < 0:
                break
            line, self.buffer = bytes(self.buffer[:end]), self.buffer[end + 2 :]
            out += self.reply(line)
        if out:
            self.transport.write(bytes(out))  # type: ignore[attr-defined]

    def answer(self) -> None:
        """Say that a text was kept, after a while."""
        self.waits = False
        if not self.transport.is_closing():
            self.transport.write(b"250 2.0.0 kept\r\n")  # type: ignore[attr-defined]
            self.go_on()

    def reply(self, line: bytes) -> bytes:
        """Return the answer to a command."""
        word = line[:4].upper()
        if word == b"EHLO":
            more = b"" if self.options.plain else b"250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n"
            return b"250-sink\r\n" + more + b"250 ENHANCEDSTATUSCODES\r\n"
        if word == b"MAIL":
            Connection.envelopes += 1
            if self.options.bye_every and Connection.envelopes % self.options.bye_every == 0:
                asyncio.get_running_loop().call_later(0.01, self.transport.close)
                return b"421 4.3.2 come again\r\n"
            self.is_refused = self.options.no_sender
            if self.is_refused:
                return b"550 we do not know you\r\n"
            return b"250 2.1.0 fine\r\n"
        if word == b"RCPT" and self.is_refused:
            return b"503 5.5.1 nobody who writes\r\n"
        if word == b"RCPT":
            self.reader = line[8:].strip().strip(b"<>")
            self.is_refused = True
            if self.reader.startswith(b"nobody"):
                return b"550 5.1.1 no such reader\r\n"
            if self.options.greylist and self.reader not in Connection.seen:
                Connection.seen.add(self.reader)
                return b"450 4.7.1 come again\r\n"
            self.is_refused = False
            return b"250 2.1.5 fine\r\n"
        if word == b"DATA":
            if self.is_refused:
                return b"503 5.5.1 nobody to write to\r\n"
            self.is_text = True
            return b"354 go on\r\n"
        if word == b"QUIT":
            asyncio.get_running_loop().call_soon(self.transport.close)
            return b"221 2.0.0 bye\r\n"
        return b"250 2.0.0 fine\r\n"


class Sink:
    """A running sink; ``options`` are those of the command."""

    def __init__(self, *options: str) -> None:
        self.file = Path(tempfile.mkdtemp(prefix="sink-")) / "taken"
        self.file.touch()
        self.options = options
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()

    def start(self) -> None:
        """Listen, at the same port each time."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.sink", str(self.port), str(self.file), *self.options],
            cwd=Path(__file__).resolve().parent.parent,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(self._listens, what="the sink")

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError:
            return False
        return True

    def taken(self) -> list[tuple[str, str]]:
        """Return the Message-ID and the reader of each text that was taken, in their order."""
        lines = self.file.read_text(encoding="utf-8").splitlines()
        return [(line.split(" ", 1)[0], line.split(" ", 1)[1]) for line in lines if " " in line]

    def count(self) -> int:
        """Return how many texts were taken."""
        with self.file.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))

    def readers(self) -> Counter[str]:
        """Return how many texts each reader got."""
        return Counter(reader for _message, reader in self.taken())

    def stop(self) -> None:
        """Listen no more."""
        self.process.terminate()
        self.process.wait()


async def _listen(options: argparse.Namespace) -> None:
    with open(options.file, "ab", buffering=0) as kept:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Connection(options, kept), "127.0.0.1", options.port)
        async with server:
            await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("file")
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--drop-every", type=int, default=0)
    parser.add_argument("--bye-every", type=int, default=0)
    parser.add_argument("--greylist", action="store_true")
    parser.add_argument("--no-sender", action="store_true")
    parser.add_argument("--plain", action="store_true")
    asyncio.run(_listen(parser.parse_args()))

"""The one user of argon2: hashes in this process, or in one beside it that steps back for everybody else.

A hash takes a core for 150 ms. A web process has pages to serve, so it lets another process do that, with a low claim
to a core, but all of it when nobody else wants it. This file is run for that (``main``), and imports nothing of the
newsroom's: it is there in a tenth of a second, and takes 15 MiB, and 64 more while it hashes.

It is in a session of its own: Linux lets sessions share the cores like people, whatever is in them, so that in ours it
would have spent what pages then had to wait for. Turned down: a thread that steps back. Whoever gives it the
interpreter's lock waits until it has had a turn.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

STEP_BACK = 7  # of 19: a sixth of a core that others want


class Here:
    """Hashes in the process and the thread that ask."""

    def __init__(self, *, time_cost: int, memory_cost: int) -> None:
        self.cost = {"time_cost": time_cost, "memory_cost": memory_cost}
        self._hasher = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_cost, parallelism=1, type=Type.ID
        )
        salt, digest = (
            base64.b64encode(secrets.token_bytes(size)).rstrip(b"=").decode() for size in (16, 32)
        )
        self.of_nobody = f"$argon2id$v=19$m={memory_cost},t={time_cost},p=1${salt}${digest}"

    def hash(self, password: str) -> str:
        """Return what to keep of ``password``."""
        return self._hasher.hash(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Say whether ``kept`` was made of ``password``; as much work is done without anything kept."""
        try:
            return self._hasher.verify(kept or self.of_nobody, password)
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, kept: str) -> bool:
        """Say whether ``kept`` was made more cheaply than we make them now."""
        return self._hasher.check_needs_rehash(kept)


class Aside(Here):
    """Hashes in processes beside this one: as many as are asked at a time, started when they are first needed."""

    def __init__(self, *, time_cost: int, memory_cost: int) -> None:
        super().__init__(time_cost=time_cost, memory_cost=memory_cost)
        self._resting: list[Beside] = []
        self._turn = Lock()

    def hash(self, password: str) -> str:
        """Return what to keep of ``password``."""
        return self._ask(password)

    def matches(self, kept: str | None, password: str) -> bool:
        """Say whether ``kept`` was made of ``password``; as much work is done without anything kept."""
        return self._ask(password, kept=kept or self.of_nobody)

    def _ask(self, password: str, **more: str) -> Any:
        with self._turn:
            beside = self._resting.pop() if self._resting else Beside()
        try:
            return beside.ask(self.cost | {"password": password} | more)
        finally:
            with self._turn:
                self._resting.append(beside)


class Beside:
    """One process that hashes. It ends with this one, however that ends: then nobody holds its input open."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None

    def ask(self, question: dict[str, Any]) -> Any:
        """Return the answer to ``question``. A process that was killed is replaced, once."""
        try:
            return self._once(question)
        except (OSError, EOFError):
            self.end()
            return self._once(question)

    def end(self) -> None:
        """End the process."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                with suppress(OSError):
                    pipe.close()  # type: ignore[union-attr]
            self.process = None

    def _once(self, question: dict[str, Any]) -> Any:
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-P", str(Path(__file__).resolve())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
                env={},  # it needs nothing of ours, and gets none of our secrets
            )
        to, back = self.process.stdin, self.process.stdout
        assert to is not None
        assert back is not None
        to.write(json.dumps(question).encode() + b"\n")
        to.flush()
        line = back.readline()
        if not line:
            raise EOFError
        return json.loads(line)


def main() -> None:
    """Answer one question a line, until nobody can ask any more."""
    os.nice(STEP_BACK)
    with suppress(
        OSError
    ):  # sessions share the cores among themselves, where Linux is told so: ours steps back, too
        Path("/proc/self/autogroup").write_text(str(STEP_BACK))
    hashers: dict[tuple[int, int], Here] = {}
    for line in sys.stdin.buffer:
        asked = json.loads(line)
        cost = asked["time_cost"], asked["memory_cost"]
        here = hashers.setdefault(cost, Here(time_cost=cost[0], memory_cost=cost[1]))
        kept = asked.get("kept")
        answer = here.hash(asked["password"]) if kept is None else here.matches(kept, asked["password"])
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()

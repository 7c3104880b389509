"""A newsroom for the length of a bench: its folder, its settings, its rows; gone when the block ends."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = (
    "DATABASE_URL",
    "REDIS_URL",
    "PAGE_CACHE_MB",
    "SHARED_CACHE_SECONDS",
    "TRUSTED_PROXIES",
    "ALLOWED_HOSTS",
)


@contextmanager
def filled(
    releases: int, *, languages: str = "fr,en,uk", words: int = 350, database: str = ""
) -> Iterator[dict[str, str]]:
    """Yield the settings of a newsroom with ``releases`` releases, each in ``languages``.

    It is in a temporary folder and on SQLite, unless ``database`` or else BENCH_DATABASE_URL names an empty
    PostgreSQL database. Settings of this machine's own newsroom are kept out.
    """
    for name in SETTINGS:
        os.environ.pop(name, None)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        environ = {
            "INSTANCE_DIR": folder,
            "MODE": "production",
            "MAIL_SERVER": "127.0.0.1",
            "SECRET_KEY": secrets.token_hex(32),
            "PUBLIC_URL": "http://127.0.0.1:8000",
            "DATABASE_URL": database or os.environ.get("BENCH_DATABASE_URL", ""),
        }
        run(environ, "-m", "flask", "--app", "wsgi", "db", "upgrade")
        run(environ, "-m", "bench.fill", str(releases), languages, str(words))
        yield environ


def run(environ: dict[str, str], *words: str) -> str:
    """Run Python with ``words`` in the newsroom of ``environ``; return what it printed."""
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=os.environ | environ, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout

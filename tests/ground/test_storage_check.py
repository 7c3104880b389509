"""`flask storage check`: what is missing, what nobody knows, what is not as it was; the same on disk and in a bucket."""

from __future__ import annotations

import io
import json
import os
import secrets
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.storage import check as checking
from app.storage.check import Expected, keeps, look_through
from app.storage.cli import storage
from app.storage.contract import Away
from app.storage.disk import Disk
from app.storage.keeping import keep
from app.storage.store import store
from tests.ground.test_storage import files, in_bucket  # noqa: F401 (a fixture)


@pytest.fixture
def expected(app: Flask, files, monkeypatch, frozen):  # noqa: F811
    """What one room counts on in a folder of its own: files are added to this list."""
    frozen.at = datetime.now(UTC) + timedelta(seconds=5)  # files have the hour of the machine
    monkeypatch.setitem(app.extensions, "store", files)
    monkeypatch.setattr(checking, "FOLDERS", {})
    known: list[Expected] = []
    folder = f"masters/{secrets.token_hex(4)}/"
    keeps(folder, lambda: known)
    return known, folder


def put(known, key, data=b"0123456789", **facts):
    store().put(key, data)
    known.append(Expected(key, **facts))


def ask(app: Flask, *words):
    answer = app.test_cli_runner().invoke(storage, ["check", *words])
    return answer.exit_code, answer.output


def test_a_whole_store_is_called_whole(app: Flask, expected):
    known, folder = expected
    put(known, f"{folder}a.mp4", size=10)
    code, said = ask(app, "--checksums")
    assert code == 0, said
    assert "1 files, 10 bytes: 0 missing, 0 altered, 0 orphaned, 0 half written." in said


def test_what_is_missing_orphaned_or_altered_is_found(app: Flask, expected):
    known, folder = expected
    put(known, f"{folder}cut.mp4", size=11)
    known.append(Expected(f"{folder}gone.mp4"))
    store().put(f"{folder}stray.mp4", b"x")
    code, said = ask(app, "--grace-hours", "0")
    assert code == 1
    assert said.splitlines()[:-1] == [
        f"Missing: {folder}gone.mp4", f"Altered: {folder}cut.mp4", f"Orphaned: {folder}stray.mp4",
    ]  # fmt: skip
    code, said = ask(app, "--grace-hours", "0", "--json")
    assert code == 1
    assert json.loads(said) == {
        "files": 2, "bytes": 11, "missing": [f"{folder}gone.mp4"], "altered": [f"{folder}cut.mp4"],
        "orphaned": [f"{folder}stray.mp4"], "halves": [],
    }  # fmt: skip


def test_a_young_file_is_no_orphan_yet(expected, app: Flask):
    _known, folder = expected
    store().put(f"{folder}stray.mp4", b"x")
    [young] = store().kept(folder)
    at = datetime.fromtimestamp(young.since, tz=UTC)
    assert look_through(store(), at=at + timedelta(hours=23)).is_well
    assert look_through(store(), at=at + timedelta(hours=25)).orphaned == [f"{folder}stray.mp4"]


def test_an_altered_byte_is_found_by_checksums_alone(app: Flask, expected, monkeypatch):
    known, folder = expected
    kept = keep(io.BytesIO(b"the first content"), folder.rstrip("/"), "mp4")
    known.append(Expected(kept.key, kept.size))  # its name tells the checksum
    store().put(kept.key, b"THE first content")
    put(known, f"{folder}b.mp4", sha256="0" * 64)
    assert ask(app)[0] == 0
    code, said = ask(app, "--checksums")
    assert code == 1
    assert f"Altered: {kept.key}" in said
    assert f"Altered: {folder}b.mp4" in said


def test_what_was_half_written_is_found_on_a_disk(app: Flask, expected):
    known, folder = expected
    if not isinstance(store(), Disk):
        return
    put(known, f"{folder}a.mp4")
    half = store().path(f"{folder}a.mp4").with_name(".a.mp4.1234")
    half.write_bytes(b"012")
    assert ask(app)[0] == 0
    os.utime(half, (0, 0))
    assert ask(app)[1].startswith(f"Half written: {folder}.a.mp4.1234")


def test_a_store_that_is_away_is_no_store_that_is_empty(app: Flask, expected, monkeypatch):
    def away(_prefix):
        raise Away("gone fishing")

    monkeypatch.setattr(store(), "kept", away)
    code, said = ask(app)
    assert code == 2
    assert "does not answer" in said

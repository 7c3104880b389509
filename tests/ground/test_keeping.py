"""Files that their content names: whole or not there, each once; and a disk that is to keep some room."""

from __future__ import annotations

import hashlib
import io
import secrets
import shutil

import pytest
from flask import Flask

from app.storage import disk, keeping
from app.storage.contract import Full
from app.storage.keeping import NoRoom, check_room, keep, keep_path, room, staging
from app.storage.store import store
from tests.ground.test_storage import files, in_bucket  # noqa: F401 (a fixture)

pytestmark = pytest.mark.usefixtures("stored")


@pytest.fixture
def stored(app: Flask, files, monkeypatch):  # noqa: F811
    """A newsroom with a store of each kind, in which nothing is half written yet."""
    shutil.rmtree(staging())  # a worker that a test has killed leaves halves there for the sweep
    monkeypatch.setitem(app.extensions, "store", files)


def left_over() -> list:
    """What is in the staging folder."""
    return [path for path in staging().iterdir() if path.name.startswith(keeping.HALF)]


def test_what_is_kept_is_named_by_what_it_holds():
    film = secrets.token_bytes(1000) * 3000
    digest = hashlib.sha256(film).hexdigest()
    kept = keep(io.BytesIO(film), "masters", "mp4")
    assert kept == (f"masters/{digest[:2]}/{digest}.mp4", digest, len(film))
    with store().open(kept.key) as file:
        assert file.read() == film
    assert left_over() == []


def test_the_same_content_is_written_once(monkeypatch):
    film = secrets.token_bytes(100)
    first = keep(io.BytesIO(film), "masters", "mp4")
    monkeypatch.setattr(store(), "take", None)  # whoever wrote now would fail
    assert keep(io.BytesIO(film), "masters", "mp4") == first
    assert left_over() == []


def test_what_is_there_with_another_size_is_written_again():
    film = secrets.token_bytes(100)
    kept = keep(io.BytesIO(film), "masters", "mp4")
    store().put(kept.key, film[:50])  # cut off, by whatever went wrong
    keep(io.BytesIO(film), "masters", "mp4")
    assert store().size(kept.key) == 100


def test_a_file_of_this_machine_is_kept_without_reading_it_again(tmp_path, monkeypatch):
    film = secrets.token_bytes(100)
    (tmp_path / "film").write_bytes(film)
    monkeypatch.setattr(keeping, "digest_of", None)
    digest = hashlib.sha256(film).hexdigest()
    assert keep_path(tmp_path / "film", "masters", sha256=digest).key == f"masters/{digest[:2]}/{digest}"
    assert not (tmp_path / "film").exists()


def test_a_disk_that_fills_up_leaves_nothing_half_written():
    class Filling(io.BytesIO):
        def read(self, size=-1):
            block = super().read(10)
            if not block:
                raise OSError(28, "No space left on device")
            return block

    with pytest.raises(Full):
        keep(Filling(b"x" * 25), "masters", "mp4")
    assert left_over() == []


def test_some_of_the_disk_stays_free(app: Flask, monkeypatch):
    free = disk.shutil.disk_usage(staging()).free
    monkeypatch.setitem(app.config, "MIN_FREE_GB", 0)
    assert abs(room() - free) < 1024**3
    check_room(1)
    monkeypatch.setitem(app.config, "MIN_FREE_GB", free // 1000**3 + 1)
    with pytest.raises(NoRoom, match="no room left"):
        check_room(1)

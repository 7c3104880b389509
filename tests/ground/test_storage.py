"""Files by key: whole or not there, and never outside of their folder."""

from __future__ import annotations

import os
import stat

import pytest

from app.storage import disk
from app.storage.disk import Disk

KEY = "pictures/0123456789abcdef/640.jpg"


@pytest.fixture
def kept(tmp_path):
    """A store in a folder that is not there yet."""
    return Disk(tmp_path / "files")


def files(kept):
    """Return every file below the store, the hidden ones too."""
    return [path for path in kept.folder.rglob("*") if path.is_file()]


def test_what_was_put_is_there(kept):
    kept.put(KEY, b"picture")
    assert kept.path(KEY).read_bytes() == b"picture"
    assert files(kept) == [kept.folder / KEY]


def test_what_was_never_put_is_not(kept):
    assert kept.path(KEY) is None
    kept.put(KEY, b"picture")
    assert kept.path("pictures/0123456789abcdef") is None
    assert kept.path("pictures/0123456789abcdef/320.jpg") is None


def test_put_again_is_replaced_whole(kept):
    kept.put(KEY, b"first")
    with kept.path(KEY).open("rb") as reading:
        kept.put(KEY, b"second, and longer")
        assert reading.read() == b"first"
    assert kept.path(KEY).read_bytes() == b"second, and longer"


@pytest.mark.parametrize("fails", ["write_bytes", "replace"])
def test_a_full_disk_leaves_what_was_there_and_nothing_half_written(kept, monkeypatch, fails):
    kept.put(KEY, b"first")

    def full(*_args):
        raise OSError(28, "No space left on device")

    if fails == "replace":
        monkeypatch.setattr(disk.os, "replace", full)
    else:

        def half(path, content):
            with path.open("wb") as file:
                file.write(content[:3])
            full()

        monkeypatch.setattr(disk.Path, "write_bytes", half)
    with pytest.raises(OSError, match="No space"):
        kept.put(KEY, b"second")
    monkeypatch.undo()
    assert kept.path(KEY).read_bytes() == b"first"
    assert files(kept) == [kept.folder / KEY]


@pytest.mark.parametrize(
    "key",
    [
        "", "/", "pictures", "pictures/", "/etc/hostname", "../files/x", "pictures/../x", "pictures/./x", "pictures//x",
        "pictures/a/..", "pictures/a\\b", "pictures/a\x00", "pictures/a\n", "pictures/A.jpg", "pictures/é", "pictures/a.b.c",
        "pictures/.hidden", "pictures/a.", "C:/x", "pictures/%2e%2e/x", "~/x",
    ],
)  # fmt: skip
def test_what_is_no_key_of_ours_reaches_no_file(kept, key):
    with pytest.raises(ValueError, match="not a key of ours"):
        kept.put(key, b"x")
    with pytest.raises(ValueError, match="not a key of ours"):
        kept.path(key)
    assert not kept.folder.exists() or files(kept) == []


def test_files_of_the_newsroom_are_below_its_folder(app):
    with app.app_context():
        store = disk.store()
    assert store.folder == app.config["INSTANCE_DIR"] / "files"
    assert stat.S_ISDIR(os.stat(app.config["INSTANCE_DIR"]).st_mode)

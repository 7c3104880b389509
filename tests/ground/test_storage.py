"""Files by key: whole or not there, and never outside of their place; on disk and in a bucket alike."""

from __future__ import annotations

import io
import os
import secrets
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.exceptions import EndpointConnectionError
from flask import Flask

from app.storage import disk
from app.storage.contract import Away, Full
from app.storage.disk import Disk
from app.storage.s3 import Bucket
from app.storage.store import store
from app.text.filenames import disposition
from tests import servers

BAD_KEYS = [
    "", "/", "pictures", "pictures/", "/etc/hostname", "../files/x", "pictures/../x", "pictures/./x", "pictures//x",
    "pictures/a/..", "pictures/a\\b", "pictures/a\x00", "pictures/a\n", "pictures/A.jpg", "pictures/é", "pictures/a.b.c",
    "pictures/.hidden", "pictures/a.", "C:/x", "pictures/%2e%2e/x", "~/x",
]  # fmt: skip


def in_bucket(**known: Any) -> Bucket:
    """The bucket that tests share, or one that ``known`` describes otherwise."""
    server = servers.bucket()
    settings = {
        "endpoint": server.endpoint, "region": "us-east-1",
        "access_key": server.access_key, "secret_key": server.secret_key,
    }  # fmt: skip
    return Bucket(server.bucket, **(settings | known))


@pytest.fixture(params=["disk", "bucket"])
def files(request, tmp_path):
    """A store of each kind; that on disk in a folder that is not there yet."""
    return Disk(tmp_path / "files") if request.param == "disk" else in_bucket()


@pytest.fixture
def key():
    """A key that no other test has."""
    return f"pictures/{secrets.token_hex(16)}/640.jpg"


def content(files, key):
    with files.open(key) as file:
        return file.read()


def test_what_was_put_is_there(files, key):
    files.put(key, b"picture")
    assert (content(files, key), files.size(key)) == (b"picture", 7)


def test_an_open_file_is_kept_to_its_end(files, key):
    large = secrets.token_bytes(1000) * 9000  # more than one part of an upload
    files.put(key, io.BytesIO(large))
    assert files.size(key) == len(large)
    assert content(files, key) == large


def test_a_file_is_read_from_anywhere_in_it(files, key):
    large = bytes(range(256)) * 8192
    files.put(key, large)
    with files.open(key) as file:
        assert file.seek(0, 2) == len(large)
        assert file.read() == b""
        file.seek(1_000_003)
        assert file.read(5) == large[1_000_003:1_000_008]
        file.seek(-3, 2)
        assert file.read() == large[-3:]
        file.seek(0)
        assert file.read(4) == large[:4]


def test_what_was_never_put_is_not(files, key):
    assert (files.open(key), files.size(key)) == (None, None)
    files.put(key, b"picture")
    folder = key.rpartition("/")[0]
    assert (files.open(folder), files.open(f"{folder}/320.jpg")) == (None, None)


def test_put_again_is_replaced_whole(files, key):
    files.put(key, b"first")
    files.put(key, b"second, and longer")
    assert content(files, key) == b"second, and longer"


def test_what_was_taken_away_is_gone_and_may_be_taken_away_again(files, key):
    files.put(key, b"picture")
    files.delete(key)
    files.delete(key)
    assert files.open(key) is None


def test_what_is_kept_can_be_listed(files, key):
    folder = key.rpartition("/")[0] + "/"
    assert list(files.kept(folder)) == []
    for name, size in (("b.jpg", 2), ("a.jpg", 1)):
        files.put(folder + name, b"x" * size)
    assert [each[:2] for each in files.kept(folder)] == [(f"{folder}a.jpg", 1), (f"{folder}b.jpg", 2)]
    assert all(abs(each.since - time.time()) < 60 for each in files.kept(folder))


def test_what_vanishes_while_it_is_listed_is_left_out(tmp_path):
    files = Disk(tmp_path)
    for name in ("b/one.jpg", "c/two.jpg"):
        files.put(f"pictures/{name}", b"x")
        (tmp_path / "pictures" / name).with_name(".half").write_bytes(b"x")
    listed, begun = files.kept("pictures/"), files.halves("pictures/")
    assert next(listed).key == "pictures/b/one.jpg"
    next(begun)
    shutil.rmtree(tmp_path / "pictures" / "c")
    assert list(listed) == list(begun) == []


def test_a_file_of_this_machine_is_taken_over(files, key, tmp_path):
    mine = tmp_path / "mine"
    large = secrets.token_bytes(1000) * 40_000  # more than one part
    mine.write_bytes(large)
    files.take(mine, key)
    assert content(files, key) == large
    assert not mine.exists()


def test_a_file_can_be_had_as_one_on_this_machine_for_a_while(files, key):
    files.put(key, b"a film")
    with files.local(key) as path:
        assert path.read_bytes() == b"a film"
        assert path.suffix == ".jpg"
    assert path.exists() is isinstance(files, Disk)
    assert content(files, key) == b"a film"


def test_a_file_that_is_not_there_cannot_be_had_on_this_machine(files, key):
    with pytest.raises(FileNotFoundError), files.local(key):
        pass


def test_only_a_bucket_gives_addresses_of_its_own(files, key):
    files.put(key, b"a film")
    said = disposition("Фільм é.mp4")
    address = files.signed(key, seconds=60, disposition=said, mimetype="video/mp4")
    if isinstance(files, Disk):
        assert address is None
        return
    with urllib.request.urlopen(address) as answer:
        assert answer.read() == b"a film"
    assert parse_qs(urlsplit(address).query)["response-content-disposition"] == [said]
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(address.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"))


@pytest.mark.parametrize("bad", BAD_KEYS)
def test_what_is_no_key_of_ours_reaches_no_file(files, bad):
    for reach in (
        lambda: files.put(bad, b"x"),
        lambda: files.open(bad),
        lambda: files.size(bad),
        lambda: files.delete(bad),
    ):
        with pytest.raises(ValueError, match="not a key of ours"):
            reach()


# On disk


@pytest.mark.parametrize("fails", ["write", "replace"])
def test_a_full_disk_leaves_what_was_there_and_nothing_half_written(tmp_path, key, monkeypatch, fails):
    files = Disk(tmp_path / "files")
    files.put(key, b"first")

    def full(*_args):
        raise OSError(28, "No space left on device")

    def half(source, file, _block):
        file.write(source.read(3))
        full()

    if fails == "replace":
        monkeypatch.setattr(disk.os, "replace", full)
    else:
        monkeypatch.setattr(disk.shutil, "copyfileobj", half)
    with pytest.raises(Full, match="No space"):
        files.put(key, b"second")
    assert content(files, key) == b"first"
    assert [path for path in files.folder.rglob("*") if path.is_file()] == [files.path(key)]


def test_a_file_from_another_disk_is_copied_and_then_taken_away(tmp_path, key, monkeypatch):
    files, mine = Disk(tmp_path / "files"), tmp_path / "mine"
    mine.write_bytes(b"a film")
    replace = os.replace

    def far(source, target):
        if source == mine:
            raise OSError(18, "Invalid cross-device link")
        replace(source, target)

    monkeypatch.setattr(disk.os, "replace", far)
    files.take(mine, key)
    assert content(files, key) == b"a film"
    assert not mine.exists()


def test_a_disk_that_is_gone_is_away(tmp_path, key):
    (tmp_path / "files").write_bytes(b"not a folder any more")
    files = Disk(tmp_path / "files")
    assert files.open(key) is None
    with pytest.raises(Away, match="the disk did not do it"):
        files.put(key, b"x")


def test_a_disk_that_fails_while_it_is_asked_is_away(tmp_path, key, monkeypatch):
    files = Disk(tmp_path / "files")
    files.put(key, b"x")

    def broken(*_args, **_known):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(Away, match="Input/output"):
        files.open(key)


def test_who_reads_a_file_while_it_is_replaced_reads_the_former(tmp_path, key):
    files = Disk(tmp_path / "files")
    files.put(key, b"first")
    with files.open(key) as reading:
        files.put(key, b"second, and longer")
        assert reading.read() == b"first"


def test_files_of_the_newsroom_are_below_its_folder(app: Flask) -> None:
    assert (
        store().path("pictures/0/1.jpg")
        == Path(app.config["INSTANCE_DIR"]) / "files" / "pictures" / "0" / "1.jpg"
    )


# In a bucket


def test_a_bucket_that_refuses_us_is_away(key):
    stranger = in_bucket(secret_key="another secret, of the same length")
    for ask in (
        lambda: stranger.put(key, b"x"),
        lambda: stranger.size(key),
        lambda: list(stranger.kept("pictures/")),
    ):
        with pytest.raises(Away, match=r"refuses us|did not take"):
            ask()


def test_a_bucket_that_ends_in_the_middle_of_a_file_is_away(key, tmp_path):
    server = servers.BucketServer()
    files = in_bucket(endpoint=server.endpoint, near=tmp_path)
    files.put(key, secrets.token_bytes(1000) * 20_000)
    with files.open(key) as file:
        file.read(1)
        server.stop()
        file.seek(19_000_000)
        with pytest.raises(Away):
            file.read()
    with pytest.raises(Away), files.local(key):
        pass
    with pytest.raises(Away):
        files.put(key, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_bucket_that_cannot_be_reached_is_away(key, monkeypatch):
    files = in_bucket()

    def unreachable(**_known):
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1")

    monkeypatch.setattr(files._s3, "head_object", unreachable)
    with pytest.raises(Away, match="cannot be reached"):
        files.open(key)


def test_a_newsroom_with_a_bucket_keeps_its_files_there(app: Flask, key, monkeypatch) -> None:
    server = servers.bucket()
    settings = {
        "S3_BUCKET": server.bucket, "S3_ENDPOINT": server.endpoint, "S3_REGION": "us-east-1",
        "S3_ACCESS_KEY": server.access_key, "S3_SECRET_KEY": server.secret_key,
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setitem(app.config, name, value)
    monkeypatch.delitem(app.extensions, "store", raising=False)
    store().put(key, b"picture")
    assert (server.folder / server.bucket / key).read_bytes() == b"picture"
    monkeypatch.delitem(app.extensions, "store")

"""Files by key: whole or not there, and never outside of their place; on disk and in a bucket alike."""

from __future__ import annotations

import io
import secrets
from pathlib import Path

import pytest
from botocore.exceptions import EndpointConnectionError
from flask import Flask
from flask.testing import FlaskClient

from app.storage import disk
from app.storage.contract import Away, Kept
from app.storage.disk import Disk
from app.storage.s3 import Bucket
from app.storage.serving import give
from app.storage.store import store
from tests import servers

BAD_KEYS = [
    "", "/", "pictures", "pictures/", "/etc/hostname", "../files/x", "pictures/../x", "pictures/./x", "pictures//x",
    "pictures/a/..", "pictures/a\\b", "pictures/a\x00", "pictures/a\n", "pictures/A.jpg", "pictures/é", "pictures/a.b.c",
    "pictures/.hidden", "pictures/a.", "C:/x", "pictures/%2e%2e/x", "~/x",
]  # fmt: skip


def in_bucket(**known: str) -> Bucket:
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
    assert list(files.kept(folder)) == [Kept(f"{folder}a.jpg", 1), Kept(f"{folder}b.jpg", 2)]


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
    with pytest.raises(OSError, match="No space"):
        files.put(key, b"second")
    assert content(files, key) == b"first"
    assert [path for path in files.folder.rglob("*") if path.is_file()] == [files.path(key)]


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


def test_a_bucket_that_cannot_be_reached_is_away(key, monkeypatch):
    files = in_bucket()

    def unreachable(**_known):
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1")

    monkeypatch.setattr(files._s3, "head_object", unreachable)
    with pytest.raises(Away, match="cannot be reached"):
        files.open(key)


# Giving out


@pytest.fixture
def given(app: Flask, files, key, monkeypatch) -> FlaskClient:
    """A visitor of a newsroom that gives out one file of 10 bytes at /file, and another that is not there at /gone."""
    monkeypatch.setitem(app.extensions, "store", files)
    files.put(key, b"0123456789")
    small = Flask(__name__)
    small.extensions["store"] = files
    small.add_url_rule("/file", "file", lambda: give(key, mimetype="image/jpeg", etag="tag"))
    small.add_url_rule("/gone", "gone", lambda: give("pictures/0/1.jpg", mimetype="image/jpeg", etag="tag"))
    return small.test_client()


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ({}, 200, b"0123456789", None),
        ({"Range": "bytes=2-4"}, 206, b"234", "bytes 2-4/10"),
        ({"Range": "bytes=7-"}, 206, b"789", "bytes 7-9/10"),
        ({"Range": "bytes=-2"}, 206, b"89", "bytes 8-9/10"),
        ({"Range": "bytes=2-4", "If-Range": '"tag"'}, 206, b"234", "bytes 2-4/10"),
        ({"Range": "bytes=2-4", "If-Range": '"former"'}, 200, b"0123456789", None),
        ({"Range": "bytes=10-"}, 416, None, "bytes */10"),
        ({"If-None-Match": '"tag"'}, 304, b"", None),
    ],
)
def test_a_file_is_given_whole_or_in_part(given, asked, status, body, told):
    answer = given.get("/file", headers=asked)
    assert (answer.status_code, answer.headers.get("Content-Range")) == (status, told)
    assert body is None or answer.data == body
    if status == 206:
        assert answer.content_length == len(body)


def test_a_file_that_is_not_there_is_not_found(given):
    assert given.get("/gone").status_code == 404


def test_while_the_store_is_away_visitors_are_told_to_come_again(given, files, monkeypatch):
    def away(_key):
        raise Away("gone fishing")

    monkeypatch.setattr(files, "open", away)
    assert given.get("/file").status_code == 503


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

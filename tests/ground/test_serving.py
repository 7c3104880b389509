"""Giving out files: whole, in part, again after a break; by ourselves, by nginx, by the bucket; and so many at a time."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from types import SimpleNamespace
from wsgiref.simple_server import make_server

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.storage import serving
from app.storage.contract import Away
from app.storage.disk import Disk
from app.storage.places import NoPlace, Places, places
from app.storage.serving import give
from app.web.headers import init_headers
from bench import nginx
from tests.ground.test_deploy import Quiet, get, needs_nginx
from tests.ground.test_storage import files, in_bucket, key  # noqa: F401 (fixtures)

BIG = bytes(range(256)) * 40_000  # 10 MB
NAME = "Зустріч é.mp4"


@pytest.fixture
def site(app: Flask, files, key) -> Flask:  # noqa: F811
    """A newsroom that gives out one file of 10 bytes at /file, one of 10 MB at /big, and some that are not there."""
    files.put(key, b"0123456789")
    big = key.replace("640", "big")
    files.put(big, BIG)
    small = Flask(__name__)
    small.config.update(app.config)
    small.extensions["store"] = files
    init_headers(small)
    small.register_error_handler(Away, lambda away: ("away", 503))

    def door(path: str, key: str, **how) -> None:
        said = {"mimetype": "video/mp4", "etag": "tag"} | how
        small.add_url_rule(path, path, lambda: give(key, **said))

    door("/file", key)
    door("/big", big, name=NAME, is_guarded=True)
    door("/small", key, name=NAME, is_guarded=True)
    door("/played", big, in_pieces=True)
    door("/gone", "pictures/0/1.jpg")
    door("/gone-too", "pictures/0/1.jpg", name=NAME)
    return small


@pytest.fixture
def given(site: Flask) -> FlaskClient:
    """A visitor of that newsroom."""
    return site.test_client()


@pytest.mark.parametrize(
    ("asked", "status", "body", "told"),
    [
        ({}, 200, b"0123456789", None),
        ({"Range": "bytes=2-4"}, 206, b"234", "bytes 2-4/10"),
        ({"Range": "bytes=7-"}, 206, b"789", "bytes 7-9/10"),
        ({"Range": "bytes=-2"}, 206, b"89", "bytes 8-9/10"),
        ({"Range": "bytes=-20"}, 206, b"0123456789", "bytes 0-9/10"),
        ({"Range": "bytes=0-999999999999999999"}, 206, b"0123456789", "bytes 0-9/10"),
        ({"Range": "BYTES=2-4"}, 206, b"234", "bytes 2-4/10"),
        ({"Range": "bytes=2-4", "If-Range": '"tag"'}, 206, b"234", "bytes 2-4/10"),
        ({"Range": "bytes=2-4", "If-Range": '"former"'}, 200, b"0123456789", None),
        ({"Range": "bytes=2-4", "If-Range": 'W/"tag"'}, 200, b"0123456789", None),
        ({"Range": "bytes=2-4", "If-Range": "Thu, 20 Nov 2025 11:00:00 GMT"}, 200, b"0123456789", None),
        ({"Range": "bytes=10-"}, 416, None, "bytes */10"),
        ({"Range": "bytes=-0"}, 416, None, "bytes */10"),
        # Several at once, and what is none: the whole file (RFC 9110, 14.2).
        ({"Range": "bytes=0-1,4-5"}, 200, b"0123456789", None),
        ({"Range": "bytes=" + ",".join(["0-"] * 2000)}, 200, b"0123456789", None),
        ({"Range": "bytes=4-2"}, 200, b"0123456789", None),
        ({"Range": "bytes=-"}, 200, b"0123456789", None),
        ({"Range": "bytes=a-b"}, 200, b"0123456789", None),
        ({"Range": "bytes=٣-٤"}, 200, b"0123456789", None),
        ({"Range": "bytes=0-" + "9" * 400}, 200, b"0123456789", None),
        ({"Range": "lines=1-2"}, 200, b"0123456789", None),
        ({"If-None-Match": '"tag"'}, 304, b"", None),
        ({"If-None-Match": 'W/"tag"'}, 304, b"", None),
        ({"If-None-Match": '"former"'}, 200, b"0123456789", None),
        ({"If-Match": '"former"'}, 412, None, None),
        ({"If-Match": '"tag"', "Range": "bytes=2-4"}, 206, b"234", "bytes 2-4/10"),
        ({"If-Match": "*"}, 200, b"0123456789", None),
    ],
)  # fmt: skip
def test_a_file_is_given_whole_or_in_part(given, asked, status, body, told):
    answer = given.get("/file", headers=asked)
    assert (answer.status_code, answer.headers.get("Content-Range")) == (status, told)
    assert body is None or answer.data == body
    if status in (200, 206):
        assert answer.content_length == len(body)
        assert answer.headers["ETag"] == '"tag"'
        assert answer.headers["Accept-Ranges"] == "bytes"


def test_who_asks_for_the_head_alone_learns_the_size(given):
    answer = given.head("/big", headers={"Range": "bytes=0-1"})
    assert (answer.status_code, answer.content_length, answer.data) == (200, len(BIG), b"")


def test_a_large_file_is_given_from_anywhere_in_it(given):
    assert given.get("/big").data == BIG
    part = given.get("/big", headers={"Range": "bytes=1000003-9999999"})
    assert part.data == BIG[1_000_003:10_000_000]


def test_a_guarded_file_is_kept_by_nobody_and_goes_on_after_a_break(given):
    answer = given.get("/small")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["ETag"] == '"tag"'
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="zustrich-e.mp4"; '
        "filename*=UTF-8''%D0%97%D1%83%D1%81%D1%82%D1%80%D1%96%D1%87%20%C3%A9.mp4"
    )
    assert answer.headers["Content-Security-Policy"] == serving.POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_player_gets_some_of_a_film_and_asks_again(given):
    first = given.get("/played", headers={"Range": "bytes=0-"})
    assert (first.status_code, len(first.data)) == (206, serving.PIECE)
    assert first.headers["Content-Range"] == f"bytes 0-{serving.PIECE - 1}/{len(BIG)}"
    last = given.get("/played", headers={"Range": f"bytes={serving.PIECE * 2}-"})
    assert last.data == BIG[serving.PIECE * 2 :]
    assert given.get("/played").data == BIG


def test_a_file_that_is_not_there_is_not_found(given):
    assert given.get("/gone").status_code == 404


@pytest.mark.parametrize("fails", ["open", "size"])
def test_while_the_store_is_away_visitors_are_told_to_come_again(given, files, monkeypatch, fails):  # noqa: F811
    def away(_key):
        raise Away("gone fishing")

    monkeypatch.setattr(files, "open", away)
    assert given.get("/file").status_code == 503


def test_what_ends_before_its_end_is_no_whole_answer(given, files, monkeypatch):  # noqa: F811
    real = files.open

    class Shorter:
        def __init__(self, file):
            self.file = file

        def __getattr__(self, name):
            return getattr(self.file, name)

        def __enter__(self):
            return self

        def __exit__(self, *how):
            self.file.close()

        def read(self, size):
            return self.file.read(size)[:3] if self.file.tell() == 0 else b""

    monkeypatch.setattr(files, "open", lambda known: Shorter(real(known)))
    with pytest.raises(Away, match="before its end"):
        _ = given.get("/file").data


# So many at a time


def test_only_so_many_large_files_are_given_at_a_time(given, site):
    site.extensions["places"] = Places(2)
    first, second = given.get("/big", buffered=False), given.get("/big", buffered=False)
    third = given.get("/big", buffered=False)
    assert (third.status_code, third.headers.get("Retry-After")) == (503, "5")
    assert given.get("/file").data == b"0123456789"  # no line is too slow for ten bytes
    assert given.head("/big").status_code == 200
    assert given.get("/big", headers={"Range": "bytes=0-65535"}).status_code == 206
    first.close()
    assert given.get("/big").data == BIG
    assert given.get("/big").data == BIG
    second.close()


def test_a_place_that_was_forgotten_is_free_again():
    two = Places(2)
    mine = two.take()
    two.take()  # nobody holds it
    with two.take(), pytest.raises(NoPlace):
        two.take()
    mine.leave()
    mine.leave()
    held = [two.take(), two.take()]
    with pytest.raises(NoPlace):
        two.take()
    assert held


def test_one_thread_at_least_is_left_for_pages(app: Flask, monkeypatch):
    monkeypatch.delitem(app.extensions, "places", raising=False)
    monkeypatch.setitem(app.config, "LONG_THREADS", 99)
    monkeypatch.setitem(app.config, "WEB_THREADS", 3)
    held = [places().take(), places().take()]
    with pytest.raises(NoPlace):
        places().take()
    del held
    app.extensions.pop("places")


# By the bucket


def test_the_bucket_gives_downloads_at_an_address_that_it_signs(given, site, files):  # noqa: F811
    site.config["S3_SIGNED_MINUTES"] = 3
    answer = given.get("/big")
    if isinstance(files, Disk):
        assert answer.data == BIG  # it has no addresses
        return
    assert answer.status_code == 302
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "X-Amz-Expires=180" in answer.location
    with urllib.request.urlopen(answer.location) as file:
        assert file.read() == BIG
    assert given.get("/file").data == b"0123456789"  # a page shows nothing of another site's
    assert given.get("/gone-too").status_code == 404


# By nginx


def test_nginx_is_told_where_a_file_lies(given, site, files, key):  # noqa: F811
    site.config["X_ACCEL"] = "/_files/"
    answer = given.get("/small", headers={"Range": "bytes=2-4"})
    if not isinstance(files, Disk):
        assert answer.data == b"234"
        return
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["X-Accel-Redirect"] == f"/_files/{key}"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="zustrich-e.mp4"')
    assert given.get("/gone").status_code == 404


@pytest.fixture
def behind(site, files):  # noqa: F811
    """nginx as deploy/ configures it, in front of that newsroom."""
    if not isinstance(files, Disk):
        pytest.skip("nginx hands out files of a disk")
    site.config["X_ACCEL"] = "/_files/"
    server = make_server("127.0.0.1", 0, site, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with nginx.in_front_of(
            SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}"), files.folder
        ) as front:
            yield SimpleNamespace(port=int(front.url.rpartition(":")[2]))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@needs_nginx
def test_nginx_hands_out_what_it_is_told_to_and_nothing_else(behind, key):  # noqa: F811
    status, said, body = get(behind, "/big")
    assert (status, body) == (200, BIG)
    assert said["Cache-Control"] == "private, no-store"
    assert said["Content-Type"] == "video/mp4"
    assert said["Content-Disposition"].startswith('attachment; filename="zustrich-e.mp4"')
    assert said["Content-Security-Policy"] == serving.POLICY
    assert said["X-Content-Type-Options"] == "nosniff"
    assert "X-Accel-Redirect" not in said
    assert not said["ETag"].startswith("W/")
    assert get(behind, f"/_files/{key}")[0] == 404
    assert get(behind, "/gone")[0] == 404


@needs_nginx
def test_nginx_goes_on_with_a_download_that_broke_off(behind):
    tag = get(behind, "/big")[1]["ETag"]
    status, said, body = get(behind, "/big", Range="bytes=9000000-", If_Range=tag)
    assert (status, body) == (206, BIG[9_000_000:])
    assert said["Content-Range"] == f"bytes 9000000-{len(BIG) - 1}/{len(BIG)}"
    assert get(behind, "/big", Range="bytes=9000000-", If_Range='"former"')[0] == 200
    assert get(behind, "/big", Range="bytes=0-1,5-6,7-8")[0] in (200, 206)
    assert get(behind, "/big", If_None_Match=tag)[0] == 304

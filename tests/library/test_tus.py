"""The protocol in which browsers send large files, piece by piece: each answer that it has, and whom it is for."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import secrets
import shutil
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.database import db
from app.library.models import Master
from app.library.uploads import pieces, queries, service
from app.library.uploads.models import Upload, UploadState
from app.storage import places as holding
from app.storage.contract import Away
from app.storage.keeping import staging
from app.storage.store import store
from tests import make
from tests.ground.test_storage import in_bucket
from tests.signing import sign_in, token_on

HEAD = b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2"
FILM = HEAD + bytes(range(256)) * 40
PAGE = "/desk/media/upload"


class Browser:
    """A browser at the page of uploads, of somebody who is logged in."""

    def __init__(self, app: Flask, name: str = "Max") -> None:
        self.client = sign_in(app.test_client(), make.officer(name))
        self.token = token_on(self.client.get(PAGE))

    def ask(self, method: str, path: str, *, token: str | None = "", **said: Any) -> Any:
        headers = {"Tus-Resumable": "1.0.0", "X-CSRFToken": self.token if token == "" else token}
        data = said.pop("data", b"")
        headers |= {name.replace("_", "-"): str(value) for name, value in said.items()}
        told = headers.pop("Content-Type", None)
        headers = {name: value for name, value in headers.items() if value not in ("None", None)}
        return self.client.open(path, method=method, headers=headers, data=data, content_type=told)

    def begin(self, size: int = len(FILM), name: str = "film.mp4", **said: Any) -> Any:
        metadata = f"filename {base64.b64encode(name.encode()).decode()},fingerprint {base64.b64encode(b'f').decode()}"
        return self.ask(
            "POST", "/desk/media/uploads/", **({"Upload_Length": size, "Upload_Metadata": metadata} | said)
        )

    def send(self, where: str, offset: int, data: bytes, **said: Any) -> Any:
        kind = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": offset}
        return self.ask("PATCH", where, data=data, **(kind | said))

    def head(self, where: str) -> Any:
        return self.ask("HEAD", where)


@pytest.fixture(params=["disk", "bucket"])
def kept_where(app: Flask, request, monkeypatch) -> None:
    """A newsroom that keeps its files on a disk, and one that keeps them in a bucket."""
    if request.param == "bucket":
        monkeypatch.setitem(app.extensions, "store", in_bucket())


@pytest.fixture
def mine(app: Flask) -> Browser:
    """Max's."""
    return Browser(app)


@pytest.fixture(autouse=True)
def tidy_staging(app: Flask) -> None:
    """Nothing of another test is on its way."""
    shutil.rmtree(staging())  # with the folders that a worker leaves which a test has killed


def the_upload() -> Upload:
    db.session.rollback()
    return db.session.query(Upload).one()


def film() -> bytes:
    """A film that no other test has."""
    return FILM + secrets.token_bytes(1000)


def test_a_server_says_what_it_can(mine):
    answer = mine.ask("OPTIONS", "/desk/media/uploads/")
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,termination,expiration,checksum"
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha256"
    assert answer.headers["Tus-Max-Size"] == "100000000000"
    assert mine.ask("OPTIONS", "/desk/media/uploads/x").status_code == 204


@pytest.mark.usefixtures("kept_where")
def test_a_film_comes_in_pieces_and_becomes_a_master(mine, run_jobs):
    data = film()
    answer = mine.begin(len(data), "Зустріч.mp4")
    assert answer.status_code == 201
    where = answer.location
    assert (answer.headers["Upload-Offset"], answer.headers["Tus-Resumable"]) == ("0", "1.0.0")
    assert "Upload-Expires" in answer.headers
    for begin, end in ((0, 5000), (5000, 5001), (5001, len(data))):
        answer = mine.send(where, begin, data[begin:end])
        assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, str(end)), answer.text
    assert the_upload().state is UploadState.RECEIVED
    run_jobs()
    [master] = db.session.query(Master).all()
    assert (master.sha256, master.size_bytes) == (hashlib.sha256(data).hexdigest(), len(data))
    assert (master.original_name, master.mimetype, master.extension) == ("Зустріч.mp4", "video/mp4", "mp4")
    with store().open(master.key) as file:
        assert file.read() == data
    assert the_upload().master_id == master.id
    assert list(staging().iterdir()) == []


def test_an_upload_goes_on_where_it_broke_off(app: Flask, mine):
    where = mine.begin().location
    mine.send(where, 0, FILM[:3000])
    again = Browser(app)  # another computer, after a night
    answer = again.head(where)
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (200, "3000")
    assert answer.headers["Upload-Length"] == str(len(FILM))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert again.send(where, 3000, FILM[3000:]).status_code == 204


def test_a_piece_that_broke_off_counts_as_far_as_it_came(app: Flask, mine):
    key = mine.begin().location.rpartition("/")[2]

    class Broken(io.BytesIO):
        def read(self, size=-1):
            from werkzeug.exceptions import ClientDisconnected

            block = super().read(1000)
            if self.tell() > 2000:
                raise ClientDisconnected
            return block

    upload = service.receive(queries.mine(key, make.officer("Max")), 0, Broken(FILM))
    assert upload.received_bytes == 2000
    assert pieces.path_of(key).read_bytes() == FILM[:2000]


def test_what_was_written_and_never_counted_is_written_again(mine):
    where = mine.begin().location
    mine.send(where, 0, FILM[:3000])
    path = pieces.path_of(where.rpartition("/")[2])
    with path.open("ab") as file:
        file.write(b"a process was killed while it wrote this")
    assert mine.send(where, 3000, FILM[3000:]).status_code == 204
    assert path.read_bytes() == FILM


def test_a_piece_at_another_place_is_refused_and_says_nothing_new(mine):
    where = mine.begin().location
    mine.send(where, 0, FILM[:3000])
    for offset in (0, 2999, 3001, len(FILM)):
        answer = mine.send(where, offset, FILM[offset:])
        assert answer.status_code == 409, offset
        assert "stands elsewhere" in answer.text
    assert mine.head(where).headers["Upload-Offset"] == "3000"


def test_more_than_was_announced_is_not_kept(mine):
    where = mine.begin(len(FILM)).location
    assert mine.send(where, 0, FILM + b"more").headers["Upload-Offset"] == str(len(FILM))
    assert pieces.path_of(where.rpartition("/")[2]).read_bytes() == FILM


def test_a_piece_that_is_too_large_is_refused(mine):
    where = mine.begin(50_000_000).location
    answer = mine.send(where, 0, FILM + bytes(17 * 1024 * 1024))
    assert answer.status_code == 413
    assert mine.head(where).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    ("size", "status", "words"),
    [(0, 422, "empty"), (100_000_000_001, 413, "at most 100 GB"), (10**17, 413, "at most 100 GB")],
)
def test_a_size_that_cannot_be_is_refused_before_anything_comes(mine, size, status, words):
    answer = mine.begin(size)
    assert (answer.status_code, answer.headers["Tus-Resumable"]) == (status, "1.0.0")
    assert words in answer.text


@pytest.mark.parametrize(
    "said",
    [
        {"Upload_Length": "-1"}, {"Upload_Length": "1e3"}, {"Upload_Length": "٣"}, {"Upload_Length": "9" * 40},
        {"Upload_Length": "None"}, {"Upload_Length": "None", "Upload_Defer_Length": "1"},
        {"Upload_Metadata": "filename notbase64!"}, {"Upload_Metadata": "filename /////w=="},
        {"Upload_Metadata": "a YQ==,a YQ=="}, {"Upload_Metadata": "x" * 9000},
    ],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused(mine, said):
    answer = mine.begin(**said)
    assert answer.status_code == 400
    assert "was not understood" in answer.text


def test_another_version_of_the_protocol_is_refused(mine):
    where = mine.begin().location
    for answer in (mine.begin(Tus_Resumable="0.2.2"), mine.send(where, 0, FILM, Tus_Resumable="None")):
        assert (answer.status_code, answer.headers["Tus-Resumable"]) == (412, "1.0.0")


@pytest.mark.parametrize("said", [{"Content_Type": "text/plain"}, {"Upload_Offset": "None"}, {"Upload_Checksum": "md5 YQ=="}, {"Upload_Checksum": "sha256 !"}, {"Upload_Checksum": "sha256 YQ=="}])  # fmt: skip
def test_a_piece_that_cannot_be_understood_is_refused(mine, said):
    assert mine.send(mine.begin().location, 0, FILM, **said).status_code == 400


def test_a_piece_that_was_damaged_on_its_way_does_not_count(mine):
    where = mine.begin().location
    digest = base64.b64encode(hashlib.sha256(FILM[:3000]).digest()).decode()
    answer = mine.send(where, 0, FILM[1:3001], Upload_Checksum=f"sha256 {digest}")
    assert answer.status_code == 460
    assert mine.head(where).headers["Upload-Offset"] == "0"
    assert pieces.path_of(where.rpartition("/")[2]).read_bytes() == b""
    assert mine.send(where, 0, FILM[:3000], Upload_Checksum=f"sha256 {digest}").status_code == 204


def test_two_pieces_of_one_file_are_not_written_at_once(mine):
    where = mine.begin().location
    with pieces.alone_with(where.rpartition("/")[2]):
        assert mine.send(where, 0, FILM).status_code == 423
        assert mine.ask("DELETE", where).status_code == 423
    assert mine.send(where, 0, FILM).status_code == 204


def test_a_writer_whose_line_is_dead_is_given_up_and_writes_nothing_any_more(mine, frozen):
    where = mine.begin().location
    mine.send(where, 0, FILM[:3000])
    key = where.rpartition("/")[2]
    path = pieces.path_of(key)
    with pieces.alone_with(key) as dead:
        last = frozen.at.timestamp()
        os.utime(path, (last - 29, last - 29))
        assert mine.send(where, 3000, FILM[3000:]).status_code == 423
        assert dead.is_mine()
        os.utime(path, (last - 31, last - 31))
        assert mine.send(where, 3000, FILM[3000:]).status_code == 423  # and is asked to come again
        assert mine.send(where, 3000, FILM[3000:]).status_code == 204
        assert not dead.is_mine()
        with pytest.raises(pieces.InUse):
            pieces.add(dead, 3000, io.BytesIO(b"too late"), at_most=8)
    assert path.read_bytes()[:3000] == FILM[:3000]


def test_what_is_neither_video_nor_photo_is_refused_with_its_first_piece(mine):
    where = mine.begin(10_000_000, "film.mp4").location
    answer = mine.send(where, 0, b"#EXTM3U\n" + bytes(5000))
    assert answer.status_code == 415
    assert "no video or photo" in answer.text
    assert the_upload().state is UploadState.REFUSED
    assert list(staging().iterdir()) == []
    assert mine.send(where, 5008, FILM).status_code in (403, 410)
    assert "no video or photo" in mine.client.get(PAGE).text


def test_a_photo_that_is_too_large_is_refused_with_its_first_piece(mine):
    where = mine.begin(300_000_000, "photo.jpg").location
    answer = mine.send(where, 0, b"\xff\xd8\xff\xe0" + bytes(5000))
    assert (answer.status_code, answer.text) == (413, "A photo may have at most 250 MB.")


def test_an_upload_can_be_taken_back(mine):
    where = mine.begin().location
    mine.send(where, 0, FILM[:3000])
    assert mine.ask("DELETE", where).status_code == 204
    assert (mine.head(where).status_code, mine.ask("DELETE", where).status_code) == (404, 404)
    assert list(staging().iterdir()) == []
    assert db.session.query(Upload).count() == 0


def test_what_has_come_whole_cannot_be_added_to_nor_taken_back(mine):
    where = mine.begin().location
    mine.send(where, 0, FILM)
    assert mine.send(where, len(FILM), b"x").status_code == 403
    assert mine.ask("DELETE", where).status_code == 403
    assert mine.head(where).headers["Upload-Offset"] == str(len(FILM))


def test_what_came_and_is_gone_from_the_disk_is_begun_again(mine):
    where = mine.begin().location
    mine.send(where, 0, FILM[:3000])
    path = pieces.path_of(where.rpartition("/")[2])
    path.write_bytes(FILM[:10])
    assert mine.send(where, 3000, FILM[3000:]).status_code == 410
    path.unlink()
    answer = mine.send(where, 3000, FILM[3000:])
    assert answer.status_code == 410
    assert "Choose the file again" in answer.text


def test_nobody_learns_of_somebody_elses_upload(app: Flask, mine):
    where = mine.begin().location
    other = Browser(app, "Oksana")
    answers = [
        other.head(where), other.send(where, 0, FILM), other.ask("DELETE", where),
        other.client.post(f"{where}/discard", data={"csrf_token": other.token}),
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [404] * 4
    assert mine.head(where).status_code == 200
    assert "film.mp4" not in other.client.get(PAGE).text


def test_who_has_no_right_is_turned_away(app: Flask):
    nora = sign_in(app.test_client(), make.officer("Nora"))
    token = token_on(nora.get("/desk/settings"))
    for method, path in (("POST", "/desk/media/uploads/"), ("PATCH", "/desk/media/uploads/x"), ("GET", PAGE)):
        assert nora.open(path, method=method, headers={"X-CSRFToken": token}).status_code == 403
    assert "/desk/media/upload" not in nora.get("/desk/").text


def test_who_is_not_logged_in_is_told_so_in_the_protocol(client):
    answer = client.patch("/desk/media/uploads/x", headers={"Tus-Resumable": "1.0.0"}, data=FILM)
    assert (answer.status_code, answer.location) == (403, None)
    assert client.patch("/desk/media/uploads/x", data=FILM).status_code == 303


def test_a_piece_without_the_forms_token_is_refused(mine):
    where = mine.begin().location
    for token in (None, "x"):
        assert mine.ask("DELETE", where, token=token).status_code == 400
        assert mine.send(where, 0, FILM, token=token).status_code == 400
        assert mine.begin(token=token).status_code == 400
    assert mine.head(where).headers["Upload-Offset"] == "0"


def test_a_disk_without_room_is_said_in_words(app: Flask, mine, monkeypatch):
    where = mine.begin().location
    monkeypatch.setitem(app.config, "MIN_FREE_GB", 10**6)
    answer = mine.begin()
    assert (answer.status_code, "no room left" in answer.text) == (507, True)
    real = pieces.os.fsync

    def full(_file):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pieces.os, "fsync", full)
    assert mine.send(where, 0, FILM).status_code == 507
    assert pieces.path_of(where.rpartition("/")[2]).read_bytes() == b""
    monkeypatch.setattr(pieces.os, "fsync", real)
    assert mine.send(where, 0, FILM).status_code == 204


def test_room_that_is_promised_is_not_promised_twice(app: Flask, mine, monkeypatch):
    monkeypatch.setattr(service.keeping, "room", lambda: 3 * len(FILM))
    assert [mine.begin().status_code for _ in range(4)] == [201, 201, 201, 507]


def test_a_disk_that_is_away_is_said_in_words(mine, monkeypatch):
    where = mine.begin().location

    def away(*_args, **_known):
        raise Away("gone fishing")

    monkeypatch.setattr(pieces, "add", away)
    answer = mine.send(where, 0, FILM)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "cannot be reached" in answer.text


def test_slow_lines_do_not_hold_all_threads(app: Flask, mine, monkeypatch):
    monkeypatch.setitem(app.extensions, "places", holding.Places(1))
    where = mine.begin().location
    with holding.places().take():
        answer = mine.send(where, 0, FILM)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert mine.send(where, 0, FILM).status_code == 204


def test_nobody_begins_without_end(app: Flask, mine, monkeypatch):
    monkeypatch.setattr(service.rules, "MOST_OPEN", 2)
    assert [mine.begin().status_code for _ in range(3)] == [201, 201, 429]
    assert len(list(staging().iterdir())) == 2


def test_a_forgotten_upload_is_given_up_and_one_that_goes_on_is_not(frozen, mine, run_jobs):
    where, other = mine.begin().location, mine.begin().location
    frozen.at += timedelta(days=6)
    again = Browser(mine.client.application)
    assert again.send(other, 0, FILM[:3000]).status_code == 204
    frozen.at += timedelta(days=2)
    run_jobs()
    again = Browser(mine.client.application)
    assert (again.head(where).status_code, again.head(other).status_code) == (404, 200)
    assert [path.name for path in staging().iterdir()] == [other.rpartition("/")[2]]

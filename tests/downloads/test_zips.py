"""ZIPs that are never made: readable by others, from any byte on, with names in every script, and beyond 4 GB."""

from __future__ import annotations

import io
import os
import random
import shutil
import subprocess
import zipfile
import zlib
from datetime import date

import pytest

from app.downloads.zips import Archive, Piece, crc_of, unique
from app.storage.contract import Away
from app.storage.store import store

GB = 1024**3


def kept(content: bytes, name: str = "a.jpg", **more) -> Piece:
    """A file of the storage."""
    key = f"renditions/ab/{zlib.crc32(content):08x}.jpg"
    store().put(key, content)
    return Piece(name, key=key, size=len(content), **more)


@pytest.fixture
def pieces(app):
    return [
        kept(b"one " * 1000, "01 Прибуття міністрів.jpg", day=date(2025, 11, 19)),
        kept(b"two " * 70_000, "02 L’été à Évian.jpg"),
        Piece("captions.txt", content="Слова".encode()),
        Piece("nothing.txt", content=b""),
    ]


def test_others_read_it_with_every_name_and_every_byte(pieces):
    archive = Archive(pieces)
    data = archive.read()
    assert len(data) == archive.size
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        assert found.testzip() is None
        assert found.namelist() == [
            "01 Прибуття міністрів.jpg",
            "02 L’été à Évian.jpg",
            "captions.txt",
            "nothing.txt",
        ]
        assert found.read("captions.txt").decode() == "Слова"
        assert found.read("01 Прибуття міністрів.jpg") == b"one " * 1000
        assert found.infolist()[0].date_time[:3] == (2025, 11, 19)
        assert all(each.flag_bits & 0x800 for each in found.infolist())


@pytest.mark.skipif(not shutil.which("unzip") and not os.environ.get("CI"), reason="unzip is not installed")
def test_unzip_reads_it_too(pieces, tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(Archive(pieces).read())
    subprocess.run(["unzip", "-t", str(path)], check=True, capture_output=True)


def test_it_is_the_same_from_any_byte_on(pieces):
    whole = Archive(pieces).read()
    dice = random.Random(5)
    archive = Archive(pieces)
    for _ in range(200):
        start = dice.randrange(len(whole) + 10)
        length = dice.choice([1, 7, 300, 65_536, len(whole)])
        archive.seek(start)
        assert archive.read(length) == whole[start : start + length]
    archive.seek(-22, 2)
    assert archive.read() == whole[-22:]
    assert archive.tell() == len(whole)


def test_another_content_has_another_name_and_the_same_has_the_same(pieces):
    assert Archive(pieces).digest == Archive(list(pieces)).digest
    assert Archive(pieces).digest != Archive(pieces[1:]).digest
    assert Archive(pieces).digest != Archive([*pieces[:2], Piece("captions.txt", content=b"other")]).digest


def test_a_name_is_given_once_whatever_its_case():
    assert unique(["a.jpg", "A.jpg", "a.jpg", "a-2.jpg", "é", "e\u0301"]) == [
        "a.jpg", "A-2.jpg", "a-3.jpg", "a-2-2.jpg", "é", "e\u0301-2",
    ]  # fmt: skip


class Zeros(io.RawIOBase):
    """A file of zeros, as long as one likes."""

    def __init__(self):
        self.at = 0

    def tell(self):
        return self.at

    def seek(self, offset, whence=0):
        self.at = offset
        return offset

    def read(self, size=-1):
        self.at += size
        return bytes(size)


def test_beyond_four_gigabytes_it_says_so_in_the_fields_made_for_it(app):
    large = Piece("large.tif", key="masters/ab/large.tif", size=5 * GB, crc=1)
    archive = Archive([large, Piece("after.txt", content=b"after")], opens=lambda key: Zeros())
    assert archive.size > 5 * GB
    with zipfile.ZipFile(archive) as found:
        first, second = found.infolist()
        assert (first.file_size, first.compress_size) == (5 * GB, 5 * GB)
        assert second.header_offset > 5 * GB
        assert found.read("after.txt") == b"after"


def test_many_files_are_counted_all():
    many = 2**16 + 1  # sixteen bits hold no more than one less
    archive = Archive([Piece(f"{number}", content=b"") for number in range(many)], opens=lambda key: None)
    with zipfile.ZipFile(archive) as found:
        assert len(found.infolist()) == many


def test_a_file_that_is_gone_or_too_short_is_an_error_never_a_wrong_archive(app, pieces):
    gone = Piece("gone.jpg", key="renditions/ab/gone.jpg", size=10)
    with pytest.raises(Away):
        Archive([gone])
    with pytest.raises(Away):
        Archive([Piece("gone.jpg", key="renditions/ab/gone.jpg", size=10, crc=1)]).read()
    short = Piece(pieces[0].name, key=pieces[0].key, size=pieces[0].size + 1, crc=1)
    with pytest.raises(Away):
        Archive([short]).read()


def test_a_file_is_added_up_once(app, monkeypatch):
    piece = kept(b"added up once")
    assert crc_of(piece.key) == zlib.crc32(b"added up once")
    store().delete(piece.key)
    assert crc_of(piece.key) == zlib.crc32(b"added up once")

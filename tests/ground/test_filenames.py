"""Names of files: hostile ones made harmless, honest ones kept, and both said in a header that nothing breaks."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest

from app.text.filenames import disposition, harmless

HOSTILE = {
    "../../etc/passwd": "passwd",
    "..\\..\\windows\\system.ini": "system.ini",
    "/etc/passwd": "passwd",
    "C:\\films\\a.mp4": "a.mp4",
    "a\r\nSet-Cookie: x=1.mp4": "a Set-Cookie_ x=1.mp4",
    "a\0.mp4": "a.mp4",
    "film\u202e4pm.exe": "film4pm.exe",
    "\u2066film\u2069.mp4": "film.mp4",
    "zero\u200bwidth\ufeff.mp4": "zerowidth.mp4",
    "CON": "_CON",
    "nul.mp4": "_nul.mp4",
    "COM1.mov": "_COM1.mov",
    "lpt¹.txt": "_lpt¹.txt",
    "a<b>:\"c|d?e*.mp4": "a_b___c_d_e_.mp4",
    "  .hidden. ": "hidden",
    "...": "file",
    "": "file",
    "\u202e": "file",
    "a/": "file",
    "é" * 300 + ".mp4": "é" * 98 + ".mp4",
    "ї" * 300: "ї" * 100,
    "😀" * 300 + ".mov": "😀" * 49 + ".mov",
    "x" * 300 + ".mxf": "x" * 116 + ".mxf",
    "a" * 300 + "." + "b" * 300: "a" * 120,
    "line\u2028separator\x85.mp4": "line separator.mp4",
    "\ud800lone.mp4": "lone.mp4",
}  # fmt: skip
HONEST = [
    "Réunion du Conseil (version 2).mp4", "Зустріч у Києві, 20 листопада.mov", "B-roll_Kyiv-2025.mxf", "a.tar.gz",
    "Conseil – 1re séance.mp4", "会議.mp4", "n.º 3.jpg", "console.mp4", "100 %.mp4", "L’été.jpg",
]  # fmt: skip


@pytest.mark.parametrize(("typed", "kept"), HOSTILE.items(), ids=range(len(HOSTILE)))
def test_a_hostile_name_is_made_harmless(typed, kept):
    assert harmless(typed) == kept
    assert len(kept.encode()) <= 200
    assert harmless(kept) == kept


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_name_is_kept(name):
    assert harmless(name) == name


@pytest.mark.parametrize("name", [*HOSTILE, *HONEST])
def test_a_header_says_each_name_twice_and_nothing_else(name):
    said = disposition(name)
    found = re.fullmatch(
        r"attachment; filename=\"([A-Za-z0-9 ()+,._-]+)\"; filename\*=UTF-8''([\x21-\x7e]+)", said
    )
    assert found, said
    assert unquote(found[2]) == harmless(name)
    assert not set(found[2]) & set("\"'()*,;\\ ")


def test_what_knows_no_better_reads_the_name_in_latin_letters():
    assert 'filename="zustrich-u-kyievi.mov"' in disposition("Зустріч у Києві.mov")
    assert 'filename="reunion-du-conseil.mp4"' in disposition("Réunion du Conseil.mp4")
    assert 'filename="file.mp4"' in disposition("会議.mp4")


def test_what_a_page_shows_is_no_attachment():
    assert disposition("a.mp4", is_attachment=False).startswith("inline; ")

"""Tables for other programs: whatever people typed is text in them, and comes back as it was."""

from __future__ import annotations

import csv
import io

from app.text import tables


def test_what_people_typed_is_never_a_formula():
    for sign in "=+-@\t\r":
        assert tables.harmless(f"{sign}1+1") == f"'{sign}1+1"
    assert [tables.harmless(cell) for cell in ("a=b", 7, None, "")] == ["a=b", "7", "", ""]


def test_other_programs_read_what_was_written():
    rows = [["name", "said"], ["Zoé, née Roy", 'She said: "no".\nTwice.'], ["", "Привіт"]]
    assert list(csv.reader(io.StringIO(tables.table(rows), newline=""))) == rows
    assert tables.line(["a", 1]) == "a,1\r\n"

"""Files of addresses: what officers bring from elsewhere, read as plain lines of text; and what they take along.

CSV in the encodings that offices use, or a spreadsheet (XLSX, by openpyxl: the one user). A spreadsheet is an archive:
how large it becomes is looked at before it is opened. Nothing in a file is ever calculated.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from itertools import islice, pairwise
from typing import Any

from flask_babel import lazy_gettext as _l

from app.newsletter.rules import MOST_LINES
from app.refusals import Refusal
from app.text.markup import one_line

ENCODINGS = {"utf-8": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252", "cp1251": "Windows-1251"}
SEPARATORS = {",": _l("comma"), ";": _l("semicolon"), "\t": _l("tabulator"), "|": _l("vertical bar")}
LARGEST_UNPACKED = 200 * 1024 * 1024  # bytes, of a spreadsheet of 50,000 lines with room to spare
MOST_COLUMNS = 60
LONGEST_CELL = 1000
_ZIP = b"PK\x03\x04"


class BadFile(Refusal):
    """The file is no list that we can read."""

    field = "file"
    message = _l("This file could not be read. Send a CSV or XLSX file with one address a line.")


class TooManyLines(Refusal):
    """The file has more lines than one import takes."""

    field = "file"
    message = _l("The file has more than 50,000 lines. Divide it into several.")


def is_spreadsheet(content: bytes) -> bool:
    """Say whether ``content`` is an archive, as spreadsheets are."""
    return content.startswith(_ZIP)


def guess(content: bytes) -> dict[str, str]:
    """Return the encoding and the separator that ``content`` seems to have."""
    if is_spreadsheet(content):
        return {"encoding": "", "separator": ""}
    encoding = _encoding(content)
    start = content[:20_000].decode(encoding, "replace")
    lines = start.splitlines()[:20]
    counted = {mark: sum(line.count(mark) for line in lines) for mark in SEPARATORS}
    best = max(counted, key=lambda mark: counted[mark])
    return {"encoding": encoding, "separator": best if counted[best] else ","}


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        # Cyrillic letters of Windows-1251 come in runs; in Western text such letters stand alone.
        high = sum(byte >= 0xC0 for byte in content[:20_000])
        pairs = sum(a >= 0xC0 and b >= 0xC0 for a, b in pairwise(content[:20_000]))
        return "cp1251" if pairs * 2 > high else "cp1252"
    return "utf-8"


def lines(content: bytes, *, encoding: str, separator: str) -> Iterator[list[str]]:
    """Yield the lines of a file, each a list of texts; empty ones as well, so that their numbers are right.

    Raises BadFile, TooManyLines beyond 50,000 and a line of headings.
    """
    read = _spreadsheet(content) if is_spreadsheet(content) else _csv(content, encoding, separator)
    try:
        for number, line in enumerate(read):
            if number > MOST_LINES:
                raise TooManyLines
            yield [one_line(cell)[:LONGEST_CELL].strip() for cell in line[:MOST_COLUMNS]]
    except Refusal:
        raise
    except (csv.Error, UnicodeError, LookupError, ValueError, KeyError, OSError, zipfile.BadZipFile) as fault:
        raise BadFile from fault


def check(content: bytes) -> int:
    """Return how many lines a file has; raise BadFile, or TooManyLines, when it cannot be taken."""
    if not content.strip() or (
        b"\0" in content[:1000] and not is_spreadsheet(content) and _encoding(content) != "utf-16"
    ):
        raise BadFile
    return sum(1 for _line in lines(content, **guess(content)))


def _csv(content: bytes, encoding: str, separator: str) -> Iterator[list[str]]:
    codec = {"utf-8": "utf-8-sig"}.get(encoding, encoding)
    if codec not in {"utf-8-sig", *ENCODINGS} or separator not in SEPARATORS:
        raise BadFile
    text = content.decode(codec, "replace")
    yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _spreadsheet(content: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # brings Pillow along, which pages do without

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise BadFile
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    except Exception as fault:  # the library says in many ways that something is no spreadsheet
        raise BadFile from fault
    try:
        sheet = book.worksheets[0] if book.worksheets else None
        if sheet is None:
            raise BadFile
        for row in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
            yield [_said(value) for value in row]
    finally:
        book.close()


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def first(content: bytes, *, encoding: str, separator: str, count: int) -> list[list[str]]:
    """Return the first ``count`` lines of a file, each as wide as the widest of them."""
    found = list(islice(lines(content, encoding=encoding, separator=separator), count))
    width = max((len(line) for line in found), default=0)
    return [line + [""] * (width - len(line)) for line in found]

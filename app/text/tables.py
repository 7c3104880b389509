"""Tables for other programs: CSV (RFC 4180) of which whoever opens it computes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any

BYTE_ORDER = "\ufeff"  # without it a spreadsheet reads UTF-8 as something else
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: Any) -> str:
    """Return ``cell`` so that no spreadsheet takes it for a formula (OWASP, CSV injection); "" for None."""
    said = "" if cell is None else str(cell)
    return f"'{said}" if said.startswith(_FORMULA) else said


def line(cells: Iterable[Any]) -> str:
    """Return one row of a table, with its end of line; what people typed is never a formula in it."""
    out = io.StringIO()
    csv.writer(out).writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def table(rows: Iterable[Iterable[Any]]) -> str:
    """Return ``rows`` as one text."""
    return "".join(map(line, rows))

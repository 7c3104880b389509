"""Numbers that somebody typed, or that stand in an address."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]{1,9}")  # as many digits as every database holds


def number(value: str | None) -> int:
    """Return the number (of a revision, a row, a place) that ``value`` is; 0, which none has, for anything else."""
    return int(value) if value and _NUMBER.fullmatch(value) else 0

"""Why a file could not be used, or something not be made of it: codes, so that they can leave a sandbox and be kept.

The words for each, in three languages, are in wording.py. This module is loaded in sandboxed processes, too,
and so knows nothing but Python.
"""

from __future__ import annotations

from typing import Any

# Nobody can help it but the machine: worth another try by itself.
PASSING = frozenset({"disk_full", "stopped", "storage_away"})


class Problem(Exception):
    """Something about a file. ``code`` says what, ``detail`` the figures that its words need: text and numbers."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code = code
        self.detail = detail

    def __str__(self) -> str:
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.detail.items())])

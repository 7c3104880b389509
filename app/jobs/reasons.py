"""Saying in one line why something failed, without a secret in it."""

from __future__ import annotations

import logging
import time
import traceback
from pathlib import Path

from flask_babel import force_locale

from app.refusals import Refusal

LONGEST = 500
ROOT = Path(__file__).resolve().parents[2]


class Failed(Exception):
    """A job says in its own words, fit for the desk, why it could not be done."""


def reason(error: BaseException) -> str:
    """Return why, in one line of at most 500 characters.

    Only a Refusal, a Failed and the operating system are quoted. Other messages may hold an
    address, a code or a text (databases quote the row that they refuse), so these are told by
    their kind and by the line of ours that they came through.
    """
    if isinstance(error, Failed):
        words = str(error)
    elif isinstance(error, Refusal):
        with force_locale("en"):
            words = str(error.message)
    else:
        words = type(error).__name__
        if isinstance(error, OSError) and error.strerror:
            words += f": {error.strerror}"
        words += _place(error)
    return one_line(words or type(error).__name__)


def one_line(words: str) -> str:
    """Return ``words`` without line breaks and control characters, cut where a row's column ends."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in words).split())[:LONGEST]


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if _is_ours(Path(frame.filename))]
    if not frames:
        return ""
    last = (ours or frames)[-1]
    return f" ({last.name}, {Path(last.filename).name}:{last.lineno})"


def _is_ours(file: Path) -> bool:
    return file.is_relative_to(ROOT) and "site-packages" not in file.parts


class Sparing(logging.Filter):
    """Let the same line through once a minute, and exceptions as one line each.

    While a database or a queue is away, every thread of a worker would say so every second.
    """

    def __init__(self, seconds: float = 60) -> None:
        super().__init__()
        self.seconds = seconds
        self._said: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Tell whether to log ``record``."""
        if record.exc_info and record.exc_info[1]:
            record.msg, record.args = f"{record.getMessage()}: {reason(record.exc_info[1])}", ()
            record.exc_info = None
        line, at = record.getMessage(), time.monotonic()
        self._said = {told: since for told, since in self._said.items() if at - since < self.seconds}
        return self._said.setdefault(line, at) == at

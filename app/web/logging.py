"""The log: one line for each event, whatever somebody put into an address or a name.

Control characters and line ends are written as escapes, so nobody can forge a line. E-mail
addresses are masked, and the values in failed statements left out: the log tells what broke,
not who was there nor what they wrote. Addresses of pages are logged without their query.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from typing import TextIO

from flask import Flask, has_request_context, request
from sqlalchemy.exc import StatementError

from app import clock
from app.web.hosts import visitor_network

# C0 and C1 controls, DEL, line and paragraph separators, and what turns the direction of writing.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ADDRESSES = re.compile(r"[^\s@<>\"'(),;:=\[\]]{1,200}@[^\s@<>\"'(),;:=\[\]]{1,200}")
# Whoever has such an address comes in, once, or reads a text before its time.
_TOKENS = re.compile(r"(/desk/invitation/|/preview/)[^\s/?'\"]+")
LONGEST = 20_000  # characters of one entry; a trace of endless recursion would be longer


def masked(text: str) -> str:
    """Return ``text`` without e-mail addresses and tokens of invitations and preview links, and not too long."""
    return _TOKENS.sub(r"\1(token)", _ADDRESSES.sub("(address)", text[:LONGEST]))


def on_one_line(text: str) -> str:
    """Return ``text`` with every control character written as an escape."""
    return _CONTROLS.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class Stderr(logging.StreamHandler):
    """Writes to what is the standard error stream at that moment: servers and tests put another in its place."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> TextIO:  # type: ignore[override]
        """Where to write."""
        return sys.stderr


class Line(logging.Formatter):
    """Writes an event for people: a line, and under it the trace, each of its lines begun with a bar."""

    def format(self, record: logging.LogRecord) -> str:
        """Return ``record`` as text."""
        told = told_of(record)
        trace = told.pop("trace", "")
        told = {name: on_one_line(value) for name, value in told.items()}
        where = " ".join(str(told[name]) for name in ("method", "path", "network") if name in told)
        line = f"{told['at']} {told['level']} {told['logger']}: {told['message']}{f'  [{where}]' if where else ''}"
        return "".join([line, *(f"\n    | {on_one_line(row)}" for row in trace.splitlines())])


class JsonLine(logging.Formatter):
    """Writes an event for a log collector: one line of JSON, its trace included."""

    def format(self, record: logging.LogRecord) -> str:
        """Return ``record`` as JSON, in ASCII alone: everything else is an escape."""
        return json.dumps(told_of(record), ensure_ascii=True)


def told_of(record: logging.LogRecord) -> dict[str, str]:
    """Return what the log says of ``record``."""
    told = {
        "at": clock.now().isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "message": masked(record.getMessage()),
    }
    if has_request_context():
        told |= {"method": request.method, "path": masked(request.path), "network": visitor_network()}
    if record.exc_info and record.exc_info[1] is not None:
        told["trace"] = masked(_trace(record.exc_info[1]))
    return told


def _trace(error: BaseException) -> str:
    """Return the trace of ``error`` without the values that were sent to the database."""
    at: BaseException | None = error
    while at is not None:
        if isinstance(at, StatementError):
            at.hide_parameters = True
        at = at.__cause__ or at.__context__
    return "".join(traceback.format_exception(error)).rstrip()


def init_logging(app: Flask) -> None:
    """Send everything that ``app`` and its libraries say to one stream, a line each."""
    handler = Stderr()
    handler.setFormatter(JsonLine() if app.config["LOG_JSON"] else Line())
    handler.set_name("newsroom")
    root = logging.getLogger()
    for ours in [old for old in root.handlers if old.get_name() == "newsroom"]:
        root.removeHandler(ours)
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    app.logger.handlers.clear()  # Flask adds one of its own when nobody else listens
    app.logger.setLevel(logging.INFO)

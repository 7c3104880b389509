"""The log: one line an event, nobody's address, nobody's words."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.exc import IntegrityError

from app.web.logging import LONGEST, JsonLine, Line, init_logging, masked

EVIL = "name\r\n2025-11-20 INFO app: all is well\x1b[31m\x00\u2028\u202etxt\x85\x9b"


def _record(message: str, *told: Any, error: BaseException | None = None) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("app.rooms", logging.WARNING, "x.py", 1, message, told, info)


def _raised(error: BaseException, cause: BaseException | None = None) -> BaseException:
    try:
        raise error from cause
    except BaseException:
        return sys.exc_info()[1] or error


def test_a_line_tells_when_how_grave_where_and_what(frozen: Any) -> None:
    line = Line().format(_record("%s releases", 3))
    assert line == "2025-11-20T11:00:00.000+00:00 WARNING app.rooms: 3 releases"


def test_an_event_for_a_collector_is_json_on_one_line(frozen: Any) -> None:
    told = JsonLine().format(_record("Привіт %s", EVIL))
    assert told.isascii()
    assert "\n" not in told
    assert json.loads(told) == {
        "at": "2025-11-20T11:00:00.000+00:00",
        "level": "WARNING",
        "logger": "app.rooms",
        "message": f"Привіт {EVIL}",
    }


def test_nobody_can_forge_a_line() -> None:
    line = Line().format(_record("refused %s", EVIL))
    assert line.isprintable()
    assert "\\u000d\\u000a2025-11-20 INFO" in line


def test_a_trace_follows_its_line_and_none_of_its_own_can_be_taken_for_one() -> None:
    line = Line().format(_record("broken", error=_raised(RuntimeError(f"bad {EVIL}"))))
    first, *rest = line.splitlines()
    assert first.endswith("broken")
    assert all(row.startswith("    | ") and row.isprintable() for row in rest)
    assert any("RuntimeError: bad" in row for row in rest)


def test_a_trace_for_a_collector_is_in_its_line() -> None:
    told = JsonLine().format(_record("broken", error=_raised(RuntimeError("bad"))))
    assert "\n" not in told
    assert "RuntimeError: bad" in json.loads(told)["trace"]


@pytest.mark.parametrize("form", [Line(), JsonLine()])
def test_no_address_of_a_person_gets_into_the_log(form: logging.Formatter) -> None:
    error = _raised(ValueError("no such person: <oksana.k+x@office.test>"))
    told = form.format(_record("for %s and 'a@b.org'", "Oksana@Office.Test", error=error))
    for part in ("ksana", "office.test", "a@b", "Office"):
        assert part not in told.replace("test_no_address", "")
    assert "(address)" in told


@pytest.mark.parametrize("form", [Line(), JsonLine()])
def test_no_value_that_was_sent_to_the_database_gets_into_the_log(form: logging.Formatter) -> None:
    inner = IntegrityError("INSERT INTO account", {"name": "Oksana Kovalenko"}, Exception("UNIQUE failed"))
    told = form.format(_record("broken", error=_raised(RuntimeError("outer"), cause=_raised(inner))))
    assert "UNIQUE failed" in told
    assert "Kovalenko" not in told


def test_an_endless_message_is_cut() -> None:
    assert len(Line().format(_record("x" * 10 * LONGEST))) < 2 * LONGEST


def test_a_request_is_told_without_its_query_and_its_body(app: Flask) -> None:
    with app.test_request_context(
        "/desk/x%0d%0aX?kept=secret&next=/y",
        method="POST",
        data={"body": "private"},
        environ_base={"REMOTE_ADDR": "192.0.2.7"},
    ):
        line = Line().format(_record("refused"))
        told = json.loads(JsonLine().format(_record("refused")))
    assert line.endswith("app.rooms: refused  [POST /desk/x\\u000d\\u000aX 192.0.2.7]")
    assert (told["method"], told["path"], told["network"]) == ("POST", "/desk/x\r\nX", "192.0.2.7")
    assert "secret" not in line + str(told)
    assert "private" not in line + str(told)


@pytest.mark.parametrize(("setting", "form"), [(True, JsonLine), (False, Line)])
def test_there_is_one_handler_however_often_an_app_is_made(setting: bool, form: type) -> None:
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        app = Flask("a newsroom")
        app.config["LOG_JSON"] = setting
        init_logging(app)
        init_logging(app)
        ours = [handler for handler in root.handlers if handler.get_name() == "newsroom"]
        assert [type(handler.formatter) for handler in ours] == [form]
        assert app.logger.handlers == []
        assert app.logger.getEffectiveLevel() == logging.INFO
    finally:
        root.handlers[:] = before
        root.setLevel(level)


def test_the_address_of_an_invitation_is_not_written_down() -> None:
    told = masked("Incident 7 at GET /desk/invitation/AbC-123_x?language=fr: it broke")
    assert told == "Incident 7 at GET /desk/invitation/(token)?language=fr: it broke"

"""Why something failed, in one line without a secret."""

from __future__ import annotations

import logging

import pytest

from app.jobs import reasons, service
from app.refusals import Refusal

pytestmark = pytest.mark.usefixtures("frozen")


def test_a_reason_quotes_a_refusal_in_english(newsroom):
    with newsroom.test_request_context("/"):
        assert reasons.reason(service.Ended()) == "This work has already ended."
        assert reasons.reason(Refusal()) == "Refusal"


def test_a_reason_is_one_printable_line_that_fits():
    words = reasons.reason(reasons.Failed("a\nb\x00c\x1b[0m" + "é" * 600))

    assert words.startswith("a b c [0mé")
    assert (len(words), words.isprintable()) == (500, True)


def test_a_line_said_again_and_again_is_logged_once_a_minute(monkeypatch):
    passed, filtering = [0.0], reasons.Sparing()
    monkeypatch.setattr(reasons.time, "monotonic", lambda: passed[0])

    def say(words):
        passed[0] += 20
        return filtering.filter(logging.LogRecord("x", logging.ERROR, "", 0, words, (), None))

    assert [say("away") for _ in range(7)] == [True, False, False, True, False, False, True]
    assert say("something else") is True


def test_an_exception_is_logged_in_one_line_of_its_kind():
    try:
        raise ValueError("someone@example.org")
    except ValueError as error:
        record = logging.LogRecord("x", logging.ERROR, "", 0, "no %s", ("luck",), (ValueError, error, None))

    assert reasons.Sparing().filter(record) is True
    assert record.getMessage().startswith("no luck: ValueError (test_an_exception")
    assert record.exc_info is None

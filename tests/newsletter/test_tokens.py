"""Links in mails: ours alone, for one purpose, without an address."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask

from app.newsletter import headers, tokens
from app.newsletter.tokens import Maker, Purpose
from tests.conftest import NOON


def test_a_token_says_whose_it_is_and_of_which_day(app: Flask) -> None:
    token = tokens.make(Purpose.PREFERENCES, 12, 3, at=NOON)
    read = tokens.read(token)
    assert read is not None
    assert (read.id, read.made_at) == (12, NOON.replace(hour=0))
    assert Maker(Purpose.PREFERENCES).is_right(read, 3)
    assert len(token) == 35


def test_a_token_is_worth_nothing_for_another_purpose_or_version(app: Flask) -> None:
    read = tokens.read(tokens.make(Purpose.UNSUBSCRIBE, 12, 3, at=NOON))
    assert read is not None
    assert not Maker(Purpose.UNSUBSCRIBE).is_right(read, 4)
    for purpose in set(Purpose) - {Purpose.UNSUBSCRIBE}:
        assert not Maker(purpose).is_right(read, 3)


def test_no_token_can_be_changed_into_another(app: Flask) -> None:
    token = tokens.make(Purpose.UNSUBSCRIBE, 12, 0, at=NOON)
    maker = Maker(Purpose.UNSUBSCRIBE)
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    for place in range(len(token)):
        for letter in letters:
            changed = token[:place] + letter + token[place + 1 :]
            read = tokens.read(changed)
            assert changed == token or read is None or not maker.is_right(read, 0), changed


@pytest.mark.parametrize(
    "typed", ["", "a", "é" * 35, "A" * 34, "A" * 36, "A" * 4000, "=" * 35, "/" * 35, "\0" * 35, "_" * 35]
)
def test_what_is_no_token_is_read_as_nothing(app: Flask, typed: str) -> None:
    assert tokens.read(typed) is None


def test_a_day_later_the_token_is_another_one(app: Flask) -> None:
    assert tokens.make(Purpose.CHECK, 1, at=NOON) == tokens.make(Purpose.CHECK, 1, at=NOON)
    assert tokens.make(Purpose.CHECK, 1, at=NOON) != tokens.make(
        Purpose.CHECK, 1, at=NOON + timedelta(days=1)
    )


def test_each_mail_says_how_to_leave_in_one_click(app: Flask) -> None:
    url = headers.unsubscribe_url(12, language="uk", at=NOON)
    assert url.startswith("http://newsroom.test/uk/newsletter/unsubscribe/")
    assert headers.list_headers(url, language="en") == {
        "List-Id": '"International Secretariat" <newsletter.newsroom.test>',
        "List-Unsubscribe": f"<{url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert headers.preferences_url(12, 0, language="fr", at=NOON) != url

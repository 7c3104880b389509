"""``flask leaks`` asks for texts under embargo as those to whom they are not open, and leaves nothing behind."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.accounts.models import Account, Session
from app.accreditation.models import Group, Membership
from app.database import db
from app.editorial.queries import early
from app.embargoes.models import EarlyOpening
from app.leaks import service
from app.leaks.probe import asking, early_leaks
from app.leaks.queries import secrets
from app.media_users.models import MediaUser
from tests import make

TITLE = "Seven giraffes were counted near the river yesterday"


def told(app: Flask) -> list[Any]:
    """Return what the two who stand in, and a stranger, are told."""
    with service.standing_in(app) as cookies:
        asks = {"a stranger": asking(app, None)} | {
            who: asking(app, None, each) for who, each in cookies.items()
        }
        return list(early_leaks(asks, secrets()))


def kept() -> tuple[int | None, ...]:
    """Return how many rows there are of what stands in."""
    db.session.rollback()
    return tuple(
        db.session.scalar(select(func.count()).select_from(table))
        for table in (Account, MediaUser, Session, Group, Membership, EarlyOpening)
    )


def test_nothing_is_told_and_nothing_is_left(app: Flask) -> None:
    edition = make.embargoed(make.group("Pool"), title=TITLE)
    make.embargoed(title="A text that is open to nobody at all before")
    before = kept()
    assert told(app) == []
    assert kept() == before
    (secret,) = [each for each in secrets() if each.early]
    assert secret.early == (
        f"/en/account/embargoes/{edition.embargo_key}", f"/en/account/embargoes/{edition.embargo_key}.txt",
    )  # fmt: skip


def test_those_who_stand_in_are_logged_in_and_one_is_in_a_group(app: Flask) -> None:
    with service.standing_in(app) as cookies:
        pages = [asking(app, None, each)("/en/account/embargoes/") for each in cookies.values()]
        assert [status for status, _text in pages] == [200, 200]
        assert ["You are in this group." in text for _status, text in pages] == [False, True]
    assert asking(app, None, next(iter(cookies.values())))("/en/account/embargoes/")[0] == 303


def test_a_right_that_is_not_asked_is_found_out(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make.embargoed(make.group("Pool"), title=TITLE)
    monkeypatch.setattr(
        early, "text", lambda account_id, key, *, at: next(iter(early.under_embargo(at)), None)
    )
    found = told(app)
    assert {leak.address.partition(" (")[2] for leak in found} == {"without a group)", "of another group)"}
    answer = app.test_cli_runner().invoke(args=["leaks"])
    assert answer.exit_code == 1
    assert "answers 200" in answer.output
    db.session.rollback()
    assert not db.session.scalar(select(func.count()).select_from(MediaUser))
    assert not db.session.scalar(
        select(func.count()).where(Account.email_key.startswith("leaks:"), Account.is_active)
    )


def test_what_an_earlier_probe_left_behind_is_cleared_away(app: Flask) -> None:
    before = kept()
    service._stand_in(is_member=True)
    assert kept() != before
    assert told(app) == []
    assert kept() == before

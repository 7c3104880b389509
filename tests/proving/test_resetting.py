"""A new password by a code: for its owner at once, and for nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts import queries as accounts
from app.accounts import rules as account_rules
from app.accounts import service as people
from app.accounts.models import Account, Remembered, Session
from app.accounts.passwords import PasswordRefused
from app.acts import act
from app.audit.models import Entry
from app.database import db
from app.proving import rules, service
from app.proving.models import Proof, Purpose
from tests import make
from tests.proving.conftest import HOME

NEW = "Autre-Chose-2026!"


@pytest.fixture
def oksana(app: Any) -> Account:
    """Somebody with an account."""
    return make.officer("Oksana")


@pytest.fixture
def granted(oksana: Account, begin: Any) -> Proof:
    """Her proof, whose code was right."""
    attempt = begin(Purpose.RESET, oksana.email)
    return attempt.check(attempt.code())[0]


def sign_in(password: str, network: str = HOME) -> str:
    return people.sign_in("oksana@office.test", password, network=network, user_agent="Firefox")


def test_a_new_password_replaces_the_old_and_signs_nobody_in(
    granted: Proof, oksana: Account, frozen: Any
) -> None:
    service.set_new_password(granted, NEW, network=HOME)
    assert granted.ended_at == frozen.at
    assert accounts.sessions_of(oksana.id) == []
    with pytest.raises(account_rules.WrongPair):
        sign_in(make.PASSWORD)
    assert sign_in(NEW)


def test_one_code_gives_one_new_password_within_ten_minutes(granted: Proof, frozen: Any) -> None:
    frozen.at += timedelta(minutes=10, seconds=-1)
    service.set_new_password(granted, NEW, network=HOME)
    with pytest.raises(rules.ResetOver):
        service.set_new_password(granted, make.PASSWORD, network=HOME)


def test_after_ten_minutes_it_is_over(granted: Proof, frozen: Any) -> None:
    frozen.at += timedelta(minutes=10)
    with pytest.raises(rules.ResetOver):
        service.set_new_password(granted, NEW, network=HOME)
    assert sign_in(make.PASSWORD)


def test_a_password_that_does_not_do_leaves_the_proof_as_it_is(granted: Proof) -> None:
    for bad in ("short", "oksana-Office-2026!", " Autre-Chose-2026!"):
        with pytest.raises(PasswordRefused):
            service.set_new_password(granted, bad, network=HOME)
    service.set_new_password(granted, NEW, network=HOME)


@pytest.mark.parametrize("purpose", [Purpose.REGISTER, Purpose.CHANGE])
def test_no_other_purpose_gives_a_password(purpose: Purpose, begin: Any, oksana: Account) -> None:
    attempt = begin(purpose, "new@office.test")
    proof, _token = attempt.check(attempt.code())
    with pytest.raises(rules.ResetOver):
        service.set_new_password(proof, NEW, network=HOME)


def test_without_the_code_there_is_no_new_password(begin: Any, oksana: Account) -> None:
    with pytest.raises(rules.ResetOver):
        service.set_new_password(begin(Purpose.RESET, oksana.email).proof, NEW, network=HOME)


def test_a_closed_account_gets_no_new_password(granted: Proof, oksana: Account) -> None:
    people.deactivate(oksana, by=make.officer("Ada"))
    with pytest.raises(rules.ResetOver):
        service.set_new_password(granted, NEW, network=HOME)


@act
def _remember(account: Account, session_id: int) -> None:
    db.session.add(
        Remembered(
            account_id=account.id, family="f", token_digest=f"{session_id}", session_id=session_id,
            made_at=account.created_at,
        )
    )  # fmt: skip


def test_every_session_browser_code_and_proof_of_it_ends(
    granted: Proof, oksana: Account, begin: Any, frozen: Any
) -> None:
    sign_in(make.PASSWORD)
    _remember(oksana, db.session.scalars(select(Session.id)).one())
    other = begin(Purpose.RESET, oksana.email)
    stranger = begin(email="tom@office.test")
    code = other.code()

    service.set_new_password(granted, NEW, network=HOME)
    assert accounts.sessions_of(oksana.id) == []
    assert db.session.scalars(select(Remembered.ended_at)).all() == [frozen.at]
    with pytest.raises(rules.Over):
        other.check(code)
    stranger.check(stranger.code())


def test_it_is_logged_and_its_owner_told(granted: Proof, oksana: Account, run_jobs: Any, outbox: Any) -> None:
    service.set_new_password(granted, NEW, network=HOME)
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc()).limit(1)).one()
    assert (entry.verb, entry.account_id, entry.thing_id) == ("reset password", oksana.id, oksana.id)
    run_jobs()
    notice = next(mail for mail in outbox() if "password was changed" in mail.subject)
    assert notice.to == oksana.email
    assert "/en/account/forgot" in notice.text
    assert "administrator" in notice.text


def test_wrong_passwords_of_others_do_not_keep_the_owner_waiting(granted: Proof) -> None:
    for _ in range(5):
        with pytest.raises(account_rules.WrongPair):
            sign_in("wrong")
    with pytest.raises(account_rules.Locked):
        sign_in(make.PASSWORD)
    service.set_new_password(granted, NEW, network=HOME)
    assert sign_in(NEW)


def test_an_officer_s_second_factor_stands(granted: Proof, oksana: Account) -> None:
    service.set_new_password(granted, NEW, network=HOME)
    sign_in(NEW)
    assert [session.is_halfway for session in accounts.sessions_of(oksana.id)] == [True]

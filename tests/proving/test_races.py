"""The same moment, in two threads with sessions of their own: a code, a new password and an account come about once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from app.accounts import queries as accounts
from app.accounts.models import Account, Session
from app.acts import act
from app.database import db
from app.media_users import service as media_users
from app.media_users.rules import Applicant
from app.proving import queries, service
from app.proving.models import Proof, Purpose
from app.refusals import Refusal
from tests import make
from tests.proving.conftest import HOME, ZOE
from tests.proving.letters import other_than

PASSWORDS = ("Vulytsia-7-lypa!", "Dorozhnia-3-karta!")
ROUNDS = 5  # so that what only sometimes goes wrong does


def at_once(app: Flask, *calls: Callable[[], Any]) -> list[Any]:
    """Do all at the same moment; return what each gave, or the name of what it raised."""
    start, came = threading.Barrier(len(calls)), [None] * len(calls)

    def one(place: int, call: Callable[[], Any]) -> None:
        start.wait(30)
        for _try in range(20):
            with app.app_context():
                try:
                    came[place] = call()
                except Refusal as refusal:
                    came[place] = type(refusal).__name__
                except OperationalError as error:
                    if "database is locked" in str(error):
                        continue  # as a person would, one comes again
                    came[place] = error
                except Exception as error:
                    came[place] = error
            return

    db.session.rollback()
    threads = [threading.Thread(target=one, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    db.session.rollback()
    db.session.expire_all()
    return came


@act
def granted(proof: Proof) -> int:
    """Let the code of ``proof`` have been right."""
    proof = db.session.get_one(Proof, proof.id)
    proof.granted_at = proof.created_at
    return proof.id


def registered(name: str) -> int:
    applicant = Applicant(name=name, organisation="Freelance", country="FR", email=ZOE, language="en")
    token = media_users.register(applicant, PASSWORDS[0], has_accepted=True, network=HOME)
    return granted(queries.held_by(token))


def test_one_right_code_in_two_browsers_proves_the_address_once(begin: Any, app: Flask) -> None:
    attempt = begin()
    right = attempt.code()

    def send() -> str:
        return "token: " + service.check(queries.by_id(attempt.id), right, network=HOME)[1]

    came = at_once(app, send, send, send)
    assert sum(each.startswith("token: ") for each in map(str, came)) == 1
    assert sorted(map(str, came))[:2] == ["Over", "Over"]


def test_wrong_codes_at_the_same_moment_are_all_counted(begin: Any, app: Flask) -> None:
    attempt = begin()
    wrong = other_than(attempt.code())

    def guess() -> Any:
        return service.check(queries.by_id(attempt.id), wrong, network=HOME)

    came = at_once(app, *[guess] * 8)
    assert sorted(came) == ["UsedUp"] * 4 + ["WrongCode"] * 4
    assert attempt.codes[0].tries_left == 0


def test_codes_asked_for_at_the_same_moment_keep_to_the_limit(app: Flask, begin: Any) -> None:
    @act
    def ask() -> str:
        service.begin(Purpose.RESET, ZOE, language="en")
        return "asked"

    came = at_once(app, *[ask] * 8)
    assert sorted(came) == ["TooSoon"] * 3 + ["asked"] * 5


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_registrations_that_are_confirmed_at_once_make_one_account(app: Flask, round_: int) -> None:
    proofs = [registered(name) for name in ("Zoé", "Mallory")]

    def confirm(proof_id: int) -> Callable[[], str]:
        def do() -> str:
            media_users.confirm(queries.by_id(proof_id), network=HOME, user_agent="")
            return "made"

        return do

    came = at_once(app, *map(confirm, proofs))
    assert sorted(map(str, came)) in (["Known", "made"], ["Over", "made"])
    assert db.session.scalar(select(func.count(Account.id))) == 1
    assert db.session.scalar(select(func.count(Session.id))) == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_new_passwords_at_once_are_one(app: Flask, begin: Any, round_: int) -> None:
    """By two proofs of one account, whose codes were both right: the first ends the other."""
    tom = make.media_user()
    proofs = [granted(begin(Purpose.RESET, tom.email).proof) for _ in PASSWORDS]

    def choose(proof_id: int, password: str) -> Callable[[], str]:
        def do() -> str:
            media_users.choose_password(queries.by_id(proof_id), password, network=HOME)
            return "chosen"

        return do

    came = at_once(app, *map(choose, proofs, PASSWORDS))
    assert sorted(map(str, came)) == ["ResetOver", "chosen"]
    assert accounts.by_key(tom.email_key).password_hash != make.PASSWORD


def test_one_granted_proof_gives_one_password(app: Flask, begin: Any) -> None:
    tom = make.media_user()
    proof_id = granted(begin(Purpose.RESET, tom.email).proof)

    def choose(password: str) -> Callable[[], str]:
        def do() -> str:
            media_users.choose_password(queries.by_id(proof_id), password, network=HOME)
            return "chosen"

        return do

    assert sorted(map(str, at_once(app, *map(choose, PASSWORDS)))) == ["ResetOver", "chosen"]

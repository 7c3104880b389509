"""From what somebody types to an account: asked for, proven, made; the same for known and unknown addresses."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from app.accounts import hashing, rules
from app.accounts import queries as people
from app.accounts import service as signing
from app.accounts.hashing import Hashing
from app.accounts.models import Account, Session
from app.accounts.passwords import PasswordRefused
from app.acts import act
from app.audit.models import Entry
from app.database import db
from app.limits.limits import TooMany
from app.media_users import queries, service
from app.media_users.models import MediaUser, Registration
from app.media_users.rules import Applicant, Closed, NoCountry, NoOrganisation, NotAccepted
from app.proving import queries as proving
from app.proving import service as proofs
from app.proving.models import Proof
from app.proving.rules import Over, TooSoon
from tests import make
from tests.proving.letters import code_in

HERE = "192.0.2.7"
PASSWORD = "Vulytsia-7-lypa!"
ZOE = Applicant(
    name="Zoé Lefèvre", organisation="L’Écho du soir", country="FR", email="zoe@echo.test", language="fr"
)


def register(applicant: Applicant = ZOE, password: str = PASSWORD, **more: Any) -> str:
    return service.register(applicant, password, **({"has_accepted": True, "network": HERE} | more))


def proof_of(token: str) -> Proof:
    found = proving.held_by(token)
    assert found is not None
    return found


def confirm(proof: Proof) -> str:
    return service.confirm(proof, network=HERE, user_agent="A browser")


@act
def granted(proof: Proof) -> Proof:
    """Let the code of ``proof`` have been right."""
    proof = db.session.get_one(Proof, proof.id)
    proof.granted_at = proof.created_at
    return proof


def count(table: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_registering_keeps_what_was_typed_and_makes_no_account(app: Flask, frozen: Any) -> None:
    token = register(replace(ZOE, name="  Zoé\u00a0 Lefèvre "), back="/fr/news/?topic=x")

    proof = proof_of(token)
    kept = queries.registration(proof.id)
    assert (kept.name, kept.organisation, kept.country) == ("Zoé Lefèvre", "L’Écho du soir", "FR")
    assert (proof.email, proof.language, proof.back) == ("zoe@echo.test", "fr", "/fr/news/?topic=x")
    assert kept.accepted_at == frozen.at
    assert PASSWORD not in kept.password_hash
    assert count(Account) == 0


@pytest.mark.usefixtures("outbox_emptied")
def test_the_code_of_the_mail_makes_the_account_and_logs_in(app: Flask, run_jobs: Any, outbox: Any) -> None:
    proof = proof_of(register())
    run_jobs()
    granted_proof, _token = proofs.check(proof, code_in(outbox()[-1]), network=HERE)

    session = confirm(granted_proof)

    found = people.session_of(rules.token_digest(session))
    account = found[1]
    assert (account.email, account.name, account.roles, account.language) == (
        "zoe@echo.test", "Zoé Lefèvre", [], "fr",
    )  # fmt: skip
    told = db.session.get_one(MediaUser, account.id)
    assert (told.organisation, told.country, told.confirmed_at) == (
        "L’Écho du soir", "FR", granted_proof.granted_at,
    )  # fmt: skip
    assert count(Registration) == 0
    assert signing.sign_in("ZOE@echo.test", PASSWORD, network=HERE, user_agent="Another")
    assert db.session.scalars(select(Entry.verb).order_by(Entry.id)).all()[:2] == ["added", "signed in"]


def test_a_code_that_was_not_right_makes_nothing(app: Flask) -> None:
    with pytest.raises(Over):
        confirm(proof_of(register()))
    assert count(Account) == 0


def test_a_registration_becomes_one_account_however_often_it_is_confirmed(app: Flask) -> None:
    proof = granted(proof_of(register()))
    confirm(proof)
    with pytest.raises(Over):
        confirm(proof)
    assert (count(Account), count(Session)) == (1, 1)


def test_an_address_that_got_an_account_in_the_meantime_keeps_it(app: Flask) -> None:
    proof = granted(proof_of(register()))
    make.media_user("Zoe", ZOE.email)

    with pytest.raises(rules.Known):
        confirm(proof)
    with pytest.raises(Over):  # and this is over
        confirm(proof)

    assert signing.sign_in(ZOE.email, make.PASSWORD, network=HERE, user_agent="A browser")


def test_a_strangers_registration_of_an_address_never_blocks_its_owner(app: Flask) -> None:
    strangers = proof_of(register(replace(ZOE, name="Mallory"), "Another-2025-word!"))
    own = granted(proof_of(register()))

    confirm(own)

    account = people.by_key(own.email_key)
    assert account.name == "Zoé Lefèvre"
    db.session.refresh(strangers)
    assert strangers.ended_at is not None
    with pytest.raises(rules.WrongPair):
        signing.sign_in(ZOE.email, "Another-2025-word!", network=HERE, user_agent="A browser")


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"name": " \u200b "}, rules.NoName),
        ({"name": "x" * 121}, rules.NoName),
        ({"organisation": ""}, NoOrganisation),
        ({"organisation": "x" * 161}, NoOrganisation),
        ({"country": "ZZ"}, NoCountry),
        ({"country": ""}, NoCountry),
        ({"email": "zoe at echo.test"}, rules.BadAddress),
        ({"email": "zoe@echo.test\r\nBcc: a@b.test"}, rules.BadAddress),
        ({"language": "de"}, rules.NoLanguage),
    ],
)
def test_what_will_not_do_is_refused_and_nothing_kept(
    app: Flask, change: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        register(replace(ZOE, **change))
    assert count(Proof) == 0


def test_the_password_must_do_for_this_person(app: Flask) -> None:
    for password in ("short", "Lefèvre-2025-mot!", "zoe@echo.test-A1"):
        with pytest.raises(PasswordRefused):
            register(password=password)
    assert count(Registration) == 0


def test_the_conditions_must_be_accepted(app: Flask) -> None:
    with pytest.raises(NotAccepted):
        register(has_accepted=False)


def test_an_office_may_close_registration(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "REGISTRATION_CLOSED", dict.fromkeys(("fr", "en", "uk"), "Until Monday."))
    with pytest.raises(Closed):
        register()
    assert count(Proof) == 0


def test_a_network_registers_so_many_addresses_in_an_hour(
    app: Flask, frozen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "REGISTRATIONS_NETWORK", 2)
    for number in range(2):
        register(replace(ZOE, email=f"zoe-{number}@echo.test"))
    with pytest.raises(TooMany):
        register()
    register(network="198.51.100.7")
    frozen.at += timedelta(hours=1, seconds=1)
    register()


@pytest.mark.parametrize("is_known", [True, False])
def test_an_address_is_written_to_so_often_known_or_not(app: Flask, is_known: bool) -> None:
    if is_known:
        make.media_user("Zoe", ZOE.email)
    for _ in range(5):
        register()
    with pytest.raises(TooSoon):
        register()


def test_known_and_unknown_cost_the_same_work(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make.media_user("Tom", "tom@echo.test")
    make.media_user("Ann", "ann@echo.test")
    hashed: list[str] = []
    asked: list[str] = []
    kept = Hashing.hash
    monkeypatch.setattr(hashing.Hashing, "hash", lambda self, word: hashed.append(word) or kept(self, word))

    def work(email: str) -> tuple[int, list[str]]:
        hashed.clear()
        asked.clear()
        event.listen(db.engine, "before_cursor_execute", note)
        register(replace(ZOE, email=email))
        event.remove(db.engine, "before_cursor_execute", note)
        return len(hashed), list(asked)

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    work("warm@echo.test")
    assert work("tom@echo.test") == work("new@echo.test")
    assert hashed == [PASSWORD]


COLLIDING = [
    ("mıke@echo.test", "mike@echo.test"),
    ("preſs@echo.test", "press@echo.test"),
    ("\u212aate@echo.test", "kate@echo.test"),
    ("straße@echo.test", "strasse@echo.test"),
    ("аdmin@echo.test", "admin@echo.test"),  # a Cyrillic а
    ("İna@echo.test", "ina@echo.test"),
]


@pytest.mark.parametrize(("near", "own"), COLLIDING)
def test_an_address_that_looks_or_folds_alike_takes_over_nothing(app: Flask, near: str, own: str) -> None:
    owner = make.media_user("Owner", own)
    try:
        proof = granted(proof_of(register(replace(ZOE, email=near))))
        confirm(proof)
    except rules.Known:  # the same key: nothing was made, nothing changed
        pass
    db.session.refresh(owner)
    assert owner.email == own
    assert signing.sign_in(own, make.PASSWORD, network=HERE, user_agent="A browser")
    with pytest.raises(rules.WrongPair):
        signing.sign_in(own, PASSWORD, network=HERE, user_agent="A browser")


def test_another_spelling_of_an_address_is_the_same_account(app: Flask) -> None:
    proof = granted(proof_of(register()))
    confirm(proof)
    for spelling in ("ZOE@ECHO.TEST", "Zoe@echo.test"):
        with pytest.raises(rules.Known):
            confirm(granted(proof_of(register(replace(ZOE, email=spelling)))))
    assert count(Account) == 1

"""Signing in and out, and what the office does with accounts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from app.accounts import hashing, queries, rules, service
from app.accounts.hashing import Hashing
from app.accounts.models import Account, Role, Session
from app.accounts.passwords import PasswordRefused
from app.accounts.service import signing
from app.audit.models import Entry
from app.database import db
from tests import make

pytestmark = pytest.mark.usefixtures("password_alone")  # the second factor is in test_factor.py

HERE, ELSEWHERE = "192.0.2.7", "198.51.100.7"


def _sign_in(email: str = "oksana@office.test", password: str = make.PASSWORD, network: str = HERE) -> str:
    return service.sign_in(email, password, network=network, user_agent="A browser")


def _fail(times: int, **known: Any) -> None:
    for _ in range(times):
        with pytest.raises(rules.WrongPair):
            _sign_in(**{"password": "wrong"} | known)


def _log() -> list[tuple[str, int | None, int | None]]:
    return [
        (entry.verb, entry.account_id, entry.thing_id)
        for entry in db.session.scalars(select(Entry).order_by(Entry.id))
    ]


def _sessions() -> int:
    return db.session.scalar(select(func.count()).select_from(Session)) or 0


def test_the_right_password_opens_a_session_and_is_written_down(app: Flask, frozen: Any) -> None:
    oksana = make.officer("Oksana")

    token = _sign_in(" OKSANA@office.test")

    found = queries.session_of(rules.token_digest(token))
    assert found is not None
    session, account = found
    assert (account.id, account.last_seen_at) == (oksana.id, frozen.at)
    assert (session.created_at, session.seen_at, session.ended_at) == (frozen.at, frozen.at, None)
    assert (session.user_agent, session.network) == ("A browser", HERE)
    assert _log()[-1] == ("signed in", oksana.id, oksana.id)


def test_two_browsers_have_two_tokens(app: Flask) -> None:
    make.officer("Oksana")
    assert _sign_in() != _sign_in()
    assert _sessions() == 2


def test_a_decomposed_password_is_the_same_password(app: Flask) -> None:
    service.add_officer(
        "z@office.test", name="Zoé", roles=["writer"], language="fr", password="Été-indien-7-fois"
    )
    assert _sign_in("z@office.test", "E\u0301te\u0301-indien-7-fois")


def test_a_wrong_password_is_refused_and_written_down_with_the_account(app: Flask) -> None:
    oksana = make.officer("Oksana")
    _fail(1)
    assert _sessions() == 0
    assert _log()[-1] == ("failed to sign in", None, oksana.id)


def test_an_unknown_address_is_refused_in_the_same_words_and_named_nowhere(app: Flask) -> None:
    with pytest.raises(rules.WrongPair) as refused:
        _sign_in("nobody@office.test")
    assert str(refused.value) == "The e-mail address or the password is wrong"
    entry = db.session.scalars(select(Entry)).one()
    assert (entry.verb, entry.account_id, entry.thing_id, entry.label) == (
        "failed to sign in",
        None,
        None,
        "",
    )
    assert "nobody" not in str(entry.details)


@pytest.mark.parametrize("password", ["", "x" * 5000])
def test_no_password_and_an_endless_one_are_wrong_like_any_other(app: Flask, password: str) -> None:
    make.officer("Oksana")
    _fail(1, password=password)


def test_known_unknown_and_closed_accounts_cost_the_same_work(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.officer("Oksana")
    service.deactivate(make.officer("Amélie"))
    work: list[str] = []
    statements: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    real = Hashing.matches

    def watched(self: Hashing, kept: str | None, password: str, **more: Any) -> bool:
        work.append("dummy" if kept is None else "own")
        return real(self, kept, password, **more)

    monkeypatch.setattr(Hashing, "matches", watched)
    asked, written = [], []
    for email in ("oksana@office.test", "nobody@office.test", "amelie@office.test", "no address at all"):
        before = len(_log())
        db.session.expire_all()
        statements.clear()
        _fail(1, email=email)
        asked.append(list(statements))
        written.append(len(_log()) - before)
    assert work == ["own", "dummy", "dummy", "dummy"]
    assert written == [1, 1, 1, 1]
    assert asked[0] == asked[1] == asked[2] == asked[3]


def test_a_closed_account_is_refused_with_its_right_password(app: Flask) -> None:
    service.deactivate(make.officer("Oksana"))
    _fail(1, password=make.PASSWORD)


def test_an_account_closed_while_its_password_is_checked_stays_out(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    oksana = make.officer("Oksana")
    real = Hashing.matches

    def closing(self: Hashing, *told: Any, **more: Any) -> bool:
        service.deactivate(oksana)
        return real(self, *told, **more)

    monkeypatch.setattr(Hashing, "matches", closing)
    _fail(1, password=make.PASSWORD)
    assert _sessions() == 0


def test_after_five_wrong_passwords_even_the_right_one_waits(app: Flask, frozen: Any) -> None:
    make.officer("Oksana")
    began = frozen.at
    _fail(5)
    with pytest.raises(rules.Locked) as locked:
        _sign_in()
    assert timedelta(0) <= locked.value.until - (began + timedelta(minutes=15)) <= timedelta(seconds=1)
    assert str(locked.value) == "Too many attempts. Try again at 12:16."

    frozen.at = locked.value.until
    assert _sign_in()


def test_an_unknown_address_is_locked_like_a_known_one(app: Flask) -> None:
    _fail(5, email="nobody@office.test")
    with pytest.raises(rules.Locked):
        _sign_in("Nobody@OFFICE.test")


def test_nobody_is_locked_out_by_somebody_elses_tries(app: Flask) -> None:
    make.officer("Oksana")
    make.officer("Amélie")
    _fail(5, network=ELSEWHERE)
    assert _sign_in()
    assert _sign_in("amelie@office.test", network=ELSEWHERE)


def test_a_locked_address_costs_no_hash(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    make.officer("Oksana")
    _fail(5)
    monkeypatch.setattr(Hashing, "matches", lambda *told, **more: pytest.fail("it was hashed"))
    with pytest.raises(rules.Locked):
        _sign_in()


def test_tries_made_at_the_same_moment_do_not_slip_through_together(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.officer("Oksana")
    monkeypatch.setattr(signing, "check", lambda *told, **more: None)  # all of them looked before any counted
    _fail(5)
    with pytest.raises(rules.Locked):
        _sign_in()


def test_the_right_password_clears_the_count(app: Flask) -> None:
    make.officer("Oksana")
    _fail(4)
    _sign_in()
    _fail(4)
    assert _sign_in()


def test_a_hundred_wrong_passwords_from_one_network_close_it_for_an_hour(
    app: Flask, frozen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.officer("Oksana")
    monkeypatch.setitem(app.config, "LOGIN_TRIES_NETWORK", 6)
    for number in range(6):
        _fail(1, email=f"nobody{number}@office.test")
    with pytest.raises(rules.Locked) as locked:
        _sign_in()
    assert locked.value.until > frozen.at + timedelta(minutes=59)
    assert _sign_in(network=ELSEWHERE)


def test_the_wrong_password_that_reaches_the_networks_limit_is_still_only_wrong(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "LOGIN_TRIES_NETWORK", 1)
    monkeypatch.setattr(signing, "check", lambda *told, **more: None)
    _fail(2, email="nobody@office.test")


def test_who_comes_while_too_many_sign_in_is_sent_away_without_losing_a_try(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.officer("Oksana")
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0)
    monkeypatch.setitem(app.extensions, "hashing", Hashing(**hashing.CHEAP, slots=1))
    with hashing.hashing()._slot():
        for _ in range(6):
            with pytest.raises(hashing.Busy):
                _sign_in()
    assert _sign_in()


def test_a_hash_that_was_made_more_cheaply_is_made_anew_at_sign_in(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    oksana = make.officer("Oksana")
    old = oksana.password_hash
    monkeypatch.setitem(app.extensions, "hashing", Hashing(time_cost=2, memory_cost=64, slots=1))
    _sign_in()
    assert oksana.password_hash != old
    assert "t=2" in oksana.password_hash
    assert _sign_in()


def test_signing_out_ends_this_session_and_no_other(app: Flask, frozen: Any) -> None:
    oksana = make.officer("Oksana")
    here, there = _sign_in(), _sign_in()
    session, _account = queries.session_of(rules.token_digest(here)) or pytest.fail("no session")
    service.sign_out(session, by=oksana)
    assert session.ended_at == frozen.at
    assert queries.session_of(rules.token_digest(there))[0].ended_at is None  # type: ignore[index]
    assert _log()[-1] == ("signed out", oksana.id, oksana.id)


def test_signing_out_twice_keeps_the_first_moment(app: Flask, frozen: Any) -> None:
    oksana = make.officer("Oksana")
    session, _account = queries.session_of(rules.token_digest(_sign_in())) or pytest.fail("no session")
    first = frozen.at
    service.sign_out(session, by=oksana)
    frozen.at = first + timedelta(hours=1)
    service.sign_out(session, by=oksana)
    assert session.ended_at == first


def _add(**changes: Any) -> Account:
    told = {
        "email": "New@Office.test",
        "name": " Noé  Petit ",
        "roles": ["publisher", "writer", "publisher"],
        "language": "fr",
        "password": make.PASSWORD,
    }
    return service.add_officer(**told | changes)


def test_an_officer_is_added_with_a_tidy_name_and_a_hash(app: Flask, frozen: Any) -> None:
    by = make.officer("Ada")
    account = _add(by=by)
    assert (account.email, account.email_key) == ("New@office.test", "new@office.test")
    assert (account.name, account.roles, account.language, account.is_active) == (
        "Noé Petit",
        ["writer", "publisher"],
        "fr",
        True,
    )
    assert (account.created_at, account.last_seen_at) == (frozen.at, None)
    assert account.password_hash.startswith("$argon2id$")
    assert _log()[-1] == ("added", by.id, account.id)
    assert make.PASSWORD not in str([entry.details for entry in db.session.scalars(select(Entry))])


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"email": "nothing"}, rules.BadAddress),
        ({"name": " "}, rules.NoName),
        ({"roles": ["owner"]}, rules.NoRole),
        ({"roles": ["writer", "owner"]}, rules.NoRole),
        ({"roles": []}, rules.NoRole),
        ({"language": "de"}, rules.NoLanguage),
        ({"password": "short"}, PasswordRefused),
        ({"password": "Petit-2025-sonce!"}, PasswordRefused),
    ],
)
def test_an_officer_is_refused_for_each_thing_that_is_wrong(
    app: Flask, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        _add(**changes)
    assert queries.officers() == []


@pytest.mark.parametrize("email", ["new@office.test", "NEW@OFFICE.TEST"])
def test_one_address_is_one_account_however_it_is_spelled(app: Flask, email: str) -> None:
    _add()
    with pytest.raises(rules.Known):
        _add(email=email)
    assert len(queries.officers()) == 1


def test_the_database_itself_refuses_a_second_account_of_one_address(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add()
    monkeypatch.setattr(queries, "by_key", lambda key: None)  # both looked before either was there
    with pytest.raises(rules.Known):
        _add()


def test_a_new_password_ends_every_session_and_the_old_one_is_dead(app: Flask) -> None:
    oksana = make.officer("Oksana")
    token = _sign_in()
    service.set_password(oksana, "Kvitka-2026-weselka?")
    assert queries.session_of(rules.token_digest(token))[0].ended_at is not None  # type: ignore[index]
    _fail(1, password=make.PASSWORD)
    assert _sign_in(password="Kvitka-2026-weselka?")
    with pytest.raises(PasswordRefused):
        service.set_password(oksana, "short")


def test_a_closed_account_is_out_at_once_and_may_be_opened_again(app: Flask) -> None:
    oksana = make.officer("Oksana")
    token = _sign_in()
    service.deactivate(oksana)
    assert queries.session_of(rules.token_digest(token))[0].ended_at is not None  # type: ignore[index]
    service.activate(oksana)
    assert _sign_in()
    assert [verb for verb, *_ in _log()] == ["added", "signed in", "deactivated", "activated", "signed in"]


def test_roles_are_changed_and_the_change_told(app: Flask) -> None:
    oksana = make.officer("Oksana")
    service.set_roles(oksana, ["publisher", "writer"], by=make.officer("Ada"))
    assert oksana.roles == [Role.WRITER, Role.PUBLISHER]
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    told = {"before": ["writer"], "after": ["writer", "publisher"]}
    assert (entry.verb, entry.details) == ("changed roles", told)
    for none in ([], ["owner"]):
        with pytest.raises(rules.NoRole):
            service.set_roles(oksana, none)


def test_an_administrator_always_remains(app: Flask) -> None:
    ada = make.officer("Ada")
    with pytest.raises(rules.LastAdministrator):
        service.set_roles(ada, ["publisher"])
    with pytest.raises(rules.LastAdministrator):
        service.deactivate(ada)
    service.set_roles(ada, ["administrator", "writer"])
    service.set_roles(make.officer("Oksana"), ["administrator"])
    service.deactivate(ada)
    assert [account.name for account in queries.administrators()] == ["Oksana"]


def test_the_desk_learns_the_language_of_its_officer(app: Flask) -> None:
    oksana = make.officer("Oksana")
    service.choose_language(oksana, "uk", by=oksana)
    assert oksana.language == "uk"
    with pytest.raises(rules.NoLanguage):
        service.choose_language(oksana, "de", by=oksana)


def test_an_account_is_found_by_its_number(app: Flask) -> None:
    oksana = make.officer("Oksana")
    assert queries.by_id(oksana.id) is oksana
    assert queries.by_id(999) is None

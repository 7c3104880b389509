"""Nobody learns who has an account: whoever an address belongs to, the pages of an account answer, work and wait alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from app.accounts import service as accounts
from app.accounts.hashing import Hashing
from app.accreditation import service as accreditation
from app.database import db
from app.media_users import queries, service
from tests import make
from tests.media_users.steps import PASSWORD, ask_again, enter, forget, register
from tests.signing import log_in, post

WRONG = "Inshyi-2026-Pass!"
LOGIN = "/en/account/login"
SETTINGS = "/en/account/settings"
CODE = "/en/account/code?for="
NEVER_ALIKE = re.compile(r'name="csrf_token"[^>]*>')  # nor is it for two visits of one person

# Addresses of one length, so that pages can be compared by theirs. Nobody has the first.
WHO = {
    "nobody": "noo@globe.test", "a media user": "tom@globe.test", "a suspended one": "sue@globe.test",
    "one who leaves": "lea@globe.test", "a closed one": "clo@globe.test", "an officer": "off@globe.test",
}  # fmt: skip


def people() -> None:
    """Let those who have an account have it."""
    make.media_user(email=WHO["a media user"])
    suspended = make.media_user(email=WHO["a suspended one"])
    ada = make.officer("Ada")
    accreditation.suspend(queries.media_user(suspended.id), reason="Broke an embargo.", by=ada)
    service.leave(make.media_user(email=WHO["one who leaves"]))
    accounts.deactivate(make.media_user(email=WHO["a closed one"]), by=ada)
    accounts.add_officer(
        email=WHO["an officer"], name="Olha", roles=["writer"], language="en", password=make.PASSWORD, by=None
    )


@pytest.fixture(autouse=True)
def _newsroom(scene: Any, monkeypatch: pytest.MonkeyPatch, app: Flask) -> None:
    scene("media users of every kind", people)
    for name in ("REGISTRATIONS_NETWORK", "CODES_NETWORK", "LOGIN_TRIES_NETWORK", "LOGIN_BRAKE"):
        monkeypatch.setitem(app.config, name, 1000)


@dataclass(frozen=True)
class Told:
    """All that a visitor can see or measure of an answer, and what it cost."""

    status: int
    location: str | None
    headers: dict[str, str]
    cookies: list[str]
    page: str
    length: int
    hashes: int
    statements: list[str]


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[list[str], list[str]]]:
    """Note every hash that is made and every statement that is sent to the database."""
    hashed: list[str] = []
    asked: list[str] = []

    def noting(kept: Callable[..., Any], name: str) -> Callable[..., Any]:
        def note(*told: Any, **more: Any) -> Any:
            hashed.append(name)
            return kept(*told, **more)

        return note

    def ask(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", ask)
    with monkeypatch.context() as patch:
        for name in ("hash", "matches"):
            patch.setattr(Hashing, name, noting(getattr(Hashing, name), name))
        yield hashed, asked
    event.remove(db.engine, "before_cursor_execute", ask)


# What one may try with an address: what comes before it, and the request itself.


def signs_up(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
    return register(client, email=email)


def logs_in(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
    return post(client, LOGIN, {"email": email, "password": WRONG}, page=LOGIN)


def forgets(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
    return forget(client, email)


def waits_for_a_code(begin: Any, purpose: str) -> Callable[..., Any]:
    def look(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
        begin(client, email=email)
        run_jobs()
        yield
        yield client.get(CODE + purpose)

    return look


def types_a_wrong_code(begin: Any, purpose: str) -> Callable[..., Any]:
    def guess(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
        begin(client, email=email)
        run_jobs()
        yield
        yield enter(client, "042917", purpose)

    return guess


def asks_again(begin: Any) -> Callable[..., Any]:
    def ask(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
        begin(client, email=email)
        run_jobs()
        frozen.at += timedelta(seconds=61)
        yield
        yield ask_again(client)

    return ask


def asks_too_soon(begin: Any) -> Callable[..., Any]:
    def ask(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
        begin(client, email=email)
        yield
        yield ask_again(client)

    return ask


def guesses_elsewhere(purpose: str) -> Callable[..., Any]:
    def guess(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
        return enter(client, "042917", purpose, email=email, password=WRONG)

    return guess


def forgets_too_often(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
    for _ in range(5):
        forget(client.application.test_client(), email)
    yield
    yield forget(client, email)


def logs_in_too_often(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
    for _ in range(5):
        logs_in(client, email, run_jobs, frozen)
    yield
    yield logs_in(client, email, run_jobs, frozen)


def logs_in_as_registered(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
    register(client.application.test_client(), email=email)
    run_jobs()
    yield
    yield post(client, LOGIN, {"email": email, "password": PASSWORD}, page=LOGIN)


def wants_the_address(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
    log_in(client, make.media_user("Ann", f"own-{email}"))
    yield
    fields = {"address-email": email, "address-current_password": make.PASSWORD}
    yield post(client, f"{SETTINGS}/address", fields, page=SETTINGS)


def waits_for_the_address(client: FlaskClient, email: str, run_jobs: Any, frozen: Any) -> Any:
    log_in(client, make.media_user("Ann", f"own-{email}"))
    fields = {"address-email": email, "address-current_password": make.PASSWORD}
    post(client, f"{SETTINGS}/address", fields, page=SETTINGS)
    run_jobs()
    yield
    yield client.get(f"{CODE}change")


TRIES: dict[str, Callable[..., Any]] = {
    "register": signs_up,
    "log in": logs_in,
    "log in too often": logs_in_too_often,
    "log in with the password of one's own registration": logs_in_as_registered,
    "forgot": forgets,
    "forgot too often": forgets_too_often,
    "the code page of a registration": waits_for_a_code(register, "register"),
    "the code page of a new password": waits_for_a_code(forget, "reset"),
    "a wrong code for a registration": types_a_wrong_code(register, "register"),
    "a wrong code for a new password": types_a_wrong_code(forget, "reset"),
    "another code for a registration": asks_again(register),
    "another code for a new password": asks_again(forget),
    "another code too soon": asks_too_soon(forget),
    "a code for a registration elsewhere": guesses_elsewhere("register"),
    "a code for a new password elsewhere": guesses_elsewhere("reset"),
    "the address for an account of one's own": wants_the_address,
    "the code page of another address": waits_for_the_address,
}


def told(client: FlaskClient, email: str, trying: Callable[[], Any], monkeypatch: Any) -> Told:
    """Return what the last request of ``trying`` tells about ``email``: a generator stops once before that."""
    with counting(monkeypatch) as (hashed, asked):
        going = trying()
        if hasattr(going, "__next__"):
            next(going)
            hashed.clear()
            asked.clear()
            answer = next(going)
        else:
            answer = going
    html = answer.get_data(as_text=True)
    headers = {name: value for name, value in answer.headers.items() if name not in ("Set-Cookie", "Date")}
    cookies = [re.sub(r"=[^;]*", "=…", line, count=1) for line in answer.headers.getlist("Set-Cookie")]
    return Told(
        answer.status_code, answer.location, headers, cookies,
        NEVER_ALIKE.sub("", html).replace(email, "…").replace(email.replace("@", "%40"), "…"),
        len(html.encode()), len(hashed), asked,
    )  # fmt: skip


@pytest.mark.parametrize("name", TRIES)
def test_whoever_has_the_address_the_same_is_told_and_done(
    app: Flask, run_jobs: Any, frozen: Any, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Text, status, length within 1 %, headers, cookies, hashes and statements, for six kinds of address."""
    began, trying = frozen.at, TRIES[name]

    def seen(email: str) -> Told:
        frozen.at = began
        client = app.test_client()
        return told(client, email, lambda: trying(client, email, run_jobs, frozen), monkeypatch)

    seen("zzz@globe.test")  # what is only done once is behind us
    nobody = seen(WHO["nobody"])
    assert nobody.statements or nobody.status == 429
    for who, email in list(WHO.items())[1:]:
        its = seen(email)
        assert its == nobody, who
        assert abs(its.length - nobody.length) <= nobody.length * 0.01


def test_the_comparison_sees_a_difference(app: Flask, run_jobs: Any, frozen: Any, monkeypatch: Any) -> None:
    """The right password is told apart from a wrong one by everything that is compared."""
    email, seen = WHO["a media user"], []
    for password in (WRONG, make.PASSWORD):
        client = app.test_client()
        fields = {"email": email, "password": password}
        seen.append(
            told(client, email, lambda c=client, f=fields: post(c, LOGIN, f, page=LOGIN), monkeypatch)
        )
    wrong, right = seen
    assert wrong.status != right.status
    assert wrong.location != right.location
    assert wrong.page != right.page
    assert wrong.statements != right.statements

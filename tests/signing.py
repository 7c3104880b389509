"""Signing in: by the page, its form and its token, as a person does, or in one step where a test begins after it."""

from __future__ import annotations

import contextvars
import re
from datetime import timedelta
from typing import Any

from flask import Flask, request
from flask.testing import FlaskClient

from app import clock
from app.accounts import factor, presence, queries, rules, service
from app.accounts.models import Account, SecondFactor
from app.acts import act
from app.database import db
from app.web.hosts import visitor_network
from tests import make
from tests.walked import walked_once

PAGE = "/desk/sign-in"
FACTOR = "/desk/second-factor"
SEED = "5eed" * 8


def token_on(answer: Any) -> str:
    """Return the form token on the page that ``answer`` shows."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.get_data(as_text=True))
    assert found, "no form token on this page"
    return found[1]


def post(
    client: FlaskClient, path: str, fields: dict[str, Any] | None = None, *, page: str = PAGE, **more: Any
) -> Any:
    """Open ``page`` for its token, and send ``fields`` to ``path``."""
    token = token_on(client.get(page, follow_redirects=True))
    return client.post(path, data={"csrf_token": token} | (fields or {}), **more)


def try_password(
    client: FlaskClient, email: str, password: str, *, headers: dict[str, str] | None = None, **fields: Any
) -> Any:
    """Send the sign-in form."""
    return post(client, PAGE, {"email": email, "password": password} | fields, headers=headers)


def sign_in(client: FlaskClient, account: Account | None = None) -> FlaskClient:
    """Sign ``account`` (Oksana) in, in the browser that ``client`` is, with both factors.

    It happens by the acts that the pages call, not by the pages, which cost more than what most tests
    are about; tests/accounts walks through those.
    """
    person = account or make.officer("Oksana")
    token = _token_for(person, client.application, client.environ_base)
    with client.session_transaction(PAGE) as held:
        held.clear()
        held[presence.HELD] = token
    db.session.rollback()
    return client


@walked_once
def _token_for(person: Account, app: Flask, environ: dict[str, Any]) -> str:
    """Give ``person`` a second factor; return what the browser told of by ``environ`` holds once both were shown."""
    give_factor(person)
    return contextvars.Context().run(_token_of, person.email, app, environ)


def _token_of(email: str, app: Flask, environ: dict[str, Any]) -> str:
    with app.test_request_context(PAGE, environ_base=environ):
        browser = {"network": visitor_network(), "user_agent": request.user_agent.string}
        token = service.sign_in(email, make.PASSWORD, **browser)
        session, person = queries.session_of(rules.token_digest(token))
        if session.is_halfway:
            token = service.pass_factor(session, person, code_of(person), **browser)
    return token


def log_in(client: FlaskClient, account: Account) -> FlaskClient:
    """Log somebody of the media in, in the browser that ``client`` is."""
    if client._cookies:
        _log_in(client, account)
    else:
        client._cookies.update(_cookies_of(account, client.application, client.environ_base))
    return client


@walked_once
def _cookies_of(account: Account, app: Flask, environ: dict[str, Any]) -> dict[Any, Any]:
    """Return what a browser that knew nothing of us, told of by ``environ``, keeps once ``account`` has logged in."""
    client = app.test_client()
    client.environ_base.update(environ)
    _log_in(client, account)
    return dict(client._cookies)


def _log_in(client: FlaskClient, account: Account) -> None:
    page = "/en/account/login"
    answer = post(client, page, {"email": account.email, "password": make.PASSWORD}, page=page)
    assert answer.status_code == 303, answer.get_data(as_text=True)


@act
def give_factor(person: Account) -> None:
    """Give ``person`` a telephone whose codes were not used yet, without walking through the pages."""
    kept = queries.factor_of(person.id)
    if kept is None:
        db.session.add(SecondFactor(account_id=person.id, seed=SEED, last_step=0))
        person.factor_at = clock.now()
    else:
        kept.last_step = 0  # the clock of a test stands still, and a code is used once


def code_of(person: Account, later_seconds: int = 0) -> str:
    """Return what ``person``'s telephone shows now, or that much later."""
    kept = queries.factor_of(person.id)
    known = factor.secret(person.id, kept.seed if kept else SEED)
    return factor.code_at(known, clock.now() + timedelta(seconds=later_seconds))


def show_code(client: FlaskClient, code: str, **fields: Any) -> Any:
    """Send the form that asks for the second factor."""
    return post(client, FACTOR, {"code": code} | fields, page=FACTOR)


def session_cookie(client: FlaskClient) -> Any:
    """Return the cookie that holds the session, or None."""
    return client.get_cookie(client.application.config["SESSION_COOKIE_NAME"])

"""A browser that stays logged in: a token used once, and what happens when it is used twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts import queries, rules, service
from app.accounts.models import Account, Remembered, Session
from app.acts import act
from app.database import db
from tests import make
from tests.signing import post, token_on

HERE = "192.0.2.7"
LOGIN = "/en/account/login"
SETTINGS = "/en/account/settings"


def begin(account: Account) -> tuple[str, str]:
    """Return the tokens of a browser in which ``account`` has just logged in, to be remembered."""
    token = service.sign_in(account.email, make.PASSWORD, network=HERE, user_agent="A browser")
    remembered = service.remember(token)
    assert remembered is not None
    return token, remembered


def come_back(token: str) -> Any:
    return service.come_back(token, network=HERE, user_agent="A browser")


def is_in(token: str) -> bool:
    found = queries.session_of(rules.token_digest(token))
    assert found is not None
    return found[0].ended_at is None


def test_coming_back_opens_another_session_and_replaces_the_token(app: Flask) -> None:
    session, first = begin(make.media_user())

    back = come_back(first)

    assert back is not None
    assert back.remembered not in (None, first)
    assert is_in(back.session)
    assert not is_in(session)  # this browser has lost it
    assert first not in str([row.token_digest for row in db.session.scalars(select(Remembered))])


def test_a_token_asked_twice_at_once_lets_in_and_gives_no_second_one(app: Flask, frozen: Any) -> None:
    _session, first = begin(make.media_user())
    come_back(first)

    frozen.at += timedelta(seconds=30)
    again = come_back(first)

    assert again is not None
    assert again.remembered is None
    assert is_in(again.session)


@pytest.mark.usefixtures("outbox_emptied")
def test_a_copied_token_ends_the_family_with_its_sessions_and_tells_the_owner(
    app: Flask, frozen: Any, run_jobs: Any, outbox: Any
) -> None:
    tom = make.media_user(language="fr")
    _session, first = begin(tom)
    thief = come_back(first)
    at_once = come_back(first)
    other, elsewhere = begin(tom)
    frozen.at += timedelta(seconds=31)

    assert come_back(first) is None

    assert not is_in(thief.session)
    assert not is_in(at_once.session)
    assert come_back(thief.remembered) is None
    assert is_in(other)  # another family is left alone
    assert come_back(elsewhere) is not None
    run_jobs()
    assert [mail.to for mail in outbox()] == [tom.email]
    assert "déconnecté" in outbox()[0].text


@pytest.mark.parametrize(
    "why", ["unknown", "ended", "too old", "closed account", "became an officer", "logged out elsewhere"]
)
def test_who_is_not_remembered_does_not_come_back(app: Flask, frozen: Any, why: str) -> None:
    tom = make.media_user()
    session, token = begin(tom)
    row = queries.session_of(rules.token_digest(session))[0]
    if why == "unknown":
        token = "another"
    elif why == "ended":
        service.sign_out(row, by=tom)
    elif why == "too old":
        frozen.at += timedelta(days=60)
    elif why == "closed account":
        service.deactivate(tom, by=make.officer("Ada"))
    elif why == "became an officer":
        service.set_roles(tom, ["writer"], by=make.officer("Ada"))
    else:
        other = service.sign_in(tom.email, make.PASSWORD, network=HERE, user_agent="Another")
        service.end_other_sessions(queries.session_of(rules.token_digest(other))[0], by=tom)
    before = db.session.scalar(select(func.count(Session.id)))

    assert come_back(token) is None

    assert db.session.scalar(select(func.count(Session.id))) == before


def test_it_stays_remembered_until_the_last_day(app: Flask, frozen: Any) -> None:
    _session, token = begin(make.media_user())
    frozen.at += timedelta(days=60) - timedelta(seconds=1)
    assert come_back(token) is not None


def test_logging_all_others_out_keeps_the_browser_that_asks(app: Flask) -> None:
    tom = make.media_user()
    session, mine = begin(tom)
    _other, theirs = begin(tom)

    service.end_other_sessions(queries.session_of(rules.token_digest(session))[0], by=tom)

    assert come_back(theirs) is None
    assert come_back(mine) is not None


def test_a_new_password_forgets_every_browser(app: Flask) -> None:
    tom = make.media_user()
    _session, token = begin(tom)

    service.set_password(tom, "Another-2025-word!", by=None)

    assert come_back(token) is None


def test_officers_are_never_remembered(app: Flask, password_alone: None) -> None:
    oksana = make.officer("Oksana")
    token = service.sign_in(oksana.email, make.PASSWORD, network=HERE, user_agent="A browser")
    assert service.remember(token) is None
    assert db.session.scalar(select(func.count(Remembered.id))) == 0


def _log_in(client: FlaskClient, **fields: Any) -> Any:
    tom = make.media_user()
    return post(client, LOGIN, {"email": tom.email, "password": make.PASSWORD} | fields, page=LOGIN)


def _remembered(client: FlaskClient) -> Any:
    return client.get_cookie(client.application.config["REMEMBERED_COOKIE"])


def _lose_session(client: FlaskClient) -> None:
    client.delete_cookie(client.application.config["SESSION_COOKIE_NAME"])


def test_the_cookie_is_for_our_own_pages_alone(client: FlaskClient) -> None:
    answer = _log_in(client, remember="y")
    line = next(each for each in answer.headers.getlist("Set-Cookie") if each.startswith("remember-"))
    assert {"HttpOnly", "Path=/", "SameSite=Lax", f"Max-Age={60 * 24 * 3600}"} <= set(line.split("; "))
    assert "Domain" not in line


def test_nobody_is_remembered_who_did_not_ask(client: FlaskClient) -> None:
    _log_in(client)
    assert _remembered(client) is None


def test_a_remembered_browser_is_let_in_again_with_another_token(client: FlaskClient) -> None:
    _log_in(client, remember="y")
    before = _remembered(client).value
    _lose_session(client)

    assert client.get(SETTINGS).status_code == 200

    assert _remembered(client).value != before
    assert client.get(SETTINGS).status_code == 200


def test_a_copied_cookie_is_worth_nothing_after_its_owner_came_back(
    app: Flask, client: FlaskClient, frozen: Any
) -> None:
    _log_in(client, remember="y")
    thief = app.test_client()
    thief.set_cookie(app.config["REMEMBERED_COOKIE"], _remembered(client).value)
    _lose_session(client)
    client.get(SETTINGS)
    frozen.at += timedelta(minutes=1)

    assert thief.get(SETTINGS).status_code == 303

    assert _remembered(thief) is None
    assert client.get(SETTINGS).status_code == 303  # the owner logs in again


def test_logging_out_forgets_the_browser(client: FlaskClient) -> None:
    _log_in(client, remember="y")
    cookie = _remembered(client).value
    client.post("/en/account/logout", data={"csrf_token": token_on(client.get(SETTINGS))})

    assert _remembered(client) is None
    assert come_back(cookie) is None


def test_public_pages_and_the_desk_let_nobody_in_by_it(client: FlaskClient) -> None:
    _log_in(client, remember="y")
    before = _remembered(client).value
    _lose_session(client)

    assert "Set-Cookie" not in client.get("/en/").headers
    assert client.get("/desk/").status_code == 303

    assert _remembered(client).value == before


def test_a_form_sent_by_a_browser_that_comes_back_needs_its_token(client: FlaskClient) -> None:
    _log_in(client, remember="y")
    _lose_session(client)
    assert client.post("/en/account/logout").status_code == 400


def test_only_one_of_two_acts_at_once_replaces_a_token(app: Flask) -> None:
    """What was read before the act does not count: the row is read again inside."""
    _session, token = begin(make.media_user())

    @act
    def both() -> tuple[Any, Any]:
        return come_back(token), come_back(token)

    first, second = both()
    assert first.remembered is not None
    assert second.remembered is None

"""Logging in and out on the pages of an account, and at whose doors one stands then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.models import Session
from app.database import db
from app.media_users import service
from app.media_users.rules import Applicant
from app.proving import queries as proving
from tests import make
from tests.browser import Page
from tests.signing import post, session_cookie, sign_in, token_on, try_password

LOGIN, SETTINGS, LOGOUT = "/en/account/login", "/en/account/settings", "/en/account/logout"
WRONG = "The e-mail address or the password is wrong"


def log_in(
    client: FlaskClient, email: str = "tom@globe.test", password: str = make.PASSWORD, **fields: Any
) -> Any:
    make.media_user()
    return post(client, LOGIN, {"email": email, "password": password} | fields, page=LOGIN)


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_the_page_of_each_language(browse: Any, language: str) -> None:
    page = browse(f"/{language}/account/login")
    assert page.one("#email")["autocomplete"] == "username"
    assert page.one("#password")["autocomplete"] == "current-password"
    assert not page.all("main input[checked]")
    assert page.one("meta[name=robots]")["content"] == "noindex"


def test_the_right_password_leads_to_the_account(client: FlaskClient, browse: Any) -> None:
    answer = log_in(client, " TOM@globe.test ")
    assert (answer.status_code, answer.location) == (303, SETTINGS)
    page = browse(SETTINGS)
    assert page.words(".account__who p") == "Logged in as Tom"


def test_wrong_and_unknown_are_told_alike_and_the_password_is_not_kept(client: FlaskClient) -> None:
    pages = [Page(log_in(client, email, "wrong-Word-2025")) for email in ("tom@globe.test", "no@globe.test")]
    for page in pages:
        assert page.status == 422
        assert page.words(".error-summary li") == WRONG
        assert not page.one("#password").get("value")
        assert page.soup.title.get_text().startswith("Error: ")
    bare = [page.html.replace("tom@", "").replace("no@", "") for page in pages]
    same = [_without_tokens(each) for each in bare]
    assert same[0] == same[1]


def _without_tokens(html: str) -> str:
    import re

    return re.sub(r'name="csrf_token"[^>]*', "", html)


@pytest.mark.parametrize("email", ["tom@globe.test", "no@globe.test"])
def test_too_many_tries_say_when_and_how_to_get_in_now(client: FlaskClient, frozen: Any, email: str) -> None:
    for _ in range(5):
        log_in(client, email, "wrong")
    page = Page(log_in(client, email))
    assert page.status == 429
    assert "Too many attempts. Try again at 12:16" in page.words(".error-summary").replace("\u202f", " ")
    assert "set a new password now" in page.words(".error-summary")
    assert int(page.answer.headers["Retry-After"]) > 800
    frozen.at += timedelta(minutes=16)
    assert log_in(client, email).status_code == (303 if email.startswith("tom") else 422)


def test_a_busy_newsroom_says_when_to_come_again(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "LOGIN_BRAKE", 0)
    answer = log_in(client)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")


def test_a_form_that_stood_open_too_long_keeps_the_address(client: FlaskClient) -> None:
    page = Page(client.post(LOGIN, data={"email": "tom@globe.test", "password": make.PASSWORD}))
    assert page.status == 400
    assert page.one("#email")["value"] == "tom@globe.test"
    assert session_cookie(client) is not None  # of the new token alone
    assert client.get(SETTINGS).status_code == 303


def test_another_site_cannot_log_its_visitor_in(client: FlaskClient) -> None:
    """Login CSRF: a form that brings an attacker's pair has neither our token nor our origin."""
    tom = make.media_user()
    pair = {"email": tom.email, "password": make.PASSWORD}
    assert client.post(LOGIN, data=pair).status_code == 400
    theirs = token_on(client.application.test_client().get(LOGIN))
    assert client.post(LOGIN, data=pair | {"csrf_token": theirs}).status_code == 400
    foreign = {"Origin": "https://evil.test", "Sec-Fetch-Site": "cross-site"}
    assert post(client, LOGIN, pair, page=LOGIN, headers=foreign).status_code == 400
    assert client.get(SETTINGS).status_code == 303


def test_a_session_fixed_before_logging_in_is_worth_nothing(app: Flask, client: FlaskClient) -> None:
    client.get(LOGIN)
    before = session_cookie(client).value
    log_in(client)
    assert session_cookie(client).value != before
    other = app.test_client()
    other.set_cookie(app.config["SESSION_COOKIE_NAME"], before)
    assert other.get(SETTINGS).status_code == 303


def test_logging_in_ends_the_session_that_was_there(client: FlaskClient) -> None:
    log_in(client)
    token = token_on(client.get(SETTINGS))
    make.media_user("Ann")
    answer = client.post(
        LOGIN, data={"csrf_token": token, "email": "ann@globe.test", "password": make.PASSWORD}
    )
    assert answer.status_code == 303
    db.session.rollback()
    assert db.session.scalar(select(func.count()).where(Session.ended_at.is_(None))) == 1


def test_who_is_logged_in_goes_on(client: FlaskClient) -> None:
    log_in(client)
    assert client.get(f"{LOGIN}?next=/en/news/").location == "/en/news/"
    assert client.get("/en/account/").location == SETTINGS


def test_the_account_leads_to_the_log_in(client: FlaskClient) -> None:
    assert client.get("/uk/account/?next=/uk/news/").location == "/uk/account/login?next=/uk/news/"


def test_logging_out_ends_the_session_wherever_its_cookie_went(app: Flask, client: FlaskClient) -> None:
    log_in(client)
    copied = session_cookie(client).value
    answer = client.post(LOGOUT, data={"csrf_token": token_on(client.get(SETTINGS))})
    assert (answer.status_code, answer.location) == (303, LOGIN)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert Page(client.get(LOGIN)).words(".banner p") == "You are logged out."
    other = app.test_client()
    other.set_cookie(app.config["SESSION_COOKIE_NAME"], copied)
    assert other.get(SETTINGS).status_code == 303


def test_a_link_cannot_log_anybody_out(client: FlaskClient) -> None:
    log_in(client)
    assert client.get(LOGOUT).status_code == 405
    assert client.post(LOGOUT).status_code == 400
    assert client.get(SETTINGS).status_code == 200


def test_a_closed_account_is_told_nothing_more(client: FlaskClient) -> None:
    from app.accounts import service as accounts

    accounts.deactivate(make.media_user(), by=make.officer("Ada"))
    assert Page(log_in(client)).words(".error-summary li") == WRONG


def test_closing_an_account_shuts_its_browser_out_at_once(client: FlaskClient) -> None:
    from app.accounts import service as accounts

    log_in(client)
    accounts.deactivate(make.media_user(), by=make.officer("Ada"))
    assert client.get(SETTINGS).status_code == 303


def test_the_desk_stays_closed_to_media_users(client: FlaskClient) -> None:
    log_in(client)
    for path in ("/desk/", "/desk/releases/", "/desk/people/", "/desk/settings", "/desk/log/"):
        answer = client.get(path)
        assert answer.status_code == 403, path
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_media_users_get_no_further_by_the_door_of_the_desk(client: FlaskClient) -> None:
    tom = make.media_user()
    answer = try_password(client, tom.email, make.PASSWORD)
    assert answer.status_code == 303
    assert client.get("/desk/").status_code == 403
    assert client.get(SETTINGS).status_code == 200


def test_an_officer_is_asked_for_the_second_factor_at_this_door_too(client: FlaskClient) -> None:
    oksana = make.officer("Oksana")
    answer = log_in(client, oksana.email, next="/en/account/settings")
    assert answer.location.startswith("/desk/")
    assert client.get(SETTINGS).status_code == 303
    assert client.get("/desk/").status_code == 303


def test_an_officer_may_look_at_their_account_here(client: FlaskClient, browse: Any) -> None:
    sign_in(client, make.officer("Oksana"))
    page = browse(SETTINGS, by=client)
    assert "oksana@office.test" in page.words()


ZOE = Applicant(name="Zoé", organisation="Freelance", country="FR", email="zoe@echo.test", language="en")
HERS = "Vulytsia-7-lypa!"


@pytest.mark.parametrize("is_known", [True, False])
def test_the_password_of_a_registration_leads_to_its_code_known_or_not(
    app: Flask, client: FlaskClient, is_known: bool
) -> None:
    if is_known:
        make.media_user("Zoe", ZOE.email)
    before = service.register(ZOE, HERS, has_accepted=True, back="/en/events/", network="192.0.2.1")

    answer = log_in(client, ZOE.email, HERS)

    assert (answer.status_code, answer.location) == (303, "/en/account/code?for=register")
    db.session.rollback()
    assert proving.held_by(before) is None  # the other browser lost it
    assert client.get(SETTINGS).status_code == 303
    wrong = Page(log_in(client, ZOE.email, "wrong"))
    assert wrong.words(".error-summary li") == WRONG


def test_a_registration_of_yesterday_starts_again(client: FlaskClient, frozen: Any) -> None:
    service.register(ZOE, HERS, has_accepted=True, network="192.0.2.1")
    frozen.at += timedelta(hours=25)
    answer = log_in(client, ZOE.email, HERS)
    assert answer.location == "/en/account/register"
    page = Page(client.get(answer.location))
    assert "more than 24 hours old" in page.words(".banner")
    assert page.one("#email")["value"] == ZOE.email

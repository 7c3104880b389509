"""A forgotten password: the address, the code, another password, and back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import queries as people
from app.accounts.hashing import Hashing
from app.languages import LANGUAGES
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.media_users.steps import EMAIL, choose, enter, forget, register
from tests.proving.letters import code_in
from tests.signing import try_password

FORGOT = "/en/account/forgot"
PAGE = "/en/account/password"
NEW = "Autre-Chose-2026!"


def shown(answer: Any, status: int = 422) -> Page:
    page = Page(answer)
    assert page.status == status, page.words()
    hold_to_the_house(page)
    return page


@pytest.fixture
def mail(run_jobs: Any, outbox: Any) -> Any:
    """Do what is due, and return the newest mail to an address."""

    def newest(to: str) -> Any:
        run_jobs()
        return [each for each in outbox() if each.to == to][-1]

    return newest


@pytest.fixture
def oksana(client: FlaskClient, mail: Any) -> FlaskClient:
    """Oksana's browser, in which her code was right."""
    make.officer("Oksana")
    forget(client, "oksana@office.test", next="/en/news/?topic=x")
    assert enter(client, code_in(mail("oksana@office.test")), "reset").location == PAGE
    return client


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_address_is_asked_for(browse: Any, language: str) -> None:
    page = browse(f"/{language}/account/forgot?next=/{language}/news/")
    assert page.one("#email")["autocomplete"] == "username"
    assert page.one("#next")["value"] == f"/{language}/news/"


@pytest.mark.parametrize("email", ["oksana@office.test", "nobody@office.test", "OKSANA@OFFICE.TEST"])
def test_whatever_the_address_the_code_is_asked_for_next(client: FlaskClient, email: str) -> None:
    make.officer("Oksana")
    answer = forget(client, email)
    assert (answer.status_code, answer.location) == (303, "/en/account/code?for=reset")


@pytest.mark.parametrize("email", ["", "oksana", "a@b@c.example", "x" * 300 + "@office.test"])
def test_what_is_no_address_is_told_next_to_the_field(client: FlaskClient, email: str) -> None:
    page = shown(forget(client, email))
    assert page.words("#email-error")
    assert page.one("#email")["value"] == email


def test_too_many_codes_are_told_with_the_hour_at_which_there_is_one(
    client: FlaskClient, frozen: Any, app: Flask
) -> None:
    for _ in range(5):
        forget(app.test_client(), "oksana@office.test")
    answer = forget(client, "oksana@office.test")
    assert "You can ask for another code at 13:00." in shown(answer, 429).words("#email-error")
    assert answer.headers["Retry-After"] == "3600"


def test_too_many_from_one_network_are_told_so(client: FlaskClient, app: Flask, monkeypatch: Any) -> None:
    monkeypatch.setitem(app.config, "CODES_NETWORK", 1)
    forget(client, "oksana@office.test")
    shown(forget(client, "amelie@office.test"), 429)


def test_the_whole_way_to_a_new_password_and_back(oksana: FlaskClient, browse: Any, app: Flask) -> None:
    page = browse(PAGE)
    assert "oksana@office.test" in page.words(".account__lead")
    assert "12:10" in page.words(".account__lead")
    assert len(page.all("[data-rule]")) == 5
    assert choose(oksana, NEW).location == "/en/account/updated"
    for _ in range(2):
        page = browse("/en/account/updated")
        assert "Your other devices have been logged out." in page.words()
        link = page.one("main .button")
        assert link["href"] == "/en/account/login?next=/en/news/?topic%3Dx"
        assert "Log in and go back to “Releases”" in link.text
    assert try_password(app.test_client(), "oksana@office.test", make.PASSWORD).status_code == 422
    assert try_password(app.test_client(), "oksana@office.test", NEW).status_code == 303


def test_without_a_page_to_return_to_the_button_leads_to_the_door(
    client: FlaskClient, browse: Any, mail: Any
) -> None:
    make.officer("Oksana")
    forget(client, "oksana@office.test", next="https://evil.example/")
    enter(client, code_in(mail("oksana@office.test")), "reset")
    choose(client, NEW)
    link = browse("/en/account/updated").one("main .button")
    assert (link["href"], link.text) == ("/en/account/login", "Log in")


def test_a_code_signs_nobody_in(oksana: FlaskClient) -> None:
    choose(oksana, NEW)
    assert oksana.get("/en/account/settings").location.startswith("/en/account/login")
    assert oksana.get("/desk/").location.startswith("/desk/sign-in")


def test_each_rule_that_is_not_met_is_named_and_marked(oksana: FlaskClient) -> None:
    page = shown(choose(oksana, "sonyashnyk"))
    told = page.words("#password-error")
    for rule in ("12 characters or more", "A lower-case and an upper-case letter", "A digit", "A symbol"):
        assert rule in told
    assert "No spaces" not in told
    assert {item["data-rule"]: item["data-state"] for item in page.all("[data-rule]")} == {
        "length": "unmet", "case": "unmet", "digit": "unmet", "symbol": "unmet", "space": "met",
    }  # fmt: skip
    assert not page.one("#password").get("value")
    assert "sonyashnyk" not in page.html


def test_a_password_with_the_address_in_it_is_refused(oksana: FlaskClient) -> None:
    assert "must not contain your e-mail address" in shown(choose(oksana, "Oksana-2026-pass!")).words(
        "#password-error"
    )


def test_while_too_many_hash_one_is_asked_to_come_again(oksana: FlaskClient, monkeypatch: Any) -> None:
    monkeypatch.setattr(Hashing, "hash", _busy)
    answer = choose(oksana, NEW)
    shown(answer, 503)
    assert answer.headers["Retry-After"] == "5"


def _busy(*told: Any) -> Any:
    from app.accounts.hashing import Busy

    raise Busy


def test_without_a_code_there_is_no_way_to_the_password(client: FlaskClient, browse: Any) -> None:
    assert client.get(PAGE).location == FORGOT
    forget(client, "oksana@office.test")
    assert client.get(PAGE).location == FORGOT
    assert browse(FORGOT).one("#email")["value"] == "oksana@office.test"
    assert client.get("/en/account/updated").location == "/en/account/login"


def test_after_ten_minutes_one_begins_again_with_the_address(
    oksana: FlaskClient, browse: Any, frozen: Any
) -> None:
    frozen.at += timedelta(minutes=10)
    assert oksana.get(PAGE).location == FORGOT
    page = browse(FORGOT)
    assert "The time to choose a new password is over." in page.words(".banner")
    assert page.one("#email")["value"] == "oksana@office.test"


def test_a_code_gives_one_new_password(oksana: FlaskClient) -> None:
    choose(oksana, NEW)
    assert oksana.get(PAGE).location == "/en/account/updated"


def test_the_code_s_page_leads_on_once_the_code_was_right(oksana: FlaskClient) -> None:
    assert oksana.get("/en/account/code?for=reset").location == PAGE


def test_a_form_that_stood_open_for_too_long_is_shown_again(oksana: FlaskClient, client: FlaskClient) -> None:
    page = shown(oksana.post(PAGE, data={"password": NEW, "csrf_token": "old"}), 400)
    assert NEW not in page.html
    page = shown(client.post(FORGOT, data={"email": "oksana@office.test", "csrf_token": "old"}), 400)
    assert page.one("#email")["value"] == "oksana@office.test"


def test_a_late_form_of_nobody_is_led_to_the_beginning(client: FlaskClient) -> None:
    page = shown(client.post(PAGE, data={"password": NEW, "csrf_token": "old"}), 400)
    assert page.all("#email")


def test_who_forgot_the_password_before_the_address_was_confirmed_gets_both_at_once(
    client: FlaskClient, mail: Any, frozen: Any
) -> None:
    register(client)
    mail(EMAIL)
    frozen.at += timedelta(minutes=2)
    forget(client, EMAIL)
    letter = mail(EMAIL)
    assert "not confirmed yet" in letter.text
    assert enter(client, code_in(letter), "reset").location == PAGE
    assert "must not contain your name" in shown(choose(client, "Lefevre-2026-pass!")).words(
        "#password-error"
    )
    assert choose(client, NEW).location == "/en/account/updated"
    account = people.by_key(EMAIL)
    assert (account.name, account.roles) == ("Zoé Lefèvre", [])
    assert people.sessions_of(account.id) == []
    assert choose_again(client) == 303


def choose_again(client: FlaskClient) -> int:
    """Log in with the new password."""
    from tests.signing import post

    page = "/en/account/login"
    return post(client, page, {"email": EMAIL, "password": NEW, "next": ""}, page=page).status_code


def test_an_officer_whose_password_is_new_still_shows_the_second_factor(oksana: FlaskClient) -> None:
    choose(oksana, NEW)
    try_password(oksana, "oksana@office.test", NEW)
    assert oksana.get("/desk/").status_code == 303

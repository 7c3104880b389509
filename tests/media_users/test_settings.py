"""What somebody of the media has here, and what they change about it."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import queries as accounts
from app.accounts.models import Account
from app.accounts.service import open_session
from app.database import db
from app.media_users import queries
from tests import make
from tests.proving.letters import code_in
from tests.signing import post

SETTINGS = "/en/account/settings"
LOGIN = "/en/account/login"
NEW = "Haltestelle-2026!"


def log_in(client: FlaskClient, account: Account, password: str = make.PASSWORD) -> Any:
    return post(client, LOGIN, {"email": account.email, "password": password}, page=LOGIN)


@pytest.fixture
def tom(app: Flask) -> Account:
    """Somebody of the media."""
    return make.media_user("Tom")


@pytest.fixture
def inside(client: FlaskClient, tom: Account) -> FlaskClient:
    """Tom's browser, logged in."""
    assert log_in(client, tom).status_code == 303
    return client


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_the_settings_show_all_parts(inside: FlaskClient, browse: Any, tom: Account, language: str) -> None:
    page = browse(f"/{language}/account/settings", by=inside)
    assert len(page.all(".account__part form")) == 5
    assert tom.email in page.words()


def test_the_language_of_mails_is_chosen(inside: FlaskClient, tom: Account) -> None:
    answer = post(inside, f"{SETTINGS}/language", {"language": "uk"}, page=SETTINGS)
    assert (answer.status_code, answer.location) == (303, SETTINGS)
    assert db.session.get_one(Account, tom.id).language == "uk"
    wrong = post(inside, f"{SETTINGS}/language", {"language": "xx"}, page=SETTINGS)
    assert wrong.status_code == 422
    assert db.session.get_one(Account, tom.id).language == "uk"


def test_a_new_password_needs_the_one_before(inside: FlaskClient, tom: Account) -> None:
    wrong = post(
        inside, f"{SETTINGS}/password", {"current_password": "not it", "password": NEW}, page=SETTINGS
    )
    assert wrong.status_code == 422
    assert "This is not your password" in wrong.text
    assert NEW not in wrong.text
    open_session(tom, network="192.0.2.9", user_agent="another")
    right = post(
        inside, f"{SETTINGS}/password", {"current_password": make.PASSWORD, "password": NEW}, page=SETTINGS
    )
    assert right.status_code == 303
    assert [row.network for row in accounts.sessions_of(tom.id)] == ["127.0.0.1"]
    assert inside.get(SETTINGS).status_code == 200


def test_a_password_that_does_not_do_is_refused_by_name(inside: FlaskClient) -> None:
    sent = {"current_password": make.PASSWORD, "password": "short"}
    answer = post(inside, f"{SETTINGS}/password", sent, page=SETTINGS)
    assert answer.status_code == 422
    assert "12 characters or more" in answer.text


def test_other_devices_are_logged_out_one_by_one_or_all(inside: FlaskClient, tom: Account) -> None:
    for number in (1, 2, 3):
        open_session(tom, network=f"192.0.2.{number}", user_agent="Mozilla/5.0 Firefox/140 (Windows)")
    assert inside.get(SETTINGS).text.count("Firefox, Windows") > 2
    one = accounts.sessions_of(tom.id)[0]
    assert post(inside, f"{SETTINGS}/sessions/{one.id}/end", page=SETTINGS).status_code == 303
    assert len(accounts.sessions_of(tom.id)) == 3
    assert post(inside, f"{SETTINGS}/sessions/end-others", page=SETTINGS).status_code == 303
    assert len(accounts.sessions_of(tom.id)) == 1
    assert inside.get(SETTINGS).status_code == 200


def test_nobody_ends_a_session_of_somebody_else(inside: FlaskClient) -> None:
    other = make.media_user("Una")
    open_session(other, network="192.0.2.4", user_agent="")
    theirs = accounts.sessions_of(other.id)[0]
    assert post(inside, f"{SETTINGS}/sessions/{theirs.id}/end", page=SETTINGS).status_code == 404
    assert len(accounts.sessions_of(other.id)) == 1


def test_an_export_is_a_file_for_who_shows_the_password_again(inside: FlaskClient, tom: Account) -> None:
    refused = post(inside, f"{SETTINGS}/export", {"export-current_password": "not it"}, page=SETTINGS)
    assert refused.status_code == 422
    assert refused.mimetype == "text/html"
    answer = post(inside, f"{SETTINGS}/export", {"export-current_password": make.PASSWORD}, page=SETTINGS)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert answer.headers["Content-Disposition"] == "attachment; filename=media-account-2025-11-20.json"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert json.loads(answer.text)["account"]["email"] == tom.email


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_the_page_of_a_deletion_says_what_it_does(inside: FlaskClient, browse: Any, language: str) -> None:
    page = browse(f"/{language}/account/settings/delete", by=inside)
    assert "30" in page.words()
    assert page.one(f"a.button[href='/{language}/account/settings']")


def test_a_deletion_needs_the_password_and_logs_out(inside: FlaskClient, tom: Account, browse: Any) -> None:
    path = f"{SETTINGS}/delete"
    refused = post(inside, path, {"current_password": "not it"}, page=path)
    assert refused.status_code == 422
    assert queries.media_user(tom.id).leaving_at is None
    answer = post(inside, path, {"current_password": make.PASSWORD}, page=path)
    assert (answer.status_code, answer.location) == (303, "/en/account/leaving")
    assert inside.get(SETTINGS).status_code == 303
    assert browse("/en/account/leaving").status == 200


def test_logging_in_within_the_days_keeps_the_account(inside: FlaskClient, tom: Account, frozen: Any) -> None:
    path = f"{SETTINGS}/delete"
    post(inside, path, {"current_password": make.PASSWORD}, page=path)
    frozen.at += timedelta(days=29)
    log_in(inside, tom)
    assert "Your account is kept" in inside.get(SETTINGS).text
    assert queries.media_user(tom.id).leaving_at is None


def test_an_officer_is_sent_to_the_administrator_instead(app: Flask) -> None:
    client = make.signed_in(app, "Oksana")
    assert client.get(f"{SETTINGS}/delete").location == SETTINGS
    page = client.get(SETTINGS).text
    assert "Ask an administrator" in page
    assert f"{SETTINGS}/delete" not in page


def test_a_profile_is_changed_and_what_is_wrong_is_said_beside_it(inside: FlaskClient, tom: Account) -> None:
    told = {"name": "Tom Wire", "organisation": "Radio One", "country": "UA"}
    assert post(inside, f"{SETTINGS}/profile", told, page=SETTINGS).status_code == 303
    page = inside.get(SETTINGS).text
    assert 'value="Radio One"' in page
    assert queries.media_user(tom.id).country == "UA"
    refused = post(inside, f"{SETTINGS}/profile", told | {"organisation": " "}, page=SETTINGS)
    assert refused.status_code == 422
    assert "or “freelance”" in refused.text
    assert 'value="Tom Wire"' in refused.text


def test_an_address_is_changed_by_the_password_and_a_code(
    inside: FlaskClient, tom: Account, run_jobs: Any, outbox: Any
) -> None:
    sent = {"address-email": "tom@wire.test", "address-current_password": "not it"}
    refused = post(inside, f"{SETTINGS}/address", sent, page=SETTINGS)
    assert refused.status_code == 422
    assert 'value="tom@wire.test"' in refused.text
    sent["address-current_password"] = make.PASSWORD
    answer = post(inside, f"{SETTINGS}/address", sent, page=SETTINGS)
    assert answer.location == "/en/account/code?for=change"
    run_jobs()
    (mail,) = [mail for mail in outbox() if mail.to == "tom@wire.test"]
    code = "/en/account/code?for=change"
    done = post(inside, "/en/account/code", {"code": code_in(mail)}, page=code)
    assert (done.status_code, done.location) == (303, SETTINGS)
    assert "Your e-mail address is changed" in inside.get(SETTINGS).text
    assert db.session.get_one(Account, tom.id).email == "tom@wire.test"


def test_a_browser_that_was_logged_out_meanwhile_moves_no_account(
    inside: FlaskClient, tom: Account, run_jobs: Any, outbox: Any
) -> None:
    sent = {"address-email": "tom@wire.test", "address-current_password": make.PASSWORD}
    post(inside, f"{SETTINGS}/address", sent, page=SETTINGS)
    run_jobs()
    (mail,) = [mail for mail in outbox() if mail.to == "tom@wire.test"]
    with inside.session_transaction() as held:
        held.pop("_user_id")
    code = "/en/account/code?for=change"
    done = post(inside, "/en/account/code", {"code": code_in(mail)}, page=code)
    assert done.location.startswith(LOGIN)
    assert "your address is the one of before" in inside.get(done.location).text
    assert db.session.get_one(Account, tom.id).email == "tom@globe.test"

"""The door to the desk, as a browser meets it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.accounts import hashing, presence, service
from app.accounts.hashing import Hashing
from app.accounts.models import Account, Session
from app.database import db
from tests import make
from tests.accounts.test_rules import HONEST, HOSTILE
from tests.signing import PAGE, post, session_cookie, token_on, try_password

pytestmark = pytest.mark.usefixtures("password_alone")  # what follows it is in test_factor.py


def sign_in(client: FlaskClient, account: Account | None = None) -> FlaskClient:
    """Sign ``account`` (Oksana) in by a password alone."""
    person = account or make.officer("Oksana")
    answer = try_password(client, person.email, make.PASSWORD)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client


WRONG = "The e-mail address or the password is wrong"


def _text(answer: Any) -> str:
    return answer.get_data(as_text=True)


def test_the_way_in_asks_for_an_address_and_a_password(client: FlaskClient) -> None:
    page = client.get(PAGE)
    assert page.status_code == 200
    assert re.search(r'<input[^>]*autocomplete="username"[^>]*name="email"', _text(page))
    assert re.search(r'<input[^>]*autocomplete="current-password"[^>]*type="password"', _text(page))
    assert page.headers["Cache-Control"] == "private, no-store"


def test_the_right_password_leads_to_the_desk(client: FlaskClient) -> None:
    answer = try_password(client, make.officer("Oksana").email, make.PASSWORD)
    assert (answer.status_code, answer.location) == (303, "/desk/")
    assert client.get("/desk/").status_code == 200


def test_who_is_signed_in_goes_on_at_once(client: FlaskClient) -> None:
    sign_in(client)
    assert client.get(PAGE).location == "/desk/"
    assert client.get(f"{PAGE}?next=/desk/jobs").location == "/desk/jobs"
    assert client.get(f"{PAGE}?next=//evil.example").location == "/desk/"


def test_asking_for_headers_alone_shows_the_page_without_its_body(client: FlaskClient) -> None:
    assert client.head(PAGE).status_code == 200


@pytest.mark.parametrize("email", ["oksana@office.test", "nobody@office.test", "no address"])
def test_a_wrong_pair_keeps_the_address_and_not_the_password(client: FlaskClient, email: str) -> None:
    make.officer("Oksana")
    answer = try_password(client, email, "wrong-Password-1")
    assert answer.status_code == 422
    assert WRONG in _text(answer)
    assert f'value="{email}"' in _text(answer)
    assert "wrong-Password-1" not in _text(answer)
    assert "<title>Error:" in _text(answer)


def test_known_and_unknown_addresses_get_the_same_page(client: FlaskClient) -> None:
    make.officer("Oksana")
    pages = []
    for email in ("oksana@office.test", "nobody@office.test"):
        answer = try_password(client, email, "wrong-Password-1")
        told = _text(answer).replace(email, "…")
        pages.append(
            (
                re.sub(r'(csrf_token"[^>]*value=")[^"]*', r"\1", told),
                dict(answer.headers) | {"Set-Cookie": ""},
            )
        )
    assert pages[0][0] == pages[1][0]
    assert pages[0][1].keys() == pages[1][1].keys()


def test_both_fields_must_be_filled(client: FlaskClient) -> None:
    answer = try_password(client, "", "")
    assert answer.status_code == 422
    assert "Enter your e-mail address" in _text(answer)
    assert "Enter your password" in _text(answer)


def test_a_password_of_a_megabyte_is_refused_without_hashing_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.officer("Oksana")
    lengths: list[int] = []
    real = Hashing.matches

    def watched(self: Hashing, kept: str | None, password: str, **more: Any) -> bool:
        lengths.append(len(password))
        return real(self, kept, password, **more)

    monkeypatch.setattr(Hashing, "matches", watched)
    assert try_password(client, "oksana@office.test", "x" * 1_000_000).status_code == 422
    assert lengths == [0]


def test_too_many_wrong_passwords_say_until_when_by_the_offices_clock(
    client: FlaskClient, frozen: Any
) -> None:
    make.officer("Oksana")
    for _ in range(5):
        try_password(client, "oksana@office.test", "wrong")
    answer = try_password(client, "oksana@office.test", make.PASSWORD)
    assert answer.status_code == 429
    assert "Too many attempts. Try again at 12:16." in _text(answer)
    assert 900 <= int(answer.headers["Retry-After"]) <= 901
    assert 'value="oksana@office.test"' in _text(answer)

    frozen.at += timedelta(seconds=901)
    assert try_password(client, "oksana@office.test", make.PASSWORD).status_code == 303


def test_a_forwarded_address_that_no_proxy_of_ours_wrote_does_not_fool_the_limit(client: FlaskClient) -> None:
    make.officer("Oksana")
    for number in range(5):
        try_password(
            client, "oksana@office.test", "wrong", headers={"X-Forwarded-For": f"203.0.113.{number}"}
        )
    answer = try_password(client, "oksana@office.test", "wrong", headers={"X-Forwarded-For": "203.0.113.99"})
    assert answer.status_code == 429


def test_when_too_many_sign_in_at_once_one_is_asked_to_come_again(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    make.officer("Oksana")
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0)
    monkeypatch.setitem(app.extensions, "hashing", Hashing(**hashing.CHEAP, slots=1))
    with hashing.hashing()._slot():
        answer = try_password(client, "oksana@office.test", make.PASSWORD)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Many people are logging in at this moment." in _text(answer)


@pytest.mark.parametrize("wanted", [value for value in HONEST if len(value) < 200])
def test_signing_in_leads_to_where_one_was_going(client: FlaskClient, wanted: str) -> None:
    email = make.officer("Oksana").email
    page = client.get(PAGE, query_string={"next": wanted})
    answer = client.post(
        PAGE,
        data={"csrf_token": token_on(page), "email": email, "password": make.PASSWORD, "next": wanted},
    )
    assert answer.location == wanted


@pytest.mark.long
def test_signing_in_leads_nowhere_else(client: FlaskClient) -> None:
    email = make.officer("Oksana").email
    client.get(PAGE)
    for value in HOSTILE:
        page = client.get(PAGE, query_string={"next": value})
        if value.strip() and value.isascii():
            assert f'value="{value}"' not in _text(page)
        answer = client.post(
            PAGE,
            data={"csrf_token": token_on(page), "email": email, "password": make.PASSWORD, "next": value},
        )
        assert answer.location == "/desk/", repr(value)
        post(client, "/desk/sign-out", page="/desk/")


def test_where_one_was_going_is_kept_through_a_wrong_password(client: FlaskClient) -> None:
    make.officer("Oksana")
    answer = try_password(client, "oksana@office.test", "wrong", next="/desk/jobs")
    assert '<input id="next" name="next" type="hidden" value="/desk/jobs">' in _text(answer)
    answer = client.post(
        PAGE,
        data={
            "csrf_token": token_on(answer),
            "email": "oksana@office.test",
            "password": make.PASSWORD,
            "next": "/desk/jobs",
        },
    )
    assert answer.location == "/desk/jobs"


def test_a_desk_page_leads_to_the_way_in_and_back(client: FlaskClient) -> None:
    answer = client.get("/desk/releases/?state=draft&q=%D0%BC%D0%B8%D1%80")
    assert answer.status_code == 303
    assert (
        answer.location
        == "/desk/sign-in?next=/desk/releases/?state%3Ddraft%26q%3D%25D0%25BC%25D0%25B8%25D1%2580"
    )
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    sign_in(client)
    cookie = session_cookie(client)
    assert (cookie.http_only, cookie.same_site, cookie.path, cookie.domain) == (True, "Lax", "/", "localhost")
    assert cookie.origin_only
    assert len(cookie.value) < 4096


def test_signing_in_makes_a_new_session_and_a_new_form_token(client: FlaskClient) -> None:
    before = token_on(client.get(PAGE))
    with client.session_transaction() as held:
        held["planted"] = "by somebody else"
        old = held["csrf_token"]
    sign_in(client)
    with client.session_transaction() as held:
        assert "planted" not in held
        assert held.get("csrf_token") != old
        assert set(held) <= {"_user_id", "csrf_token", "_flashes"}
    late = client.post("/desk/language", data={"csrf_token": before, "language": "fr"})
    assert late.status_code == 400


def test_the_cookie_holds_no_account_and_no_address(client: FlaskClient) -> None:
    sign_in(client)
    with client.session_transaction() as held:
        token = held["_user_id"]
        assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
        assert "oksana" not in str(dict(held))
    assert token not in str(db.session.execute(select(Session.token_digest)).all())


def test_a_token_nobody_was_given_opens_nothing(client: FlaskClient) -> None:
    sign_in(client)
    with client.session_transaction() as held:
        held["_user_id"] = held["_user_id"][:-1] + ("A" if held["_user_id"][-1] != "A" else "B")
    assert client.get("/desk/").status_code == 303


def test_a_tampered_cookie_opens_nothing(client: FlaskClient, app: Flask) -> None:
    sign_in(client)
    cookie = session_cookie(client)
    client.set_cookie(cookie.key, cookie.value[:-2] + "xx")
    assert client.get("/desk/").status_code == 303


def test_signing_out_ends_the_session_and_clears_the_browser(client: FlaskClient) -> None:
    sign_in(client)
    answer = post(client, "/desk/sign-out", page="/desk/")
    assert (answer.status_code, answer.location) == (303, PAGE)
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/desk/").status_code == 303
    assert "You are logged out." in _text(client.get(PAGE))


def test_signing_in_again_ends_the_session_that_this_browser_had(client: FlaskClient, app: Flask) -> None:
    page = client.get(PAGE)
    sign_in(client)
    copied = session_cookie(client)
    with client.session_transaction() as held:
        held["csrf_token"] = _raw_token(app, page)
    answer = client.post(
        PAGE, data={"csrf_token": token_on(page), "email": "oksana@office.test", "password": make.PASSWORD}
    )
    assert answer.status_code == 303
    thief = app.test_client()
    thief.set_cookie(copied.key, copied.value)
    assert thief.get("/desk/").status_code == 303
    assert client.get("/desk/").status_code == 200


def _raw_token(app: Flask, page: Any) -> str:
    """Return what the session keeps of the form token on ``page``."""
    return URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").loads(token_on(page))


def test_a_copied_cookie_is_dead_after_signing_out(client: FlaskClient, app: Flask) -> None:
    sign_in(client)
    copied = session_cookie(client)
    thief = app.test_client()
    thief.set_cookie(copied.key, copied.value)
    assert thief.get("/desk/").status_code == 200
    post(client, "/desk/sign-out", page="/desk/")
    thief.set_cookie(copied.key, copied.value)
    assert thief.get("/desk/").status_code == 303


def test_signing_out_takes_a_form_of_ours(client: FlaskClient) -> None:
    sign_in(client)
    assert client.get("/desk/sign-out").status_code == 405
    assert client.post("/desk/sign-out").status_code == 400
    assert client.get("/desk/").status_code == 200


def test_a_closed_account_is_out_at_its_next_click(client: FlaskClient) -> None:
    sign_in(client)
    service.deactivate(make.officer("Oksana"))
    assert client.get("/desk/").status_code == 303


def test_a_session_left_alone_ends_after_eight_hours(client: FlaskClient, frozen: Any) -> None:
    sign_in(client)
    frozen.at += timedelta(hours=7, minutes=59)
    assert client.get("/desk/").status_code == 200
    frozen.at += timedelta(hours=8)
    assert client.get("/desk/").status_code == 303


def test_a_session_in_use_ends_after_a_day(client: FlaskClient, frozen: Any) -> None:
    sign_in(client)
    for _ in range(3):
        frozen.at += timedelta(hours=7)
        assert client.get("/desk/").status_code == 200
    frozen.at += timedelta(hours=3)
    assert client.get("/desk/").status_code == 303


def test_that_somebody_is_there_is_written_at_most_once_a_minute(client: FlaskClient, frozen: Any) -> None:
    sign_in(client)
    began = frozen.at
    seen = select(Session.seen_at, Account.last_seen_at).join(Account, Account.id == Session.account_id)
    frozen.at = began + timedelta(seconds=59)
    client.get("/desk/")
    assert db.session.execute(seen).one() == (began, began)
    frozen.at = began + timedelta(seconds=60)
    client.get("/desk/")
    assert db.session.execute(seen).one() == (frozen.at, frozen.at)


def test_a_page_is_shown_although_it_cannot_be_written_that_somebody_is_there(
    client: FlaskClient, frozen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)

    def busy(*told: Any) -> None:
        raise OperationalError("UPDATE", {}, Exception("database is locked"))

    monkeypatch.setattr(presence.service, "note_presence", busy)
    frozen.at += timedelta(minutes=5)
    assert client.get("/desk/").status_code == 200


def test_the_way_in_speaks_the_language_that_is_asked_for(client: FlaskClient) -> None:
    assert '<html lang="en">' in _text(client.get(PAGE))
    page = client.get(f"{PAGE}?language=uk&next=/desk/jobs")
    assert '<html lang="uk">' in _text(page)
    assert 'href="/desk/sign-in?language=fr&amp;next=/desk/jobs"' in _text(page)
    assert 'action="/desk/sign-in?language=uk"' in _text(page)
    assert '<html lang="fr">' in _text(
        client.get(PAGE, headers={"Accept-Language": "fr-BE,fr;q=0.9,en;q=0.5"})
    )
    assert '<html lang="en">' in _text(client.get(f"{PAGE}?language=de"))


def test_the_desk_speaks_the_language_of_its_officer(client: FlaskClient) -> None:
    sign_in(client, make.officer("Oksana", language="uk"))
    assert '<html lang="uk">' in _text(client.get("/desk/", headers={"Accept-Language": "fr"}))


def test_an_officer_chooses_another_language(client: FlaskClient) -> None:
    sign_in(client)
    answer = post(client, "/desk/language", {"language": "fr"}, page="/desk/settings")
    assert answer.location == "/desk/settings"
    page = client.get("/desk/settings")
    assert '<html lang="fr">' in _text(page)
    assert re.search(r'<input[^>]*checked[^>]*value="fr"', _text(page))


def test_choosing_a_language_leads_back_to_the_page_it_was_chosen_on(client: FlaskClient) -> None:
    sign_in(client)
    answer = post(client, "/desk/language", {"language": "fr", "next": "/desk/jobs"}, page="/desk/settings")
    assert answer.location == "/desk/jobs"
    answer = post(
        client, "/desk/language", {"language": "en", "next": "//evil.example"}, page="/desk/settings"
    )
    assert answer.location == "/desk/settings"


@pytest.mark.parametrize("language", ["", "de", "fr\0"])
def test_a_language_that_we_do_not_speak_is_refused_beside_the_choice(
    client: FlaskClient, language: str
) -> None:
    sign_in(client)
    answer = post(client, "/desk/language", {"language": language}, page="/desk/settings")
    assert answer.status_code == 422
    assert "There is a problem" in _text(answer)


def test_a_sign_in_page_that_stood_open_too_long_is_offered_again(client: FlaskClient) -> None:
    answer = client.post(
        PAGE, data={"email": "oksana@office.test", "password": make.PASSWORD, "next": "/desk/jobs"}
    )
    assert answer.status_code == 400
    assert "This form has expired. What you typed is kept: send it again." in _text(answer)
    assert 'value="oksana@office.test"' in _text(answer)
    assert 'value="/desk/jobs"' in _text(answer)
    assert make.PASSWORD not in _text(answer)


def test_nobody_is_signed_in_by_a_form_of_another_site(client: FlaskClient) -> None:
    make.officer("Oksana")
    answer = try_password(
        client, "oksana@office.test", make.PASSWORD, headers={"Origin": "https://evil.example"}
    )
    assert answer.status_code == 400
    assert client.get("/desk/").status_code == 303

"""Entering the code of a mail: in every state of it, in the browser that asked for it and in others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts import queries as people
from app.database import db
from app.languages import LANGUAGES
from app.proving import queries, service
from app.proving.models import MailState, Proof
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.media_users.steps import EMAIL, PASSWORD, ask_again, carried, enter, forget, register
from tests.proving.letters import code_in, other_than
from tests.signing import session_cookie, token_on

CODE = "/en/account/code"


@pytest.fixture
def mail(run_jobs: Any, outbox: Any) -> Any:
    """Do what is due, and return the newest mail to an address: ``mail()`` is the one to Zoé."""

    def newest(to: str = EMAIL) -> Any:
        run_jobs()
        return [each for each in outbox() if each.to == to][-1]

    return newest


@pytest.fixture
def zoe(client: FlaskClient) -> FlaskClient:
    """Zoé's browser, in which she has just registered."""
    register(client)
    return client


def shown(answer: Any, status: int = 422) -> Page:
    """Return the page of an answer, held to the house."""
    page = Page(answer)
    assert page.status == status, page.words()
    hold_to_the_house(page)
    return page


def proof() -> Proof:
    db.session.rollback()
    return db.session.query(Proof).order_by(Proof.id.desc()).first()


# The page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_names_the_address_and_takes_whatever_is_pasted(
    client: FlaskClient, browse: Any, language: str, mail: Any
) -> None:
    register(client, language)
    mail()
    page = browse(f"/{language}/account/code?for=register")
    assert EMAIL in page.words(".account__lead")
    field = page.one("#code")
    assert (field["type"], field["inputmode"], field["autocomplete"]) == ("text", "numeric", "one-time-code")
    assert not {"maxlength", "pattern", "placeholder", "value"} & {
        name for name, value in field.attrs.items() if value
    }
    assert "12:30" in page.words("#code-hint")
    assert "press@example.org" in page.words(".account__help")
    assert page.answer.headers["Cache-Control"] == "private, no-store"
    assert page.answer.headers["Referrer-Policy"] == "no-referrer"


def test_looking_at_the_page_changes_nothing(zoe: FlaskClient, browse: Any, mail: Any, frozen: Any) -> None:
    code = code_in(mail())
    for address in (f"{CODE}?for=register&code={code}", f"{CODE}?for=reset", CODE):
        zoe.get(address)
        zoe.head(address)
    assert proof().granted_at is None
    assert queries.newest_code(proof().id).tries_left == 5


def test_the_right_code_makes_the_account_and_leads_back(client: FlaskClient, mail: Any) -> None:
    register(client, next="/en/news/?topic=ukraine")
    before = session_cookie(client).value
    answer = enter(client, f"  {code_in(mail())[:3]} - {code_in(mail())[3:]} ")
    assert (answer.status_code, answer.location) == (
        303,
        "/en/account/created?next=/en/news/?topic%3Dukraine",
    )
    assert session_cookie(client).value != before
    assert people.by_key(EMAIL) is not None


def test_the_mail_s_link_fills_the_code_in_and_the_button_sends_it(zoe: FlaskClient, mail: Any) -> None:
    assert enter(zoe, **carried(mail())).location.startswith("/en/account/created")


def test_a_wrong_code_keeps_what_was_typed_and_says_how_often_is_left(zoe: FlaskClient, mail: Any) -> None:
    wrong = other_than(code_in(mail()))
    page = shown(enter(zoe, wrong))
    assert page.one("title").text.startswith("Error: ")
    assert (
        page.words(".error-summary__list a") == "The code is wrong. Check it in the e-mail. 4 attempts left."
    )
    assert page.one(".error-summary__list a")["href"] == "#code"
    assert page.one("#code")["value"] == wrong
    assert page.one("#code")["aria-describedby"] == "code-hint code-error"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "Enter the code from the e-mail"),
        ("12345", "The code has 6 digits; you entered 5"),
        ("abcdef", "The code has digits only"),
        ("\x00", "Enter the code from the e-mail"),
        ("9" * 100_000, "The code has 6 digits; you entered 2000"),
    ],
)
def test_what_is_no_code_is_told_next_to_the_field(zoe: FlaskClient, typed: str, told: str) -> None:
    assert told in shown(enter(zoe, typed)).words("#code-error")


def test_a_code_that_is_used_up_says_when_there_is_a_new_one(
    zoe: FlaskClient, browse: Any, mail: Any, frozen: Any
) -> None:
    wrong = other_than(code_in(mail()))
    for _ in range(5):
        page = shown(enter(zoe, wrong))
    assert "Too many wrong codes. You can ask for a new code at 12:01." in page.words("#code-error")
    assert "no longer works" in browse(CODE).words(".notice")


def test_a_code_that_is_too_late_is_followed_by_a_new_one(
    zoe: FlaskClient, browse: Any, mail: Any, frozen: Any
) -> None:
    code = code_in(mail())
    frozen.at += timedelta(minutes=30)
    assert "This code has expired. Ask for a new one." in browse(CODE).words(".notice")
    assert f"We have sent a new one to {EMAIL}." in shown(enter(zoe, code)).words("#code-error")
    assert enter(zoe, code_in(mail())).status_code == 303


def test_an_older_code_is_told_that_a_newer_was_sent(zoe: FlaskClient, mail: Any, frozen: Any) -> None:
    older = code_in(mail())
    frozen.at += timedelta(minutes=2)
    ask_again(zoe)
    assert "A newer code was sent at 12:02." in shown(enter(zoe, older)).words("#code-error")


def test_a_used_code_says_so_and_leads_to_the_door(zoe: FlaskClient, app: Flask, mail: Any) -> None:
    link = carried(mail())
    enter(zoe, **link)
    page = shown(enter(app.test_client(), email=EMAIL, password=PASSWORD, **link), 410)
    assert page.words("h1") == "This code was used already"
    assert "/en/account/login" in [link["href"] for link in page.all("main a")]


def test_a_form_that_stood_open_for_too_long_is_shown_again(zoe: FlaskClient, mail: Any) -> None:
    code = code_in(mail())
    page = shown(zoe.post(f"{CODE}?for=register", data={"code": code, "csrf_token": "old"}), 400)
    assert "This form has expired" in page.words(".error-summary")
    assert page.one("#code")["value"] == code
    assert proof().granted_at is None
    page = shown(zoe.post("/en/account/code/new", data={"csrf_token": "old"}), 400)
    assert page.all("#code")


def test_the_languages_lead_to_the_same_page(browse: Any) -> None:
    page = browse(f"{CODE}?for=reset")
    assert page.one('a[hreflang="uk"]')["href"] == "/uk/account/code?for=reset"


# A new code


def test_a_new_code_is_announced_above_the_page(zoe: FlaskClient, browse: Any, frozen: Any) -> None:
    frozen.at += timedelta(minutes=1)
    assert ask_again(zoe).location == f"{CODE}?for=register"
    page = browse(CODE)
    assert f"New code sent to {EMAIL}. It replaces the previous one." in page.words(".banner")


def test_too_soon_is_answered_with_the_hour_and_the_button_stays(
    zoe: FlaskClient, browse: Any, frozen: Any
) -> None:
    frozen.at += timedelta(seconds=15)
    assert "in 45 seconds, at 12:01" in browse(CODE).words(".account__again")
    answer = ask_again(zoe)
    page = shown(answer, 429)
    assert "You can ask for another code in 45 seconds, at 12:01." in page.words(".error-summary")
    assert answer.headers["Retry-After"] == "45"
    assert not page.one(".account__again button").has_attr("disabled")


def test_a_registration_of_yesterday_begins_again_with_its_address(
    zoe: FlaskClient, browse: Any, frozen: Any
) -> None:
    frozen.at += timedelta(hours=24)
    assert ask_again(zoe).location == "/en/account/register"
    page = browse("/en/account/register")
    assert "more than 24 hours old" in page.words(".banner")
    assert page.one("#email")["value"] == EMAIL


def test_changing_the_address_keeps_the_form_but_the_password(zoe: FlaskClient, browse: Any) -> None:
    link = browse(CODE).one('.account__help a[href$="/register"]')["href"]
    page = browse(link)
    assert [page.one(f"#{name}").get("value") for name in ("name", "email", "password")] == [
        "Zoé Lefèvre", EMAIL, "",
    ]  # fmt: skip


def test_without_a_proof_there_is_no_new_code(client: FlaskClient) -> None:
    token = token_on(client.get("/en/account/forgot"))
    answer = client.post("/en/account/code/new", data={"csrf_token": token})
    assert answer.location == f"{CODE}?for=register"


# What became of the mail


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (MailState.QUEUED, "It leaves within seconds."),
        (MailState.HANDED, "Handed over to the mail server at 12:07."),
        (MailState.LATE, "did not take it yet, last at 12:07."),
        (MailState.REFUSED, "refused this address at 12:07."),
    ],
)
def test_the_page_tells_what_became_of_the_mail(
    zoe: FlaskClient, browse: Any, frozen: Any, state: MailState, told: str
) -> None:
    frozen.at += timedelta(minutes=7)
    service.note_mail(proof().id, 1, state, answer=550)
    page = browse(CODE)
    assert told in page.words("[data-mail]")
    assert page.one("[data-mail]")["data-mail"] == state
    ways = len(page.all('main a[href$="/register"]'))
    assert ways == (3 if state == MailState.REFUSED else 2)


@pytest.fixture
def both(app: Flask, client: FlaskClient) -> Iterator[list[FlaskClient]]:
    """Two browsers: a forgotten password of a known address, and of an unknown one of the same length."""
    make.officer("Oksana")
    browsers = [client, app.test_client()]
    for browser, email in zip(browsers, ("oksana@office.test", "nobody@office.test"), strict=True):
        assert forget(browser, email).status_code == 303
    return browsers


def _without(page: str, *words: str) -> str:
    for word in words:
        page = page.replace(word, "")
    return page


@pytest.mark.parametrize("is_down", [False, True])
def test_a_forgotten_password_looks_the_same_for_known_and_unknown_addresses(
    both: Any, app: Flask, run_jobs: Any, monkeypatch: Any, is_down: bool
) -> None:
    if is_down:
        monkeypatch.setitem(app.config, "MAIL_SERVER", "127.0.0.1")
        monkeypatch.setitem(app.config, "MAIL_PORT", 9)
    for moment in ("before", "after"):
        pages = []
        for browser in both:
            answer = browser.get(f"{CODE}?for=reset")
            html = answer.get_data(as_text=True)
            pages.append(_without(html, "oksana@office.test", "nobody@office.test", token_on(answer)))
        assert pages[0] == pages[1]
        assert ("does not answer at this moment" in pages[0]) is (is_down and moment == "after")
        run_jobs()
    wrong = [shown(enter(browser, "000000", "reset")).words("#code-error") for browser in both]
    assert wrong == ["Error: The code is wrong. Check it in the e-mail. 4 attempts left."] * 2
    assert [ask_again(browser).status_code for browser in both] == [429, 429]


# Another device


def test_a_code_for_a_new_password_is_entered_on_another_device_with_its_address(
    client: FlaskClient, app: Flask, browse: Any, mail: Any
) -> None:
    make.officer("Oksana")
    forget(client, "oksana@office.test")
    telephone = app.test_client()
    code = code_in(mail("oksana@office.test"))
    page = browse(f"{CODE}?for=reset", by=telephone)
    assert page.all("#email")
    assert not page.all("#password")
    answer = enter(telephone, code, "reset", email="OKSANA@office.test")
    assert answer.location == "/en/account/password"
    assert browse("/en/account/password", by=telephone).all("#password")
    assert client.get("/en/account/password").location == "/en/account/forgot"  # the first browser lost it


def test_the_link_on_another_device_needs_no_address(client: FlaskClient, app: Flask, mail: Any) -> None:
    make.officer("Oksana")
    forget(client, "oksana@office.test")
    link = carried(mail("oksana@office.test"))
    assert enter(app.test_client(), purpose="reset", **link).location == "/en/account/password"


def test_the_link_shows_a_stranger_half_of_the_address_only(
    client: FlaskClient, app: Flask, mail: Any, frozen: Any
) -> None:
    make.officer("Oksana")
    forget(client, "oksana@office.test")
    link = carried(mail("oksana@office.test"))
    frozen.at += timedelta(minutes=30)
    page = shown(enter(app.test_client(), purpose="reset", **link))
    assert "We have sent a new one to o•••@office.test." in page.words("#code-error")
    assert "oksana@" not in page.html


def test_a_registration_is_confirmed_on_another_device_with_its_password(
    zoe: FlaskClient, app: Flask, browse: Any, mail: Any
) -> None:
    telephone = app.test_client()
    page = browse(f"{CODE}?for=register", by=telephone)
    assert page.all("#email")
    assert page.all("#password")
    answer = enter(telephone, code_in(mail()), email=EMAIL, password=PASSWORD)
    assert answer.location.startswith("/en/account/created")


def test_the_link_alone_confirms_nobody_s_registration(zoe: FlaskClient, app: Flask, mail: Any) -> None:
    link = carried(mail())
    telephone = app.test_client()
    page = shown(enter(telephone, **link))
    assert "password is wrong" in page.words(".error-summary")
    assert people.by_key(EMAIL) is None
    page = shown(enter(telephone, password="Autre-Chose-2026!", **link))
    assert people.by_key(EMAIL) is None
    assert EMAIL not in page.html
    assert enter(telephone, password=PASSWORD, **link).location.startswith("/en/account/created")


def test_a_stranger_s_registration_of_my_address_is_not_confirmed_by_mine(
    client: FlaskClient, app: Flask, mail: Any, frozen: Any
) -> None:
    register(client, name="A stranger", password="Inshyi-2026-Pass!")
    link = carried(mail())
    owner = app.test_client()
    frozen.at += timedelta(minutes=1)
    register(owner)
    answer = enter(
        owner, **link
    )  # the stranger's mail, opened by the owner in the browser of their own registration
    assert answer.status_code == 422
    assert people.by_key(EMAIL) is None
    assert enter(owner, code_in(mail())).location.startswith("/en/account/created")
    assert people.by_key(EMAIL).name == "Zoé Lefèvre"


def test_who_has_an_account_already_is_simply_let_in(app: Flask, client: FlaskClient) -> None:
    make.media_user()
    answer = enter(client, "042917", email="tom@globe.test", password=make.PASSWORD)
    assert answer.location == "/en/account/settings"
    make.officer("Oksana")
    answer = enter(app.test_client(), "042917", email="oksana@office.test", password=make.PASSWORD)
    assert answer.location == "/desk/sign-in"  # where the second factor is asked for


@pytest.mark.parametrize("purpose", ["register", "reset"])
@pytest.mark.parametrize("email", ["nobody@office.test", "no address", ""])
def test_an_address_for_which_nobody_asked_is_told_what_to_do(
    client: FlaskClient, purpose: str, email: str
) -> None:
    page = shown(enter(client, "042917", purpose, email=email, password="Wrong-2026-pass!"))
    assert page.words(".error-summary")


def test_guessing_a_registration_s_password_is_slowed_down(zoe: FlaskClient, app: Flask) -> None:
    telephone = app.test_client()
    for _ in range(5):
        shown(enter(telephone, "042917", email=EMAIL, password="Wrong-2026-pass!"))
    answer = enter(telephone, "042917", email=EMAIL, password=PASSWORD)
    shown(answer, 429)
    assert answer.headers["Retry-After"]


def test_a_code_for_another_address_of_an_account_is_entered_in_its_settings(client: FlaskClient) -> None:
    assert client.get(f"{CODE}?for=change").location == "/en/account/settings"


def test_a_purpose_that_there_is_not_is_a_registration(browse: Any) -> None:
    assert browse(f"{CODE}?for=everything").all("#password")


def test_a_code_for_another_purpose_than_this_browser_s_is_not_checked_as_its_own(
    zoe: FlaskClient, app: Flask, mail: Any, frozen: Any
) -> None:
    make.officer("Oksana")
    forget(app.test_client(), "oksana@office.test")
    code = code_in(mail("oksana@office.test"))
    assert enter(zoe, code, "reset", email="oksana@office.test").location == "/en/account/password"
    assert queries.newest_code(1).tries_left == 5

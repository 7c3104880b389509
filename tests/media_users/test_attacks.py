"""What is tried against media accounts, and comes to nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts import queries as people
from app.accounts.models import Account, Session
from app.accounts.rules import check_address
from app.accreditation import service as accreditation
from app.database import db
from app.media_users import queries, service
from app.media_users.models import Registration
from app.proving.models import Proof
from tests import make
from tests.browser import Page
from tests.corpora import some_and_others
from tests.media_users.steps import EMAIL, PASSWORD, carried, choose, enter, forget, register
from tests.media_users.test_way_back import HOSTILE, leads_away, links
from tests.proving.letters import code_in, link_in
from tests.signing import log_in, post, session_cookie, try_password

LOGIN, SETTINGS = "/en/account/login", "/en/account/settings"
FORGOT, NEW_PASSWORD = "/en/account/forgot", "/en/account/password"
NEW = "Dorozhnia-3-karta!"


@pytest.fixture
def mail(run_jobs: Any, outbox: Any) -> Any:
    """Do what is due, and return the newest mail to an address."""

    def newest(email: str = EMAIL) -> Any:
        run_jobs()
        return [each for each in outbox() if each.to == email][-1]

    return newest


def try_pair(client: FlaskClient, email: str, password: str, *, network: str = "", **fields: Any) -> Any:
    """Send the log-in form, from another ``network`` if one is given."""
    if network:
        client.environ_base["REMOTE_ADDR"] = network
    return post(client, LOGIN, {"email": email, "password": password} | fields, page=LOGIN)


def with_cookie(app: Flask, value: str) -> FlaskClient:
    """Return a browser that holds a copied session cookie."""
    other = app.test_client()
    other.set_cookie(app.config["SESSION_COOKIE_NAME"], value)
    return other


# A session that somebody else knows


@pytest.mark.parametrize("when", ["before registering", "before the code"])
def test_a_cookie_known_before_the_code_is_worth_nothing_after_it(
    app: Flask, client: FlaskClient, mail: Any, when: str
) -> None:
    client.get(LOGIN)
    known = session_cookie(client).value
    register(client)
    if when == "before the code":
        known = session_cookie(client).value
    assert enter(client, code_in(mail())).status_code == 303
    assert client.get(SETTINGS).status_code == 200

    thief = with_cookie(app, known)
    assert thief.get(SETTINGS).status_code == 303
    assert Page(thief.get("/en/account/code?for=register")).all("#email")  # as of any stranger


def test_a_cookie_known_before_the_code_chooses_no_password(
    app: Flask, client: FlaskClient, mail: Any
) -> None:
    tom = make.media_user()
    forget(client, tom.email)
    known = session_cookie(client).value
    enter(client, code_in(mail(tom.email)), "reset")
    assert client.get(NEW_PASSWORD).status_code == 200

    thief = with_cookie(app, known)
    assert thief.get(NEW_PASSWORD).location == FORGOT
    after = session_cookie(client).value
    choose(client, NEW)
    assert with_cookie(app, after).get(NEW_PASSWORD).location != NEW_PASSWORD
    assert choose_with(with_cookie(app, after), "Inshyi-2026-Pass!").status_code == 303
    assert try_pair(app.test_client(), tom.email, NEW).status_code == 303


def choose_with(client: FlaskClient, password: str) -> Any:
    """Send a new password with the token of another form: the page itself is closed."""
    return post(client, NEW_PASSWORD, {"password": password}, page=FORGOT)


def test_a_visitor_led_into_a_strangers_registration_loses_nothing(app: Flask, mail: Any) -> None:
    """A stranger's cookie in the owner's browser: the code of the mail lets in the browser that typed it, alone."""
    stranger = app.test_client()
    register(stranger)
    owner = with_cookie(app, session_cookie(stranger).value)
    enter(owner, code_in(mail()))
    assert owner.get(SETTINGS).status_code == 200
    assert stranger.get(SETTINGS).status_code == 303
    assert enter(stranger, code_in(mail()), email=EMAIL).status_code != 303


# Where a mailed link leads


FORWARDED = [
    {"X-Forwarded-Host": "evil.test"}, {"X-Forwarded-Host": "evil.test", "X-Forwarded-Proto": "https"},
    {"Forwarded": "host=evil.test;proto=https"}, {"X-Host": "evil.test"}, {"X-Original-Host": "evil.test"},
    {"X-Forwarded-Server": "evil.test"}, {"X-HTTP-Host-Override": "evil.test"}, {"X-Forwarded-Prefix": "/evil"},
    {"X-Original-URL": "//evil.test/"}, {"X-Rewrite-URL": "//evil.test/"}, {"X-Forwarded-Port": "81"},
    {"X-Script-Name": "/evil"}, {"Referer": "https://evil.test/"}, {"Host": "localhost"}, {"Host": "127.0.0.1:81"},
]  # fmt: skip


@pytest.mark.parametrize("headers", FORWARDED, ids=lambda headers: " ".join(headers.values()))
def test_no_header_changes_the_link_of_a_mail(
    app: Flask, client: FlaskClient, run_jobs: Any, outbox: Any, headers: dict[str, str]
) -> None:
    tom = make.media_user()
    host = headers.get("Host", "newsroom.test")
    page = f"http://{host}/en/account/forgot"
    client.get(page)
    for path, fields in (
        ("forgot", {"email": tom.email, "next": ""}),
        ("register", {
            "name": "Zoé", "organisation": "Freelance", "country": "FR", "email": EMAIL, "password": PASSWORD,
            "language": "en", "conditions": "y", "next": "",
        }),
    ):  # fmt: skip
        answer = post(client, f"http://{host}/en/account/{path}", fields, page=page, headers=headers)
        assert answer.status_code == 303
        assert answer.location.startswith("/en/account/code")
    run_jobs()
    mails = outbox()
    assert {each.to for each in mails} == {tom.email, EMAIL}
    for each in mails:
        assert link_in(each).startswith("http://newsroom.test/en/account/code?for=")
        assert "evil" not in each.text + (each.html or "")
        found = re.findall(r'https?://[^\s"<>]+', each.text + (each.html or ""))
        assert {address.split("/")[2] for address in found} == {"newsroom.test"}


def test_a_foreign_host_is_not_answered(client: FlaskClient) -> None:
    assert client.get("http://evil.test/en/account/forgot").status_code == 400


# What a stranger types of themselves


CONTROLS = [chr(number) for number in (*range(32), 127, 0x85, 0x2028, 0x2029)]


@pytest.mark.parametrize("controls", some_and_others(CONTROLS))
@pytest.mark.parametrize("is_known", [True, False])
def test_nothing_of_a_name_reaches_a_mail_to_an_unproven_address(
    app: Flask,
    run_jobs: Any,
    outbox: Any,
    monkeypatch: pytest.MonkeyPatch,
    is_known: bool,
    controls: list[str],
) -> None:
    """No spam by us: neither as a header nor as a sentence, and also if the address has an account."""
    for name in ("REGISTRATIONS_NETWORK", "CODES_HOUR", "CODES_DAY"):
        monkeypatch.setitem(app.config, name, 1000)
    if is_known:
        make.media_user("Zoe", EMAIL)
    answers = []
    for control in controls:
        told = f"Buy{control}Bcc: spy@evil.test{control}{control}Now http://evil.test"
        page = "/en/account/register"
        fields = {
            "name": told, "organisation": told, "country": "FR", "email": EMAIL, "password": PASSWORD,
            "language": "en", "conditions": "y", "next": "",
        }  # fmt: skip
        answers.append(post(app.test_client(), page, fields, page=page).status_code)
    assert set(answers) == {303}
    run_jobs()
    assert len(outbox()) >= 1
    for each in outbox():
        raw = "\n".join(path.read_text() for path in (app.config["INSTANCE_DIR"] / "outbox").glob("*.eml"))
        assert (each.to, "Bcc" in raw, "evil" in raw, "Buy" in raw) == (EMAIL, False, False, False)
    for row in db.session.scalars(select(Registration)):
        assert not set(CONTROLS) & set(row.name + row.organisation)


# The way back, through a forgotten password


@pytest.mark.parametrize("values", some_and_others(HOSTILE))
def test_no_hostile_address_gets_through_a_forgotten_password(
    app: Flask, monkeypatch: pytest.MonkeyPatch, mail: Any, frozen: Any, values: list[str]
) -> None:
    for name in ("CODES_NETWORK", "CODES_HOUR", "CODES_DAY"):
        monkeypatch.setitem(app.config, name, 1000)
    tom = make.media_user()
    for value in values:
        client = app.test_client()
        page = Page(client.get(FORGOT, query_string={"next": value}))
        assert not [link for link in links(page) if link and leads_away(link)], value
        assert forget(client, tom.email, next=value).location == "/en/account/code?for=reset"
        page = Page(client.get("/en/account/code", query_string={"for": "reset", "next": value}))
        assert not [link for link in links(page) if link and leads_away(link)], value
    db.session.rollback()
    assert set(db.session.scalars(select(Proof.back))) == {""}
    mail(tom.email)
    frozen.at += timedelta(minutes=1)  # of so many mails the newest are kept: hers is to be among them
    ann = make.media_user("Ann")
    client = app.test_client()
    forget(client, ann.email, next=HOSTILE[0])
    enter(client, code_in(mail(ann.email)), "reset", next=HOSTILE[0])
    page = Page(client.get(NEW_PASSWORD, query_string={"next": HOSTILE[0]}))
    assert not [link for link in links(page) if link and leads_away(link)]
    choose(client, NEW)
    page = Page(client.get("/en/account/updated", query_string={"next": HOSTILE[0]}))
    assert not [link for link in links(page) if link and leads_away(link)]


@pytest.mark.parametrize("path", ["/en/account/logout", "/en/account/code", "/en/account/code/new"])
def test_no_hostile_address_is_followed_by_a_form_without_one(client: FlaskClient, path: str) -> None:
    log_in(client, make.media_user())
    answer = post(client, path, {"next": "//evil.test", "code": "042917"}, page=SETTINGS)
    assert "evil" not in (answer.location or "")
    assert "evil" not in answer.get_data(as_text=True)


# An address that looks like another


NEAR = [
    ("mıke@echo.test", "mike@echo.test"), ("preſs@echo.test", "press@echo.test"), ("straße@echo.test", "strasse@echo.test"),
    ("аdmin@echo.test", "admin@echo.test"), ("İna@echo.test", "ina@echo.test"), ("ﬁona@echo.test", "fiona@echo.test"),
    ("m.ike@echo.test", "mike@echo.test"), ("mike+x@echo.test", "mike@echo.test"), ("mike@еcho.test", "mike@echo.test"),
]  # fmt: skip


@pytest.mark.parametrize(("near", "own"), NEAR)
def test_who_forgot_the_password_of_a_near_address_gets_nothing(
    client: FlaskClient, run_jobs: Any, outbox: Any, near: str, own: str
) -> None:
    make.media_user("Owner", own)
    forget(client, near)
    run_jobs()
    assert outbox() == []


@pytest.mark.parametrize(
    ("spelled", "own"),
    [
        ("\u212aate@echo.test", "kate@echo.test"), ("KATE@ECHO.TEST", "kate@echo.test"),
        ("kate@xn--80aikifvh.xn--j1amh", "kate@приклад.укр"), ("kate@приклад.укр", "kate@xn--80aikifvh.xn--j1amh"),
    ],
)  # fmt: skip
def test_however_an_address_is_spelled_the_mail_goes_to_the_one_that_is_kept(
    client: FlaskClient, run_jobs: Any, outbox: Any, spelled: str, own: str
) -> None:
    kept = make.media_user("Kate", own).email
    forget(client, spelled)
    run_jobs()
    assert [check_address(each.to) for each in outbox()] == [check_address(kept)]


# Owners, and those who should not come back


def test_an_owner_gets_in_by_a_code_while_others_go_on_guessing(
    app: Flask, client: FlaskClient, mail: Any
) -> None:
    tom = make.media_user()
    for number in range(12):
        try_pair(app.test_client(), tom.email, "wrong", network=f"203.0.113.{number}")
    assert try_pair(client, tom.email, make.PASSWORD).status_code == 429
    forget(client, tom.email)
    assert enter(client, code_in(mail(tom.email)), "reset").location == NEW_PASSWORD
    assert client.get(SETTINGS).status_code == 303  # a code alone logs nobody in
    choose(client, NEW)
    assert try_pair(app.test_client(), tom.email, "wrong", network="203.0.113.99").status_code == 429
    assert try_pair(client, tom.email, NEW).location == SETTINGS


def test_an_owner_whose_codes_a_stranger_used_up_gets_in_by_the_mail_that_came(
    app: Flask, client: FlaskClient, mail: Any, frozen: Any
) -> None:
    tom = make.media_user()
    for _ in range(5):
        stranger = app.test_client()
        forget(stranger, tom.email)
        frozen.at += timedelta(minutes=1)
        newest = mail(tom.email)
    for _ in range(5):
        enter(stranger, "000000" if code_in(newest) != "000000" else "000001", "reset")
    assert forget(client, tom.email).status_code == 429
    assert enter(client, purpose="reset", **carried(newest)).location == NEW_PASSWORD
    choose(client, NEW)
    assert try_pair(client, tom.email, NEW).location == SETTINGS


def test_a_suspended_account_is_opened_by_nothing(
    app: Flask, client: FlaskClient, run_jobs: Any, outbox: Any
) -> None:
    sue = make.media_user("Sue")
    assert try_pair(client, sue.email, make.PASSWORD, remember="y").status_code == 303
    remembered = client.get_cookie(app.config["REMEMBERED_COOKIE"])
    assert remembered is not None
    accreditation.suspend(queries.media_user(sue.id), reason="Broke an embargo.", by=make.officer("Ada"))
    run_jobs()
    told = len(outbox())

    assert client.get(SETTINGS).status_code == 303
    returning = app.test_client()
    returning.set_cookie(app.config["REMEMBERED_COOKIE"], remembered.value)
    assert returning.get(SETTINGS).status_code == 303
    assert try_pair(client, sue.email, make.PASSWORD).status_code == 422
    forget(client, sue.email)
    run_jobs()
    assert len(outbox()) == told


def leave(app: Flask) -> Account:
    """Return the account of somebody who has asked for it to be deleted."""
    lea = make.media_user("Lea")
    service.leave(lea)
    return lea


def is_leaving(account: Account) -> bool:
    db.session.rollback()
    return queries.media_user(account.id).leaving_at is not None


@pytest.mark.parametrize("door", ["log in", "code elsewhere", "desk"])
def test_whoever_leaves_and_logs_in_at_any_door_is_not_erased(
    app: Flask, client: FlaskClient, frozen: Any, run_jobs: Any, door: str
) -> None:
    lea = leave(app)
    frozen.at += timedelta(days=1)
    if door == "log in":
        try_pair(client, lea.email, make.PASSWORD)
    elif door == "code elsewhere":
        enter(client, "042917", email=lea.email, password=make.PASSWORD)
    else:
        try_password(client, lea.email, make.PASSWORD)
    assert client.get(SETTINGS).status_code == 200
    frozen.at += timedelta(days=30)
    run_jobs()
    assert people.by_key(lea.email_key) is not None
    assert not is_leaving(lea)


def test_a_code_alone_brings_no_leaving_account_back(app: Flask, client: FlaskClient, mail: Any) -> None:
    lea = leave(app)
    forget(client, lea.email)
    enter(client, code_in(mail(lea.email)), "reset")
    choose(client, NEW)
    assert is_leaving(lea)


def test_a_registration_nobody_confirmed_leaves_nothing_and_blocks_nobody(
    app: Flask, client: FlaskClient, frozen: Any, run_jobs: Any, mail: Any
) -> None:
    register(client, name="Mallory Stranger")
    run_jobs()
    owner = app.test_client()
    frozen.at += timedelta(minutes=2)
    register(owner)  # in nobody's way meanwhile
    frozen.at += timedelta(days=7)
    run_jobs()
    for table in (Registration, Proof):
        assert db.session.scalar(select(func.count()).select_from(table)) == 0
    for table in db.metadata.sorted_tables:
        kept = str(db.session.execute(select(table)).all())
        assert EMAIL not in kept, table.name
        assert "Mallory" not in kept, table.name
    register(owner)
    assert enter(owner, code_in(mail())).location.startswith("/en/account/created")


# The desk


@pytest.mark.parametrize("way", ["password", "reset", "code elsewhere", "desk"])
def test_nothing_but_the_second_factor_opens_the_desk(
    app: Flask, client: FlaskClient, mail: Any, way: str
) -> None:
    oksana = make.officer("Oksana")
    password = make.PASSWORD
    if way == "reset":
        forget(client, oksana.email)
        enter(client, code_in(mail(oksana.email)), "reset")
        choose(client, password := NEW)
    if way == "desk":
        try_password(client, oksana.email, password)
    elif way == "code elsewhere":
        enter(client, "042917", email=oksana.email, password=password)
    else:
        try_pair(client, oksana.email, password, remember="y")
    assert client.get_cookie(app.config["REMEMBERED_COOKIE"]) is None
    for path in ("/desk/", "/desk/releases/", "/desk/log/", "/desk/people/"):
        assert client.get(path).status_code == 303, path
    for path in (SETTINGS, "/en/account/settings/delete"):
        assert client.get(path).status_code == 303, path
    db.session.rollback()
    assert [row.is_halfway for row in db.session.scalars(select(Session))] == [True]


def test_a_remembered_browser_opens_nothing_once_its_owner_is_an_officer(
    app: Flask, client: FlaskClient
) -> None:
    from app.accounts import service as accounts

    tom = make.media_user()
    try_pair(client, tom.email, make.PASSWORD, remember="y")
    accounts.set_roles(tom, ["writer"], by=make.officer("Ada"))
    assert client.get("/desk/").status_code == 303
    assert client.get(SETTINGS).status_code == 303

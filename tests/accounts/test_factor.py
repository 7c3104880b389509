"""The second factor: counted like a telephone counts, used once, hard to guess, and asked of everybody."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pyotp
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.accounts import factor, queries, rules, service
from app.accounts.models import RecoveryCode, SecondFactor, Session
from app.audit.models import Entry
from app.database import db
from app.jobs.ledger import Job
from tests import make
from tests.signing import (
    FACTOR,
    SEED,
    code_of,
    give_factor,
    post,
    session_cookie,
    show_code,
    sign_in,
    token_on,
    try_password,
)

SET_UP = f"{FACTOR}/set-up"


@pytest.fixture
def halfway(client: FlaskClient, app: Flask) -> FlaskClient:
    """A browser in which Oksana has shown her password, and not her telephone."""
    give_factor(make.officer("Oksana"))
    assert try_password(client, "oksana@office.test", make.PASSWORD).location == FACTOR
    return client


def is_in(client: FlaskClient) -> bool:
    """Say whether the desk opens."""
    return client.get("/desk/").status_code == 200


def wrong(code: str) -> str:
    """Return six digits that are none of those that count now."""
    oksana = make.officer("Oksana")
    good = {code_of(oksana, seconds) for seconds in (-30, 0, 30)} | {code}
    return next(found for found in ("000000", "111111", "222222", "333333", "444444") if found not in good)


# Counting


def test_it_counts_as_the_standard_says(app: Flask, frozen: Any) -> None:
    known = factor.secret(7, SEED)
    totp = pyotp.TOTP(known)
    assert factor.code_at(known, frozen.at) == totp.at(frozen.at)
    told = pyotp.parse_uri(factor.address(known, email="oksana@office.test", newsroom="Secrétariat & co"))
    assert (told.secret, told.name, told.issuer) == (known, "oksana@office.test", "Secrétariat & co")
    assert (told.digits, told.interval) == (6, 30)


@pytest.mark.parametrize(
    ("seconds", "counts"), [(-60, False), (-30, True), (0, True), (29, True), (30, True), (60, False)]
)
def test_a_code_counts_half_a_minute_early_and_late(
    app: Flask, frozen: Any, seconds: int, counts: bool
) -> None:
    known = factor.secret(7, SEED)
    code = factor.code_at(known, frozen.at + timedelta(seconds=seconds))
    assert (factor.step_of(known, code, frozen.at) is not None) is counts


def test_a_secret_is_of_one_account_one_seed_and_one_newsroom(app: Flask, monkeypatch: Any) -> None:
    known = factor.secret(7, SEED)
    assert len(known) == 32
    assert known != factor.secret(8, SEED) != factor.secret(7, factor.new_seed())
    monkeypatch.setitem(app.config, "SECRET_KEY", "another key, as long as the one that tests use")
    assert known != factor.secret(7, SEED)


def test_the_database_holds_neither_the_secret_nor_a_recovery_code(client: FlaskClient, app: Flask) -> None:
    oksana = make.officer("Oksana")
    session, _codes, told = _set_up(client)
    del session
    kept = db.session.scalars(select(SecondFactor)).one()
    assert factor.secret(oksana.id, kept.seed) not in str(vars(kept))
    assert told not in str(vars(kept))
    digests = db.session.scalars(select(RecoveryCode.digest)).all()
    assert len(set(digests)) == 10
    assert not [
        code for code in _codes if code in " ".join(digests) or code.replace("-", "") in " ".join(digests)
    ]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("123456", "123456"), (" 123 456 ", "123456"), ("123-456", "123456"), ("１２３４５６", "123456"),
        ("١٢٣٤٥٦", "123456"), ("7k2qm-90xta", "7K2QM90XTA"), ("", ""), ("x" * 5000, ""), ("12\0", ""), ("🇺🇦", ""),
        ("<b>1</b>", ""), ("1" * 21, ""),
    ],
)  # fmt: skip
def test_codes_are_read_as_people_type_them(typed: str, plain: str) -> None:
    assert factor.typed_code(typed) == plain


def test_a_recovery_code_is_the_same_with_letters_that_look_alike(app: Flask) -> None:
    assert factor.recovery_digest(1, "01110-7K2QM") == factor.recovery_digest(1, "oil1o 7k2qm")
    assert factor.recovery_digest(1, "01110-7K2QM") != factor.recovery_digest(2, "01110-7K2QM")


def test_the_square_is_drawn_without_styles(app: Flask) -> None:
    drawn = factor.square("otpauth://totp/x?secret=ABC", title="Square <&>")
    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert "<title>Square &lt;&amp;&gt;</title>" in drawn


# Signing in


def test_the_password_alone_opens_nothing(halfway: FlaskClient) -> None:
    for path in ("/desk/", "/desk/releases/", "/desk/settings", "/desk/people/", f"{FACTOR}/remove"):
        answer = halfway.get(path)
        assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/desk/sign-in"), path
    assert halfway.get("/desk/sign-in?next=/desk/jobs").location == f"{FACTOR}?next=/desk/jobs"
    assert halfway.get(f"{SET_UP}").location == FACTOR
    assert not queries.by_id(make.officer("Oksana").id).last_seen_at  # type: ignore[union-attr]


def test_the_code_opens_the_desk_and_leads_where_one_was_going(halfway: FlaskClient) -> None:
    answer = show_code(halfway, code_of(make.officer("Oksana")), next="/desk/jobs")
    assert (answer.status_code, answer.location) == (303, "/desk/jobs")
    assert is_in(halfway)
    verbs = db.session.scalars(select(Entry.verb).order_by(Entry.id.desc()).limit(2)).all()
    assert verbs == ["signed in", "showed password"]


@pytest.mark.parametrize("wanted", ["https://evil.test/", "//evil.test", "/\\evil.test"])
def test_the_code_leads_nowhere_else(halfway: FlaskClient, wanted: str) -> None:
    assert show_code(halfway, code_of(make.officer("Oksana")), next=wanted).location == "/desk/"


def test_the_session_is_another_after_each_step(client: FlaskClient, app: Flask) -> None:
    oksana = make.officer("Oksana")
    give_factor(oksana)
    client.get("/desk/sign-in")
    cookies = [session_cookie(client).value]
    try_password(client, oksana.email, make.PASSWORD)
    cookies.append(session_cookie(client).value)
    show_code(client, code_of(oksana))
    cookies.append(session_cookie(client).value)
    assert len(set(cookies)) == 3
    first, second = db.session.scalars(select(Session).order_by(Session.id)).all()
    assert (first.is_halfway, first.ended_at is not None) == (True, True)
    assert (second.is_halfway, second.ended_at) == (False, None)
    client.set_cookie(session_cookie(client).key, cookies[1], domain="localhost")
    assert not is_in(client)


def test_a_code_is_used_once(halfway: FlaskClient, app: Flask, frozen: Any) -> None:
    oksana = make.officer("Oksana")
    code = code_of(oksana)
    show_code(halfway, code)
    other = app.test_client()
    try_password(other, oksana.email, make.PASSWORD)
    answer = show_code(other, code)
    assert answer.status_code == 422
    assert "The code is wrong or was used already." in answer.get_data(as_text=True)
    assert show_code(other, code_of(oksana, -30)).status_code == 422  # older than the one that was used
    frozen.at += timedelta(seconds=30)
    assert show_code(other, code_of(oksana)).status_code == 303


def test_a_wrong_code_is_said_next_to_its_field_and_written_down(halfway: FlaskClient, browse: Any) -> None:
    answer = show_code(halfway, wrong(""))
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    assert 'href="#code"' in text
    assert wrong("") not in text
    assert (
        db.session.scalars(select(Entry.verb).order_by(Entry.id.desc())).first()
        == "failed to show second factor"
    )
    browse(FACTOR, by=halfway)


def test_after_five_wrong_codes_the_right_one_has_to_wait(halfway: FlaskClient, frozen: Any) -> None:
    oksana = make.officer("Oksana")
    for _ in range(5):
        assert show_code(halfway, wrong("")).status_code == 422
    answer = show_code(halfway, code_of(oksana))
    assert (answer.status_code, int(answer.headers["Retry-After"]) > 800) == (429, True)
    assert "Too many attempts. Try again at 12:16." in answer.get_data(as_text=True)
    frozen.at += timedelta(minutes=15, seconds=1)
    try_password(halfway, oksana.email, make.PASSWORD)  # the half session ended in the meantime
    assert show_code(halfway, code_of(oksana)).status_code == 303


def test_no_more_than_twenty_wrong_codes_a_day_from_wherever(app: Flask) -> None:
    oksana = make.officer("Oksana")
    give_factor(oksana)
    session = Session(account_id=oksana.id)
    bad = wrong("")
    for number in range(20):
        with pytest.raises(rules.WrongCode):
            service.pass_factor(session, oksana, bad, network=f"10.0.0.{number}", user_agent="")
    with pytest.raises(rules.Locked):
        service.pass_factor(session, oksana, code_of(oksana), network="10.0.0.99", user_agent="")


@pytest.mark.parametrize("typed", ["", " ", "abc", "<script>", "\0", "٣" * 6, "x" * 100_000, "123456" * 50])
def test_nonsense_is_refused_in_words(halfway: FlaskClient, typed: str) -> None:
    assert show_code(halfway, typed).status_code == 422
    assert not is_in(halfway)


def test_half_a_session_lasts_ten_minutes(halfway: FlaskClient, frozen: Any) -> None:
    frozen.at += timedelta(minutes=9, seconds=59)
    assert halfway.get(FACTOR).status_code == 200
    frozen.at += timedelta(seconds=1)
    assert halfway.get(FACTOR).location.startswith("/desk/sign-in")


def test_a_closed_account_is_out_between_password_and_code(halfway: FlaskClient) -> None:
    oksana = make.officer("Oksana")
    service.deactivate(oksana)
    assert halfway.get(FACTOR).location.startswith("/desk/sign-in")
    session = db.session.scalars(select(Session)).one()
    with pytest.raises(rules.WrongCode):
        service.pass_factor(session, oksana, code_of(oksana), network="n", user_agent="")


def test_a_form_that_is_too_old_keeps_no_code(halfway: FlaskClient) -> None:
    answer = halfway.post(FACTOR, data={"code": "123456"})
    assert answer.status_code == 400
    assert "Send it again." in answer.get_data(as_text=True)


# Recovery codes


def _set_up(client: FlaskClient, name: str = "Oksana") -> tuple[Any, list[str], str]:
    """Sign in without a telephone, set one up; return the answer, the recovery codes and the secret."""
    person = make.officer(name)
    answer = try_password(client, person.email, make.PASSWORD)
    assert answer.location == SET_UP
    page = client.get(SET_UP).get_data(as_text=True)
    seed = re.search(r'name="seed"[^>]*value="([0-9a-f]{32})"', page)
    told = re.search(r'class="factor__secret"[^>]*>([A-Z2-7 ]+)<', page)
    assert seed
    assert told
    secret = told[1].replace(" ", "")
    assert secret == factor.secret(person.id, seed[1])
    token = token_on(client.get(SET_UP))
    code = factor.code_at(secret, clock.now())
    answer = client.post(SET_UP, data={"csrf_token": token, "seed": seed[1], "code": code})
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer, re.findall(r"<li>([0-9A-Z]{5}-[0-9A-Z]{5})</li>", answer.get_data(as_text=True)), secret


def test_without_a_second_factor_everybody_is_led_to_set_one_up(
    client: FlaskClient, app: Flask, browse: Any
) -> None:
    make.officer("Oksana")
    answer = try_password(client, "oksana@office.test", make.PASSWORD, next="/desk/jobs")
    assert answer.location == f"{SET_UP}?next=/desk/jobs"
    assert not is_in(client)
    page = browse(SET_UP, by=client)
    assert page.one(".factor__square svg")
    assert client.get("/desk/jobs").location.startswith("/desk/sign-in")
    assert client.get("/desk/sign-in").location == SET_UP
    assert client.get(FACTOR).location == SET_UP


def test_setting_up_opens_the_desk_and_shows_ten_codes_once(
    client: FlaskClient, app: Flask, run_jobs: Any, outbox: Any
) -> None:
    answer, codes, _secret = _set_up(client)
    assert len(set(codes)) == 10
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert is_in(client)
    assert not re.search("|".join(codes), client.get("/desk/settings").get_data(as_text=True))
    run_jobs()
    (mail,) = outbox()
    assert (mail.to, mail.subject) == ("oksana@office.test", "Your second factor at the press desk")
    assert (
        "A second factor was set up for your account on 20\N{NO-BREAK SPACE}November 2025, 12:00" in mail.text
    )


def test_each_recovery_code_opens_once(client: FlaskClient, app: Flask) -> None:
    _answer, codes, _secret = _set_up(client)
    for typed in (codes[0], codes[1].lower().replace("-", " ")):
        other = app.test_client()
        try_password(other, "oksana@office.test", make.PASSWORD)
        assert show_code(other, typed).status_code == 303
        assert "That was a recovery code." in other.get("/desk/").get_data(as_text=True)
    other = app.test_client()
    try_password(other, "oksana@office.test", make.PASSWORD)
    assert show_code(other, codes[0]).status_code == 422
    assert queries.recovery_codes_left(make.officer("Oksana").id) == 8


def test_a_recovery_code_of_another_opens_nothing(client: FlaskClient, app: Flask) -> None:
    _answer, codes, _secret = _set_up(client, "Amélie")
    other = app.test_client()
    give_factor(make.officer("Oksana"))
    try_password(other, "oksana@office.test", make.PASSWORD)
    assert show_code(other, codes[0]).status_code == 422


def test_a_wrong_first_code_shows_the_same_square_again(client: FlaskClient, app: Flask) -> None:
    make.officer("Oksana")
    try_password(client, "oksana@office.test", make.PASSWORD)
    answer = post(client, SET_UP, {"seed": SEED, "code": "12"}, page=SET_UP)
    assert answer.status_code == 422
    assert f'value="{SEED}"' in answer.get_data(as_text=True)
    assert queries.factor_of(make.officer("Oksana").id) is None


@pytest.mark.parametrize("seed", ["", "x", "0" * 31, "g" * 32, "\0" * 32, "0" * 5000])
def test_only_a_seed_of_ours_is_set_up(client: FlaskClient, app: Flask, seed: str) -> None:
    oksana = make.officer("Oksana")
    try_password(client, oksana.email, make.PASSWORD)
    code = factor.code_at(factor.secret(oksana.id, seed), clock.now())
    assert post(client, SET_UP, {"seed": seed, "code": code}, page=SET_UP).status_code == 422


def test_a_second_telephone_does_not_replace_the_first_behind_its_back(
    client: FlaskClient, app: Flask
) -> None:
    sign_in(client)
    oksana = make.officer("Oksana")
    assert client.get(SET_UP).location == "/desk/"
    session = db.session.scalars(select(Session).where(Session.is_halfway.is_(False))).one()
    with pytest.raises(rules.HasFactor):
        service.set_up(session, oksana, seed=SEED, code=code_of(oksana), network="n", user_agent="")


# Later


def test_new_recovery_codes_take_a_code_and_end_the_old_ones(
    client: FlaskClient, app: Flask, browse: Any, frozen: Any
) -> None:
    _answer, old, secret = _set_up(client)
    page = f"{FACTOR}/recovery-codes"
    browse(page, by=client)
    assert post(client, page, {"code": wrong("")}, page=page).status_code == 422
    frozen.at += timedelta(seconds=60)
    answer = post(client, page, {"code": factor.code_at(secret, frozen.at)}, page=page)
    new = re.findall(r"<li>([0-9A-Z]{5}-[0-9A-Z]{5})</li>", answer.get_data(as_text=True))
    assert len(set(new) - set(old)) == 10
    other = app.test_client()
    try_password(other, "oksana@office.test", make.PASSWORD)
    assert show_code(other, old[0]).status_code == 422
    assert show_code(other, new[0]).status_code == 303


def test_removing_it_takes_a_code_and_leads_to_another(
    client: FlaskClient, app: Flask, browse: Any, frozen: Any
) -> None:
    _answer, _codes, secret = _set_up(client)
    page = f"{FACTOR}/remove"
    browse(page, by=client)
    assert post(client, page, {"code": wrong("")}, page=page).status_code == 422
    frozen.at += timedelta(seconds=60)
    answer = post(client, page, {"code": factor.code_at(secret, frozen.at)}, page=page)
    assert (answer.status_code, answer.location) == (303, SET_UP)
    assert not is_in(client)
    assert client.get(SET_UP).status_code == 200


@pytest.mark.usefixtures("password_alone")
def test_where_it_is_optional_a_password_is_enough_until_one_sets_it_up(
    client: FlaskClient, app: Flask, browse: Any
) -> None:
    oksana = make.officer("Oksana")
    assert try_password(client, oksana.email, make.PASSWORD).location == "/desk/"
    assert browse("/desk/settings", by=client).one(f"a[href='{SET_UP}']")
    page = browse(SET_UP, by=client)
    seed = page.one("input[name=seed]")["value"]
    code = factor.code_at(factor.secret(oksana.id, seed), clock.now())
    assert post(client, SET_UP, {"seed": seed, "code": code}, page=SET_UP).status_code == 200
    assert is_in(client)
    other = app.test_client()
    assert try_password(other, oksana.email, make.PASSWORD).location == FACTOR


def test_whoever_was_in_before_it_was_required_is_asked_at_the_next_click(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SECOND_FACTOR", "optional")
    try_password(client, make.officer("Oksana").email, make.PASSWORD)
    assert is_in(client)
    monkeypatch.setitem(app.config, "SECOND_FACTOR", "required")
    assert not is_in(client)


def test_no_job_and_no_entry_of_the_log_holds_a_code_or_a_secret(client: FlaskClient, app: Flask) -> None:
    _answer, codes, secret = _set_up(client)
    told = " ".join(
        [str(each.subject) for each in db.session.scalars(select(Job))]
        + [f"{each.details}{each.label}" for each in db.session.scalars(select(Entry))]
    )
    assert secret not in told
    assert not [code for code in codes if code in told]


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_the_pages_of_the_second_factor_hold_to_the_house(app: Flask, browse: Any, language: str) -> None:
    client = app.test_client()
    oksana = make.officer("Oksana", language=language)
    try_password(client, oksana.email, make.PASSWORD)
    browse(SET_UP, by=client)
    _answer, _codes, _secret = _set_up(app.test_client())
    give_factor(oksana)
    client = app.test_client()
    try_password(client, oksana.email, make.PASSWORD)
    browse(FACTOR, by=client)
    show_code(client, code_of(oksana))
    for path in ("/desk/settings", f"{FACTOR}/recovery-codes", f"{FACTOR}/remove"):
        assert browse(path, by=client).soup.html["lang"] == language

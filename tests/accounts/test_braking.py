"""How often one may try: by address, by network, by everybody; and that no owner is kept out by others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts import rules, service
from app.accounts.hashing import Busy, Hashing
from tests import make

HERE, ELSEWHERE = "192.0.2.7", "198.51.100.7"
KNOWN, UNKNOWN = "tom@globe.test", "nobody@paper.test"


def sign_in(email: str = KNOWN, password: str = make.PASSWORD, network: str = HERE, **more: Any) -> str:
    return service.sign_in(email, password, network=network, user_agent="A browser", **more)


def fail(times: int, *, email: str = KNOWN, networks: bool = False) -> None:
    for number in range(times):
        with pytest.raises(rules.WrongPair):
            sign_in(email, "wrong", network=f"203.0.113.{number}" if networks else HERE)


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_ten_tries_from_everywhere_make_an_address_wait_known_or_not(
    app: Flask, frozen: Any, email: str
) -> None:
    make.media_user()
    fail(10, email=email, networks=True)

    with pytest.raises(rules.Locked) as locked:
        sign_in(email, network="203.0.113.99")

    assert locked.value.until - frozen.at <= timedelta(hours=1, seconds=1)
    frozen.at += timedelta(hours=1, seconds=1)
    with pytest.raises(rules.WrongPair):
        sign_in(email, "wrong", network="203.0.113.99")


def test_who_proved_the_address_is_let_in_at_once_whoever_goes_on_trying(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "LOGIN_TRIES_NETWORK", 3)
    tom = make.media_user()
    fail(10, networks=True)
    for number in range(3):
        fail(1, email=f"nobody-{number}@paper.test")
    with pytest.raises(rules.Locked):
        sign_in()

    service.forgive(tom.email_key, network=HERE)

    assert sign_in()
    fail(10, networks=True)
    with pytest.raises(rules.Locked):
        sign_in(network=ELSEWHERE)
    assert sign_in()


def test_proving_the_address_opens_one_network_and_for_a_quarter_of_an_hour(app: Flask, frozen: Any) -> None:
    tom = make.media_user()
    fail(10, networks=True)
    service.forgive(tom.email_key, network=HERE)

    with pytest.raises(rules.Locked):
        sign_in(network=ELSEWHERE)

    frozen.at += timedelta(minutes=15, seconds=1)
    with pytest.raises(rules.Locked):
        sign_in()


def test_proving_the_address_does_not_make_guessing_free(app: Flask) -> None:
    tom = make.media_user()
    service.forgive(tom.email_key, network=HERE)
    fail(5)
    with pytest.raises(rules.Locked):
        sign_in()


def test_when_wrong_passwords_come_from_everywhere_each_waits_a_little(
    app: Flask, frozen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "LOGIN_BRAKE", 4)
    make.media_user()
    fail(4, email=UNKNOWN, networks=True)

    with pytest.raises(Busy):
        sign_in()
    frozen.at += timedelta(seconds=4)
    with pytest.raises(Busy):
        sign_in()
    frozen.at += timedelta(seconds=2)
    assert sign_in()
    assert sign_in()  # who has waited goes on


def test_the_brake_lets_go_when_it_is_quiet_again(
    app: Flask, frozen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "LOGIN_BRAKE", 4)
    make.media_user()
    fail(4, email=UNKNOWN, networks=True)
    frozen.at += timedelta(seconds=61)
    assert sign_in()


def waiting_hash(password: str) -> str:
    return service.hashed(password, email=KNOWN, name="Somebody")


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_the_password_of_an_open_registration_is_told_alike_for_known_and_unknown(
    app: Flask, email: str
) -> None:
    make.media_user()
    with pytest.raises(rules.Unproven):
        sign_in(email, "Another-2025-word!", waiting_hash=waiting_hash("Another-2025-word!"))
    with pytest.raises(rules.WrongPair):
        sign_in(email, "wrong", waiting_hash=waiting_hash("Another-2025-word!"))


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
@pytest.mark.parametrize("is_waiting", [True, False])
def test_a_wrong_password_costs_as_many_hashes_whoever_registers(
    app: Flask, monkeypatch: pytest.MonkeyPatch, email: str, is_waiting: bool
) -> None:
    make.media_user()
    kept = waiting_hash("Another-2025-word!") if is_waiting else ""
    hashed: list[str] = []
    verify = Hashing.matches

    def matches(self: Hashing, of: str | None, password: str, **more: Any) -> bool:
        hashed.append(password)
        return verify(self, of, password, **more)

    monkeypatch.setattr(Hashing, "matches", matches)
    with pytest.raises(rules.WrongPair):
        sign_in(email, "wrong", waiting_hash=kept)
    assert hashed == ["wrong", "wrong"]


def test_a_strangers_registration_never_stands_in_its_owners_way(app: Flask) -> None:
    make.media_user()
    assert sign_in(waiting_hash=waiting_hash("Another-2025-word!"))


def test_a_registration_of_ones_own_does_not_make_guessing_free(app: Flask) -> None:
    make.media_user()
    kept = waiting_hash("Another-2025-word!")
    for _ in range(3):
        with pytest.raises(rules.WrongPair):
            sign_in(password="wrong", waiting_hash=kept)
    for _ in range(2):
        with pytest.raises(rules.Unproven):
            sign_in(password="Another-2025-word!", waiting_hash=kept)
    with pytest.raises(rules.Locked):
        sign_in(waiting_hash=kept)


@pytest.mark.usefixtures("outbox_emptied", "password_alone")
@pytest.mark.parametrize(("failures", "told"), [(4, False), (5, True)])
def test_five_wrong_passwords_and_then_the_right_one_are_told_to_the_owner(
    app: Flask, frozen: Any, run_jobs: Any, outbox: Any, failures: int, told: bool
) -> None:
    tom = make.media_user()
    sign_in()
    fail(failures, networks=True)
    sign_in(network=ELSEWHERE)
    sign_in(network=ELSEWHERE)  # told once

    run_jobs()

    assert [mail.to for mail in outbox()] == [tom.email] * told
    if told:
        assert ELSEWHERE in outbox()[0].text
        assert "/en/account/forgot" in outbox()[0].text


@pytest.mark.usefixtures("outbox_emptied", "password_alone")
def test_wrong_passwords_of_the_day_before_are_forgotten(
    app: Flask, frozen: Any, run_jobs: Any, outbox: Any
) -> None:
    make.media_user()
    fail(5, networks=True)
    frozen.at += timedelta(hours=24, seconds=1)
    sign_in()
    run_jobs()
    assert outbox() == []


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
NEWER = FIREFOX.replace("140.0", "141.0")
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"


@pytest.mark.usefixtures("outbox_emptied", "password_alone")
@pytest.mark.parametrize(("who", "told"), [("officer", True), ("media user", False)])
def test_an_officer_hears_of_a_new_browser(
    app: Flask, run_jobs: Any, outbox: Any, who: str, told: bool
) -> None:
    person = make.officer() if who == "officer" else make.media_user()
    for browser in (FIREFOX, NEWER, PHONE, PHONE):
        service.sign_in(person.email, make.PASSWORD, network=HERE, user_agent=browser)
    run_jobs()
    assert ["iPhone" in mail.text for mail in outbox()] == [True] * told

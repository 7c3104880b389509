"""The one check of a code: what is right, once, and every way to be wrong."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from app.database import db
from app.proving import codes, queries, rules, service
from app.proving.models import Code, Purpose
from app.refusals import Refusal
from tests.proving.conftest import HOME, ZOE
from tests.proving.letters import key_in, other_than

AWAY = "198.51.100.7"


def guess(attempt: Any, times: int = 1, *, network: str = HOME) -> Refusal:
    """Type something wrong so many times, and return the last refusal."""
    wrong = other_than(attempt.right)
    refused: Refusal | None = None
    for _ in range(times):
        with pytest.raises(Refusal) as caught:
            attempt.check(wrong, network=network)
        refused = caught.value
    assert refused is not None
    return refused


@pytest.fixture
def attempt(begin: Any) -> Any:
    """Zoé's registration, whose first mail has come."""
    made = begin()
    made.right = made.code()
    return made


def again(attempt: Any, frozen: Any, minutes: int = 15) -> None:
    """Wait, and ask for another code."""
    frozen.at += timedelta(minutes=minutes)
    service.send_again(attempt.proof, network=HOME)
    attempt.right = attempt.code()


def test_the_right_code_proves_the_address_and_gives_the_browser_another_token(
    attempt: Any, frozen: Any
) -> None:
    proof, token = attempt.check(f" {attempt.right[:3]} {attempt.right[3:]} ")
    assert (proof.granted_at, proof.ended_at) == (frozen.at, None)
    assert queries.held_by(attempt.token) is None
    assert queries.held_by(token).id == proof.id
    assert [code.used_at for code in attempt.codes] == [frozen.at]


def test_a_used_code_proves_nothing_again(attempt: Any) -> None:
    attempt.check(attempt.right)
    with pytest.raises(rules.Over):
        attempt.check(attempt.right)


def test_a_code_counts_for_thirty_minutes_from_its_making(attempt: Any, frozen: Any) -> None:
    frozen.at += timedelta(minutes=29, seconds=59)
    attempt.check(attempt.right)


@pytest.mark.parametrize("seconds", [0, 1])
def test_a_right_code_that_is_too_late_sends_a_new_one(attempt: Any, frozen: Any, seconds: int) -> None:
    frozen.at += timedelta(minutes=30, seconds=seconds)
    with pytest.raises(rules.Expired) as refused:
        attempt.check(attempt.right)
    assert str(refused.value) == f"This code has expired. We have sent a new one to {ZOE}."
    attempt.check(attempt.code())


def test_the_thirty_minutes_begin_when_the_mail_is_written(begin: Any, frozen: Any) -> None:
    attempt = begin()
    frozen.at += timedelta(hours=2)  # no worker was there
    code = attempt.code()
    frozen.at += timedelta(minutes=29)
    attempt.check(code)


def test_too_late_and_no_more_codes_says_when_there_will_be_one(
    attempt: Any, frozen: Any, monkeypatch: Any, app: Any
) -> None:
    monkeypatch.setitem(app.config, "CODES_DAY", 1)
    frozen.at += timedelta(minutes=30)
    with pytest.raises(rules.Expired) as refused:
        attempt.check(attempt.right)
    assert str(refused.value) == (
        "This code has expired. You can ask for a new code at 21\u00a0November 2025, 12:00."
    )
    assert len(attempt.codes) == 1


def test_a_code_of_a_registration_of_yesterday_sends_nothing(attempt: Any, frozen: Any) -> None:
    frozen.at += timedelta(hours=24)
    with pytest.raises(rules.TooOld):
        attempt.check(attempt.right)


def test_wrong_codes_are_counted_down_and_the_fifth_burns_the_code(attempt: Any, frozen: Any) -> None:
    assert str(guess(attempt)) == "The code is wrong. Check it in the e-mail. 4 attempts left."
    assert str(guess(attempt, 3)) == "The code is wrong. Check it in the e-mail. 1 attempt left."
    assert str(guess(attempt)) == "Too many wrong codes. You can ask for a new code at 12:01."
    with pytest.raises(rules.UsedUp):
        attempt.check(attempt.right)
    frozen.at += timedelta(minutes=1)
    with pytest.raises(rules.UsedUp) as refused:
        attempt.check(attempt.right)
    assert str(refused.value) == "Too many wrong codes. Ask for a new one."


def test_the_fifth_try_may_be_right(attempt: Any) -> None:
    guess(attempt, 4)
    attempt.check(attempt.right)


@pytest.mark.parametrize("typed", ["", "1234", "abcdef"])
def test_what_is_no_code_costs_no_try(attempt: Any, typed: str) -> None:
    with pytest.raises(Refusal):
        attempt.check(typed)
    assert [code.tries_left for code in attempt.codes] == [5]


def test_an_older_code_is_told_which_is_newer_and_costs_no_try(attempt: Any, frozen: Any) -> None:
    older = attempt.right
    again(attempt, frozen)
    with pytest.raises(rules.Superseded) as refused:
        attempt.check(older)
    assert str(refused.value) == "A newer code was sent at 12:15. Use that one."
    assert [code.tries_left for code in attempt.codes] == [5, 5]
    attempt.check(attempt.right)


def test_an_older_code_is_nothing_while_the_newer_is_on_its_way(attempt: Any, frozen: Any) -> None:
    frozen.at += timedelta(minutes=2)
    service.send_again(attempt.proof, network=HOME)
    with pytest.raises(rules.Superseded):
        attempt.check(attempt.right)


def test_asking_for_a_new_code_does_not_forget_the_wrong_ones(attempt: Any, frozen: Any) -> None:
    for _ in range(3):
        guess(attempt, 5)
        again(attempt, frozen)
    refused = guess(attempt)
    assert isinstance(refused, rules.WrongCode)
    with pytest.raises(rules.WrongCode) as caught:
        attempt.check(attempt.right)
    assert caught.value.left == 3  # as if it had been wrong


def test_fourteen_wrong_codes_of_a_day_leave_one_that_may_be_right(attempt: Any, frozen: Any) -> None:
    for times in (5, 5, 4):
        guess(attempt, times)
        again(attempt, frozen)
    attempt.check(attempt.right)


def test_the_wrong_codes_of_an_address_count_over_all_its_proofs(
    attempt: Any, begin: Any, frozen: Any
) -> None:
    guess(attempt, 5)
    for purpose in (Purpose.RESET, Purpose.REGISTER):
        frozen.at += timedelta(minutes=20)
        other = begin(purpose, "ZOE@redaction.example")
        other.right = "000000"
        other._run_jobs()
        guess(other, 5)
    again(attempt, frozen)
    with pytest.raises(rules.WrongCode):
        attempt.check(attempt.right)

    somebody = begin(email="tom@redaction.example")
    somebody.check(somebody.code())


def test_a_day_after_the_wrong_codes_a_right_one_is_right(attempt: Any, begin: Any, frozen: Any) -> None:
    first = frozen.at
    for _ in range(3):
        guess(attempt, 5)
        again(attempt, frozen)
    frozen.at = first + timedelta(days=1, seconds=-1)
    later = begin()
    later.right = later.code()
    with pytest.raises(rules.WrongCode):
        later.check(later.right)
    frozen.at = first + timedelta(days=1)
    later.check(later.right)


def test_who_brings_the_key_of_the_link_is_not_held_up_by_guesses(attempt: Any, frozen: Any) -> None:
    for _ in range(3):
        guess(attempt, 5)
        again(attempt, frozen)
    guess(attempt, 5)
    mail = attempt.mail()
    with pytest.raises(rules.UsedUp):
        attempt.check(attempt.right, key="something else")
    attempt.check(attempt.right, key=key_in(mail))


def test_a_key_needs_its_code_its_mail_and_its_time(attempt: Any, begin: Any, frozen: Any) -> None:
    old_key = key_in(attempt.mail())
    with pytest.raises(rules.WrongCode):
        attempt.check(other_than(attempt.right), key=old_key)
    again(attempt, frozen)
    guess(attempt, 5)
    with pytest.raises(rules.UsedUp):
        attempt.check(attempt.right, key=old_key)
    key = key_in(attempt.mail())
    frozen.at += timedelta(minutes=30)
    with pytest.raises(rules.Expired):
        attempt.check(attempt.right, key=key)


def test_a_link_finds_its_proof_in_any_browser(attempt: Any, begin: Any) -> None:
    begin(email="tom@redaction.example")
    found = queries.by_link(key_in(attempt.mail()))
    assert found is not None
    assert found.id == attempt.id
    assert queries.by_link("") is None
    assert queries.by_link("something else") is None


def test_a_network_guesses_fifty_times_an_hour(begin: Any, attempt: Any, frozen: Any) -> None:
    for number in range(10):
        other = begin(email=f"reader{number}@redaction.example")
        other.right = "000000"
        guess(other, 5)
    with pytest.raises(rules.WrongCode) as refused:
        attempt.check(attempt.right)
    assert refused.value.left == 4
    attempt.check(attempt.right, network=AWAY)


@pytest.mark.parametrize("purpose", [Purpose.RESET, Purpose.CHANGE])
def test_a_code_is_worth_nothing_for_another_purpose(attempt: Any, begin: Any, purpose: Purpose) -> None:
    other = begin(purpose)
    other._run_jobs()
    with pytest.raises(rules.WrongCode):
        other.check(attempt.right)


def test_a_code_is_worth_nothing_for_another_address_or_attempt(attempt: Any, begin: Any) -> None:
    for email in ("tom@redaction.example", ZOE):
        other = begin(email=email)
        other._run_jobs()
        with pytest.raises(rules.WrongCode):
            other.check(attempt.right)


def test_a_code_that_was_not_made_yet_cannot_be_guessed(begin: Any) -> None:
    attempt = begin()
    for digits in ("000000", "0" * 6, "123456"):
        with pytest.raises(rules.WrongCode):
            attempt.check(digits)


def test_ten_thousand_guesses_let_nobody_in(attempt: Any, frozen: Any, monkeypatch: Any) -> None:
    tried = iter(f"{number:06d}" for number in range(10**6) if f"{number:06d}" != attempt.right)
    told: dict[str, int] = {}
    for number in range(300):  # each refusal of these is the last answer that anything after it gets, too
        try:
            attempt.check(next(tried), network=f"10.0.{number // 50}.1")
        except Refusal as refusal:
            told[type(refusal).__name__] = told.get(type(refusal).__name__, 0) + 1
    assert told == {"WrongCode": 4, "UsedUp": 296}
    assert queries.guesses_at("zoe@redaction.example", at=frozen.at) == 5
    assert attempt.proof.granted_at is None


def test_the_same_right_code_sent_twice_at_once_succeeds_once(attempt: Any, app: Any) -> None:
    start, came = threading.Barrier(4), []

    def send() -> None:
        with app.app_context():
            proof = queries.by_id(attempt.id)
            start.wait(20)
            try:
                came.append(service.check(proof, attempt.right, network=HOME)[1])
            except Refusal as refusal:
                came.append(type(refusal).__name__)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(each for each in came if each == "Over") == ["Over"] * 3
    assert len(came) == 4
    db.session.rollback()
    assert db.session.scalar(select(func.count(Code.id)).where(Code.used_at.is_not(None))) == 1


def test_nothing_secret_is_kept_anywhere(attempt: Any, caplog: Any, app: Any) -> None:
    mail = attempt.mail()
    guess(attempt, 2)
    attempt.check(attempt.right)
    secrets = {attempt.right, key_in(mail), attempt.token}
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(select(table)):
            for value in row:
                for secret in secrets:
                    assert secret not in str(value), table.name
                if table.name not in ("proof", "code"):
                    assert "redaction.example" not in str(value), table.name
    for secret in (*secrets, ZOE):
        assert secret not in caplog.text
    for name in ("queue.sqlite", "limits.sqlite"):
        path = app.config["INSTANCE_DIR"] / name
        if path.exists():
            for secret in (*secrets, ZOE, ZOE.lower()):
                assert secret.encode() not in path.read_bytes()


def test_two_codes_of_one_attempt_are_compared_whole(app: Any) -> None:
    assert codes.is_same(codes.digest_of(1, 1, "000000"), codes.digest_of(1, 1, "000000"))
    assert not codes.is_same(codes.digest_of(1, 1, "000000"), codes.digest_of(1, 1, "000001"))
    assert not codes.is_same(None, codes.digest_of(1, 1, "000000"))


def test_codes_are_six_digits_of_any_kind(app: Any) -> None:
    made = {codes.new_digits() for _ in range(300)}
    assert {len(each) for each in made} == {6}
    assert any(each.startswith("0") for each in made)
    assert len(made) > 290

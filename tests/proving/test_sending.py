"""Codes on their way: who gets how many, when, and that known and unknown addresses look the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, func, select

from app import clock
from app.accounts.rules import BadAddress
from app.database import db
from app.jobs.ledger import Job
from app.limits.limits import TooMany
from app.proving import codes, queries, rules, service
from app.proving.models import Code, MailState, Proof, Purpose
from tests import make
from tests.proving.conftest import HOME, ZOE


def later(frozen: Any, **length: int) -> None:
    frozen.at += timedelta(**length)


def ask(email: str = ZOE, held: str | None = None, network: str = HOME, **known: Any) -> tuple[Proof, str]:
    return service.ask_reset(email, held=held, network=network, **{"language": "en", **known})


def test_a_proof_is_held_by_its_browser_s_token_alone(begin: Any) -> None:
    attempt = begin(back="/en/news/?topic=ukraine")
    assert queries.held_by(attempt.token).id == attempt.id
    assert attempt.token not in (attempt.proof.token_digest, "")
    assert queries.held_by("something else") is None
    assert queries.held_by(None) is None
    assert (attempt.proof.email, attempt.proof.email_key) == (ZOE, "zoe@redaction.example")
    assert attempt.proof.back == "/en/news/?topic=ukraine"
    assert [(code.number, code.digest, code.made_at) for code in attempt.codes] == [(1, None, None)]


def test_what_is_no_address_begins_nothing(begin: Any) -> None:
    with pytest.raises(BadAddress):
        begin(email="zoe at redaction")
    assert db.session.scalar(select(func.count(Proof.id))) == 0


def test_a_clock_that_goes_on_keeps_nobody_waiting_who_has_waited(
    begin: Any, frozen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = begin()
    later(frozen, seconds=61)
    stands = clock.now

    def goes_on() -> datetime:
        frozen.at += timedelta(microseconds=1)
        return stands()

    monkeypatch.setattr(clock, "now", goes_on)
    assert service.send_again(attempt.proof, network=HOME).number == 2
    assert begin().proof.id != attempt.id


def test_another_code_comes_after_a_minute_and_replaces_the_first(begin: Any, frozen: Any) -> None:
    attempt = begin()
    first = attempt.code()

    later(frozen, seconds=59)
    with pytest.raises(rules.TooSoon) as refused:
        service.send_again(attempt.proof, network=HOME)
    assert str(refused.value) == "You can ask for another code in 1 second, at 12:01."

    later(frozen, seconds=1)
    assert service.send_again(attempt.proof, network=HOME).number == 2
    second = attempt.code()
    assert [code.number for code in attempt.codes] == [2, 1]
    if first != second:
        with pytest.raises(rules.Superseded):
            attempt.check(first)
    assert attempt.check(second)[0].granted_at == frozen.at


def test_an_address_gets_five_codes_an_hour_whoever_asks_for_what(begin: Any, frozen: Any) -> None:
    attempt = begin()
    for _ in range(4):
        later(frozen, minutes=1)
        service.send_again(attempt.proof, network=HOME)
    later(frozen, minutes=1)

    with pytest.raises(rules.TooSoon) as refused:
        service.send_again(attempt.proof, network=HOME)
    assert str(refused.value) == "You can ask for another code at 13:00."
    for purpose, email in ((Purpose.REGISTER, ZOE), (Purpose.RESET, "zoe@REDACTION.example")):
        with pytest.raises(rules.TooSoon):
            begin(purpose, email)
    begin(email="tom@redaction.example")

    frozen.at = refused.value.until
    service.send_again(attempt.proof, network=HOME)


def test_an_address_gets_ten_codes_a_day(begin: Any, frozen: Any) -> None:
    for _ in range(10):
        begin()
        later(frozen, minutes=16)
    later(frozen, hours=2)
    with pytest.raises(rules.TooSoon) as refused:
        begin()
    assert str(refused.value) == "You can ask for another code at 21\u00a0November 2025, 12:00."

    frozen.at = refused.value.until
    begin()


def test_a_network_asks_for_twenty_codes_an_hour(app: Any, frozen: Any) -> None:
    for number in range(20):
        ask(f"reader{number}@redaction.example")
    with pytest.raises(TooMany):
        ask("one-more@redaction.example")
    ask("one-more@redaction.example", network="198.51.100.7")

    proof, _token = ask("again@redaction.example", network="198.51.100.7")
    later(frozen, minutes=1)
    with pytest.raises(TooMany):
        service.send_again(proof, network=HOME)
    service.send_again(proof, network="198.51.100.7")


def test_what_an_address_is_refused_does_not_count_against_its_network(begin: Any, app: Any) -> None:
    attempt = begin()
    for _ in range(25):
        with pytest.raises(rules.TooSoon):
            service.send_again(attempt.proof, network=HOME)


def test_a_registration_is_begun_anew_after_a_day(begin: Any, frozen: Any) -> None:
    attempt = begin()
    later(frozen, hours=23, minutes=59)
    service.send_again(attempt.proof, network=HOME)
    later(frozen, minutes=1)
    with pytest.raises(rules.TooOld) as refused:
        service.send_again(attempt.proof, network=HOME)
    assert "more than 24 hours old" in str(refused.value)
    with pytest.raises(rules.TooOld):
        service.take_up(attempt.proof)


def test_nothing_more_is_sent_once_the_code_was_right_or_the_proof_is_over(begin: Any, frozen: Any) -> None:
    done, given_up = begin(), begin(email="tom@redaction.example")
    done.check(done.code())
    service.end(given_up.proof)
    later(frozen, minutes=5)
    for attempt in (done, given_up):
        with pytest.raises(rules.Over):
            service.send_again(attempt.proof, network=HOME)
        with pytest.raises(rules.Over):
            service.take_up(attempt.proof)


def test_another_browser_goes_on_with_a_proof_and_the_first_loses_it(begin: Any, frozen: Any) -> None:
    attempt = begin()
    later(frozen, minutes=2)
    token = service.take_up(attempt.proof)
    assert queries.held_by(attempt.token) is None
    assert queries.held_by(token).id == attempt.id
    assert len(attempt.codes) == 2

    service.take_up(attempt.proof)  # at once: the code that is on its way will do
    assert len(attempt.codes) == 2


def test_a_form_that_is_sent_twice_sends_one_mail(app: Any, frozen: Any) -> None:
    proof, token = ask()
    assert ask("zoe@redaction.example", held=token) == (proof, token)
    assert ask("tom@redaction.example", held=token)[0].id != proof.id
    later(frozen, minutes=1)
    assert ask(held=token)[0].id != proof.id
    assert db.session.scalar(select(func.count(Code.id))) == 3


def _written(do: Any) -> list[str]:
    """Return the statements that ``do`` sends to the database."""
    statements: list[str] = []

    def note(*told: Any) -> None:
        statements.append(told[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        do()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return statements


@pytest.mark.parametrize("purpose", [Purpose.REGISTER, Purpose.RESET])
def test_the_same_is_done_and_kept_for_known_and_unknown_addresses(begin: Any, purpose: Purpose) -> None:
    make.officer("Oksana")
    begin(purpose, "first@office.test")  # what is only done once is behind us
    known = _written(lambda: begin(purpose, "oksana@office.test"))
    unknown = _written(lambda: begin(purpose, "nobody@office.test"))
    assert known == unknown
    assert len(known) > 3
    rows = db.session.execute(select(Proof.purpose, Proof.account_id, Proof.language, Proof.back)).all()
    assert len(set(rows)) == 1
    rows = db.session.execute(select(Code.number, Code.digest, Code.tries_left, Code.mail_state)).all()
    assert len(set(rows)) == 1
    assert db.session.scalars(select(Job.name)).all() == ["proving.send_code"] * 3


def test_what_is_no_good_any_more_is_erased_and_what_waits_is_not(
    begin: Any, frozen: Any, run_jobs: Any
) -> None:
    waiting, reset, done = begin(), begin(Purpose.RESET, "tom@x.example"), begin(email="ada@x.example")
    run_jobs()
    service.end(done.proof)
    later(frozen, days=3, seconds=-1)
    run_jobs()
    assert len(db.session.scalars(select(Proof.id)).all()) == 3

    later(frozen, seconds=1)
    run_jobs()
    assert db.session.scalars(select(Proof.id)).all() == [waiting.id]

    later(frozen, days=4, seconds=-1)
    run_jobs()
    assert db.session.scalars(select(Code.proof_id)).all() == [waiting.id]
    later(frozen, seconds=1)
    run_jobs()
    assert db.session.scalars(select(Proof.id)).all() == []
    assert db.session.scalars(select(Code.id)).all() == []
    assert reset.id
    begin()  # and its address is as free as before


def test_what_became_of_a_mail_is_noted_for_its_own_code(begin: Any, frozen: Any) -> None:
    attempt = begin()
    service.note_mail(attempt.id, 1, MailState.REFUSED, answer=550)
    service.note_mail(attempt.id, 7, MailState.HANDED)
    assert [(code.mail_state, code.mail_code) for code in attempt.codes] == [(MailState.REFUSED, 550)]


def test_digests_of_two_proofs_and_two_mails_differ(app: Any) -> None:
    digests = {
        codes.digest_of(*told)
        for told in ((1, 1, "042917"), (1, 2, "042917"), (11, 2, "042917"), (1, 12, "042917"))
    }
    assert len(digests) == 4

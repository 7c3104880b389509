"""The mails of a proof, through a real server: who gets which, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.accounts import service as people
from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.jobs.ledger import Job, State
from app.jobs.turns import perform
from app.languages import LANGUAGES
from app.proving import queries, rules, service
from app.proving.models import MailState, Purpose
from tests import make
from tests.browser import BROKEN_WORDS
from tests.mailserver import MailServer
from tests.proving.conftest import HOME, ZOE
from tests.proving.letters import code_in, key_in, link_in
from tests.reading import read


def states(attempt: Any) -> list[tuple[str, int | None]]:
    """Return what became of the mails of an attempt, the newest first."""
    return [(code.mail_state, code.mail_code) for code in attempt.codes]


# Who is written what


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", [Purpose.REGISTER, Purpose.CHANGE])
def test_a_code_stands_first_in_the_text_and_never_in_the_subject(
    begin: Any, language: str, purpose: Purpose
) -> None:
    attempt = begin(purpose, language=language)
    mail = attempt.mail()
    code = code_in(mail)
    assert mail.language == language
    assert not set(code) & set(filter(str.isdigit, mail.subject))
    assert link_in(mail).startswith(f"http://newsroom.test/{language}/account/code?for={purpose}#{code}.")
    assert "12:30" in mail.text
    assert "UTC+1" in mail.text
    assert not BROKEN_WORDS.search(mail.text)
    assert "\n\n\n" not in mail.text
    attempt.check(code)


def test_the_html_shows_the_code_in_two_groups_and_keeps_it_out_of_the_preview(
    begin: Any, server: MailServer, run_jobs: Any
) -> None:
    begin()
    run_jobs()
    (mail,) = server.mails
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    code = text.get_content()[:6]
    page = read(html.get_content())
    groups = [span.get_text() for span in page.select("p span")]
    assert groups == [code[:3], code[3:]]
    preview = page.select_one("body > div").get_text()
    assert code[:3] not in preview
    assert "12:30" in preview
    assert not page.select("script, img, link, form")
    assert {link["href"] for link in page.select("a")} == {
        next(line for line in text.get_content().splitlines() if line.startswith("http"))
    }


def test_no_name_of_a_stranger_s_choice_stands_in_a_mail(begin: Any) -> None:
    attempt = begin(back="/en/news/?q=Buy+now")
    assert "Buy" not in attempt.mail().text


def test_a_registration_with_a_known_address_is_told_its_owner_and_proves_nothing(
    begin: Any, run_jobs: Any, outbox: Any
) -> None:
    owner = make.officer("Amélie", language="fr")
    attempt = begin(Purpose.REGISTER, "AMELIE@office.test", language="uk")
    run_jobs()
    (mail,) = outbox()
    assert (mail.to, mail.language) == (owner.email, "fr")
    assert "Vous avez déjà un compte" in mail.text
    assert "http://newsroom.test/fr/account/login" in mail.text
    assert "http://newsroom.test/fr/account/forgot" in mail.text
    assert not any(part.isdigit() and len(part) == 6 for part in mail.text.split())
    (code,) = attempt.codes
    assert (code.digest, code.key_digest) == (None, None)
    assert code.expires_at is not None
    assert states(attempt) == [(MailState.HANDED, None)]
    with pytest.raises(rules.WrongCode):
        attempt.check("042917")


def test_a_forgotten_password_of_a_known_address_gets_a_code(begin: Any) -> None:
    make.officer("Oksana")
    attempt = begin(Purpose.RESET, "OKSANA@office.test", language="uk")
    attempt._run_jobs()
    (mail,) = attempt._outbox()
    assert (mail.to, mail.language) == ("oksana@office.test", "uk")  # the address as its account has it
    attempt.check(code_in(mail))


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_forgotten_password_of_nobody_sends_nothing_and_leaves_the_same_row(
    begin: Any, run_jobs: Any, outbox: Any, is_closed: bool
) -> None:
    if is_closed:
        people.deactivate(make.officer("Oksana"), by=make.officer("Ada"))
    attempt = begin(Purpose.RESET, "oksana@office.test")
    assert [job.state for job in run_jobs() if job.name == "proving.send_code"] == [State.DONE]
    assert outbox() == []
    (code,) = attempt.codes
    assert (code.mail_state, code.mail_code, code.digest) == (MailState.HANDED, None, None)
    assert code.expires_at == code.made_at + timedelta(minutes=30)


def test_a_forgotten_password_of_an_unconfirmed_registration_gets_a_code_that_confirms(
    begin: Any, frozen: Any
) -> None:
    begin().mail()
    frozen.at += timedelta(minutes=2)
    attempt = begin(Purpose.RESET)
    mail = attempt.mail()
    assert "not confirmed yet" in mail.text
    proof, _token = attempt.check(code_in(mail))
    assert queries.open_registration(proof.email_key, at=frozen.at) is not None


def test_a_change_of_address_writes_to_both(begin: Any, run_jobs: Any, outbox: Any) -> None:
    owner = make.officer("Amélie", language="fr")
    attempt = begin(Purpose.CHANGE, "new.address@elsewhere.example", account_id=owner.id)
    run_jobs()
    by_reader = {mail.to: mail for mail in outbox()}
    assert set(by_reader) == {owner.email, "new.address@elsewhere.example"}
    assert "n•••@elsewhere.example" in by_reader[owner.email].text
    assert "http://newsroom.test/fr/account/forgot" in by_reader[owner.email].text
    attempt.check(code_in(by_reader["new.address@elsewhere.example"]))


def test_a_change_to_a_known_address_tells_its_owner(begin: Any, run_jobs: Any, outbox: Any) -> None:
    amelie = make.officer("Amélie")
    make.officer("Oksana")
    begin(Purpose.CHANGE, "oksana@office.test", account_id=amelie.id)
    run_jobs()
    mail = next(mail for mail in outbox() if mail.to == "oksana@office.test")
    assert "for another account" in mail.text


def test_a_notice_of_a_change_that_is_gone_is_not_sent(begin: Any, run_jobs: Any, outbox: Any) -> None:
    begin(Purpose.CHANGE)
    run_jobs()
    assert [mail.to for mail in outbox()] == [ZOE]


# What becomes of a mail


@pytest.fixture
def server(app: Any, monkeypatch: Any) -> Iterator[MailServer]:
    """A mail server of this machine."""
    running = MailServer().start()
    for name, value in {
        "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": running.port, "MAIL_USE_TLS": False, "MAIL_TIMEOUT_SECONDS": 2,
    }.items():  # fmt: skip
        monkeypatch.setitem(app.config, name, value)
    yield running
    running.stop()


def test_a_mail_that_was_handed_over_is_not_sent_again(
    begin: Any, server: MailServer, run_jobs: Any, app: Any
) -> None:
    attempt = begin()
    run_jobs()
    assert states(attempt) == [(MailState.HANDED, None)]
    _wait_again()
    run_jobs()
    assert len(server.mails) == 1
    attempt.check(server.mails[0].get_body(("plain",)).get_content()[:6])


@act
def _wait_again() -> None:
    for job in db.session.scalars(select(Job)):
        job.state = State.QUEUED


@pytest.mark.parametrize("purpose", [Purpose.REGISTER, Purpose.RESET])
def test_a_server_that_is_down_is_tried_again_and_then_the_thirty_minutes_begin(
    begin: Any, server: MailServer, run_jobs: Any, frozen: Any, app: Any, monkeypatch: Any, purpose: Purpose
) -> None:
    make.officer("Oksana")
    email = "oksana@office.test" if purpose == Purpose.RESET else ZOE
    monkeypatch.setitem(app.config, "MAIL_PORT", 9)
    attempt = begin(purpose, email)
    run_jobs()
    assert states(attempt) == [(MailState.LATE, None)]
    assert queries.is_mail_away()

    frozen.at += timedelta(minutes=10)
    monkeypatch.setitem(app.config, "MAIL_PORT", server.port)
    run_jobs()
    assert states(attempt) == [(MailState.HANDED, None)]
    assert not queries.is_mail_away()
    frozen.at += timedelta(minutes=29)
    attempt.check(server.mails[0].get_body(("plain",)).get_content()[:6])


def test_a_server_that_is_down_tells_nothing_about_who_is_known(
    begin: Any, server: MailServer, run_jobs: Any, frozen: Any, app: Any, monkeypatch: Any
) -> None:
    make.officer("Oksana")
    monkeypatch.setitem(app.config, "MAIL_PORT", 9)
    attempts = [begin(Purpose.RESET, email) for email in ("oksana@office.test", "nobody@office.test")]
    run_jobs()
    assert [states(attempt) for attempt in attempts] == [[(MailState.LATE, None)]] * 2
    rows = db.session.execute(select(Job.state, Job.attempts, Job.error)).all()
    assert len(set(rows)) == 1

    monkeypatch.setitem(app.config, "MAIL_PORT", server.port)
    frozen.at += timedelta(minutes=10)
    run_jobs()
    assert [states(attempt) for attempt in attempts] == [[(MailState.HANDED, None)]] * 2
    assert len(server.mails) == 1


@pytest.mark.parametrize("where", ["address", "text"])
def test_a_server_that_asks_to_come_again_is_tried_again(
    begin: Any, server: MailServer, run_jobs: Any, frozen: Any, where: str
) -> None:
    attempt = begin()
    if where == "address":
        server.refusing[ZOE] = "451 greylisted"
    else:
        server.on_data = "452 full"
    run_jobs()
    assert states(attempt) == [(MailState.LATE, 451 if where == "address" else 452)]
    assert not queries.is_mail_away()  # it is there: what it thinks of one address is told nobody else
    server.refusing.clear()
    server.on_data = "250 kept"
    frozen.at += timedelta(minutes=2)
    run_jobs()
    assert states(attempt) == [(MailState.HANDED, None)]


def test_an_address_that_the_server_refuses_is_noted_and_not_tried_again(
    begin: Any, server: MailServer, run_jobs: Any, frozen: Any
) -> None:
    server.refusing[ZOE] = "550 no such user"
    attempt = begin()
    assert [job.state for job in run_jobs()] == [State.DONE]
    assert states(attempt) == [(MailState.REFUSED, 550)]
    assert attempt.codes[0].mail_at == frozen.at
    frozen.at += timedelta(minutes=2)
    assert run_jobs() == []


def test_a_server_that_stays_away_is_given_up_in_the_end(
    begin: Any, run_jobs: Any, frozen: Any, server: MailServer, app: Any, monkeypatch: Any
) -> None:
    monkeypatch.setitem(app.config, "MAIL_PORT", 9)
    begin()
    began = frozen.at
    tries = 0
    while run_jobs():
        tries += 1
        frozen.at = db.session.scalars(select(Job.wanted_at)).one()
    assert tries == 8
    assert db.session.scalars(select(Job.state)).one() == State.FAILED
    assert timedelta(minutes=20) < frozen.at - began < timedelta(hours=2)


def test_a_newer_code_makes_an_older_mail_needless(
    begin: Any, run_jobs: Any, outbox: Any, frozen: Any
) -> None:
    attempt = begin()
    frozen.at += timedelta(minutes=1)
    service.send_again(attempt.proof, network=HOME)
    run_jobs()
    assert len(outbox()) == 1
    assert states(attempt) == [(MailState.HANDED, None), (MailState.QUEUED, None)]


def test_a_code_that_is_not_wanted_any_more_is_not_sent(
    begin: Any, run_jobs: Any, outbox: Any, app: Any
) -> None:
    service.end(begin().proof)
    erased = begin(email="tom@redaction.example")
    _erase(erased.id)
    assert {job.state for job in run_jobs()} == {State.DONE}
    assert outbox() == []


@act
def _erase(proof_id: int) -> None:
    db.session.delete(queries.by_id(proof_id))


def test_a_mail_that_got_lost_with_its_worker_is_written_anew(begin: Any, run_jobs: Any, outbox: Any) -> None:
    attempt = begin()
    lost = service.make(attempt.id, 1, opens=True)  # the worker was killed here
    code = attempt.code()
    assert key_in(outbox()[-1]) != lost.key
    attempt.check(code)


def test_only_the_newest_of_two_messages_of_the_queue_counts(begin: Any, app: Any, outbox: Any) -> None:
    begin()
    job = db.session.scalars(select(Job.id)).one()
    assert [perform(app, job), perform(app, job)] == [True, False]
    assert len(outbox()) == 1


def test_errors_of_the_mail_server_name_nobody(
    begin: Any, server: MailServer, run_jobs: Any, caplog: Any
) -> None:
    server.refusing[ZOE] = f"451 {ZOE} is greylisted"
    begin()
    run_jobs()
    assert "redaction" not in caplog.text
    assert "redaction" not in (db.session.scalars(select(Job.error)).one() or "")


def test_nobody_without_an_account_is_an_account(app: Any) -> None:
    assert db.session.scalars(select(Account)).all() == []

"""Mails that are signed while others are under way: each is its reader's, and says what may be said by then."""

from __future__ import annotations

from email import message_from_bytes, policy

import dkim
import pytest

from app.mail.signing import Signer
from app.mailings import queries, service
from app.mailings.carrier import Carrier
from app.mailings.filling import Filler
from app.mailings.letters import PREFERENCES_MARK, UNSUBSCRIBE_MARK, Letter, Words
from app.mailings.service import Leased
from tests.mailings import mailing
from tests.mailings.keys import ED, RSA, dns, pem
from tests.mailserver import MailServer


@pytest.fixture
def server(app, monkeypatch):
    running = MailServer().start()
    for name, value in {
        "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": running.port, "MAIL_USE_TLS": False, "NEWSLETTER_CONNECTIONS": 4,
    }.items():  # fmt: skip
        monkeypatch.setitem(app.config, name, value)
    yield running
    running.stop()


@pytest.fixture
def filler(app):
    made = Filler(is_ahead=True)
    yield made
    made.close()


def letter(subject: str) -> Letter:
    words = Words("en", subject, f"<p>{PREFERENCES_MARK}</p>", f"{UNSUBSCRIBE_MARK}\n")
    signer = Signer("newsroom.test", "news", pem(RSA))
    return Letter(words, sender=("Press", "press@newsroom.test"), list_headers={}, signer=signer)


def leased(number: int) -> Leased:
    return Leased(1, number, f"reader{number}@example.org", "en", None, "id", "newsroom.test", 0, 0, 0, "")


def headers(raw: bytes) -> tuple[str, str, str]:
    mail = message_from_bytes(raw, policy=policy.default)
    return str(mail["To"]), str(mail["Subject"]), str(mail["Date"])[-14:-6]


@pytest.mark.parametrize("key", [RSA, ED], ids=["rsa", "ed25519"])
def test_every_mail_of_a_sending_is_signed_for_its_own_reader(app, server, monkeypatch, tmp_path, key):
    file = tmp_path / "key.pem"
    file.write_bytes(pem(key))
    monkeypatch.setitem(app.config, "DKIM_KEY_FILE", str(file))
    mailing.readers(60)
    issue = service.start(mailing.issue())
    while service.plan_window(issue.id):
        pass
    Carrier("test", seconds=60, beat=lambda done: None, is_stopping=lambda: False).run()
    assert queries.numbers(issue.id).accepted == len(server.envelopes) == 60
    for envelope in server.envelopes:
        raw = envelope.original_content
        assert dkim.verify(raw, dnsfunc=dns(key))
        assert [headers(raw)[0]] == envelope.rcpt_tos
    tokens = {mail["List-Unsubscribe"] for mail in server.mails}
    assert len(tokens) == 60


def test_the_next_mails_are_ready_when_their_turn_comes(filler):
    words = letter("As it is")
    filler.prepare([(leased(number), words) for number in range(7)], at=0)
    made = [headers(filler.fill(leased(number), words, at=3600)) for number in range(8)]
    assert made == [
        *((f"reader{number}@example.org", "As it is", "00:00:00") for number in range(7)),
        ("reader7@example.org", "As it is", "01:00:00"),
    ]


def test_what_was_signed_of_another_letter_is_not_sent(filler):
    before, after = letter("As it was"), letter("As it is")
    filler.prepare([(leased(1), before), (leased(2), before)], at=0)
    assert headers(filler.fill(leased(1), after, at=3600))[1:] == ("As it is", "01:00:00")
    filler.prepare([(leased(2), after)], at=60)
    assert headers(filler.fill(leased(2), after, at=3600))[1:] == ("As it is", "00:01:00")


def test_a_server_that_takes_no_8_bit_gets_what_it_takes(filler):
    words = letter("Зустріч")
    filler.prepare([(leased(1), words)], at=0)
    raw = filler.fill(leased(1), words, at=3600, is_8bit=False)
    assert headers(raw)[1:] == ("Зустріч", "01:00:00")
    assert raw.isascii()


def test_a_key_that_cannot_be_used_leaves_nobody_in_doubt(app, server, monkeypatch, tmp_path):
    monkeypatch.setitem(app.config, "DKIM_KEY_FILE", str(tmp_path / "none.pem"))
    mailing.readers(3)
    issue = service.start(mailing.issue())
    while service.plan_window(issue.id):
        pass
    with pytest.raises(FileNotFoundError):
        Carrier("test", seconds=60, beat=lambda done: None, is_stopping=lambda: False).run()
    numbers = queries.numbers(issue.id)
    assert (numbers.queued, numbers.repeats) == (3, 0)

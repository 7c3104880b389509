"""Mail, through a real server: what arrives, what can never get into a header, and what happens when it fails."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.acts import act
from app.database import db
from app.mail import outbox, post, service
from app.mail.message import Message, header_text
from app.mail.models import PostedMail
from tests.mailserver import MailServer

CONTROLS = [chr(code) for code in (*range(32), 127, 0x85, 0x2028, 0x2029)]


def message(**changes: Any) -> Message:
    """Return a complete message."""
    known = {
        "key": "occasion/1",
        "to": "zoe@reader.test",
        "subject": "Зустріч міністрів « demain » 🇺🇦",
        "text": "Ligne première.\n\n.un point\nКінець.\n",
        "html": "<p>Кінець &amp; fin</p>",
        "language": "fr",
    }
    return Message(**(known | changes))


@pytest.fixture
def use(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that lets the newsroom post through a server, with settings."""

    def through(server: MailServer, **settings: Any) -> MailServer:
        known = {
            "MAIL_SERVER": "127.0.0.1",
            "MAIL_PORT": server.port,
            "MAIL_USE_TLS": False,
            "MAIL_TIMEOUT_SECONDS": 2,
        }
        for name, value in (known | settings).items():
            monkeypatch.setitem(app.config, name, value)
        return server

    return through


@pytest.fixture
def server(use: Any) -> Iterator[MailServer]:
    """A server that takes everything."""
    running = MailServer().start()
    yield use(running)
    running.stop()


# What arrives


def test_a_mail_arrives_as_it_was_meant(server: MailServer, app: Flask, frozen: Any) -> None:
    post.post(message(headers={"X-Occasion": "one"}))
    (mail,) = server.mails
    assert server.envelopes[0].rcpt_tos == ["zoe@reader.test"]
    assert server.envelopes[0].mail_from == "press@example.org"
    assert mail["Subject"] == "Зустріч міністрів « demain » 🇺🇦"
    assert mail["From"] == "Secrétariat international <press@example.org>"
    assert (mail["To"], mail["Content-Language"]) == ("zoe@reader.test", "fr")
    assert (mail["Auto-Submitted"], mail["X-Occasion"]) == ("auto-generated", "one")
    assert mail["Date"].datetime == frozen.at.replace(microsecond=0)
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == "Ligne première.\n\n.un point\nКінець.\n"
    assert html.get_content().strip() == "<p>Кінець &amp; fin</p>"


def test_a_mail_without_html_is_text_alone(server: MailServer) -> None:
    post.post(message(html=None))
    assert server.mails[0].get_content_type() == "text/plain"


def test_one_occasion_has_one_id_and_another_has_another(server: MailServer) -> None:
    for key in ("a", "a", "b"):
        post.post(message(key=key))
    ids = [mail["Message-ID"] for mail in server.mails]
    assert ids[0] == ids[1] != ids[2]
    assert ids[0].endswith("@newsroom.test>")


# Headers


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: f"{ord(control):04x}")
def test_no_control_character_reaches_a_header(server: MailServer, control: str) -> None:
    hostile = f"News{control}Bcc: spy@evil.test{control}{control}X-Evil: 1"
    post.post(message(subject=hostile, headers={"X-Occasion": hostile}))
    (mail,) = server.mails
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert mail["Subject"].replace(" ", "") == "NewsBcc:spy@evil.testX-Evil:1"
    assert server.envelopes[0].rcpt_tos == ["zoe@reader.test"]
    raw = server.envelopes[0].original_content
    assert raw is not None
    assert b"\nBcc" not in raw
    assert not set(raw.split(b"\r\n\r\n")[0]) & set(b"\0\x0b\x0c\x1c\x1d\x1e\x7f")


def test_an_endless_subject_is_cut() -> None:
    assert len(message(subject="x" * 5000).subject) == 500


@pytest.mark.parametrize("to", ["zoe@reader.test\r\nBcc: spy@evil.test", "nobody", "", "a\vb@reader.test"])
def test_a_mail_goes_to_one_address(to: str) -> None:
    with pytest.raises(ValueError, match="one address"):
        message(to=to)


@pytest.mark.parametrize("key", ["", "x" * 201])
def test_a_mail_is_for_an_occasion(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        message(key=key)


def test_header_text_is_one_tidy_line() -> None:
    assert header_text(" a\r\n b\u2028c\0d ") == "a b cd"


# Once


def test_an_occasion_is_posted_once(server: MailServer) -> None:
    assert service.post_once(message()) is True
    assert service.post_once(message()) is False
    assert service.post_once(message(key="occasion/2")) is True
    assert len(server.mails) == 2
    assert set(db.session.scalars(select(PostedMail.key))) == {"occasion/1", "occasion/2"}


def test_what_failed_is_posted_when_it_is_tried_again(server: MailServer) -> None:
    server.on_data = "451 come again"
    with pytest.raises(post.Away):
        service.post_once(message())
    server.on_data = "250 kept"
    assert service.post_once(message()) is True
    assert len(server.mails) == 1


def test_old_occasions_are_forgotten(server: MailServer, frozen: Any) -> None:
    service.post_once(message())
    frozen.at = frozen.at.replace(year=frozen.at.year + 1)
    service.post_once(message(key="occasion/2"))
    assert db.session.scalars(select(PostedMail.key)).all() == ["occasion/2"]


def test_nothing_is_posted_inside_an_act(server: MailServer) -> None:
    with pytest.raises(RuntimeError, match="between acts"):
        act(lambda: service.post_once(message()))()
    assert server.mails == []


# Failing


@pytest.mark.parametrize(("answer", "kind"), [("550 no such user", post.Refused), ("450 busy", post.Away)])
def test_an_address_that_is_refused_for_good_is_told_from_one_to_try_again(
    server: MailServer, answer: str, kind: type[Exception]
) -> None:
    server.refusing["zoe@reader.test"] = answer
    with pytest.raises(kind) as told:
        post.post(message())
    assert "zoe" not in str(told.value)
    assert answer[:3] in str(told.value)


@pytest.mark.parametrize(
    ("answer", "kind"), [("554 looks like spam", post.Refused), ("451 later", post.Away)]
)
def test_a_text_that_is_refused_for_good_is_told_from_one_to_try_again(
    server: MailServer, answer: str, kind: type[Exception]
) -> None:
    server.on_data = answer
    with pytest.raises(kind):
        post.post(message())


def test_a_server_that_is_not_there_is_away(app: Flask, use: Any) -> None:
    use(MailServer())  # never started
    with pytest.raises(post.Away):
        post.post(message())


def test_a_server_that_says_nothing_is_not_waited_for_for_ever(
    server: MailServer, app: Flask, monkeypatch: Any
) -> None:
    monkeypatch.setitem(app.config, "MAIL_TIMEOUT_SECONDS", 1)
    server.data_seconds = 5
    with pytest.raises(post.Away):
        post.post(message())


def test_a_server_that_answers_drop_by_drop_is_cut_off(server: MailServer, monkeypatch: Any) -> None:
    monkeypatch.setattr(post, "WHOLE_SECONDS", 0.3)
    server.data_seconds = 1.5  # less than one answer may take
    with pytest.raises(post.Away):
        post.post(message())


# Who is at the other end


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine that nobody vouches for, its key in the same file."""
    if shutil.which("openssl") is None and not os.environ.get("CI"):
        pytest.skip("openssl is not installed")
    made = tmp_path_factory.mktemp("certificate") / "own.pem"
    key = made.with_suffix(".key")
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", str(key), "-out", str(made),
        ],
        check=True, capture_output=True,
    )  # fmt: skip
    made.write_text(made.read_text() + key.read_text())
    return made


@pytest.fixture
def secure(use: Any, certificate: Path) -> Iterator[MailServer]:
    """A server with STARTTLS, of a certificate that nobody vouches for, and a password."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    running = MailServer(tls=context, password="open").start()
    yield use(running, MAIL_USE_TLS=True, MAIL_USERNAME="newsroom", MAIL_PASSWORD="open")
    running.stop()


def test_a_server_that_cannot_show_who_it_is_gets_neither_mail_nor_password(secure: MailServer) -> None:
    with pytest.raises(post.Away):
        post.post(message())
    assert secure.mails == []


def test_a_server_with_a_good_certificate_gets_both(
    secure: MailServer, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    post.post(message())
    assert len(secure.mails) == 1


def test_a_wrong_password_is_for_the_office_to_mend(
    secure: MailServer, app: Flask, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    monkeypatch.setitem(app.config, "MAIL_PASSWORD", "shut")
    with pytest.raises(post.Away) as told:
        post.post(message())
    assert "shut" not in str(told.value)
    assert secure.mails == []


# Without a server


def test_without_a_server_mails_are_kept_for_administrators(
    app: Flask, outbox_emptied: None, frozen: Any
) -> None:
    post.post(message())
    (kept,) = outbox.newest()
    assert (kept.to, kept.subject, kept.language) == (
        "zoe@reader.test",
        "Зустріч міністрів « demain » 🇺🇦",
        "fr",
    )
    assert kept.text == "Ligne première.\n\n.un point\nКінець.\n"
    assert kept.kept_at == frozen.at
    assert outbox.by_name(kept.name) == kept
    path = app.config["INSTANCE_DIR"] / "outbox" / f"{kept.name}.eml"
    assert path.stat().st_mode & 0o077 == 0


def test_an_occasion_is_kept_once_and_not_more_than_there_is_room_for(
    app: Flask, outbox_emptied: None, monkeypatch: pytest.MonkeyPatch, frozen: Any
) -> None:
    monkeypatch.setattr(outbox, "KEPT", 3)
    for number in range(5):
        frozen.at = frozen.at.replace(minute=number)
        for _ in range(2):
            post.post(message(key=f"occasion/{number}", subject=str(number)))
    assert [mail.subject for mail in outbox.newest()] == ["4", "3", "2"]


@pytest.mark.parametrize("name", ["", "..", "../newsroom", "20251120110000-" + "g" * 24, "x" * 500, "a\0b"])
def test_only_mails_are_read_from_the_folder(app: Flask, name: str) -> None:
    assert outbox.by_name(name) is None

"""Mails that come back: reports of every kind, believed only with something that we signed; files, a mailbox, a webhook."""

from __future__ import annotations

import hashlib
import hmac
import json
import mailbox
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app import clock
from app.database import db
from app.newsletter import bounces, queries, rules, service
from app.newsletter.headers import unsubscribe_url
from app.newsletter.models import Bounce, BounceKind, State, Subscriber
from app.newsletter.returns import ReturnAddresses, Returned
from tests.conftest import Frozen
from tests.newsletter import people

SECRET = "a secret between us and whoever sends our mails"


@pytest.fixture
def zoe(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Subscriber:
    """Somebody who gets our mails, which come back to an address of ours."""
    monkeypatch.setitem(app.config, "BOUNCE_ADDRESS", "bounces@newsroom.test")
    return people.subscriber()


def _now(kept: Subscriber) -> Subscriber:
    db.session.rollback()
    return db.session.get_one(Subscriber, kept.id)


def dsn(
    to: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    returned: str = "",
    final: str = "zoe@example.org",
) -> bytes:
    """Return a report as RFC 3464 has it."""
    return f"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mx.example.org>
To: {to}
Subject: Undelivered Mail Returned to Sender
Message-ID: <{action}.{status}@mx.example.org>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org
Arrival-Date: Thu, 20 Nov 2025 11:00:00 +0000

Final-Recipient: rfc822; {final}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--b
Content-Type: text/rfc822-headers

From: press@newsroom.test
To: {final}
Subject: News
{returned}
--b--
""".replace("\n", "\r\n").encode()


def complaint(to: str, kind: str = "abuse") -> bytes:
    """Return a complaint as RFC 5965 has it."""
    return f"""\
From: <abuse@provider.test>
To: {to}
Subject: FW: News
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an email abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1

--b
Content-Type: message/rfc822

From: press@newsroom.test
Subject: News

Text.
--b--
""".replace("\n", "\r\n").encode()


def _to(kept: Subscriber, issue: int = 0) -> str:
    address = ReturnAddresses().make(issue, kept.id)
    assert address
    return address


# --- return addresses ---


def test_a_return_address_says_whose_and_which_mail_it_was(zoe: Subscriber) -> None:
    address = _to(zoe, 7)
    name, _at, domain = address.partition("@")
    assert (name[:8], domain) == ("bounces+", "newsroom.test")
    assert len(name) <= 64
    for spelt in (address, address.upper(), f"<{address}>", f" {address}"):
        assert ReturnAddresses().read(spelt) == Returned(7, zoe.id)


@pytest.mark.parametrize("word", ["", "x", "a" * 39, "é" * 39, "=" * 8, "7" * 4000])
def test_a_return_address_that_is_not_ours_says_nothing(zoe: Subscriber, word: str) -> None:
    assert ReturnAddresses().read(f"bounces+{word}@newsroom.test") is None
    assert ReturnAddresses().read(_to(zoe).replace("newsroom.test", "evil.test")) is None
    assert ReturnAddresses().read(_to(zoe).replace("bounces+", "other+")) is None
    assert ReturnAddresses().read("") is None


def test_one_letter_changed_is_not_ours(zoe: Subscriber) -> None:
    address = _to(zoe, 7)
    for place in range(len("bounces+"), address.index("@")):
        for letter in "abcdefghijklmnopqrstuvwxyz234567":
            changed = address[:place] + letter + address[place + 1 :]
            if changed != address:
                found = ReturnAddresses().read(changed)
                assert found is None or found == Returned(7, zoe.id), changed


def test_without_an_address_mails_come_back_to_the_sender(app: Flask) -> None:
    assert ReturnAddresses().make(1, 2) is None
    assert ReturnAddresses().read("bounces+x@newsroom.test") is None


# --- what reports say ---


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("5.1.1", BounceKind.HARD), ("5.1.10", BounceKind.HARD), ("5.0.0", BounceKind.HARD), ("5.2.1", BounceKind.HARD),
        ("5.4.4", BounceKind.HARD), ("5.1.8", BounceKind.SOFT), ("5.2.2", BounceKind.SOFT), ("5.3.4", BounceKind.SOFT),
        ("5.7.1", BounceKind.SOFT),
        ("5.7.26", BounceKind.SOFT), ("4.4.7", BounceKind.SOFT), ("4.2.2", BounceKind.SOFT),
    ],
)  # fmt: skip
def test_a_report_says_how_bad_it_is(zoe: Subscriber, status: str, kind: BounceKind) -> None:
    report = bounces.read(dsn(_to(zoe), status=status))
    assert report is not None
    assert (report.kind, report.status, report.subscriber_id) == (kind, status, zoe.id)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_a_mail_that_is_late_or_arrived_has_not_come_back(zoe: Subscriber, action: str) -> None:
    assert bounces.read(dsn(_to(zoe), action=action, status="4.4.1")) is None


def test_a_report_that_was_sent_to_no_address_of_ours_is_not_believed(zoe: Subscriber) -> None:
    assert bounces.read(dsn("press@newsroom.test")) is None
    assert (
        bounces.read(dsn("press@newsroom.test", returned="List-Unsubscribe: <http://newsroom.test/x>"))
        is None
    )


def test_the_link_to_leave_in_a_returned_mail_says_whose_it_was(zoe: Subscriber) -> None:
    url = unsubscribe_url(zoe.id, language="fr", at=clock.now())
    report = bounces.read(dsn("press@newsroom.test", returned=f"List-Unsubscribe: <{url}>"))
    assert report is not None
    assert (report.subscriber_id, report.kind) == (zoe.id, BounceKind.HARD)
    folded = url[:60] + "\r\n " + url[60:]
    assert bounces.read(dsn("press@newsroom.test", returned=f"List-Unsubscribe: <{folded}>")) is not None


@pytest.mark.parametrize(
    ("kind", "is_one"), [("abuse", True), ("fraud", True), ("not-spam", False), ("x", False)]
)
def test_a_complaint_is_understood(zoe: Subscriber, kind: str, is_one: bool) -> None:
    report = bounces.read(complaint(_to(zoe), kind))
    assert (report is not None and report.kind == BounceKind.COMPLAINT) == is_one


def test_a_report_in_the_dialect_of_a_server_is_understood(zoe: Subscriber) -> None:
    qmail = f"""\
From: MAILER-DAEMON@example.org
To: {_to(zoe)}
Subject: failure notice

Hi. This is the qmail-send program at example.org.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<zoe@example.org>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

Return-Path: <x@newsroom.test>
"""
    report = bounces.read(qmail.encode())
    assert report is not None
    assert (report.kind, report.subscriber_id) == (BounceKind.HARD, zoe.id)


def test_an_answer_from_a_holiday_has_not_come_back(zoe: Subscriber) -> None:
    away = f"From: zoe@example.org\nTo: {_to(zoe)}\nSubject: Out of office\nAuto-Submitted: auto-replied\n\nBack on Monday.\n"
    assert bounces.read(away.encode()) is None


@pytest.mark.parametrize(
    "raw",
    [b"", b"\x00" * 100, b"\xff" * 1000, b"Content-Type: multipart/report; boundary=\n\n--", b"To: " + b"a@b," * 20000,
     b"Content-Type: multipart/mixed; boundary=b\n\n" + b"--b\n\n" * 5000],
    ids=["empty", "nul", "binary", "cut", "many addresses", "many parts"],
)  # fmt: skip
def test_what_is_no_mail_is_not_understood(app: Flask, zoe: Subscriber, raw: bytes) -> None:
    assert bounces.read(raw) is None


# --- what follows ---


def _note(kept: Subscriber, kind: BounceKind, number: int = 0, status: str = "4.2.2") -> bool:
    return service.note_bounce(kept.id, kind=kind, status=status, source="dsn", digest=f"{kind}{number}")


def test_one_for_good_suppresses_the_address_and_ends_the_consent(frozen: Frozen, zoe: Subscriber) -> None:
    assert _note(zoe, BounceKind.HARD, status="5.1.1")
    assert _now(zoe).state == State.REFUSED
    suppression = queries.suppression_of("zoe@example.org")
    assert suppression is not None
    assert (suppression.reason, suppression.source, suppression.detail) == ("bounce", "dsn", "5.1.1")
    assert queries.consents_of(zoe.id)[0].withdrawn_how == "bounce"
    assert not queries.may_write_to(zoe.id)


def test_a_complaint_suppresses_the_address(zoe: Subscriber) -> None:
    _note(zoe, BounceKind.COMPLAINT)
    suppression = queries.suppression_of("zoe@example.org")
    assert suppression is not None
    assert suppression.reason == "complaint"


def test_five_for_the_moment_in_fourteen_days_suppress_the_address(frozen: Frozen, zoe: Subscriber) -> None:
    for number in range(rules.SOFT_BOUNCES - 1):
        _note(zoe, BounceKind.SOFT, number)
        frozen.at += timedelta(days=2)
    assert _now(zoe).state == State.ACTIVE
    _note(zoe, BounceKind.SOFT, 99)
    assert _now(zoe).state == State.REFUSED


def test_older_ones_no_longer_count(frozen: Frozen, zoe: Subscriber) -> None:
    _note(zoe, BounceKind.SOFT, 0)
    frozen.at += timedelta(days=rules.SOFT_DAYS)
    for number in range(1, rules.SOFT_BOUNCES):
        _note(zoe, BounceKind.SOFT, number)
    assert _now(zoe).state == State.ACTIVE


def test_one_report_counts_once(zoe: Subscriber) -> None:
    assert _note(zoe, BounceKind.SOFT)
    assert not _note(zoe, BounceKind.SOFT)
    assert db.session.scalar(select(func.count(Bounce.id))) == 1


def test_a_report_about_nobody_changes_nothing(app: Flask, zoe: Subscriber) -> None:
    service.erase(zoe)
    assert not _note(zoe, BounceKind.HARD)
    assert not service.note_bounce(999, kind=BounceKind.HARD, status="", source="dsn", digest="x")


# --- files, and a mailbox ---


def test_files_are_read_one_mail_each_or_a_whole_mailbox(app: Flask, tmp_path: Path, zoe: Subscriber) -> None:
    one, box = tmp_path / "one.eml", tmp_path / "box"
    one.write_bytes(dsn(_to(zoe), status="4.2.2"))
    kept = mailbox.mbox(box)
    for number, action in enumerate(("failed", "delayed")):
        kept.add(dsn(_to(zoe), action=action, status=f"4.2.{number}"))
    kept.close()
    told = app.test_cli_runner().invoke(args=["newsletter", "bounces", str(one), str(box)])
    assert told.exit_code == 0, told.output
    assert told.output.strip() == "not understood: 1, soft: 2"
    again = app.test_cli_runner().invoke(args=["newsletter", "bounces", str(one)])
    assert again.output.strip() == "known already: 1"


def test_a_mail_may_come_by_a_pipe(app: Flask, zoe: Subscriber) -> None:
    told = app.test_cli_runner().invoke(args=["newsletter", "bounces", "-"], input=dsn(_to(zoe)))
    assert told.output.strip() == "hard: 1"
    assert _now(zoe).state == State.REFUSED


def test_nothing_to_read_is_said(app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["newsletter", "bounces"]).exit_code == 2


class ImapServer:
    """As much of an IMAP server (RFC 3501) as a client needs that reads what is unread: on a port of this machine."""

    def __init__(self, mails: list[bytes]) -> None:
        self.mails, self.seen = mails, set[int]()
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                peer, _address = self._socket.accept()
            except OSError:
                return
            with peer, peer.makefile("rwb") as stream:
                stream.write(b"* OK ready\r\n")
                stream.flush()
                for line in stream:
                    tag, _space, said = line.decode().strip().partition(" ")
                    stream.write(self._answer(said) + f"{tag} OK done\r\n".encode())
                    stream.flush()
                    if said.startswith("LOGOUT"):
                        break

    def _answer(self, said: str) -> bytes:
        verb, _space, rest = said.partition(" ")
        if verb == "CAPABILITY":
            return b"* CAPABILITY IMAP4rev1\r\n"
        if verb == "SELECT":
            return f"* {len(self.mails)} EXISTS\r\n".encode()
        if verb == "SEARCH":
            unread = [str(number) for number in range(1, len(self.mails) + 1) if number not in self.seen]
            return f"* SEARCH {' '.join(unread)}\r\n".encode()
        if verb == "FETCH":
            number = int(rest.split()[0])
            raw = self.mails[number - 1]
            return f"* {number} FETCH (BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n"
        if verb == "STORE":
            self.seen.add(int(rest.split()[0]))
        return b""

    def close(self) -> None:
        """Close the door."""
        self._socket.close()


@pytest.fixture
def imap(zoe: Subscriber) -> Iterator[ImapServer]:
    """A mailbox with a report, and a mail that is none."""
    server = ImapServer([dsn(_to(zoe)), b"Subject: hello\r\n\r\nHello.\r\n"])
    yield server
    server.close()


def test_a_mailbox_is_read_once(
    app: Flask, monkeypatch: pytest.MonkeyPatch, imap: ImapServer, zoe: Subscriber
) -> None:
    address = f"imap://office:p%40ss@127.0.0.1:{imap.port}/Returned%20mails"
    monkeypatch.setitem(app.config, "BOUNCE_MAILBOX", address)
    told = app.test_cli_runner().invoke(args=["newsletter", "bounces", "--mailbox"])
    assert told.output.strip() == "hard: 1, not understood: 1"
    assert _now(zoe).state == State.REFUSED
    assert imap.seen == {1, 2}
    again = app.test_cli_runner().invoke(args=["newsletter", "bounces", "--mailbox"])
    assert again.output.strip() == "Nothing came back."


@pytest.mark.parametrize(
    "address", ["", "imap://mail.example.org/", "http://127.0.0.1/", "imap://127.0.0.1:1/"]
)
def test_a_mailbox_that_cannot_be_read_is_said(
    app: Flask, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setitem(app.config, "BOUNCE_MAILBOX", address)
    told = app.test_cli_runner().invoke(args=["newsletter", "bounces", "--mailbox"])
    assert told.exit_code == 1
    assert "The mailbox cannot be read" in told.output


# --- the webhook ---


def _report(
    client: FlaskClient, told: Any, *, secret: str = SECRET, at: float | None = None, **more: Any
) -> Any:
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    seconds = str(int(clock.now().timestamp() if at is None else at))
    mark = hmac.new(secret.encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
    headers = {"X-Signature": f"t={seconds},v1={mark}"} | more
    return client.post("/newsletter/reports", data=body, content_type="application/json", headers=headers)


@pytest.fixture
def hooked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A newsroom that takes reports."""
    monkeypatch.setitem(app.config, "BOUNCE_SECRET", SECRET)


@pytest.mark.usefixtures("hooked")
def test_a_signed_report_is_taken_once(client: FlaskClient, zoe: Subscriber) -> None:
    told = [{"return_path": _to(zoe), "kind": "hard", "status": "5.1.1", "id": "a1"}]
    assert _report(client, told).get_json() == {"taken": 1, "sent": 1}
    assert _report(client, told).get_json() == {"taken": 0, "sent": 1}
    assert _now(zoe).state == State.REFUSED


@pytest.mark.usefixtures("hooked")
def test_what_a_report_says_of_nobody_or_of_nothing_is_passed_over(
    client: FlaskClient, zoe: Subscriber
) -> None:
    told = [
        {"return_path": "zoe@example.org", "kind": "hard"}, {"return_path": _to(zoe), "kind": "x"},
        {"kind": "hard"}, "x", None, 3,
    ]  # fmt: skip
    assert _report(client, told).get_json() == {"taken": 0, "sent": 6}
    assert _now(zoe).state == State.ACTIVE


@pytest.mark.usefixtures("hooked")
def test_a_signature_that_is_wrong_or_old_is_refused(
    client: FlaskClient, frozen: Frozen, zoe: Subscriber
) -> None:
    told = [{"return_path": _to(zoe), "kind": "hard", "id": "a1"}]
    assert _report(client, told, secret="another").status_code == 403
    assert _report(client, told, at=frozen.at.timestamp() - 301).status_code == 403
    assert _report(client, told, at=frozen.at.timestamp() + 301).status_code == 403
    for mark in ("", "x", "t=1,v1=", f"t=1,v1={'0' * 64}", "t=é,v1=x"):
        answer = client.post("/newsletter/reports", data=b"[]", headers={"X-Signature": mark.encode()})
        assert answer.status_code == 403
    assert _now(zoe).state == State.ACTIVE


@pytest.mark.usefixtures("hooked")
@pytest.mark.parametrize("body", [b"", b"x", b"{}", b"3", b"\xff", json.dumps([0] * 1001).encode()])
def test_a_body_that_is_no_list_is_refused(client: FlaskClient, body: bytes) -> None:
    assert _report(client, body).status_code == 400


@pytest.mark.usefixtures("hooked")
def test_a_body_that_is_too_large_is_refused(client: FlaskClient) -> None:
    assert _report(client, b"[" + b" " * 1024 * 1024 + b"]").status_code == 413


def test_without_a_secret_there_is_no_such_address(client: FlaskClient) -> None:
    assert _report(client, []).status_code == 404

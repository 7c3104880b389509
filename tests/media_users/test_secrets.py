"""After a whole walk through the pages of an account: what is kept of it, where it must be and nowhere else."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import presence
from app.database import db
from app.mail.post import Away
from app.media_users.views.holding import HELD
from tests.media_users.steps import EMAIL, PASSWORD, ask_again, choose, enter, forget, register
from tests.proving.letters import code_in, key_in, other_than
from tests.signing import post, session_cookie, token_on

SETTINGS, LOGIN = "/en/account/settings", "/en/account/login"
NEW, MOVED = "Dorozhnia-3-karta!", "zoe@other.test"
ADDRESSES = (EMAIL, MOVED, "stranger@nowhere.test")
# An address stands where somebody is written to by it, and nowhere else; in the outbox, too, but not in a name of a file.
HOMES = {"account", "proof", "consent"}
# What a record of the log counts by itself: among so many digits the six of a code turn up by chance.
COUNTED = {"created", "msecs", "relativeCreated", "process", "thread"}


class Walk:
    """Somebody who does everything there is, and all that was secret in it."""

    def __init__(self, app: Flask, client: FlaskClient, frozen: Any, run_jobs: Any, outbox: Any) -> None:
        self.app, self.client, self.frozen, self._run_jobs, self._outbox = (
            app,
            client,
            frozen,
            run_jobs,
            outbox,
        )
        self.said = ""
        self.secrets = {PASSWORD, NEW, "Wrong-2026-pass!"}

    def note(self) -> None:
        """Remember what this browser holds."""
        name = self.app.config["REMEMBERED_COOKIE"]
        if (cookie := self.client.get_cookie(name)) is not None:
            self.secrets.add(cookie.value)
        if session_cookie(self.client) is not None:
            with self.client.session_transaction() as held:
                self.secrets |= {held[key] for key in (presence.HELD, HELD, "csrf_token") if held.get(key)}

    def mail(self, email: str = EMAIL) -> Any:
        """Do what is due; return the newest mail to ``email``, and remember what is secret in it."""
        self._run_jobs()
        mail = [each for each in self._outbox() if each.to == email and each.text[:6].isdigit()][-1]
        self.secrets |= {code_in(mail), key_in(mail)}
        return mail

    def later(self, **length: float) -> None:
        self.frozen.at += timedelta(**length)

    def go(self) -> None:
        """Register, guess, ask again, confirm, log out and in, forget, choose, change the address, be copied."""
        client = self.client
        client.environ_base["REMOTE_ADDR"] = "192.0.2.77"
        register(client)
        self.note()
        first = code_in(self.mail())
        enter(client, other_than(first))
        self.later(minutes=2)
        ask_again(client)
        enter(client, first)  # superseded
        enter(client, code_in(self.mail()))
        self.note()
        client.post("/en/account/logout", data={"csrf_token": token_on(client.get(SETTINGS))})
        for password in ("Wrong-2026-pass!", PASSWORD):
            fields = {"email": EMAIL, "password": password, "remember": "y"}
            post(client, LOGIN, fields, page=LOGIN)
            self.note()
        post(self.app.test_client(), LOGIN, {"email": ADDRESSES[2], "password": NEW}, page=LOGIN)
        self._copied()
        self.later(minutes=2)
        other = self.app.test_client()
        forget(other, EMAIL)
        self.client = other
        self.note()
        enter(other, code_in(self.mail()), "reset")
        self.note()
        choose(other, NEW)
        post(other, LOGIN, {"email": EMAIL, "password": NEW}, page=LOGIN)
        self.note()
        self.later(minutes=2)
        fields = {"address-email": MOVED, "address-current_password": NEW}
        assert post(other, f"{SETTINGS}/address", fields, page=SETTINGS).status_code == 303
        self.note()
        assert enter(other, code_in(self.mail(MOVED)), "change").status_code == 303
        assert MOVED in other.get(SETTINGS).text
        self._run_jobs()

    def _copied(self) -> None:
        """Let a thief come back by the cookie of a remembered browser, after its owner did."""
        name = self.app.config["REMEMBERED_COOKIE"]
        stolen = self.client.get_cookie(name).value
        owner = self.app.test_client()
        owner.set_cookie(name, stolen)
        assert owner.get(SETTINGS).status_code == 200
        self.client, kept = owner, self.client
        self.note()
        self.client = kept
        self.later(minutes=1)
        thief = self.app.test_client()
        thief.set_cookie(name, stolen)
        assert thief.get(SETTINGS).status_code == 303
        assert owner.get(SETTINGS).status_code == 303


@pytest.fixture
def walk(app: Flask, client: FlaskClient, frozen: Any, run_jobs: Any, outbox: Any, caplog: Any) -> Walk:
    """Somebody who has done everything, with all that was logged meanwhile."""
    for logger in (None, "app", "huey", "sqlalchemy.pool"):
        caplog.set_level(logging.DEBUG, logger)
    walked = Walk(app, client, frozen, run_jobs, outbox)
    walked.go()
    assert len(walked.secrets) >= 15
    logging.getLogger("app").info("the walk is over")
    walked.said = caplog.text + "".join(
        f"{name}={value!r}\n"
        for record in caplog.records
        for name, value in vars(record).items()
        if name not in COUNTED
    )
    return walked


def test_no_table_holds_a_secret_and_few_an_address(walk: Walk) -> None:
    tables = 0
    for table in db.metadata.sorted_tables:
        rows = str([tuple(row) for row in db.session.execute(select(table))])
        tables += rows != "[]"
        assert not [secret for secret in walk.secrets if secret in rows], table.name
        if table.name not in HOMES:
            assert not [each for each in ADDRESSES if each in rows], table.name
    assert tables > 8
    kept = str(db.session.execute(select(db.metadata.tables["account"])).all())
    assert MOVED in kept  # or else nothing was looked at


def test_no_file_holds_a_secret_or_an_address(walk: Walk) -> None:
    folder: Path = walk.app.config["INSTANCE_DIR"]
    database = walk.app.config["SQLALCHEMY_DATABASE_URI"].rpartition("/")[2]
    looked_at = []
    for path in folder.rglob("*"):
        if not path.is_file() or "scenes" in path.parts:
            continue
        told = str(path.relative_to(folder))
        assert not [each for each in (*walk.secrets, *ADDRESSES) if each in told], told
        if path.suffix == ".eml" or path.name.startswith(database):
            continue  # mails are read by their readers alone; the tables have a test of their own
        held = path.read_bytes()
        looked_at.append(path.name)
        assert not [each for each in (*walk.secrets, *ADDRESSES) if each.encode() in held], told
    assert "limits.sqlite" in looked_at


def test_no_line_of_the_log_holds_a_secret_or_an_address(walk: Walk) -> None:
    assert "the walk is over" in walk.said  # or else nothing was heard
    assert not [each for each in (*walk.secrets, *ADDRESSES) if each in walk.said]


def test_an_error_in_the_middle_tells_nothing_of_whom_it_happened_to(
    app: Flask, client: FlaskClient, run_jobs: Any, caplog: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither a page that breaks nor a mail that does: what was typed stands in neither trace nor ledger."""
    from app.media_users import service
    from app.proving import jobs

    def broken(*told: Any, **known: Any) -> None:
        raise RuntimeError("broken on purpose")

    register(client)
    monkeypatch.setattr(jobs, "post", broken)
    run_jobs()
    monkeypatch.setattr(jobs, "post", lambda message: (_ for _ in ()).throw(Away(f"{message.to} is away")))
    monkeypatch.setattr(service, "register", broken)
    app.config["PROPAGATE_EXCEPTIONS"], before = False, app.config["PROPAGATE_EXCEPTIONS"]
    try:
        page = "/en/account/register"
        fields = {
            "name": "Zoé Lefèvre", "organisation": "X", "country": "FR", "email": EMAIL, "password": PASSWORD,
            "language": "en", "conditions": "y", "next": "",
        }  # fmt: skip
        answer = post(app.test_client(), page, fields, page=page)
    finally:
        app.config["PROPAGATE_EXCEPTIONS"] = before
    assert answer.status_code == 500
    assert "broken on purpose" in caplog.text
    jobs_kept = str(db.session.execute(select(db.metadata.tables["job"])).all())
    for secret in (EMAIL, PASSWORD, "Lefèvre"):
        assert secret not in caplog.text
        assert secret not in jobs_kept
        assert secret not in answer.text

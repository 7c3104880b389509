"""The log of who did what: written with each act, changed by nobody, and whole or found out."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.acts import act
from app.audit.log import START, _digest, faults, record
from app.audit.models import Entry
from app.database import db
from app.editorial import service
from app.editorial.models import Edition, State
from tests import make, servers
from tests.browser import Page
from tests.signing import sign_in, try_password

pytestmark = pytest.mark.usefixtures("app")

TRIGGERS = {
    "sqlite": [f"DROP TRIGGER IF EXISTS audit_entry_kept_{verb}" for verb in ("update", "delete")],
    "postgresql": ["ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_kept"],
}
# SQLite's come back with the next test's empty database; PostgreSQL's table stays.
BACK = {"sqlite": [], "postgresql": ["ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_kept"]}


def entries():
    """Return the whole log, in its order."""
    db.session.rollback()
    return list(db.session.scalars(select(Entry).order_by(Entry.id)))


def behind_our_back(*statements):
    """Do ``statements`` as somebody who owns the database. On SQLite the triggers are gone after that."""
    db.session.rollback()
    kind = db.engine.dialect.name
    with db.engine.begin() as connection:
        for statement in (*TRIGGERS[kind], *statements, *BACK[kind]):
            connection.execute(text(statement))


def verified(app):
    """Return how ``flask audit verify`` ends, and what it says."""
    db.session.rollback()
    told = app.test_cli_runner().invoke(args=["audit", "verify"])
    return told.exit_code, told.output


# Append-only


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entry SET verb = 'nothing'",
        "UPDATE audit_entry SET label = label",
        "UPDATE audit_entry SET account_id = NULL WHERE id = 1",
        "DELETE FROM audit_entry",
        "DELETE FROM audit_entry WHERE id = (SELECT max(id) FROM audit_entry)",
    ],
)
def test_the_database_lets_nobody_change_the_log(statement):
    make.release(State.PUBLISHED)
    before = [(entry.id, entry.verb, entry.digest) for entry in entries()]
    db.session.rollback()
    with pytest.raises(DBAPIError, match="the log is never changed"), db.engine.begin() as connection:
        connection.execute(text(statement))
    assert [(entry.id, entry.verb, entry.digest) for entry in entries()] == before


@pytest.mark.skipif(servers.POSTGRES, reason="only SQLite can replace a row while adding one")
def test_an_entry_cannot_be_written_over_by_one_of_the_same_number():
    make.release()
    db.session.rollback()
    columns = "id, at, account_id, verb, thing, thing_id, label, details, network, digest"
    changed = columns.replace("verb", "'nothing'")
    replace = f"INSERT OR REPLACE INTO audit_entry ({columns}) SELECT {changed} FROM audit_entry WHERE id = 1"
    with pytest.raises(DBAPIError, match="the log is never changed"), db.engine.begin() as connection:
        connection.execute(text(replace))


def test_an_act_that_is_undone_leaves_no_entry():
    oksana = make.officer()
    before = len(entries())

    @act
    def fail():
        record(oksana, "tried", oksana)
        raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert len(entries()) == before


# The chain


def test_a_whole_log_is_verified(app):
    assert verified(app) == (0, "The log is whole.\n")
    make.release(State.WITHDRAWN)
    assert verified(app) == (0, "The log is whole.\n")


def test_each_entry_carries_the_digest_of_all_before_it():
    make.release(State.PUBLISHED)
    digests = [entry.digest for entry in entries()]
    assert len(digests) == len(set(digests)) > 4
    assert START not in digests


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_entry SET verb = 'approved' WHERE id = 4",
        "UPDATE audit_entry SET account_id = 2 WHERE id = 4",
        "UPDATE audit_entry SET account_id = NULL WHERE id = 4",
        "UPDATE audit_entry SET at = (SELECT at FROM audit_entry WHERE id = 1) WHERE id = 4",
        "UPDATE audit_entry SET thing_id = 99 WHERE id = 4",
        "UPDATE audit_entry SET thing = 'item' WHERE id = 4",
        "UPDATE audit_entry SET label = 'Another title' WHERE id = 4",
        "UPDATE audit_entry SET details = '{}' WHERE id = 4",
        "UPDATE audit_entry SET network = '192.0.2.1' WHERE id = 4",
        "UPDATE audit_entry SET digest = 'x' WHERE id = 4",
        "DELETE FROM audit_entry WHERE id = 4",
    ],
)
def test_what_was_changed_behind_our_back_is_found(app, frozen, change):
    make.officer("Ada")
    make.officer("Amélie")
    frozen.at += timedelta(hours=1)
    make.release(State.IN_REVIEW)
    wanted = entries()[3]
    assert (wanted.id, wanted.verb) == (4, "started")
    make.release(State.PUBLISHED)
    behind_our_back(change)
    status, said = verified(app)
    assert status == 1
    assert "Entry 4 does" in said or "Entry 5 does" in said
    assert "The log is whole" not in said


def test_every_place_where_the_log_was_changed_is_named(app):
    make.release(State.PUBLISHED)
    assert len(entries()) >= 6
    behind_our_back("UPDATE audit_entry SET label = 'x' WHERE id IN (2, 5)")
    assert [(fault.entry_id, fault.kind) for fault in faults()] == [(2, "changed"), (5, "changed")]
    assert verified(app)[1].splitlines() == [
        f"Entry {number} does not follow from the one before it." for number in (2, 5)
    ]


def test_a_forged_entry_at_the_end_is_found(app):
    make.release(State.PUBLISHED)
    columns = "at, account_id, verb, thing, thing_id, label, details, network"
    behind_our_back(
        f"INSERT INTO audit_entry ({columns}, digest) SELECT {columns}, '{'f' * 64}' FROM audit_entry WHERE verb = 'approved'"
    )
    assert verified(app)[0] == 1


@pytest.mark.parametrize("number", [1, 3])
def test_an_end_that_was_cut_off_is_found(app, number):
    make.release(State.PUBLISHED)
    last = entries()[-1].id
    behind_our_back(f"DELETE FROM audit_entry WHERE id > {last - number}")
    assert verified(app) == (1, f"The log does not end as it should: entry {last} was its last.\n")


def test_a_log_that_was_emptied_is_found(app):
    make.release()
    last = entries()[-1].id
    behind_our_back("DELETE FROM audit_entry")
    assert verified(app) == (1, f"The log does not end as it should: entry {last} was its last.\n")


def test_a_log_written_anew_by_the_owner_of_the_database_is_found_by_what_was_kept_elsewhere(app):
    make.release(State.IN_REVIEW)
    db.session.rollback()
    kept = app.test_cli_runner().invoke(args=["audit", "head"]).output.strip()
    make.release(State.PUBLISHED)
    db.session.rollback()
    verify = ["audit", "verify", "--kept", kept]
    assert app.test_cli_runner().invoke(args=verify).output == "The log is whole.\n"
    number = int(kept.partition(" ")[0])
    behind_our_back(f"UPDATE audit_entry SET label = 'x' WHERE id = {number}")
    _write_anew()
    assert verified(app)[0] == 0  # nothing inside of the database tells
    told = app.test_cli_runner().invoke(args=verify)
    assert (told.exit_code, told.output) == (
        1,
        f"Entry {number} is not the one whose digest was kept.\n",
    )
    assert app.test_cli_runner().invoke(args=["audit", "verify", "--kept", "nonsense"]).exit_code == 2


def _write_anew():
    """Do what a forger would who knows how digests are made."""
    before, statements = START, []
    for entry in entries():
        before = _digest(entry, before)
        statements.append(f"UPDATE audit_entry SET digest = '{before}' WHERE id = {entry.id}")
    statements.append(f"UPDATE audit_head SET digest = '{before}'")
    behind_our_back(*statements)


# What it says


def test_an_entry_says_who_did_what_to_which_thing_when_and_from_where(app, frozen):
    by = make.signed_in(app, "Amélie")
    edition = make.release(State.APPROVED)
    path = f"/desk/releases/{edition.item_id}/en/publish"
    fields = {
        each["name"]: each.get("value", "") for each in Page(by.get(path)).all("form input[type=hidden]")
    }
    by.post(
        path,
        data=fields | {"when": "now"},
        environ_overrides={"REMOTE_ADDR": "192.0.2.7"},
    )
    last = entries()[-1]
    assert (last.account_id, last.verb, last.thing, last.thing_id, last.at, last.network) == (
        make.officer("Amélie").id, "published", "edition", edition.id, frozen.at, "192.0.2.7",
    )  # fmt: skip
    assert last.label == make.TITLES["en"]
    assert last.details == {"before": "approved", "after": "published"}


def test_a_forwarded_address_that_nobody_vouches_for_is_not_believed(app):
    sign_in(app.test_client(), make.officer())
    try_password(
        app.test_client(), make.officer().email, make.PASSWORD, headers={"X-Forwarded-For": "203.0.113.66"}
    )
    assert "203.0.113.66" not in {entry.network for entry in entries()}


@pytest.mark.parametrize(
    "words",
    ["one\ntwo", "one\r\ntwo", "one\x0btwo", "one\x0ctwo", "one\x1ctwo", "one\x85two", "one\u2028two", "one\u2029two", "one\x00two", "\x1b[31mred"],
)  # fmt: skip
def test_no_entry_has_a_line_break(words):
    edition = make.release(title=words)
    service.submit(edition, by=make.officer())
    service.approve(edition, by=make.officer("Amélie"))
    service.publish(edition, by=make.officer("Amélie"))
    service.withdraw(edition, reason=words, by=make.officer("Amélie"))
    for entry in entries():
        for said in (entry.verb, entry.thing, entry.label, entry.network, *map(str, entry.details.values())):
            assert said.isprintable(), said


def test_a_long_title_is_cut_in_the_log_and_verified_all_the_same(app):
    make.release(title="é🇺🇦" * 140)
    assert verified(app)[0] == 0


def test_no_secret_is_in_the_log(app):
    oksana = make.officer()
    sign_in(app.test_client(), oksana)
    try_password(app.test_client(), oksana.email, "Wrong-2025-horse!")
    edition = make.release(body="<p>Everything that only the body says.</p>")
    service.save(
        edition,
        make.text(body="<p>A second body.</p>", lead="A lead of its own."),
        make.shared(),
        base=1,
        by=oksana,
    )
    digest = db.session.scalar(text("SELECT password_hash FROM account"))
    told = json.dumps([[entry.verb, entry.label, entry.details, entry.network] for entry in entries()])
    for secret in (
        make.PASSWORD,
        "Wrong-2025-horse!",
        digest,
        "only the body says",
        "second body",
        "lead of its own",
        "csrf",
    ):
        assert secret not in told


def test_every_decision_about_a_text_has_its_entry_and_no_other(frozen, run_jobs):
    make.release(State.EMBARGO, at=frozen.at + timedelta(hours=1))
    frozen.at += timedelta(hours=2)
    run_jobs()
    told = [
        (entry.verb, entry.account_id is None) for entry in entries() if entry.thing == Edition.__tablename__
    ]
    assert told == [
        ("started", False),
        ("submitted", False),
        ("approved", False),
        ("scheduled", False),
        ("published", True),
    ]
    assert db.session.scalar(select(func.count()).select_from(Entry)) == len(entries())

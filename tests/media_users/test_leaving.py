"""Leaving: thirty days to come back, then nothing is left that names anybody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import String, Text, cast, select

from app import clock
from app.accounts import queries as accounts
from app.accounts import service as signing
from app.accounts.models import Account
from app.accreditation import service as accreditation
from app.acts import act
from app.audit.log import faults
from app.audit.models import Entry
from app.database import Base, db
from app.mail import post
from app.media_users import queries, rules, service
from app.media_users.models import Consent, MediaUser
from app.proving import queries as proofs
from app.proving import service as proving
from app.proving.models import Code, Proof
from tests import make

NAME, ADDRESS = "Ottilie Zwanziger", "ottilie.zwanziger@globe.test"
MONTH = timedelta(days=30)


@pytest.fixture
def person(app: Flask) -> Account:
    """Somebody of the media who has left a trace wherever one can be left."""
    told = rules.Applicant(NAME, "Daily Globe", "BE", ADDRESS, "en")
    held = service.register(told, make.PASSWORD, has_accepted=True, network="192.0.2.7")
    proof = proofs.held_by(held)
    made = proving.make(proof.id, 1, opens=True)
    granted, _token = proving.check(proof, made.digits, network="192.0.2.7")
    service.confirm(granted, network="192.0.2.7", user_agent="Ottilie Zwanziger’s browser")
    account = accounts.by_key(ADDRESS)
    signing.set_password(account, "Windmuehle-2026!")
    signing.open_session(account, network="192.0.2.7", user_agent="Ottilie Zwanziger’s browser")
    service.change_profile(account, name=NAME, organisation="Daily Globe", country="UA")
    accreditation.ask(make.group(), by=account)
    _trace(account)
    return account


@act
def _trace(account: Account) -> None:
    now = clock.now()
    db.session.add(
        Consent(
            account_id=account.id, email=ADDRESS, email_key=account.email_key, subject="newsletter", version="1",
            text="Yes.", language="en", choices={}, page="/en/account/created", how="account", given_at=now,
        )
    )  # fmt: skip
    proof = Proof(
        purpose="reset", token_digest="0" * 64, email=ADDRESS, email_key=account.email_key, language="en",
        created_at=now,
    )  # fmt: skip
    db.session.add(proof)
    db.session.flush()
    db.session.add(Code(proof_id=proof.id, number=1, wanted_at=now, mail_at=now))


def everything_written() -> str:
    """Return every text in every table, in small letters."""
    found = []
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            found += db.session.scalars(select(cast(column, Text if column.type is Text else String)))
    return "\n".join(str(value) for value in found if value is not None).lower()


def verbs(account_id: int) -> list[str]:
    wanted = select(Entry).where(Entry.thing == "account", Entry.thing_id == account_id)
    rows = db.session.scalars(wanted.order_by(Entry.id))
    return [row.verb for row in rows]


def titled(subject: str, outbox: Any) -> Any:
    """Return the one mail with this subject."""
    (found,) = [mail for mail in outbox() if mail.subject == subject]
    return found


def test_who_leaves_is_logged_out_everywhere_and_told(person: Account, run_jobs: Any, outbox: Any) -> None:
    service.leave(person)
    run_jobs()
    assert queries.media_user(person.id).leaving_at == clock.now()
    assert all(row.ended_at for row in person_sessions(person))
    mail = titled("Your media account will be deleted", outbox)
    assert mail.to == ADDRESS
    assert "20\u00a0December 2025" in mail.text
    assert "http://newsroom.test/en/account/login" in mail.text
    assert NAME not in mail.text


def person_sessions(person: Account) -> Any:
    from app.accounts.models import Session

    return db.session.scalars(select(Session).where(Session.account_id == person.id)).all()


def test_asking_twice_does_not_move_the_day(person: Account, frozen: Any) -> None:
    service.leave(person)
    first = queries.media_user(person.id).leaving_at
    frozen.at += timedelta(days=3)
    service.leave(person)
    assert queries.media_user(person.id).leaving_at == first


def test_officers_do_not_leave_by_this_way(app: Flask) -> None:
    with pytest.raises(rules.OfficersStay):
        service.leave(make.officer("Oksana"))


def test_who_comes_back_in_time_keeps_everything(person: Account, frozen: Any, run_jobs: Any) -> None:
    service.leave(person)
    frozen.at += MONTH - timedelta(seconds=1)
    run_jobs()
    assert service.come_back(person)
    frozen.at += timedelta(days=400)
    run_jobs()
    assert person.email == ADDRESS
    assert verbs(person.id)[-2:] == ["asked to be erased", "came back"]


def test_who_was_not_leaving_does_not_come_back(person: Account) -> None:
    assert not service.come_back(person)
    assert not service.come_back(make.officer("Oksana"))
    assert "came back" not in verbs(person.id)


def test_a_mail_that_comes_late_is_not_sent_to_who_came_back(
    person: Account, run_jobs: Any, outbox: Any
) -> None:
    service.leave(person)
    service.come_back(person)
    run_jobs()
    assert "Your media account will be deleted" not in [mail.subject for mail in outbox()]


def test_after_thirty_days_nothing_is_left_that_names_them(
    person: Account, frozen: Any, run_jobs: Any, outbox: Any
) -> None:
    account_id = person.id
    assert "zwanziger" in everything_written()
    service.leave(person)
    frozen.at += MONTH
    run_jobs()
    assert "zwanziger" not in everything_written()
    assert "192.0.2.7" not in everything_written()
    kept = db.session.get_one(Account, account_id)
    assert (kept.name, kept.email, kept.password_hash, kept.is_active) == ("", "", "", False)
    assert db.session.get(MediaUser, account_id) is None
    assert verbs(account_id)[-1] == "erased"
    assert list(faults()) == []
    farewell = titled("Your media account is deleted", outbox)
    assert farewell.to == ADDRESS
    assert "Groups: 1" in farewell.text
    assert "Consents: 1" in farewell.text


def test_an_erased_address_can_be_used_again(person: Account, frozen: Any, run_jobs: Any) -> None:
    service.leave(person)
    frozen.at += MONTH
    run_jobs()
    assert make.media_user("Another", ADDRESS).id != person.id


def test_a_consent_stays_without_who_gave_it(person: Account, frozen: Any, run_jobs: Any) -> None:
    service.leave(person)
    frozen.at += MONTH
    run_jobs()
    kept = db.session.scalars(select(Consent)).one()
    assert (kept.account_id, kept.email, kept.text) == (None, "", "Yes.")
    assert len(kept.email_key) == 64


@pytest.mark.parametrize("failure", [post.Away("away"), post.Refused(550)])
def test_a_mail_server_holds_no_erasure_up(
    person: Account, frozen: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    service.leave(person)
    run_jobs()

    def fail(_message: Any) -> None:
        raise failure

    monkeypatch.setattr("app.mail.service.post", fail)
    frozen.at += MONTH
    run_jobs()
    assert "zwanziger" not in everything_written()


def test_an_erasure_is_done_once(person: Account, frozen: Any, run_jobs: Any) -> None:
    service.leave(person)
    frozen.at += MONTH
    run_jobs()
    assert not service.erase(person.id)
    assert service.report(person.id) is None
    assert [job.name for job in run_jobs()] == []
    assert verbs(person.id).count("erased") == 1


def test_nobody_is_erased_who_did_not_ask(person: Account, frozen: Any) -> None:
    frozen.at += timedelta(days=4000)
    assert not service.erase(person.id)
    assert not service.erase(make.officer("Oksana").id)
    assert service.owe_erasures() == 0


def test_an_export_tells_all_that_is_kept(person: Account) -> None:
    told = service.export(person)
    assert told["account"]["email"] == ADDRESS
    assert told["account"]["organisation"] == "Daily Globe"
    assert {row["network"] for row in told["sessions"]} == {"192.0.2.7"}
    assert [row["group"]["en"] for row in told["memberships"]] == ["Accredited newsrooms"]
    assert [row["text"] for row in told["consents"]] == ["Yes."]
    assert [row["for"] for row in told["proofs"]] == ["register", "reset"]
    assert "signed in" in [row["did"] for row in told["log"]]
    assert "password_hash" not in str(told)
    assert verbs(person.id)[-1] == "exported own data"


def test_an_officer_gets_what_is_kept_of_them_too(app: Flask) -> None:
    told = service.export(make.officer("Oksana"))
    assert told["account"]["name"] == "Oksana"
    assert "organisation" not in told["account"]

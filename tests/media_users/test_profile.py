"""Who somebody is, and at which address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app.accounts import queries as accounts
from app.accounts import rules as people
from app.accounts.models import Account, Session
from app.accounts.service import open_session
from app.accreditation import queries as accreditation
from app.accreditation import service as groups
from app.accreditation.models import MembershipState
from app.database import db
from app.limits.limits import TooMany
from app.media_users import queries, rules, service
from app.proving import queries as proofs
from app.proving import service as proving
from app.proving.rules import Over, WrongCode
from app.refusals import Missing
from tests import make

NEW = "tom@wire.test"
HOME = "192.0.2.7"


@pytest.fixture
def tom(app: Flask) -> Account:
    """Somebody of the media."""
    return make.media_user("Tom")


def granted(account: Account, email: str = NEW) -> Any:
    """Return the proof of a new address whose code was right."""
    proof = proofs.held_by(service.ask_new_address(account, email))
    made = proving.make(proof.id, 1, opens=True)
    return proving.check(proof, made.digits, network=HOME)[0]


def test_a_profile_is_kept_tidy(tom: Account) -> None:
    service.change_profile(tom, name="  Tom  Wire ", organisation="Radio\tOne", country="UA")
    person = queries.media_user(tom.id)
    assert (tom.name, person.organisation, person.country) == ("Tom Wire", "Radio One", "UA")


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"name": " "}, people.NoName),
        ({"organisation": ""}, rules.NoOrganisation),
        ({"country": "ZZ"}, rules.NoCountry),
    ],
)
def test_what_is_missing_changes_nothing(tom: Account, wrong: dict[str, str], refusal: type) -> None:
    with pytest.raises(refusal):
        service.change_profile(tom, **({"name": "Other", "organisation": "Other", "country": "FR"} | wrong))
    assert (tom.name, queries.media_user(tom.id).organisation) == ("Tom", "Daily Globe")


def test_an_officer_has_no_profile_here(app: Flask) -> None:
    with pytest.raises(Missing):
        service.change_profile(make.officer("Oksana"), name="X", organisation="X", country="FR")


def test_a_new_address_is_written_to_and_so_is_the_old_one(tom: Account, run_jobs: Any, outbox: Any) -> None:
    service.ask_new_address(tom, NEW)
    run_jobs()
    assert {mail.to for mail in outbox()} == {"tom@globe.test", NEW}
    assert tom.email == "tom@globe.test"


def test_a_new_address_counts_when_its_code_has_come_back(tom: Account) -> None:
    here = open_session(tom, network=HOME, user_agent="")
    open_session(tom, network="192.0.2.8", user_agent="")
    session, _ = accounts.session_of(people.token_digest(here))
    moved = service.move(granted(tom), session_id=session.id)
    assert (moved.id, moved.email, moved.email_key) == (tom.id, NEW, NEW)
    assert accounts.by_key("tom@globe.test") is None
    living = db.session.query(Session).filter_by(account_id=tom.id, ended_at=None).all()
    assert [row.id for row in living] == [session.id]


def test_a_code_for_another_address_moves_nobody_twice_nor_late(tom: Account, frozen: Any) -> None:
    proof = granted(tom)
    service.move(proof, session_id=0)
    with pytest.raises(Over):
        service.move(proof, session_id=0)
    frozen.at += timedelta(hours=2)
    late = granted(tom, "tom@third.test")
    frozen.at += timedelta(minutes=10, seconds=1)
    with pytest.raises(Over):
        service.move(late, session_id=0)
    assert tom.email == NEW


def test_nothing_moves_without_a_right_code(tom: Account) -> None:
    proof = proofs.held_by(service.ask_new_address(tom, NEW))
    proving.make(proof.id, 1, opens=False)
    with pytest.raises(WrongCode):
        proving.check(proof, "123456", network=HOME)
    with pytest.raises(Over):
        service.move(proof, session_id=0)
    assert tom.email == "tom@globe.test"


def test_an_address_that_somebody_got_in_the_meantime_is_theirs(tom: Account) -> None:
    proof = granted(tom)
    make.media_user("Una", NEW)
    with pytest.raises(people.Known):
        service.move(proof, session_id=0)
    assert tom.email == "tom@globe.test"


def test_an_address_that_is_known_gets_a_mail_without_a_code(
    tom: Account, run_jobs: Any, outbox: Any
) -> None:
    make.media_user("Una", NEW)
    service.ask_new_address(tom, NEW)
    run_jobs()
    (mail,) = [mail for mail in outbox() if mail.to == NEW]
    assert not any(line.strip().isdigit() for line in mail.text.splitlines())


@pytest.mark.parametrize("same", ["tom@globe.test", "TOM@Globe.test"])
def test_the_same_address_is_refused(tom: Account, same: str) -> None:
    with pytest.raises(rules.SameAddress):
        service.ask_new_address(tom, same)


def test_no_address_is_refused(tom: Account) -> None:
    with pytest.raises(people.BadAddress):
        service.ask_new_address(tom, "nowhere")


def test_an_account_does_not_write_to_ever_other_strangers(tom: Account) -> None:
    for number in range(rules.CHANGES_AN_HOUR):
        service.ask_new_address(tom, f"stranger{number}@wire.test")
    with pytest.raises(TooMany):
        service.ask_new_address(tom, NEW)


def test_a_new_address_is_looked_at_again_by_groups(tom: Account, run_jobs: Any) -> None:
    group = make.group("Globe", "globe.test", admits=True)
    groups.admit_by_domain(tom)
    assert accreditation.membership_of(tom.id, group.id).state == MembershipState.MEMBER
    service.move(granted(tom), session_id=0)
    run_jobs()
    assert accreditation.membership_of(tom.id, group.id).state == MembershipState.WAITING

"""What somebody changes about themselves: who they are and for whom they work, and the address that they prove."""

from __future__ import annotations

from app import clock
from app.accounts import queries as accounts
from app.accounts import rules as people
from app.accounts.models import Account
from app.accounts.service.signing import end_sessions
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.limits.limits import allow
from app.media_users import queries, rules
from app.proving import queries as proofs
from app.proving import service as proving
from app.proving.models import Proof, Purpose
from app.proving.rules import Over
from app.refusals import Missing

CHANGES = "media_users.changes"


@act
def change_profile(account: Account, *, name: str, organisation: str, country: str) -> None:
    """Keep who ``account`` belongs to now. Raises NoName, NoOrganisation, NoCountry, and Missing for an officer."""
    person = queries.media_user_held(account.id)
    if person is None:
        raise Missing
    account.name = people.check_name(name)
    person.organisation = rules.check_organisation(organisation)
    person.country = rules.check_country(country)
    record(account, "changed profile", account)


def ask_new_address(account: Account, email: str) -> str:
    """Begin to prove that ``email`` is ``account``'s, too, and return the token of the browser.

    The address of before is told at once. Nothing changes until the code comes back; an address that has an account
    gets a mail which says so, and no code. The password was asked before.

    Raises BadAddress, SameAddress, TooMany after five changes in an hour, and TooSoon.
    """
    if people.email_key(email) == account.email_key:
        raise rules.SameAddress
    allow(CHANGES, str(account.id), amount=rules.CHANGES_AN_HOUR, seconds=60 * 60)
    _proof, token = proving.begin(Purpose.CHANGE, email, language=account.language, account_id=account.id)
    return token


def move(proof: Proof, *, session_id: int) -> Account:
    """Let the account of ``proof``, whose code was right, have the address from now on.

    All its other sessions than ``session_id`` end. Raises accounts' Known if somebody has got the address in the
    meantime, Over if there is nothing (any more) to be changed.
    """
    account = _move(proof, session_id=session_id)
    if account is None:
        raise people.Known
    return account


@act
def _move(proof: Proof, *, session_id: int) -> Account | None:
    """Use up ``proof``, also when the address is taken: None then."""
    account = db.session.get(Account, proof.account_id) if proof.account_id else None
    for key in sorted({proof.email_key, account.email_key if account else proof.email_key}):
        proofs.hold(key)  # always in this order: nobody waits for somebody who waits for them
    proofs.alone(proof.id)
    if account is None or proof.granted_at is None or proof.ended_at is not None or not account.is_active:
        raise Over
    if clock.now() > rules.move_until(proof.granted_at):
        raise Over
    proving.end(proof)
    if accounts.by_key(proof.email_key) is not None:
        return None
    proving.end_others(account.email_key)
    proving.end_others(proof.email_key, but=proof.id)
    account.email, account.email_key = proof.email, proof.email_key
    end_sessions(account, but=session_id)
    record(account, "changed address", account)
    announce("media_user.moved", account=account.id)
    return account

"""A new password for who forgot theirs, by a code."""

from __future__ import annotations

from sqlalchemy import update

from app import clock
from app.accounts import queries as accounts
from app.accounts import service as people
from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.proving import queries, rules
from app.proving.models import Proof
from app.proving.service.ending import end_others


def set_new_password(proof: Proof, password: str, *, network: str) -> Account:
    """Give the account of ``proof``, whose code was right, a new password. It is not signed in by that.

    All its sessions, remembered browsers, and other open codes end, and its owner is told by mail. Wrong
    passwords that others tried before keep nobody waiting: in ``network`` it may sign in at once.

    Raises ResetOver, PasswordRefused, and Busy.
    """
    rules.check_may_reset(proof, at=clock.now())
    account = accounts.by_key(proof.email_key)
    if account is None or not account.is_active:
        raise rules.ResetOver
    kept = people.hashed(password, email=account.email, name=account.name)
    _put(proof.id, account, kept)
    people.forgive(account.email_key, network=network)
    return account


@act
def _put(proof_id: int, account: Account, password_hash: str) -> None:
    proof = queries.alone(proof_id)
    now = clock.now()
    rules.check_may_reset(proof, at=now)
    unused = update(Proof).where(Proof.id == proof_id, Proof.ended_at.is_(None)).values(ended_at=now)
    if db.session.execute(unused).rowcount != 1:  # type: ignore[attr-defined]
        raise rules.ResetOver
    people.put_password(account, password_hash, by=account, verb="reset password")
    end_others(account.email_key, but=proof_id)

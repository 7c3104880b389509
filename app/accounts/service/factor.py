"""The second factor: setting it up, showing it, and doing without it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import current_app
from sqlalchemy import delete, update

from app import clock
from app.accounts import factor, queries, rules
from app.accounts.models import Account, RecoveryCode, SecondFactor, Session
from app.accounts.service.locking import locked
from app.accounts.service.signing import end_sessions, new_session
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.limits.limits import TooMany, allow, check, clear

TRIES = "accounts.code"
DAYS_TRIES = "accounts.code.day"


def pass_factor(session: Session, account: Account, typed: str, *, network: str, user_agent: str) -> str:
    """Sign ``account`` in whose browser has shown the password, by the code ``typed``; return a new token.

    The half session ends. Raises WrongCode, NoFactor, and Locked after too many wrong codes.
    """
    _try(account, typed, network=network)
    return _signed_in(session, account, network=network, user_agent=user_agent)


def _try(account: Account, typed: str, *, network: str) -> None:
    """Use the code ``typed``; raise WrongCode, or Locked after too many."""
    if account.factor_at is None:
        raise rules.NoFactor
    who = str(account.id)
    tries: dict[str, Any] = {"amount": current_app.config["LOGIN_TRIES"], "seconds": rules.TRIES_SECONDS}
    days: dict[str, Any] = {"amount": rules.CODE_TRIES_A_DAY, "seconds": 24 * 60 * 60}
    with locked():
        check(DAYS_TRIES, who, **days)
        # Counted before it is looked at: tries made at the same moment cannot slip through together.
        allow(TRIES, who, network, **tries)
    if not _use(account, factor.typed_code(typed)):
        with suppress(TooMany):  # the next try is told
            allow(DAYS_TRIES, who, **days)
        raise rules.WrongCode
    clear(TRIES, who, network)


@act
def _use(account: Account, code: str) -> bool:
    """Use ``code``, which then is used up, and say whether it was right. One UPDATE decides, each time."""
    now = clock.now()
    if factor.is_recovery_code(code):
        digest = factor.recovery_digest(account.id, code)
        unused = update(RecoveryCode).where(
            RecoveryCode.account_id == account.id,
            RecoveryCode.digest == digest,
            RecoveryCode.used_at.is_(None),
        )
        is_right = db.session.execute(unused.values(used_at=now)).rowcount == 1  # type: ignore[attr-defined]
        if is_right:
            record(account, "used recovery code", account)
    else:
        is_right = _use_step(account, code)
    if not is_right:
        record(None, "failed to show second factor", account)
    return is_right


def _use_step(account: Account, code: str) -> bool:
    kept = queries.factor_of(account.id)
    if kept is None:
        return False
    step = factor.step_of(factor.secret(account.id, kept.seed), code, clock.now())
    if step is None:
        return False
    newer = update(SecondFactor).where(SecondFactor.id == kept.id, SecondFactor.last_step < step)
    return db.session.execute(newer.values(last_step=step)).rowcount == 1  # type: ignore[attr-defined]


@act
def _signed_in(session: Session, account: Account, *, network: str, user_agent: str) -> str:
    if session.ended_at is not None or not account.is_active:  # since this page was opened
        raise rules.WrongCode
    session.ended_at = clock.now()
    record(account, "signed in", account)
    return new_session(account, network=network, user_agent=user_agent, is_halfway=False)


def set_up(
    session: Session, account: Account, *, seed: str, code: str, network: str, user_agent: str
) -> tuple[str, list[str]]:
    """Give ``account`` the second factor made of ``seed``, once its telephone shows the right ``code``.

    Returns a new token for this browser, whose session is renewed, and the recovery codes, which are
    shown once. All other sessions end. Raises HasFactor, WrongCode, and Locked after too many.
    """
    tries: dict[str, Any] = {"amount": current_app.config["LOGIN_TRIES"], "seconds": rules.TRIES_SECONDS}
    if account.factor_at is not None:
        raise rules.HasFactor
    with locked():
        allow(TRIES, str(account.id), network, **tries)
    step = None
    if factor.is_seed(seed):
        step = factor.step_of(factor.secret(account.id, seed), factor.typed_code(code), clock.now())
    if step is None:
        raise rules.WrongCode
    clear(TRIES, str(account.id), network)
    return _keep(session, account, seed=seed, step=step, network=network, user_agent=user_agent)


@act
def _keep(
    session: Session, account: Account, *, seed: str, step: int, network: str, user_agent: str
) -> tuple[str, list[str]]:
    _hold(account)
    if account.factor_at is not None:  # another browser was quicker
        raise rules.HasFactor
    if session.ended_at is not None or not account.is_active:
        raise rules.WrongCode
    _forget(account)
    account.factor_at = clock.now()
    db.session.add(SecondFactor(account_id=account.id, seed=seed, last_step=step))
    entry = record(account, "set up second factor", account)
    announce("officer.factor_changed", entry=entry.id)
    end_sessions(account)
    token = new_session(account, network=network, user_agent=user_agent, is_halfway=False)
    return token, _new_codes(account)


def renew_codes(account: Account, typed: str, *, network: str) -> list[str]:
    """Replace the recovery codes of ``account``, by the code ``typed``; raises as pass_factor() does."""
    _try(account, typed, network=network)
    return _renewed(account)


@act
def _renewed(account: Account) -> list[str]:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    entry = record(account, "renewed recovery codes", account)
    announce("officer.factor_changed", entry=entry.id)
    return _new_codes(account)


def _new_codes(account: Account) -> list[str]:
    codes = factor.new_recovery_codes()
    for code in codes:
        db.session.add(
            RecoveryCode(account_id=account.id, digest=factor.recovery_digest(account.id, code), used_at=None)
        )
    return codes


def remove(account: Account, typed: str, *, network: str) -> None:
    """Take the second factor of ``account`` away, by the code ``typed``; raises as pass_factor() does."""
    _try(account, typed, network=network)
    _removed(account, by=account)


@act
def _removed(account: Account, *, by: Account | None) -> None:
    _hold(account)
    _forget(account)
    account.factor_at = None
    entry = record(by, "removed second factor", account, label=account.name)
    announce("officer.factor_changed", entry=entry.id)


@act
def reset(account: Account, *, by: Account | None) -> None:
    """Take somebody else's second factor away, who lost it, and end all their sessions.

    They keep their password, and set up another after it. ``by`` is None on the server's own console.
    Raises NoFactor if there is none, OwnAccount for one's own, which a code takes away.
    """
    rules.check_other(account, by=by)
    _hold(account)
    if account.factor_at is None:
        raise rules.NoFactor
    _forget(account)
    account.factor_at = None
    end_sessions(account)
    entry = record(by, "reset second factor", account, label=account.name)
    announce("officer.factor_changed", entry=entry.id)


def _hold(account: Account) -> None:
    """Read ``account`` again, and let nobody change it before the running act is over."""
    db.session.refresh(account, with_for_update=True)


def _forget(account: Account) -> None:
    for table in (SecondFactor, RecoveryCode):
        db.session.execute(delete(table).where(table.account_id == account.id))

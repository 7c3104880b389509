"""Signing in and out: a password, then the second factor, and the sessions that come of it."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Flask, current_app
from sqlalchemy import update

from app import clock
from app.accounts import passwords, queries, rules
from app.accounts.hashing import hashing, init_hashing
from app.accounts.models import Account, Session
from app.accounts.service.locking import locked
from app.acts import act
from app.audit.log import record
from app.database import db
from app.limits.limits import TooMany, allow, check, clear
from app.refusals import Missing
from app.text.markup import one_line

TRIES = "accounts.tries"
NETWORK_TRIES = "accounts.network"
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Tried:
    """The account that somebody tried to sign in as; ``id`` is None when nobody has the address."""

    __tablename__: ClassVar[str] = Account.__tablename__
    id: int | None


def init_accounts(app: Flask) -> None:
    """Let ``app`` know passwords. Who is there in a request follows with the door (views)."""
    init_hashing(app)


def sign_in(address: str, password: str, *, network: str, user_agent: str) -> str:
    """Open a session for whoever has this ``address`` and ``password``, and return its token.

    ``network`` is where the try comes from, as limits know it. For an unknown address, or one of a closed
    account, as much is counted, hashed and written as for a known one.

    Raises WrongPair, Locked after too many wrong passwords, and Busy while too many people sign in.
    """
    who = rules.typed_key(address)
    by_address: dict[str, Any] = {"amount": current_app.config["LOGIN_TRIES"], "seconds": rules.TRIES_SECONDS}
    by_network = {"amount": current_app.config["LOGIN_TRIES_NETWORK"], "seconds": rules.NETWORK_TRIES_SECONDS}
    with locked():
        check(NETWORK_TRIES, network, **by_network)
        check(TRIES, who, network, **by_address)
    account = queries.by_key(who)
    account_id = account.id if account is not None else None
    kept = account.password_hash if account is not None and account.is_active else None
    with locked():
        # Counted before the work: tries made at the same moment cannot slip through together.
        is_right = hashing().matches(
            kept,
            "" if passwords.is_far_too_long(password) else passwords.composed(password),
            first=lambda: allow(TRIES, who, network, **by_address),
        )
    better = (
        hashing().hash(passwords.composed(password))
        if is_right and hashing().is_outdated(kept or "")
        else None
    )
    token = (
        open_session(account, network=network, user_agent=user_agent, better_hash=better)
        if is_right
        else None
    )
    if token is None:
        note_failure(account_id)
        with suppress(TooMany):  # the next try is told
            allow(NETWORK_TRIES, network, **by_network)
        raise rules.WrongPair
    clear(TRIES, who, network)
    return token


@act
def open_session(
    account: Account | None, *, network: str, user_agent: str, better_hash: str | None = None
) -> str | None:
    """Note that ``account`` has shown its password, and return the token for its browser.

    It is signed in by that alone if no second factor is asked of it. ``better_hash`` replaces a password
    hash that was made more cheaply. None is returned if the account was closed in the meantime.
    """
    if account is None or not account.is_active:
        return None
    is_halfway = bool(account.roles) and (account.factor_at is not None or is_factor_required())
    if better_hash is not None:
        account.password_hash = better_hash
    token = new_session(account, network=network, user_agent=user_agent, is_halfway=is_halfway)
    record(account, "showed password" if is_halfway else "signed in", account)
    return token


def new_session(account: Account, *, network: str, user_agent: str, is_halfway: bool) -> str:
    """Keep a session of ``account``, in the running act, and return its token, which is kept nowhere."""
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    db.session.add(
        Session(
            account_id=account.id,
            token_digest=rules.token_digest(token),
            created_at=now,
            seen_at=now,
            user_agent=one_line(user_agent)[:160],
            network=network[:64],
            is_halfway=is_halfway,
        )
    )
    if not is_halfway:
        account.last_seen_at = now
    return token


def is_factor_required() -> bool:
    """Whether nobody gets to the desk by a password alone."""
    return current_app.config["SECOND_FACTOR"] == "required"


@act
def note_failure(account_id: int | None) -> None:
    """Note that somebody failed to sign in as this account (None: an address that nobody has).

    Its number is enough: reading the account again would be work that an unknown address does not make.
    """
    record(None, "failed to sign in", Tried(account_id))


@act
def note_presence(session: Session, account: Account) -> None:
    """Note that ``session`` of ``account`` is in use."""
    now = clock.now()
    db.session.execute(update(Session).where(Session.id == session.id).values(seen_at=now))
    db.session.execute(update(Account).where(Account.id == account.id).values(last_seen_at=now))


@act
def end_session(session_id: int, *, by: Account) -> None:
    """End one of ``by``'s own sessions in another browser; one that is not there, or not theirs, is Missing."""
    session = db.session.get(Session, session_id)
    if session is None or session.account_id != by.id or session.ended_at is not None:
        raise Missing
    session.ended_at = clock.now()
    record(by, "ended session", by)


@act
def end_other_sessions(session: Session, *, by: Account) -> None:
    """End all of ``by``'s sessions but this one."""
    end_sessions(by, but=session.id)
    record(by, "ended other sessions", by)


def end_sessions(account: Account, *, but: int = 0) -> None:
    """End every session of ``account``, in the running act, except the one with the id ``but``."""
    living = update(Session).where(
        Session.account_id == account.id, Session.ended_at.is_(None), Session.id != but
    )
    db.session.execute(living.values(ended_at=clock.now()))


@act
def sign_out(session: Session, *, by: Account) -> None:
    """End ``session``: from now on its token opens nothing, wherever it was copied to."""
    session.ended_at = session.ended_at or clock.now()
    record(by, "signed out", by)

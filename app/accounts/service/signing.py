"""Signing in and out: a password, then the second factor of officers, and the sessions that come of it.

How often somebody may try is counted by what was typed, before any work: from one network (TRIES), from everywhere
(HOUR_TRIES), and by one network for whatever address (NETWORK_TRIES). Who proved the address by a mailed code is
waited for by the first of these alone (``forgive``), so that nobody's tries keep an owner out.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from flask import Flask, current_app
from sqlalchemy import update

from app import clock
from app.accounts import passwords, queries, rules
from app.accounts.browsers import browser_words
from app.accounts.hashing import Busy, hashing, init_hashing
from app.accounts.models import Account, Remembered, Session
from app.accounts.service.locking import locked
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.limits.limits import TooMany, allow, check, clear
from app.refusals import Missing
from app.text.markup import one_line

TRIES = "accounts.tries"
HOUR_TRIES = "accounts.hour"
NETWORK_TRIES = "accounts.network"
EVERYBODY = "accounts.everybody"
WAITING = "accounts.waiting"
PROVEN = "accounts.proven"
PROVEN_SECONDS = 15 * 60
WAIT = timedelta(seconds=5)  # for everybody, while wrong passwords come ten times as often as usual
TOKEN_BYTES = 32


@dataclass(frozen=True)
class Tried:
    """The account that somebody tried to sign in as; ``id`` is None when nobody has the address."""

    __tablename__: ClassVar[str] = Account.__tablename__
    id: int | None


def init_accounts(app: Flask) -> None:
    """Let ``app`` know passwords. Who is there in a request follows with the door (views)."""
    init_hashing(app)


def sign_in(
    address: str, password: str, *, network: str, user_agent: str, waiting_hash: str | None = None
) -> str:
    """Open a session for whoever has this ``address`` and ``password``, and return its token.

    ``network`` is where the try comes from, as limits know it. For an unknown address, or one of a closed account, as
    much is counted, hashed and written as for a known one. ``waiting_hash`` is what is kept of the password of
    somebody who registered the address and has yet to prove it ("" when nobody did, None where nobody registers). It
    is asked second, and answered alike whether there is an account or not: otherwise a registration of one's own
    would tell who has one. As much is hashed without one: the time must not tell who is about to get an account.

    Raises WrongPair, Unproven when the password is that of ``waiting_hash``, Locked after too many wrong
    passwords, and Busy while too many people sign in.
    """
    who = rules.typed_key(address)
    plain = "" if passwords.is_far_too_long(password) else passwords.composed(password)
    with locked():
        _check_tries(who, network)
    _wait_with_everybody(who, network)
    account = queries.by_key(who)
    account_id = account.id if account is not None else None
    kept = account.password_hash if account is not None and account.is_active else None
    with locked():
        # Counted before the work: tries made at the same moment cannot slip through together.
        is_right = hashing().matches(kept, plain, first=lambda: _count_try(who, network))
    if not is_right and waiting_hash is not None and hashing().matches(waiting_hash or None, plain):
        raise rules.Unproven
    better = hashing().hash(plain) if is_right and hashing().is_outdated(kept or "") else None
    token = (
        open_session(account, network=network, user_agent=user_agent, better_hash=better)
        if is_right
        else None
    )
    if token is None:
        note_failure(account_id)
        for name, key, amount in ((NETWORK_TRIES, network, _by_network()), (EVERYBODY, "", _by_everybody())):
            with suppress(TooMany):  # the next try is told
                allow(name, key, **amount)
        raise rules.WrongPair
    clear(TRIES, who, network)
    clear(HOUR_TRIES, who)
    return token


def forgive(email_key: str, *, network: str) -> None:
    """Let whoever has just proven this address, from ``network``, sign in at once, whoever tried before."""
    clear(TRIES, email_key, network)
    with suppress(TooMany):  # it is noted already
        allow(PROVEN, email_key, network, amount=1, seconds=PROVEN_SECONDS)


def _is_proven(who: str, network: str) -> bool:
    try:
        check(PROVEN, who, network, amount=1, seconds=PROVEN_SECONDS, open_when_down=True)
    except TooMany:
        return True
    return False


def _check_tries(who: str, network: str) -> None:
    """Raise TooMany when there were too many tries already."""
    if not _is_proven(who, network):
        check(NETWORK_TRIES, network, **_by_network())
        check(HOUR_TRIES, who, **_by_hour())
    check(TRIES, who, network, **_by_address())


def _count_try(who: str, network: str) -> None:
    allow(TRIES, who, network, **_by_address())
    if not _is_proven(who, network):
        allow(HOUR_TRIES, who, **_by_hour())


def _wait_with_everybody(who: str, network: str) -> None:
    """Raise Busy for somebody who has not waited yet, while wrong passwords come from everywhere."""
    try:
        check(EVERYBODY, "", **_by_everybody())
    except TooMany:
        try:
            allow(WAITING, who, network, amount=1, seconds=60, open_when_down=True)
        except TooMany as asked:
            if asked.until - clock.now() <= timedelta(seconds=60) - WAIT:
                return
        raise Busy from None


def _by_address() -> dict[str, Any]:
    return {"amount": current_app.config["LOGIN_TRIES"], "seconds": rules.TRIES_SECONDS}


def _by_hour() -> dict[str, Any]:
    return {"amount": current_app.config["LOGIN_TRIES_HOUR"], "seconds": rules.HOUR_TRIES_SECONDS}


def _by_network() -> dict[str, Any]:
    return {"amount": current_app.config["LOGIN_TRIES_NETWORK"], "seconds": rules.NETWORK_TRIES_SECONDS}


def _by_everybody() -> dict[str, Any]:
    return {"amount": current_app.config["LOGIN_BRAKE"], "seconds": 60, "open_when_down": True}


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
    why = _why_tell(account, user_agent)
    token = new_session(account, network=network, user_agent=user_agent, is_halfway=is_halfway)
    entry = record(account, "showed password" if is_halfway else "signed in", account)
    if why is not None:
        announce("account.signed_in_oddly", entry=entry.id, session=queries.session_id(token), why=why)
    return token


def _why_tell(account: Account, user_agent: str) -> str | None:
    """Return why ``account`` should hear of this sign-in: after many failures, or an officer in a new browser."""
    if (
        queries.failures_since_sign_in(account.id, since=clock.now() - rules.FAILURES_WITHIN)
        >= rules.FAILURES
    ):
        return "failures"
    known = {browser_words(before) for before in queries.browsers_of(account.id)}
    return "browser" if account.roles and known and browser_words(user_agent) not in known else None


def new_session(account: Account, *, network: str, user_agent: str, is_halfway: bool = False) -> str:
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
    forget_browser(session.id)
    record(by, "ended session", by)


@act
def end_other_sessions(session: Session, *, by: Account) -> None:
    """End all of ``by``'s sessions but this one."""
    end_sessions(by, but=session.id)
    record(by, "ended other sessions", by)


def end_sessions(account: Account, *, but: int = 0) -> None:
    """End every session of ``account``, in the running act, except the one with the id ``but``.

    Browsers in which they began are not remembered any more.
    """
    living = update(Session).where(
        Session.account_id == account.id, Session.ended_at.is_(None), Session.id != but
    )
    db.session.execute(living.values(ended_at=clock.now()))
    forget_browsers(account, but=but)


def forget_browsers(account: Account, *, but: int = 0) -> None:
    """Remember no browser of ``account``, in the running act, but the one of the session with the id ``but``."""
    remembered = update(Remembered).where(
        Remembered.account_id == account.id,
        Remembered.ended_at.is_(None),
        Remembered.family.not_in(queries.families_of(but)),
    )
    db.session.execute(remembered.values(ended_at=clock.now()))


def forget_browser(session_id: int) -> None:
    """Do not remember, in the running act, the browser that had the session with this id."""
    remembered = update(Remembered).where(
        Remembered.family.in_(queries.families_of(session_id)), Remembered.ended_at.is_(None)
    )
    db.session.execute(remembered.values(ended_at=clock.now()))


@act
def sign_out(session: Session, *, by: Account) -> None:
    """End ``session``: from now on its token opens nothing, wherever it was copied to."""
    session.ended_at = session.ended_at or clock.now()
    forget_browser(session.id)
    record(by, "signed out", by)

"""What people do with their accounts, and what the office does with them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, ClassVar

from flask import Flask, current_app
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app import clock
from app.accounts import passwords, queries, rules
from app.accounts.hashing import hashing, init_hashing
from app.accounts.models import Account, Role, Session
from app.acts import act
from app.audit.log import record
from app.database import db
from app.limits.limits import TooMany, allow, check, clear
from app.text.markup import one_line
from app.web.filters import clock_time

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
    with _locked():
        check(NETWORK_TRIES, network, **by_network)
        check(TRIES, who, network, **by_address)
    account = queries.by_key(who)
    account_id = account.id if account is not None else None
    kept = account.password_hash if account is not None and account.is_active else None
    with _locked():
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


@contextmanager
def _locked() -> Iterator[None]:
    """Say "too many attempts" where the limits say "too many requests"."""
    try:
        yield
    except TooMany as refusal:
        until = refusal.until
        told = _l("Too many attempts. Try again at %(time)s.", time=LazyString(lambda: clock_time(until)))
        raise rules.Locked(until, told) from refusal


@act
def open_session(
    account: Account | None, *, network: str, user_agent: str, better_hash: str | None = None
) -> str | None:
    """Note that ``account`` has signed in, and return the token for its browser.

    ``better_hash`` replaces a password hash that was made more cheaply. None is returned if the account
    was closed in the meantime.
    """
    if account is None or not account.is_active:
        return None
    token, now = secrets.token_urlsafe(TOKEN_BYTES), clock.now()
    db.session.add(
        Session(
            account_id=account.id,
            token_digest=rules.token_digest(token),
            created_at=now,
            seen_at=now,
            user_agent=one_line(user_agent)[:160],
            network=network[:64],
        )
    )
    account.last_seen_at = now
    if better_hash is not None:
        account.password_hash = better_hash
    record(account, "signed in", account)
    return token


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
def sign_out(session: Session, *, by: Account) -> None:
    """End ``session``: from now on its token opens nothing, wherever it was copied to."""
    session.ended_at = session.ended_at or clock.now()
    record(by, "signed out", by)


def add_officer(
    email: str, *, name: str, roles: Iterable[str], language: str, password: str, by: Account | None = None
) -> Account:
    """Give somebody an account at the desk. ``by`` is None when it is done on the server's own console.

    Raises BadAddress, NoName, NoRole, NoLanguage, PasswordRefused (with everything that is wrong), and
    Known if the address has an account, in whatever spelling.
    """
    account = Account(
        email=rules.check_address(email),
        email_key=rules.email_key(email),
        name=rules.check_name(name),
        roles=rules.check_roles(roles),
        language=rules.check_language(language),
        is_active=True,
    )
    account.password_hash = _hash(password, email=account.email, name=account.name)
    return _keep(account, by=by)


@act
def _keep(account: Account, *, by: Account | None) -> Account:
    if queries.by_key(account.email_key) is not None:
        raise rules.Known
    account.created_at = clock.now()
    db.session.add(account)
    try:
        db.session.flush()
    except IntegrityError:  # somebody else was quicker
        raise rules.Known from None
    record(by, "added", account, label=account.name, roles=account.roles)
    return account


def set_password(account: Account, password: str, *, by: Account | None = None) -> None:
    """Give ``account`` a new password, and end all its sessions. Raises PasswordRefused."""
    _put_password(account, _hash(password, email=account.email, name=account.name), by=by)


@act
def _put_password(account: Account, password_hash: str, *, by: Account | None) -> None:
    account.password_hash = password_hash
    _end_sessions(account)
    record(by, "changed password", account, label=account.name)


def _hash(password: str, *, email: str, name: str) -> str:
    if reasons := passwords.check_password(password, email=email, name=name):
        raise passwords.PasswordRefused(reasons)
    return hashing().hash(passwords.composed(password))


@act
def set_roles(account: Account, roles: Iterable[str], *, by: Account | None = None) -> None:
    """Let ``account`` do what ``roles`` may; raise NoRole, or LastAdministrator if nobody would be one."""
    new, old = rules.check_roles(roles), account.roles
    if Role.ADMINISTRATOR not in new:
        rules.check_not_last(account, queries.administrators())
    account.roles = new
    record(by, "changed roles", account, label=account.name, before=old, after=new)


@act
def choose_language(account: Account, language: str, *, by: Account) -> None:
    """Let the desk speak ``language`` to ``account``; raise NoLanguage if we do not."""
    old, account.language = account.language, rules.check_language(language)
    record(by, "changed language", account, before=old, after=language)


@act
def deactivate(account: Account, *, by: Account | None = None) -> None:
    """Close ``account`` at once, in every browser; raise LastAdministrator if nobody would be one."""
    rules.check_not_last(account, queries.administrators())
    account.is_active = False
    _end_sessions(account)
    record(by, "deactivated", account, label=account.name)


@act
def activate(account: Account, *, by: Account | None = None) -> None:
    """Let ``account`` sign in again, with the password that it had."""
    account.is_active = True
    record(by, "activated", account, label=account.name)


def _end_sessions(account: Account) -> None:
    living = update(Session).where(Session.account_id == account.id, Session.ended_at.is_(None))
    db.session.execute(living.values(ended_at=clock.now()))

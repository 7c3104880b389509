"""What the office does with its accounts: adding, changing, closing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import current_app
from sqlalchemy.exc import IntegrityError

from app import clock
from app.accounts import passwords, queries, rules
from app.accounts.hashing import hashing
from app.accounts.models import Account, Role, Session
from app.accounts.service.locking import locked
from app.accounts.service.signing import end_sessions, forget_browsers
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.limits.limits import allow, clear

CURRENT_TRIES = "accounts.current"


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
    account.password_hash = hashed(password, email=account.email, name=account.name)
    return keep_account(account, by=by)


def label_of(account: Account) -> str:
    """Return what the log calls ``account``: an officer's name, and nobody else's, because it can forget nothing."""
    return account.name if account.roles else ""


@act
def keep_account(account: Account, *, by: Account | None) -> Account:
    """Keep ``account``, new and complete; raise Known if somebody has its address."""
    if queries.by_key(account.email_key) is not None:
        raise rules.Known
    account.created_at = clock.now()
    db.session.add(account)
    try:
        db.session.flush()
    except IntegrityError:  # somebody else was quicker
        raise rules.Known from None
    record(by, "added", account, label=label_of(account), roles=account.roles)
    return account


def set_password(account: Account, password: str, *, by: Account | None = None) -> None:
    """Give ``account`` a new password, and end all its sessions. Raises PasswordRefused."""
    _put_password(account, hashed(password, email=account.email, name=account.name), by=by)


def change_password(account: Account, password: str, *, current: str, session: Session) -> None:
    """Give ``account`` a new password of its own choice, and end its other sessions.

    Raises WrongPassword unless ``current`` is the one that it has, PasswordRefused, and Locked after
    too many wrong ones.
    """
    check_current(account, current)
    kept = hashed(password, email=account.email, name=account.name)
    _put_password(account, kept, by=account, but=session.id)


def check_current(account: Account, current: str) -> None:
    """Ask again for the password that ``account`` has, before something that cannot be undone.

    Raises WrongPassword unless it is ``current``, and Locked after too many wrong ones.
    """
    tries: dict[str, Any] = {"amount": current_app.config["LOGIN_TRIES"], "seconds": rules.TRIES_SECONDS}
    plain = "" if passwords.is_far_too_long(current) else passwords.composed(current)
    with locked():
        is_right = hashing().matches(
            account.password_hash, plain, first=lambda: allow(CURRENT_TRIES, str(account.id), **tries)
        )
    if not is_right:
        raise rules.WrongPassword
    clear(CURRENT_TRIES, str(account.id))


def _put_password(account: Account, password_hash: str, *, by: Account | None, but: int = 0) -> None:
    put_password(account, password_hash, by=by, verb="changed password", but=but)


@act
def put_password(
    account: Account, password_hash: str, *, by: Account | None, verb: str, but: int = 0
) -> None:
    """Let ``account`` have another password from now on, and end its sessions but the one with the id ``but``.

    Browsers that were to remember it forget it. ``verb`` is how the log calls that; its owner is told by mail.
    """
    account.password_hash = password_hash
    end_sessions(account, but=but)
    forget_browsers(account, but=but)
    entry = record(by, verb, account, label=label_of(account))
    announce("account.password_changed", entry=entry.id)


def hashed(password: str, *, email: str, name: str) -> str:
    """Return what to keep of ``password``; raise PasswordRefused with everything that is wrong with it."""
    if reasons := passwords.check_password(password, email=email, name=name):
        raise passwords.PasswordRefused(reasons)
    return hashing().hash(passwords.composed(password))


@act
def set_roles(account: Account, roles: Iterable[str], *, by: Account | None = None) -> None:
    """Let ``account`` do what ``roles`` may; raise NoRole, or LastAdministrator if nobody would be one."""
    new = rules.check_roles(roles)
    held = queries.administrators_held()
    old = list(account.roles)
    if new == old:
        return
    if Role.ADMINISTRATOR not in new:
        rules.check_not_last(account, held)
    account.roles = new
    entry = record(by, "changed roles", account, label=label_of(account), before=old, after=new)
    announce("officer.roles_changed", entry=entry.id)


@act
def choose_language(account: Account, language: str, *, by: Account) -> None:
    """Let the desk speak ``language`` to ``account``; raise NoLanguage if we do not."""
    old, account.language = account.language, rules.check_language(language)
    record(by, "changed language", account, before=old, after=language)


@act
def deactivate(account: Account, *, by: Account | None = None) -> None:
    """Close ``account`` at once, in every browser.

    Raises OwnAccount, and LastAdministrator if nobody would be one.
    """
    rules.check_other(account, by=by)
    rules.check_not_last(account, queries.administrators_held())
    account.is_active = False
    end_sessions(account)
    record(by, "deactivated", account, label=label_of(account))


@act
def activate(account: Account, *, by: Account | None = None) -> None:
    """Let ``account`` sign in again, with the password that it had."""
    account.is_active = True
    record(by, "activated", account, label=label_of(account))

"""What can be asked about people."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, String, bindparam, cast, func, select

from app.accounts.models import Account, Role, Session
from app.database import db

_PRESENT = (
    select(Session, Account)
    .join(Account, Account.id == Session.account_id)
    .where(Session.token_digest == bindparam("digest"))
)


def by_id(account_id: int) -> Account | None:
    """Return the account with this id."""
    return db.session.get(Account, account_id)


def by_key(key: str) -> Account | None:
    """Return the account with the address that rules.email_key() makes ``key`` of."""
    return db.session.scalar(select(Account).where(Account.email_key == key))


def session_of(digest: str) -> tuple[Session, Account] | None:
    """Return the session whose token has this digest, alive or not, and whose it is."""
    row = db.session.execute(_PRESENT, {"digest": digest}).first()
    return None if row is None else (row[0], row[1])


def has_role(role: Role) -> ColumnElement[bool]:
    """Return the condition that an account plays ``role``: it is asked of the list as it is written."""
    return cast(Account.roles, String).contains(f'"{role}"', autoescape=True)


def officers() -> Sequence[Account]:
    """Return everybody who has an account at the desk, by name."""
    wanted = select(Account).where(cast(Account.roles, String) != "[]")
    return db.session.scalars(wanted.order_by(Account.name, Account.id)).all()


def administrators() -> int:
    """Count the administrators who can sign in."""
    counted = select(func.count()).where(has_role(Role.ADMINISTRATOR), Account.is_active)
    return db.session.scalar(counted) or 0

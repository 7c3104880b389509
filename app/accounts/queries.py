"""What can be asked about people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, bindparam, cast, func, select

from app.accounts.models import Account, Invitation, RecoveryCode, Role, SecondFactor, Session
from app.accounts.rules import may
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


def administrators() -> Sequence[Account]:
    """Return the administrators who can sign in."""
    wanted = select(Account).where(has_role(Role.ADMINISTRATOR), Account.is_active)
    return db.session.scalars(wanted.order_by(Account.id)).all()


def with_right(right: str) -> list[Account]:
    """Return those who can sign in and have ``right``."""
    known = db.session.scalars(select(Account).where(Account.is_active).order_by(Account.id))
    return [account for account in known if may(account, right)]


def administrators_held() -> int:
    """Count the administrators who can sign in, and let nobody change that before the running act is over.

    Two who take the role from each other at the same moment would leave none.
    """
    wanted = select(Account.id).where(has_role(Role.ADMINISTRATOR), Account.is_active)
    return len(db.session.scalars(wanted.order_by(Account.id).with_for_update()).all())


def sessions_of(account_id: int) -> Sequence[Session]:
    """Return the sessions of an account that nobody ended, the one used last first."""
    wanted = select(Session).where(Session.account_id == account_id, Session.ended_at.is_(None))
    return db.session.scalars(wanted.order_by(Session.seen_at.desc(), Session.id.desc())).all()


def factor_of(account_id: int) -> SecondFactor | None:
    """Return the second factor of an account."""
    return db.session.scalar(select(SecondFactor).where(SecondFactor.account_id == account_id))


def recovery_codes_left(account_id: int) -> int:
    """Count the recovery codes of an account that were not used."""
    left = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return db.session.scalar(left) or 0


def invitation(invitation_id: int) -> Invitation | None:
    """Return the invitation with this id."""
    return db.session.get(Invitation, invitation_id)


def invitation_of(digest: str) -> Invitation | None:
    """Return the invitation whose newest link has the token with this digest."""
    return db.session.scalar(select(Invitation).where(Invitation.token_digest == digest))


def invitations() -> Sequence[tuple[Invitation, str]]:
    """Return the invitations that were neither accepted nor withdrawn, with who invited, the newest first."""
    wanted = select(Invitation, Account.name).join(Account, Account.id == Invitation.invited_by_id)
    rows = db.session.execute(wanted.where(Invitation.ended_at.is_(None)).order_by(Invitation.id.desc()))
    return [(row[0], row[1]) for row in rows]


def open_invitation(email_key: str, *, at: datetime, besides: int = 0) -> Invitation | None:
    """Return an invitation of this address that can be accepted at the moment ``at``, ``besides`` the one given."""
    wanted = select(Invitation).where(
        Invitation.email_key == email_key,
        Invitation.ended_at.is_(None),
        Invitation.expires_at > at,
        Invitation.id != besides,
    )
    return db.session.scalar(wanted.limit(1))

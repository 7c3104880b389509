"""What can be asked about people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, bindparam, cast, func, select

from app.accounts.models import Account, Invitation, RecoveryCode, Remembered, Role, SecondFactor, Session
from app.accounts.rules import may, token_digest
from app.audit.models import Entry
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


def session_id(token: str) -> int:
    """Return the number of the session that ``token`` opens."""
    return db.session.scalars(select(Session.id).where(Session.token_digest == token_digest(token))).one()


def browsers_of(account_id: int, *, most: int = 50) -> Sequence[str]:
    """Return what the browsers of an account's last sessions call themselves."""
    wanted = select(Session.user_agent).where(Session.account_id == account_id)
    return db.session.scalars(wanted.order_by(Session.id.desc()).limit(most)).all()


def failures_since_sign_in(account_id: int, *, since: datetime) -> int:
    """Count the wrong passwords for an account after its last right one, and not before ``since``."""
    of_account = (Entry.thing == Account.__tablename__, Entry.thing_id == account_id)
    right = select(func.coalesce(func.max(Entry.id), 0)).where(
        *of_account, Entry.verb.in_(("signed in", "showed password"))
    )
    wrong = select(func.count()).where(
        *of_account, Entry.verb == "failed to sign in", Entry.at >= since, Entry.id > right.scalar_subquery()
    )
    return db.session.scalar(wrong) or 0


def remembered(digest: str) -> Remembered | None:
    """Return what is kept of the token with this digest, by which a browser is let in again; it stays locked."""
    wanted = select(Remembered).where(Remembered.token_digest == digest)
    return db.session.scalar(wanted.with_for_update().execution_options(populate_existing=True))


def families_of(session_id: int) -> Select[str]:
    """Return the query for the families of tokens of which one opened this session."""
    return select(Remembered.family).where(Remembered.session_id == session_id)


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
    officers = select(Account).where(Account.is_active, cast(Account.roles, String) != "[]")
    return [account for account in db.session.scalars(officers.order_by(Account.id)) if may(account, right)]


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

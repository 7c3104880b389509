"""Standing in for media users to whom no text is open: two accounts that exist only while the newsroom is asked.

Their key has a colon before any @, as no address has: nobody can log in as one, and no mail can go there. The group
of one of them opens nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask
from sqlalchemy import delete, exists, select

from app import clock
from app.accounts.models import Account, Remembered, Session
from app.accounts.presence import HELD
from app.accounts.service.signing import new_session
from app.accreditation.models import Group, Membership, MembershipState
from app.acts import act
from app.audit.models import Entry
from app.database import db
from app.editorial.models import EmbargoAccess
from app.embargoes.models import EarlyOpening
from app.media_users.models import MediaUser

KEY = "leaks:"
NAMES = {"fr": "flask leaks", "en": "flask leaks", "uk": "flask leaks"}


@contextmanager
def standing_in(app: Flask) -> Iterator[dict[str, str]]:
    """Yield the cookies of a media user without a group, and of one in another group; forget both afterwards."""
    _forget()
    try:
        yield {
            "without a group": _cookie(app, _stand_in(is_member=False)),
            "of another group": _cookie(app, _stand_in(is_member=True)),
        }
    finally:
        _forget()


def _cookie(app: Flask, token: str) -> str:
    """Return the cookie of a browser in which the session with ``token`` is open."""
    written = app.session_interface.get_signing_serializer(app).dumps({HELD: token})  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={written}"


@act
def _stand_in(*, is_member: bool) -> str:
    """Make an account, and return the token of a session of it."""
    now, name = clock.now(), secrets.token_hex(8)
    account = Account(
        email=f"{name}@leaks.invalid", email_key=f"{KEY}{name}", name="flask leaks", roles=[], language="en",
        is_active=True, password_hash="", created_at=now,
    )  # fmt: skip
    db.session.add(account)
    db.session.flush()
    db.session.add(
        MediaUser(
            account_id=account.id, organisation="flask leaks", country="BE", conditions="", accepted_at=now,
            confirmed_at=now,
        )
    )  # fmt: skip
    if is_member:
        group = Group(key=f"{KEY}{name}", names=NAMES, domains=[], admits_by_domain=False, is_closed=False)
        db.session.add(group)
        db.session.flush()
        db.session.add(
            Membership(group_id=group.id, account_id=account.id, state=MembershipState.MEMBER, asked_at=now)
        )
    return new_session(account, network="", user_agent="flask leaks", is_halfway=False)


@act
def _forget() -> None:
    """Delete what stood in, this time or when an earlier one was cut short; an account that the log names is closed."""
    accounts = select(Account.id).where(Account.email_key.startswith(KEY, autoescape=True))
    groups = select(Group.id).where(Group.key.startswith(KEY, autoescape=True))
    for table in (Remembered, Session, Membership, MediaUser, EarlyOpening):
        db.session.execute(delete(table).where(table.account_id.in_(accounts)))
    for of_group in (EmbargoAccess, Membership):
        db.session.execute(delete(of_group).where(of_group.group_id.in_(groups)))
    db.session.execute(delete(Group).where(Group.id.in_(groups)))
    unnamed = ~exists().where(Entry.account_id == Account.id)
    db.session.execute(delete(Account).where(Account.id.in_(accounts), unnamed))
    for account in db.session.scalars(select(Account).where(Account.id.in_(accounts))):
        account.is_active = False

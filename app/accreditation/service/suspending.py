"""Closing a media account for a while, opening it again, and looking at what somebody does."""

from __future__ import annotations

from app import clock
from app.accounts.models import Account
from app.accounts.service.signing import end_sessions
from app.accreditation import rules
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.media_users.models import MediaUser


@act
def suspend(user: MediaUser, *, reason: str, by: Account) -> None:
    """Close the account of ``user`` at once, in every browser, for a ``reason`` that the mail says.

    Its groups stay, and open nothing meanwhile. Raises Decided if it is suspended already.
    """
    rules.check_may(by)
    reason = rules.check_reason(reason)
    account = _hold(user)
    if user.suspended_at is not None:
        raise rules.Decided
    user.suspended_at, user.suspension_reason = clock.now(), reason
    account.is_active = False
    end_sessions(account)
    entry = record(by, "suspended", account, reason=reason)
    announce("media_user.decided", entry=entry.id)


@act
def lift(user: MediaUser, *, by: Account) -> None:
    """Open a suspended account again, with its password and its groups. Raises Decided unless it is suspended."""
    rules.check_may(by)
    account = _hold(user)
    if user.suspended_at is None:
        raise rules.Decided
    user.suspended_at, user.suspension_reason = None, ""
    account.is_active = True
    entry = record(by, "activated", account)
    announce("media_user.decided", entry=entry.id)


@act
def note_look(account: Account, *, by: Account) -> None:
    """Write down that ``by`` looks at what ``account`` does."""
    rules.check_may(by)
    record(by, "looked at activity", account)


def _hold(user: MediaUser) -> Account:
    """Let nobody else change ``user`` before the running act is over; return its account."""
    db.session.refresh(user, with_for_update={"of": MediaUser})
    account = db.session.get_one(Account, user.account_id)
    db.session.refresh(account, with_for_update=True)
    return account

"""Leaving: an account that its owner wants deleted waits for 30 days, and is then erased with all that is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app import clock
from app.accounts.models import Account
from app.accounts.service.signing import end_sessions
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.media_users import queries, rules
from app.media_users.belongings import BELONGINGS
from app.media_users.models import MediaUser

ERASED = "erased:{}"  # no address has a colon before its @: nobody can have this key


@dataclass(frozen=True)
class Report:
    """What is erased of somebody: where to tell them, in which language; and the words of each kind, with how many."""

    email: str
    language: str
    kinds: list[tuple[Any, int]]


@act
def leave(account: Account) -> None:
    """Let ``account`` be erased in 30 days, and end all its sessions now. The password was asked before.

    Raises OfficersStay for one with a role at the desk.
    """
    person = queries.media_user_held(account.id)
    if person is None or account.roles:
        raise rules.OfficersStay
    if person.leaving_at is None:
        person.leaving_at = clock.now()
    end_sessions(account)
    entry = record(account, "asked to be erased", account)
    announce("media_user.leaving", entry=entry.id)


@act
def come_back(account: Account) -> bool:
    """Keep ``account`` after all, as its owner has logged in; say whether it was to be erased."""
    person = queries.media_user_held(account.id)
    if person is None or person.leaving_at is None:
        return False
    person.leaving_at = None
    record(account, "came back", account)
    return True


@act
def owe_erasures() -> int:
    """Owe the erasure of every account whose 30 days are over; return how many there are.

    Whoever was let in since, at whichever door, has come back.
    """
    due = queries.leaving_until(rules.erased_before(clock.now()))
    for account_id, leaving_at in due:
        person = queries.media_user_held(account_id)
        if person is not None and _has_come_back(person):
            come_back(person.account)
        else:
            announce("media_user.left", once=f"{account_id}:{leaving_at.isoformat()}", account=account_id)
    return len(due)


def _has_come_back(person: MediaUser) -> bool:
    seen_at = person.account.last_seen_at
    return person.leaving_at is not None and seen_at is not None and seen_at > person.leaving_at


def _is_due(person: MediaUser) -> bool:
    return rules.is_erasure_due(person.leaving_at, at=clock.now()) and not _has_come_back(person)


def report(account_id: int) -> Report | None:
    """Return what an erasure would erase now; None when it is not, or no longer, wanted."""
    person = queries.media_user(account_id)
    if person is None or not _is_due(person):
        return None
    account = person.account
    kinds = [(each.words, len(each.tell(account_id))) for each in BELONGINGS]
    return Report(account.email, account.language, kinds)


@act
def erase(account_id: int) -> bool:
    """Erase everything that is kept of an account whose 30 days are over; say whether that was done now.

    Its row stays without name, address and password: the log says that somebody did this or that, and its entries
    cannot be changed. Raises nothing: whoever has come back in the meantime is left alone.
    """
    person = queries.media_user_held(account_id)
    if person is None or not _is_due(person):
        return False
    account = person.account
    counts = {each.name: each.forget(account_id) for each in reversed(BELONGINGS)}
    _empty(person, account)
    record(None, "erased", account, count=sum(counts.values()))
    return True


def _empty(person: MediaUser, account: Account) -> None:
    db.session.delete(person)
    account.name, account.email, account.password_hash = "", "", ""
    account.email_key = ERASED.format(account.id)
    account.is_active, account.last_seen_at = False, None

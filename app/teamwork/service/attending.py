"""Noting who has a text open. It informs; it never keeps anybody out."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError, OperationalError

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.editorial.models import Edition
from app.teamwork.models import Presence

OPENED = timedelta(minutes=5)  # how long a page counts as open when no script tells more
ASKING = timedelta(seconds=60)  # how long it does after its script has asked
FORGOTTEN = timedelta(days=1)


def attend(edition: Edition, *, by: Account, for_: timedelta = ASKING) -> None:
    """Note that ``by`` has ``edition`` open, and will for that long unless we hear more.

    A database that is busy, or a second window that says the same at the same moment, is no reason to
    fail: nobody loses more than a line on a page.
    """
    edition_id, account_id = edition.id, by.id
    try:
        _note(edition_id, account_id, for_)
    except (IntegrityError, OperationalError):
        db.session.rollback()


@act
def _note(edition_id: int, account_id: int, for_: timedelta) -> None:
    at = clock.now()
    found = db.session.get(Presence, (edition_id, account_id))
    if found is None:
        db.session.execute(delete(Presence).where(Presence.until_at < at - FORGOTTEN))
        found = Presence(edition_id=edition_id, account_id=account_id, since_at=at)
        db.session.add(found)
    elif found.until_at <= at:
        found.since_at = at
    found.until_at = at + for_


@act
def leave(edition: Edition, *, by: Account) -> None:
    """Note that ``by`` has closed ``edition``."""
    gone = (Presence.edition_id == edition.id) & (Presence.account_id == by.id)
    db.session.execute(delete(Presence).where(gone))

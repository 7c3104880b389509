"""What can be asked about reading before the hour."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.accounts.models import Account
from app.audit.models import Entry
from app.database import db
from app.embargoes.models import EarlyOpening
from app.media_users.models import MediaUser


def openings(edition_id: int) -> Sequence[Any]:
    """Return who has opened a text under embargo, last opened first.

    Rows carry the EarlyOpening, the Account, and its organisation.
    """
    wanted = (
        select(EarlyOpening, Account, MediaUser.organisation)
        .join(Account, Account.id == EarlyOpening.account_id)
        .outerjoin(MediaUser, MediaUser.account_id == Account.id)
        .where(EarlyOpening.edition_id == edition_id)
    )
    return db.session.execute(wanted.order_by(EarlyOpening.last_at.desc(), Account.id)).all()


def last_entry(edition_id: int, verb: str) -> Entry | None:
    """Return the last entry of the log that says ``verb`` of a text."""
    wanted = select(Entry).where(Entry.thing == "edition", Entry.thing_id == edition_id, Entry.verb == verb)
    return db.session.scalar(wanted.order_by(Entry.id.desc()).limit(1))

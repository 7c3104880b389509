"""What is done about reading before the hour: noting it."""

from __future__ import annotations

from flask import current_app
from sqlalchemy.exc import IntegrityError, OperationalError

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial.models import Edition
from app.embargoes.models import EarlyOpening


def note_opening(edition: Edition, *, by: Account) -> None:
    """Count that ``by`` opens ``edition`` before its hour; the first time on a day of the office is in the log.

    Raises OperationalError while the database takes nothing: what cannot be written down is not shown.
    """
    edition_id, account_id = edition.id, by.id
    try:
        _note(edition_id, account_id)
    except IntegrityError:  # the same person, in two windows at the same moment
        db.session.rollback()
        _note(edition_id, account_id)
    except OperationalError:
        db.session.rollback()
        raise


@act
def _note(edition_id: int, account_id: int) -> None:
    now, zone = clock.now(), current_app.config["ZONE"]
    found = db.session.get(EarlyOpening, (edition_id, account_id), with_for_update=True)
    is_first_today = found is None or found.last_at.astimezone(zone).date() != now.astimezone(zone).date()
    if found is None:
        db.session.add(
            EarlyOpening(edition_id=edition_id, account_id=account_id, first_at=now, last_at=now, count=1)
        )
        db.session.flush()
    else:
        found.last_at, found.count = now, found.count + 1
    if is_first_today:
        edition = db.session.get_one(Edition, edition_id)
        title = edition.public_revision.title if edition.public_revision else ""
        record(db.session.get_one(Account, account_id), "opened under embargo", edition, label=title)

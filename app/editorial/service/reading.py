"""Who reads at the desk what is under embargo."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import select

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.audit.models import Entry
from app.database import db
from app.editorial.models import Edition, State
from app.web.days import midnight

OPENED = "opened under embargo"


def note_reading(edition: Edition, *, by: Account) -> None:
    """Keep that ``by`` reads a text under embargo before its hour, once a day of the office.

    If it gets out, the office asks who had seen it by then: the first opening of each day answers that. Each
    opening would bury the log under people who go back and forth; one a session would tell of browsers, not
    of people.
    """
    if _is_secret(edition) and not _is_noted(edition.id, by.id):
        _note(edition, by=by)


@act
def _note(edition: Edition, *, by: Account) -> None:
    if _is_secret(edition) and not _is_noted(edition.id, by.id):  # still: two windows may open it at once
        until = edition.public_from.isoformat() if edition.public_from else ""
        label = edition.current.title if edition.current else ""
        record(by, OPENED, edition, label=label, until=until)


def _is_secret(edition: Edition) -> bool:
    until = edition.public_from
    return edition.state is State.EMBARGO and until is not None and until > clock.now()


def _is_noted(edition_id: int, account_id: int) -> bool:
    today = clock.now().astimezone(current_app.config["ZONE"]).date()
    wanted = select(Entry.id).where(
        Entry.thing == Edition.__tablename__,
        Entry.thing_id == edition_id,
        Entry.verb == OPENED,
        Entry.account_id == account_id,
        Entry.at >= midnight(today),
    )
    return db.session.scalar(wanted.limit(1)) is not None

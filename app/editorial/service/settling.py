"""What publication brings with it: an address, a number, and what follows."""

from __future__ import annotations

import re
from datetime import datetime

from flask import current_app
from sqlalchemy import delete, insert, select, update

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial import finding, queries
from app.editorial.models import (
    Edition,
    Item,
    OldAddress,
    Publication,
    ReferenceCounter,
    Standing,
    State,
    Urgency,
)
from app.editorial.service.telling import touch
from app.jobs.ledger import announce


@act
def settle() -> list[Edition]:
    """Do what publication brings with it for every text whose moment has come; return these.

    The sweep calls this every few seconds, and a web process at the first page it renders after
    a moment that it knew of. Who comes second finds nothing: it happens once.
    """
    at = clock.now()
    if db.session.scalar(queries.due(at).limit(1)) is None:
        return []
    db.session.execute(select(Standing.version).with_for_update())
    due = list(
        db.session.scalars(queries.due(at).with_for_update().execution_options(populate_existing=True))
    )
    for edition in due:
        edition.state = State.PUBLISHED
        give_address(edition)
        go_public(edition, at=edition.public_from or at)
        record(
            None, "published", edition, label=edition.public_revision.title if edition.public_revision else ""
        )
    return due


def is_public(edition: Edition, at: datetime) -> bool:
    """Whether readers see a version of ``edition`` at the moment ``at``."""
    return edition.public_from is not None and edition.public_from <= at


def go_public(
    edition: Edition, *, at: datetime, by: Account | None = None, kind: str = "", note: str = ""
) -> None:
    """Keep that readers see this version from ``at`` on, number the item if it is its first time, and announce.

    ``kind`` says what another version of a public text is to its readers (correction, update or minor);
    empty for a text that they did not see before, which is its first publication, or its return.
    """
    publication = kind or ("first" if edition.first_public_at is None else "restored")
    note_publication(edition, publication, note=note, at=at, by=by)
    if edition.first_public_at is None:
        edition.first_public_at = at
    edition.withdrawn_at, edition.withdrawal_reason, edition.ending = None, "", ""
    edition.merged_into_id = None
    _number(edition.item, at)
    finding.note(edition)  # the number can be looked for
    touch()
    announce("edition.updated" if kind else "edition.published", edition=edition.id)


def note_publication(edition: Edition, kind: str, *, note: str, at: datetime, by: Account | None) -> None:
    """Keep what readers see from ``at`` on, or saw last, and what they are told of it."""
    db.session.add(
        Publication(
            edition_id=edition.id,
            revision_id=edition.public_revision_id,
            kind=kind,
            note=note,
            at=at,
            by_id=by.id if by else None,
        )
    )
    db.session.flush()


def close_urgency(edition: Edition, *, by: Account | None) -> None:
    """End what was urgent about ``edition``: an approved version took its place, the page ended, or (by none)
    another urgent version did.
    """
    is_open = (Urgency.edition_id == edition.id) & Urgency.closed_at.is_(None)
    db.session.execute(
        update(Urgency).where(is_open).values(closed_at=clock.now(), closed_by_id=by.id if by else None)
    )


def give_address(edition: Edition) -> None:
    """Give ``edition`` its public address; the one it had, if readers could know it, leads there for ever."""
    revision = edition.public_revision
    wanted = revision.slug or edition.item.type
    if edition.item.is_dated:
        moment = edition.first_public_at or edition.public_from
        wanted = f"{moment.astimezone(current_app.config['ZONE']):%Y/%m/%d}/{wanted}"
    if edition.path and re.fullmatch(re.escape(wanted) + r"(-\d+)?", edition.path):
        return
    path, number = wanted, 1
    while queries.is_taken(edition, path):
        number += 1
        path = f"{wanted}-{number}"
    if edition.first_public_at and edition.path:
        db.session.add(
            OldAddress(type=edition.type, language=edition.language, path=edition.path, edition_id=edition.id)
        )
    db.session.execute(delete(OldAddress).where(OldAddress.edition_id == edition.id, OldAddress.path == path))
    edition.path = path


def _number(item: Item, at: datetime) -> None:
    """Give ``item`` the next reference of its year: no gap and no double, because decisions wait for each other."""
    if not item.is_numbered or item.reference_number:
        return
    year = at.astimezone(current_app.config["ZONE"]).year
    counted = (ReferenceCounter.type == item.type) & (ReferenceCounter.year == year)
    take = (
        update(ReferenceCounter)
        .where(counted)
        .values(last=ReferenceCounter.last + 1)
        .returning(ReferenceCounter.last)
    )
    number = db.session.scalar(take)
    if number is None:
        db.session.execute(insert(ReferenceCounter).values(type=item.type, year=year, last=1))
        number = 1
    item.reference_year, item.reference_number = year, number

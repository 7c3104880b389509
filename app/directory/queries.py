"""What can be asked about contacts and subjects at the desk."""

from __future__ import annotations

from sqlalchemy import select

from app.database import db
from app.editorial.models import Contact, Item, Topic


def contact(contact_id: int) -> Contact | None:
    """Return a contact, or None."""
    return db.session.get(Contact, contact_id)


def subject(subject_id: int) -> Topic | None:
    """Return a subject, or None."""
    return db.session.get(Topic, subject_id)


def pages() -> dict[int, int]:
    """Return the item that is the page of a subject, public or not: {id of the subject: id of the item}."""
    rows = db.session.execute(select(Item.subject_id, Item.id).where(Item.subject_id.is_not(None)))
    return {subject_id: item_id for subject_id, item_id in rows if subject_id}

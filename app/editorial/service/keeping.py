"""Keeping subjects, those whom the press may call, and what the desk finds texts by."""

from __future__ import annotations

from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial import finding
from app.editorial.models import Contact, Topic
from app.editorial.service.telling import touch


@act
def keep_topic(topic: Topic, *, by: Account | None) -> Topic:
    """Keep a subject under which texts can be filed."""
    touch()  # first, like hold(): nobody may wait for us in the log while we wait for them here
    db.session.add(topic)
    db.session.flush()
    record(by, "kept", topic, label=topic.names["en"])
    return topic


@act
def keep_contact(contact: Contact, *, by: Account | None) -> Contact:
    """Keep somebody whom the press may call."""
    touch()
    db.session.add(contact)
    db.session.flush()
    record(by, "kept", contact, label=contact.names["en"])
    return contact


@act
def relist(*, after: int, limit: int) -> int:
    """Write anew what the desk finds the next ``limit`` editions by; return the last one's id, 0 at the end."""
    touch()
    return finding.note_next(after=after, limit=limit)

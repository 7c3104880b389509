"""Keeping subjects, and those whom the press may call."""

from __future__ import annotations

from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
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

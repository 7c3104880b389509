"""Keeping subjects, those whom the press may call, and what the desk finds texts by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial import cards, finding, queries, rules
from app.editorial.cards import Card
from app.editorial.models import Contact, Topic
from app.editorial.service.telling import touch
from app.text import slugs


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


@act
def add_subject(names: Mapping[str, str], *, by: Account) -> Topic:
    """Keep a new subject, after all others. Raises NotAllowed, or Refusal without a name in each language."""
    rules.check_may(by, "contacts")
    kept = cards.names(names)
    touch()
    last = db.session.scalar(select(func.max(Topic.position)))
    position = 0 if last is None else last + 1
    return keep_topic(Topic(key=_free(Topic, kept["en"]), names=kept, position=position), by=by)


@act
def change_subject(topic: Topic, names: Mapping[str, str], *, base: str, by: Account) -> bool:
    """Give a subject other names; say whether anything changed. Raises Changed when ``base`` is not its version."""
    return _change(topic, {"names": cards.names(names)}, base=base, by=by)


@act
def move_subject(topic: Topic, *, up: bool, by: Account) -> None:
    """Let a subject change places with the one above or below it; the first and the last stay."""
    rules.check_may(by, "contacts")
    touch()
    order = list(queries.topics())
    place = order.index(topic)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, each in enumerate(order):
        each.position = position
    record(by, "moved", topic, label=topic.names["en"], before=place + 1, after=other + 1)


@act
def add_contact(card: Card, *, by: Account) -> Contact:
    """Keep somebody new whom the press may call. Raises NotAllowed, or Refusal for what cannot be."""
    rules.check_may(by, "contacts")
    kept = cards.checked(card)
    touch()
    return keep_contact(Contact(key=_free(Contact, kept["names"]["en"]), **kept), by=by)


@act
def change_contact(contact: Contact, card: Card, *, base: str, by: Account) -> bool:
    """Say other things of a contact; say whether anything changed. Raises Changed, NotAllowed or Refusal."""
    return _change(contact, cards.checked(card), base=base, by=by)


def _change(row: Any, values: dict[str, Any], *, base: str, by: Account) -> bool:
    rules.check_may(by, "contacts")
    touch()
    db.session.refresh(row)
    if cards.version(row) != base:
        raise cards.Changed
    before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
    if not before:
        return False
    for name, value in values.items():
        setattr(row, name, value)
    after = {name: values[name] for name in before}
    record(by, "changed", row, label=row.names["en"], before=before, after=after)
    return True


def _free(model: Any, name: str) -> str:
    """Return a key made of ``name`` that no row of ``model`` has."""
    wanted = slugs.slug(name, limit=50) or model.__tablename__
    key, number = wanted, 1
    while db.session.scalar(select(model.id).where(model.key == key)):
        number += 1
        key = f"{wanted}-{number}"
    return key

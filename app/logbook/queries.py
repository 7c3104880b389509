"""What can be asked of the log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.audit.models import Entry
from app.database import db
from app.editorial.models import Edition

Person = aliased(Account)
PAGE = 50
AT_ONCE = 500  # entries read at a time for a file


@dataclass(frozen=True)
class Asked:
    """What the log is narrowed by; empty values narrow nothing.

    ``by`` is an account's id, 0 for what the newsroom did by itself; ``start`` and ``end`` bound the moment
    (aware; end exclusive); ``words`` stand in the name of the thing.
    """

    by: int | None = None
    verb: str = ""
    thing: str = ""
    words: str = ""
    start: datetime | None = None
    end: datetime | None = None


def _narrowed(wanted: Any, asked: Asked) -> Any:
    if asked.by is not None:
        wanted = wanted.where(Entry.account_id == asked.by if asked.by else Entry.account_id.is_(None))
    if asked.verb:
        wanted = wanted.where(Entry.verb == asked.verb)
    if asked.thing:
        wanted = wanted.where(Entry.thing == asked.thing)
    if asked.start:
        wanted = wanted.where(Entry.at >= asked.start)
    if asked.end:
        wanted = wanted.where(Entry.at < asked.end)
    for word in asked.words.split()[:8]:
        wanted = wanted.where(Entry.label.icontains(word, autoescape=True))
    return wanted


def page(
    asked: Asked, *, before: int | None = None, after: int | None = None
) -> tuple[list[Any], bool, bool]:
    """Return a page of the log, newest first, and whether there is more before and after it (older, newer).

    ``before`` and ``after`` are numbers of entries: the page ends before the one, or begins after the other.
    Rows carry the Entry, the name of who did it, item, language and type of the edition it was done to, and the name
    of the person it was done to: the log itself names nobody of the media, because it can forget nothing.
    """
    wanted = _narrowed(_rows(), asked)
    if after is not None:
        rows = list(db.session.execute(wanted.where(Entry.id > after).order_by(Entry.id).limit(PAGE + 1)))
        return rows[:PAGE][::-1], True, len(rows) > PAGE
    if before is not None:
        wanted = wanted.where(Entry.id < before)
    rows = list(db.session.execute(wanted.order_by(Entry.id.desc()).limit(PAGE + 1)))
    return rows[:PAGE], len(rows) > PAGE, before is not None


def activity(account_id: int) -> Sequence[Any]:
    """Return what the log has of an account, newest first, PAGE entries: what it did, and what was done to it.

    Rows are those of page().
    """
    theirs = (Entry.account_id == account_id) | ((Entry.thing == "account") & (Entry.thing_id == account_id))
    return db.session.execute(_rows().where(theirs).order_by(Entry.id.desc()).limit(PAGE)).all()


def _rows() -> Any:
    return (
        select(Entry, Account.name, Edition.item_id, Edition.language, Edition.type, Person.name)
        .outerjoin(Account, Account.id == Entry.account_id)
        .outerjoin(Person, (Entry.thing == "account") & (Person.id == Entry.thing_id))
        .outerjoin(Edition, (Entry.thing == "edition") & (Edition.id == Entry.thing_id))
    )


def everything(asked: Asked) -> Iterator[Any]:
    """Yield all entries that are asked for, with the names of who did them, oldest first; a few at a time."""
    wanted: Any = select(Entry, Account.name).outerjoin(Account, Account.id == Entry.account_id)
    wanted = _narrowed(wanted, asked).order_by(Entry.id)
    last = 0
    while some := db.session.execute(wanted.where(Entry.id > last).limit(AT_ONCE)).all():
        yield from some
        last = some[-1][0].id
        db.session.expunge_all()


def known() -> tuple[Sequence[str], Sequence[str]]:
    """Return the verbs and the things that the log has, each in alphabetical order."""
    verbs = db.session.scalars(select(Entry.verb).distinct().order_by(Entry.verb)).all()
    things = db.session.scalars(select(Entry.thing).distinct().order_by(Entry.thing)).all()
    return verbs, things


def people() -> Sequence[Any]:
    """Return the id and the name of everybody at the desk, now or before."""
    officers = select(Account.id, Account.name).where(cast(Account.roles, String) != "[]")
    return db.session.execute(officers.order_by(Account.name)).all()

"""Writing the log, reading it, and proving that it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, NamedTuple, Protocol

from flask import has_request_context, request
from sqlalchemy import select, update

from app import clock
from app.audit.models import Entry, Head
from app.database import db, written
from app.text.markup import one_line

START = "0" * 64  # the digest before the first entry


class Fault(NamedTuple):
    """Something wrong with the log: at the entry ``entry_id``, "changed", "cut off" or "not as it was kept"."""

    entry_id: int
    kind: str


class Person(Protocol):
    """Somebody who can act: the account that is signed in."""

    id: int


def record(by: Person | None, verb: str, thing: Any, *, label: str = "", **details: Any) -> Entry:
    """Write down, in the running act, that ``by`` did ``verb`` to ``thing``.

    ``thing`` is a row; ``details`` are plain values (what changed, from what to what).
    """
    db.session.flush()
    # One entry is written at a time: whoever writes the next waits for this row.
    before = db.session.execute(select(Head.digest).with_for_update()).scalar_one()
    entry = Entry(
        at=clock.now(),
        account_id=by.id if by else None,
        verb=verb,
        thing=thing.__tablename__,
        thing_id=thing.id,
        label=one_line(label)[:300],
        details=details,
        network=(request.remote_addr or "")[:64] if has_request_context() else "",
    )
    entry.digest = _digest(entry, before)
    db.session.add(entry)
    db.session.flush()
    db.session.execute(update(Head).values(entry_id=entry.id, digest=entry.digest))
    return entry


def faults(kept: str = "") -> Iterator[Fault]:
    """Yield what is wrong with the log: entries that do not follow from the one before, and a missing end.

    ``kept`` is what head() said once, written down outside of the database: whoever owns the database can
    write the whole log anew, its head included, but cannot change a note in another place.
    """
    before, last, has_kept = START, None, not kept
    for entry in db.session.scalars(select(Entry).order_by(Entry.id).execution_options(yield_per=500)):
        if entry.digest != _digest(entry, before):
            yield Fault(entry.id, "changed")
        before, last = entry.digest, entry.id
        has_kept = has_kept or kept == f"{entry.id} {entry.digest}"
    end = db.session.execute(select(Head)).scalar_one()
    if (end.entry_id, end.digest) != (last, before):
        yield Fault(end.entry_id or 0, "cut off")
    if not has_kept:
        yield Fault(int(kept.partition(" ")[0]), "not as it was kept")


def head() -> str:
    """Return the number and the digest of the last entry, to be written down elsewhere."""
    end = db.session.execute(select(Head)).scalar_one()
    return f"{end.entry_id or 0} {end.digest}"


def _digest(entry: Entry, before: str) -> str:
    told = [
        before, written(entry.at), entry.account_id, entry.verb, entry.thing, entry.thing_id,
        entry.label, entry.details, entry.network,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

"""Writing the log, reading it, and proving that it is whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any, Protocol

from flask import has_request_context, request
from sqlalchemy import select, text

from app import clock
from app.audit.models import Entry
from app.database import db, written
from app.text.markup import one_line

START = "0" * 64  # the digest before the first entry
_LOCK = 7_301_148  # PostgreSQL's advisory lock for the chain: one entry is written at a time


class Person(Protocol):
    """Somebody who can act: the account that is signed in."""

    id: int


def record(by: Person | None, verb: str, thing: Any, *, label: str = "", **details: Any) -> Entry:
    """Write down, in the running act, that ``by`` did ``verb`` to ``thing``.

    ``thing`` is a row; ``details`` are plain values (what changed, from what to what).
    """
    db.session.flush()
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    before = db.session.scalar(select(Entry.digest).order_by(Entry.id.desc()).limit(1)) or START
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
    return entry


def faults() -> Iterator[int]:
    """Yield the id of each entry that does not follow from the one before it."""
    before = START
    for entry in db.session.scalars(select(Entry).order_by(Entry.id).execution_options(yield_per=500)):
        if entry.digest != _digest(entry, before):
            yield entry.id
        before = entry.digest


def _digest(entry: Entry, before: str) -> str:
    told = [
        before, written(entry.at), entry.account_id, entry.verb, entry.thing, entry.thing_id,
        entry.label, entry.details, entry.network,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

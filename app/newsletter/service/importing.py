"""Addresses from elsewhere: only with the consent that was recorded there, and never past a suppression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete

from app import clock
from app.accounts.models import Account
from app.accounts.rules import BadAddress, check_address, email_key
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.languages import LANGUAGES
from app.newsletter import files, queries, rules
from app.newsletter.addresses import digest
from app.newsletter.models import Consent, IfMissing, Kind, State, Subscriber, SubscriberImport
from app.newsletter.rules import Wish
from app.refusals import Missing, Refusal
from app.text.moments import parse_day

READ, RUNNING, DONE = "read", "running", "done"
COLUMNS = ("email", "language", "date")
TOLD = 500  # refused lines that a report names; the rest it counts
AT_ONCE = 500


class NoColumn(Refusal):
    """Nobody said in which column the addresses are, or there is no such column."""

    field = "email"
    message = _l("Choose the column with the addresses")


class NoRecord(Refusal):
    """How these people agreed was not said."""

    field = "how"
    message = _l("Say how these people agreed, for example “form at the counter, confirmed by e-mail”")


class NoText(Refusal):
    """To which words these people agreed was not said."""

    field = "text"
    message = _l("Enter the words to which these people agreed")


class NoDate(Refusal):
    """When these people agreed is said neither by a column nor for all."""

    field = "date"
    message = _l("Choose the column with the day of consent, or enter a day that holds for all")


class InFuture(Refusal):
    """Nobody can have agreed tomorrow."""

    field = "day"
    message = _l("This day has not come yet")


@dataclass(frozen=True)
class Reading:
    """How a file is read: its encoding and separator, whether line 1 holds headings, and which column says what."""

    encoding: str
    separator: str
    has_headings: bool
    columns: dict[str, int]


@dataclass(frozen=True)
class Agreed:
    """What the people of a file agreed to: the words, how, and the day where no column has it; and what they get."""

    text: str
    how: str
    day: str
    language: str
    kinds: tuple[str, ...]


@act
def begin_import(name: str, content: bytes, *, by: Account) -> SubscriberImport:
    """Keep a file of addresses until it is known how to read it. Raises BadFile, TooManyLines."""
    count = files.check(content)
    kept = SubscriberImport(
        name=name[:200], content=content, settings={"lines": count} | files.guess(content), state=READ,
        by_id=by.id, at=clock.now(),
    )  # fmt: skip
    db.session.add(kept)
    db.session.flush()
    return kept


@act
def set_up_import(kept: SubscriberImport, reading: Reading) -> None:
    """Keep how the file is to be read. Raises Missing once it is being read in."""
    _must_be(kept, READ)
    kept.settings = {
        "lines": kept.settings["lines"], "encoding": reading.encoding, "separator": reading.separator,
        "has_headings": reading.has_headings, "columns": dict(reading.columns),
    }  # fmt: skip


@act
def ask_import(kept: SubscriberImport, agreed: Agreed, *, by: Account) -> None:
    """Let the addresses of a file be taken in, with the consent that was recorded for them.

    Raises NoColumn, NoText, NoRecord, NoDate, InFuture, NoKind, NoLanguage, what parse_day() raises, and Missing once
    it was asked for.
    """
    _must_be(kept, READ)
    columns = kept.settings.get("columns", {})
    if "email" not in columns:
        raise NoColumn
    if not agreed.text.strip():
        raise NoText
    if not agreed.how.strip():
        raise NoRecord
    day = _day(agreed.day) if agreed.day.strip() else None
    if day is None and "date" not in columns:
        raise NoDate
    wish = rules.check_wish(agreed.kinds, (), agreed.language, known_topics=())
    kept.settings = dict(kept.settings) | {
        "text": agreed.text.strip(), "how": agreed.how.strip()[:180], "day": day.isoformat() if day else "",
        "language": wish.language, "kinds": [str(kind) for kind in wish.kinds],
    }  # fmt: skip
    kept.state = RUNNING
    kept.report = {"new": 0, "known": 0, "refused": 0, "lines": []}
    record(by, "imported subscribers", kept, label=kept.name, lines=kept.settings["lines"])
    announce("newsletter.import_wanted", import_id=kept.id)


@act
def forget_imports() -> int:
    """Erase the files that nobody took in for a week; return how many there were."""
    stale = queries.stale_imports(clock.now() - timedelta(days=rules.REQUEST_DAYS))
    if stale:
        db.session.execute(delete(SubscriberImport).where(SubscriberImport.id.in_(stale)))
    return len(stale)


def _day(typed: str) -> date:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        day = parse_day(typed, "en")
    if day > clock.now().date():
        raise InFuture
    return day


def _must_be(kept: SubscriberImport, state: str) -> None:
    db.session.refresh(kept, with_for_update=True)
    if kept.state != state:
        raise Missing


@act
def import_lines(import_id: int, lines: Sequence[Sequence[str]], *, start: int, is_last: bool) -> None:
    """Take in some ``lines`` of a file, of which the first has the number ``start`` (from 0), and note how each ended.

    What was noted before, by a worker that was killed, is not done again. After the last the file itself is erased.
    """
    kept = queries.subscriber_import(import_id)
    if kept is None or kept.state != RUNNING:
        return
    db.session.refresh(kept, with_for_update=True)
    if start < kept.done_lines:
        return
    report: dict[str, Any] = {**kept.report, "lines": list(kept.report["lines"])}
    read = [_read(kept.settings, line) for line in lines]
    keys = {each.key for each in read if each is not None and each.key}
    known, suppressed = queries.known_among(keys), queries.suppressions_among(digest(key) for key in keys)
    for number, line in enumerate(read, start + 1):
        if line is None:
            continue
        ended = line.refused or _take(kept, line, known, suppressed)
        if ended in ("new", "known"):
            report[ended] += 1
        else:
            report["refused"] += 1
            if len(report["lines"]) < TOLD:
                report["lines"].append([number, ended])
    kept.report, kept.done_lines = report, start + len(lines)
    if is_last:
        kept.state, kept.content = DONE, b""


@dataclass(frozen=True)
class _Line:
    """A line as it was read; ``refused`` says why it cannot be taken, by a word of words.REFUSED_LINES."""

    email: str = ""
    key: str = ""
    language: str = ""
    day: date | None = None
    refused: str = ""


def _read(settings: dict[str, Any], line: Sequence[str]) -> _Line | None:
    """Read one line; None for an empty one."""
    if not any(line):
        return None

    def cell(name: str) -> str:
        place = settings["columns"].get(name)
        return line[place] if place is not None and place < len(line) else ""

    email = cell("email")
    if not email:
        return _Line(refused="no_address")
    try:
        key, address = email_key(email), check_address(email)
    except BadAddress:
        return _Line(refused="bad_address")
    language = cell("language").lower()[:2]
    if language == "ua":  # as many write it
        language = "uk"
    try:
        day = _day(cell("date") or settings["day"])
    except Refusal:
        return _Line(refused="no_date")
    return _Line(address, key, language if language in LANGUAGES else settings["language"], day)


def _take(kept: SubscriberImport, line: _Line, known: dict[str, Subscriber], suppressed: set[str]) -> str:
    """Take in one line, and return how it ended."""
    assert line.day is not None
    if digest(line.key) in suppressed:
        return "suppressed"
    there = known.get(line.key)
    if there is not None and there.state in (State.ACTIVE, State.PAUSED):
        return "known"
    if there is not None and there.state == State.LEFT:
        return "left"
    now, agreed_at = clock.now(), datetime.combine(line.day, time(12), UTC)
    agreed_at = min(agreed_at, now)
    wish = Wish(tuple(Kind(kind) for kind in kept.settings["kinds"]), (), line.language, IfMissing.ENGLISH)
    if there is None:
        there = Subscriber(
            email=line.email, email_key=line.key, address_hash=digest(line.key), state=State.ACTIVE, state_at=now,
            source="import", created_at=now, confirmed_at=agreed_at, language=wish.language,
        )  # fmt: skip
        db.session.add(there)
        known[line.key] = there
    there.state, there.state_at, there.confirmed_at = State.ACTIVE, now, there.confirmed_at or agreed_at
    there.language, there.kinds, there.has_all_topics = wish.language, wish.kinds, True
    db.session.flush()
    db.session.add(
        Consent(
            subscriber_id=there.id, text=kept.settings["text"], version=f"import {kept.id}", language=wish.language,
            page=kept.name[:200], choices=wish.told, source="import", how=kept.settings["how"], asked_at=agreed_at,
            confirmed_at=agreed_at, import_id=kept.id,
        )
    )  # fmt: skip
    return "new"

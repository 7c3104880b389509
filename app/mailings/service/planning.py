"""Planning: a delivery for each person who is to have an issue."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from flask import current_app
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    insert,
    literal,
    null,
    or_,
    select,
)  # fmt: skip

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import UtcDateTime, db
from app.editorial.models import Edition, Filing
from app.editorial.queries import public
from app.jobs.ledger import owe
from app.languages import LANGUAGES
from app.mailings import rules
from app.newsletter.models import (
    Delivery,
    DeliveryState,
    IfMissing,
    Issue,
    IssueEdition,
    IssueItem,
    IssueKind,
    IssueState,
    Kind,
    State,
    Subscriber,
    SubscriberTopic,
    Suppression,
)  # fmt: skip
from app.newsletter.queries import wanting

WINDOW = 20_000  # subscribers' ids looked at in one act: a fraction of a second
_WANTED = {IssueKind.DAILY: Kind.DAILY, IssueKind.WEEKLY: Kind.FRIDAY}
ADVISORY = "media_advisory"  # a release of this kind goes to those who want advisories, too


@dataclass(frozen=True)
class Content:
    """What planning has to know of an issue's item: where its bit is, its subjects, and whether it is an advisory."""

    bit: int
    topics: frozenset[int]
    is_advisory: bool


@act
def start(issue: Issue, *, by: Account | None = None) -> Issue:
    """Let ``issue`` go to everybody who is to have it, from now on.

    Raises NotNow when it is on its way already (a doubled click changes nothing), NoWords without an edition.
    """
    db.session.refresh(issue, with_for_update=True)
    rules.check(issue, "start")
    if not db.session.scalar(select(exists().where(IssueEdition.issue_id == issue.id))):
        raise rules.NoWords
    issue.started_at = clock.now()
    issue.sent_by_id = by.id if by else None
    issue.message_host = urlsplit(current_app.config["PUBLIC_URL"]).hostname or "localhost"
    _begin(issue)
    record(by, "sent", issue, label=_label(issue))
    return issue


@act
def again(issue: Issue) -> Issue:
    """Look once more for people who are to have ``issue``: an edition came. Who has it gets nothing new.

    Raises NotNow when it is not on its way and never was, or was stopped.
    """
    db.session.refresh(issue, with_for_update=True)
    rules.check(issue, "again")
    _begin(issue)
    return issue


def _begin(issue: Issue) -> None:
    issue.state, issue.planned_until_id, issue.finished_at = IssueState.PLANNING, 0, None
    issue.version += 1
    owe("mailings.plan", issue_id=issue.id)


@act
def plan_window(issue_id: int) -> bool:
    """Make the deliveries of the next window of subscribers; return whether there is more to plan."""
    issue = db.session.get(Issue, issue_id, with_for_update=True)
    if issue is None or issue.state != IssueState.PLANNING:
        return False
    last = db.session.scalar(select(func.max(Subscriber.id))) or 0
    after = issue.planned_until_id
    if after >= last:
        issue.state = IssueState.SENDING
        return False
    # A window of ids, not of rows: no sorting, and the same memory for a thousand and a million.
    until = min(after + WINDOW, last)
    issue.recipients += _insert(issue, after, until, at=clock.now())
    issue.planned_until_id = until
    return True


def _insert(issue: Issue, after: int, until: int, *, at: datetime) -> int:
    who = _audience(issue)
    if who is None:
        return 0
    condition, items = who
    language = _language(issue)
    chosen = (
        select(
            literal(issue.id), Subscriber.id, language, items, literal(DeliveryState.QUEUED.value), _message_id(),
            literal(at, UtcDateTime), literal(""), literal(0), literal(0), literal(""),
        )
        .where(Subscriber.id > after, Subscriber.id <= until, condition, language.is_not(None))
        .where(~exists().where(Suppression.address_hash == Subscriber.address_hash))
        .where(~exists().where(Delivery.issue_id == issue.id, Delivery.subscriber_id == Subscriber.id))
    )  # fmt: skip
    if issue.kind in _WANTED or issue.kind == IssueKind.ALERT:
        chosen = chosen.where(or_(items.is_(None), items != 0))
    columns = [
        "issue_id", "subscriber_id", "language", "items", "state", "message_id", "next_try_at", "leased_by", "attempts",
        "repeats", "answer_status",
    ]  # fmt: skip
    planned = insert(Delivery).from_select(columns, chosen, include_defaults=False)
    # PostgreSQL's driver forgets how many rows an INSERT made, unless told.
    made = db.session.execute(planned, execution_options={"preserve_rowcount": True})
    return int(made.rowcount)  # type: ignore[attr-defined]


def _message_id() -> ColumnElement[str]:
    """Return 128 random bits for each row, made by the database."""
    if db.engine.dialect.name == "postgresql":
        return func.replace(cast(func.gen_random_uuid(), Delivery.message_id.type), "-", "")
    return func.lower(func.hex(func.randomblob(16)))


def _language(issue: Issue) -> Any:
    """Return in which edition somebody gets the issue: theirs, English marked as such, or none (yet).

    A correction comes in the language of the mail that it follows: only that was wrong, or was read.
    """
    there = _languages(issue)
    if issue.kind == IssueKind.CORRECTION:
        return (
            select(Delivery.language)
            .where(
                Delivery.issue_id == issue.corrects_id,
                Delivery.subscriber_id == Subscriber.id,
                Delivery.state == DeliveryState.ACCEPTED,
                Delivery.language.in_(sorted(there)),
            )
            .correlate(Subscriber)
            .scalar_subquery()
        )
    own = Subscriber.language.in_(sorted(there))
    if "en" not in there:
        return case((own, Subscriber.language))
    return case(
        (own, Subscriber.language),
        (Subscriber.if_missing == IfMissing.ENGLISH, literal("en")),
    )


def _languages(issue: Issue) -> set[str]:
    return set(
        db.session.scalars(select(IssueEdition.language).where(IssueEdition.issue_id == issue.id)).all()
    )


def _readable(issue: Issue) -> Any:
    """Return the bits of the items that somebody's edition shows them; None when that is all of them.

    What an edition shows in English, as it is not there in its own language, is left out for those who rather wait
    for it, or want nothing in its place.
    """
    rows = db.session.execute(
        select(IssueItem.position, IssueItem.languages).where(IssueItem.issue_id == issue.id)
    ).all()
    there = sorted(_languages(issue))
    own = {
        code: _mask(row.position for row in rows if (row.languages or {}).get(code) == code) for code in there
    }
    some = {code: _mask(row.position for row in rows if code in (row.languages or {})) for code in there}
    every = _mask(row.position for row in rows)
    if not any(some.values()) or all(
        own[code] == every for code in there
    ):  # not drawn yet, or nothing is missing
        return None
    language, ways = _language(issue), []
    for code in there:
        if some[code] != own[code]:
            borrows = Subscriber.if_missing == IfMissing.ENGLISH
            ways.append((and_(language == code, borrows), literal(some[code], BigInteger)))
        ways.append((language == code, literal(own[code], BigInteger)))
    return case(*ways, else_=literal(0, BigInteger))


def _mask(positions: Iterable[int]) -> int:
    return sum(1 << position for position in positions)


def _audience(issue: Issue) -> tuple[ColumnElement[bool], Any] | None:
    """Return the condition of those who are to have the issue, and which of its items; None for nobody."""
    if issue.kind == IssueKind.CORRECTION:
        got = exists().where(
            Delivery.issue_id == issue.corrects_id,
            Delivery.subscriber_id == Subscriber.id,
            Delivery.state == DeliveryState.ACCEPTED,
        )
        return and_(Subscriber.state == State.ACTIVE, got), null()
    if issue.kind == IssueKind.HANDMADE:
        readable = _readable(issue)
        return _handmade(issue.audience), null() if readable is None else readable
    content = contents(issue.id)
    if not content:
        return None
    if issue.kind == IssueKind.ALERT:
        wants: ColumnElement[bool] = wanting(Kind.EVERY)
        if all(each.is_advisory for each in content):
            wants = or_(wants, wanting(Kind.ADVISORIES))
    else:
        wants = wanting(_WANTED[IssueKind(issue.kind)])
    matching, readable = _items(content), _readable(issue)
    return wants, matching if readable is None else matching.op("&")(readable)


def _handmade(audience: dict[str, Any]) -> ColumnElement[bool]:
    kinds = [kind for kind in Kind if kind in audience.get("kinds", [])] or list(Kind)
    condition: ColumnElement[bool] = or_(*(wanting(kind) for kind in kinds))
    if languages := [code for code in LANGUAGES if code in audience.get("languages", [])]:
        condition = and_(condition, Subscriber.language.in_(languages))
    if topics := [number for number in audience.get("topics", []) if isinstance(number, int)]:
        condition = and_(condition, or_(Subscriber.has_all_topics, _chose(frozenset(topics))))
    return condition


def _items(content: list[Content]) -> Any:
    """Return the bits of the items that match somebody's topics; None is all of them."""
    every = sum(1 << each.bit for each in content)
    bits: Any = literal(0, BigInteger)
    # People who chose the same subjects get the same: one question for each set of subjects, not for each item.
    by_topics: dict[frozenset[int], int] = {}
    for each in content:
        by_topics[each.topics] = by_topics.get(each.topics, 0) | 1 << each.bit
    for topics, several in by_topics.items():
        bits = bits + case((_chose(topics), literal(several, BigInteger)), else_=literal(0, BigInteger))
    return case((Subscriber.has_all_topics, literal(every, BigInteger)), else_=bits)


def _chose(topics: frozenset[int]) -> ColumnElement[bool]:
    if not topics:
        return false()
    return exists().where(
        SubscriberTopic.topic_id.in_(sorted(topics)), SubscriberTopic.subscriber_id == Subscriber.id
    )


def contents(issue_id: int) -> list[Content]:
    """Return what planning has to know of the items of an issue that everybody may read now, in their order."""
    rows = db.session.execute(
        select(IssueItem.position, IssueItem.item_id)
        .where(IssueItem.issue_id == issue_id)
        .order_by(IssueItem.position)
    ).all()
    ids = [row.item_id for row in rows]
    shown: Select[Any] = public(Edition.item_id, Edition.public_kind).where(Edition.item_id.in_(ids))
    kinds: dict[int, str] = {row.item_id: row.public_kind for row in db.session.execute(shown)}
    topics: dict[int, set[int]] = {}
    filed = select(Edition.item_id, Filing.topic_id).join(Filing, Filing.edition_id == Edition.id)
    for item_id, topic_id in db.session.execute(filed.where(Edition.item_id.in_(ids))):
        topics.setdefault(item_id, set()).add(topic_id)
    return [
        Content(row.position, frozenset(topics.get(row.item_id, ())), kinds[row.item_id] == ADVISORY)
        for row in rows
        if row.item_id in kinds
    ]


def count(issue: Issue) -> dict[str, int]:
    """Return how many people would have ``issue`` now, by the language of their edition."""
    who = _audience(issue)
    if who is None:
        return {}
    condition, items = who
    language = _language(issue)
    query = select(language, func.count()).where(condition, language.is_not(None)).group_by(language)
    if issue.kind not in (IssueKind.HANDMADE, IssueKind.CORRECTION):
        query = query.where(items != 0)
    return {row[0]: row[1] for row in db.session.execute(query)}


def first_addresses(issue: Issue, limit: int = 3) -> list[str]:
    """Return the addresses of the first few people who would have ``issue`` now."""
    who = _audience(issue)
    if who is None:
        return []
    wanted = select(Subscriber.email).where(who[0], _language(issue).is_not(None)).order_by(Subscriber.id)
    return list(db.session.scalars(wanted.limit(limit)))


def _label(issue: Issue) -> str:
    return (
        db.session.scalar(
            select(IssueEdition.subject)
            .where(IssueEdition.issue_id == issue.id)
            .order_by(IssueEdition.language)
            .limit(1)
        )
        or issue.kind
    )

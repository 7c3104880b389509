"""Whom an issue is for: who wants it, in which edition, and which of its items they get. Words for the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    false,
    literal,
    null,
    or_,
    select,
)  # fmt: skip

from app import clock
from app.database import db
from app.editorial.models import Edition, Filing
from app.editorial.queries import public
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
)  # fmt: skip
from app.newsletter.queries import wanting
from app.newsletter.rules import ADVISORY, WANTED

Window = tuple[int, int]  # subscribers whose ids come after the first, up to the second


@dataclass(frozen=True)
class Audience:
    """Who is to have an issue: all ``conditions`` hold for them. They get the edition in ``language``, ``items`` of it.

    ``items`` are bits, one for each item by its position; NULL is all of them.
    """

    conditions: tuple[ColumnElement[bool], ...]
    language: Any
    items: Any


def audience_of(issue: Issue, *, at: datetime | None = None, window: Window | None = None) -> Audience | None:
    """Return whom ``issue`` is for as it stands, a draft as it would go at the moment ``at`` (None: now); or nobody.

    Whoever asks about a ``window`` of subscribers alone says so here, too.

    Nobody is sent a mail without anything in it: whose edition shows them none of the items gets one for its own words
    alone, which only an issue made by hand has.
    """
    language = language_of(issue)
    if issue.kind == IssueKind.CORRECTION:
        return Audience(
            (Subscriber.state == State.ACTIVE, _got(issue), language.is_not(None)), language, null()
        )
    items = readable(issue, at=at)
    if issue.kind == IssueKind.HANDMADE:
        wants = _handmade(issue, window)
        if items is None:
            return Audience((wants, language.is_not(None)), language, null())
        has_something = or_(items != 0, language.in_(_with_own_words(issue)))
        return Audience((wants, language.is_not(None), has_something), language, items)
    content = contents(issue.id)
    if not content:
        return None
    wants = or_(*(wanting(kind) for kind in wanted_kinds(issue, content)))
    bits = matching(content, window)
    if items is not None:
        bits = bits.op("&")(items)
    return Audience((wants, language.is_not(None), bits != 0), language, bits)


def wanted_kinds(issue: Issue, content: list[Content]) -> tuple[Kind, ...]:
    """Return which kinds of e-mail an issue with this ``content`` is for: who wants one of them gets it."""
    if issue.kind == IssueKind.HANDMADE:
        return tuple(kind for kind in Kind if kind in issue.audience.get("kinds", [])) or tuple(Kind)
    if issue.kind == IssueKind.ALERT:
        is_advisory = all(each.is_advisory for each in content)
        return (Kind.EVERY, Kind.ADVISORIES) if is_advisory else (Kind.EVERY,)
    return (WANTED[IssueKind(issue.kind)],)


def _got(issue: Issue) -> ColumnElement[bool]:
    return exists().where(
        Delivery.issue_id == issue.corrects_id,
        Delivery.subscriber_id == Subscriber.id,
        Delivery.state == DeliveryState.ACCEPTED,
    )


def _with_own_words(issue: Issue) -> list[str]:
    """Return the languages of the editions that an officer wrote an introduction for."""
    there = select(IssueEdition.language).where(IssueEdition.issue_id == issue.id, IssueEdition.intro != "")
    return list(db.session.scalars(there.order_by(IssueEdition.language)))


@dataclass(frozen=True)
class Content:
    """What planning has to know of an issue's item: where its bit is, its subjects, and whether it is an advisory."""

    bit: int
    topics: frozenset[int]
    is_advisory: bool


def language_of(issue: Issue, *, with_old: bool = False) -> Any:
    """Return in which edition somebody gets the issue: theirs, English marked as such, or none (yet).

    A correction comes in the language of the mail that it follows: only that was wrong, or was read. ``with_old``
    counts editions of an alert in, too, that are no news any more.
    """
    there = _languages(issue, with_old=with_old)
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


def _languages(issue: Issue, *, with_old: bool = False) -> set[str]:
    """Return the languages in which somebody can get the issue from now on.

    An alert is planned again when a text appears in another language, which may be weeks later: then it is no news in
    those of before, and whoever subscribed in the meantime does not get it in these.
    """
    there = set(
        db.session.scalars(select(IssueEdition.language).where(IssueEdition.issue_id == issue.id)).all()
    )
    if with_old or issue.kind != IssueKind.ALERT:
        return there
    its = select(IssueItem.item_id).where(IssueItem.issue_id == issue.id)
    old = public(Edition.language, at=clock.now() - rules.NEWS).where(Edition.item_id.in_(its))
    return there - set(db.session.scalars(old).all())


def readable(issue: Issue, *, at: datetime | None = None) -> Any:
    """Return the bits of the items that somebody's edition shows them; None when that is all of them.

    What an edition shows in English, as it is not there in its own language, is left out for those who rather wait
    for it, or want nothing in its place. A draft is looked at as it would be drawn at the moment ``at``.
    """
    rows = _shown(issue, at)
    there = sorted(_languages(issue))
    own = {code: _mask(bit for bit, shown in rows if shown.get(code) == code) for code in there}
    some = {code: _mask(bit for bit, shown in rows if code in shown) for code in there}
    every = _mask(bit for bit, _ in rows)
    if not any(some.values()) or all(
        own[code] == every for code in there
    ):  # not drawn yet, or nothing is missing
        return None
    language, ways = language_of(issue), []
    for code in there:
        if some[code] != own[code]:
            borrows = Subscriber.if_missing == IfMissing.ENGLISH
            ways.append((and_(language == code, borrows), literal(some[code], BigInteger)))
        ways.append((language == code, literal(own[code], BigInteger)))
    return case(*ways, else_=literal(0, BigInteger))


def _shown(issue: Issue, at: datetime | None) -> list[tuple[int, Mapping[str, str]]]:
    """Return the bit of each item, and in which language each edition shows it, or would: {"fr": "en"}."""
    rows = db.session.scalars(select(IssueItem).where(IssueItem.issue_id == issue.id)).all()
    if issue.kind != IssueKind.HANDMADE or issue.state not in (IssueState.DRAFT, IssueState.SCHEDULED):
        return [(each.position, each.languages or {}) for each in rows]
    there: dict[int, set[str]] = {}
    texts = public(Edition.item_id, Edition.language, at=at)
    for item_id, code in db.session.execute(
        texts.where(Edition.item_id.in_([each.item_id for each in rows]))
    ):
        there.setdefault(item_id, set()).add(code)
    # What nobody can read yet keeps the issue from going: until then it is taken to be there for everybody.
    return [
        (each.position, {code: found for code in LANGUAGES if (found := _in(code, there.get(each.item_id)))})
        for each in rows
    ]


def _in(code: str, there: set[str] | None) -> str:
    """Return in which language an edition shows a text that is ``there``: its own, English, or "" for none."""
    if there is None or code in there:
        return code
    return "en" if "en" in there else ""


def _mask(positions: Iterable[int]) -> int:
    return sum(1 << position for position in positions)


def _handmade(issue: Issue, window: Window | None) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = or_(*(wanting(kind) for kind in wanted_kinds(issue, [])))
    if languages := narrowed_languages(issue):
        condition = and_(condition, Subscriber.language.in_(languages))
    if topics := narrowed_topics(issue):
        condition = and_(condition, or_(Subscriber.has_all_topics, chose(topics, window)))
    return condition


def narrowed_languages(issue: Issue) -> list[str]:
    """Return the languages of the readers whom an issue made by hand is for; none: of all."""
    return [code for code in LANGUAGES if code in issue.audience.get("languages", [])]


def narrowed_topics(issue: Issue) -> frozenset[int]:
    """Return the topics that readers of an issue made by hand chose one of; none: whatever they chose."""
    return frozenset(number for number in issue.audience.get("topics", []) if isinstance(number, int))


def matching(content: list[Content], window: Window | None = None) -> Any:
    """Return the bits of the items that match somebody's topics."""
    every = sum(1 << each.bit for each in content)
    # One question for each topic, not for each item: many items are filed under few.
    of_topic: dict[int, int] = {}
    for each in content:
        for topic in each.topics:
            of_topic[topic] = of_topic.get(topic, 0) | 1 << each.bit
    bits: Any = literal(0, BigInteger)
    for topic, several in sorted(of_topic.items()):
        is_theirs = chose(frozenset({topic}), window)
        bits = bits.bitwise_or(case((is_theirs, literal(several, BigInteger)), else_=literal(0, BigInteger)))
    return case((Subscriber.has_all_topics, literal(every, BigInteger)), else_=bits)


def chose(topics: frozenset[int], window: Window | None = None) -> ColumnElement[bool]:
    """Return the condition of those who chose one of these topics."""
    if not topics:
        return false()
    theirs = SubscriberTopic.topic_id.in_(sorted(topics)) & (SubscriberTopic.subscriber_id == Subscriber.id)
    if window is not None:
        # PostgreSQL may read all choices of a topic at once: then those of the window, not of everybody each time.
        after, until = window
        theirs &= (SubscriberTopic.subscriber_id > after) & (SubscriberTopic.subscriber_id <= until)
    return exists().where(theirs)


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

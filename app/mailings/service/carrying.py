"""Deliveries on their way: leased, begun, and what became of them. Only here does their state change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, exists, func, literal_column, or_, select, update
from sqlalchemy.orm import aliased

from app import clock
from app.acts import act
from app.database import UtcDateTime, db
from app.mail.relay import Answer, Fate
from app.mailings import rules
from app.mailings.queries import OPEN
from app.newsletter.models import (
    BounceKind,
    Delivery,
    DeliveryState,
    Issue,
    IssueState,
    State,
    Subscriber,
    Suppression,
)  # fmt: skip
from app.newsletter.service import note_bounce

OF_THE_SENDER = ("5.1.7", "5.1.8")  # RFC 3463: bad address of the sender, in its form or its domain
Key = tuple[int, int]  # an issue and a subscriber

_DELIVERY: Any = Delivery.__table__
_NOW: Any = bindparam("now", type_=UtcDateTime)


class Leased(NamedTuple):
    """A delivery that a carrier has, with what it takes to fill in the mail."""

    issue_id: int
    subscriber_id: int
    email: str
    language: str
    items: int | None
    message_id: str
    host: str
    token_version: int
    attempts: int
    repeats: int
    reply_to: str

    @property
    def key(self) -> Key:
        """Which it is."""
        return self.issue_id, self.subscriber_id


class Ended(NamedTuple):
    """A mail whose fate is known."""

    leased: Leased
    answer: Answer


@act
def take(carrier: str, limit: int) -> list[Leased]:
    """Lease up to ``limit`` deliveries that are due to ``carrier``, a share of each issue that is being sent."""
    now = clock.now()
    issues = db.session.scalars(
        select(Issue.id).where(Issue.state == IssueState.SENDING).order_by(Issue.id)
    ).all()
    taken: list[Leased] = []
    for left, issue_id in zip(range(len(issues), 0, -1), issues, strict=True):
        share = -(-(limit - len(taken)) // left)
        taken += _lease(carrier, issue_id, share, now)
    return taken


def _lease(carrier: str, issue_id: int, limit: int, now: datetime) -> list[Leased]:
    due = (
        select(Delivery.subscriber_id)
        .where(
            Delivery.issue_id == issue_id,
            literal_column(OPEN),
            Delivery.state.in_([DeliveryState.QUEUED, DeliveryState.DEFERRED]),
            Delivery.next_try_at <= now,
        )
        .order_by(Delivery.next_try_at, Delivery.subscriber_id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = db.session.scalars(due).all()
    if not ids:
        return []
    lease = (
        update(Delivery)
        .where(Delivery.issue_id == issue_id, Delivery.subscriber_id.in_(ids))
        .values(state=DeliveryState.LEASED, lease_until=now + rules.LEASE, leased_by=carrier)
    )
    db.session.execute(lease, execution_options={"synchronize_session": False})
    first = aliased(Delivery)
    rows = db.session.execute(
        select(
            Delivery.issue_id, Delivery.subscriber_id, Subscriber.email, Delivery.language, Delivery.items,
            Delivery.message_id, Issue.message_host, Subscriber.token_version, Delivery.attempts, Delivery.repeats,
            func.coalesce(first.message_id, ""),
        )
        .join(Subscriber, Subscriber.id == Delivery.subscriber_id)
        .join(Issue, Issue.id == Delivery.issue_id)
        .outerjoin(
            first, and_(first.issue_id == Issue.corrects_id, first.subscriber_id == Delivery.subscriber_id)
        )
        .where(Delivery.issue_id == issue_id, Delivery.subscriber_id.in_(ids))
        .order_by(Delivery.subscriber_id)
    )  # fmt: skip
    return [Leased._make(row) for row in rows]


@act
def note(carrier: str, ended: Sequence[Ended], begun: Sequence[Leased]) -> set[Key]:
    """Keep what became of the mails in ``ended``, and that those in ``begun`` are handed over now.

    Returns which of ``begun`` may be: their reader is active and not suppressed, their issue is being sent, and the
    lease is still ``carrier``'s. What may not be is settled here.
    """
    now = clock.now()
    _end(carrier, ended, now)
    return _begin(carrier, begun, now) if begun else set()


_ACCEPT = (
    _DELIVERY.update()
    .where(
        _DELIVERY.c.issue_id == bindparam("issue"),
        _DELIVERY.c.subscriber_id == bindparam("person"),
        # Whoever has it by now: it arrived, and is not to be sent again.
        literal_column(OPEN),
    )
    .values(
        state=DeliveryState.ACCEPTED, attempts=_DELIVERY.c.attempts + 1, answer_code=bindparam("code"),
        answer_status=bindparam("status"), ended_at=_NOW, lease_until=None,
    )
)  # fmt: skip
_OTHERWISE = (
    _DELIVERY.update()
    .where(
        _DELIVERY.c.issue_id == bindparam("issue"),
        _DELIVERY.c.subscriber_id == bindparam("person"),
        _DELIVERY.c.leased_by == bindparam("carrier"),
        _DELIVERY.c.state == DeliveryState.SENDING,
    )
    .values(
        state=bindparam("new_state"), attempts=bindparam("new_attempts"), repeats=bindparam("new_repeats"),
        answer_code=bindparam("code"), answer_status=bindparam("status"),
        next_try_at=bindparam("again_at", type_=UtcDateTime), ended_at=bindparam("over_at", type_=UtcDateTime),
        lease_until=None,
    )
)  # fmt: skip


def _end(carrier: str, ended: Sequence[Ended], now: datetime) -> None:
    accepted, otherwise = [], []
    for leased, answer in ended:
        row = {"issue": leased.issue_id, "person": leased.subscriber_id, "code": answer.code or None,
               "status": answer.status[:12]}  # fmt: skip
        if answer.fate is Fate.ACCEPTED:
            accepted.append(row | {"now": now})
        else:
            otherwise.append(row | {"carrier": carrier} | _after(leased, answer, now))
    connection = db.session.connection()
    if accepted:
        connection.execute(_ACCEPT, accepted)
    if otherwise:
        connection.execute(_OTHERWISE, otherwise)
        _close({row["issue"] for row in otherwise}, now)


def _close(issue_ids: Collection[int] | None, now: datetime) -> None:
    """Stop what waits in stopped issues, all of them or those of ``issue_ids``: it was under way when they were."""
    stopped = select(Issue.id).where(Issue.state == IssueState.STOPPED)
    if issue_ids is not None:
        stopped = stopped.where(Issue.id.in_(issue_ids))
    waiting = (DeliveryState.QUEUED, DeliveryState.DEFERRED)
    db.session.execute(
        update(Delivery)
        .where(Delivery.issue_id.in_(stopped), literal_column(OPEN), Delivery.state.in_(waiting))
        .values(state=DeliveryState.STOPPED, ended_at=now, lease_until=None),
        execution_options={"synchronize_session": False},
    )


def _after(leased: Leased, answer: Answer, now: datetime) -> dict[str, Any]:
    """Return what a delivery becomes that did not arrive, or may not have."""
    state, attempts, repeats, again_at = DeliveryState.DEFERRED, leased.attempts + 1, leased.repeats, now
    if answer.fate is Fate.REFUSED:
        state = DeliveryState.REFUSED
    elif answer.fate is Fate.GONE:
        state, attempts = DeliveryState.STOPPED, leased.attempts
    elif answer.fate is Fate.UNTOUCHED:
        state, attempts = DeliveryState.QUEUED, leased.attempts
    elif answer.fate is Fate.IN_DOUBT:
        repeats += 1
        again_at = now + rules.wait(repeats)
        if repeats > rules.MOST_REPEATS:
            state = DeliveryState.STOPPED
    else:
        again_at = now + rules.wait(attempts)
        if rules.is_given_up(attempts):
            state = DeliveryState.STOPPED
    is_over = state in (DeliveryState.REFUSED, DeliveryState.STOPPED)
    return {
        "new_state": state, "new_attempts": attempts, "new_repeats": repeats, "again_at": again_at,
        "over_at": now if is_over else None,
    }  # fmt: skip


def _suppressed() -> Any:
    return exists().where(Suppression.address_hash == Subscriber.address_hash)


_MARK = (
    _DELIVERY.update()
    .where(
        _DELIVERY.c.issue_id == bindparam("issue"),
        _DELIVERY.c.subscriber_id == bindparam("person"),
        _DELIVERY.c.leased_by == bindparam("carrier"),
        _DELIVERY.c.state == DeliveryState.LEASED,
        exists().where(
            Subscriber.id == bindparam("person"),
            Subscriber.state == State.ACTIVE,
            ~_suppressed(),
            # Who moved to another address since it was leased is not written to at the old one.
            Subscriber.token_version == bindparam("version"),
        ),
        exists().where(Issue.id == bindparam("issue"), Issue.state == IssueState.SENDING),
    )
    .values(state=DeliveryState.SENDING, lease_until=bindparam("until", type_=UtcDateTime))
)
_HOLD = (
    select(Subscriber.id)
    .where(Subscriber.id.in_(bindparam("people", expanding=True)))
    .with_for_update(read=True)
)
_MARKED = select(_DELIVERY.c.issue_id, _DELIVERY.c.subscriber_id).where(
    _DELIVERY.c.leased_by == bindparam("carrier"),
    _DELIVERY.c.state == DeliveryState.SENDING,
    _DELIVERY.c.issue_id == bindparam("issue"),
    _DELIVERY.c.subscriber_id.in_(bindparam("people", expanding=True)),
)


def _begin(carrier: str, begun: Sequence[Leased], now: datetime) -> set[Key]:
    connection = db.session.connection()
    if connection.dialect.name != "sqlite":
        # Locked against the act of leaving: a click that is being kept is waited for, one that comes now waits.
        connection.execute(_HOLD, {"people": [each.subscriber_id for each in begun]})
    rows = [
        {
            "issue": each.issue_id,
            "person": each.subscriber_id,
            "carrier": carrier,
            "version": each.token_version,
            "until": now + rules.LEASE,
        }
        for each in begun
    ]
    if connection.execute(_MARK, rows).rowcount == len(begun):
        return {each.key for each in begun}
    by_issue: dict[int, list[int]] = defaultdict(list)
    for each in begun:
        by_issue[each.issue_id].append(each.subscriber_id)
    granted: set[Key] = set()
    for issue_id, people in by_issue.items():
        marked = connection.execute(_MARKED, {"carrier": carrier, "issue": issue_id, "people": people})
        granted |= {(row.issue_id, row.subscriber_id) for row in marked}
        mine = and_(
            Delivery.issue_id == issue_id,
            Delivery.subscriber_id.in_(people),
            Delivery.leased_by == carrier,
            Delivery.state == DeliveryState.LEASED,
        )
        _settle(mine, issue_id, now)
    return granted


def _settle(mine: Any, issue_id: int, now: datetime) -> None:
    """Say of the leased deliveries ``mine`` why they are not handed over.

    Those whose reader has only moved to another address go back, to be leased with that.
    """
    state = db.session.scalar(select(Issue.state).where(Issue.id == issue_id))
    reader = and_(Subscriber.id == Delivery.subscriber_id)
    quietly = {"synchronize_session": False}
    over = {"ended_at": now, "lease_until": None}
    db.session.execute(
        update(Delivery)
        .where(mine, exists().where(reader, or_(_suppressed(), Subscriber.state == State.REFUSED)))
        .values(state=DeliveryState.SUPPRESSED, **over),
        execution_options=quietly,
    )
    db.session.execute(
        update(Delivery)
        .where(mine, exists().where(reader, Subscriber.state != State.ACTIVE))
        .values(state=DeliveryState.LEFT, **over),
        execution_options=quietly,
    )
    new = DeliveryState.STOPPED if state == IssueState.STOPPED else DeliveryState.QUEUED
    ended_at = now if new is DeliveryState.STOPPED else None
    db.session.execute(
        update(Delivery).where(mine).values(state=new, ended_at=ended_at, lease_until=None),
        execution_options=quietly,
    )


@act
def give_back(carrier: str, several: Collection[Leased]) -> None:
    """Put back what ``carrier`` leased and did not begin."""
    by_issue: dict[int, list[int]] = defaultdict(list)
    for each in several:
        by_issue[each.issue_id].append(each.subscriber_id)
    for issue_id, people in by_issue.items():
        _requeue(
            Delivery.issue_id == issue_id, Delivery.subscriber_id.in_(people), Delivery.leased_by == carrier,
            Delivery.state == DeliveryState.LEASED,
        )  # fmt: skip


@act
def recover() -> int:
    """Take back what a carrier had that gives no sign any more: leased goes back, sending is in doubt.

    What is in doubt, or was put off, of an issue that was stopped since is stopped. Returns how many were in doubt. The
    rule stands on the newsletter's plate.
    """
    now = clock.now()
    _requeue(Delivery.state == DeliveryState.LEASED, Delivery.lease_until < now)
    repeats = Delivery.repeats + 1
    is_enough = repeats > rules.MOST_REPEATS
    doubted = db.session.execute(
        update(Delivery)
        .where(Delivery.state == DeliveryState.SENDING, Delivery.lease_until < now)
        .values(
            state=case((is_enough, DeliveryState.STOPPED), else_=DeliveryState.DEFERRED),
            ended_at=case((is_enough, now), else_=None),
            repeats=repeats, attempts=Delivery.attempts + 1, next_try_at=now, lease_until=None,
        ),
        execution_options={"synchronize_session": False},
    )  # fmt: skip
    _close(None, now)
    return int(doubted.rowcount)  # type: ignore[attr-defined]


def _requeue(*where: Any) -> None:
    """Put leased deliveries back; those of a stopped issue are stopped."""
    stopped = exists().where(Issue.id == Delivery.issue_id, Issue.state == IssueState.STOPPED)
    now = clock.now()
    db.session.execute(
        update(Delivery)
        .where(*where)
        .values(
            state=case((stopped, DeliveryState.STOPPED), else_=DeliveryState.QUEUED),
            ended_at=case((stopped, now), else_=None),
            lease_until=None,
        ),
        execution_options={"synchronize_session": False},
    )


def note_refusal(ended: Ended) -> None:
    """Suppress the address of a mail that was refused because there is no such address.

    Only an answer to the reader's own address says so. RFC 3463: 5.1.x speaks of an address (5.1.7 and 5.1.8 of the
    sender's), the other classes of the mailbox, the route, or what we sent. Without an enhanced code 550, 551 and 553
    are read so (RFC 5321 4.2.3), as most servers mean it.
    """
    _fate, code, status, is_about_reader = ended.answer
    if not is_about_reader or status in OF_THE_SENDER:
        return
    if status.startswith("5.1.") or (not status and code in (550, 551, 553)):
        note_bounce(
            ended.leased.subscriber_id, kind=BounceKind.HARD, status=status or str(code), source="smtp",
            digest=ended.leased.message_id, issue_id=ended.leased.issue_id,
        )  # fmt: skip

"""What the database itself holds: nobody gets past a suppression, nobody changes a consent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app import clock
from app.acts import act
from app.database import db
from app.newsletter import queries, service
from app.newsletter.addresses import digest
from app.newsletter.models import Consent, Kind, State, Subscriber, Suppression
from tests.conftest import Frozen
from tests.newsletter import people


@act
def _change(statement: Any) -> None:
    db.session.execute(statement)


def test_a_suppression_refuses_whoever_has_the_address(app: Flask) -> None:
    for state in (State.WAITING, State.ACTIVE, State.PAUSED):
        zoe = people.subscriber(f"{state}@example.org", state=state)
        people.suppress(f"{state}@example.org")
        assert db.session.get_one(Subscriber, zoe.id).state == State.REFUSED


def test_who_has_left_stays_gone_when_their_address_is_suppressed(app: Flask) -> None:
    zoe = people.subscriber(state=State.LEFT)
    people.suppress("zoe@example.org")
    assert db.session.get_one(Subscriber, zoe.id).state == State.LEFT


@pytest.mark.parametrize("state", [State.WAITING, State.ACTIVE, State.PAUSED])
def test_no_query_makes_a_suppressed_address_one_that_is_written_to(app: Flask, state: State) -> None:
    zoe = people.subscriber(state=State.LEFT)
    people.suppress("zoe@example.org")
    with pytest.raises(DBAPIError, match="suppressed"):
        _change(update(Subscriber).where(Subscriber.id == zoe.id).values(state=state))
    key, now = "tom@example.org", clock.now()
    people.suppress(key)
    with pytest.raises(DBAPIError, match="suppressed"):
        _change(
            insert(Subscriber).values(
                email=key, email_key=key, address_hash=digest(key), language="en", state=state, state_at=now,
                source="import", created_at=now,
            )
        )  # fmt: skip


def test_another_address_cannot_be_changed_into_a_suppressed_one(app: Flask) -> None:
    zoe = people.subscriber()
    people.suppress("tom@example.org")
    with pytest.raises(DBAPIError, match="suppressed"):
        _change(
            update(Subscriber).where(Subscriber.id == zoe.id).values(address_hash=digest("tom@example.org"))
        )


def test_an_address_is_free_again_once_its_suppression_is_lifted(app: Flask) -> None:
    zoe = people.subscriber()
    row = people.suppress("zoe@example.org")
    _change(delete(Suppression).where(Suppression.id == row.id))
    _change(update(Subscriber).where(Subscriber.id == zoe.id).values(state=State.ACTIVE))
    assert queries.may_write_to(zoe.id)


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Non."}, {"version": "2"}, {"language": "en"}, {"page": "/en/"}, {"choices": {"kinds": ["friday"]}},
        {"source": "import"}, {"asked_at": "later"}, {"confirmed_at": None}, {"confirmed_at": "later"}, {"how": "import"},
    ],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_a_consent_is_never_changed(app: Flask, change: dict[str, Any]) -> None:
    people.subscriber()
    values = {
        name: clock.now() + timedelta(days=1) if value == "later" else value for name, value in change.items()
    }
    with pytest.raises(DBAPIError, match="a consent is never changed"):
        _change(update(Consent).values(values))


def test_a_consent_is_confirmed_once_and_withdrawn_once(app: Flask) -> None:
    zoe, now = people.subscriber(), clock.now()
    _change(delete(Consent))
    _add(people.consent_of(zoe, confirmed_at=None, how=""))
    _change(update(Consent).values(confirmed_at=now, how="link"))
    _change(update(Consent).values(withdrawn_at=now, withdrawn_how="link"))
    with pytest.raises(DBAPIError, match="a consent is never changed"):
        _change(update(Consent).values(withdrawn_at=None))
    with pytest.raises(DBAPIError, match="a consent is never changed"):
        _change(update(Consent).values(withdrawn_how="desk"))


@act
def _add(row: Any) -> None:
    db.session.add(row)


def test_only_the_active_without_suppression_may_be_written_to(app: Flask) -> None:
    assert queries.may_write_to(people.subscriber().id)
    for state in set(State) - {State.ACTIVE}:
        assert not queries.may_write_to(people.subscriber(f"{state}@example.org", state=state).id)
    assert not queries.may_write_to(0)


def test_a_pause_ends_by_itself(app: Flask, frozen: Frozen, run_jobs: Any) -> None:
    until = frozen.at + timedelta(days=30)
    zoe = people.subscriber(state=State.PAUSED, paused_until=until)
    tom = people.subscriber("tom@example.org", state=State.PAUSED, paused_until=until + timedelta(seconds=1))
    run_jobs()
    assert db.session.get_one(Subscriber, zoe.id).state == State.PAUSED
    frozen.at = until
    run_jobs()
    db.session.rollback()
    woken = db.session.get_one(Subscriber, zoe.id)
    assert (woken.state, woken.state_at, woken.paused_until) == (State.ACTIVE, until, None)
    assert db.session.get_one(Subscriber, tom.id).state == State.PAUSED
    assert service.wake() == 0


def test_kinds_are_read_and_written_as_one_list(app: Flask) -> None:
    zoe = people.subscriber(kinds=("friday", "every"))
    assert zoe.kinds == (Kind.EVERY, Kind.FRIDAY)
    assert (zoe.wants_daily, zoe.wants_advisories) == (False, False)


def test_who_waits_is_found_without_looking_at_everybody(app: Flask) -> None:
    zoe = people.subscriber(state=State.WAITING)
    people.subscriber("tom@example.org")
    later = queries.waiting_since_before(clock.now() + timedelta(days=1))
    assert db.session.scalars(later).all() == [zoe.id]
    assert db.session.scalars(queries.waiting_since_before(clock.now())).all() == []
    asked = str(later.compile(db.engine, compile_kwargs={"literal_binds": True})).replace(
        "'waiting'", ":state"
    )
    if db.engine.dialect.name == "sqlite":
        plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {asked}"), {"state": "waiting"}).all()
        assert "USING INDEX ix_subscriber_others (state=?)" in plan[0][3]


@pytest.mark.parametrize("kind", list(Kind))
def test_who_wants_a_kind_is_found_by_its_index(app: Flask, kind: Kind) -> None:
    zoe = people.subscriber(kinds=(kind,))
    people.subscriber("left@example.org", kinds=(kind,), state=State.LEFT)
    people.subscriber("other@example.org", kinds=set(Kind) - {kind})
    wanting = select(Subscriber.id, Subscriber.language).where(
        queries.wanting(kind), Subscriber.id > 0, Subscriber.id <= 1000
    )
    assert db.session.execute(wanting).all() == [(zoe.id, "fr")]
    asked = str(wanting.compile(db.engine, compile_kwargs={"literal_binds": True}))
    if db.engine.dialect.name == "sqlite":  # PostgreSQL decides by how many rows there are
        plan = db.session.execute(text(f"EXPLAIN QUERY PLAN {asked}")).all()
        assert f"USING INDEX ix_subscriber_wants_{kind} (id>? AND id<?)" in plan[0][3]

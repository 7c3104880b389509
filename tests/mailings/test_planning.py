"""A delivery for each person who is to have an issue: once, in their language, with the items of their topics."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.acts import act
from app.database import db
from app.jobs.ledger import Job
from app.mailings import queries, service
from app.mailings.rules import NotNow, NoWords
from app.mailings.service import planning
from app.newsletter.models import (
    Delivery,
    DeliveryState,
    Issue,
    IssueItem,
    IssueKind,
    IssueState,
    SubscriberTopic,
)  # fmt: skip
from tests import make
from tests.mailings import mailing
from tests.newsletter import people


def plan(issue: Issue) -> dict[str, Delivery]:
    """Plan ``issue`` to its end, and return the deliveries by their readers' names."""
    while service.plan_window(issue.id):
        pass
    rows = db.session.execute(
        select(Delivery, people.Subscriber.email)
        .join(people.Subscriber, people.Subscriber.id == Delivery.subscriber_id)
        .where(Delivery.issue_id == issue.id)
    )
    return {email.split("@")[0]: delivery for delivery, email in rows}


@act
def put(issue: Issue, *items: int) -> None:
    db.session.add_all(
        IssueItem(issue_id=issue.id, item_id=item, position=n, words={}) for n, item in enumerate(items)
    )


@act
def choose(subscriber: people.Subscriber, *topics) -> None:
    subscriber.has_all_topics = False
    db.session.add_all(SubscriberTopic(topic_id=topic.id, subscriber_id=subscriber.id) for topic in topics)


def started(kind: IssueKind = IssueKind.HANDMADE, **known) -> Issue:
    return service.start(mailing.issue(kind, **known))


def test_everybody_who_is_active_gets_one_and_nobody_else(app, monkeypatch):
    monkeypatch.setattr(planning, "WINDOW", 2)
    for name, known in {
        "a": {}, "b": {"kinds": ("friday",)}, "paused": {"state": "paused"}, "left": {"state": "left"},
        "waiting": {"state": "waiting"}, "c": {"language": "uk"},
    }.items():  # fmt: skip
        people.subscriber(f"{name}@example.org", **known)
    people.suppress("stranger@example.org")
    issue = started()
    got = plan(issue)
    assert {name: row.language for name, row in got.items()} == {"a": "fr", "b": "fr", "c": "uk"}
    assert (issue.recipients, issue.state) == (3, IssueState.SENDING)
    assert len({row.message_id for row in got.values()}) == 3
    assert all(len(row.message_id) == 32 and row.state == DeliveryState.QUEUED for row in got.values())


def test_a_plan_whose_tries_are_used_up_is_gone_on_with(app, run_jobs, frozen):
    people.subscriber("a@example.org")
    issue = started()
    give_up()
    assert queries.forgotten_plans() == [issue.id]
    run_jobs()
    frozen.at += timedelta(minutes=1)
    run_jobs()
    db.session.refresh(issue)
    assert (queries.forgotten_plans(), issue.state, issue.recipients) == ([], IssueState.SENT, 1)


@act
def give_up() -> None:
    db.session.execute(update(Job).where(Job.name == queries.PLAN).values(state="failed"))


def test_planned_again_it_adds_who_was_left_out_and_touches_nobody_else(app):
    people.subscriber("a@example.org")
    issue = started()
    before = plan(issue)["a"].message_id
    people.subscriber("b@example.org")
    service.again(issue)
    got = plan(issue)
    assert (got["a"].message_id, set(got), issue.recipients) == (before, {"a", "b"}, 2)


@pytest.mark.parametrize(
    ("rule", "there", "language"),
    [("english", ("en", "uk"), "en"), ("skip", ("en", "uk"), None), ("wait", ("en", "uk"), None), ("english", ("uk",), None),
     ("skip", ("fr",), "fr")],
)  # fmt: skip
def test_who_misses_a_language_gets_what_they_chose(app, rule, there, language):
    people.subscriber("a@example.org", language="fr", if_missing=rule)
    got = plan(started(languages=there))
    assert (got["a"].language if got else None) == language


def test_who_waits_gets_it_when_the_text_is_there(app):
    people.subscriber("a@example.org", language="fr", if_missing="wait")
    issue = started(languages=("en",))
    assert plan(issue) == {}
    mailing.edition(issue, "fr")
    service.again(issue)
    assert plan(issue)["a"].language == "fr"


def test_an_audience_is_narrowed_by_kind_language_and_topic(app):
    energy = make.topic("energy")
    people.subscriber("every@example.org")
    people.subscriber("friday@example.org", kinds=("friday",))
    people.subscriber("uk@example.org", language="uk")
    choose(people.subscriber("other@example.org"))
    choose(people.subscriber("energy@example.org"), energy)
    assert set(plan(started(audience={"kinds": ["friday"]}))) == {"friday"}
    assert set(plan(started(audience={"languages": ["uk"]}))) == {"uk"}
    assert set(plan(started(audience={"topics": [energy.id]}))) == {"every", "friday", "uk", "energy"}
    assert service.count(mailing.issue(audience={"topics": [energy.id]})) == {"fr": 3, "uk": 1}


def test_an_alert_goes_to_who_wants_each_release_of_its_topics(app):
    energy, health = make.topic("energy"), make.topic("health")
    edition = make.published(facts=make.shared(topics=("energy",)))
    people.subscriber("all@example.org")
    people.subscriber("friday@example.org", kinds=("friday",))
    people.subscriber("advisories@example.org", kinds=("advisories",))
    choose(people.subscriber("energy@example.org"), energy)
    choose(people.subscriber("both@example.org"), energy, health)
    choose(people.subscriber("health@example.org"), health)
    issue = mailing.issue(IssueKind.ALERT)
    put(issue, edition.item_id)
    assert service.count(issue) == {"fr": 3}
    service.start(issue)
    got = plan(issue)
    assert {name: row.items for name, row in got.items()} == {"all": 1, "energy": 1, "both": 1}


def test_an_advisory_goes_to_those_who_want_these_too_and_once(app):
    edition = make.published(facts=make.shared(kind="media_advisory"))
    people.subscriber("advisories@example.org", kinds=("advisories",))
    people.subscriber("both@example.org", kinds=("every", "advisories"))
    issue = mailing.issue(IssueKind.ALERT)
    put(issue, edition.item_id)
    service.start(issue)
    assert set(plan(issue)) == {"advisories", "both"}


@pytest.mark.parametrize("window", [2, 20_000], ids=["window by window", "at once"])
def test_a_summary_holds_for_each_what_matches_their_topics(app, monkeypatch, window):
    monkeypatch.setattr(planning, "WINDOW", window)
    energy, health = make.topic("energy"), make.topic("health")
    first = make.published(facts=make.shared(topics=("energy",)))
    second = make.published(facts=make.shared(topics=("health", "energy")))
    third = make.published()
    hidden = make.release()
    people.subscriber("all@example.org", kinds=("daily",))
    choose(people.subscriber("energy@example.org", kinds=("daily",)), energy)
    choose(people.subscriber("health@example.org", kinds=("daily",)), health)
    choose(people.subscriber("both@example.org", kinds=("daily",)), energy, health)
    choose(people.subscriber("none@example.org", kinds=("daily",)), make.topic("sport"))
    issue = mailing.issue(IssueKind.DAILY)
    put(issue, first.item_id, second.item_id, hidden.item_id, third.item_id)
    service.start(issue)
    got = plan(issue)
    assert {name: row.items for name, row in got.items()} == {
        "all": 0b1011, "energy": 0b11, "health": 0b10, "both": 0b11,
    }  # fmt: skip


def test_an_alert_of_a_text_that_was_taken_back_goes_to_nobody(app):
    from app.editorial import service as editorial

    edition = make.published()
    people.subscriber("all@example.org")
    issue = mailing.issue(IssueKind.ALERT)
    put(issue, edition.item_id)
    editorial.withdraw(edition, reason="Published in error.", by=make.officer("Amélie"))
    service.start(issue)
    assert plan(issue) == {}


def test_a_correction_goes_to_those_alone_who_got_what_it_corrects(app):
    for name in ("got", "refused", "left"):
        people.subscriber(f"{name}@example.org")
    first = started()
    for name, state in {"got": "accepted", "refused": "refused", "left": "accepted"}.items():
        mailing.settle(plan(first)[name], state)
    mailing.change("left@example.org", state="left")
    people.subscriber("new@example.org")
    assert set(plan(started(IssueKind.CORRECTION, corrects_id=first.id))) == {"got"}


def test_it_is_started_once_and_not_without_a_text(app):
    issue = started()
    with pytest.raises(NotNow):
        service.start(issue)
    with pytest.raises(NoWords):
        service.start(mailing.issue(languages=()))
    with pytest.raises(NotNow):
        service.again(mailing.issue())


def test_planning_that_was_held_goes_on_where_it_stood(app, monkeypatch):
    monkeypatch.setattr(planning, "WINDOW", 1)
    for name in ("a", "b", "c"):
        people.subscriber(f"{name}@example.org")
    issue = started()
    assert service.plan_window(issue.id)
    nora = make.officer("Nora")
    service.pause(issue, by=nora)
    assert not service.plan_window(issue.id)
    service.resume(issue, by=nora)
    assert set(plan(issue)) == {"a", "b", "c"}
    assert queries.numbers(issue.id).recipients == issue.recipients == 3
    assert not service.plan_window(10_000)

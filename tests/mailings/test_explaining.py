"""`flask newsletter why`: one sentence for each thing that can become of an issue for an address, without the address."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from app import clock
from app.acts import act
from app.database import db
from app.editorial import service as editorial
from app.mailings import service
from app.mailings.explaining import explain
from app.mailings.rules import MOST_TRIES
from app.newsletter import service as newsletter
from app.newsletter.models import Bounce, Delivery, Issue, IssueItem, IssueKind, IssueState, SuppressionReason
from tests import make
from tests.mailings import mailing
from tests.mailings.test_planning import choose, plan, put, started
from tests.newsletter import people

pytestmark = pytest.mark.usefixtures("app", "frozen")
ZOE = "zoe@example.org"
NOON, THEN = "2025-11-20 12:00 CET", "2025-11-20 12:10 CET"  # of the tests, and when something happened


def why(issue: Issue, email: str = ZOE) -> str:
    said = explain(email, issue.id)
    assert said.is_known
    assert email not in said.sentence
    assert "\n" not in said.sentence
    return said.sentence


@act
def become(issue: Issue, state: str, **known: Any) -> None:
    """Say what became of Zoé's mail."""
    zoe = people.Subscriber
    delivery = db.session.query(Delivery).join(zoe, zoe.id == Delivery.subscriber_id).one()
    values = {"ended_at": clock.now() + timedelta(minutes=10), "attempts": 1} | known
    for name, value in {"state": state, **values}.items():
        setattr(delivery, name, value)


def at(minutes: int) -> Any:
    return clock.now() + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("state", "known", "said"),
    [
        ("queued", {}, f"Queued: it may be sent from {NOON} on."),
        ("leased", {"lease_until": 10}, f"Being carried to the mail server; what becomes of it is known by {THEN}."),
        ("sending", {"lease_until": 10}, f"Being carried to the mail server; what becomes of it is known by {THEN}."),
        ("accepted", {"answer_code": 250, "answer_status": "2.0.0"}, f"Accepted on {THEN}: the mail server answered 250 2.0.0."),
        ("deferred", {"answer_code": 450, "answer_status": "4.2.2", "attempts": 2, "next_try_at": 10},
         f"Put off after 2 tries: the mail server answered 450 4.2.2, the mailbox is full at present; the next try is at {THEN}."),
        ("deferred", {"next_try_at": 10}, f"Put off after 1 try: the mail server gave no answer; the next try is at {THEN}."),
        ("refused", {"answer_code": 550, "answer_status": "5.1.1"},
         f"Refused on {THEN}: the mail server answered 550 5.1.1, there is no such address."),
        ("suppressed", {}, f"Not sent on {THEN}: nobody was to write to the address, which was blocked then and is no more."),
        ("left", {}, f"Not sent on {THEN}: the subscriber had left or paused before its turn came."),
        ("stopped", {"answer_code": 450, "attempts": MOST_TRIES},
         f"Given up on {THEN} after {MOST_TRIES} tries: the last answer was 450."),
        ("stopped", {"attempts": 1}, f"Not sent: what it would have told was withdrawn on {THEN}, before its turn came."),
    ],
)  # fmt: skip
def test_a_mail_is_told_of_where_it_stands(state: str, known: dict[str, Any], said: str) -> None:
    people.subscriber(ZOE)
    issue = started()
    plan(issue)
    moments = {name: at(known[name]) for name in ("lease_until", "next_try_at") if name in known}
    become(issue, state, **known | moments)
    assert why(issue) == said


def test_what_came_back_who_left_and_what_was_blocked_is_said_with_its_day() -> None:
    zoe = people.subscriber(ZOE)
    issue = started()
    plan(issue)
    become(issue, "left")
    mailing.change(ZOE, state="left", left_how="one click")
    assert f"(left since {NOON}, by the button of the mail program)" in why(issue)
    mailing.change(ZOE, state="paused", paused_until=at(10))
    assert f"(paused since {NOON}, until {THEN})" in why(issue)
    come_back(zoe.id, issue)
    become(issue, "accepted", answer_code=250)
    assert why(issue).endswith(f"answered 250; it came back on {NOON}: refused for good (5.1.1).")
    people.suppress(ZOE)
    become(issue, "suppressed")
    assert why(issue).endswith(f"the address, which is blocked since {NOON}: the address refuses mails.")


@act
def come_back(subscriber_id: int, issue: Issue) -> None:
    db.session.add(
        Bounce(subscriber_id=subscriber_id, issue_id=issue.id, kind="hard", status="5.1.1", source="dsn", digest="d",
               at=clock.now())
    )  # fmt: skip


def test_a_sending_that_stands_still_or_was_stopped_is_named() -> None:
    people.subscriber(ZOE)
    issue, nora = started(), make.officer("Nora")
    assert why(issue) == "Not planned yet: planning has not come to this subscriber."
    plan(issue)
    service.pause(issue, by=nora)
    assert why(issue) == "Queued: it goes out when the sending, which is paused, is let go on."
    service.stop(issue, by=nora)
    assert why(issue) == f"Not sent: the sending was stopped for good on {NOON}, before its turn came."
    people.subscriber("late@example.org")
    assert why(issue, "late@example.org").startswith("Not planned: the sending was stopped before planning")


@act
def stand(issue: Issue, state: str, **known: Any) -> Issue:
    issue.state = state
    for name, value in known.items():
        setattr(issue, name, value)
    return issue


def test_an_issue_that_is_not_planned_yet_says_so() -> None:
    people.subscriber(ZOE)
    issue = mailing.issue()
    assert why(issue) == "This issue is not planned yet: it is a draft."
    stand(issue, IssueState.SCHEDULED, send_at=at(10))
    assert why(issue) == f"This issue is not planned yet: it goes out on {THEN}."
    stand(issue, IssueState.SKIPPED)
    assert why(issue) == "Nobody got this issue: there was nothing to tell."


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"state": "waiting", "confirmed_at": None}, f"the address was never confirmed (asked since {NOON})"),
        ({"state": "paused"}, f"nothing is sent to this subscriber (paused since {NOON}, until an unknown day)"),
        ({"state": "left", "left_how": "link"},
         f"nothing is sent to this subscriber (left since {NOON}, by the link in an e-mail)"),
        ({"state": "refused"}, f"nothing is sent to this subscriber (refused since {NOON})"),
        ({"kinds": ("friday",)}, "it is for who asked for daily, and this subscriber asked for friday"),
    ],
)  # fmt: skip
def test_who_has_no_mail_is_told_why(known: dict[str, Any], said: str) -> None:
    people.subscriber(ZOE, **{"kinds": ("daily",)} | known)
    issue = mailing.issue(IssueKind.DAILY)
    put(issue, make.published().item_id)
    plan(service.start(issue))
    assert why(issue) == f"Not planned: {said}."


def test_who_came_after_planning_is_told_so(frozen: Any) -> None:
    issue = started()
    plan(issue)
    frozen.at += timedelta(minutes=10)
    people.subscriber(ZOE)
    confirmed = f"the address was confirmed on {THEN}, after the planning of {NOON}"
    assert why(issue) == f"Not planned: {confirmed}."
    mailing.change(ZOE, confirmed_at=frozen.at - timedelta(days=1))
    assert (
        why(issue) == f"Not planned: nothing was sent at the planning of {NOON}: active again since {THEN}."
    )
    mailing.change(ZOE, state="left")
    assert "nothing of today speaks against it, and since then left since" in why(issue)


def test_an_address_that_was_blocked_before_says_since_when_and_not_what_an_officer_wrote() -> None:
    people.subscriber(ZOE)
    newsletter.suppress(
        ZOE,
        reason=SuppressionReason.ADMINISTRATOR,
        source="desk",
        detail=f"{ZOE} wrote.",
        by=make.officer("Nora"),
    )
    issue = started()
    plan(issue)
    assert why(issue).endswith(f"the address, which is blocked since {NOON}: blocked by the press office.")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("wait", "the subscriber waits until it is there"),
        ("skip", "the subscriber wants nothing in its place"),
    ],
)
def test_the_rule_of_languages_is_named(rule: str, said: str) -> None:
    people.subscriber(ZOE, if_missing=rule)
    no_edition = started(languages=("en",))
    plan(no_edition)
    assert why(no_edition) == f"Not planned: it has no edition in fr, and {said}."
    no_texts = mailing.issue(languages=("en", "fr"))
    put(no_texts, make.published().item_id)
    plan(service.start(shown_in_english(no_texts)))
    assert why(no_texts) == f"Not planned: its texts are not there in fr, and {said}."


@act
def shown_in_english(issue: Issue) -> Issue:
    for item in db.session.query(IssueItem).filter_by(issue_id=issue.id):
        item.languages = {"en": "en", "fr": "en"}
    return issue


def test_without_english_there_is_nothing_in_its_place() -> None:
    people.subscriber(ZOE)
    issue = started(languages=("uk",))
    plan(issue)
    assert (
        why(issue)
        == "Not planned: it has no edition in fr, and there is none in English in its place either."
    )


def test_an_audience_that_was_narrowed_is_named() -> None:
    energy = make.topic("energy")
    choose(people.subscriber(ZOE), make.topic("health"))
    for audience, said in (
        (
            {"kinds": ["friday", "daily"]},
            "it is for who asked for daily or friday, and this subscriber asked for every",
        ),
        ({"topics": [energy.id]}, "it is about other topics than this subscriber chose"),
        ({"languages": ["en", "uk"]}, "it is for readers of en or uk, and this subscriber reads fr"),
    ):
        issue = started(audience=audience)
        plan(issue)
        assert why(issue) == f"Not planned: {said}."


def test_an_alert_of_other_topics_or_taken_back_is_named() -> None:
    make.topic("energy")
    choose(people.subscriber(ZOE), make.topic("health"))
    edition = make.published(facts=make.shared(topics=("energy",)))
    issue = mailing.issue(IssueKind.ALERT)
    put(issue, edition.item_id)
    plan(service.start(issue))
    assert why(issue) == "Not planned: it is about other topics than this subscriber chose."
    editorial.withdraw(edition, reason="Published in error.", by=make.officer("Amélie"))
    assert why(issue) == "Not planned: nothing of it can be read any more."


def test_a_correction_names_what_it_corrects() -> None:
    people.subscriber(ZOE)
    first = started()
    plan(first)
    second = started(IssueKind.CORRECTION, corrects_id=first.id)
    plan(second)
    assert why(second) == f"Not planned: it corrects issue {first.id}, which this subscriber did not get."
    become(first, "accepted", answer_code=250)
    third = started(IssueKind.CORRECTION, corrects_id=first.id, languages=("uk",))
    plan(third)
    assert why(third) == f"Not planned: it corrects issue {first.id} in another language than fr."


def test_the_command_says_it_and_how_it_ends(app: Flask) -> None:
    people.subscriber(ZOE)
    issue = mailing.issue()

    def run(*words: str) -> tuple[int, str]:
        db.session.rollback()
        answer = app.test_cli_runner().invoke(args=["newsletter", "why", *words])
        assert ZOE not in answer.output
        return answer.exit_code, answer.output.splitlines()[-1]

    assert run("Zoe@Example.org", str(issue.id)) == (0, "This issue is not planned yet: it is a draft.")
    assert run(ZOE, "999") == (1, "There is no issue 999.")
    assert run("nobody@example.org", str(issue.id)) == (1, "Nobody has subscribed with this address.")
    people.suppress("blocked@example.org")
    assert run("blocked@example.org", str(issue.id))[1].startswith(
        "Nobody has subscribed with this address, which is blocked since"
    )
    assert run("nothing", str(issue.id)) == (2, "Error: Invalid value for ADDRESS: that is no e-mail address")
    assert run(ZOE, "x")[0] == 2

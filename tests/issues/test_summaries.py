"""Summaries of a day and of a week: once for each occasion, nothing twice, nothing left out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from app.database import db
from app.editorial import service as editorial
from app.editorial.models import State
from app.issues import rules, service
from app.mailings import service as mailings
from app.newsletter.models import Delivery, Issue, IssueKind, IssueState
from app.releases.models import Release
from tests import make
from tests.issues.people import reader, to

pytestmark = pytest.mark.usefixtures("app", "outbox_emptied")
BRUSSELS = ZoneInfo("Europe/Brussels")
FIVE = datetime(2025, 11, 20, 16, 0, tzinfo=UTC)  # 17:00 in Brussels, on a Thursday


def summaries(kind: IssueKind = IssueKind.DAILY) -> list[Issue]:
    """Return the summaries of a kind, in order."""
    return list(db.session.scalars(select(Issue).where(Issue.kind == kind).order_by(Issue.id)))


@pytest.mark.parametrize(
    ("kind", "at", "due"),
    [
        (IssueKind.DAILY, FIVE, FIVE),
        (IssueKind.DAILY, FIVE - timedelta(seconds=1), None),  # yesterday's is too long ago
        (IssueKind.DAILY, FIVE + timedelta(hours=11), FIVE),
        (IssueKind.DAILY, FIVE + timedelta(hours=13), None),
        (IssueKind.WEEKLY, FIVE, None),
        (IssueKind.WEEKLY, FIVE + timedelta(days=1), FIVE + timedelta(days=1)),
        (IssueKind.WEEKLY, FIVE + timedelta(days=1, hours=12), FIVE + timedelta(days=1)),
        (IssueKind.WEEKLY, FIVE + timedelta(days=2), None),
        # On 26 October 2025 clocks go back: the hour of the office is kept.
        (
            IssueKind.DAILY,
            datetime(2025, 10, 25, 15, 0, tzinfo=UTC),
            datetime(2025, 10, 25, 15, 0, tzinfo=UTC),
        ),
        (IssueKind.DAILY, datetime(2025, 10, 26, 15, 30, tzinfo=UTC), None),
        (
            IssueKind.DAILY,
            datetime(2025, 10, 26, 16, 0, tzinfo=UTC),
            datetime(2025, 10, 26, 16, 0, tzinfo=UTC),
        ),
    ],
)
def test_a_summary_is_due_at_the_hour_of_the_office(
    kind: IssueKind, at: datetime, due: datetime | None
) -> None:
    assert rules.occasion(kind, at, hour=17, zone=BRUSSELS) == due


def test_a_summary_tells_what_became_public_since_the_last() -> None:
    assert rules.window(IssueKind.DAILY, FIVE, None) == FIVE - timedelta(days=1)
    assert rules.window(IssueKind.WEEKLY, FIVE, None) == FIVE - timedelta(days=7)
    assert rules.window(IssueKind.DAILY, FIVE, FIVE - timedelta(days=3)) == FIVE - timedelta(days=3)
    assert rules.window(IssueKind.DAILY, FIVE, FIVE - timedelta(days=300)) == FIVE - rules.LONGEST_WINDOW


def test_the_day_is_told_once_at_its_hour(frozen: Any, run_jobs: Any, outbox: Any) -> None:
    reader("zoe", "en", "daily")
    reader("friday", "en", "friday")
    make.release(State.PUBLISHED)
    make.release(State.PUBLISHED, title="A second one")
    run_jobs()
    assert outbox() == []

    frozen.at = FIVE
    run_jobs()
    run_jobs()
    (mail,) = outbox()
    assert (mail.to, mail.subject) == ("zoe@readers.test", "News of Thursday 20\u00a0November 2025")
    assert "* A second one" in mail.text
    assert f"* {make.TITLES['en']}" in mail.text
    assert "/en/newsletter/archive/2025/11/daily-20" in mail.text
    (issue,) = summaries()
    assert (issue.key, issue.state) == ("daily:2025-11-20", IssueState.SENT)
    assert service.summarise(IssueKind.DAILY, FIVE) is None  # another worker

    frozen.at = FIVE + timedelta(days=1)
    run_jobs()
    got = to(outbox())
    assert {name: len(each) for name, each in got.items()} == {"zoe": 1, "friday": 1}
    assert got["friday"][0].subject == "The week up to 21\u00a0November 2025"
    assert [each.state for each in summaries()] == [IssueState.SENT, IssueState.SKIPPED]


def test_nothing_falls_between_two_though_the_workers_slept(frozen: Any, run_jobs: Any, outbox: Any) -> None:
    reader("zoe", "en", "daily")
    make.release(State.PUBLISHED)
    frozen.at = FIVE
    run_jobs()
    frozen.at = FIVE + timedelta(hours=1)
    make.release(State.PUBLISHED, title="In the night")
    frozen.at = FIVE + timedelta(days=3)  # nobody worked for two days
    run_jobs()
    assert len(outbox()) == 2
    assert "In the night" in outbox()[1].text
    assert make.TITLES["en"] not in outbox()[1].text


def test_nobody_who_wants_it_means_no_summary(frozen: Any, run_jobs: Any) -> None:
    reader("zoe", "en", "friday")
    make.release(State.PUBLISHED)
    frozen.at = FIVE
    run_jobs()
    assert summaries() == []


def test_each_gets_the_texts_of_their_topics_once(frozen: Any, run_jobs: Any, outbox: Any) -> None:
    energy, transport = make.topic("energy"), make.topic("transport")
    reader("energy", "en", "daily", topics=(energy.id,))
    reader("both", "en", "daily", topics=(energy.id, transport.id))
    reader("neither", "en", "daily", topics=(make.topic("ukraine").id,))
    make.release(State.PUBLISHED, facts=make.shared(topics=["energy", "transport"]), title="Of both")
    make.release(State.PUBLISHED, facts=make.shared(topics=["transport"]), title="Of transport")
    frozen.at = FIVE
    run_jobs()
    got = to(outbox())
    assert got.keys() == {"energy", "both"}
    assert "Of transport" not in got["energy"][0].text + got["energy"][0].html
    assert "Of transport" in got["both"][0].text
    assert got["both"][0].text.count("* Of both") == 1
    assert "<!--item" not in got["energy"][0].html
    assert "\x1e" not in got["energy"][0].text


def test_a_missing_language_follows_the_wish_of_each(frozen: Any, run_jobs: Any, outbox: Any) -> None:
    for wish in ("english", "wait", "skip"):
        reader(wish, "fr", "daily", if_missing=wish)
    only = make.release(State.PUBLISHED, title="In English alone")
    both = make.release(State.PUBLISHED, title="In both")
    make.release(
        State.PUBLISHED, language="fr", item=db.session.get_one(Release, both.item_id), title="Dans les deux"
    )
    frozen.at = FIVE
    run_jobs()
    got = to(outbox())
    assert got.keys() == {"english", "wait", "skip"}
    marked = '<h2 lang="en"'
    assert marked in got["english"][0].html
    assert "In English alone" in got["english"][0].text
    for wish in ("wait", "skip"):
        assert "In English alone" not in got[wish][0].text + got[wish][0].html
        assert "Dans les deux" in got[wish][0].text

    frozen.at = FIVE + timedelta(hours=2)
    make.release(
        State.PUBLISHED,
        language="fr",
        item=db.session.get_one(Release, only.item_id),
        title="En français aussi",
    )
    frozen.at = FIVE + timedelta(days=1)
    run_jobs()
    assert "En français aussi" in to(outbox())["wait"][1].text


def test_where_nothing_is_new_in_a_language_english_comes_to_those_who_want_it(
    frozen: Any, run_jobs: Any, outbox: Any
) -> None:
    for wish in ("english", "wait", "skip"):
        reader(wish, "uk", "daily", if_missing=wish)
    make.release(State.PUBLISHED)
    frozen.at = FIVE
    run_jobs()
    (mail,) = outbox()
    assert (mail.to, mail.language) == ("english@readers.test", "en")


def test_a_correction_is_not_told_as_news(frozen: Any, run_jobs: Any, outbox: Any) -> None:
    reader("zoe", "en", "daily")
    edition = make.release(State.PUBLISHED)
    frozen.at = FIVE
    run_jobs()
    make.again(edition, kind="correction", note="It was wrong.", lead="Another lead.")
    frozen.at = FIVE + timedelta(days=1)
    run_jobs()
    assert len(outbox()) == 1


def test_a_withdrawal_takes_its_text_out_of_a_summary_under_way(
    frozen: Any, run_jobs: Any, outbox: Any
) -> None:
    energy, _transport = make.topic("energy"), make.topic("transport")
    reader("all", "en", "daily")
    reader("energy", "en", "daily", topics=(energy.id,))
    wrong = make.release(State.PUBLISHED, facts=make.shared(topics=["energy"]), title="Wrong")
    make.release(State.PUBLISHED, facts=make.shared(topics=["transport"]), title="Right")
    frozen.at = FIVE
    issue = service.summarise(IssueKind.DAILY, FIVE)
    while mailings.plan_window(issue.id):
        pass
    editorial.withdraw(wrong, reason="Wrong.", by=make.officer("Amélie"))
    run_jobs()
    (mail,) = outbox()
    assert mail.to == "all@readers.test"
    assert "Wrong" not in mail.text
    stopped = db.session.scalars(select(Delivery.state).where(Delivery.state == "stopped")).all()
    assert len(stopped) == 1


def test_a_summary_left_with_nothing_reaches_nobody(frozen: Any, run_jobs: Any, outbox: Any) -> None:
    reader("all", "en", "daily")
    wrong = make.release(State.PUBLISHED)
    frozen.at = FIVE
    issue = service.summarise(IssueKind.DAILY, FIVE)
    while mailings.plan_window(issue.id):
        pass
    editorial.withdraw(wrong, reason="Wrong.", by=make.officer("Amélie"))
    run_jobs()
    assert outbox() == []


def test_a_summary_of_very_many_texts_has_the_newest_62(
    frozen: Any, monkeypatch: Any, run_jobs: Any, outbox: Any
) -> None:
    monkeypatch.setattr("app.issues.service.summaries.MOST_ITEMS", 2)
    reader("zoe", "en", "daily")
    for number in range(3):
        frozen.at += timedelta(minutes=1)
        make.release(State.PUBLISHED, title=f"Text {number}")
    frozen.at = FIVE
    run_jobs()
    (mail,) = outbox()
    assert [f"* Text {number}" in mail.text for number in range(3)] == [False, True, True]

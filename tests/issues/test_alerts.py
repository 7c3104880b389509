"""Alerts, corrections, and what a withdrawal takes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.acts import act
from app.database import db
from app.editorial import service as editorial
from app.editorial.models import Edition, State
from app.issues import service
from app.mailings import service as mailings
from app.mailings.carrier import Carrier
from app.newsletter.models import Delivery, DeliveryState, Issue, IssueEdition, IssueKind, IssueState
from app.releases.models import Kind, Release
from tests import make
from tests.issues.people import reader, to

pytestmark = pytest.mark.usefixtures("app", "outbox_emptied")


def issues(kind: IssueKind | None = None) -> list[Issue]:
    """Return all issues, or those of a kind, in order."""
    wanted = select(Issue).order_by(Issue.id)
    return list(db.session.scalars(wanted.where(Issue.kind == kind) if kind else wanted))


def states(issue: Issue) -> dict[str, int]:
    """Count the deliveries of an issue by state."""
    found: dict[str, int] = {}
    for each in db.session.scalars(select(Delivery).where(Delivery.issue_id == issue.id)):
        found[each.state] = found.get(each.state, 0) + 1
    return found


@act
def be(issue: Issue, state: IssueState) -> None:
    """Put an issue where a sending would have brought it."""
    db.session.get_one(Issue, issue.id).state = state


def test_a_publication_is_told_once_to_those_who_want_every_release(run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    reader("weekly", "en", "friday")
    reader("left", state="left")
    edition = make.release(State.PUBLISHED)
    run_jobs()
    run_jobs()

    (mail,) = outbox()
    assert (mail.to, mail.subject) == ("zoe@readers.test", make.TITLES["en"])
    assert "A lead." in mail.text
    assert "/en/newsletter/unsubscribe/" in mail.text
    (issue,) = issues()
    assert (issue.kind, issue.state, issue.recipients) == (IssueKind.ALERT, IssueState.SENT, 1)
    assert issue.key == f"alert:item:{edition.item_id}"

    service.alert(edition.id)  # the job came twice
    run_jobs()
    assert len(outbox()) == 1
    assert len(issues()) == 1


def test_a_second_language_reaches_only_who_waited_for_it(run_jobs: Any, outbox: Any) -> None:
    reader("english")
    reader("waiting", "fr", if_missing="wait")
    reader("borrowing", "fr", if_missing="english")
    reader("skipping", "uk", if_missing="skip")
    first = make.release(State.PUBLISHED)
    run_jobs()
    assert to(outbox()).keys() == {"english", "borrowing"}

    make.release(State.PUBLISHED, language="fr", item=db.session.get_one(Release, first.item_id))
    run_jobs()
    got = to(outbox())
    assert {name: len(mails) for name, mails in got.items()} == {"english": 1, "borrowing": 1, "waiting": 1}
    assert got["waiting"][0].subject == make.TITLES["fr"]
    assert got["waiting"][0].language == "fr"
    assert len(issues()) == 1


def test_languages_that_go_public_together_are_one_issue(run_jobs: Any, outbox: Any) -> None:
    reader("english")
    reader("french", "fr")
    first = make.release(State.PUBLISHED)
    make.release(State.PUBLISHED, language="fr", item=db.session.get_one(Release, first.item_id))
    run_jobs()
    assert {name: each[0].language for name, each in to(outbox()).items()} == {
        "english": "en",
        "french": "fr",
    }
    assert len(issues()) == 1


def test_an_advisory_goes_to_those_who_want_advisories_too(run_jobs: Any, outbox: Any) -> None:
    reader("advised", "en", "advisories")
    make.release(State.PUBLISHED)
    make.release(
        State.PUBLISHED, facts=make.shared(kind=Kind.MEDIA_ADVISORY.value), title="Ministers meet the press"
    )
    run_jobs()
    (mail,) = outbox()
    assert mail.subject == "Media advisory: Ministers meet the press"


def test_only_those_who_chose_its_topic_are_told(run_jobs: Any, outbox: Any) -> None:
    topic, other = make.topic("energy"), make.topic("transport")
    reader("energy", topics=(topic.id,))
    reader("transport", topics=(other.id,))
    reader("both", topics=(topic.id, other.id))
    make.release(State.PUBLISHED, facts=make.shared(topics=["energy", "transport"]))
    make.release(State.PUBLISHED, facts=make.shared(topics=["energy"]), title="Another one")
    run_jobs()
    assert {name: len(each) for name, each in to(outbox()).items()} == {
        "energy": 2,
        "transport": 1,
        "both": 2,
    }


def test_events_and_texts_that_are_not_public_are_not_told(run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    make.event(State.PUBLISHED)
    draft = make.release(State.APPROVED)
    run_jobs()
    assert service.alert(draft.id) is None
    assert service.alert(999) is None
    assert issues() == []
    assert outbox() == []


def test_what_is_published_and_withdrawn_within_a_second_reaches_nobody(run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    make.release(State.WITHDRAWN)
    run_jobs()
    assert outbox() == []
    assert issues() == []


def test_an_embargo_is_told_at_its_end_and_not_before(frozen: Any, run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    ends = frozen.at + timedelta(hours=2)
    make.release(State.EMBARGO, at=ends)
    run_jobs()
    assert outbox() == []
    frozen.at = ends
    run_jobs()
    assert len(outbox()) == 1


def planned(edition: Edition) -> Issue:
    """Return the alert of a text, planned and not yet carried."""
    issue = service.alert(edition.id)
    assert issue is not None
    while mailings.plan_window(issue.id):
        pass
    return issue


def test_a_withdrawal_stops_what_is_under_way_and_a_return_goes_on(run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    edition = make.release(State.PUBLISHED)
    issue = planned(edition)
    editorial.withdraw(edition, reason="Too early.", by=make.officer("Amélie"))
    service.take_back(edition.id)
    assert (issue.state, issue.pause_reason) == (IssueState.STOPPED, "withdrawn")
    assert states(issue) == {DeliveryState.STOPPED: 1}
    run_jobs()
    assert outbox() == []

    bring_back(edition)
    run_jobs()
    assert len(outbox()) == 1
    assert states(issue) == {DeliveryState.ACCEPTED: 1}
    assert len(issues()) == 1


def bring_back(edition: Edition) -> None:
    """Publish a withdrawn text again, by the acts that lead there."""
    writer, editor = make.officer("Oksana"), make.officer("Amélie")
    from app.editorial.service.snapshots import shared_of

    editorial.save(
        edition, make.text(edition.language, lead="Put right."), shared_of(edition.current),
        base=edition.current.number, by=writer,
    )  # fmt: skip
    editorial.submit(edition, by=writer, reason="It may stay.")
    editorial.approve(edition, by=editor)
    editorial.publish(edition, by=editor)


def test_a_withdrawn_language_leaves_the_other_on_its_way(run_jobs: Any, outbox: Any) -> None:
    reader("english")
    reader("french", "fr")
    first = make.release(State.PUBLISHED)
    second = make.release(State.PUBLISHED, language="fr", item=db.session.get_one(Release, first.item_id))
    issue = planned(first)
    editorial.withdraw(second, reason="Badly translated.", by=make.officer("Amélie"))
    run_jobs()
    assert to(outbox()).keys() == {"english"}
    assert states(issue) == {DeliveryState.ACCEPTED: 1, DeliveryState.STOPPED: 1}
    assert db.session.get(IssueEdition, (issue.id, "fr")) is None


def test_a_language_that_comes_back_goes_on_where_it_was_stopped(run_jobs: Any, outbox: Any) -> None:
    reader("english")
    reader("french", "fr")
    first = make.release(State.PUBLISHED)
    second = make.release(State.PUBLISHED, language="fr", item=db.session.get_one(Release, first.item_id))
    issue = planned(first)
    editorial.withdraw(second, reason="Badly translated.", by=make.officer("Amélie"))
    run_jobs()
    bring_back(second)
    run_jobs()
    assert {name: len(each) for name, each in to(outbox()).items()} == {"english": 1, "french": 1}
    assert states(issue) == {DeliveryState.ACCEPTED: 2}


def test_a_late_language_does_not_bring_old_news_to_new_readers(
    frozen: Any, run_jobs: Any, outbox: Any
) -> None:
    reader("waiting", "fr", if_missing="wait")
    first = make.release(State.PUBLISHED)
    run_jobs()
    frozen.at += timedelta(days=3)
    reader("new-english")
    reader("new-borrowing", "uk", if_missing="english")
    reader("new-french", "fr")
    make.release(State.PUBLISHED, language="fr", item=db.session.get_one(Release, first.item_id))
    run_jobs()
    assert to(outbox()).keys() == {"waiting", "new-french"}


class Half:
    """A carrier that has begun one of the mails of an issue, and has another in its hands."""

    def __init__(self, issue: Issue) -> None:
        """Carry the first."""
        self.carrier = Carrier("half", seconds=60, beat=lambda done: None, is_stopping=lambda: False)
        self.first, self.second = mailings.take("half", 2)
        self.carrier._hand_over([self.first])

    def go_on(self) -> None:
        """Carry the other."""
        self.carrier._hand_over([self.second])
        self.carrier._let_go()


def test_a_withdrawn_text_leaves_no_carrier_any_more(outbox: Any) -> None:
    reader("zoe")
    reader("yves")
    edition = make.release(State.PUBLISHED)
    issue = planned(edition)
    half = Half(issue)
    editorial.withdraw(edition, reason="Too early.", by=make.officer("Amélie"))
    half.go_on()  # before the job that takes it back
    assert len(outbox()) == 1
    assert states(issue) == {DeliveryState.ACCEPTED: 1, DeliveryState.STOPPED: 1}


def test_what_was_changed_leaves_a_carrier_as_it_is_by_now(outbox: Any) -> None:
    reader("zoe")
    reader("yves")
    edition = make.release(State.PUBLISHED)
    issue = planned(edition)
    half = Half(issue)
    make.again(
        edition, kind="correction", note="It is 12 million.", lead="A right lead.", title="A right title"
    )
    service.correct(edition.id)
    half.go_on()
    told = {mail.to.partition("@")[0]: mail for mail in outbox()}
    assert {name: "A right lead." in mail.text for name, mail in told.items()} == {"zoe": False, "yves": True}
    assert told["yves"].subject == "A right title"
    assert states(issue) == {DeliveryState.ACCEPTED: 2}


def test_a_withdrawal_that_was_taken_back_since_stops_nothing() -> None:
    reader("zoe")
    edition = make.release(State.PUBLISHED)
    issue = planned(edition)
    assert service.take_back(edition.id) == []
    assert service.take_back(999) == []
    assert issue.state == IssueState.SENDING


def test_an_alert_that_an_officer_stopped_stays_stopped(run_jobs: Any, outbox: Any) -> None:
    reader("zoe", "fr", if_missing="wait")
    first = make.release(State.PUBLISHED)
    issue = planned(first)
    mailings.stop(issue, by=make.officer("Nora"))
    make.release(State.PUBLISHED, language="fr", item=db.session.get_one(Release, first.item_id))
    run_jobs()
    assert issue.state == IssueState.STOPPED
    assert outbox() == []


def test_another_language_of_a_held_alert_waits_for_the_officer(run_jobs: Any, outbox: Any) -> None:
    reader("zoe", "fr", if_missing="wait")
    first = make.release(State.PUBLISHED)
    issue = planned(first)
    nora = make.officer("Nora")
    mailings.pause(issue, by=nora)
    make.release(State.PUBLISHED, language="fr", item=db.session.get_one(Release, first.item_id))
    run_jobs()
    assert outbox() == []
    mailings.resume(issue, by=nora)
    run_jobs()
    assert len(outbox()) == 1


def test_what_lay_in_the_queue_for_days_is_no_news(frozen: Any, run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    make.release(State.PUBLISHED)
    frozen.at += timedelta(days=2, minutes=1)
    run_jobs()
    assert outbox() == []
    assert issues() == []


# --- corrections ---


def raw_of(mail: Any) -> str:
    """Return a kept mail as it is."""
    from app.mail.outbox import _folder

    return (_folder() / f"{mail.name}.eml").read_text("utf-8")


def message_id(mail: Any) -> str:
    """Return the Message-ID of a kept mail."""
    return next(line for line in raw_of(mail).splitlines() if line.lower().startswith("message-id:"))[
        12:
    ].strip()


def test_a_correction_follows_the_alert_to_those_who_got_it(run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    reader("french", "fr", if_missing="wait")
    edition = make.release(State.PUBLISHED)
    run_jobs()
    (alert,) = outbox()
    reader("late")
    make.again(edition, kind="correction", note="It is 12 million, not 12 billion.", lead="Corrected lead.")
    run_jobs()

    (follow_up,) = [mail for mail in outbox() if mail.name != alert.name]
    assert follow_up.to == "zoe@readers.test"
    assert follow_up.subject == f"Correction: {make.TITLES['en']}"
    assert "It is 12\u00a0million, not 12\u00a0billion." in follow_up.text
    assert "because we sent you the text that it corrects" in follow_up.text
    assert f"In-Reply-To: {message_id(alert)}" in raw_of(follow_up)
    assert f"References: {message_id(alert)}" in raw_of(follow_up)
    (correction,) = issues(IssueKind.CORRECTION)
    service.correct(edition.id)  # the job came twice
    run_jobs()
    assert len(outbox()) == 2
    assert correction.state == IssueState.SENT


def test_a_correction_goes_in_the_language_that_was_read(run_jobs: Any, outbox: Any) -> None:
    reader("english")
    reader("french", "fr")
    first = make.release(State.PUBLISHED)
    second = make.release(State.PUBLISHED, language="fr", item=db.session.get_one(Release, first.item_id))
    run_jobs()
    make.again(second, kind="correction", note="C’est faux.", lead="Un chapeau corrigé.")
    run_jobs()
    got = to(outbox())
    assert {name: len(each) for name, each in got.items()} == {"english": 1, "french": 2}
    assert f"Rectificatif\u00a0: {make.TITLES['fr']}" in {mail.subject for mail in got["french"]}


@pytest.mark.parametrize("kind", ["update", "minor"])
def test_what_is_no_correction_sends_nothing(run_jobs: Any, outbox: Any, kind: str) -> None:
    reader("zoe")
    edition = make.release(State.PUBLISHED)
    run_jobs()
    make.again(edition, kind=kind, note="Something is new.", lead="A new lead.")
    run_jobs()
    assert len(outbox()) == 1
    assert service.correct(999) is None


def test_a_correction_of_what_nobody_got_is_not_sent(run_jobs: Any, outbox: Any) -> None:
    edition = make.release(State.PUBLISHED)
    run_jobs()
    make.again(edition, kind="correction", note="It was wrong.", lead="A new lead.")
    run_jobs()
    assert issues(IssueKind.CORRECTION) == []
    assert outbox() == []


# --- hostile words ---


def test_a_title_that_would_be_a_header_stays_a_title(run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    make.release(State.PUBLISHED, title="A <b>title</b>\r\nBcc: all@example.org \u2028X-Evil: 1 & “more”")
    run_jobs()
    (mail,) = outbox()
    head = raw_of(mail).partition("\n\n")[0]
    assert not [line for line in head.splitlines() if line.startswith(("Bcc:", "X-Evil:"))]
    assert "\n" not in mail.subject
    assert "<b>title" not in (mail.html or "")
    assert "&lt;b&gt;title&lt;/b&gt;" in (mail.html or "")


def test_a_long_ukrainian_subject_arrives_whole(run_jobs: Any, outbox: Any) -> None:
    title = "Міністри ухвалили дорожню карту щодо відновлення енергетичної інфраструктури 🇺🇦 " * 2
    reader("olena", "uk")
    make.release(State.PUBLISHED, language="uk", title=title.strip())
    run_jobs()
    (mail,) = outbox()
    assert mail.subject == title.strip()
    assert all(len(line) < 999 for line in raw_of(mail).encode().splitlines())

"""Making and sending an issue at the desk, as officers do."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.acts import act
from app.database import db
from app.editorial import service as editorial
from app.editorial.models import State
from app.issues import rules, service
from app.issues.service import Draft, Words
from app.mailings import service as mailings
from app.newsletter.models import Issue, IssueEdition, IssueItem, IssueState
from tests import make
from tests.issues.people import reader, to
from tests.signing import sign_in, token_on

pytestmark = pytest.mark.usefixtures("app", "outbox_emptied")
LIST = "/desk/newsletter/issues/"


@pytest.fixture
def desk(app: Flask) -> Any:
    """Nora at the desk."""
    return sign_in(app.test_client(), make.officer("Nora"))


def send_form(
    client: Any, path: str, fields: dict[str, Any] | None = None, *, page: str = "", **more: Any
) -> Any:
    """Open ``page`` (the path itself) for its hidden fields, and send ``fields`` to ``path``."""
    shown = client.get(page or path)
    hidden = dict(re.findall(r'name="(base)"[^>]*value="([^"]*)"', shown.get_data(as_text=True)))
    return client.post(path, data={"csrf_token": token_on(shown)} | hidden | (fields or {}), **more)


def next_page(client: Any, answer: Any) -> str:
    """Return the page to which an answer leads."""
    assert answer.status_code == 303
    return str(client.get(answer.location).get_data(as_text=True))


def begun(desk: Any) -> Issue:
    """Return an issue that Nora began."""
    send_form(desk, f"{LIST}new", page=LIST)
    return db.session.scalars(select(Issue).order_by(Issue.id.desc())).first()


def address(issue: Issue) -> str:
    """Return the page on which an issue is made."""
    return f"{LIST}{issue.id}/"


WORDS = {"subject_en": "The week's news", "intro_en": "Dear readers,\n\nHere is what we did.", "do": "save"}


def test_from_the_first_word_to_the_last_mail(desk: Any, browse: Any, run_jobs: Any, outbox: Any) -> None:
    for name, language in (("english", "en"), ("french", "fr"), ("olena", "uk")):
        reader(name, language, "friday")
    first, second = make.release(State.PUBLISHED), make.release(State.PUBLISHED, title="A second one")
    make.release(State.DRAFT, title="Not yet")
    run_jobs()
    issue = begun(desk)
    page = browse(address(issue), by=desk)
    assert "0 recipients" in page.words()
    assert "A second one" in page.words()
    assert "Not yet" not in page.words()

    send_form(desk, address(issue), WORDS | {"do": f"add-{first.item_id}"})
    send_form(desk, address(issue), WORDS | {"do": f"add-{second.item_id}", "subject_fr": "La semaine"})
    send_form(
        desk,
        address(issue),
        WORDS
        | {
            "do": f"up-{second.item_id}",
            "subject_fr": "La semaine",
            f"beside-{second.item_id}-en": 'Our "pick"',
        },
    )
    page = browse(address(issue), by=desk)
    assert "3 recipients" in page.words()
    titles = [each.get_text() for each in page.all(".issue-texts__title strong")]
    assert titles == ["A second one", make.TITLES["en"]]
    assert page.one("[name=subject_en]")["value"] == "The week’s news"
    assert page.one(f"[name=beside-{second.item_id}-en]")["value"] == "Our “pick”"
    assert len(page.all("iframe[sandbox]")) == 4

    asked = browse(f"{address(issue)}send", by=desk)
    assert "3 recipients" in asked.words()
    assert "e•••@readers.test" in asked.words()
    answer = send_form(desk, f"{address(issue)}send", {"when": "now"})
    assert answer.status_code == 303
    run_jobs()
    got = to(outbox())
    assert got.keys() == {"english", "french", "olena"}
    assert [got[name][0].language for name in ("english", "french", "olena")] == ["en", "fr", "en"]
    assert got["french"][0].subject == "La semaine"
    assert "In English" not in got["english"][0].text
    assert got["english"][0].text.index("A second one") < got["english"][0].text.index(make.TITLES["en"])
    assert "Our “pick”" in got["english"][0].text
    page = browse(f"{address(issue)}sending", by=desk)
    assert "3 of 3 settled" in page.words()
    assert page.one(".figures__one--all dd").get_text() == "3"
    assert "Sent" in page.words(".figures__state")
    assert issue.path.startswith("2025/11/the-weeks-news-")


def handmade(**words: Words) -> Issue:
    """Return a draft with words in some languages."""
    issue = service.start(by=make.officer("Nora"))
    said = words or {"en": Words("News", "", "Dear readers.")}
    return service.save(issue, Draft({}, said), base=issue.version, by=make.officer("Nora"))


def test_the_second_of_two_who_press_send_is_told(desk: Any, run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    issue = handmade()
    shown = desk.get(f"{address(issue)}send")
    fields = {"csrf_token": token_on(shown), "base": str(issue.version), "when": "now"}
    first = desk.post(f"{address(issue)}send", data=fields)
    second = desk.post(f"{address(issue)}send", data=fields)
    assert first.status_code == 303
    assert "somebody else has sent it" in next_page(desk, second)
    run_jobs()
    assert len(outbox()) == 1
    with pytest.raises(rules.Taken):
        service.send(issue, base=issue.version, by=make.officer("Nora"))
    answer = desk.post(address(issue), data={"csrf_token": fields["csrf_token"], "do": "save"})
    assert "Nothing was sent a second time" in next_page(desk, answer)


def test_the_second_of_two_who_save_keeps_what_they_typed(desk: Any) -> None:
    issue = handmade()
    shown = desk.get(address(issue))
    stale = {"csrf_token": token_on(shown), "base": str(issue.version)}
    service.save(issue, Draft({}, {"en": Words("Theirs")}), base=issue.version, by=make.officer("Nora"))
    answer = desk.post(address(issue), data=stale | {"subject_en": "Mine", "do": "save"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Somebody else changed this issue" in html
    assert 'value="Mine"' in html
    assert db.session.get(IssueEdition, (issue.id, "en")).subject == "Theirs"


def test_a_text_under_embargo_blocks_by_its_name(
    frozen: Any, desk: Any, browse: Any, run_jobs: Any, outbox: Any
) -> None:
    reader("zoe")
    ends = frozen.at + timedelta(hours=2)
    secret = make.release(State.EMBARGO, at=ends, title="Secret until two")
    issue = handmade()
    service.add(issue, secret.item_id, by=make.officer("Nora"))
    page = browse(f"{address(issue)}send", by=desk)
    assert "“Secret until two” is not public before" in page.words()
    assert page.one("[name=when][checked]")["value"] == "at"  # an hour can be set, after it
    answer = send_form(desk, f"{address(issue)}send", {"when": "now", "base": str(issue.version)})
    assert answer.status_code == 422
    with pytest.raises(rules.NotReady):
        service.send(issue, base=issue.version, by=make.officer("Nora"))
    service.schedule(issue, at=ends + timedelta(minutes=1), base=issue.version, by=make.officer("Nora"))
    preview = desk.get(f"{address(issue)}preview/en/light").get_data(as_text=True)
    assert "Secret until two" in preview  # as it will go out
    frozen.at = ends + timedelta(minutes=1)
    run_jobs()
    run_jobs()
    assert any("Secret until two" in mail.text for mail in outbox() if mail.subject == "News")


def test_what_was_withdrawn_meanwhile_holds_an_issue_at_its_hour(
    frozen: Any, desk: Any, browse: Any, run_jobs: Any, outbox: Any
) -> None:
    reader("zoe")
    nora = make.officer("Nora")
    edition = make.release(State.PUBLISHED)
    run_jobs()
    issue = handmade()
    service.add(issue, edition.item_id, by=nora)
    service.schedule(issue, at=frozen.at + timedelta(hours=1), base=issue.version, by=nora)
    editorial.withdraw(edition, reason="Wrong.", by=make.officer("Amélie"))
    frozen.at += timedelta(hours=1)
    run_jobs()
    assert issue.state == IssueState.DRAFT
    (told,) = [mail for mail in outbox() if mail.to == nora.email]
    assert told.subject == "Not sent: News"
    assert "was withdrawn" in told.text
    assert [mail for mail in outbox() if mail.subject == "News"] == []
    page = browse(address(issue), by=desk)
    assert "It was not sent at its hour. It was to go out on 20 November 2025" in page.words().replace(
        "\u00a0", " "
    )
    assert not browse(f"{address(issue)}send", by=desk).all("[name=when]")  # waiting alone does not help
    service.remove(issue, edition.item_id, by=nora)
    assert browse(f"{address(issue)}send", by=desk).all("[name=when]")


def test_an_issue_that_was_held_for_a_text_that_came_late_can_be_sent_then(
    frozen: Any, desk: Any, browse: Any, run_jobs: Any
) -> None:
    reader("zoe")
    nora, ends = make.officer("Nora"), frozen.at + timedelta(hours=2)
    late = make.release(State.EMBARGO, at=ends, title="Late")
    issue = handmade()
    service.schedule(issue, at=frozen.at + timedelta(hours=1), base=issue.version, by=nora)
    put_in(issue, late.item_id)
    frozen.at += timedelta(hours=1)
    run_jobs()
    assert (issue.state, issue.send_at, issue.pause_reason) == (IssueState.DRAFT, frozen.at, "held")
    frozen.at = ends
    page = browse(f"{address(issue)}send", by=desk)
    assert "It was not sent at its hour" in page.words()
    assert page.one("[name=when][checked]")["value"] == "now"
    assert send_form(desk, f"{address(issue)}send", {"when": "now"}).status_code == 303
    assert (issue.state, issue.pause_reason) == (IssueState.PLANNING, "")


@act
def put_in(issue: Issue, item_id: int) -> None:
    """Put a text into an issue whose hour is set, which no page does."""
    db.session.add(IssueItem(issue_id=issue.id, item_id=item_id, position=0, words={}))


@pytest.mark.parametrize(("intro", "missing"), [("", set()), ("Bonjour.", {"wait", "skip"})])
def test_nobody_gets_an_empty_issue_and_the_count_says_so(
    desk: Any, browse: Any, run_jobs: Any, outbox: Any, intro: str, missing: set[str]
) -> None:
    reader("zoe")
    for rule in ("english", "wait", "skip"):
        reader(rule, "fr", if_missing=rule)
    text = make.release(State.PUBLISHED)
    issue = handmade(en=Words("News"), fr=Words("Nouvelles", "", intro))
    service.add(issue, text.item_id, by=make.officer("Nora"))
    assert f"{2 + len(missing)} recipients" in browse(f"{address(issue)}send", by=desk).words()
    service.send(issue, base=issue.version, by=make.officer("Nora"))
    run_jobs()
    assert to(outbox()).keys() - {"zoe", "english"} == missing
    assert len(to(outbox())) == 2 + len(missing)


def test_an_hour_is_set_and_taken_back(
    frozen: Any, desk: Any, browse: Any, run_jobs: Any, outbox: Any
) -> None:
    reader("zoe")
    issue = handmade()
    past = send_form(desk, f"{address(issue)}send", {"when": "at", "day": "20/11/2025", "clock": "11:00"})
    assert past.status_code == 422
    assert "Choose an hour that is still to come" in past.get_data(as_text=True)
    send_form(desk, f"{address(issue)}send", {"when": "at", "day": "20/11/2025", "clock": "15:00"})
    assert issue.state == IssueState.SCHEDULED
    assert "15:00" in browse(f"{address(issue)}sending", by=desk).words()
    with pytest.raises(rules.IsSet):
        service.save(issue, Draft(), base=issue.version, by=make.officer("Nora"))
    browse(address(issue), by=desk)
    send_form(desk, f"{address(issue)}unschedule", page=address(issue))
    assert issue.state == IssueState.DRAFT
    frozen.at += timedelta(hours=4)
    run_jobs()
    assert outbox() == []

    send_form(desk, f"{address(issue)}send", {"when": "at", "day": "20/11/2025", "clock": "17:00"})
    frozen.at += timedelta(hours=1)
    run_jobs()
    assert [mail.subject for mail in outbox()] == ["News"]


def test_above_a_thousand_the_number_is_typed(desk: Any, browse: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(rules, "MANY", 1)
    for name in ("one", "two"):
        reader(name)
    issue = handmade()
    assert "type 2" in browse(f"{address(issue)}send", by=desk).words()
    answer = send_form(desk, f"{address(issue)}send", {"when": "now", "number": "3"})
    assert answer.status_code == 422
    assert "Type the number of recipients as it stands above" in answer.get_data(as_text=True)
    assert send_form(desk, f"{address(issue)}send", {"when": "now", "number": " 2 "}).status_code == 303


def test_nobody_and_nothing_are_refused(desk: Any, browse: Any) -> None:
    issue = handmade(en=Words(intro="No subject."))
    nora = make.officer("Nora")
    with pytest.raises(rules.Nobody):
        service.send(issue, base=issue.version, by=nora)
    reader("zoe")
    with pytest.raises(rules.NotReady):
        service.send(issue, base=issue.version, by=nora)
    assert "the subject is missing" in browse(f"{address(issue)}send", by=desk).words()
    empty = service.start(by=nora)
    assert "no words in any language" in browse(address(empty), by=desk).words()


def test_a_test_goes_to_oneself_alone_and_says_so(desk: Any, browse: Any, run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    issue = handmade(en=Words("News", "", "Dear readers."), fr=Words("Nouvelles", "", "Chers lecteurs."))
    assert "No test of the last 24 hours was opened" in browse(address(issue), by=desk).words()
    fields = {
        "subject_en": "News",
        "intro_en": "Dear readers.",
        "subject_fr": "Nouvelles",
        "intro_fr": "Chers lecteurs.",
    }
    send_form(desk, address(issue), fields | {"do": "test"})
    run_jobs()
    mails = outbox()
    assert {mail.to for mail in mails} == {make.officer("Nora").email}
    assert sorted(mail.subject for mail in mails) == ["[Test] News", "[Test] Nouvelles"]
    assert all("unsubscribe-token" not in mail.text + mail.html for mail in mails)
    send_form(desk, f"{address(issue)}opened", page=address(issue))
    assert "A test arrived and looks right" in browse(address(issue), by=desk).words()


@pytest.mark.parametrize("look", ["light", "dark", "text"])
def test_previews_stand_alone_and_run_nothing(desk: Any, look: str) -> None:
    issue = handmade()
    answer = desk.get(f"{address(issue)}preview/en/{look}")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert policy.endswith("sandbox")
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "-token__" not in answer.get_data(as_text=True)
    assert "@media (prefers-color-scheme" not in answer.get_data(as_text=True)
    assert desk.get(f"{address(issue)}preview/fr/{look}").status_code == 404
    assert "frame-src 'self'" in desk.get(address(issue)).headers["Content-Security-Policy"]


def test_a_sending_is_paused_goes_on_and_is_stopped(
    desk: Any, browse: Any, run_jobs: Any, outbox: Any
) -> None:
    for name in ("one", "two"):
        reader(name)
    issue = handmade()
    service.send(issue, base=issue.version, by=make.officer("Nora"))
    while mailings.plan_window(issue.id):
        pass
    watched = f"{address(issue)}sending"
    assert "0 of 2 settled" in browse(watched, by=desk).words()
    send_form(desk, f"{address(issue)}pause", page=watched)
    run_jobs()
    assert (issue.state, outbox()) == (IssueState.PAUSED, [])
    send_form(desk, f"{address(issue)}resume", page=watched)
    again = send_form(desk, f"{address(issue)}resume", page=watched)
    assert "somebody else has decided" in next_page(desk, again)
    page = browse(f"{address(issue)}stop", by=desk)
    assert "2 recipients will not get it" in page.words()
    send_form(desk, f"{address(issue)}stop")
    run_jobs()
    assert (issue.state, outbox()) == (IssueState.STOPPED, [])
    assert "0 mails had arrived" in browse(watched, by=desk).words()
    fragment = desk.get(f"{address(issue)}progress").get_data(as_text=True)
    assert "<html" not in fragment
    assert 'data-over="1"' in fragment
    assert desk.get(f"{address(issue)}stop").status_code == 303


def test_a_sending_that_paused_itself_asks_for_a_decision(desk: Any, browse: Any) -> None:
    reader("one")
    issue = handmade()
    service.send(issue, base=issue.version, by=make.officer("Nora"))

    @act
    def hold() -> None:
        held = db.session.get_one(Issue, issue.id)
        held.state, held.pause_reason = IssueState.PAUSED, "refusals:12"

    hold()
    page = browse(f"{address(issue)}sending", by=desk)
    assert "12% of the mails were refused" in page.words()


def test_a_correction_by_hand_goes_to_those_who_got_the_issue(desk: Any, run_jobs: Any, outbox: Any) -> None:
    reader("zoe")
    issue = handmade()
    nora = make.officer("Nora")
    with pytest.raises(rules.NothingToCorrect):
        service.correct_by_hand(issue, by=nora)
    service.send(issue, base=issue.version, by=nora)
    run_jobs()
    reader("late")
    answer = send_form(desk, f"{address(issue)}correct", page=f"{address(issue)}sending")
    made = db.session.scalars(select(Issue).order_by(Issue.id.desc())).first()
    assert answer.location.endswith(f"/{made.id}/")
    send_form(
        desk,
        address(made),
        {"subject_en": "Correction: News", "intro_en": "The date was wrong.", "do": "send"},
    )
    assert send_form(desk, f"{address(made)}send", {"when": "now"}).status_code == 303
    run_jobs()
    got = to(outbox())
    assert {name: len(each) for name, each in got.items()} == {"zoe": 2}
    assert any("The date was wrong." in mail.text for mail in got["zoe"])


def test_drafts_are_deleted_and_nothing_else_is(desk: Any, browse: Any) -> None:
    reader("zoe")
    draft, sent = handmade(), handmade()
    service.add(draft, make.release(State.PUBLISHED).item_id, by=make.officer("Nora"))
    service.send(sent, base=sent.version, by=make.officer("Nora"))
    browse(f"{address(draft)}delete", by=desk)
    number = draft.id
    send_form(desk, f"{address(draft)}delete")
    assert db.session.get(Issue, number) is None
    assert desk.get(f"{address(sent)}delete").status_code == 303
    assert desk.get(f"{LIST}{number}/").status_code == 404


def test_an_issue_holds_62_texts_and_none_that_is_a_draft(monkeypatch: Any) -> None:
    monkeypatch.setattr("app.issues.service.composing.MOST_ITEMS", 1)
    nora, issue = make.officer("Nora"), handmade()
    draft = make.release(State.DRAFT)
    with pytest.raises(rules.NoSuchText):
        service.add(issue, draft.item_id, by=nora)
    first = make.release(State.PUBLISHED)
    service.add(issue, first.item_id, by=nora)
    service.add(issue, first.item_id, by=nora)  # it is there already
    with pytest.raises(rules.TooMany):
        service.add(issue, make.release(State.PUBLISHED, title="Two").item_id, by=nora)
    service.arrange(issue, first.item_id, step=-1, by=nora)
    service.remove(issue, first.item_id, by=nora)


def test_what_is_wrong_on_the_form_is_said_and_kept(desk: Any) -> None:
    issue = handmade()
    answer = send_form(desk, address(issue), {"subject_en": "Kept", "intro_en": "x" * 4001, "do": "save"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Write at most 4000 characters" in html
    assert 'value="Kept"' in html
    refused = send_form(desk, address(issue), {"subject_en": "Kept", "do": "add-999999"})
    assert refused.status_code == 422
    found = send_form(desk, address(issue), {"subject_en": "Kept", "do": "find", "q": "road"})
    assert "q=road" in found.location


def test_an_issue_too_large_for_a_mail_is_blocked(monkeypatch: Any) -> None:
    from app.issues import checks

    monkeypatch.setattr(rules, "MOST_BYTES", 1000)
    reader("zoe")
    issue = handmade()
    from app import clock

    assert any("more than the" in each.text for each in checks.blocking(issue, at=clock.now()))


def test_the_list_shows_what_there_is(desk: Any, browse: Any) -> None:
    assert "No issue yet" in browse(LIST, by=desk).words()
    handmade()
    assert "News" in browse(LIST, by=desk).words()
    assert "No issue yet" in browse(f"{LIST}?kind=alert", by=desk).words()
    assert [desk.get(f"{LIST}?page={typed}").status_code for typed in ("", "1", "9", "x")] == [
        200,
        200,
        404,
        404,
    ]

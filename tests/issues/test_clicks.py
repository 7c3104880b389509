"""Clicks: counted by issue, link and day where the office asks for it, and nothing of anybody's person."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import inspect
from sqlalchemy.exc import OperationalError

from app.database import db
from app.editorial import service as editorial
from app.editorial.models import Edition, State
from app.issues import queries, service
from app.issues.service import Draft, Words
from app.newsletter.models import Issue
from app.releases.models import Release
from tests import make
from tests.issues.people import reader, to
from tests.signing import sign_in

pytestmark = pytest.mark.usefixtures("app", "outbox_emptied")
ARCHIVE = "/en/newsletter/archive/"


@pytest.fixture
def counting(app: Flask, monkeypatch: Any) -> None:
    """Let the office count clicks."""
    monkeypatch.setitem(app.config, "COUNT_CLICKS", True)


def sent(*item_ids: int) -> Issue:
    """Return an issue by hand, sent in three languages."""
    nora = make.officer("Nora")
    issue = service.start(by=nora)
    said = {code: Words("The week", "", "Dear readers.") for code in ("en", "fr", "uk")}
    issue = service.save(issue, Draft({}, said), base=issue.version, by=nora)
    for item_id in item_ids:
        service.add(issue, item_id, by=nora)
    return service.send(issue, base=issue.version, by=nora)


def in_french(edition: Edition, **words: Any) -> Edition:
    """Return the same text, published in French."""
    return make.release(
        State.PUBLISHED, language="fr", item=db.session.get_one(Release, edition.item_id), **words
    )


def page_of(edition: Edition) -> str:
    """Return the public address of a text."""
    return f"/{edition.language}/news/{edition.path}"


def going(mail: Any) -> list[str]:
    """Return the links of a mail, HTML and text, that are counted."""
    return re.findall(r"/\w\w/newsletter/go/[^\s\"<]*", f"{mail.html} {mail.text}")


def test_links_are_plain_unless_the_office_counts(run_jobs: Any, outbox: Any) -> None:
    reader("zoe", "en", "every", "friday")
    edition = make.release(State.PUBLISHED)
    sent(edition.item_id)
    run_jobs()
    mails = outbox()
    assert len(mails) == 2
    for mail in mails:
        assert page_of(edition) in mail.html
        assert page_of(edition) in mail.text
        assert "/go/" not in f"{mail.html} {mail.text}"


@pytest.mark.usefixtures("counting")
def test_links_are_the_same_for_everybody_and_those_of_a_person_are_not_counted(
    run_jobs: Any, outbox: Any
) -> None:
    for name in ("zoe", "tom"):
        reader(name, "en", "every", "friday")
    reader("amelie", "fr", "friday")
    edition = make.release(State.PUBLISHED)
    run_jobs()
    alert = queries.by_key(f"alert:item:{edition.item_id}")
    assert alert is not None
    issue = sent(edition.item_id)
    run_jobs()
    got = to(outbox())
    for mail in (each for mails in got.values() for each in mails):
        assert page_of(edition) not in f"{mail.html} {mail.text}"
        assert re.search(r"/newsletter/unsubscribe/[^\s\"]{20}", mail.text)
        assert re.search(r"/newsletter/preferences/[^\s\"]{20}", mail.text)
    one, other = f"newsletter/go/{alert.id}", f"newsletter/go/{issue.id}"
    english = [f"/en/{one}/0", f"/en/{one}/1", f"/en/{other}/0", f"/en/{other}/1"]
    for name, links in {
        "zoe": english,
        "tom": english,
        "amelie": [f"/fr/{other}/0", f"/fr/{other}/1"],
    }.items():
        found = [link for mail in got[name] for link in going(mail)]
        assert sorted(found) == sorted(links * 2), name  # in HTML and text
    assert f"{other}/1" not in sign_in_and_preview(issue)


def sign_in_and_preview(issue: Issue) -> str:
    """Return what an officer sees of an issue before it is sent: nobody's click is theirs."""
    desk = sign_in(current_app.test_client(), make.officer("Nora"))
    return desk.get(f"/desk/newsletter/issues/{issue.id}/preview/en/light").get_data(as_text=True)


@pytest.mark.usefixtures("counting")
def test_a_click_leads_to_the_page_and_is_counted_once(
    client: FlaskClient, browse: Any, frozen: Any, app: Flask
) -> None:
    reader("zoe", "en", "friday")
    first, second = make.release(State.PUBLISHED), make.release(State.PUBLISHED, title="Another")
    french = in_french(first)
    issue = sent(first.item_id, second.item_id)
    way = f"newsletter/go/{issue.id}"

    answer = client.get(f"/en/{way}/1?to=https://evil.test")
    assert (answer.status_code, answer.location) == (302, page_of(first))
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "Set-Cookie" not in answer.headers
    assert queries.clicks(issue.id) == {1: 1}
    assert client.head(f"/en/{way}/1").location == page_of(first)
    assert queries.clicks(issue.id) == {1: 1}
    frozen.at += timedelta(days=1)
    assert client.get(f"/fr/{way}/1").location == page_of(french)
    assert client.get(f"/uk/{way}/1").location == page_of(first)  # there in English alone, as in the mail
    assert client.get(f"/uk/{way}/0").location == f"/uk/newsletter/archive/{issue.path}"
    db.session.rollback()
    assert queries.clicks(issue.id) == {1: 3, 0: 1}
    kept = {column["name"] for column in inspect(db.engine).get_columns("issue_click")}
    assert kept == {"issue_id", "number", "day", "clicks"}

    page = browse(
        f"/desk/newsletter/issues/{issue.id}/sending", by=sign_in(app.test_client(), make.officer("Nora"))
    )
    rows = [(each.th.get_text(), each.td.get_text()) for each in page.all("main .text-table tbody tr")]
    assert rows == [(make.TITLES["en"], "3"), ("Another", "0"), ("Read online", "1")]
    assert "nothing is kept of who followed it" in page.words()
    assert "Nothing is kept of who followed it" in browse("/en/about/privacy").words()


def test_mails_lead_on_when_counting_is_off(client: FlaskClient, browse: Any, app: Flask) -> None:
    reader("zoe", "en", "friday")
    edition = make.release(State.PUBLISHED)
    issue = sent(edition.item_id)
    assert client.get(f"/en/newsletter/go/{issue.id}/1").location == page_of(edition)
    assert queries.clicks(issue.id) == {}
    page = browse(
        f"/desk/newsletter/issues/{issue.id}/sending", by=sign_in(app.test_client(), make.officer("Nora"))
    )
    assert "Clicks" not in page.words()
    assert "who followed it" not in browse("/en/about/privacy").words()


@pytest.mark.usefixtures("counting")
def test_what_nobody_was_sent_leads_to_the_archive_and_is_not_counted(
    client: FlaskClient, run_jobs: Any
) -> None:
    reader("zoe", "en", "friday")
    edition = make.release(State.PUBLISHED)
    issue = sent(edition.item_id)
    hidden = make.release(State.APPROVED, title="Not to be told")
    draft = service.start(by=make.officer("Nora"))
    service.add(draft, hidden.item_id, by=make.officer("Nora"))
    for address, leads in {
        f"{issue.id}/2": f"{ARCHIVE}{issue.path}",
        f"{issue.id}/{2**31 - 1}": f"{ARCHIVE}{issue.path}",
        f"{draft.id}/0": ARCHIVE,
        f"{draft.id}/1": ARCHIVE,
        "9999/1": ARCHIVE,
    }.items():
        answer = client.get(f"/en/newsletter/go/{address}")
        assert (answer.status_code, answer.location) == (302, leads), address
    for address in (f"{issue.id}/x", f"{issue.id}/-1", f"{2**31}/1", f"{issue.id}/{2**63}", f"{issue.id}"):
        assert client.get(f"/en/newsletter/go/{address}").status_code == 404, address
    assert queries.clicks(issue.id) == queries.clicks(draft.id) == {}


@pytest.mark.usefixtures("counting")
def test_a_text_that_was_withdrawn_says_so_itself(client: FlaskClient, run_jobs: Any, frozen: Any) -> None:
    reader("zoe", "fr")
    edition = make.release(State.PUBLISHED)
    french = in_french(edition)
    run_jobs()
    frozen.at += timedelta(minutes=5)
    editorial.withdraw(french, reason="Wrong.", by=make.officer("Amélie"))
    alert = queries.by_key(f"alert:item:{edition.item_id}")
    assert alert is not None
    for number in (0, 1):
        answer = client.get(f"/fr/newsletter/go/{alert.id}/{number}")
        assert (answer.status_code, answer.location) == (302, page_of(french))
    assert "Wrong." in client.get(page_of(french)).get_data(as_text=True)
    assert client.get(f"/en/newsletter/go/{alert.id}/1").location == page_of(edition)


@pytest.mark.usefixtures("counting")
def test_a_database_that_cannot_be_written_keeps_nobody_from_the_page(
    client: FlaskClient, monkeypatch: Any
) -> None:
    reader("zoe", "en", "friday")
    edition = make.release(State.PUBLISHED)
    issue = sent(edition.item_id)

    def busy(*_: Any) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    monkeypatch.setattr(service, "count_click", busy)
    assert client.get(f"/en/newsletter/go/{issue.id}/1").location == page_of(edition)

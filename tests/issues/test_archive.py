"""The archive: what was sent, as it reads now, without anybody's links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from app.acts import act
from app.database import db
from app.editorial import service as editorial
from app.editorial.models import State
from app.issues import queries, service
from app.issues.service import Draft, Words
from app.jobs.ledger import owe
from app.newsletter.models import Issue
from app.releases.models import Release
from tests import make
from tests.issues.people import reader

pytestmark = pytest.mark.usefixtures("app", "outbox_emptied")
ARCHIVE = "/en/newsletter/archive/"


def sent(*item_ids: int, **words: Words) -> Issue:
    """Return an issue that was sent by hand."""
    nora = make.officer("Nora")
    issue = service.start(by=nora)
    said = words or {"en": Words("The week’s news", "", "Dear readers.\nAll of you.\n\nHere it is.")}
    issue = service.save(issue, Draft({}, said), base=issue.version, by=nora)
    for item_id in item_ids:
        service.add(issue, item_id, by=nora)
    return service.send(issue, base=issue.version, by=nora)


def test_an_empty_archive_says_what_will_be_there(browse: Any, client: FlaskClient) -> None:
    assert "The first one will appear here" in browse(ARCHIVE).words()
    assert client.get(f"{ARCHIVE}2025/11/").status_code == 302
    assert client.get(f"{ARCHIVE}2025/11/nothing").status_code == 404


def test_an_issue_stands_there_without_personal_links(browse: Any, run_jobs: Any) -> None:
    reader("zoe")
    edition = make.release(State.PUBLISHED)
    assert "The first one" in browse(ARCHIVE).words()  # and is kept in the page cache
    issue = sent(edition.item_id)
    run_jobs()
    page = browse(ARCHIVE)
    assert page.one(".archive__list a")["href"] == f"{ARCHIVE}{issue.path}"
    shown = browse(f"{ARCHIVE}{issue.path}")
    assert shown.words("h1") == "The week’s news"
    assert "Dear readers. All of you." in shown.words()
    assert make.TITLES["en"] in shown.words()
    assert not shown.all("main a[href*=unsubscribe], main a[href*=preferences]")
    assert "All issues" in browse(f"{ARCHIVE}?q=dear+readers").words()
    assert "0 issues" in browse(f"{ARCHIVE}?q=100%25").words()


def test_drafts_and_alerts_are_not_there(browse: Any, run_jobs: Any) -> None:
    reader("zoe")
    make.release(State.PUBLISHED)
    nora = make.officer("Nora")
    service.save(service.start(by=nora), Draft({}, {"en": Words("Not yet", "", "x")}), base=1, by=nora)
    run_jobs()
    assert "The first one" in browse(ARCHIVE).words()


def test_a_correction_is_noted_and_what_was_withdrawn_is_gone(
    frozen: Any, browse: Any, run_jobs: Any
) -> None:
    reader("zoe")
    right, wrong = make.release(State.PUBLISHED), make.release(State.PUBLISHED, title="Never say this")
    issue = sent(right.item_id, wrong.item_id)
    run_jobs()
    address = f"{ARCHIVE}{issue.path}"
    assert "Never say this" in browse(address).words()
    frozen.at += timedelta(minutes=5)
    make.again(right, kind="correction", note="It was 12, not 13.", lead="Another lead.")
    editorial.withdraw(wrong, reason="Wrong.", by=make.officer("Amélie"))
    run_jobs()
    page = browse(address)
    assert "Corrected on 20 November 2025. It was 12, not 13." in page.words().replace("\u00a0", " ")
    assert "Never say this" not in page.html
    assert "1 text of this issue was withdrawn since." in page.words()


def found(browse: Any, typed: str, language: str = "en") -> int:
    """Return how many issues of the archive are found by ``typed``."""
    return len(browse(f"/{language}/newsletter/archive/?q={quote(typed)}").all(".archive__list a"))


def test_the_archive_is_searched_without_case_and_accents(browse: Any) -> None:
    reader("zoe")
    sent(
        fr=Words("À l’été", "", "L’Élysée répond."),
        uk=Words("Зустріч", "", "ПРИВІТ, Києве."),
        en=Words("Hi", "", "x"),
    )
    assert (found(browse, "elysee ÉTÉ", "fr"), found(browse, "привіт ЗУСТРІЧ", "uk")) == (1, 1)
    assert (found(browse, "%", "fr"), found(browse, "unsubscribe"), found(browse, "berlin", "fr")) == (
        0,
        0,
        0,
    )


def test_what_was_withdrawn_or_corrected_leads_to_no_issue_any_more(
    frozen: Any, browse: Any, run_jobs: Any
) -> None:
    reader("zoe")
    right, wrong = make.release(State.PUBLISHED), make.release(State.PUBLISHED, title="Never say this")
    make.again(right, lead="Twelve ministers.")
    sent(right.item_id, wrong.item_id)
    run_jobs()
    assert (found(browse, "never say"), found(browse, "twelve")) == (1, 1)
    frozen.at += timedelta(minutes=5)
    make.again(right, kind="correction", note="They were ten.", lead="Ten ministers.")
    editorial.withdraw(wrong, reason="Wrong.", by=make.officer("Amélie"))
    run_jobs()
    assert (found(browse, "never say"), found(browse, "twelve"), found(browse, "ten")) == (0, 0, 1)


def test_a_text_that_was_withdrawn_while_it_was_sent_is_counted_among_the_gone(
    browse: Any, run_jobs: Any
) -> None:
    reader("zoe")
    right, wrong = make.release(State.PUBLISHED), make.release(State.PUBLISHED, title="Never say this")
    issue = sent(right.item_id, wrong.item_id)
    editorial.withdraw(wrong, reason="Wrong.", by=make.officer("Amélie"))
    run_jobs()
    page = browse(f"{ARCHIVE}{issue.path}")
    assert "Never say this" not in page.html
    assert "1 text of this issue was withdrawn since." in page.words()


def test_issues_of_before_are_read_by_a_job(browse: Any, run_jobs: Any) -> None:
    reader("zoe")
    issue = sent()
    forget(issue)
    assert found(browse, "dear readers") == 0
    run_jobs()
    assert found(browse, "dear readers") == 1


@act
def forget(issue: Issue) -> None:
    """Make ``issue`` one of before, and owe what the migration owes."""
    for edition in queries.editions(issue.id).values():
        edition.found = None
    owe("issues.read_archive")


def test_a_correction_of_the_issue_itself_is_noted(browse: Any, run_jobs: Any) -> None:
    reader("zoe")
    issue, nora = sent(), make.officer("Nora")
    run_jobs()
    made = service.correct_by_hand(issue, by=nora)
    words = {"en": Words("Correction", "", "The date was wrong.")}
    made = service.save(made, Draft({}, words), base=made.version, by=nora)
    service.send(made, base=made.version, by=nora)
    run_jobs()
    assert "The date was wrong." in browse(f"{ARCHIVE}{issue.path}").words()


def test_an_edition_that_is_missing_is_shown_in_another_language(browse: Any) -> None:
    reader("zoe")
    only = make.release(State.PUBLISHED)
    both = make.release(State.PUBLISHED, title="In both")
    make.release(
        State.PUBLISHED, language="fr", item=db.session.get_one(Release, both.item_id), title="Dans les deux"
    )
    issue = sent(
        only.item_id,
        both.item_id,
        en=Words("News", "", "Dear readers."),
        fr=Words("Nouvelles", "", "Bonjour."),
    )
    french = browse(f"/fr/newsletter/archive/{issue.path}")
    assert french.one(f"#text-{only.item_id}")["lang"] == "en"
    assert french.one(f"#text-{both.item_id}").get("lang") is None
    ukrainian = browse(f"/uk/newsletter/archive/{issue.path}")
    assert ukrainian.one("article")["lang"] == "en"
    assert ukrainian.one("link[rel=canonical]")["href"].endswith(f"{ARCHIVE}{issue.path}")
    assert browse("/uk/newsletter/archive/").all(".archive__list a") == []


def test_an_unknown_month_leads_to_the_nearest(frozen: Any, client: FlaskClient, browse: Any) -> None:
    reader("zoe")
    for at in (datetime(2025, 8, 31, 22, 30, tzinfo=UTC), datetime(2025, 11, 20, 11, 0, tzinfo=UTC)):
        frozen.at = at
        sent()
    assert len(browse(f"{ARCHIVE}2025/09/").all(".archive__list a")) == 1  # it was September at the office
    assert client.get(f"{ARCHIVE}2024/01/").location == f"{ARCHIVE}2025/09/"
    assert client.get(f"{ARCHIVE}2026/01/").location == f"{ARCHIVE}2025/11/"
    assert client.get(f"{ARCHIVE}2025/9/").location == f"{ARCHIVE}2025/09/"
    for nonsense in ("2025/13/", "abcd/01/", "99999/1/", "2025/123/", "0001/01/"):
        assert client.get(f"{ARCHIVE}{nonsense}").status_code == 404
    assert [each.get_text() for each in browse(ARCHIVE).all(".archive__months a")] == [
        "November 2025",
        "September 2025",
    ]


def test_a_summary_is_there_with_what_was_new(frozen: Any, run_jobs: Any, browse: Any) -> None:
    reader("zoe", "en", "daily")
    make.release(State.PUBLISHED)
    frozen.at = datetime(2025, 11, 20, 16, 0, tzinfo=UTC)
    run_jobs()
    assert make.TITLES["en"] in browse(f"{ARCHIVE}2025/11/daily-20").words()

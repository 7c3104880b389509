"""Reading the log at the desk, and taking it along."""

from __future__ import annotations

import ast
import csv
import io
from datetime import timedelta
from pathlib import Path

import pytest

from app import clock
from app.accounts import service as accounts
from app.editorial import service
from app.editorial.models import State
from app.logbook import queries
from app.logbook.words import DETAILS, VERBS, said
from app.teamwork import service as teamwork
from tests import make
from tests.browser import Page, hold_to_the_house

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def ada(app):
    """A browser in which Ada, who administers, is signed in."""
    return make.signed_in(app, "Ada")


def told(page):
    """Who did what to what, row by row."""
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")][1:4] for row in page.all("tbody tr")
    ]
    return [tuple(row) for row in rows]


def table(answer):
    """The rows of a CSV file."""
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))


def test_the_log_shows_who_did_what_newest_first_with_before_and_after(ada):
    edition = make.release(State.APPROVED, title="Bridges")
    page = Page(ada.get("/desk/log/?thing=edition"))
    hold_to_the_house(page)
    assert told(page) == [
        ("Amélie", "approved", "text Bridges"),
        ("Oksana", "sent for review", "text Bridges"),
        ("Oksana", "begun", "text Bridges"),
    ]
    first = page.all("tbody tr")[0]
    assert first.select_one("a")["href"] == f"/desk/releases/{edition.item_id}/en/"
    details = {each.dt.get_text(): each.dd.get_text() for each in first.select("dl > div")}
    assert details == {"before": "In review", "after": "Approved"}


def test_the_log_is_narrowed_by_who_what_words_and_days(ada):
    with clock.at(clock.now() - timedelta(days=10)):
        make.release(State.IN_REVIEW, title="Bridges")
    make.release(title="Tunnels")
    oksana = make.officer("Oksana").id

    def seen(query):
        return [verb for _who, verb, _what in told(Page(ada.get(f"/desk/log/?{query}")))]

    assert seen(f"by={oksana}") == ["begun", "sent for review", "begun"]
    assert seen("verb=submitted") == ["sent for review"]
    assert seen("q=tunn&thing=edition") == ["begun"]
    assert seen("thing=edition&start=15/11/2025") == ["begun"]
    assert seen("thing=edition&end=15/11/2025") == ["sent for review", "begun"]
    assert "added" in seen("by=0")
    page = Page(ada.get("/desk/log/?verb=submitted&by=0"))
    assert "No entry matches these filters" in page.one(".empty-state").get_text()


def test_days_the_wrong_way_round_are_told_at_the_second(ada):
    page = Page(ada.get("/desk/log/?start=20/11/2025&end=10/11/2025"))
    hold_to_the_house(page)
    assert (page.status, "not before" in page.one("#end-error").get_text()) == (422, True)


def test_older_and_newer_entries_follow_each_other(ada, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    for number in range(5):
        make.release(title=f"Text {number}")
    first = Page(ada.get("/desk/log/?thing=edition"))
    second = Page(ada.get(first.one("a[rel=next]")["href"]))
    third = Page(ada.get(second.one("a[rel=next]")["href"]))
    assert [[what for _a, _b, what in told(page)] for page in (first, second, third)] == [
        ["text Text 4", "text Text 3"], ["text Text 2", "text Text 1"], ["text Text 0"],
    ]  # fmt: skip
    assert first.all("a[rel=prev]") == third.all("a[rel=next]") == []
    assert told(Page(ada.get(third.one("a[rel=prev]")["href"]))) == told(second)


def test_the_file_has_every_entry_and_taking_it_is_one_too(ada):
    make.release(State.PUBLISHED, title="Bridges")
    rows = table(ada.get("/desk/log/log.csv?thing=edition", buffered=True))
    assert [row["verb"] for row in rows] == ["started", "submitted", "approved", "published"]
    assert rows[-1]["who"] == "Amélie"
    assert rows[-1]["details"] == "after: published; before: approved"
    assert len(rows[-1]["digest"]) == 64
    last = table(ada.get("/desk/log/log.csv?verb=exported", buffered=True))
    assert [(row["who"], row["details"]) for row in last] == [
        ("Ada", "filters: ['thing: edition']"),
        ("Ada", "filters: ['verb: exported']"),
    ]


def test_a_long_log_is_read_a_few_entries_at_a_time(ada, monkeypatch):
    monkeypatch.setattr(queries, "AT_ONCE", 2)
    for number in range(3):
        make.release(title=f"Text {number}")
    assert [row["label"] for row in table(ada.get("/desk/log/log.csv?thing=edition", buffered=True))] == [
        "Text 0",
        "Text 1",
        "Text 2",
    ]


@pytest.mark.parametrize("title", ["=1+1", "+SUM(A1)", "-2", "@cmd"])
def test_no_cell_of_the_file_is_a_formula(ada, title):
    make.release(title=title)
    (row,) = table(ada.get("/desk/log/log.csv?verb=started", buffered=True))
    assert row["label"].startswith("'")


@pytest.mark.parametrize(
    ("name", "page", "file"),
    [("Oksana", 403, 403), ("Rosa", 200, 403), ("Amélie", 200, 403), ("Ada", 200, 200)],
)
def test_only_who_has_the_right_reads_or_takes_the_log(app, name, page, file):
    make.release()
    officer = make.signed_in(app, name)
    assert officer.get("/desk/log/").status_code == page
    assert officer.get("/desk/log/log.csv", buffered=True).status_code == file
    menu = Page(officer.get("/desk/")).all("a[href='/desk/log/']")
    assert bool(menu) == (page == 200)


def test_who_may_not_cannot_note_an_export_either(app):
    from app.editorial.rules import NotAllowed
    from app.logbook.service import note_export

    with pytest.raises(NotAllowed):
        note_export({}, by=make.officer("Amélie"))


@pytest.mark.parametrize(
    "query",
    ["before=x", "before=-1", "after=99999999999999999999", "q=%00%25_", "by=%F0%9F%98%80", "start=x"],
)
def test_odd_questions_are_answered(ada, query):
    assert ada.get(f"/desk/log/?{query}").status_code in (200, 422)


def test_hostile_titles_stay_text_in_the_log(ada):
    make.release(title="<script>alert(1)</script>")
    page = Page(ada.get("/desk/log/"))
    assert "<script>alert" not in page.html
    service.settle()


def _verbs():
    """The verbs that the code writes into the log, where it says them outright."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            place = {"record": 1, "_record": 1, "_recorded": 1, "_close": 1, "decide": 2}.get(name)
            if place is not None and len(node.args) > place and isinstance(node.args[place], ast.Constant):
                yield node.args[place].value


@pytest.mark.long
def test_every_verb_of_the_log_has_words():
    verbs = set(_verbs())
    assert len(verbs) > 15
    assert verbs - set(VERBS) == set()


def _details():
    """The names of the details that the code writes into the log, where it says them outright."""
    for path in sorted((ROOT / "app").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("record", "_record", "decide"):
                yield from (each.arg for each in node.keywords if each.arg)


@pytest.mark.long
def test_every_detail_of_the_log_has_words():
    details = set(_details()) - {"label", "by", "revision_id"}  # columns of their own
    assert len(details) > 15
    assert details - set(DETAILS) == set()


def test_the_log_says_roles_reasons_kinds_and_tasks_in_words(ada):
    ada_herself, petro = make.officer("Ada"), make.officer("Petro")
    accounts.set_roles(petro, ["writer", "translator"], by=ada_herself)
    edition = make.release(State.PUBLISHED)
    typed = make.text(title="Another")
    service.save(edition, typed, make.shared(), base=1, by=ada_herself)
    service.publish_urgently(edition, reason="Now.", kind="update", note="More.", by=ada_herself)
    teamwork.assign(edition.item, "fr", task="translate", to=petro, by=ada_herself)
    words = Page(ada.get("/desk/log/")).words("tbody")
    for told_so in (
        "Writer, Translator",
        "what is asked for Translate it",
        "language Français",
        "readers Update",
    ):
        assert told_so in words


def test_reasons_are_said_without_the_keys_of_their_findings(app):
    assert said("let_pass", {"link-broken:5f2c": "It may stay.", "date-past:77": "It is so."}) == (
        "It may stay.; It is so."
    )


def test_autosaves_of_a_text_stand_in_one_line_that_opens(app, browse, frozen):
    first, second = make.release(title="First"), make.release(title="Second")
    oksana = make.officer()

    def autosave(edition, number):
        frozen.at += timedelta(minutes=1)
        words, base = make.text(title=f"{edition.id}–{number}"), edition.current.number
        teamwork.autosave(
            edition, lambda: service.save(edition, words, make.shared(), base=base, by=oksana), by=oksana
        )

    for number in range(3):
        autosave(first, number)
        autosave(second, number)
    service.submit(first, by=oksana, reason="It may stay.")
    service.take_back(first, by=oksana)
    autosave(first, 9)

    page = browse("/desk/log/?verb=autosaved", by=make.signed_in(app, "Ada"))
    said = [" ".join(fold.get_text(" ").split()) for fold in page.all(".log__fold summary")]
    assert said == ["4 autosaves between 12:01 and 12:07", "3 autosaves between 12:02 and 12:06"]
    page = browse("/desk/log/", by=make.signed_in(app, "Ada"))
    said = [" ".join(fold.get_text(" ").split()) for fold in page.all(".log__fold summary")]
    assert said == ["3 autosaves between 12:02 and 12:06", "3 autosaves between 12:01 and 12:05"]
    assert [line.get_text().split(", ")[-1] for line in page.all(".log__fold")[0].select("li")] == [
        "version 4",
        "version 3",
        "version 2",
    ]
    verbs = [row.select("td")[1].get_text(strip=True) for row in page.all("tbody tr")]
    assert "saved by itself" in verbs  # one alone is an entry like any other

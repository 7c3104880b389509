"""What is taken of all videos and photos: which texts, by whom, in which period, as a page and as a table."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from app import clock
from app.acts import act
from app.database import db
from app.downloads.models import Download
from app.editorial.models import State
from tests import make
from tests.browser import hold_to_the_house
from tests.signing import sign_in

PAGE = "/desk/downloads/"


@pytest.fixture
def max_(app, text):
    """Max' browser: the media desk."""
    return sign_in(app.test_client(), make.officer("Max"))


@act
def took(edition, film, organisation, *, days=0, part=None, times=1):
    """Note that somebody of ``organisation`` took files of a text so many ``days`` ago; ``part`` are frames."""
    begins, ends = part or (None, None)
    for _ in range(times):
        db.session.add(
            Download(
                at=clock.now() - timedelta(days=days), organisation=organisation, item_id=edition.item_id,
                edition_id=edition.id, revision_id=edition.current_revision_id, master_id=film.id,
                rendition="original", in_frame=begins, out_frame=ends,
            )
        )  # fmt: skip


@pytest.fixture
def log(text, film, frozen):
    """Zoria took three parts and a file of the film, Agence a file of it and two of another text, one long ago."""
    other = make.release(State.PUBLISHED, title="Another text")
    took(text, film, "Zoria", part=(0, 50), times=3)
    took(text, film, "Zoria", days=3)
    took(text, film, "Agence", days=10)
    took(other, film, "Agence", days=29)
    took(other, film, "", days=400)
    return other


def rows(page, table):
    """Return the rows of a table, cell by cell."""
    found = page.soup.select_one(f"#{table}-title").find_parent("section").select("tbody tr")
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")] for row in found]


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_the_page_is_there_in_the_officers_language(app, browse, log, language):
    page = browse(PAGE, by=make.signed_in(app, "Max", language))
    assert page.one(".desk-menu [aria-current]")["href"] == PAGE


def test_texts_and_organisations_of_the_last_thirty_days_stand_by_how_much_was_taken(browse, max_, log, text):
    page = browse(PAGE, by=max_)
    first, second = rows(page, "texts")
    assert first[:5] == [f"{text.current.title} Release", "5", "3", "6 s", "2"]
    assert second[:5] == ["Another text Release", "1", "0", "–", "1"]
    assert [row[:3] for row in rows(page, "organisations")] == [["Zoria", "4", "1"], ["Agence", "2", "2"]]
    assert [each.get_text() for each in page.all(".taken-total dd")] == ["6", "3", "2", "2"]
    assert page.one("#start")["value"] == "22\N{NO-BREAK SPACE}October 2025"
    assert page.one(".taken-periods [aria-current]").get_text() == "Last 30 days"
    assert (
        page.all("#texts-title + .text-table th a")[0]["href"]
        == f"/desk/releases/{text.item_id}/en/downloads"
    )
    assert [each["width"] for each in page.all("#texts-title + .text-table rect")] == ["100.0", "20.0"]


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        ("Last 7 days", ["4"]),
        ("Last 30 days", ["5", "1"]),
        ("Last 12 months", ["5", "1"]),
        ("All the time", ["5", "2"]),
    ],
)
def test_a_usual_period_is_a_link(browse, max_, log, period, counts):
    link = next(each for each in browse(PAGE, by=max_).all(".taken-periods a") if each.get_text() == period)
    page = browse(link["href"], by=max_)
    assert [row[1] for row in rows(page, "texts")] == counts
    assert page.one(".taken-periods [aria-current]").get_text() == period


def test_days_are_those_of_the_office_with_the_last_one(browse, max_, log, text, film, frozen):
    took(text, film, "Late", days=-1)
    day = clock.now().date()
    page = browse(f"{PAGE}?start={day - timedelta(days=10)}&end={day}", by=max_)
    assert [row[:2] for row in rows(page, "organisations")] == [["Zoria", "4"], ["Agence", "1"]]


def test_one_organisation_is_looked_at_by_itself(browse, max_, log, text):
    page = browse(f"{PAGE}?start=&end=&organisation=Agence", by=max_)
    first = f"{text.current.title} Release"
    assert [row[0] for row in rows(page, "texts")] == [first, "Another text Release"]
    assert [row[1] for row in rows(page, "texts")] == ["1", "1"]
    assert not page.all("#organisations-title")
    assert "Only what was taken by Agence." in page.words("main")
    none = browse(f"{PAGE}?start=&end=&organisation=", by=max_)
    assert [row[:2] for row in rows(none, "texts")] == [["Another text Release", "1"]]
    assert "people without an organisation" in none.words("main")


def test_the_table_for_other_programs_is_that_of_the_page(max_, browse, log, text):
    address = browse(f"{PAGE}?start=&end=", by=max_).one("a[download]")["href"]
    answer = max_.get(address)
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename=downloads.csv"
    head, first, second = csv.reader(io.StringIO(answer.text))
    assert head[4:] == ["files", "parts", "seconds of parts", "organisations", "last"]
    assert first[3:8] == [text.current.title, "5", "3", "6.0", "2"]
    assert second[:4] == [str(log.item_id), "release", "en", "Another text"]


def test_a_period_that_ends_before_it_begins_is_said_next_to_it(max_, browse, log):
    for address in (PAGE, "/desk/downloads.csv"):
        page = browse(f"{address}?start=2025-11-20&end=2025-11-01", by=max_, status=422)
        hold_to_the_house(page)
        assert "Choose a day that is not before" in page.words("#end-error")
        assert not page.all(".text-table")


def test_a_period_without_downloads_says_so(max_, browse, log):
    page = browse(f"{PAGE}?start=2020-01-01&end=2020-12-31", by=max_)
    assert "No figures yet for this period" in page.words("main")
    assert not page.all("a[download]")


def test_who_has_nothing_to_do_with_media_accounts_sees_no_figures(app, log):
    oksana = make.signed_in(app, "Oksana")
    assert [oksana.get(path).status_code for path in (PAGE, "/desk/downloads.csv")] == [403, 403]
    assert PAGE not in oksana.get("/desk/").text
    assert app.test_client().get(PAGE).status_code in (302, 303)

"""Finding a text again at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app import clock
from app.editorial.models import State
from app.writing import queries
from tests import make
from tests.browser import Page, hold_to_the_house


@pytest.fixture
def oksana(app):
    """A browser in which Oksana is signed in."""
    return make.signed_in(app, "Oksana")


def titles(page):
    """The titles in the list."""
    return [row.select_one("th a").get_text() for row in page.all("tbody tr")]


def test_all_texts_are_listed_last_written_first(oksana):
    make.release(title="First")
    make.release(State.PUBLISHED, title="Second")
    page = Page(oksana.get("/desk/texts/"))
    hold_to_the_house(page)
    assert titles(page) == ["Second", "First"]
    assert page.one("[role=status]").get_text() == "2 texts"
    assert titles(Page(oksana.get("/desk/releases/"))) == ["Second", "First"]


def test_the_list_is_narrowed_by_what_is_known_of_a_text(oksana):
    make.topic("ukraine")
    make.release(State.PUBLISHED, title="Bridges", facts=make.shared(topics=("ukraine",)))
    make.release(title="Bridges and roads", language="fr")
    make.release(State.IN_REVIEW, title="Tunnels", by=make.officer("Ada"))

    def seen(query):
        return titles(Page(oksana.get(f"/desk/texts/?{query}")))

    assert seen("q=bridge") == ["Bridges and roads", "Bridges"]
    assert seen("q=bridge&state=published") == ["Bridges"]
    assert seen("state=in_review") == ["Tunnels"]
    assert seen("language=fr") == ["Bridges and roads"]
    assert seen("missing=en") == ["Bridges and roads"]
    assert seen("topic=ukraine") == ["Bridges"]
    assert seen(f"by={make.officer('Ada').id}") == ["Tunnels"]
    assert seen("type=release&q=tunnels") == ["Tunnels"]
    assert seen("q=nothing+like+it") == []
    # What is not known narrows nothing, and is not shown as a filter.
    page = Page(oksana.get("/desk/texts/?state=nothing&by=x&topic=%27&language=de&type=cake"))
    assert len(titles(page)) == 3
    assert page.all(".active-filters") == []


def test_each_filter_can_be_let_go_of_by_a_link(oksana):
    make.release(State.PUBLISHED, title="Bridges")
    page = Page(oksana.get("/desk/texts/?q=bridges&state=draft"))
    links = {
        link.select_one("[aria-hidden]").get_text(): link["href"] for link in page.all(".active-filters__one")
    }
    assert links == {"bridges": "/desk/texts/?state=draft", "State: Draft": "/desk/texts/?q=bridges"}
    assert "Remove a filter" in page.one("main").get_text()


def test_days_bound_the_last_writing_and_are_read_in_many_ways(oksana):
    with clock.at(clock.now() - timedelta(days=10)):
        make.release(title="Old")
    make.release(title="New")
    assert titles(Page(oksana.get("/desk/texts/?start=15+November+2025"))) == ["New"]
    assert titles(Page(oksana.get("/desk/texts/?end=10/11/2025"))) == ["Old"]
    assert titles(Page(oksana.get("/desk/texts/?start=10/11/2025&end=20/11/2025"))) == ["New", "Old"]


def test_days_the_wrong_way_round_are_told_at_the_second_and_kept(oksana):
    make.release(title="Old")
    page = Page(oksana.get("/desk/texts/?start=30/11/2025&end=20/11/2025"))
    hold_to_the_house(page)
    assert page.status == 422
    assert "Choose a day that is not before 30/11/2025." in page.one("#end-error").get_text()
    assert page.one("#start")["value"] == "30/11/2025"
    assert titles(page) == ["Old"]
    assert Page(oksana.get("/desk/texts/?start=tomorrowish")).status == 422


def test_pages_follow_each_other_without_gap_or_double(oksana, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 3)
    for number in range(7):
        make.release(title=f"Text {number}")
    seen = [titles(Page(oksana.get(f"/desk/texts/?page={number}&q=text"))) for number in (1, 2, 3)]
    assert seen == [["Text 6", "Text 5", "Text 4"], ["Text 3", "Text 2", "Text 1"], ["Text 0"]]
    assert oksana.get("/desk/texts/?page=4&q=text").status_code == 404


def test_a_list_longer_than_is_counted_says_so(oksana, monkeypatch):
    monkeypatch.setattr(queries, "MOST_COUNTED", 2)
    for number in range(4):
        make.release(title=f"Text {number}")
    assert Page(oksana.get("/desk/texts/")).one("[role=status]").get_text() == "More than 2 texts"


def test_an_empty_desk_invites_to_write(oksana):
    page = Page(oksana.get("/desk/releases/"))
    assert page.one(".empty-state a")["href"] == "/desk/releases/new"
    assert "No text has been written yet." in Page(oksana.get("/desk/texts/")).html


def test_who_begins_nothing_is_not_invited_to(app):
    nora = make.signed_in(app, "Nora")
    page = Page(nora.get("/desk/releases/"))
    assert page.status == 200
    assert page.all("a[href='/desk/releases/new']") == []


@pytest.mark.parametrize(
    "query", ["q=%00", "q=%27%22*", "q=" + "a" * 5000, "page=99999999999", "start=%F0%9F%98%80"]
)
def test_odd_questions_are_answered(oksana, query):
    make.release(at=clock.now())
    assert oksana.get(f"/desk/texts/?{query}").status_code in (200, 404, 422)

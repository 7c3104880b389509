"""Releases, events, topic pages and answers: each kind is found by itself, narrowed, and never before its hour."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from sqlalchemy import func, select, text

from app.database import db
from app.editorial import service as editorial
from app.editorial.models import Revision, State
from app.search import facts, queries, service
from app.search.asking import asked
from app.search.facts import KINDS
from app.search.models import FTS, SearchRow
from app.topics import service as topics
from tests import make
from tests.topics import scene as topic_pages


def _address(code: str = "en", /, **query: str) -> str:
    return f"/{code}/search/?{urlencode(query)}"


def _found(typed: str, **narrowed: object) -> dict[str, int]:
    """Return how many results of each kind there are, without those of which there is none."""
    question, limits = asked(typed, ("en",)), queries.Narrowed(**narrowed)
    counted = {kind: len(queries.found(question, kind, limits)) for kind in KINDS}
    return {kind: count for kind, count in counted.items() if count}


def _headings(page) -> list[str]:
    return [heading.get_text() for heading in page.all(".search-page__title")]


@pytest.fixture
def office(scene, frozen, run_jobs):
    """A release, an event with a programme, and a topic page with two answers, all about turbines."""

    def play():
        make.topic("energy", en="Energy", fr="Énergie", uk="Енергетика")
        make.published(title="Turbines for the north", facts=make.shared(topics=("energy",)))
        make.event(
            State.PUBLISHED,
            title="Conference on turbines",
            facts=make.event_facts(make.entry(), make.entry("e0000002"), make.entry("e0000003")),
            titles={"e0000001": "Arrival", "e0000002": "Windmill session", "e0000003": "Lunch"},
        )
        topic_pages.public(
            subject="energy",
            title="Energy in winter",
            body="<p>Every turbine counts.</p>",
            entries=[
                topic_pages.asked("How many turbines are there?", "<p>Forty, in <b>three</b> countries.</p>"),
                topic_pages.asked("Who pays?", "<p>The allies pay for each turbine.</p>"),
                topic_pages.asked("Who repairs the grid?", "<p>The countries themselves.</p>"),
            ],
        )
        run_jobs()

    scene("turbines of every kind", play)


def test_each_kind_is_found_and_counted(office, browse):
    assert _found("turbine") == {"release": 1, "event": 1, "topic": 1, "answer": 2}
    page = browse(_address(q="turbines"))
    assert page.words(".page-head__count") == "1 release, 1 event, 1 topic page, 2 answers"
    assert _headings(page) == ["Releases", "Events", "Topic pages", "Answers"]
    assert [mark.get_text() for mark in page.all("mark")] == [
        "Turbines",
        "turbines",
        "turbine",
        "turbines",
        "turbine",
    ]


def test_an_answer_leads_to_its_place_in_the_page(office, browse, client):
    page = browse(_address(q="turbine", type="answer"))
    links = [link["href"] for link in page.all(".result-row__title a")]
    assert links == [
        "/en/topics/energy-in-winter#q-how-many-turbines-are-there",
        "/en/topics/energy-in-winter#q-who-pays",
    ]
    for link in links:
        path, _hash, there = link.partition("#")
        assert f'id="{there}"' in client.get(path).get_data(as_text=True)
    assert [kicker.get_text() for kicker in page.all(".result-row .kicker")] == ["Energy in winter"] * 2
    assert page.all(".result-row__lead")[1].get_text() == "The allies pay for each turbine."
    # An answer is a result of its own: the page is not found by its words.
    assert _found("grid") == {"answer": 1}


def test_the_words_of_a_programme_find_their_event(office, browse):
    assert _found("windmill") == {"event": 1}
    row = browse(_address(q="windmill")).one(".event-row")
    assert row.select_one("mark").get_text() == "Windmill"


def test_a_single_kind_needs_no_other_page_and_several_lead_on(
    app, office, browse, frozen, run_jobs, monkeypatch
):
    for number in range(6):
        frozen.at += timedelta(minutes=1)
        make.published(title=f"Turbine {number}")
    run_jobs()
    page = browse(_address(q="turbine"))
    assert len(page.all(".release-row")) == 5
    there = page.one(".search-page__all a")
    assert (there["href"], there.get_text()) == (
        _address(q="turbine", type="release"),
        "All results: Releases",
    )
    page = browse(there["href"])
    assert (len(page.all(".release-row")), _headings(page)) == (7, ["Releases"])
    assert page.one(".active-filters__one")["href"] == _address(q="turbine")
    browse(_address(q="turbine", page="2"), status=404)


def test_results_are_narrowed_by_type_topic_year_and_language(office, frozen, browse, run_jobs):
    page = browse(_address(q="turbine", topic="energy"))
    assert _headings(page) == ["Releases", "Topic pages", "Answers"]
    with_hours = browse(_address(q="turbine", year="2025"))
    assert _headings(with_hours) == ["Releases", "Events", "Topic pages", "Answers"]

    frozen.at += timedelta(days=365)
    make.published(language="fr", title="Turbine du sud", facts=make.shared(topics=("energy",)))
    run_jobs()
    assert _headings(browse(_address(q="turbine", year="2026"))) == []
    page = browse(_address(q="turbine", year="2026", language="fr"))
    assert [row.get_text() for row in page.all(".release-row__title")] == ["Turbine du sud"]
    assert [one.select_one("[aria-hidden]").get_text() for one in page.all(".active-filters__one")] == [
        "2026",
        "Français",
    ]
    kept = {each["name"]: each["value"] for each in page.all(".filters input[type=hidden]")}
    assert kept == {"q": "turbine"}
    chosen = {
        each["id"]: [o["value"] for o in each.select("option[selected]")]
        for each in page.all(".filters select")
    }
    assert chosen == {
        "filter-type": [""],
        "filter-topic": [""],
        "filter-year": ["2026"],
        "filter-language": ["fr"],
    }


def test_an_event_belongs_to_the_year_in_which_it_takes_place(app, browse, run_jobs):
    hours = make.event_facts(starts_at="2026-02-03T08:00:00+00:00", ends_at="2026-02-03T16:00:00+00:00")
    make.event(State.PUBLISHED, title="Turbines in February", facts=hours)
    make.published()
    run_jobs()
    page = browse(_address(q="turbines", year="2026"))
    assert [row.get_text() for row in page.all(".event-row__title")] == ["Turbines in February"]
    assert not browse(_address(q="turbines", year="2025")).all(".event-row")


@pytest.mark.parametrize(
    "query", ["type=cake", "topic=%27", "year=1999", "year=x", "language=en", "type=&year="]
)
def test_filters_that_are_not_known_narrow_nothing(office, browse, query):
    page = browse(f"/en/search/?q=turbine&{query}")
    assert (len(_headings(page)), page.all(".active-filters")) == (4, [])


def test_a_filter_that_leaves_nothing_can_be_let_go_of(office, browse):
    page = browse(_address(q="windmill", topic="energy"))
    assert page.words(".page-head__count") == "Nothing found"
    assert page.one(".active-filters__one")["href"] == _address(q="windmill")
    assert page.one(".active-filters__clear")["href"] == _address(q="windmill")


@pytest.mark.parametrize("kind", ["event", "topic"])
def test_nothing_of_what_is_not_public_is_found(app, client, frozen, run_jobs, kind):
    later = frozen.at + timedelta(hours=1)
    if kind == "event":
        hours = make.event_facts(make.entry())
        edition = make.event(State.EMBARGO, facts=hours, titles={"e0000001": "Secretive"}, at=later)
    else:
        entries = [topic_pages.asked("Is it secretive?", "<p>Yes, secretive.</p>")]
        edition = topic_pages.topic(State.APPROVED, entries=entries)
        editorial.publish(edition, by=make.officer("Amélie"), wanted_at=later, is_embargo=True)
    run_jobs()
    known, unknown = client.get(_address(q="secretive")), client.get(_address(q="sacrament"))
    assert known.data.replace(b"secretive", b"sacrament") == unknown.data

    service.rewrite([edition.id])  # even a job that comes too early
    assert _found("secretive") == {}
    frozen.at = later
    run_jobs()
    assert sum(_found("secretive").values()) == 1
    editorial.withdraw(edition, reason="An error.", by=make.officer("Amélie"))
    assert _found("secretive") == {}
    run_jobs()
    assert db.session.scalar(select(func.count()).select_from(SearchRow)) == 0
    assert db.session.scalar(select(func.count()).select_from(FTS)) == 0


def test_an_answer_that_is_written_anew_is_never_found_by_its_old_words(app, run_jobs):
    edition = topic_pages.public(entries=[topic_pages.asked("How many?", "<p>Fortytwo.</p>")])
    run_jobs()
    oksana, amelie = make.officer(), make.officer("Amélie")
    (entry,) = edition.current.fields["faq"]
    topics.keep_entry(
        edition,
        entry["id"],
        topic_pages.asked("How many?", "<p>Sixtysix.</p>"),
        base=edition.current.number,
        by=oksana,
    )
    assert (_found("fortytwo"), _found("sixtysix")) == ({"answer": 1}, {})
    editorial.submit(edition, by=oksana, reason="It may stay.")
    editorial.approve(edition, by=amelie)
    editorial.publish(edition, by=amelie, kind="minor")
    assert (_found("fortytwo"), _found("sixtysix")) == ({}, {})
    run_jobs()
    assert (_found("fortytwo"), _found("sixtysix")) == ({}, {"answer": 1})


def test_links_are_not_found_as_they_may_lead_to_what_is_not_public(app, run_jobs):
    secret = make.release(title="Withheld")
    link = topic_pages.link(item=secret.item_id, title="Withheld")
    make.published(fields={"quotes": [], "links": [link]})
    topic_pages.public(entries=[topic_pages.asked(links=[link])])
    run_jobs()
    assert _found("withheld") == {}


def test_a_question_without_an_answer_is_not_found():
    entries = [
        {"id": "q-1", "question": "Yes?", "answer": ""},
        {"id": "q-2", "question": "No?", "answer": "<p>No.</p>"},
    ]
    assert facts.answers(Revision(fields={"faq": entries})) == [("q-2", "No?", "No.")]
    assert facts.answers(Revision(fields={})) == []


def test_an_older_index_is_written_anew_by_a_job_that_its_migration_owes(app, office, run_jobs):
    from flask_migrate import downgrade, upgrade

    db.session.remove()
    downgrade(revision="0013")
    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM search_row")).scalar() == 3
    upgrade()
    assert [job.name for job in run_jobs()] == ["search.rebuild"]
    assert _found("turbine") == {"release": 1, "event": 1, "topic": 1, "answer": 2}

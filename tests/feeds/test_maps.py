"""What search engines read: the site map, robots.txt, and the data block of a release."""

from __future__ import annotations

import json
from datetime import date, timedelta
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from app.editorial import service
from app.editorial.models import State
from app.feeds import views
from app.languages import LANGUAGES
from app.writing.sections import every
from tests import make
from tests.browser import Page

HERE = "http://newsroom.test"
NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def locations(client, path):
    """Return the addresses that the map at ``path`` lists, without our host."""
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    found = [each.text for each in ElementTree.fromstring(answer.data).findall("*/s:loc", NAMES)]
    assert all(each.startswith(f"{HERE}/") for each in found)
    return [each.removeprefix(HERE) for each in found]


def lists():
    """Return the home page and the list of each type of text, below the language."""
    return ["", *dict.fromkeys(f"{section.listing or section.segment}/" for section in every())]


def everything(client):
    """Return every address that the maps lead to."""
    return [path for one in locations(client, "/sitemap.xml") for path in locations(client, one)]


def test_every_address_of_the_maps_can_be_read(client, frozen):
    french = make.published(language="fr")
    make.published(language="uk", item=french.item)
    make.published(title="Ampersand & <angle>", slug="Ampersand & <angle>")
    frozen.at += timedelta(minutes=5)

    listed = everything(client)

    assert len(listed) == len(set(listed)) == 3 + 3 * len(lists())
    for path in listed:
        assert client.get(path).status_code == 200, path


def test_the_maps_list_nothing_that_readers_may_not_see(client, frozen):
    shown = make.published(title="Shown")
    for state in (State.DRAFT, State.IN_REVIEW, State.APPROVED, State.WITHDRAWN):
        make.release(state)
    waiting = make.release(State.EMBARGO, at=frozen.at + timedelta(hours=1), title="Waiting")
    pages = sorted(f"/{code}/{rest}" for code in LANGUAGES for rest in lists())

    assert sorted(everything(client)) == sorted([*pages, f"/en/news/{shown.path}"])
    frozen.at += timedelta(hours=1)
    assert sorted(everything(client)) == sorted(
        [*pages, f"/en/news/{shown.path}", f"/en/news/{waiting.path}"]
    )


def test_a_map_says_when_each_page_last_changed(client, frozen):
    edition, amelie = make.published(), make.officer("Amélie")
    frozen.at += timedelta(days=1)
    service.save(edition, make.text(lead="Changed."), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    service.publish(edition, by=amelie, kind="update", note="The lead is new.")

    found = ElementTree.fromstring(client.get("/sitemap-en-1.xml").data)
    dates = {url.find("s:loc", NAMES).text: url.findtext("s:lastmod", None, NAMES) for url in found}
    assert dates[f"{HERE}/en/news/{edition.path}"].startswith("2025-11-21")
    assert dates[f"{HERE}/en/news/"] is None


def test_many_addresses_are_in_several_maps_and_each_in_one(client, monkeypatch):
    monkeypatch.setattr(views, "MAP_ROWS", 2)
    for number in range(5):
        make.published(title=f"Number {number}")
    maps = locations(client, "/sitemap.xml")
    assert [path for path in maps if "-en-" in path] == [f"/sitemap-en-{number}.xml" for number in (1, 2, 3)]
    assert [len(locations(client, f"/sitemap-en-{number}.xml")) for number in (1, 2, 3)] == [
        2 + len(lists()),
        2,
        1,
    ]
    assert len(everything(client)) == 3 * len(lists()) + 5


@pytest.mark.parametrize(
    "name",
    [
        "sitemap-en-0.xml",
        "sitemap-en-2.xml",
        "sitemap-de-1.xml",
        "sitemap-en-x.xml",
        "sitemap-en--1.xml",
        "sitemap-en-99999999999999999999.xml",
    ],
)
def test_a_map_that_is_not_listed_is_not_there(client, name):
    make.published()
    assert client.get(f"/{name}").status_code == 404


def test_robots_may_read_what_is_public_and_are_told_of_the_map(client):
    answer = client.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(answer.get_data(as_text=True).splitlines())
    assert robots.can_fetch("Anybot", f"{HERE}/en/news/2025/11/20/a-release")
    assert robots.can_fetch("Anybot", f"{HERE}/media/pictures/0/320.jpg")
    assert not robots.can_fetch("Anybot", f"{HERE}/desk/sign-in")
    # RFC 9309 lets a pattern have stars, which this reader of Python does not know.
    assert "Disallow: /*photo=" in answer.get_data(as_text=True)
    assert robots.site_maps() == [f"{HERE}/sitemap.xml"]


# The data block of a release


def article(client, edition, language=None):
    """Return the NewsArticle on the page of ``edition`` and the page."""
    page = Page(client.get(f"/{language or edition.language}/news/{edition.path}"))
    assert page.status == 200
    return json.loads(page.one("script[type='application/ld+json']").string), page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_block_says_what_the_page_says(client, frozen, language):
    topic, contact = make.topic(), make.contact()
    facts = make.shared(topics=(topic.key,), contact_id=contact.id, date=date(2025, 11, 19))
    edition = make.published(language=language, facts=facts)
    told, page = article(client, edition)
    words = make.text(language)
    assert (told["@type"], told["@context"]) == ("NewsArticle", "https://schema.org")
    assert told["headline"] == page.one("h1").get_text() == words.title
    assert told["inLanguage"] == language
    assert told["datePublished"] == told["dateModified"] == "2025-11-20T12:00+01:00"
    assert told["description"] == words.lead
    assert (
        told["mainEntityOfPage"]
        == page.one("link[rel=canonical]")["href"]
        == f"{HERE}/{language}/news/{edition.path}"
    )
    assert told["contentLocation"]["name"] == words.place
    assert told["identifier"] == "(2025) 1"
    assert told["about"] == [topic.names[language]]


def test_the_data_block_of_an_updated_release_says_when(client, frozen):
    edition, amelie = make.published(), make.officer("Amélie")
    frozen.at += timedelta(days=200)  # summer time
    service.save(edition, make.text(lead="Changed."), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    service.publish(edition, by=amelie, kind="update", note="The lead is new.")
    told, _page = article(client, edition)
    assert told["datePublished"] == "2025-11-20T12:00+01:00"
    assert told["dateModified"] == "2026-06-08T13:00+02:00"


def test_a_text_in_another_language_than_its_page_says_its_own(client):
    edition = make.published(language="fr")
    told, page = article(client, edition, language="en")
    assert (page.soup.html["lang"], told["inLanguage"]) == ("en", "fr")
    assert told["mainEntityOfPage"] == f"{HERE}/fr/news/{edition.path}"


@pytest.mark.parametrize(
    "title",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "]]>",
        "a\u2028b \\u003c/script>",
        "&lt;/script&gt;",
    ],
)
def test_no_title_ends_the_data_block(client, title):
    edition = make.published(title=title, lead=title, place=title)
    told, page = article(client, edition)
    assert told["headline"] == edition.current.title == page.one("h1").get_text()
    assert not [
        script for script in page.all("script") if "alert" in (script.string or "") and not script.get("type")
    ]

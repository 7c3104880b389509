"""What readers find: the home page, the list, a release in its languages, and what is not there."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.editorial import service
from app.editorial.models import State
from tests import make

HOME = {"fr": "Salle de presse", "en": "Newsroom", "uk": "Пресцентр"}


@pytest.mark.parametrize("language", HOME)
def test_an_empty_newsroom_says_so(browse, language):
    page = browse(f"/{language}/")
    assert HOME[language] in page.one("title").get_text()
    browse(f"/{language}/news/")


def test_a_release_shows_everything_that_was_written(browse):
    topic, contact = make.topic(), make.contact()
    edition = make.published(
        facts=make.shared(topics=(topic.key,), contact_id=contact.id),
        body="<p>First.</p><h2>Then</h2><ul><li>one</li><li>two</li></ul><table><caption>Money</caption>"
        "<tr><th>Year</th></tr><tr><td>2025</td></tr></table>",
        fields={
            "quotes": [{"text": "Words.", "speaker": "Hélène Vasseur", "function": "Secretary General"}],
            "links": [{"title": "En français", "url": "https://www.example.org/fr", "language": "fr"}],
        },
    )
    page = browse(f"/en/news/{edition.path}")

    words = page.words()
    for told in (
        "Ministers adopt a road map",
        "A lead.",
        "First.",
        "Then",
        "one",
        "two",
        "Money",
        "Words.",
        "Hélène Vasseur",
    ):
        assert told in words
    assert "(2025) 1" in words.replace("\xa0", " ")
    assert "Brussels" in words
    assert "Topic ukraine" in words
    assert "+32 2 555 01 48" in words
    assert page.one("a[href='https://www.example.org/fr']")["hreflang"] == "fr"
    assert page.one("link[rel=canonical]")["href"] == f"http://newsroom.test/en/news/{edition.path}"
    assert "NewsArticle" in page.one("script[type='application/ld+json']").string


def test_a_release_leads_to_its_other_languages(browse):
    french = make.published(language="fr")
    english = make.published(language="en", item=french.item)
    page = browse(f"/fr/news/{french.path}")
    found = {link["hreflang"]: link["href"] for link in page.all("link[rel=alternate][hreflang]")}
    assert found == {
        "fr": f"http://newsroom.test/fr/news/{french.path}",
        "en": f"http://newsroom.test/en/news/{english.path}",
        "x-default": f"http://newsroom.test/en/news/{english.path}",
    }


def test_a_missing_language_shows_one_that_exists_and_says_so(browse):
    french = make.published(language="fr")
    page = browse(f"/uk/news/{french.path}")
    assert page.soup.html["lang"] == "uk"
    assert page.one("h1")["lang"] == "fr"
    assert page.one("link[rel=canonical]")["href"] == f"http://newsroom.test/fr/news/{french.path}"
    assert not page.all("link[hreflang=uk]")


def test_the_switch_leads_from_one_languages_address_to_the_others(client):
    french = make.published(language="fr")
    english = make.published(language="en", item=french.item)
    answer = client.get(f"/en/news/{french.path}")
    assert (answer.status_code, answer.location) == (301, f"/en/news/{english.path}")


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.APPROVED])
def test_what_is_not_public_answers_like_nothing(client, state):
    make.release(state)
    guessed = client.get("/en/news/2025/11/20/ministers-adopt-a-road-map")
    nothing = client.get("/en/news/2025/11/20/ministers-adopt-a-road-cap")
    assert guessed.status_code == nothing.status_code == 404
    assert guessed.data == nothing.data


def test_an_embargoed_release_leaves_no_trace_until_its_moment_and_then_is_everywhere(client, frozen):
    ends = frozen.at + timedelta(hours=1)
    edition = make.release(State.EMBARGO, at=ends, title="Quite secret")
    addresses = ["/en/", "/en/news/", "/en/news.atom", "/sitemap-en-1.xml", f"/en/news/{edition.path}", f"/en/news/{edition.path}.txt",
                 f"/fr/news/{edition.path}"]  # fmt: skip
    for address in addresses:
        assert b"uite secret" not in client.get(address).data, address
        assert b"quite-secret" not in client.get(address).data.replace(
            b"/en/news/" + edition.path.encode(), b""
        ).replace(b"/fr/news/" + edition.path.encode(), b""), address

    frozen.at = ends
    for address in addresses:
        told = client.get(address)
        assert told.status_code == 200, address
        assert b"uite secret" in told.data or b"quite-secret" in told.data, address


def test_the_first_page_after_the_moment_carries_the_reference_though_no_worker_ran(client, frozen):
    ends = frozen.at + timedelta(hours=1)
    edition = make.release(State.SCHEDULED, at=ends)
    client.get("/en/")
    frozen.at = ends + timedelta(seconds=1)
    client.get("/en/")
    assert "(2025)\u00a01" in client.get(f"/en/news/{edition.path}").get_data(as_text=True)


def test_a_withdrawn_page_says_when_and_why(browse, client):
    edition = make.release(State.WITHDRAWN)
    page = browse(f"/en/news/{edition.path}")
    notice = "Withdrawn on 20 November 2025. Published in error. The text is kept for the record."
    assert notice in page.words()
    assert "The text." in page.words()
    assert page.one("meta[name=robots]")["content"] == "noindex"
    assert "NewsArticle" not in page.html
    for address in ("/en/", "/en/news/", "/sitemap-en-1.xml"):
        assert edition.path.encode() not in client.get(address).data
    assert "The text." not in client.get("/en/news.atom").get_data(as_text=True)


def test_an_old_address_leads_to_the_new_one_for_ever(client):
    edition = make.published()
    old = edition.path
    service.save(edition, make.text(title="Second title"), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=make.officer("Amélie"))
    service.publish(edition, by=make.officer("Amélie"), kind="minor")
    answer = client.get(f"/en/news/{old}")
    assert (answer.status_code, answer.location) == (301, "/en/news/2025/11/20/second-title")


def test_the_list_is_narrowed_and_each_filter_can_be_let_go(browse):
    topic = make.topic()
    make.published(title="Filed", facts=make.shared(topics=(topic.key,)))
    make.published(title="Spoken", facts=make.shared(kind="speech"))
    make.published(title="Older", at=datetime(2024, 5, 1, 9, tzinfo=UTC))
    make.published(title="Français", language="fr")

    def titles(query):
        return [link.get_text() for link in browse(f"/en/news/{query}").all(".release-row__title a")]

    assert titles("") == ["Spoken", "Filed", "Older"]
    assert titles("?kind=speech") == ["Spoken"]
    assert titles(f"?topic={topic.key}") == ["Filed"]
    assert titles("?year=2024") == ["Older"]
    assert titles("?language=fr") == ["Français"]
    assert titles("?kind=speech&year=2024") == []
    page = browse("/en/news/?kind=speech&year=2025")
    assert page.one(".active-filters li:first-child a")["href"] == "/en/news/?year=2025"


@pytest.mark.parametrize(
    "query",
    ["?kind=x&topic=%00&year=99999&language=de&page=&unknown=1", "?kind=" + "x" * 5000, "?year=2025'"],
)
def test_a_filter_that_means_nothing_is_ignored(browse, query):
    make.published()
    assert len(browse(f"/en/news/{query}").all(".release-row")) == 1


@pytest.mark.long
def test_pages_of_the_list_are_stable_and_end(browse, client):
    for number in range(45):
        make.published(title=f"Number {number}")
    seen = []
    for page in (1, 2, 3):
        seen += [link.get_text() for link in browse(f"/en/news/?page={page}").all(".release-row__title a")]
    assert seen == [f"Number {number}" for number in reversed(range(45))]
    for beyond in ("4", "0", "-1", "x", "9999999999", "²"):
        assert client.get(f"/en/news/?page={beyond}").status_code == 404


def test_plain_text_is_the_whole_release(client):
    edition = make.published(body="<p>First.</p><ul><li>one</li><li>two</li></ul>")
    answer = client.get(f"/en/news/{edition.path}.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    text = answer.get_data(as_text=True)
    for told in (
        "(2025)",
        "Ministers adopt a road map",
        "Brussels, 20\u00a0November 2025",
        "First.",
        "– one",
        f"http://newsroom.test/en/news/{edition.path}",
    ):
        assert told in text


def test_public_pages_are_the_same_for_everybody(client):
    edition = make.published()
    for address in (
        "/en/",
        "/fr/news/",
        f"/en/news/{edition.path}",
        "/en/news.atom",
        "/en/about/privacy",
        "/robots.txt",
        "/sitemap.xml",
    ):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Cache-Control"].startswith("public")


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("fr-BE,en;q=0.5", "fr"),
        ("uk", "uk"),
        ("de,uk;q=0.2", "uk"),
        ("de", "en"),
        ("fr;q=0,*", "en"),
        ("", "en"),
    ],
)
def test_the_bare_address_leads_to_the_readers_language(client, accepted, chosen):
    answer = client.get("/", headers={"Accept-Language": accepted})
    assert (answer.status_code, answer.location, answer.headers["Vary"]) == (
        302,
        f"/{chosen}/",
        "Accept-Language",
    )


def test_an_unknown_language_is_not_found_in_the_readers_own(browse):
    page = browse("/de/", status=404, headers={"Accept-Language": "fr"})
    assert page.soup.html["lang"] == "fr"

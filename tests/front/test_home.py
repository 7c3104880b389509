"""The newsroom's own pages: the home page with nothing, little and much, and what the office says of itself."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from app.editorial.models import State
from app.languages import LANGUAGES
from app.library import service as library
from tests import make
from tests.videos import films


def picture(size=(1600, 900), colour="navy"):
    """Keep a picture of ``size`` pixels and return it."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return library.add_picture(out.getvalue(), title="A table", credit="Office", by=make.officer())


def pictured(kept, **known):
    """Publish a release that shows the pictures ``kept``."""
    words = {each.id: {"alt": f"Picture {each.id}", "caption": "Caption"} for each in kept}
    facts = make.shared(pictures=tuple(each.id for each in kept))
    return make.published(facts=facts, picture_words=words, **known)


def titles(page):
    """Return the titles on a home page: the top story's, then the list's."""
    return [link.get_text() for link in page.all(".top-story__title a, .release-row__title a")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "Rien n’est encore publié"),
        ("en", "Nothing has been published yet"),
        ("uk", "Ще нічого не опубліковано"),
    ],
)
def test_a_newsroom_without_news_says_so(browse, language, words):
    page = browse(f"/{language}/")
    assert words in page.words()
    assert titles(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_only_release_opens_the_page_and_is_not_repeated(browse, language):
    edition = make.published(language=language)
    page = browse(f"/{language}/")
    assert titles(page) == [edition.current.title]
    assert page.one(".top-story__title a")["href"] == f"/{language}/news/{edition.path}"
    assert not page.all(".empty-state")


@pytest.mark.long
def test_of_thirty_releases_the_newest_opens_and_ten_follow(browse, frozen):
    for number in range(30):
        make.published(title=f"Number {number}", at=frozen.at - timedelta(hours=number))
    page = browse("/en/")
    assert titles(page) == [f"Number {number}" for number in range(11)]
    assert page.one("main a[href='/en/news/']")


def test_a_language_without_news_of_its_own_shows_none_of_another(browse):
    make.published(language="fr")
    assert titles(browse("/uk/")) == []


def test_one_of_the_three_newest_opens_the_page_if_it_has_a_picture(browse, frozen):
    kept = picture()
    for number in range(5):
        at = frozen.at - timedelta(hours=number)
        (
            pictured([kept], title="Pictured", at=at)
            if number == 2
            else make.published(title=f"Number {number}", at=at)
        )
    page = browse("/en/")
    assert titles(page) == ["Pictured", "Number 0", "Number 1", "Number 3", "Number 4"]
    image = page.one(".top-story__picture")
    assert (image["alt"], image["width"], image["height"]) == (f"Picture {kept.id}", "1600", "900")


def test_each_picture_has_its_place_before_it_loads_and_each_file_is_there(browse, client, frozen):
    large, small = picture(), picture((400, 600), "darkred")
    for number in range(12):
        pictured(
            [large if number % 2 else small], title=f"Number {number}", at=frozen.at - timedelta(hours=number)
        )
    page = browse("/en/")
    images = page.all("main img")
    assert len(images) == 11
    for image in images:
        ratio = int(image["width"]) / int(image["height"])
        addresses = [part.split() for part in image["srcset"].split(", ")]
        assert {address for address, _width in addresses} >= {image["src"]}
        for address, width in addresses:
            answer = client.get(address)
            assert answer.status_code == 200, address
            with Image.open(io.BytesIO(answer.data)) as told:
                assert f"{told.width}w" == width
                assert told.width / told.height == pytest.approx(ratio, rel=0.01)


def test_pictures_and_bare_texts_stand_side_by_side(browse, frozen):
    kept = picture()
    pictured([kept], title="With")
    make.published(title="Without", at=frozen.at - timedelta(hours=1))
    pictured([kept], title="With too", at=frozen.at - timedelta(hours=2))
    page = browse("/en/")
    rows = {row.select_one("a").get_text(): len(row.select("img")) for row in page.all(".release-row")}
    assert rows == {"Without": 0, "With too": 1}


def test_the_topics_lead_to_what_is_filed_under_them(browse):
    topic = make.topic()
    make.published(facts=make.shared(topics=(topic.key,)))
    link = browse("/uk/").one(".topic-list a")
    assert (link.get_text(), link["href"]) == ("Тема ukraine", "/uk/news/?topic=ukraine")
    browse(link["href"])


def test_the_other_languages_of_a_release_are_named_beside_it(browse, frozen):
    make.published(title="Newer")
    english = make.published(at=frozen.at - timedelta(hours=1))
    make.published(language="uk", item=english.item)
    row = browse("/en/").one(".release-row")
    assert [span["lang"] for span in row.select(".release-row__languages span")] == ["uk"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["accessibility", "privacy", "conditions"])
def test_a_standing_page_is_there_in_each_language_and_leads_to_the_others(browse, language, name):
    page = browse(f"/{language}/about/{name}")
    assert page.soup.html["lang"] == language
    assert len(page.words()) > 300
    found = {link["hreflang"]: link["href"] for link in page.all("link[rel=alternate][hreflang]")}
    assert {code: found[code] for code in LANGUAGES} == {
        code: f"http://newsroom.test/{code}/about/{name}" for code in LANGUAGES
    }


@pytest.mark.parametrize(
    "address",
    [
        "/en/about/",
        "/en/about/nothing",
        "/en/about/privacy/",
        "/en/about/privacy?x=1",
        "/en/about/..",
        "/about/privacy",
    ],
)
def test_an_unknown_standing_page_is_not_found(browse, address):
    assert "not found" in browse(address, status=404).words().lower()


def test_the_bare_address_leads_on_and_is_kept_by_nobody_for_others(client):
    answer = client.get("/", headers={"Accept-Language": "uk-UA,uk;q=0.9,en;q=0.5"})
    assert (answer.status_code, answer.location) == (302, "/uk/")
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["Vary"] == "Accept-Language"
    assert client.head("/").status_code == 302


def test_the_newest_four_films_stand_on_the_home_page_and_lead_to_all(browse, frozen):
    assert not browse("/en/").all(".media-cards")
    for number in range(5):
        frozen.at += timedelta(minutes=1)
        films.video(State.PUBLISHED, film=films.master(f"{number}.mp4"), title=f"Film {number}")
    films.video(State.EMBARGO, film=films.master("x.mp4"), title="Hidden", at=frozen.at + timedelta(hours=1))
    page = browse("/en/")
    assert [each.get_text() for each in page.all(".media-cards__name")] == [
        "Film 4",
        "Film 3",
        "Film 2",
        "Film 1",
    ]
    card = page.all(".media-cards__one")[0]
    assert card.img["src"].endswith("/poster-320.jpg")
    assert {"1 min 0 s", "Broadcast quality"} <= {span.get_text() for span in card.select("span")}
    assert len(browse(page.one("main a[href*='kind=video']")["href"]).all(".media-cards__one")) == 5
    assert not browse("/fr/").all(".media-cards")

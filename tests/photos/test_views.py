"""What readers find of photos: sets, each photo, and what they chose."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import event

from app.database import db
from app.editorial import queries
from app.editorial import service as editorial
from app.editorial.models import State
from app.photos import presenting, rules, service
from app.photos.choosing import Choice
from tests import make
from tests.browser import Page
from tests.photos import scene as make_photos


@pytest.fixture
def shown(app, scene):
    """A public set of three photos."""
    scene("a public set of photos", lambda: make_photos.gallery(State.PUBLISHED))
    return queries.edition_of(1, "en")


URL = "/en/media/photos/ministers-meet"


def test_a_set_shows_its_photos_each_with_its_box(shown, browse):
    page = browse(URL)
    assert page.words("h1") == "Ministers meet"
    assert [each.get_text(" ", strip=True) for each in page.all(".gallery__choice")] == [
        "Caption 1.",
        "Caption 2.",
        "Caption 3.",
    ]
    assert [each["alt"] for each in page.all(".gallery__grid img")] == [
        "Alternative 1.",
        "Alternative 2.",
        "Alternative 3.",
    ]
    assert page.words(".selection__count") == "No photo selected"
    data = json.loads(page.one("script[type='application/ld+json']").string)
    assert data["@type"] == "ImageGallery"
    assert [each["creditText"] for each in data["image"]] == ["Council"] * 3


@pytest.mark.parametrize("language", ["fr", "uk"])
def test_the_other_languages_show_it_with_a_notice(shown, browse, language):
    page = browse(URL.replace("/en/", f"/{language}/"))
    assert page.soup.html["lang"] == language
    key = make_photos.keys(shown)[0]
    browse(f"{URL.replace('/en/', f'/{language}/')}/{key}")


def test_a_photo_has_its_page_with_all_that_is_said_of_it(shown, browse):
    first, second, _third = make_photos.keys(shown)
    page = browse(f"{URL}/{second}")
    assert page.words(".photo-nav__count") == "Photo 2 of 3"
    assert page.words("h1") == "Ministers meet"
    assert page.words("title").startswith("Ministers meet (Photo 2 of 3)")
    assert [each.get_text(" ", strip=True) for each in page.all(".photo__facts dd")][:2] == ["Ana A", "Bo B"]
    assert page.one("a[rel=prev]")["href"] == f"{URL}/{first}"
    assert not page.all(".photo .photo-nav__count")
    assert page.all(".photo source")[0]["type"] == "image/avif"


def test_what_is_chosen_travels_in_the_address(shown, browse):
    first, second, third = make_photos.keys(shown)
    page = browse(f"{URL}?photo={third}&photo={first}&photo=nonsense&size=hd")
    assert "Photos selected: 2" in page.words(".selection__count")
    assert page.one("#selection-size option[selected]")["value"] == "hd"
    photo = browse(f"{URL}/{second}?photo={first}")
    assert photo.all(".photo__choice a")[0]["href"] == f"{URL}/{second}?photo={first}&photo={second}"
    assert (
        browse(f"{URL}/{first}?photo={first}").all(".photo__choice a")[0].get_text()
        == "Remove from the selection"
    )
    assert "Photos selected: 3" in browse(f"{URL}?all=1").words(".selection__count")


def test_nothing_selected_is_said(shown, browse):
    page = browse(f"{URL}/take", status=422)
    assert page.words(".error-summary li") == "Select at least one photo"
    assert page.words("title").startswith("Error: ")


def test_a_selection_leads_to_its_file(shown, client):
    first, *_rest = make_photos.keys(shown)
    web = client.get(f"{URL}/take?photo={first}")
    assert (web.status_code, web.location) == (303, f"/media/photos/en/ministers-meet.zip?photo={first}")
    large = client.get(f"{URL}/take?photo={first}&size=original")
    assert large.location == f"/en/media/downloads/photos?edition={shown.id}&photo={first}&size=original"


def test_a_set_of_one_is_a_photo_without_a_counter(app, browse, client):
    edition = make_photos.gallery(State.PUBLISHED, "alone", title="A portrait")
    page = browse("/en/media/photos/a-portrait")
    assert page.words("h1") == "A portrait"
    assert not page.all(".photo-nav__count")
    assert client.get(f"/en/media/photos/a-portrait/{make_photos.keys(edition)[0]}").status_code == 301


def test_a_missing_large_size_is_said(app, browse):
    make_photos.master("small", made=("640.jpg",))
    make_photos.gallery(State.PUBLISHED, "small", title="Small")
    assert "no high-resolution version" in browse("/en/media/photos/small").words(".photo__size--none")


def test_a_photo_that_was_taken_out_says_so_and_one_that_never_was_is_not_there(shown, browse, client):
    first, *_rest = make_photos.keys(shown)
    service.drop(shown, first, by=make.officer("Max"))
    assert client.get(f"{URL}/{first}").status_code == 200
    make_photos.again(shown, "correction", "The first photo showed another meeting.")
    page = browse(f"{URL}/{first}", status=410)
    assert page.words("h1") == "This photo was removed"
    browse(f"{URL}/0badf00d", status=404)
    assert "showed another meeting" in browse(URL).words(".gallery")


def test_a_withdrawn_set_takes_its_photos_along(shown, browse, client):
    key, master = make_photos.keys(shown)[0], shown.current.facts["photos"][0]["master"]
    assert queries.public_master(master)
    editorial.withdraw(shown, reason="Published in error.", by=make.officer("Amélie"))
    browse(URL)
    assert not queries.public_master(master)
    assert client.get(f"{URL}/{key}").status_code == 200
    assert "/media/masters/" not in Page(client.get(URL)).html


def test_drafts_are_nowhere(app, browse):
    edition = make_photos.gallery()
    browse(URL, status=404)
    browse(f"{URL}/{make_photos.keys(edition)[0]}", status=404)
    browse(f"{URL}/take", status=404)


@pytest.mark.long
def test_sets_stand_in_the_media_library(app, browse, client, run_jobs):
    make_photos.gallery(State.PUBLISHED)
    make_photos.gallery(State.PUBLISHED, "alone", title="A portrait")
    make_photos.gallery(title="A draft")
    run_jobs()
    answer = client.get("/en/media/photos/")
    assert (answer.status_code, answer.location) == (301, "/en/media/?kind=photo")
    page = browse(answer.location)
    assert [each.get_text() for each in page.all("main h2 a")] == ["A portrait", "Ministers meet"]


@pytest.mark.long
def test_the_search_finds_photos_by_what_is_said_of_each(shown, browse, run_jobs):
    run_jobs()
    for words in ("Ana A", "caption", "Ministers", "Lipsius"):
        page = browse(f"/en/search/?q={words}")
        assert page.words("#results-gallery") == "Photos"
        assert page.one(".result-row__title a")["href"] == URL
        assert not page.all(".result-row__note")
    assert "1 set of photos" in browse("/en/search/?q=caption&type=gallery").words("main")
    assert not browse("/en/search/?q=Nobody").all(".result-row")


def test_the_map_of_the_site_names_the_set(shown, client):
    assert (
        "/en/media/photos/ministers-meet"
        in client.get("/sitemap-en-1.xml").text + client.get("/sitemap.xml").text
    )


class Looked(list):
    """Photos that count how often somebody goes through them."""

    times = 0

    def __iter__(self):
        self.times += 1
        return super().__iter__()


def test_a_page_of_many_photos_goes_through_what_was_chosen_once(shown):
    page = presenting.draft(shown, "en")
    one, two, three = page.photos
    chosen = Looked([one, three])
    choice = Choice(page, chosen, "hd")
    assert [choice.has(photo) for photo in page.photos] == [True, False, True]
    assert choice.query(with_one=two) == f"?photo={one.key}&photo={two.key}&photo={three.key}&size=hd"
    assert choice.query(without=three) == f"?photo={one.key}&size=hd"
    assert chosen.times == 1


def test_what_a_set_lacks_is_asked_of_all_its_photos_at_once(shown):
    db.session.expire_all()
    asked, revision = [], shown.current

    def note(*told):
        asked.append(told[2])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        assert rules.missing(revision) == []
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert len([each for each in asked if "FROM master" in each or "FROM rendition" in each]) == 2

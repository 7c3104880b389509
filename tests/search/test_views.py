"""What readers find, and that nothing they type breaks the page."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from app.editorial import service as editorial
from app.editorial.models import State
from app.search import queries
from tests import make
from tests.browser import Page
from tests.corpora import some_and_others
from tests.search.hostile import STRINGS

TEXTS = {
    "en": [
        "Ministers meet in Kyiv on energy policy",
        "The mayor’s café: Zoë, naïve & co",
        "Elections near Odesa and not in Łódź",
    ],
    "fr": ["L’OTAN et l’Élysée à Bruxelles", "Les journaux régionaux de Kyïv"],
    "uk": ["Міністри у Києві про рішення щодо енергії", "П’ять об’єктів інфраструктури в Одесі"],
}


@pytest.fixture
def texts(scene, frozen, run_jobs):
    """Releases in three languages, each later than the one before; the index is up to date."""

    def play():
        for language, titles in TEXTS.items():
            for title in titles:
                frozen.at += timedelta(minutes=1)
                make.published(language=language, title=title, lead="–", body="<p>–</p>", place="–")
        run_jobs()

    scene("texts to be found", play)


def _asked(code: str = "en", /, **query: str) -> str:
    return f"/{code}/search/?{urlencode(query)}"


def _titles(page) -> list[str]:
    return [" ".join(title.get_text().split()) for title in page.all(".release-row__title")]


@pytest.mark.parametrize(
    ("language", "typed", "numbers"),
    [
        ("en", "energy", [0]),
        ("en", "ENERGY policies", [0]),
        ("en", "ener", [0]),
        ("en", "ener policy", []),
        ("en", "minister", [0]),
        ("en", "mayor's", [1]),
        ("en", "mayors", [1]),
        ("en", "cafe zoe naive", [1]),
        ("en", "CAFÉ", [1]),
        ("en", "cafe\u0301", [1]),
        ("en", "lodz", [2]),
        ("en", "Łódź", [2]),
        ("en", "near", [2]),
        ("en", "not and", [2]),
        ("en", '"elections"', [2]),
        ("en", "election*", [2]),
        ("en", "Київ", [0]),
        ("en", "Kiev", [0]),
        ("en", "Odessa", [2]),
        ("en", "Одеса", [2]),
        ("en", "energy odesa", []),
        ("en", "OTAN", []),
        ("fr", "otan", [0]),
        ("fr", "l'otan", [0]),
        ("fr", "NATO", [0]),
        ("fr", "elysee", [0]),
        ("fr", "journal", [1]),
        ("fr", "régionale", [1]),
        ("fr", "Brussels", [0]),
        ("fr", "kyiv", [1]),
        ("fr", "Київ", [1]),
        ("uk", "міністр", [0]),
        ("uk", "МІНІСТРІВ", [0]),
        ("uk", "Київ", [0]),
        ("uk", "Kyiv", [0]),
        ("uk", "рішень", [0]),
        ("uk", "п'ять", [1]),
        ("uk", "пять", [1]),
        ("uk", "об’єкт", [1]),
        ("uk", "Odesa", [1]),
        ("uk", "Odessa інфраструктура", [1]),
    ],
)
def test_words_are_found_whatever_their_case_accents_endings_and_script(
    texts, client, language, typed, numbers
):
    answer = client.get(_asked(language, q=typed))
    assert answer.status_code == 200
    assert _titles(Page(answer)) == [TEXTS[language][number] for number in numbers]


def test_a_page_of_results_marks_the_words_and_keeps_what_was_typed(texts, browse):
    page = browse(_asked(q="energy київ"))
    assert [mark.get_text() for mark in page.all("mark")] == ["Kyiv", "energy"]
    assert page.one("input[type=search]")["value"] == "energy київ"
    assert "1 release" in page.words(".page-head__count")
    assert page.one("title").get_text().startswith("Search: energy київ")
    assert page.one("meta[name=robots]")["content"] == "noindex"
    assert page.one(".masthead__link[aria-current]")["href"] == "/en/search/"


def test_a_word_in_the_body_is_shown_where_it_stands(app, run_jobs, browse):
    make.published(body=f"<p>{'before ' * 100}</p><p>The <b>turbine</b> &amp; co.</p><p>{'after ' * 100}</p>")
    run_jobs()
    page = browse(_asked(q="turbines"))
    assert [mark.get_text() for mark in page.all("mark")] == ["turbine"]
    assert "before The turbine & co. after" in page.words(".release-row__lead")


def test_all_languages_are_one_link_away_and_say_which_they_are(texts, browse):
    page = browse(_asked(q="kyiv"))
    assert _titles(page) == [TEXTS["en"][0]]
    scope = page.one(".search-page__scope a")["href"]

    page = browse(scope)
    assert _titles(page) == [TEXTS["uk"][0], TEXTS["fr"][1], TEXTS["en"][0]]
    assert [title.get("lang") for title in page.all(".release-row__title")] == ["uk", "fr", None]
    assert [link.get("hreflang") for link in page.all(".release-row__title a")] == ["uk", "fr", None]
    assert page.one(".search-box input[name=language]")["value"] == "all"
    assert page.one(".search-page__scope a")["href"] == _asked(q="kyiv")


def test_the_language_switch_keeps_the_words(texts, browse):
    page = browse(_asked(q="kyiv", language="all"))
    assert page.one(".utility-bar__link[lang=uk]")["href"] == _asked("uk", q="kyiv", language="all")


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_nothing_typed_shows_the_form_and_no_error(browse, language):
    make.topic()
    page = browse(f"/{language}/search/")
    assert page.one("form[role=search]")["action"] == f"/{language}/search/"
    assert not page.all("[role=status], .filters")
    assert len(page.all(".topic-list a")) == 1


def test_nothing_found_says_so_and_where_to_go(texts, browse):
    make.topic()
    page = browse(_asked(q="turbine"))
    assert "No result for “turbine”. Check the spelling or remove a filter." in page.words()
    assert page.one(".empty-state a")["href"] == _asked(q="turbine", language="all")
    assert page.all(".topic-list a")
    page = browse(_asked(q="turbine", language="all"))
    assert not page.all(".empty-state a")


def test_what_is_too_long_is_cut_with_a_note(browse):
    page = browse(_asked(q="a" * 5000))
    assert "200 characters" in page.words(".search-page__note")
    assert page.one("input[type=search]")["value"] == "a" * 200
    assert not browse(_asked(q="a" * 200)).all(".search-page__note")


@pytest.mark.long
def test_twenty_stand_on_a_page_and_no_more_than_a_thousand_are_counted(
    app, frozen, run_jobs, browse, monkeypatch
):
    monkeypatch.setattr(queries, "MOST", 25)
    for number in range(26):
        frozen.at += timedelta(minutes=1)
        make.published(title=f"Energy {number}")
    run_jobs()
    page = browse(_asked(q="energy"))
    assert _titles(page)[0] == "Energy 25"
    assert len(_titles(page)) == 20
    assert "more than 25 releases" in page.words(".page-head__count")
    assert page.one("link[rel=next]")["href"] == _asked(q="energy", page="2")
    page = browse(_asked(q="energy", page="2"))
    assert _titles(page) == [f"Energy {number}" for number in range(5, 0, -1)]
    for number in ("3", "0", "x", "999999999999"):
        browse(_asked(q="energy", page=number), status=404)


@pytest.mark.parametrize("values", some_and_others(STRINGS))
@pytest.mark.parametrize("language", ["en", "all", "fr", "x", ""])
def test_hostile_words_never_break_the_page(texts, client, language, values):
    for typed in values:
        answer = client.get(_asked(q=typed, language=language))
        assert answer.status_code == 200, ascii(typed)
        assert "<script>alert" not in answer.get_data(as_text=True)
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("typed", STRINGS[::6], ids=lambda typed: ascii(typed[:20]))
def test_pages_about_hostile_words_are_whole(texts, browse, typed):
    page = browse(_asked(q=typed))
    assert not page.all("main script, main img, main b")


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=%FF%FE",
        "q=a&q=b",
        "q",
        "=",
        "q[]=a",
        "q=%",
        "page=1",
        "language=all",
        "q=a&page=1&x=%22",
        "q=%ED%A0%80",
    ],
)
def test_hostile_addresses_never_break_the_page(texts, client, query):
    assert client.get(f"/en/search/?{query}").status_code == 200


def test_operators_do_not_operate(texts, client):
    plain = client.get(_asked(q="energy policy")).get_data(as_text=True)
    for typed in (
        'energy "policy"',
        "energy* policy",
        "(energy) policy",
        "energy, policy!",
        "energy:policy",
        "^energy +policy",
    ):
        found = client.get(_asked(q=typed)).get_data(as_text=True)
        assert found.count("release-row__title") == plain.count("release-row__title") == 1, typed
    for typed in ("energy OR elections", "energy NOT elections", "energy | elections", "rowid:1"):
        assert "release-row__title" not in client.get(_asked(q=typed)).get_data(as_text=True), typed


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.EMBARGO, State.SCHEDULED]
)
def test_what_is_not_public_answers_like_nothing(app, client, frozen, run_jobs, state):
    make.release(state, title="Quite secret", at=frozen.at + timedelta(hours=1))
    run_jobs()
    known = client.get(_asked(q="secret"))
    unknown = client.get(_asked(q="sacred"))
    assert known.data.replace(b"secret", b"sacred") == unknown.data
    assert known.headers["Cache-Control"] == unknown.headers["Cache-Control"]


def test_a_page_of_results_changes_at_the_moment_and_at_the_withdrawal(app, client, frozen, run_jobs):
    ends = frozen.at + timedelta(hours=1)
    edition = make.release(State.EMBARGO, title="Quite secret", at=ends)
    assert b"Quite" not in client.get(_asked(q="secret")).data
    frozen.at = ends
    client.get("/en/")
    run_jobs()
    assert b"Quite" in client.get(_asked(q="secret")).data
    editorial.withdraw(edition, reason="An error.", by=make.officer("Amélie"))
    assert b"Quite" not in client.get(_asked(q="secret")).data


def test_a_result_asked_for_too_early_is_not_kept(app, client, run_jobs):
    """Between a publication and its job the page without it is made, and must not outlive the job."""
    make.published(title="Grid repairs")
    assert b"Grid" not in client.get(_asked(q="repairs")).data
    run_jobs()
    assert b"Grid" in client.get(_asked(q="repairs")).data


def test_a_page_that_is_not_there_offers_the_search(browse):
    page = browse("/fr/nowhere/at/all", status=404)
    assert page.one("form[role=search]")["action"] == "/fr/search/"

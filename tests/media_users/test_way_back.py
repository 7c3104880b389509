"""The page to go back to: our own paths survive every detour, and nothing leads to another site."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.rules import same_site_path
from app.database import db
from app.editorial.models import State
from app.languages import speaking
from app.proving.models import Proof
from tests import make
from tests.browser import Page
from tests.corpora import some_and_others
from tests.media_users.steps import choose, enter, forget
from tests.proving.letters import code_in
from tests.signing import post

LOGIN = "/en/account/login"
REGISTER = "/en/account/register"

# Each would lead a browser, or a proxy before it, to another site or to a script.
HOSTILE = [
    "https://evil.test", "http://evil.test/", "//evil.test", "///evil.test", "////evil.test", "/\\evil.test",
    "\\\\evil.test", "\\/evil.test", "/\\/evil.test", "//evil.test/%2f..", "//evil.test\\@newsroom.test",
    "/\t/evil.test", "/\n/evil.test", "/\r/evil.test", "\t//evil.test", " //evil.test", "\n//evil.test",
    "/\x00/evil.test", "\x00//evil.test", "\x01https://evil.test", "/\x0b/evil.test", "/\x0c/evil.test",
    "/\u2028/evil.test", "/\u00a0/evil.test", "/\u3000/evil.test", "/\u200b/evil.test", "\ufeff//evil.test",
    "http:evil.test", "https:evil.test", "http:/evil.test", "https:///evil.test", "HTTPS://EVIL.TEST",
    "hTtP://evil.test", "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
    "javascript://newsroom.test/%0aalert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:msgbox(1)",
    "blob:https://evil.test/x", "file:///etc/passwd", "ftp://evil.test", "ws://evil.test", "mailto:a@evil.test",
    "evil.test", "evil.test/en/", "@evil.test", "newsroom.test@evil.test", "http://newsroom.test@evil.test/",
    "http://newsroom.test.evil.test/", "http://evil.test/newsroom.test", "http://[::1]/", "http://0x7f000001/",
    "//%65vil.test", "//evil%E3%80%82test", "//evil。test", "//ｅｖｉｌ.test", "/ｘ", "/é", "?next=//evil.test",
    "#//evil.test", "../..//evil.test", "./../evil", "", "/ /evil.test", "/a b", "/" + "a" * 2000, "/en/\r\nX-Evil: 1",
    "/en/\r\n\r\n<script>alert(1)</script>", "http://newsroom.test", "http://newsroom.test/en/", "//newsroom.test/en/",
]  # fmt: skip
HONEST = [
    "/", "/en/", "/en/news/", "/fr/news/?topic=ukraine&year=2025", "/en/news/2025/12/03/a-slug", "/uk/search/?q=%D0%BC",
    "/en/events/?page=2", "/en/topics/x#answer-3", "/en/news/a-slug?in=12.4&out=30&format=mp4", "/en/account/settings",
    "/en/search/?q=https%3A%2F%2Fevil.test", "/en/news/?next=//evil.test", "/en/a:b@c", "/desk/", "/en/x?a=1&b=(2)*~'!$",
]  # fmt: skip


def test_the_list_is_long_enough() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_address_is_none(value: str) -> None:
    assert same_site_path(value) is None


@pytest.mark.parametrize("value", HONEST)
def test_an_honest_path_is_kept_to_the_letter(value: str) -> None:
    assert same_site_path(value) == value


def log_in(client: FlaskClient, wanted: str, *, page: str = LOGIN) -> Any:
    tom = make.media_user()
    return post(client, LOGIN, {"email": tom.email, "password": make.PASSWORD, "next": wanted}, page=page)


def links(page: Page) -> list[str]:
    """Return every place to which ``page`` leads, and every place that its forms carry along."""
    found = [link["href"] for link in page.all("a[href]")] + [form["action"] for form in page.all("form")]
    return found + [field.get("value", "") for field in page.all("input[name=next]")]


def leads_away(address: str) -> bool:
    """Say whether an address of a page of ours leaves our site, now or by its ``next``."""
    parts = urlsplit(address)
    if parts.scheme in ("tel", "mailto"):
        return False
    wanted = parse_qs(parts.query).get("next", [])
    return bool(parts.scheme or parts.netloc) or any(same_site_path(each) is None for each in wanted)


@pytest.mark.parametrize("values", some_and_others(HOSTILE))
def test_no_hostile_address_gets_through_logging_in(app: Flask, values: list[str]) -> None:
    """In one test: the newsroom is emptied once, and every value has a browser of its own."""
    for value in values:
        client = app.test_client()
        page = Page(client.get(LOGIN, query_string={"next": value}))
        assert page.status == 200
        assert not [link for link in links(page) if link and leads_away(link)], value
        answer = log_in(client, value)
        assert (answer.status_code, answer.location) == (303, "/en/account/settings"), value
        again = client.get(LOGIN, query_string={"next": value})
        assert again.location == "/en/account/settings", value


@pytest.mark.parametrize("values", some_and_others(HOSTILE))
def test_no_hostile_address_gets_through_registering(
    app: Flask, monkeypatch: pytest.MonkeyPatch, values: list[str]
) -> None:
    monkeypatch.setitem(app.config, "REGISTRATIONS_NETWORK", 1000)
    for number, value in enumerate(values):
        client = app.test_client()
        typed = {
            "name": "Zoé", "organisation": "Freelance", "country": "FR", "email": f"zoe-{number}@echo.test",
            "password": "Vulytsia-7-lypa!", "language": "fr", "conditions": "y", "next": value,
        }  # fmt: skip
        refused = Page(post(client, REGISTER, typed | {"country": ""}, page=REGISTER))
        assert not [link for link in links(refused) if link and leads_away(link)], value
        assert post(client, REGISTER, typed, page=REGISTER).status_code == 303
    db.session.rollback()
    assert set(db.session.scalars(select(Proof.back))) == {""}


@pytest.mark.parametrize("values", some_and_others(HOSTILE))
def test_no_hostile_address_gets_through_a_forgotten_password(
    app: Flask, monkeypatch: pytest.MonkeyPatch, values: list[str]
) -> None:
    monkeypatch.setitem(app.config, "CODES_NETWORK", 1000)
    for number, value in enumerate(values):
        client = app.test_client()
        page = Page(client.get("/en/account/forgot", query_string={"next": value}))
        assert not [link for link in links(page) if link and leads_away(link)], value
        assert forget(client, f"zoe-{number}@echo.test", next=value).status_code == 303, value
    db.session.rollback()
    assert set(db.session.scalars(select(Proof.back))) == {""}


@pytest.mark.usefixtures("outbox_emptied")
@pytest.mark.parametrize(
    "value", ["/fr/news/?topic=ukraine&year=2025", "/en/news/a-slug?in=12.4&out=30&format=mp4"]
)
def test_an_honest_path_survives_a_forgotten_password_on_another_device(
    app: Flask, client: FlaskClient, run_jobs: Any, outbox: Any, value: str
) -> None:
    tom = make.media_user()
    forget(client, tom.email, next=value)
    run_jobs()
    other = app.test_client()
    enter(other, code_in(outbox()[-1]), "reset", email=tom.email)
    done = choose(other, "Another-2025-word!")
    page = Page(other.get(done.location))
    way = page.one("main a.button")["href"]
    assert parse_qs(urlsplit(way).query)["next"] == [value]
    answer = post(
        other, LOGIN, {"email": tom.email, "password": "Another-2025-word!", "next": value}, page=way
    )
    assert answer.location == value


@pytest.mark.parametrize("values", some_and_others(HOSTILE))
@pytest.mark.parametrize("path", ["/en/account/created", "/en/account/newsletter", REGISTER])
def test_no_hostile_address_gets_onto_a_page_behind_the_log_in(
    app: Flask, client: FlaskClient, path: str, values: list[str]
) -> None:
    log_in(client, "")
    for value in values:
        page = Page(client.get(path, query_string={"next": value}))
        assert not [link for link in links(page) if link and leads_away(link)], value


@pytest.mark.parametrize("value", [each for each in HONEST if not each.startswith("/en/account")])
def test_an_honest_path_survives_logging_in(client: FlaskClient, value: str) -> None:
    page = Page(client.get(LOGIN, query_string={"next": value}))
    assert page.one("input[name=next]")["value"] == value
    assert log_in(client, value).location == value


def test_a_wrong_password_keeps_the_way_back(client: FlaskClient) -> None:
    page = Page(
        post(client, LOGIN, {"email": "x@y.test", "password": "no", "next": "/en/news/?page=2"}, page=LOGIN)
    )
    assert page.one("input[name=next]")["value"] == "/en/news/?page=2"
    ways = [link["href"] for link in page.all(".account__ways a")]
    assert [parse_qs(urlsplit(way).query)["next"] for way in ways] == [["/en/news/?page=2"]] * 2


def test_the_languages_keep_the_way_back(browse: Any) -> None:
    page = browse(f"{LOGIN}?next=/en/news/")
    assert [link["href"] for link in page.all(".utility-bar nav a")] == [
        f"/{code}/account/login?next=/en/news/" for code in ("fr", "en", "uk")
    ]


def test_a_page_that_asks_who_one_is_is_found_again(client: FlaskClient) -> None:
    answer = client.get("/en/account/created?next=/en/news/")
    assert answer.status_code == 303
    wanted = parse_qs(urlsplit(answer.location).query)["next"][0]
    assert log_in(client, wanted).location == "/en/account/created?next=/en/news/"


FROM_US = {
    "http://localhost/en/news/?page=2": "/en/news/?page=2",
    "http://localhost/uk/search/?q=%D0%BC": "/uk/search/?q=%D0%BC",
    "http://localhost/": "/",
}
FROM_ELSEWHERE = [
    "https://evil.test/en/news/", "http://localhost.evil.test/en/", "http://localhost@evil.test/", "http://evil.test",
    "http://localhost//evil.test", "http://localhost/\\evil.test", "http://localhost/ /x", "http://localhost",
    "http://localhost/en/account/settings", "http://localhost/desk/", "javascript:alert(1)", "/en/news/", "",
]  # fmt: skip


@pytest.mark.parametrize(("before", "wanted"), FROM_US.items())
def test_the_link_in_the_head_of_a_page_leads_back_to_it(
    client: FlaskClient, before: str, wanted: str
) -> None:
    answer = client.get("/en/account/", headers={"Referer": before})
    assert parse_qs(urlsplit(answer.location).query) == {"next": [wanted]}


@pytest.mark.parametrize("before", FROM_ELSEWHERE)
def test_no_other_page_is_led_back_to(client: FlaskClient, before: str) -> None:
    assert client.get("/en/account/", headers={"Referer": before}).location == LOGIN


def name_of(app: Flask, path: str, language: str = "en") -> str | None:
    with app.test_request_context("/"), speaking(language):
        return app.extensions["page_name"](path)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/en/", "Home page"), ("/fr/news/?topic=x", "Releases"), ("/en/events/", "Events"), ("/uk/topics/", "Topics"),
        ("/en/search/?q=secret", "Search"), ("/en/about/privacy", "Personal data"), ("/desk/", "Press desk"),
        ("/en/account/settings", "Your account"), ("/en/about/nothing", None), ("/nowhere", None), ("/en", None),
        ("/en/news/2025/11/20/not-there", None), ("/desk/releases/1/en/", None), ("/media/pictures/1/x", None),
    ],
)  # fmt: skip
def test_pages_are_called_what_readers_call_them(app: Flask, path: str, name: str | None) -> None:
    assert name_of(app, path) == name


def test_a_text_is_called_by_its_title_while_everybody_may_read_it(app: Flask) -> None:
    edition = make.release(State.PUBLISHED)
    path = f"/en/news/{edition.path}"
    assert name_of(app, f"{path}?in=1") == make.TITLES["en"]
    assert name_of(app, path.replace("/en/", "/fr/")) is None


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.APPROVED])
def test_no_button_tells_of_a_text_before_its_hour(app: Flask, state: State) -> None:
    edition = make.release(state)
    path = f"/en/news/{edition.path or 'ministers-adopt-a-road-map'}"
    assert name_of(app, path) is None
    assert name_of(app, f"/en/news/2025/11/20/{edition.id}") is None


def test_nothing_of_an_address_is_shown_as_words(browse: Any) -> None:
    page = browse(f"{LOGIN}?next=/en/your-account-is-lost-call-0900")
    assert "0900" not in page.words()
    assert "Then you go back to the page where you were." in page.words()


def test_the_page_wanted_is_named(browse: Any) -> None:
    assert "Then you go on to “Events”." in browse(f"{LOGIN}?next=/en/events/").words()

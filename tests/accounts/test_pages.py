"""The pages of the door, held to the house: valid, labelled, in one language."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests import make
from tests.browser import Page, hold_to_the_house
from tests.signing import PAGE, sign_in, try_password


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_the_way_in_keeps_the_rules_of_the_house(browse, language: str) -> None:
    page = browse(f"{PAGE}?language={language}&next=/desk/jobs")
    assert page.one("html")["lang"] == language
    assert page.one("main h1").get_text(strip=True) in page.one("title").get_text()
    assert [control["name"] for control in page.all("main input:not([type=hidden])")] == ["email", "password"]
    assert page.one("#password")["type"] == "password"
    assert len(page.all('a[hreflang][href^="/desk/sign-in?language="]')) == 3


def test_the_way_back_to_a_kept_text_says_so_above_the_heading(browse) -> None:
    page = browse(f"{PAGE}?next=/desk/releases/new?kept%3Dabc")
    assert "Your session has ended. What you typed is kept." in page.words(".banner")


def test_a_wrong_pair_is_said_once_at_the_top(client: FlaskClient) -> None:
    page = Page(try_password(client, "nobody@office.test", "wrong"))
    hold_to_the_house(page)
    assert page.words(".error-summary") == "There is a problem The e-mail address or the password is wrong"
    assert page.all(".banner") == []


def test_a_missing_entry_is_named_at_the_top_and_beside_its_field(client: FlaskClient) -> None:
    page = Page(try_password(client, "", "x"))
    hold_to_the_house(page)
    assert page.one(".error-summary a")["href"] == "#email"
    email = page.one("#email")
    assert email["aria-invalid"] == "true"
    assert "Enter your e-mail address" in page.words(f"#{email['aria-describedby']}")


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_the_settings_keep_the_rules_of_the_house(browse, client: FlaskClient, language: str) -> None:
    sign_in(client, make.officer("Oksana", language=language))
    page = browse("/desk/settings")
    assert page.one("html")["lang"] == language
    assert page.one("input[name=language][checked]")["value"] == language
    assert "Oksana" in page.words()


@pytest.mark.parametrize("path", ["/fr/nowhere", "/en/nowhere", "/uk/nowhere", "/nowhere"])
def test_a_page_that_is_not_there_keeps_the_rules_of_the_house(browse, path: str) -> None:
    browse(path, status=404)


def test_error_pages_at_the_desk_keep_the_rules_of_the_house(browse, client: FlaskClient) -> None:
    sign_in(client)
    browse("/desk/nowhere", status=404)
    browse("/desk/releases/1/en/review", status=403)
    late = Page(client.post("/desk/releases/new?language=en", data={"title": "Late"}))
    assert late.status == 400
    hold_to_the_house(late)

"""Personal pages: below a language, for whoever is logged in; each is private, and each form asks for its token."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from app.web.headers import is_personal
from tests.house.test_doors import _path

OPEN = {  # all others ask who it is
    "account.code",
    "account.conditions",
    "account.forgot",
    "account.home",
    "account.leaving",
    "account.login",
    "account.new_code",
    "account.new_password",
    "account.register",
    "account.updated",
    "downloads.rows",  # tells who is not logged in where the door is
}


def personal_rules(app: Flask) -> list[Rule]:
    """Return every address of an account, and of what somebody downloads."""
    return [rule for rule in app.url_map.iter_rules() if is_personal(f"/en/{rule.rule.partition('>/')[2]}")]


def _ways(app: Flask) -> list[tuple[Rule, str, str]]:
    return [
        (rule, method, _path(rule))
        for rule in personal_rules(app)
        for method in sorted(rule.methods - {"OPTIONS", "HEAD"})
    ]


def test_each_page_is_guarded_or_listed_here(newsroom: Flask) -> None:
    unguarded = {
        rule.endpoint
        for rule in personal_rules(newsroom)
        if not hasattr(newsroom.view_functions[rule.endpoint], "_guard")
    }
    assert unguarded == OPEN


def test_who_is_not_logged_in_is_led_to_the_door_and_back(client: FlaskClient, app: Flask) -> None:
    for rule, method, path in _ways(app):
        if rule.endpoint in OPEN or method != "GET":
            continue
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, f"{path[:3]}/account/login?next={path}"), path


def test_every_answer_is_for_one_person_alone(client: FlaskClient, app: Flask) -> None:
    ways = _ways(app)
    assert len(ways) > 4
    for _rule, method, path in ways:
        answer = client.open(path, method=method)
        assert is_personal(path)
        assert answer.headers["Cache-Control"] == "private, no-store", (method, path)
        assert answer.headers["Referrer-Policy"] == "no-referrer", (method, path)


def test_nothing_changes_without_a_form_token(client: FlaskClient, app: Flask) -> None:
    for _rule, method, path in _ways(app):
        if method != "GET":
            assert client.open(path, method=method).status_code == 400, (method, path)


@pytest.mark.parametrize(
    "path",
    [
        "/en/account/x.css",
        "/en/account/login/x.png",
        "/en/account/settings.js",
        "/en/media/downloads/x.css",
        "/en/media/downloads/1/x.js",
    ],
)
def test_an_address_that_only_looks_like_one_is_not_found_and_not_kept(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "private, no-store"

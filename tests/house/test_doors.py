"""Doors: every page of the desk is guarded, and whatever changes something asks for a form of ours."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing.converters import AnyConverter, NumberConverter

from app.extensions import csrf
from app.web.headers import is_personal
from app.writing.sections import Folder, of_type
from tests import make
from tests.signing import sign_in

OPEN_DOORS = {"accounts.sign_in", "accounts.invitation"}


def _desk_rules(app: Flask) -> list:
    return [
        rule for rule in app.url_map.iter_rules() if rule.rule == "/desk" or rule.rule.startswith("/desk/")
    ]


def _path(rule) -> str:
    values = {}
    for name, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            values[name] = next(iter(converter.items))
        elif isinstance(converter, Folder):
            values[name] = of_type("release")
        else:
            values[name] = 1 if isinstance(converter, NumberConverter) else "en"
    return rule.build(values, append_unknown=False)[1]


def _ways(app: Flask) -> list[tuple[str, str]]:
    return [
        (method, _path(rule))
        for rule in _desk_rules(app)
        if rule.endpoint not in OPEN_DOORS
        for method in sorted(rule.methods - {"OPTIONS", "HEAD"})
    ]


def test_every_page_of_the_desk_carries_a_guard(newsroom: Flask) -> None:
    unguarded = {
        rule.endpoint
        for rule in _desk_rules(newsroom)
        if not hasattr(newsroom.view_functions[rule.endpoint], "_guard")
    }
    assert unguarded == OPEN_DOORS


def test_a_visitor_without_an_account_gets_past_no_door_of_the_desk(client: FlaskClient, app: Flask) -> None:
    ways = _ways(app)
    assert len(ways) > 5
    for method, path in ways:
        answer = client.open(path, method=method)
        if path.endswith(".json"):
            assert answer.status_code == 403, (method, path)
        else:
            assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/desk/sign-in"), (
                method,
                path,
            )
        assert answer.headers["Cache-Control"] == "private, no-store", (method, path)


def test_nothing_at_the_desk_changes_without_a_form_token(client: FlaskClient, app: Flask) -> None:
    sign_in(client, make.officer("Ada"))
    for method, path in _ways(app):
        if method != "GET":
            assert client.open(path, method=method).status_code == 400, (method, path)


# Public forms that look at nothing a browser brings along: app/newsletter says why they need no token.
TOKENLESS = {
    "newsletter.ask_preferences",
    "newsletter.check",
    "newsletter.confirm",
    "newsletter.confirm_address",
    "newsletter.erase",
    "newsletter.preferences",
    "newsletter.subscribe",
    "newsletter.unsubscribe",
    "newsletter_reports.bounces",
}


def test_no_other_form_is_excused_from_its_token(newsroom: Flask) -> None:
    views = {newsroom.view_functions[endpoint] for endpoint in TOKENLESS}
    assert csrf._exempt_views == {f"{view.__module__}.{view.__name__}" for view in views}
    assert csrf._exempt_blueprints == set()


def test_no_other_public_address_takes_anything_but_a_look(newsroom: Flask) -> None:
    for rule in newsroom.url_map.iter_rules():
        if not rule.rule.startswith("/desk") and not is_personal(_path(rule)):
            takes_forms = not rule.methods <= {"GET", "HEAD", "OPTIONS"}
            assert takes_forms == (rule.endpoint in TOKENLESS), rule.rule


def test_a_form_without_a_token_is_refused_from_another_site_and_sets_no_cookie(
    client: FlaskClient, app: Flask
) -> None:
    for rule in app.url_map.iter_rules():
        if rule.endpoint in TOKENLESS:
            path = _path(rule)
            foreign = client.post(path, headers={"Origin": "https://evil.test"})
            assert foreign.status_code == 400, path
            own = client.post(path)
            assert "Set-Cookie" not in own.headers, path
            assert own.headers["Cache-Control"] == "private, no-store", path

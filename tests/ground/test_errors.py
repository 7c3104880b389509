"""Pages for when something went wrong: the right words, in the reader's language, and nothing of our insides."""

from __future__ import annotations

import json
import logging
import re
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, abort, make_response
from flask.testing import FlaskClient
from flask_babel import lazy_gettext
from sqlalchemy import exc, text
from werkzeug.exceptions import TooManyRequests

from app.database import db
from app.limits.limits import TooMany
from app.refusals import Missing, Refusal
from app.web import errors
from tests import make
from tests.signing import sign_in


@pytest.fixture
def site(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Visit the home page while its view does what the test says, with errors answered as in production."""

    def visit(view: Callable[[], Any], path: str = "/en/", **more: Any) -> Any:
        monkeypatch.setitem(app.view_functions, "front.home", lambda **told: view())
        monkeypatch.setitem(app.view_functions, "desk.home", lambda **told: view())
        monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
        return client.get(path, **more)

    return visit


def _raise(error: BaseException) -> Callable[[], Any]:
    def view() -> Any:
        raise error

    return view


def _words(answer: Any) -> str:
    main = answer.get_data(as_text=True).partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split()).replace("&#39;", "'")


WORDS = {
    400: ("This request could not be understood", "Go back, reload the page and try again."),
    403: ("You do not have access to this page", "Log in with another account, or ask press@example.org."),
    404: ("Page not found", "Check the address, search, or start from the latest releases."),
    405: ("This address cannot do that", "Go back, reload the page and try again."),
    409: ("This has changed in the meantime", "Go back, reload the page and look at it again."),
    410: ("This page was removed", "Start from the latest releases."),
    413: ("The text is too long", "Go back, shorten it or send it in parts."),
    422: ("This could not be accepted", "Go back, correct what you typed and send it again."),
    429: ("Too many requests", "You can try again at 12:01."),
}


@pytest.mark.parametrize("code", WORDS)
def test_each_status_has_a_page_with_a_heading_and_a_way_on(site: Any, code: int) -> None:
    answer = site(lambda: abort(code))
    heading, sentence = WORDS[code]
    html = answer.get_data(as_text=True)
    assert answer.status_code == code
    assert re.search(rf"<h1[^>]*>{heading}</h1>", html)
    assert f"<title>{heading} – " in html
    assert sentence in _words(answer)
    assert f"Code {code}" in _words(answer)
    assert 'href="/en/news/"' in html
    assert html.count("<h1") == 1


IN_OTHER_WORDS = [
    (
        "fr",
        403,
        "Vous n’avez pas accès à cette page",
        "Connectez-vous avec un autre compte ou écrivez à press@example.org.",
    ),
    (
        "uk",
        403,
        "У вас немає доступу до цієї сторінки",
        "Увійдіть з іншого облікового запису або напишіть: press@example.org.",
    ),
    (
        "fr",
        404,
        "Page introuvable",
        "Vérifiez l’adresse, lancez une recherche ou partez des derniers communiqués.",
    ),
    (
        "uk",
        404,
        "Сторінку не знайдено",
        "Перевірте адресу, скористайтеся пошуком або перегляньте останні пресрелізи.",
    ),
    ("fr", 429, "Trop de demandes", "Vous pourrez réessayer à 12:01."),
    ("uk", 429, "Забагато запитів", "Спробуйте знову о 12:01."),
]


@pytest.mark.parametrize(("language", "code", "heading", "sentence"), IN_OTHER_WORDS)
def test_french_and_ukrainian_readers_get_their_own_words(
    site: Any, language: str, code: int, heading: str, sentence: str
) -> None:
    answer = site(lambda: abort(code), f"/{language}/")
    assert re.search(rf"<h1[^>]*>{heading}</h1>", answer.get_data(as_text=True))
    assert sentence in _words(answer)


@pytest.mark.parametrize("language", ["fr", "uk"])
@pytest.mark.parametrize("code", [400, 405, 409, 410, 413, 422])
def test_every_other_page_has_a_heading_and_a_sentence_in_each_language(
    site: Any, language: str, code: int
) -> None:
    html = site(lambda: abort(code), f"/{language}/").get_data(as_text=True)
    heading = re.search(r"<h1[^>]*>([^<]+)</h1>\s*<p[^>]*>([^<]+)</p>", html)
    assert heading
    assert not set(heading.groups()) & {word for words in WORDS.values() for word in words}
    assert f'<html lang="{language}">' in html


@pytest.mark.parametrize("code", [401, 406, 414, 415, 418, 431])
def test_a_rare_status_says_what_400_says(site: Any, code: int) -> None:
    answer = site(lambda: abort(code))
    assert answer.status_code == code
    assert WORDS[400][0] in _words(answer)


@pytest.mark.parametrize("path", ["/en/nowhere", "/fr/nowhere", "/uk/nowhere"])
def test_the_language_is_that_of_the_address(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Language": "en"})
    assert f'<html lang="{path[1:3]}">' in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("accepts", "language"), [("uk", "uk"), ("fr,en;q=0.5", "fr"), ("de", "en"), ("", "en")]
)
def test_elsewhere_it_is_what_the_browser_prefers(client: FlaskClient, accepts: str, language: str) -> None:
    answer = client.get("/nowhere", headers={"Accept-Language": accepts})
    assert (answer.status_code, f'<html lang="{language}">' in answer.get_data(as_text=True)) == (404, True)


def test_at_the_desk_it_is_the_officers(client: FlaskClient) -> None:
    sign_in(client, make.officer("Oksana", language="uk"))
    answer = client.get("/desk/nowhere", headers={"Accept-Language": "fr"})
    assert (answer.status_code, '<html lang="uk">' in answer.get_data(as_text=True)) == (404, True)
    assert 'href="/desk/"' in answer.get_data(as_text=True)


def test_the_languages_of_an_error_page_lead_home(client: FlaskClient) -> None:
    html = client.get("/fr/nowhere").get_data(as_text=True)
    for code in ("fr", "en", "uk"):
        assert re.search(rf'href="/{code}/" lang="{code}"', html)


def test_what_may_be_done_instead_is_told(client: FlaskClient) -> None:
    answer = client.delete("/en/")
    assert answer.status_code == 405
    assert {"GET", "HEAD"} <= set(answer.headers["Allow"].split(", "))


def test_a_sentence_of_ours_is_shown_and_a_librarys_is_not(site: Any) -> None:
    ours = site(lambda: abort(410, lazy_gettext("This is gone. Look elsewhere.")))
    assert "Look elsewhere." in _words(ours)
    theirs = site(lambda: abort(400, "Failed to decode JSON object: Expecting value <script>"))
    assert "JSON" not in _words(theirs)


def test_a_finished_answer_is_passed_on(site: Any) -> None:
    answer = site(lambda: abort(make_response("plain", 410)))
    assert (answer.status_code, answer.data) == (410, b"plain")


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (Missing(), 404, "Page not found"),
        (Refusal("It is too late."), 409, "This could not be done It is too late."),
        (Refusal("Choose a day.", field="day"), 422, "This could not be done Choose a day."),
    ],
)
def test_a_refusal_that_no_form_could_show_gets_a_page(
    site: Any, raised: Refusal, code: int, said: str
) -> None:
    answer = site(_raise(raised))
    assert answer.status_code == code
    assert said in _words(answer)


def test_who_comes_too_often_is_told_when_to_come_again(site: Any, frozen: Any) -> None:
    answer = site(_raise(TooMany(frozen.at + timedelta(minutes=90))))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "5400")
    assert "You can try again at 13:30." in _words(answer)

    answer = site(_raise(TooMany(frozen.at + timedelta(hours=14, seconds=1))))
    assert "You can try again at 21 November 2025, 02:01." in _words(answer)


@pytest.mark.parametrize(
    ("again", "seconds", "shown"),
    [(None, "60", "12:01"), (1800, "1800", "12:30"), ("moment", "7200", "14:00")],
)
def test_a_429_of_a_library_says_so_too(site: Any, frozen: Any, again: Any, seconds: str, shown: str) -> None:
    after = frozen.at + timedelta(hours=2) if again == "moment" else again
    answer = site(_raise(TooManyRequests(retry_after=after)))
    assert answer.headers.getlist("Retry-After") == [seconds]
    assert f"You can try again at {shown}." in _words(answer)


def test_a_file_that_is_too_large_is_named_with_both_sizes(client: FlaskClient) -> None:
    answer = client.post(
        "/desk/sign-in", data={"email": "x"}, environ_overrides={"CONTENT_LENGTH": "40000000"}
    )
    assert answer.status_code == 413
    assert re.search(r"The file is too large: 40\W*MB, for a limit of 12\W*MB", _words(answer))


def test_a_text_that_is_too_long_is_called_a_text(client: FlaskClient) -> None:
    answer = client.post("/desk/sign-in", data={"email": "x" * 5_000_000}, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert "The text is too long" in _words(answer)


def _incident(answer: Any) -> str:
    found = re.search(r"\b[2-9BCDFGHJKMNPQRSTVWXYZ]{8}\b", answer.get_data(as_text=True))
    assert found
    return found[0]


def test_a_fault_of_ours_is_logged_once_under_the_reference_that_is_shown(
    site: Any, caplog: pytest.LogCaptureFixture
) -> None:
    answer = site(_raise(RuntimeError("the inside of our house")))
    assert answer.status_code == 500
    html = answer.get_data(as_text=True)
    assert "Sorry, there is a problem with the service" in html
    assert 'lang="fr"' in html
    assert 'lang="uk"' in html
    for inside in ("the inside", "RuntimeError", "Traceback", "Werkzeug", "Flask", "Python"):
        assert inside not in html
    logged = [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert len(logged) == 1
    assert _incident(answer) in logged[0].getMessage()
    assert logged[0].exc_info is not None


def test_two_faults_have_two_references(site: Any) -> None:
    fault = _raise(RuntimeError())
    assert _incident(site(fault)) != _incident(site(fault))


@pytest.mark.parametrize("code", [500, 501, 502])
def test_an_error_that_is_given_up_on_purpose_has_a_plain_page(site: Any, code: int) -> None:
    assert site(lambda: abort(code)).status_code == code


def test_even_a_broken_last_page_leaves_words(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*told: Any, **more: Any) -> Any:
        raise RuntimeError("no template")

    monkeypatch.setattr(errors, "plain_page", fails)
    answer = site(_raise(RuntimeError()))
    assert (answer.status_code, answer.mimetype) == (500, "text/plain")
    assert answer.get_data(as_text=True).startswith("Internal Server Error (")


def test_a_broken_error_page_becomes_a_plain_one(site: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "render_template", lambda *told, **more: 1 / 0)
    answer = site(lambda: abort(404))
    assert answer.status_code == 500
    assert "Sorry, there is a problem with the service" in answer.get_data(as_text=True)


UNREACHABLE = [
    exc.OperationalError("SELECT secret_column", {"typed": "by somebody"}, Exception("connection refused")),
    exc.InterfaceError("SELECT secret_column", {"typed": "by somebody"}, Exception("closed")),
    exc.TimeoutError("QueuePool limit"),
    sqlite3.OperationalError("database is locked"),
]


@pytest.mark.parametrize("path", ["/en/", "/desk/"])
@pytest.mark.parametrize(
    "error", UNREACHABLE, ids=lambda error: type(error).__module__ + type(error).__name__
)
def test_without_its_database_the_newsroom_says_until_when(
    site: Any, error: Exception, path: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = site(_raise(error), path)
    html = answer.get_data(as_text=True)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "Sorry, the service is unavailable until 12:01." in html
    assert "+32 2 555 01 48" in html
    assert "Set-Cookie" not in answer.headers
    assert "secret_column" not in html + caplog.text
    assert "by somebody" not in html + caplog.text
    assert caplog.text.count("The database does not answer") == 1


def test_a_database_that_is_really_gone_gives_503_at_the_desk_and_in_public(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)

    def gone(*told: Any, **more: Any) -> Any:
        raise exc.OperationalError("connect", {}, Exception("connection refused"))

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr(type(db.session()), "execute", gone)
    monkeypatch.setattr(type(db.session()), "scalar", gone)
    for path in ("/desk/", "/desk/nowhere"):
        answer = client.get(path)
        assert answer.status_code == 503, path
        assert "Sorry, the service is unavailable" in answer.get_data(as_text=True)


def test_a_database_that_fails_below_an_error_page_gives_503(
    site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*told: Any, **more: Any) -> Any:
        raise exc.OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(errors, "render_template", gone)
    assert site(lambda: abort(404)).status_code == 503


def test_a_real_failing_statement_is_a_503_and_the_next_page_works(site: Any, client: FlaskClient) -> None:
    assert site(lambda: db.session.execute(text("SELECT * FROM no_such_table"))).status_code in (500, 503)
    assert client.get("/fr/nowhere").status_code == 404


@pytest.mark.parametrize(
    ("view", "code", "says"),
    [
        (lambda: abort(404), 404, {"heading": "Page not found"}),
        (_raise(RuntimeError()), 500, {"heading": "Internal Server Error"}),
        (_raise(UNREACHABLE[0]), 503, {"heading": "Service Unavailable"}),
    ],
)
def test_a_machine_gets_its_error_as_json(
    app: Flask,
    client: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
    view: Any,
    code: int,
    says: dict[str, str],
) -> None:
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "writing.pictures_json", lambda **told: view())
    answer = client.get("/desk/pictures.json")
    assert (answer.status_code, answer.mimetype) == (code, "application/json")
    told = json.loads(answer.data)
    assert told["status"] == code
    assert says.items() <= told.items()


def test_an_address_that_is_not_there_says_so_as_json_too(client: FlaskClient) -> None:
    answer = client.get("/fr/nothing.json")
    assert (answer.status_code, answer.mimetype) == (404, "application/json")


@pytest.mark.parametrize(
    "path",
    [
        "/fr/%00", "/fr/news/%F0%9F%8C%BB", "/fr/news/" + "a" * 3000, "/fr/news/../../etc/passwd", "/%ff%fe",
        "/fr/news/%e2%80%ae", "/{{7*7}}", "/fr/<script>alert(1)</script>",
    ],
)  # fmt: skip
def test_strange_addresses_are_not_found_and_repeated_nowhere(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    html = answer.get_data(as_text=True)
    for part in ("49", "<script>alert", "passwd", "aaaaaaaa", "\u202e", "\0"):
        assert part not in html.partition("<main")[2]

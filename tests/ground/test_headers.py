"""What every answer says to the browser, whatever the answer is."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask, session
from flask.testing import FlaskClient

from app.web.headers import ALWAYS, CONTENT_SECURITY_POLICY, STRICT_TRANSPORT, TouchedSession, always, is_desk
from tests.signing import PAGE, post, sign_in

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def _broken(*told: Any, **more: Any) -> str:
    raise RuntimeError("a fault of ours")


def _answers(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> dict[int, Any]:
    """One answer of every kind."""
    app = client.application
    answers = {
        200: client.get("/fr/"),
        303: client.get("/desk/"),
        404: client.get("/fr/nowhere"),
        405: client.delete("/fr/"),
        400: client.get("/fr/", headers={"Host": "evil.example"}),
        422: post(client, PAGE, {"email": ""}),
        413: client.post(PAGE, data={"email": "x"}, environ_overrides={"CONTENT_LENGTH": str(10**9)}),
    }
    sign_in(client)
    answers[403] = client.get("/desk/releases/1/en/review")
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setitem(app.view_functions, "front.home", _broken)
    answers[500] = client.get("/en/")
    app.config["PROPAGATE_EXCEPTIONS"] = None
    for status, answer in answers.items():
        assert answer.status_code == status
    return answers


def test_every_answer_carries_every_line(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for status, answer in _answers(client, monkeypatch).items():
        said = {name: answer.headers.get(name) for name in ALWAYS}
        expected = dict(ALWAYS)
        if said["Referrer-Policy"] == "no-referrer":
            expected["Referrer-Policy"] = "no-referrer"
        assert said == expected, status
        assert "Server" not in answer.headers
        assert "X-Powered-By" not in answer.headers


def test_the_policy_lets_nothing_run_that_is_not_a_file_of_ours() -> None:
    assert CONTENT_SECURITY_POLICY == POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "nonce" not in CONTENT_SECURITY_POLICY


def test_the_other_lines_are_the_strict_ones() -> None:
    rest = {
        name: value
        for name, value in ALWAYS.items()
        if name not in ("Content-Security-Policy", "Permissions-Policy")
    }
    assert rest == {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    given = [power for power in ALWAYS["Permissions-Policy"].split(", ") if not power.endswith("=()")]
    assert given == ["fullscreen=(self)"]  # the player of our own films
    for power in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{power}=()" in ALWAYS["Permissions-Policy"]


def test_only_a_newsroom_on_https_asks_for_https() -> None:
    assert STRICT_TRANSPORT == "max-age=31536000; includeSubDomains"
    assert always("https://newsroom.test")["Strict-Transport-Security"] == STRICT_TRANSPORT
    assert "Strict-Transport-Security" not in always("http://127.0.0.1:8000")


def test_the_desk_tells_nobody_where_it_is(client: FlaskClient) -> None:
    for path in (PAGE, "/desk/", "/desk/nowhere"):
        assert client.get(path).headers["Referrer-Policy"] == "no-referrer"


def test_nobody_keeps_a_copy_of_what_is_behind_the_login(client: FlaskClient) -> None:
    sign_in(client)
    for path in (
        "/desk/",
        "/desk/settings",
        "/desk/releases/",
        "/desk/nowhere",
        "/desk/releases/1/en/review",
        "/desk",
    ):
        answer = client.get(path)
        assert answer.headers["Cache-Control"] == "private, no-store", path
        assert "ETag" not in answer.headers
        assert "Last-Modified" not in answer.headers


def test_an_error_is_not_kept_but_for_a_public_page_that_is_not_there(client: FlaskClient) -> None:
    assert client.delete("/fr/").headers["Cache-Control"] == "no-store"
    assert client.get("/nowhere").headers["Cache-Control"] == "no-store"
    assert "public" in client.get("/fr/nowhere").headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/fr/", "/en/nowhere", "/uk/news/"])
def test_a_public_page_sets_no_cookie_and_does_not_vary_by_it(client: FlaskClient, path: str) -> None:
    sign_in(client)
    answer = client.get(path)
    assert "Set-Cookie" not in answer.headers
    assert "cookie" not in answer.headers.get("Vary", "").lower()


@pytest.mark.parametrize(
    "touch",
    [lambda: session.get("x"), lambda: session.setdefault("x", 1)],
)
def test_a_public_page_that_touches_the_session_is_found_out(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, touch: Any
) -> None:
    monkeypatch.setitem(app.view_functions, "front.home", lambda **told: f"{touch()}")
    with pytest.raises(TouchedSession, match=r"front\.home"):
        client.get("/fr/")


def test_in_production_it_is_found_in_the_log(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(app.view_functions, "front.home", lambda **told: session.get("x") or "x")
    monkeypatch.setattr(app, "testing", False)
    assert client.get("/fr/").status_code == 200
    assert "front.home is public and touched the session" in caplog.text


def test_what_it_finds_there_is_nobodys_and_what_it_leaves_there_is_not_kept(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)
    monkeypatch.setitem(
        app.view_functions, "front.home", lambda **told: f"{dict(session)} {session.setdefault('x', 1)}"
    )
    monkeypatch.setattr(app, "testing", False)
    answer = client.get("/fr/")
    assert answer.text == "{} 1"
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize(
    ("path", "is_it"), [("/desk", True), ("/desk/x", True), ("/desktop", False), ("/fr/desk/", False)]
)
def test_the_desk_begins_where_its_name_ends(path: str, is_it: bool) -> None:
    assert is_desk(path) is is_it

"""Who we are on the net, and whose forms and headers we believe."""

from __future__ import annotations

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from werkzeug.test import create_environ

from app.web.hosts import init_hosts, is_our_host, is_our_origin
from tests import make
from tests.signing import try_password

OURS = ("newsroom.test", "127.0.0.1", "::1")


@pytest.mark.parametrize(
    "host",
    [
        "newsroom.test",
        "newsroom.test:443",
        "NEWSROOM.test",
        "newsroom.test.",
        "127.0.0.1:8000",
        "[::1]",
        "[::1]:8000",
    ],
)
def test_we_answer_to_our_names_with_any_port(host: str) -> None:
    assert is_our_host(host, OURS)


@pytest.mark.parametrize(
    "host",
    [
        "", "evil.example", "newsroom.test.evil.example", "xnewsroom.test", "newsroom.test:80:80", "newsroom.test:port",
        "newsroom.test@evil.example", "evil.example/newsroom.test", "newsroom.test#x", " newsroom.test",
        "newsroom.test ", "newsroom.test\n", "::1", "[::2]", "127.0.0.2", "newsrооm.test", "localhost", "*",
        "sub.newsroom.test", "newsroom.test:123456",
    ],
)  # fmt: skip
def test_we_answer_to_no_other_name(host: str) -> None:
    assert not is_our_host(host, OURS)


@pytest.mark.parametrize(
    "host", ["evil.example", "newsroom.test.evil.example", "", "127.0.0.1@evil.example", "\xff"]
)
@pytest.mark.parametrize("path", ["/fr/", "/desk/", "/desk/sign-in", "/nowhere"])
def test_a_foreign_name_gets_400_and_none_of_our_links(client: FlaskClient, host: str, path: str) -> None:
    answer = client.get(path, headers={"Host": host})
    assert answer.status_code == 400
    text = answer.get_data(as_text=True)
    assert "evil" not in text
    assert "set-cookie" not in answer.headers
    assert "http://newsroom.test/" in text  # the way to where we really are


@pytest.mark.parametrize(
    ("told", "ours"),
    [
        ({}, True),  # a program, or an old browser: the form's token decides
        ({"origin": "http://newsroom.test"}, True),
        ({"origin": "http://newsroom.test", "site": "same-origin"}, True),
        ({"origin": "null", "site": "same-origin"}, True),  # what a page without a referrer says
        ({"origin": "null"}, True),  # the same, on plain http
        ({"site": "none"}, True),
        ({"site": "same-origin"}, True),
        ({"site": "cross-site"}, False),
        ({"site": "same-site"}, False),
        ({"origin": "http://newsroom.test", "site": "cross-site"}, False),
        ({"origin": "null", "site": "cross-site"}, False),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "http://evil.example", "site": "same-origin"}, False),
        ({"origin": "http://newsroom.test:81"}, False),
        ({"origin": "http://newsroom.test.evil.example"}, False),
        ({"origin": "ftp://newsroom.test"}, False),
        ({"origin": "newsroom.test"}, False),
        ({"origin": ""}, False),
        ({"origin": "http://["}, False),
    ],
)
def test_a_form_comes_from_our_own_pages(told: dict[str, str], ours: bool) -> None:
    known = {"origin": None, "site": None} | told
    assert is_our_origin(known["origin"], known["site"], host="newsroom.test", is_https=False) is ours


@pytest.mark.parametrize(
    ("origin", "site", "ours"),
    [
        ("https://newsroom.test", None, True),
        ("http://newsroom.test", None, False),  # somebody on the wire wrote that page
        ("null", None, False),  # every browser that speaks https to us tells the site, too
        ("null", "same-origin", True),
    ],
)
def test_over_https_only_https_pages_of_ours_send_forms(origin: str, site: str | None, ours: bool) -> None:
    assert is_our_origin(origin, site, host="newsroom.test", is_https=True) is ours


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_a_form_of_another_site_is_refused_even_with_its_token(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    make.officer("Oksana")
    answer = try_password(client, "oksana@office.test", make.PASSWORD, headers=headers)
    assert answer.status_code == 400
    assert "This form was sent from another site" in answer.get_data(as_text=True)


def _seen(trusted: int, **headers: str) -> tuple[str | None, str, str]:
    app = Flask(__name__)
    app.config |= {
        "TRUSTED_PROXIES": trusted,
        "ALLOWED_HOSTS": ("newsroom.test",),
        "PUBLIC_URL": "http://newsroom.test",
    }
    init_hosts(app)
    seen = []

    @app.get("/")
    def look() -> str:
        seen.append((request.remote_addr, request.scheme, request.host))
        return ""

    environ = create_environ(
        "/", "http://newsroom.test", headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.1"}
    )
    list(app(environ, lambda status, headers, exc_info=None: None))
    return seen[0]


FORWARDED = {
    "X-Forwarded-For": "6.6.6.6, 198.51.100.9, 192.0.2.2",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "444",
    "X-Forwarded-Prefix": "/evil",
    "Forwarded": "for=6.6.6.6;host=evil.example",
    "X-Real-IP": "6.6.6.6",
    "X-Original-URL": "/desk/",
    "X-Remote-User": "ada",
}


@pytest.mark.parametrize(
    ("trusted", "seen"),
    [
        (0, ("192.0.2.1", "http", "newsroom.test")),
        (1, ("192.0.2.2", "https", "newsroom.test")),
        (2, ("198.51.100.9", "https", "newsroom.test")),
        (4, ("192.0.2.1", "https", "newsroom.test")),  # fewer entries than proxies: somebody came round them
    ],
)
def test_forwarded_headers_are_believed_for_as_many_proxies_as_we_run(trusted: int, seen: tuple) -> None:
    assert _seen(trusted, **FORWARDED) == seen


@pytest.mark.parametrize(
    "headers",
    [
        {"X-HTTP-Method-Override": "POST"},
        {"X-Original-URL": "/desk/"},
        {"X-Rewrite-URL": "/desk/"},
        {"X-Remote-User": "ada"},
    ],
)
def test_headers_that_name_a_person_a_method_or_a_path_are_ignored(
    client: FlaskClient, headers: dict[str, str]
) -> None:
    assert client.get("/desk/", headers=headers).status_code == 303

"""The mailbox of a newsroom that is tried out: open to anybody in development, unknown to production."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.mail.post import post
from app.web.headers import CONTENT_SECURITY_POLICY
from tests import make
from tests.ground.test_mail import message

BOX = "/dev/mail"


def test_a_newsroom_that_wrote_nothing_says_so(browse: Any, outbox: Any) -> None:
    page = browse(BOX)
    assert "No mail was written yet" in page.words()
    assert page.answer.headers["Cache-Control"] == "private, no-store"


def test_everybody_reads_every_mail_as_text(browse: Any, outbox: Any) -> None:
    post(
        message(
            subject="Votre code <b>",
            text="042917\n\nhttp://newsroom.test/fr/account/code?for=register#042917.k\n",
        )
    )
    page = browse(BOX)
    assert "Votre code <b>" in page.words()
    shown = browse(page.one(".mailbox__mails p a")["href"])
    assert "zoe@reader.test" in shown.words()
    assert "Secrétariat international" in shown.words()
    assert shown.one(".kept-mail a")["href"].endswith("#042917.k")
    assert shown.one(".kept-mail")["lang"] == "fr"


def test_a_mail_as_it_looks_stands_alone_and_can_do_nothing(
    client: FlaskClient, browse: Any, outbox: Any
) -> None:
    post(message(html="<p style='color:red'>Кінець</p><script>alert(1)</script>"))
    address = browse(BOX).one(".mailbox__mails > li > a")["href"]
    answer = client.get(address)
    assert answer.get_data(as_text=True).strip() == "<p style='color:red'>Кінець</p><script>alert(1)</script>"
    policy = answer.headers["Content-Security-Policy"]
    assert policy != CONTENT_SECURITY_POLICY
    parts = dict(part.partition(" ")[::2] for part in policy.split("; "))
    assert parts["default-src"] == parts["form-action"] == parts["frame-ancestors"] == "'none'"
    assert "script-src" not in parts
    assert parts["sandbox"] == "allow-top-navigation-by-user-activation"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_mail_of_text_alone_has_no_other_look(client: FlaskClient, browse: Any, outbox: Any) -> None:
    post(message(html=None))
    link = browse(BOX).one(".mailbox__mails a")["href"]
    assert not browse(link).all("main .button")
    assert client.get(f"{link}/html").status_code == 404


@pytest.mark.parametrize(
    "name", ["20251120110000-000000000000000000000000", "x", "..", "%2e%2e%2fnewsroom.sqlite"]
)
def test_a_mail_that_is_not_there_is_not_found(client: FlaskClient, name: str) -> None:
    for path in (f"{BOX}/{name}", f"{BOX}/{name}/html"):
        assert client.get(path).status_code == 404


def test_where_mails_are_posted_there_is_no_mailbox(
    client: FlaskClient, app: Flask, monkeypatch: Any
) -> None:
    ada = make.signed_in(app, "Ada")
    assert f'href="{BOX}"' in ada.get("/desk/").get_data(as_text=True)
    monkeypatch.setitem(app.config, "MAIL_SERVER", "mail.example.org")
    assert client.get(BOX).status_code == 404
    assert f'href="{BOX}"' not in ada.get("/desk/").get_data(as_text=True)


def test_production_has_no_mailbox(tmp_path: Path) -> None:
    app = create_app(
        {
            "MODE": "production", "SECRET_KEY": "x" * 40, "PUBLIC_URL": "https://newsroom.example.org",
            "MAIL_SERVER": "mail.example.org", "INSTANCE_DIR": str(tmp_path),
        }
    )  # fmt: skip
    assert not [rule for rule in app.url_map.iter_rules() if rule.rule.startswith("/dev")]
    for path in (BOX, f"{BOX}/20251120110000-000000000000000000000000/html"):
        assert app.test_client().get(path, base_url="https://newsroom.example.org").status_code == 404

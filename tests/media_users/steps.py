"""What somebody does on the pages of an account, on the way to one."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests.browser import Page
from tests.proving.letters import code_in, link_in
from tests.signing import post, token_on

EMAIL = "zoe@echo.test"
PASSWORD = "Vulytsia-7-lypa!"


def register(client: FlaskClient, language: str = "en", **change: Any) -> Any:
    """Fill in the form for an account, and send it; the code is asked for next."""
    page = f"/{language}/account/register"
    fields = {
        "name": "Zoé Lefèvre", "organisation": "L’Écho du soir", "country": "FR", "email": EMAIL,
        "password": PASSWORD, "language": language, "conditions": "y", "next": "",
    }  # fmt: skip
    answer = post(client, page, fields | change, page=page)
    assert answer.status_code == 303, Page(answer).words()
    return answer


def forget(client: FlaskClient, email: str = EMAIL, language: str = "en", **fields: Any) -> Any:
    """Say that the password of an address is forgotten."""
    page = f"/{language}/account/forgot"
    return post(client, page, {"email": email, "next": ""} | fields, page=page)


def enter(
    client: FlaskClient, code: str, purpose: str = "register", language: str = "en", **fields: Any
) -> Any:
    """Type a code, and whatever else the page asks for."""
    page = f"/{language}/account/code?for={purpose}"
    return post(client, page, {"code": code, "key": ""} | fields, page=page)


def ask_again(client: FlaskClient, language: str = "en") -> Any:
    """Press the button for a new code."""
    token = token_on(client.get(f"/{language}/account/code"))
    return client.post(f"/{language}/account/code/new", data={"csrf_token": token})


def choose(client: FlaskClient, password: str, language: str = "en") -> Any:
    """Send a new password."""
    page = f"/{language}/account/password"
    return post(client, page, {"password": password}, page=page)


def carried(mail: Any) -> dict[str, str]:
    """Return what script fills in of the link in a mail."""
    digits, _dot, key = link_in(mail).partition("#")[2].partition(".")
    assert digits == code_in(mail)
    return {"code": digits, "key": key}

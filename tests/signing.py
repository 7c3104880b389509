"""Signing in as a person does: by the page, its form and its token."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient

from app.accounts.models import Account
from tests import make

PAGE = "/desk/sign-in"


def token_on(answer: Any) -> str:
    """Return the form token on the page that ``answer`` shows."""
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', answer.get_data(as_text=True))
    assert found, "no form token on this page"
    return found[1]


def post(
    client: FlaskClient, path: str, fields: dict[str, Any] | None = None, *, page: str = PAGE, **more: Any
) -> Any:
    """Open ``page`` for its token, and send ``fields`` to ``path``."""
    token = token_on(client.get(page, follow_redirects=True))
    return client.post(path, data={"csrf_token": token} | (fields or {}), **more)


def try_password(
    client: FlaskClient, email: str, password: str, *, headers: dict[str, str] | None = None, **fields: Any
) -> Any:
    """Send the sign-in form."""
    return post(client, PAGE, {"email": email, "password": password} | fields, headers=headers)


def sign_in(client: FlaskClient, account: Account | None = None) -> FlaskClient:
    """Sign ``account`` (Oksana) in, in the browser that ``client`` is."""
    person = account or make.officer("Oksana")
    answer = try_password(client, person.email, make.PASSWORD)
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return client


def session_cookie(client: FlaskClient) -> Any:
    """Return the cookie that holds the session, or None."""
    return client.get_cookie(client.application.config["SESSION_COOKIE_NAME"])

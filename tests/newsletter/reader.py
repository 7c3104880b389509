"""Somebody who reads our mails, in tests: types, opens links, presses buttons, all of it without a cookie."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from flask.testing import FlaskClient

from app.mail.outbox import KeptMail, newest
from tests.conftest import Frozen

STAMP = re.compile(r'name="opened"[^>]*value="([^"]+)"')
LINK = re.compile(r"http://newsroom\.test(/\S+)")
TYPED: dict[str, Any] = {
    "step": "choices", "email": "zoe@example.org", "kinds": ["every"], "language": "fr", "if_missing": "english",
}  # fmt: skip


def opened(client: FlaskClient, path: str = "/fr/newsletter/") -> str:
    """Open the form, and return the stamp that it carries."""
    found = STAMP.search(client.get(path).get_data(as_text=True))
    assert found
    return found[1]


def send(client: FlaskClient, frozen: Frozen, path: str = "/fr/newsletter/", **changes: Any) -> Any:
    """Open the form, read it for a while, and send it."""
    stamp = opened(client, path)
    frozen.at += timedelta(seconds=5)
    fields = {
        name: value for name, value in (TYPED | {"opened": stamp} | changes).items() if value is not None
    }
    return client.post(path, data=fields)


def mails_to(address: str) -> list[KeptMail]:
    """Return what was written to ``address``, the oldest first."""
    return [mail for mail in newest(200)[::-1] if mail.to == address]


def link_in(mail: KeptMail, part: str) -> str:
    """Return the path of the link in ``mail`` that leads to a page of this kind ("confirm", "preferences")."""
    return next(path for path in LINK.findall(mail.text) if f"/newsletter/{part}/" in path)


def subscribed(client: FlaskClient, frozen: Frozen, run_jobs: Any, **changes: Any) -> str:
    """Subscribe and confirm, as a reader does; return the path of the confirmation."""
    address = changes.get("email", TYPED["email"])
    assert send(client, frozen, **changes).status_code == 303
    run_jobs()
    path = link_in(mails_to(address)[-1], "confirm")
    assert client.post(path, data={"action": "confirm"}).status_code == 303
    run_jobs()
    return path

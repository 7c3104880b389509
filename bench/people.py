"""People in front of the pages of media accounts: each has a browser, and types what it is told to.

    python -m bench.people 100    adds so many media users to the newsroom that the settings describe

All have one password, whose hash is made once, at the full cost.
"""

from __future__ import annotations

import re
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app import clock, create_app
from app.accounts.hashing import hashing
from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.media_users.models import MediaUser
from bench.load import check

PASSWORD = "Vulytsia-7-lypa!"
# So many tries from one network, and for one address, are what limits are there to stop: a bench lifts them.
WITHOUT_LIMITS = dict.fromkeys(
    (
        "LOGIN_TRIES", "LOGIN_TRIES_HOUR", "LOGIN_TRIES_NETWORK", "LOGIN_BRAKE", "REGISTRATIONS_NETWORK", "CODES_HOUR",
        "CODES_DAY", "CODES_NETWORK",
    ),
    "1000000",
)  # fmt: skip


def address(number: int, *, is_known: bool = True) -> str:
    """Return the address of somebody, in as many letters whoever it is."""
    return f"{'known' if is_known else 'never'}-{number:05d}@bench.test"


class Person:
    """One browser, which holds a cookie and the token of the last form it opened."""

    def __init__(self, url: str) -> None:
        check(url, 1, 1)
        parts = urlsplit(url)
        self._connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        self._cookies: dict[str, str] = {}
        self.token = ""
        self.retry_after = 0.0

    def open(self, path: str) -> str:
        """Open a page, and return what it says."""
        self._ask("GET", path)
        text = self._text
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', text)
        self.token = found[1] if found else self.token
        return text

    def send(self, path: str, fields: dict[str, str], *, keeps_cookie: bool = True) -> tuple[int, float]:
        """Send a form; return the status of the answer, and how long it took, in seconds.

        Without ``keeps_cookie`` the browser stays the one that it was: it can send the same form again.
        """
        kept = dict(self._cookies)
        began = time.perf_counter()
        status = self._ask("POST", path, urlencode({"csrf_token": self.token} | fields))
        took = time.perf_counter() - began
        if not keeps_cookie:
            self._cookies = kept
        return status, took

    def close(self) -> None:
        """Close the browser."""
        self._connection.close()

    def _ask(self, method: str, path: str, body: str | None = None) -> int:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self._connection.request(method, path, body, headers)
        answer = self._connection.getresponse()
        self._text = answer.read().decode()
        for line in answer.msg.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        self.retry_after = float(answer.headers.get("Retry-After") or 0)
        return answer.status


@act
def add(count: int) -> None:
    """Add ``count`` media users."""
    now, kept = clock.now(), hashing().hash(PASSWORD)
    for number in range(count):
        email = address(number)
        account = Account(
            email=email, email_key=email, name=f"Reader {number}", roles=[], language="en", is_active=True,
            password_hash=kept, created_at=now,
        )  # fmt: skip
        db.session.add(account)
        db.session.flush()
        db.session.add(
            MediaUser(
                account_id=account.id, organisation="Freelance", country="FR", conditions="1", accepted_at=now,
                confirmed_at=now,
            )
        )  # fmt: skip


if __name__ == "__main__":
    with create_app().app_context():
        add(int(sys.argv[1]))

"""Whom a page at the desk lets in: nobody before sign-in, then each role as far as it reaches."""

from __future__ import annotations

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from app.accounts import presence
from app.accounts.guards import guarded, me, needs, officers_only
from app.web.kept import SignInFirst
from tests import make
from tests.signing import sign_in

PEOPLE = {"author": "Oksana", "editor": "Amélie", "administrator": "Ada"}


@pytest.fixture
def as_role(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """Return a function that lets somebody of a role, or nobody, look at a view guarded by a decorator."""

    def visit(role: str | None, decorate):
        person = make.officer(PEOPLE[role]) if role else None
        signed_in = presence.SignedIn(person, None, "token") if person else None
        monkeypatch.setattr("app.accounts.guards.present", lambda: signed_in)
        with app.test_request_context("/desk/"):
            answer = decorate(lambda: f"seen by {me().name}")()
            assert g.is_private
            return answer

    return visit


@pytest.mark.parametrize(
    ("role", "needed", "is_let_in"),
    [
        ("author", "author", True),
        ("author", "editor", False),
        ("author", "administrator", False),
        ("editor", "author", True),
        ("editor", "editor", True),
        ("editor", "administrator", False),
        ("administrator", "author", True),
        ("administrator", "editor", True),
        ("administrator", "administrator", True),
    ],
)
def test_each_role_is_let_in_as_far_as_it_reaches(as_role, role: str, needed: str, is_let_in: bool) -> None:
    if is_let_in:
        assert as_role(role, needs(needed)) == f"seen by {PEOPLE[role]}"
    else:
        with pytest.raises(Exception, match="403"):
            as_role(role, needs(needed))


@pytest.mark.parametrize("guard", [officers_only, needs("author"), needs("editor"), needs("administrator")])
def test_nobody_is_let_in_before_signing_in(as_role, guard) -> None:
    with pytest.raises(SignInFirst):
        as_role(None, guard)


def test_every_officer_is_an_officer(as_role) -> None:
    assert [as_role(role, officers_only) for role in PEOPLE] == [
        f"seen by {name}" for name in PEOPLE.values()
    ]


def test_a_guard_leaves_its_mark_on_the_view() -> None:
    assert guarded(lambda: None, "a rule")._guard == "a rule"  # type: ignore[attr-defined]
    assert officers_only(lambda: None)._guard == "needs author"  # type: ignore[attr-defined]
    assert needs("editor")(lambda: None)._guard == "needs editor"  # type: ignore[attr-defined]


def test_a_role_that_does_not_exist_is_a_mistake_in_the_code(as_role) -> None:
    with pytest.raises(ValueError, match="owner"):
        as_role("author", needs("owner"))


def test_a_page_of_another_role_says_whom_to_ask(client: FlaskClient) -> None:
    sign_in(client)
    answer = client.get("/desk/releases/1/en/review")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 403
    assert "You do not have access to this page" in text
    assert "Log in with another account, or ask press@example.org." in text


def test_a_change_of_role_holds_at_the_next_click(client: FlaskClient) -> None:
    from app.accounts import service

    sign_in(client)
    assert client.get("/desk/releases/1/en/review").status_code == 403
    service.change_role(make.officer("Oksana"), "editor")
    assert client.get("/desk/releases/1/en/review").status_code != 403

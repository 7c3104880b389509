"""Whom a page at the desk lets in: nobody before sign-in, then each role where the table of rights lets it."""

from __future__ import annotations

import pytest
from flask import Flask, g
from flask.testing import FlaskClient

from app.accounts import presence
from app.accounts.guards import guarded, me, needs, officers_only
from app.accounts.rules import RIGHTS
from app.web.kept import SignInFirst
from tests import make
from tests.signing import sign_in


@pytest.fixture
def as_officer(app: Flask, monkeypatch: pytest.MonkeyPatch):
    """Return a function that lets an officer, or nobody, look at a view guarded by a decorator."""

    def visit(name: str | None, decorate):
        person = make.officer(name) if name else None
        signed_in = presence.SignedIn(person, None, "token") if person else None
        monkeypatch.setattr("app.accounts.guards.present", lambda: signed_in)
        with app.test_request_context("/desk/"):
            answer = decorate(lambda: f"seen by {me().name}")()
            assert g.is_private
            return answer

    return visit


@pytest.mark.parametrize("name", make.ROLES)
@pytest.mark.parametrize("right", RIGHTS)
def test_each_role_is_let_in_where_the_table_says_so(as_officer, name: str, right: str) -> None:
    if make.ROLES[name] in RIGHTS[right]:
        assert as_officer(name, needs(right)) == f"seen by {name}"
    else:
        with pytest.raises(Exception, match="403"):
            as_officer(name, needs(right))


@pytest.mark.parametrize("guard", [officers_only, *map(needs, RIGHTS)])
def test_nobody_is_let_in_before_signing_in(as_officer, guard) -> None:
    with pytest.raises(SignInFirst):
        as_officer(None, guard)


def test_every_officer_is_an_officer(as_officer) -> None:
    assert [as_officer(name, officers_only) for name in make.ROLES] == [
        f"seen by {name}" for name in make.ROLES
    ]


def test_a_guard_leaves_its_mark_on_the_view() -> None:
    assert guarded(lambda: None, "a rule")._guard == "a rule"  # type: ignore[attr-defined]
    assert officers_only(lambda: None)._guard == "needs see"  # type: ignore[attr-defined]
    assert needs("review")(lambda: None)._guard == "needs review"  # type: ignore[attr-defined]


def test_a_right_that_does_not_exist_is_a_mistake_in_the_code() -> None:
    with pytest.raises(KeyError, match="fly"):
        needs("fly")


def test_a_page_of_another_role_says_whom_to_ask(client: FlaskClient) -> None:
    sign_in(client)
    answer = client.get("/desk/releases/1/en/review")
    text = answer.get_data(as_text=True)
    assert answer.status_code == 403
    assert "You do not have access to this page" in text
    assert "Log in with another account, or ask press@example.org." in text


def test_a_change_of_roles_holds_at_the_next_click(client: FlaskClient) -> None:
    from app.accounts import service

    sign_in(client)
    assert client.get("/desk/releases/1/en/review").status_code == 403
    service.set_roles(make.officer("Oksana"), ["reviewer"])
    assert client.get("/desk/releases/1/en/review").status_code != 403

"""The table of rights, walked: every address of the desk, as each role and as nobody, looking and sending.

Each view's guard leaves a mark that names its right, which must be the one written down for it
(doors_and_rights.py); rules.RIGHTS says who has it. What the table allows is never answered 403, what it
refuses always is; before signing in everything leads to the door.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.routing import Rule

from app.accounts import service
from app.accounts.models import Role
from app.accounts.rules import RIGHTS
from app.audit.models import Entry
from app.database import db
from app.editorial.models import Revision, State
from tests import make
from tests.house.doors_and_rights import RIGHT_OF
from tests.house.test_doors import OPEN_DOORS, _desk_rules, _path
from tests.reading import read
from tests.signing import sign_in, token_on

PEOPLE = {role: name for name, role in make.ROLES.items()}
COUNTED: Counter[str] = Counter()


@pytest.fixture
def office(app: Flask) -> None:
    """An office in which the things are that the addresses name: somebody, an invitation, a text, a job."""
    make.officer("Zed")  # the account with the number 1, which administrators close on the way
    for name in make.ROLES:
        make.officer(name)
    service.invite("new@office.test", name="New", roles=["writer"], language="en", by=make.officer("Ada"))
    make.release(State.IN_REVIEW)


def mark_of(app: Flask, rule: Rule) -> str:
    """Return what the guard of a view left on it."""
    return getattr(app.view_functions[rule.endpoint], "_guard", "")


def is_allowed(mark: str, role: str | None) -> bool:
    """Say what the table says of ``role`` (None: nobody) at a view with this mark."""
    if mark == "after password":
        return role is not None
    right = mark.removeprefix("needs ")
    assert right in RIGHTS, f"no right stands behind the guard {mark!r}"
    return role in RIGHTS[right]


def walked(app: Flask) -> list[tuple[Rule, str]]:
    """Return every address of the desk and each way to ask it; signing out comes last."""
    ways = [
        (rule, method)
        for rule in _desk_rules(app)
        if rule.endpoint not in OPEN_DOORS
        for method in sorted(rule.methods & {"GET", "POST", "PATCH", "DELETE"})
    ]
    return sorted(ways, key=lambda way: (way[0].endpoint == "accounts.sign_out", way[0].rule, way[1]))


def ask(client: FlaskClient, path: str, method: str) -> Any:
    """Ask as a person at the desk would: what is sent has a token that is right."""
    if method == "GET":
        return client.get(path)
    return client.open(path, method=method, data={"csrf_token": token_on(client.get("/desk/settings"))})


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_where_the_table_lets_it_and_nowhere_else(app: Flask, role: Role) -> None:
    client = sign_in(app.test_client(), make.officer(PEOPLE[role]))
    for rule, method in walked(app):
        path, allowed = _path(rule), is_allowed(mark_of(app, rule), role)
        answer = ask(client, path, method)
        assert answer.status_code < 500, (role, method, path)
        assert (answer.status_code != 403) is allowed, (role, method, path, answer.status_code)
        if answer.status_code == 303:
            assert not answer.location.startswith("/desk/sign-in?next"), (role, method, path)
        COUNTED[f"{role} {method} {'allowed' if allowed else 'refused'}"] += 1
    _tell()


@pytest.mark.usefixtures("office")
def test_nobody_gets_anywhere_but_to_the_door(app: Flask) -> None:
    client = app.test_client()
    for rule, method in walked(app):
        path = _path(rule)
        token = token_on(client.get("/desk/sign-in"))
        data = {} if method == "GET" else {"csrf_token": token}
        answer = client.open(path, method=method, data=data)
        if path.endswith(".json"):
            assert answer.status_code == 403, path
        else:
            where = answer.location.partition("?")[0] if answer.location else ""
            assert (answer.status_code, where) == (303, "/desk/sign-in"), (method, path)
        COUNTED[f"nobody {method} refused"] += 1
    _tell()


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("role", [None, *Role])
def test_what_is_refused_changes_nothing(app: Flask, role: Role | None) -> None:
    client = app.test_client()
    if role is not None:
        sign_in(client, make.officer(PEOPLE[role]))
    before = _traces()
    for rule, method in walked(app):
        if method != "GET" and not is_allowed(mark_of(app, rule), role):
            token = token_on(client.get("/desk/settings" if role else "/desk/sign-in"))
            client.open(
                _path(rule),
                method=method,
                data={"csrf_token": token, "roles": "administrator", "approve": "1", "title": "X"},
            )
    assert _traces() == before


@pytest.mark.usefixtures("office")
@pytest.mark.parametrize("role", list(Role))
def test_a_text_is_kept_for_those_alone_who_may_write(app: Flask, role: Role) -> None:
    """The page of a text may be seen by all; sending it is decided by the rules behind it."""
    client = sign_in(app.test_client(), make.officer(PEOPLE[role]))
    before, path = db.session.scalar(select(func.count(Revision.id))), "/desk/releases/1/en/"
    page = client.get(path)
    if page.status_code == 303:  # who may not write is led to the preview
        page = client.get(page.location)
    answer = client.post(path, data=_typed(page) | {"title": "Another title"})
    assert answer.status_code < 500
    after = db.session.scalar(select(func.count(Revision.id)))
    assert (after > before) is (role in RIGHTS["write"]), (role, answer.status_code)


def test_each_door_asks_for_the_right_that_is_written_down_for_it(newsroom: Flask) -> None:
    asked = {rule.endpoint: mark_of(newsroom, rule) for rule, _method in walked(newsroom)}
    missing, gone = sorted(asked.keys() - RIGHT_OF.keys()), sorted(RIGHT_OF.keys() - asked.keys())
    assert (missing, gone) == ([], []), "say in tests/house/doors_and_rights.py who is to get in"
    assert asked == RIGHT_OF


def test_the_walk_covers_every_role_and_each_right_is_somebodys(newsroom: Flask) -> None:
    assert set(PEOPLE) == set(Role)
    assert all(RIGHTS.values())
    assert len(walked(newsroom)) >= 40


def _typed(answer: Any) -> dict[str, Any]:
    """Return what the long form of a page holds, as a browser would send it back."""
    page = read(answer.get_data(as_text=True))
    form = max(page.select("form"), key=lambda each: len(each.select("[name]")))
    typed = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            typed[field["name"]] = chosen.get("value", "") if chosen else ""
        elif field.get("type") not in ("checkbox", "radio", "submit") or field.has_attr("checked"):
            typed[field["name"]] = field.get("value", "") if field.name == "input" else field.get_text()
    return typed


def _traces() -> tuple[int | None, ...]:
    db.session.rollback()
    return tuple(db.session.scalar(select(func.count(table.id))) for table in (Entry, Revision))


def _tell() -> None:
    """Print what was asked (pytest -s shows it)."""
    print("\n" + "\n".join(f"{words}: {count}" for words, count in sorted(COUNTED.items())))

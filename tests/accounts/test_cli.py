"""``flask officer``: the accounts of the press office, from the server's own console."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.accounts import queries, rules, service
from app.database import db
from tests import make
from tests.signing import give_factor

ADD = ["add", "new@office.test", "--name", "Noé Petit", "--role", "publisher", "--language", "fr"]


@pytest.fixture
def officer(app: Flask):
    """Run ``flask officer`` with these words, and these lines typed."""

    def run(*words: str, typed: str = "") -> Any:
        db.session.rollback()
        answer = app.test_cli_runner().invoke(args=["officer", *words], input=typed)
        db.session.rollback()
        return answer

    return run


def test_an_officer_is_added_with_a_password_typed_twice(officer) -> None:
    answer = officer(*ADD, typed=f"{make.PASSWORD}\n{make.PASSWORD}\n")
    assert (answer.exit_code, answer.output.splitlines()[-1]) == (
        0,
        "Noé Petit can now log in at the desk as publisher.",
    )
    assert make.PASSWORD not in answer.output
    account = queries.by_key("new@office.test")
    assert account is not None
    assert (account.name, account.roles, account.language) == ("Noé Petit", ["publisher"], "fr")
    assert service.sign_in("new@office.test", make.PASSWORD, network="n", user_agent="")


def test_a_password_may_come_through_a_pipe(officer) -> None:
    answer = officer(
        "add", "new@office.test", "--name", "Noé", "--password-stdin", typed=f"{make.PASSWORD}\r\n"
    )
    assert answer.exit_code == 0
    account = queries.by_key("new@office.test")
    assert account is not None
    assert (account.roles, account.language) == (["writer"], "en")
    assert service.sign_in("new@office.test", make.PASSWORD, network="n", user_agent="")


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (ADD, "short\nshort\n", "The password does not yet meet: 12 characters or more"),
        (["add", "nothing", "--name", "X"], "", "Enter an e-mail address in the correct format"),
        (["add", "x@office.test", "--name", " "], f"{make.PASSWORD}\n{make.PASSWORD}\n", "Enter a name"),
        (["add", "x@office.test"], "", "Missing option '--name'"),
        ([*ADD[:5], "owner"], "", "'owner' is not one of"),
        (["set-roles", "x@office.test", "editor"], "", "'editor' is not one of"),
        (["set-roles", "x@office.test"], "", "Missing argument"),
        (["deactivate", "nobody@office.test"], "", "There is no account with this address."),
        (["password", "nobody@office.test"], "", "There is no account with this address."),
        (["set-roles", "nothing", "reviewer"], "", "Enter an e-mail address in the correct format"),
    ],
)
def test_what_cannot_be_done_is_said_in_plain_words(officer, words: list[str], typed: str, said: str) -> None:
    answer = officer(*words, typed=typed)
    assert answer.exit_code != 0
    assert said in answer.output
    assert "Traceback" not in answer.output
    assert queries.officers() == []


def test_an_address_is_added_once(officer) -> None:
    officer(*ADD, "--password-stdin", typed=make.PASSWORD)
    answer = officer("add", "NEW@office.test", "--name", "Other", "--password-stdin", typed=make.PASSWORD)
    assert answer.exit_code == 1
    assert "There is already an account with this address" in answer.output


@pytest.mark.usefixtures("password_alone")
def test_the_list_tells_who_may_what_and_when_they_were_seen(officer, frozen: Any) -> None:
    make.officer("Oksana")
    service.deactivate(make.officer("Amélie"))
    service.sign_in("oksana@office.test", make.PASSWORD, network="n", user_agent="")
    assert officer("list").output.splitlines() == [
        "amelie@office.test  Amélie  publisher  en  last seen: never  (deactivated)",
        "oksana@office.test  Oksana  writer  en  last seen: 2025-11-20 11:00 UTC",
    ]


def test_an_account_is_closed_and_opened_again(officer) -> None:
    oksana = make.officer("Oksana")
    assert officer("deactivate", "Oksana@office.test").output == "Oksana can no longer log in.\n"
    assert not oksana.is_active
    assert officer("activate", "oksana@office.test").output == "Oksana can log in again.\n"
    assert oksana.is_active


def test_a_second_factor_is_reset_by_whoever_has_the_server(officer) -> None:
    oksana = make.officer("Oksana")
    assert officer("reset-factor", oksana.email).output == "Error: There is no second factor. Set one up.\n"
    give_factor(oksana)
    told = "Oksana sets up another second factor after the next log-in.\n"
    assert officer("reset-factor", oksana.email).output == told
    assert queries.factor_of(oksana.id) is None


def test_the_last_administrator_is_not_closed(officer) -> None:
    make.officer("Ada")
    answer = officer("deactivate", "ada@office.test")
    assert (answer.exit_code, answer.output) == (1, "Error: At least one administrator must remain\n")


def test_roles_and_a_password_are_changed(officer) -> None:
    oksana = make.officer("Oksana")
    assert officer("set-roles", "oksana@office.test", "reviewer", "writer").output == (
        "Oksana is now writer, reviewer.\n"
    )
    answer = officer("password", "oksana@office.test", "--password-stdin", typed="Kvitka-2026-weselka?")
    assert answer.output == "Oksana has a new password, and is logged out everywhere.\n"
    assert oksana.roles == ["writer", "reviewer"]
    with pytest.raises(rules.WrongPair):
        service.sign_in("oksana@office.test", make.PASSWORD, network="n", user_agent="")
    assert service.sign_in("oksana@office.test", "Kvitka-2026-weselka?", network="n", user_agent="")

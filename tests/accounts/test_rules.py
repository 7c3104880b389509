"""Addresses, names, roles, sessions, and where one may go after signing in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.accounts import rules
from app.accounts.models import Account, Role, Session

HOSTILE = [
    "", " ", "evil.example", "http://evil.example", "https://evil.example/", "HTTPS://evil.example",
    "//evil.example", "///evil.example", "////evil.example", "//evil.example/%2e%2e", "/\\evil.example",
    "/\\/evil.example", "\\/evil.example", "\\\\evil.example", "/\t/evil.example", "/\n/evil.example",
    "/\r/evil.example", "\t//evil.example", " //evil.example", "/ /evil.example", "http:evil.example",
    "http:/evil.example", "http:///evil.example", "https:evil.example", "javascript:alert(1)",
    "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "javascript://x%0aalert(1)", "data:text/html,x",
    "vbscript:x", "file:///etc/passwd", "blob:x", "about:blank", "mailto:a@b.example", "tel:1", "desk/",
    "./desk", "../desk", "?next=/desk", "#desk", "/\x00/evil.example", "/desk\x00", "\x00/desk",
    "/desk\r\nSet-Cookie: a=b", "/desk\nLocation: //evil", "/desk\\..\\evil", "/desk/\\evil.example", "/de sk",
    "/desk ", " /desk", "/desk\t", "/dеsk", "/desk/é", "/\u2028/evil", "/\u3000/evil.example", "\u3002/evil",
    "/\x7f", "/\x0b/evil.example", "/\x0c/evil.example", "/\x85/evil.example", "//evil.example@newsroom.test",
    "//newsroom.test@evil.example", "http://newsroom.test@evil.example", "/\\\t/evil.example",
    "//\tevil.example", "//[::1]/", "//0x7f000001/", "///\\evil.example", "/" + "a" * 2000,
    "https:/\\evil.example", "/\u200b/evil.example", "/\ufeff/evil.example", "\ufeff//evil.example",
    "//evil%E3%80%82example",
]  # fmt: skip
HONEST = [
    "/", "/desk/", "/desk/releases/", "/desk/releases/12/uk/", "/desk/releases/new?language=fr",
    "/desk/releases/?q=%D0%BC%D0%B8%D1%80&page=2", "/desk/releases/5/fr/?kept=A-z_09#text", "/desk/jobs",
    "/fr/news/2025/12/03/ministres", "/desk/releases/?state=draft&language=", "/a//b", "/~x/(1)/:@!$'*,;=",
    "/" + "a" * 1999,
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_no_value_leads_away_from_this_site(value: str) -> None:
    assert rules.same_site_path(value) is None


def test_the_list_of_hostile_values_is_long_enough() -> None:
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("value", HONEST)
def test_an_honest_path_is_followed_as_it_is(value: str) -> None:
    assert rules.same_site_path(value) == value


def test_nowhere_to_go_is_no_path() -> None:
    assert rules.same_site_path(None) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Oksana@Office.TEST", "oksana@office.test"),
        ("  oksana@office.test ", "oksana@office.test"),
        ("Ame\u0301lie@office.test", "Amélie@office.test"),
        ("AMÉLIE@office.test", "amélie@office.test"),
        ("ОКСАНА@office.test", "оксана@office.test"),
        ("a@приклад.укр", "a@xn--80aikifvh.xn--j1amh"),
        ("\u212aate@office.test", "kate@office.test"),  # the Kelvin sign is K, once composed
    ],
)  # fmt: skip
def test_two_spellings_of_one_address_have_one_key(one: str, other: str) -> None:
    assert rules.email_key(one) == rules.email_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("straße@office.test", "strasse@office.test"),
        ("preſs@office.test", "press@office.test"),
        ("mıke@office.test", "mike@office.test"),
        ("İlker@office.test", "ilker@office.test"),
        ("ﬁona@office.test", "fiona@office.test"),
        ("рress@office.test", "press@office.test"),  # a Cyrillic first letter
        ("o.ksana@office.test", "oksana@office.test"),
        ("oksana+news@office.test", "oksana@office.test"),
        ("a@приклад.укр", "a@приклад.test"),
    ],
)  # fmt: skip
def test_two_mailboxes_never_have_one_key(one: str, other: str) -> None:
    assert rules.email_key(one) != rules.email_key(other)


@pytest.mark.parametrize(
    "typed",
    [
        "", "x", "@", "a@", "@b.org", "a b@c.org", "a@b", "a@b..org", "a\0@b.org", "a@b.org\nBcc: c@d.org",
        "a" * 250 + "@b.org", "a@@b.org", "<a@b.org>",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_next_to_its_field(typed: str) -> None:
    with pytest.raises(rules.BadAddress) as refused:
        rules.check_address(typed)
    assert refused.value.field == "email"
    assert rules.typed_key(typed) == rules.typed_key(typed)  # tries with it can be counted all the same


def test_tries_are_counted_alike_for_all_spellings_of_what_was_typed() -> None:
    assert rules.typed_key("OKSANA@office.test") == rules.typed_key(" oksana@office.test")
    assert rules.typed_key("Nobody At All") == rules.typed_key("nobody at all ")


def test_a_name_is_kept_on_one_line_and_composed() -> None:
    assert rules.check_name("  Ame\u0301lie\n Dupont\0 ") == "Amélie Dupont"


@pytest.mark.parametrize("name", ["", "  ", "\0", "x" * 121])
def test_a_name_must_be_there_and_not_too_long(name: str) -> None:
    with pytest.raises(rules.NoName):
        rules.check_name(name)


def test_roles_are_held_once_each_in_their_order_and_languages_are_three() -> None:
    assert rules.check_roles(["administrator", "writer", "writer"]) == ["writer", "administrator"]
    assert rules.check_roles(list(Role)) == [
        "writer", "translator", "reviewer", "publisher", "media_desk", "newsletter", "administrator",
    ]  # fmt: skip
    for none in ([], ["owner"], ["writer", "owner"], [""]):
        with pytest.raises(rules.NoRole):
            rules.check_roles(none)
    assert [rules.check_language(code) for code in ("fr", "en", "uk")] == ["fr", "en", "uk"]
    with pytest.raises(rules.NoLanguage):
        rules.check_language("de")


# W(riter), T(ranslator), R(eviewer), P(ublisher), M(edia desk), N(ewsletter), A(dministrator)
TABLE = {
    "see": "WTRPMNA",
    "begin": "W.RPM.A",
    "write": "WTRPM.A",
    "comment": "WTRPMNA",
    "preview_links": "W.RPM.A",
    "media": "WTRPM.A",
    "review": "..RP..A",
    "assign": "..RP..A",
    "publish": "...P..A",
    "urgent": "...P..A",
    "withdraw": "...P..A",
    "contacts": "...PM.A",
    "media_accounts": "...PM.A",
    "newsletter": ".....NA",
    "export_subscribers": "......A",
    "jobs": "WTRPMNA",
    "change_jobs": "...P..A",
    "audit": "..RP..A",
    "export_audit": "......A",
    "people": "......A",
}


def test_the_table_of_rights_is_this_one() -> None:
    assert list(rules.RIGHTS) == list(TABLE)
    for right, marks in TABLE.items():
        having = [rules.may(Account(roles=[role]), right) for role in Role]
        assert having == [mark != "." for mark in marks], right


def test_roles_add_up_and_nobody_has_no_right() -> None:
    both = Account(roles=["translator", "newsletter"])
    assert [rules.may(both, right) for right in ("write", "newsletter", "review")] == [True, True, False]
    assert rules.rights_of(both.roles) == ["see", "write", "comment", "media", "newsletter", "jobs"]
    for right in TABLE:
        assert not rules.may(None, right)
        assert not rules.may(Account(roles=[]), right)
        assert not rules.may(Account(roles=["author", "owner", "editor"]), right)


def test_a_right_that_does_not_exist_is_a_mistake_in_the_code() -> None:
    for person in (None, Account(roles=["administrator"])):
        with pytest.raises(KeyError, match="fly"):
            rules.may(person, "fly")


MORNING = datetime(2025, 11, 20, 8, 0, tzinfo=UTC)


def _alive(
    after: timedelta, *, seen: timedelta = timedelta(0), active: bool = True, ended: bool = False
) -> bool:
    session = Session(created_at=MORNING, seen_at=MORNING + seen, ended_at=MORNING if ended else None)
    return rules.is_alive(session, Account(is_active=active), at=MORNING + after, idle_minutes=60, hours=8)


@pytest.mark.parametrize(
    ("told", "alive"),
    [
        ({"after": timedelta(0)}, True),
        ({"after": timedelta(minutes=59, seconds=59)}, True),
        ({"after": timedelta(minutes=60)}, False),
        ({"after": timedelta(hours=7, minutes=59), "seen": timedelta(hours=7)}, True),
        ({"after": timedelta(hours=8), "seen": timedelta(hours=7, minutes=59)}, False),
        ({"after": timedelta(0), "active": False}, False),
        ({"after": timedelta(0), "ended": True}, False),
    ],
)
def test_a_session_ends_when_idle_too_old_closed_or_ended(told: dict[str, Any], alive: bool) -> None:
    assert _alive(**told) is alive


def test_it_is_noted_once_a_minute_that_somebody_is_there() -> None:
    session = Session(seen_at=MORNING)
    assert not rules.is_seen_anew(session, at=MORNING + timedelta(seconds=59))
    assert rules.is_seen_anew(session, at=MORNING + timedelta(seconds=60))


def test_the_last_administrator_stays() -> None:
    last = Account(roles=[Role.ADMINISTRATOR], is_active=True)
    with pytest.raises(rules.LastAdministrator):
        rules.check_not_last(last, 1)
    rules.check_not_last(last, 2)
    rules.check_not_last(Account(roles=[Role.PUBLISHER], is_active=True), 1)
    rules.check_not_last(Account(roles=[Role.ADMINISTRATOR], is_active=False), 1)


def test_the_table_never_holds_a_token() -> None:
    assert rules.token_digest("secret") != "secret"
    assert len(rules.token_digest("secret")) == 64

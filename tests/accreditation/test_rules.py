"""Domains of organisations, names of groups, and reasons."""

from __future__ import annotations

import pytest

from app.accreditation import rules
from app.accreditation.models import Group
from app.refusals import Refusal


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("example.org", "example.org"),
        ("Example.ORG", "example.org"),
        ("@example.org", "example.org"),
        ("tom@example.org", "example.org"),
        ("https://www.example.org/news", "example.org"),
        ("example.org.", "example.org"),
        (" example.co.uk ", "example.co.uk"),
        ("новини.укр", "новини.укр".encode("idna").decode()),
        ("MÜNCHEN.example", "xn--mnchen-3ya.example"),
        ("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
    ],
)
def test_a_domain_is_kept_in_ascii_and_lower_case(typed: str, kept: str) -> None:
    assert rules.domain(typed) == kept


@pytest.mark.parametrize(
    "typed",
    ["example", "", "exa mple.org", "example..org", "-example.org", "127.0.0.1", "[::1]", "a" * 64 + ".org",
     ".".join(["abcdefgh"] * 30) + ".org", "example.o", "javascript:1", "exam%ple.org", "example.org:80"],
)  # fmt: skip
def test_what_is_no_domain_is_refused(typed: str) -> None:
    with pytest.raises(rules.BadDomain) as refused:
        rules.domain(typed)
    assert "is no domain" in str(refused.value)
    assert refused.value.field == "domains"


@pytest.mark.parametrize(
    "typed", ["gmail.com", "GMail.com", "tom@ukr.net", "meta.ua", "proton.me", "yahoo.fr", "skynet.be"]
)
def test_a_domain_at_which_anybody_has_an_address_is_refused(typed: str) -> None:
    with pytest.raises(rules.BadDomain) as refused:
        rules.domain(typed)
    assert "it would let everybody in" in str(refused.value)


@pytest.mark.parametrize("typed", ["co.uk", "com.ua", "gouv.fr"])
def test_a_domain_under_which_anybody_has_one_is_refused(typed: str) -> None:
    with pytest.raises(rules.BadDomain) as refused:
        rules.domain(typed)
    assert "Many organisations share" in str(refused.value)


def test_domains_are_kept_once_and_in_order() -> None:
    typed = ["globe.test", "", "afp.example", "@GLOBE.test"]
    assert rules.check_domains(typed, is_needed=True) == ["afp.example", "globe.test"]
    assert rules.check_domains(["  "], is_needed=False) == []


def test_a_group_that_admits_by_domain_has_one_and_not_too_many() -> None:
    with pytest.raises(rules.BadDomain):
        rules.check_domains([], is_needed=True)
    with pytest.raises(rules.BadDomain):
        rules.check_domains([f"n{number}.example" for number in range(51)], is_needed=False)


def test_a_group_has_a_name_in_each_language() -> None:
    names = {"fr": "Presse", "en": "  The \t press ", "uk": "Преса"}
    assert rules.check_names(names) == {"fr": "Presse", "en": "The press", "uk": "Преса"}
    with pytest.raises(Refusal) as refused:
        rules.check_names(names | {"uk": " "})
    assert refused.value.field == "names_uk"
    with pytest.raises(Refusal) as refused:
        rules.check_names(names | {"fr": "x" * 121})
    assert refused.value.field == "names_fr"


def test_a_reason_is_said_and_fits_a_mail() -> None:
    assert rules.check_reason(" No press\x00 card. ") == "No press card."
    for reason in ("", " \n ", "x" * 301):
        with pytest.raises(Refusal) as refused:
            rules.check_reason(reason)
        assert refused.value.field == "reason"


def test_the_version_of_a_group_changes_with_it() -> None:
    group = Group(key="a", names={"en": "A"}, domains=[], admits_by_domain=False, is_closed=False)
    before = rules.version(group)
    group.domains = ["globe.test"]
    assert rules.version(group) != before

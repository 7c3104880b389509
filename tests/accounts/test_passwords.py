"""The office's rules for passwords: each named when it is not met, in any script."""

from __future__ import annotations

import unicodedata

import pytest
from zxcvbn.matching import L33T_TABLE

from app.accounts import passwords
from app.accounts.passwords import (
    Common,
    HoldsAddress,
    HoldsName,
    HoldsSpace,
    NoDigit,
    NoSymbol,
    OneCase,
    PasswordRefused,
    TooLong,
    TooShort,
)
from app.refusals import Refusal

GOOD = "Ryba-2025-sonce!"


def _faults(
    password: str, *, email: str = "oksana@office.test", name: str = "Oksana Kovalenko"
) -> list[type[Refusal]]:
    return [type(reason) for reason in passwords.check_password(password, email=email, name=name)]


@pytest.mark.parametrize(
    "password",
    [
        GOOD,
        "Ялинка-2025-зоряна",
        "Αθήνα-2025-ποτάμι",
        "Été-indien-7-fois",
        "Kvitka٣weselka!",  # an Arabic digit is a digit
        "Kvitka7weselka€",  # a currency sign is a symbol
        "Kvitka7weselka🌻",  # so is a flower
        "Aa1!" + "".join(chr(0x4E00 + n) for n in range(252)),  # 256 characters
    ],
)
def test_a_password_in_any_script_does(password: str) -> None:
    assert _faults(password) == []


@pytest.mark.parametrize(
    ("password", "fault"),
    [
        ("Ryba-2025so", TooShort),  # 11
        ("ryba-2025-sonce!", OneCase),
        ("RYBA-2025-SONCE!", OneCase),
        ("Ryba-sonce-more!", NoDigit),
        ("Ryba2025sonce9", NoSymbol),
        ("Aa1!" + "".join(chr(0x4E00 + n) for n in range(253)), TooLong),
    ],
)
def test_each_rule_is_named_when_it_alone_is_not_met(password: str, fault: type[Refusal]) -> None:
    assert _faults(password) == [fault]


def test_all_unmet_rules_are_named_at_once() -> None:
    assert _faults("") == [TooShort, OneCase, NoDigit, NoSymbol]
    assert _faults("oksana x") == [TooShort, OneCase, NoDigit, NoSymbol, HoldsSpace, HoldsAddress, HoldsName]


def test_length_is_counted_in_composed_characters() -> None:
    composed = "Éa1!éééééééé"
    assert len(composed) == 12
    assert _faults(unicodedata.normalize("NFD", composed)) == []
    assert _faults(unicodedata.normalize("NFD", composed[:-1])) == [TooShort]


@pytest.mark.parametrize(
    ("password", "where"),
    [
        (" " + GOOD, "at the start"),
        (GOOD + " ", "at the end"),
        (GOOD + "\t\n", "at the end"),
        ("Ryba 2025 sonce!", "in the middle"),
        ("Ryba\u30002025-sonce!", "in the middle"),
        ("Ryba\u00a02025-sonce!", "no-break"),
        ("Ryba\u202f2025-sonce!", "no-break"),
        (GOOD + "\ufeff", "no-break"),
    ],
)
def test_a_space_is_refused_and_found(password: str, where: str) -> None:
    (reason,) = passwords.check_password(password, email="a@b.org", name="A")
    assert isinstance(reason, HoldsSpace)
    assert where in str(reason)


@pytest.mark.parametrize(
    "password",
    [
        "Password123!", "P@ssw0rd1234", "Qwerty123456!", "Azerty123456!", "Motdepasse1!", "Привіт123456!",
        "Пароль-123456", "Newsroom2025!", "Aa1!Aa1!Aa1!", "Aa1!" * 18, "Йцукен123456!",
    ],
)  # fmt: skip
def test_what_is_tried_first_is_refused(password: str) -> None:
    assert _faults(password) == [Common]


@pytest.mark.parametrize(
    ("password", "faults"),
    [
        ("Oksana-2025-sonce!", [HoldsAddress, HoldsName]),
        ("xx-KOVALENKO-9-yy", [HoldsName]),
        ("Ryba-oksana@office.test-2025", [HoldsAddress, HoldsName]),
    ],
)
def test_address_and_name_may_not_be_in_it(password: str, faults: list[type[Refusal]]) -> None:
    assert _faults(password) == faults


def test_accents_do_not_hide_a_name() -> None:
    assert _faults("Amelie-2025-sonce!", email="a.d@office.test", name="Amélie D") == [HoldsName]


def test_a_name_of_three_letters_is_in_too_many_honest_words() -> None:
    assert _faults("Adamant-2025-sky!", email="ada@office.test", name="Ada Li") == []


def test_a_megabyte_is_refused_before_anything_is_done_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "composed", lambda password: pytest.fail("it was looked at"))
    assert _faults("Aa1!" * 250_000) == [TooLong]


def test_a_password_of_all_disguises_is_read_in_part_only(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr("zxcvbn.zxcvbn", lambda told: read.append(told) or {"score": 4})
    hostile = "Xy" + "".join(sorted(passwords.DISGUISES)) * 4
    assert _faults(hostile) == []
    assert _faults("Xy1!" + "qwk" * 40) == []
    assert [len(told) for told in read] == [24, 72]


def test_we_know_every_sign_that_stands_for_a_letter() -> None:
    assert {sign for signs in L33T_TABLE.values() for sign in signs} == passwords.DISGUISES


def test_the_refusal_tells_the_unmet_rules_in_one_sentence_and_the_rest_after_it(app: object) -> None:
    reasons = passwords.check_password("oksana 1", email="oksana@office.test", name="X")
    assert str(PasswordRefused(reasons)) == (
        "The password does not yet meet: 12 characters or more, A lower-case and an upper-case letter, "
        "A symbol, for example ! ? - _. The password holds a space in the middle. Remove it. "
        "The password must not contain your e-mail address."
    )
    assert str(PasswordRefused([Common()])) == (
        "This password is on lists of stolen passwords. Choose another."
    )

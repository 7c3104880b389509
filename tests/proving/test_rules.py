"""How a code may be typed, and how often one may be asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.proving import rules

AT = datetime(2025, 11, 20, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed",
    [
        "042917", "042 917", " 042917\n", "0 4 2 9 1 7", "042-917", "042–917", "042\u00a0917", "042.917",
        "04-29-17", "042\u202f917", "\u200b042917", "０４２９１７", "٠٤٢٩١٧", "०४२९१७", "042917 042917"[:6],
        "042917 is your verification code", "042 917 is your verification code until 15:42.",
        "Ваш код підтвердження: 042917. Діє 30 хвилин, до 15:42.", "votre code : 042-917, valable 30 minutes",
        "042917 – 042917 (again)", "Code=042917;",
    ],
)  # fmt: skip
def test_a_code_may_be_typed_and_pasted_in_many_ways(typed: str) -> None:
    assert rules.typed_code(typed) == "042917"


@pytest.mark.parametrize("typed", ["", "  ", "\n\t", "\u200b"])
def test_nothing_typed_is_said_so(typed: str) -> None:
    with pytest.raises(rules.NothingTyped):
        rules.typed_code(typed)


@pytest.mark.parametrize(
    ("typed", "count"), [("0", 1), ("04291", 5), ("0429171", 7), ("042 917 042 917", 12)]
)
def test_too_few_or_too_many_digits_are_counted(typed: str, count: int) -> None:
    with pytest.raises(rules.WrongLength) as refused:
        rules.typed_code(typed)
    assert str(refused.value) == f"The code has 6 digits; you entered {count}"


@pytest.mark.parametrize(
    "typed", ["abcdef", "O42917", "04291½", "042917 or 123456", "a" * 5000 + " 042917", "12/31/2025"]
)
def test_letters_and_sentences_without_one_code_are_refused(typed: str) -> None:
    with pytest.raises(rules.NotDigits):
        rules.typed_code(typed)


@pytest.mark.parametrize(
    ("sent", "wait"),
    [
        ([], 0),
        ([-3599] * 4, 0),
        ([-3599, -300, -200, -100, -50], 1),
        ([-3600, -300, -200, -100, -50], 0),
        ([-3000] * 7, 600),
        ([-86399, *[-7000] * 9], 1),
        ([-86400, *[-7000] * 9], 0),
        ([-7000] * 9, 0),
        ([*[-7000] * 9, -100], 86400 - 7000),
    ],
)  # fmt: skip
def test_an_address_gets_five_codes_in_an_hour_and_ten_in_a_day(sent: list[int], wait: int) -> None:
    moments = [AT + timedelta(seconds=seconds) for seconds in sent]
    free_at = rules.next_code_at(moments, at=AT, an_hour=5, a_day=10)
    assert (free_at - AT).total_seconds() == wait


@pytest.mark.parametrize(
    ("address", "shown"),
    [("olena@redaktsiia.example", "o•••@redaktsiia.example"), ("a@b.example", "a•••@b.example")],
)
def test_an_address_is_half_hidden(address: str, shown: str) -> None:
    assert rules.half_hidden(address) == shown

"""Countries, mistyped addresses, and that script and server decide alike."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from app.accounts import passwords
from app.languages import LANGUAGES
from app.media_users import rules
from app.media_users.countries import countries, country_name, is_country
from app.text.sorting import dictionary_key

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", ["Égypte", "Émirats", "Équateur", "Espagne", "Estonie", "Îles Féroé", "Inde", "Zambie"]),
        ("uk", ["Габон", "Ґана", "Єгипет", "Ємен", "Замбія", "Ізраїль", "Їжа", "Йорданія", "Ямайка"]),
        ("en", ["Åland", "Albania", "Côte d’Ivoire", "Croatia", "Zambia"]),
    ],
)
def test_words_stand_in_the_order_of_their_dictionary(language: str, words: list[str]) -> None:
    shuffled = sorted(words, key=lambda word: word[::-1])
    assert sorted(shuffled, key=lambda word: dictionary_key(word, language)) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_is_there_once_and_nothing_else(language: str) -> None:
    codes = [code for code, _name in countries(language)]
    assert len(codes) == len(set(codes))
    assert 245 <= len(codes) <= 255
    assert {"FR", "UA", "BE", "XK", "TW", "VA"} <= set(codes)
    assert not {"EU", "UN", "EZ", "QO", "ZZ", "XA", "001"} & set(codes)


def test_a_country_is_named_in_the_language_of_the_page() -> None:
    assert [country_name("DE", code) for code in LANGUAGES] == ["Allemagne", "Germany", "Німеччина"]
    assert country_name("??", "en") == "??"
    assert not is_country("de")


ADDRESSES = {
    "zoe@gmial.com": "zoe@gmail.com",
    "zoe@gmail.co": "zoe@gmail.com",
    "zoe@gmail.con": "zoe@gmail.com",
    "zoe@gmaill.com": "zoe@gmail.com",
    "zoe@GAMIL.com": "zoe@gmail.com",
    "zoe@hotmial.com": "zoe@hotmail.com",
    "zoe@outlok.com": "zoe@outlook.com",
    "zoe@yaho.fr": "zoe@yahoo.fr",
    "zoe@ukr.nte": "zoe@ukr.net",
    "zoe@ornage.fr": "zoe@orange.fr",
    " zoe@gmai.com ": "zoe@gmail.com",
    "a@b@gmai.com": "a@b@gmail.com",
    "zoe@gmail.com": None,
    "zoe@mail.com": None,
    "zoe@redaction.example": None,
    "zoe@gmx.ch": None,
    "zoe@i.us": None,
    "zoe@gmlai.com": None,
    "zoe": None,
    "@gmial.com": None,
    "zoe@": None,
    "": None,
}


@pytest.mark.parametrize(("typed", "meant"), ADDRESSES.items())
def test_one_slip_from_a_usual_domain_is_asked_about(typed: str, meant: str | None) -> None:
    assert rules.meant_address(typed) == meant


def in_node(script: str, told: object) -> object:
    """Return what ``script`` writes, which finds ``told`` in ``told``."""
    ran = subprocess.run(
        ["node", "--input-type=module", "-e", f"const told = {json.dumps(told)};{script}"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return json.loads(ran.stdout)


def test_script_asks_about_the_same_addresses() -> None:
    script = """
      const { meant } = await import("./static/js/account/meant_address.js");
      console.log(JSON.stringify(told.typed.map((each) => meant(each, told.usual, told.telling))));
    """
    told = {"typed": list(ADDRESSES), "usual": rules.USUAL_DOMAINS, "telling": rules.TELLING}
    assert in_node(script, told) == list(ADDRESSES.values())


PASSWORDS = [
    "", "short", "Ryba-2025-sonce!", "ryba-2025-sonce!", "RYBA-2025-SONCE!", "Ryba-rokiv-sonce!", "Ryba2025sonce",
    "Ryba 2025-sonce!", " Ryba-2025-sonce!", "Ryba-2025-sonce! ", "Ryba\u00a02025-sonce!", "Ryba\u202f2025-sonce!",
    "Ryba\u20602025-sonce!", "Ryba\ufeff2025-sonce!", "Ryba\x852025-sonce!", "Ryba\x1c2025-sonce!", "Ryba\t2025-son!",
    "Ryba\u20282025-sonce!", "Ryba\u200b2025-sonce!", "Риба-2025-сонце!", "Ἀθήνα-2025-ξένος", "e\u0301" * 6,
    "E\u0301te\u0301-2025-ab!", "Ｒｙｂａ－２０２５！！！", "Ryba٢٠٢٥sonce€", "🐟🐟🐟🐟🐟🐟Aa1!", "🐟" * 12, "ǅ-2025-sonce",
    "ªº-2025-sonceX", "Ryba-²³-sonce!", "Ryba-Ⅻ-sonce!!", "Ryba_2025_sonce", "مرحبا-2025-Aa-كلمة", "Ryba+2025=sonce",
    "12345678901", "123456789012", "Ryba^2025sonce", "Ryba´2025sonce", "\u1680Ryba-2025-so", "\u3000Ryba-2025-so",
]  # fmt: skip


def test_script_marks_the_rules_that_the_server_marks() -> None:
    script = """
      const { met } = await import("./static/js/account/password_rules.js");
      console.log(JSON.stringify(told.map(met)));
    """
    served = [[rule.key for rule in passwords.listed(word) if rule.is_met] for word in PASSWORDS]
    assert in_node(script, PASSWORDS) == served


def test_the_rules_are_listed_before_anything_is_typed() -> None:
    assert [rule.is_met for rule in passwords.listed()] == [None] * 5
    assert all(rule.is_met for rule in passwords.listed("Ryba-2025-sonce!"))

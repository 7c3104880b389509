"""The order of a dictionary: accents, capitals and signs count little, and Ukrainian has an alphabet of its own."""

from __future__ import annotations

import unicodedata

_UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
_PLACES = {letter: chr(0x0410 + number) for number, letter in enumerate(_UKRAINIAN)}


def dictionary_key(words: str, language: str) -> tuple[str, str]:
    """Return what ``words`` are sorted by in a list written in ``language``."""
    folded = unicodedata.normalize("NFC", words.casefold())
    if language == "uk":
        plain = "".join(_PLACES.get(letter, letter) for letter in folded)
    else:
        parts = unicodedata.normalize("NFD", folded)
        plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return "".join(letter for letter in plain if letter.isalnum() or letter.isspace()), folded

"""The countries of the world by their codes (ISO 3166-1), named and sorted in the language of the page."""

from __future__ import annotations

from functools import cache

from babel import Locale

from app.languages import LANGUAGES
from app.text.sorting import dictionary_key

# What Unicode knows besides countries: unions, outlying parts of some, and codes for tests.
_OTHERS = frozenset("AC CP CQ DG EA EU EZ IC QO TA UN XA XB ZZ".split())


@cache
def countries(language: str) -> tuple[tuple[str, str], ...]:
    """Return the code and the name of each country, in the order of a dictionary of ``language``."""
    names = Locale.parse(language).territories
    known = [(code, name) for code, name in names.items() if len(code) == 2 and code not in _OTHERS]
    return tuple(sorted(known, key=lambda each: dictionary_key(each[1], language)))


@cache
def is_country(code: str) -> bool:
    """Say whether ``code`` is that of a country."""
    return any(code == known for known, _name in countries(LANGUAGES[0]))


def country_name(code: str, language: str) -> str:
    """Return how a country is called in ``language``."""
    return dict(countries(language)).get(code, code)

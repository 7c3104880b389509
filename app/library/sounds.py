"""What is heard in a film: codes of languages, and what they are called."""

from __future__ import annotations

from functools import cache
from typing import Any

from babel import Locale

from app.languages import current
from app.languages import gettext as _

FLOOR = "floor"  # what is spoken in the room, not interpreted
NATURAL = "nat"  # sound without speech that matters


def sound_name(code: str) -> str:
    """Return what a language of sound is called in the language of the page."""
    if code == FLOOR:
        return _("language of the room")
    if code == NATURAL:
        return _("natural sound")
    return _spoken(code, current())


@cache
def _spoken(code: str, language: str) -> str:
    return Locale.parse(language).languages.get(code, code)


@cache
def known_sounds() -> frozenset[str]:
    """Return the codes that a language of sound may have."""
    codes: Any = Locale.parse("en").languages
    return frozenset(code for code in codes if code.isalpha() and len(code) == 2) | {FLOOR, NATURAL}

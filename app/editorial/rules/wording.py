"""What the list of the house's words may hold."""

from __future__ import annotations

import re

from flask_babel import lazy_gettext as _l

from app.languages import LANGUAGES
from app.refusals import Refusal

LONGEST_WRONG = 80
LONGEST_INSTEAD = 120
MOST = 500  # in one language
_WORD = re.compile(r"[^\W_]+")
_SHORTEST_STEM = 3  # letters before an asterisk: with fewer every text would be full of findings


def check_word(language: str, wrong: str, instead: str, *, known: int) -> None:
    """Raise Refusal for a word that could not be found, or whose replacement would be found again.

    ``known`` is how many others the list has in this language.
    """
    if language not in LANGUAGES:
        raise Refusal(_l("Choose one of the three languages"), field="language")
    bare = wrong.removesuffix("*")
    words = _WORD.findall(bare)
    if not words:
        raise Refusal(_l("Enter the words that are to be avoided."), field="wrong")
    if len(wrong) > LONGEST_WRONG:
        raise Refusal(_l("Use at most %(n)s characters.", n=LONGEST_WRONG), field="wrong")
    if len(instead) > LONGEST_INSTEAD:
        raise Refusal(_l("Use at most %(n)s characters.", n=LONGEST_INSTEAD), field="instead")
    if "*" in bare or (bare != wrong and (not bare[-1].isalnum() or len(words[-1]) < _SHORTEST_STEM)):
        raise Refusal(
            _l("An asterisk stands at the end, after three letters or more: it stands for any ending."),
            field="wrong",
        )
    if _is_in(words, _WORD.findall(instead), is_stem=bare != wrong):
        raise Refusal(
            _l("What should be said instead has the same words in it: it would be found again."),
            field="instead",
        )
    if known >= MOST:
        raise Refusal(_l("The list holds at most %(n)s words in each language.", n=MOST))


def _is_in(words: list[str], text: list[str], *, is_stem: bool) -> bool:
    looked_for, there = [word.casefold() for word in words], [word.casefold() for word in text]
    for at in range(len(there) - len(looked_for) + 1):
        part = there[at : at + len(looked_for)]
        if part[:-1] == looked_for[:-1] and (
            part[-1].startswith(looked_for[-1]) if is_stem else part[-1] == looked_for[-1]
        ):
            return True
    return False

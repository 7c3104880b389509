"""Words as the index compares them: folded, cut to a length, and without their commonest endings.

Light on purpose: plurals, the e of French, the cases of Ukrainian. Endings that make another word
("-tion", "-ment") stay, so a search does not find what nobody meant.
"""

from __future__ import annotations

import re
from functools import lru_cache

from app.text.slugs import fold

LONGEST = 40  # letters of a word that count; what is longer is the same as its first forty
_REMEMBERED = 20_000  # words: most of those that a newsroom uses

_CYRILLIC = re.compile("[\u0400-\u052f]")
_SHORTEST = 3  # letters that must be left

# Endings of nouns and adjectives; the longest that fits is taken off.
_UKRAINIAN = sorted(
    "а я у ю о е и і ї й ь ою ею єю ом ем єм ові еві єві ів їв ам ям ами ями ах ях ий ій ого ього ому ьому "
    "им ім ими іми их іх ої їй ую юю ія ії ію ією іям іями іях ість ості істю остей остям остями остях".split(),
    key=len,
    reverse=True,
)


def words(text: str) -> list[str]:
    """Return the words of ``text``, folded."""
    return [word[:LONGEST] for word in fold(text).split()]


@lru_cache(_REMEMBERED)
def stem(word: str, language: str) -> str:
    """Return a folded ``word`` without the ending that it may have in ``language``.

    Words in Cyrillic are Ukrainian in every text; words in Latin letters are English unless the
    text is French.
    """
    if _CYRILLIC.search(word):
        return _ukrainian(word)
    return _french(word) if language == "fr" else _english(word)


@lru_cache(_REMEMBERED)
def forms(word: str, language: str) -> tuple[str, ...]:
    """Return under what a folded ``word`` stands in the index: itself, and its stem if that is another."""
    stemmed = stem(word, language)
    return (word,) if stemmed == word else (word, stemmed)


def _english(word: str) -> str:
    """Take the plural off: ministries, addresses, meetings."""
    if len(word) <= _SHORTEST or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word[:-1]


def _french(word: str) -> str:
    """Take plural and feminine off: journaux, régionales, adoptées. The accents have gone before."""
    if len(word) <= _SHORTEST:
        return word
    if word.endswith("aux") and not word.endswith("eaux") and len(word) > 4:
        return word[:-2] + "l"
    if word[-1] in "sx" and not word.endswith("ss"):
        word = word[:-1]
    short = word.rstrip("e")
    word = short if len(short) >= _SHORTEST else word
    return _single(word)


def _ukrainian(word: str) -> str:
    """Take the ending of a case off: міністрів, організацією, української."""
    for ending in _UKRAINIAN:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return _single(word.removesuffix(ending))
    return word


def _single(word: str) -> str:
    """Return ``word`` with one letter for two of the same at its end: рішенн(я) and рішен(ь) are one."""
    return word[:-1] if len(word) > _SHORTEST and word[-1] == word[-2] and not word[-1].isdigit() else word

"""The words of an address, and the form of words that search compares.

Addresses are ASCII: links to them are pasted into mails and systems that spoil anything else.
Ukrainian is written in Latin letters by the national standard (Cabinet of Ministers, resolution
55 of 2010), as it is in passports and on road signs.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 80  # characters


def _table(letters: str) -> dict[str, str]:
    """Return what stands for each letter in "щ=shch ь=": a mapping."""
    return dict(pair.split("=") for pair in letters.split())  # type: ignore[misc]


_UKRAINIAN = _table(
    "а=a б=b в=v г=h ґ=g д=d е=e є=ie ж=zh з=z и=y і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f "
    "х=kh ц=ts ч=ch ш=sh щ=shch ь= ю=iu я=ia "
    # Not Ukrainian, but in names of people and places.
    "ё=io ъ= ы=y э=e ў=u ј=j љ=lj њ=nj ђ=dj ћ=c џ=dz"
)
_AT_THE_START = _table("є=ye ї=yi й=y ю=yu я=ya")
# Latin letters that are no others with an accent.
_LATIN = _table("ł=l ø=o đ=d ð=d þ=th ß=ss œ=oe æ=ae ı=i ħ=h ŋ=n ŧ=t")

_APOSTROPHES = "'’ʼ‘`´ʹ′"
_CYRILLIC = re.compile("[\u0400-\u052f]")
_CYRILLIC_APOSTROPHE = re.compile(rf"(?<=[\u0400-\u052f])[{_APOSTROPHES}](?=[\u0400-\u052f])")
# "Ukraine’s", "don’t": the mark goes. Elsewhere ("l’OTAN", "O’Brien") it parts two words.
_ENGLISH_APOSTROPHE = re.compile(rf"(?<=[a-z])[{_APOSTROPHES}](?=(?:s|t|re|ve|ll|d|m)(?![^\W_]))")
_WORD = re.compile("[^\\W_]+")
_SLUG = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
# Letters of their own, whatever the marks in them: "й" is no "и" to a reader of Ukrainian.
_WHOLE = frozenset("йїўѓќ")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff]")


def slug(text: str, *, limit: int = LONGEST) -> str:
    """Return ``text`` as words of an address: lower-case ASCII letters and digits, joined by hyphens.

    At most ``limit`` characters, cut between words where there is one. What has no Latin form here
    (emoji, Arabic) is left out; the answer is empty when nothing remains, and what stands in the
    address then ("release") is the caller's to say.
    """
    text = _CYRILLIC_APOSTROPHE.sub(
        "", unicodedata.normalize("NFC", _UNSEEN.sub("", text[: limit * 8])).lower()
    )
    text = _ENGLISH_APOSTROPHE.sub("", text)
    words = [word for word in map(_latin, _WORD.findall(text)) if word]
    joined = "-".join(words)
    if len(joined) <= limit:
        return joined
    cut = joined[: limit + 1].rpartition("-")[0]
    return cut or joined[:limit]


def _latin(word: str) -> str:
    """Return a lower-case word in ASCII letters and digits."""
    if _CYRILLIC.search(word):
        word = word.replace("зг", "zgh")
        word = _AT_THE_START.get(word[0], word[0]) + word[1:]
        word = "".join(_UKRAINIAN.get(letter, letter) for letter in word)
    word = "".join(_LATIN.get(letter, letter) for letter in word)
    return re.sub("[^a-z0-9]", "", unicodedata.normalize("NFKD", word))


def is_slug(text: str) -> bool:
    """Return whether ``text`` looks like what slug() answers (of any limit up to 200 characters)."""
    return len(text) <= 200 and _SLUG.fullmatch(text) is not None


def fold(text: str) -> str:
    """Return ``text`` as search compares it: without case, accents or apostrophes, words parted by one space.

    "L’OTAN" is "l otan" and "п’ять" "пять", as people type both. Ukrainian й and ї stay themselves;
    stress marks go. What is not a letter or a digit parts words.
    """
    text = _CYRILLIC_APOSTROPHE.sub("", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    text = "".join(map(_folded, unicodedata.normalize("NFC", text.casefold())))
    return " ".join(_WORD.findall(text))


def _folded(letter: str) -> str:
    if letter.isascii() or letter in _WHOLE:
        return letter
    letter = _LATIN.get(letter, letter)
    parts = unicodedata.normalize("NFKD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part)).casefold()

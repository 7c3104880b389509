"""Which characters a text may hold, whatever it is for, and how many."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from flask_babel import lazy_gettext as _l

from app.refusals import Refusal

MOST_MARKS = 8  # on one letter; Vietnamese needs two, the Hebrew of a prayer book five

# Dropped: what no text means. Controls but for the white space among them, halves of surrogate
# pairs, code points that are no characters, and what shows nothing and only hides differences
# (zero-width space, byte order mark, interlinear marks). Joiners stay: emoji and Persian need them.
_MEANINGLESS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
# Embeddings and overrides reorder the letters that follow them, up to the end of a paragraph and
# unseen by whoever approves: "gnp.exe" reads "exe.png". No honest text needs them, because
# isolates, ``dir`` and ``bdi`` do what they were made for.
_OVERRIDES = re.compile("[\u202a-\u202e]")
_ISOLATES = re.compile("[\u2066-\u2069]")


def kept(text: str) -> str:
    """Return ``text`` without the characters that no text should hold, in NFC. White space is left as it is.

    Directional isolates stay when every one of them is closed, because a Hebrew name in a French
    title needs its pair; otherwise all of them go, since an open one reorders what follows it.
    """
    text = _MEANINGLESS.sub("", text)
    if not text.isascii():
        text = _OVERRIDES.sub("", text)
        if _ISOLATES.search(text) and not _is_balanced(text):
            text = _ISOLATES.sub("", text)
        text = unicodedata.normalize("NFC", _without_towers(text))
    return text


def _without_towers(text: str) -> str:
    """Keep at most MOST_MARKS combining marks in a row.

    Normalising sorts the marks of each letter, in a time that grows with the square of their
    number: 160 kB of them take a third of a minute.
    """
    return _towers().sub(r"\1", text)


@lru_cache(1)
def _towers() -> re.Pattern[str]:
    marks = "".join(chr(code) for code in range(0x300, 0x1F000) if unicodedata.combining(chr(code)))
    return re.compile(f"([{marks}]{{{MOST_MARKS}}})[{marks}]+")


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in _ISOLATES.findall(text):
        depth += -1 if character == "\u2069" else 1
        if depth < 0:
            return False
    return depth == 0


def is_blank(text: str) -> bool:
    """Return whether ``text`` shows nothing: white space of any kind, and what has no width."""
    return not re.search("[^\\s\u00ad\u034f\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]", text)


def length(text: str) -> int:
    """Return how many characters people count in ``text``: an accent or a flag is not one more."""
    joined = re.sub(r"[\u0300-\u036f\u200d\ufe0f\U0001f3fb-\U0001f3ff]", "", text)
    return len(re.sub(r"[\U0001f1e6-\U0001f1ff]{2}", "#", joined))


class TooManyCharacters(Refusal):
    """More words than their place holds."""

    def __init__(self, limit: int, field: str) -> None:
        super().__init__(_l("Use at most %(n)s characters.", n=limit), field=field)


def check_length(text: str, limit: int, field: str) -> None:
    """Raise TooManyCharacters unless ``text``, typed into ``field``, has at most ``limit`` as people count them."""
    if length(text) > limit:
        raise TooManyCharacters(limit, field)

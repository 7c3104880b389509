"""What a contact and a subject must have: names in the three languages, a phone that anybody can dial."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.rules import check_address
from app.languages import LANGUAGES
from app.refusals import Refusal
from app.text import markup, typography
from app.text.allowed import language_tag
from app.text.characters import check_length

LONGEST = {"names": 120, "functions": 200, "hours": 200}
MOST_LANGUAGES = 20

# Country codes of one and of two digits (ITU-T E.164); all others have three.
_ONE = "17"
_TWO = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86"
    " 90 91 92 93 94 95 98".split()
)


class BadPhone(Refusal):
    """A number that nobody abroad can dial."""

    field = "phone"
    message = _l("Enter the number with its country code, like +32 2 555 01 48")


class Changed(Refusal):
    """Somebody saved this while it was being changed."""

    message = _l("Somebody else changed this in the meantime. What they saved stands beside what you typed.")


@dataclass(frozen=True)
class Card:
    """What is said of a contact, each word by language."""

    names: Mapping[str, str]
    functions: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, str] = field(default_factory=dict)
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    is_listed: bool = True


def checked(card: Card) -> dict[str, Any]:
    """Return ``card`` as it is kept. Raises Refusal for what cannot be, naming its field."""
    languages = [tag for tag in dict.fromkeys(card.languages) if language_tag(tag) == tag]
    return {
        "names": names(card.names),
        "functions": _words(card.functions, "functions"),
        "hours": _words(card.hours, "hours"),
        "phone": phone(card.phone),
        "email": check_address(card.email) if card.email else "",
        "languages": languages[:MOST_LANGUAGES],
        "is_listed": card.is_listed,
    }


def names(given: Mapping[str, str]) -> dict[str, str]:
    """Return a name in each of our languages. Raises Refusal for one that is missing or too long."""
    found = _words(given, "names")
    for language in LANGUAGES:
        if not found.get(language):
            raise Refusal(_l("Write the name in all three languages."), field=f"names_{language}")
    return found


def _words(given: Mapping[str, str], what: str) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        words = typography.put_right(markup.one_line(given.get(language) or ""), language)
        check_length(words, LONGEST[what], f"{what}_{language}")
        if words:
            found[language] = words
    return found


def phone(typed: str) -> str:
    """Return a number as it is read: "+32 2 555 01 48"; nothing for nothing. Raises BadPhone.

    The groups that somebody typed stay; a number without any is parted after its country code, then by pairs.
    """
    typed = markup.one_line(typed)
    if not typed:
        return ""
    if not re.fullmatch(r"(?:\+|00)[0-9 ()./\u00a0\u202f\u2010-\u2013-]+", typed):
        raise BadPhone
    typed = re.sub(r"\(0\)", " ", re.sub("^00", "+", typed))
    groups = re.findall("[0-9]+", typed)
    digits = "".join(groups)
    if not 7 <= len(digits) <= 15 or digits[0] == "0":
        raise BadPhone
    if len(groups) > 2:
        return "+" + " ".join(groups)
    code = 1 if digits[0] in _ONE else 2 if digits[:2] in _TWO else 3
    rest = digits[code:]
    first = 2 + len(rest) % 2
    pairs = [rest[:first], *(rest[at : at + 2] for at in range(first, len(rest), 2))]
    return f"+{digits[:code]} {' '.join(pairs)}"


def version(row: Any) -> str:
    """Return what a form remembers of a contact or a subject, to tell whether it has changed since."""
    kept = {name: getattr(row, name, None) for name in (*asdict(Card({})), "position")}
    return hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()[:20]

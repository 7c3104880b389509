"""What a password must be: the office's rules, each named when it is not met.

Letters of any script count. Lengths are in code points after NFC, the form in which passwords are
also hashed: what one keyboard composes and another does not is one password.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from app.refusals import Refusal

SHORTEST = 12
LONGEST = 256
ZXCVBN_READS = 72  # it raises on more
GUESSABLE = 1  # zxcvbn's score for what falls within a million guesses
TELLING = 4  # letters: a shorter name is in too many honest passwords
DISGUISES = frozenset("4@8({[<3691!|70$5+%2")  # what zxcvbn takes for a letter
NO_BREAK = "\u00a0\u2007\u202f\u2060\ufeff"

# What people type here when a password is asked for; zxcvbn's lists are mostly English.
OUR_WORDS = frozenset(
    "пароль привіт привет україна киев київ любов кохання сонце сонечко наташа олександр богдан шевченко "
    "динамо карпати дніпро одеса харків львів слава славаукраїні героямслава мама тато ромашка йцукен "
    "йцукенгшщз фівапролдж qwertz motdepasse azerty azertyuiop soleil bonjour bonsoir doudou chouchou loulou "
    "marseille bordeaux toulouse bruxelles bienvenue jetaime amour papillon nounours princesse "
    "newsroom communique pressoffice redaction presse salledepresse пресцентр".split()
)


class Unmet(Refusal):
    """One rule of the list shown beside the field that the password does not meet."""

    field = "password"


class TooShort(Unmet):
    """Fewer than 12 characters."""

    message = _l("12 characters or more")


class TooLong(Unmet):
    """More than 256 characters: hashing it would be work for nothing."""

    message = _l("256 characters or fewer")


class OneCase(Unmet):
    """No small letter, or no capital."""

    message = _l("A lower-case and an upper-case letter")


class NoDigit(Unmet):
    """No digit."""

    message = _l("A digit")


class NoSymbol(Unmet):
    """Nothing but letters and digits."""

    message = _l("A symbol, for example ! ? - _")


class HoldsSpace(Refusal):
    """A space, which is easily lost when the password is copied."""

    field = "password"


class Common(Refusal):
    """A password that is tried before all others."""

    field = "password"
    message = _l("This password is on lists of stolen passwords. Choose another.")


class HoldsAddress(Refusal):
    """The address is the first thing that an attacker knows."""

    field = "password"
    message = _l("The password must not contain your e-mail address")


class HoldsName(Refusal):
    """The name is the second."""

    field = "password"
    message = _l("The password must not contain your name")


@dataclass(frozen=True)
class Listed:
    """One of the rules that stand beside the field; ``is_met`` is None before anything was typed."""

    key: str
    words: Any
    is_met: bool | None = None


class PasswordRefused(Refusal):
    """The password does not do; ``reasons`` are all that is wrong with it."""

    field = "password"

    def __init__(self, reasons: list[Refusal]) -> None:
        self.reasons = reasons
        super().__init__(LazyString(_told, reasons))


def _told(reasons: list[Refusal]) -> str:
    unmet = ", ".join(str(reason) for reason in reasons if isinstance(reason, Unmet))
    sentences = [_("The password does not yet meet: %(rules)s", rules=unmet) + "."] if unmet else []
    for reason in reasons:
        if not isinstance(reason, Unmet):
            sentences.append(f"{str(reason).removesuffix('.')}.")
    return " ".join(sentences)


def listed(password: str | None = None) -> list[Listed]:
    """Return the rules that are shown before one types, marked for the ``password`` that was typed, if any.

    static/js/account/password_rules.js marks them in the same way, while one types.
    """
    broken = None if password is None else {type(reason) for reason in check_listed(password)}
    words: dict[str, tuple[type[Refusal], Any]] = {
        "length": (TooShort, TooShort.message),
        "case": (OneCase, OneCase.message),
        "digit": (NoDigit, NoDigit.message),
        "symbol": (NoSymbol, NoSymbol.message),
        "space": (HoldsSpace, _l("No spaces")),
    }
    return [
        Listed(key, said, None if broken is None else kind not in broken)
        for key, (kind, said) in words.items()
    ]


def composed(password: str) -> str:
    """Return ``password`` in the form in which it is measured and hashed."""
    return unicodedata.normalize("NFC", password)


def is_far_too_long(password: str) -> bool:
    """Say whether ``password`` is too long whatever its composed form: it is not even looked at."""
    return len(password) > 4 * LONGEST


def check_password(password: str, *, email: str, name: str) -> list[Refusal]:
    """Return every reason why ``password`` does not do for the person with this address and name."""
    if is_far_too_long(password):
        return [TooLong()]
    reasons = check_listed(password)
    password = composed(password)
    if _holds(password, [email, *email.split("@")[:1]]):
        reasons.append(HoldsAddress())
    if _holds(password, name.split()):
        reasons.append(HoldsName())
    if not reasons and _is_common(password):
        reasons.append(Common())
    return reasons


def check_listed(password: str) -> list[Refusal]:
    """Return every rule that ``password`` does not meet, whosever it is."""
    if is_far_too_long(password):
        return [TooLong()]
    password = composed(password)
    kinds = {unicodedata.category(letter) for letter in password}
    reasons: list[Refusal] = []
    if len(password) < SHORTEST:
        reasons.append(TooShort())
    if len(password) > LONGEST:
        reasons.append(TooLong())
    if not {"Ll", "Lu"} <= kinds:
        reasons.append(OneCase())
    if "Nd" not in kinds:
        reasons.append(NoDigit())
    if not any(kind[0] in "PS" for kind in kinds):
        reasons.append(NoSymbol())
    if where := _space(password):
        reasons.append(HoldsSpace(where))
    return reasons


def _space(password: str) -> Any:
    """Say where the first space stands, or nothing."""
    at = next(
        (place for place, letter in enumerate(password) if letter.isspace() or letter in NO_BREAK), None
    )
    if at is None:
        return None
    if password[at] in NO_BREAK:
        return _l("The password holds a space that cannot be seen (no-break). Remove it.")
    if at == 0:
        return _l("The password holds a space at the start. Remove it.")
    if not password[at:].strip():
        return _l("The password holds a space at the end. Remove it.")
    return _l("The password holds a space in the middle. Remove it.")


def _holds(password: str, telling: Iterable[str]) -> bool:
    """Say whether one of the ``telling`` words is in ``password``, whatever their case and accents."""
    plain = _plain(password)
    return any(len(word) >= TELLING and word in plain for word in map(_plain, telling))


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


def _is_common(password: str) -> bool:
    """Say whether ``password`` is on a list, or one listed word with digits and signs around it."""
    # Its lists take 12 MB, and most processes never see a new password.
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    if _score(password) <= GUESSABLE:
        return True
    word = "".join(letter for letter in password.casefold() if letter.isalpha())
    return word in OUR_WORDS or word in FREQUENCY_LISTS["passwords"]


def _score(password: str) -> int:
    """Return how hard to guess ``password`` is, from 0 to 4."""
    from zxcvbn import zxcvbn

    read = password[:ZXCVBN_READS]
    if len(DISGUISES & set(read)) > 10:  # it tries each combination: seconds of them, were all there
        read = read[:24]
    return zxcvbn(read)["score"]

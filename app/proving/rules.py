"""What is allowed: how a code may be typed, how long it counts, and how often a new one may be asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime, timedelta

from flask_babel import LazyString, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import clock
from app.limits.limits import in_words
from app.proving.models import Code, Proof, Purpose
from app.refusals import Refusal
from app.text.characters import kept

DIGITS = 6
CODE_MINUTES = 30
TRIES = 5  # for one code; then it is burnt
RESEND_SECONDS = 60
RESEND_HOURS = 24  # an older attempt is begun anew
RESET_MINUTES = 10  # from the right code to the new password
REGISTRATION_DAYS = 7  # unconfirmed, it is erased then
KEPT_DAYS = 3  # all else: as long as its wrong guesses count, and a little longer
LONGEST_TYPED = 2000  # a pasted mail is looked through up to here

_BETWEEN = r"[\s.\-\u2010-\u2015\u2212]"  # white space, full stops, dashes of every kind
_ALONE = re.compile(rf"(?:\d|{_BETWEEN})*\d(?:\d|{_BETWEEN})*")
_RUN = re.compile(rf"(?<!\d)\d{{6}}(?!\d)|(?<!\d)\d{{3}}{_BETWEEN}\d{{3}}(?!\d)")


class NothingTyped(Refusal):
    """No code was typed."""

    field = "code"
    message = _l("Enter the code from the e-mail")


class WrongLength(Refusal):
    """More or fewer digits than a code has."""

    field = "code"

    def __init__(self, digits: int) -> None:
        super().__init__(_l("The code has 6 digits; you entered %(n)s", n=digits))


class NotDigits(Refusal):
    """Something else than digits, and no code among it."""

    field = "code"
    message = _l("The code has digits only")


class WrongCode(Refusal):
    """The code is not the one that was sent; ``left`` is how often it may be tried again."""

    field = "code"

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(
            LazyString(
                lambda: ngettext(
                    "The code is wrong. Check it in the e-mail. %(num)s attempt left.",
                    "The code is wrong. Check it in the e-mail. %(num)s attempts left.",
                    left,
                )
            )
        )


class UsedUp(Refusal):
    """The code was tried wrongly too often; a new one may be asked for from ``until`` on."""

    field = "code"

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(
            LazyString(
                lambda: (
                    _("Too many wrong codes. You can ask for a new code at %(time)s.", time=in_words(until))
                    if until > clock.now()
                    else _("Too many wrong codes. Ask for a new one.")
                )
            )
        )


class Expired(Refusal):
    """The code was right, but too late. A new one is on its way, or may be asked for from ``until`` on."""

    field = "code"

    def __init__(self, email: str, until: datetime | None = None) -> None:
        self.until = until
        super().__init__(
            _l("This code has expired. We have sent a new one to %(email)s.", email=email)
            if until is None
            else _l(
                "This code has expired. You can ask for a new code at %(time)s.",
                time=LazyString(lambda: in_words(until)),
            )
        )


class Superseded(Refusal):
    """The code was right until a newer one was sent, ``at`` that moment."""

    field = "code"

    def __init__(self, at: datetime) -> None:
        super().__init__(
            _l("A newer code was sent at %(time)s. Use that one.", time=LazyString(lambda: in_words(at)))
        )


class NoneAsked(Refusal):
    """Nobody asked for a code with this address, or what was asked is over."""

    field = "email"
    message = _l("No code was asked for with this address lately. Check it, or ask for a code.")


class Over(Refusal):
    """Nothing is to be proven here any more: it was done, or given up."""

    field = "code"
    message = _l("This code was used already, or something newer took its place. Start again.")


class TooOld(Refusal):
    """The attempt is more than a day old."""

    message = _l("This registration is more than 24 hours old. Start again: your address is filled in.")


class TooSoon(Refusal):
    """No other code goes to this address before ``until``."""

    field = "email"

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(LazyString(lambda: wait_words(until)))


class ResetOver(Refusal):
    """The time for the new password is over, or it was chosen already."""

    message = _l("The time to choose a new password is over. Ask for a new code: your address is filled in.")


def wait_words(until: datetime) -> str:
    """Say when, by the clock and, while one waits for it, in seconds."""
    seconds = max(1, round((until - clock.now()).total_seconds()))
    if seconds > RESEND_SECONDS:
        return _("You can ask for another code at %(time)s.", time=in_words(until))
    return ngettext(
        "You can ask for another code in %(num)s second, at %(time)s.",
        "You can ask for another code in %(num)s seconds, at %(time)s.",
        seconds,
        time=in_words(until),
    )


def typed_code(typed: str) -> str:
    """Return the six digits that ``typed`` holds: with spaces or dashes, in any script, alone or in a sentence.

    Raises NothingTyped, WrongLength or NotDigits.
    """
    text = "".join(_digit(letter) for letter in kept(typed[:LONGEST_TYPED])).strip()
    if not text:
        raise NothingTyped
    if _ALONE.fullmatch(text):
        digits = re.sub(r"\D", "", text)
        if len(digits) != DIGITS:
            raise WrongLength(len(digits))
        return digits
    found = {re.sub(r"\D", "", run) for run in _RUN.findall(text)}
    if len(found) != 1:
        raise NotDigits
    return found.pop()


def _digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def half_hidden(address: str) -> str:
    """Return ``address`` so that its owner knows it again, and nobody else learns it."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}"


def next_code_at(sent: Sequence[datetime], *, at: datetime, an_hour: int, a_day: int) -> datetime:
    """Return when another code may go to an address to which some were ``sent``, oldest first: ``at`` if now.

    At most so many ``an_hour`` and ``a_day``, in any hour and any day.
    """
    moments = [at]
    for amount, window in ((an_hour, timedelta(hours=1)), (a_day, timedelta(days=1))):
        counted = [moment for moment in sent if moment > at - window]
        if len(counted) >= amount:
            moments.append(counted[-amount] + window)
    return max(moments)


def resend_at(newest: Code, free_at: datetime) -> datetime:
    """Return when a code may follow ``newest``, if its address is free again at ``free_at``."""
    return max(free_at, newest.wanted_at + timedelta(seconds=RESEND_SECONDS))


def check_young(proof: Proof, *, at: datetime) -> None:
    """Raise TooOld if ``proof`` was begun too long ago for another code."""
    if at >= proof.created_at + timedelta(hours=RESEND_HOURS):
        raise TooOld


def is_open(proof: Proof) -> bool:
    """Say whether a code is still awaited."""
    return proof.granted_at is None and proof.ended_at is None


def check_may_reset(proof: Proof | None, *, at: datetime) -> Proof:
    """Return ``proof`` if its code was right and a new password may be chosen now; raise ResetOver if not."""
    if (
        proof is None
        or proof.purpose != Purpose.RESET
        or proof.granted_at is None
        or proof.ended_at is not None
        or at >= reset_until(proof)
    ):
        raise ResetOver
    return proof


def reset_until(proof: Proof) -> datetime:
    """Return when the time for a new password is over, once the code was right."""
    return (proof.granted_at or proof.created_at) + timedelta(minutes=RESET_MINUTES)

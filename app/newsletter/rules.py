"""What is allowed: what somebody may choose, how long a link, a pause and an undo last, and how often one may ask."""

from __future__ import annotations

import calendar
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from app.accounts.rules import check_language
from app.newsletter.models import Consent, IfMissing, IssueKind, Kind, State, Subscriber
from app.newsletter.tokens import CONFIRM_DAYS, PREFERENCES_DAYS, UNDO_DAYS, Read
from app.refusals import Refusal

ADDRESS_HOUR = 3  # mails in an hour that anybody may have sent to one address
ADDRESS_DAY = 6
DOUBLED_SECONDS = 60  # the same wish of the same address within this is one: a button pressed twice
HUMAN_SECONDS = 2  # nobody reads and fills in the form in less
FORM_HOURS = 24  # a form that stood open for longer asks to be sent once more
REQUEST_DAYS = 7  # what was typed is kept for as long as its link works
WAITING_DAYS = 30  # who never confirmed is forgotten then
PAUSES = (1, 2, 3)  # months
SOFT_BOUNCES = 5
SOFT_DAYS = 14
MOST_LINES = 50_000  # of a file of addresses
ADVISORY = "media_advisory"  # the kind of release that wants_advisories is about
WANTED = {IssueKind.DAILY: Kind.DAILY, IssueKind.WEEKLY: Kind.FRIDAY}  # which summary goes to whom


class NoKind(Refusal):
    """No kind of e-mail was chosen, or none of ours."""

    field = "kinds"
    message = _l("Choose at least one kind of e-mail")


class Closed(Refusal):
    """The newsletter takes nobody at present."""

    message = _l("Nobody can subscribe at present.")


class LinkOver(Refusal):
    """The link was right, and is too old now."""

    message = _l("This link has expired. Links work for 7 days to protect your data. Ask for a new one.")


class Gone(Refusal):
    """There is nobody (any more) whom this link is about."""

    message = _l(
        "This link leads to no subscription: the address was removed, or the link was cut on its way."
    )


class NoPause(Refusal):
    """A pause of another length than those there are, or of somebody who gets nothing anyway."""

    field = "months"
    message = _l("Choose for how long to pause: 1, 2 or 3 months")


class SameAddress(Refusal):
    """The e-mails go to this address already."""

    field = "email"
    message = _l("Your e-mails go to this address already")


class TooLate(Refusal):
    """The time in which one may come back with one button is over."""

    message = _l("More than 30 days have passed. Subscribe again with the form.")


class IsSuppressed(Refusal):
    """Nobody is to write to this address."""

    field = "email"
    message = _l("This address is blocked: nobody is to write to it.")


@dataclass(frozen=True)
class Wish:
    """What somebody wants to be sent: ``kinds``, the ids of ``topics`` (none: all), in which ``language``."""

    kinds: tuple[Kind, ...]
    topics: tuple[int, ...]
    language: str
    if_missing: IfMissing = IfMissing.ENGLISH

    @property
    def told(self) -> dict[str, Any]:
        """The same as plain values for JSON."""
        return {
            "kinds": [str(kind) for kind in self.kinds],
            "topics": list(self.topics),
            "language": self.language,
            "if_missing": str(self.if_missing),
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Wish:
        """Read what ``told`` wrote; anything that is not there is what nobody chose."""
        return cls(
            tuple(Kind(kind) for kind in told.get("kinds", ())),
            tuple(told.get("topics", ())),
            told.get("language", "en"),
            IfMissing(told.get("if_missing", IfMissing.ENGLISH)),
        )


def check_wish(
    kinds: Iterable[str],
    topics: Iterable[int],
    language: str,
    if_missing: str = IfMissing.ENGLISH,
    *,
    known_topics: Collection[int],
    needs_kind: bool = True,
) -> Wish:
    """Return what was chosen. A topic that is not there (any more) is ignored, as is the choice of all there are.

    Raises NoKind without a kind of ours (unless none is needed: who is there already may want nothing for a while),
    NoLanguage for one that we do not speak.
    """
    chosen = set(kinds)
    wanted = tuple(kind for kind in Kind if kind in chosen)
    if needs_kind and not wanted:
        raise NoKind
    narrowed = tuple(sorted(set(topics) & set(known_topics)))
    if len(narrowed) == len(known_topics):
        narrowed = ()
    rule = IfMissing(if_missing) if if_missing in set(IfMissing) else IfMissing.ENGLISH
    return Wish(wanted, narrowed, check_language(language), rule)


def is_confirmable(consent: Consent, *, at: datetime) -> bool:
    """Say whether the link to confirm ``consent`` still works."""
    return at <= consent.asked_at + timedelta(days=CONFIRM_DAYS)


def is_fresh(read: Read, *, at: datetime) -> bool:
    """Say whether a link to preferences still works: a token is right to a day, so the 30th day is a whole one."""
    return at < read.made_at + timedelta(days=PREFERENCES_DAYS + 1)


def pause_until(months: int, *, at: datetime) -> datetime:
    """Return when a pause of ``months`` ends: at the same hour of that day, or of the last day of a shorter month.

    Raises NoPause for another length than those there are.
    """
    if months not in PAUSES:
        raise NoPause
    year, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    return at.replace(year=year, month=month + 1, day=day)


def may_come_back(subscriber: Subscriber, *, at: datetime) -> bool:
    """Say whether somebody who left may be written to again by one button: they had confirmed, and not long ago."""
    return (
        subscriber.state == State.LEFT
        and subscriber.email_key is not None
        and subscriber.confirmed_at is not None
        and at <= subscriber.state_at + timedelta(days=UNDO_DAYS)
    )


def is_human(began_at: datetime | None, *, at: datetime) -> bool:
    """Say whether a form that was opened at ``began_at`` (None: nobody knows) may be somebody's, now."""
    if began_at is None:
        return False
    return timedelta(seconds=HUMAN_SECONDS) <= at - began_at <= timedelta(hours=FORM_HOURS)

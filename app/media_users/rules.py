"""What is allowed: what somebody tells of themselves, and the mistypings that we ask about."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

from app.accounts.rules import check_address, check_language, check_name
from app.media_users.countries import is_country
from app.refusals import Refusal
from app.text.markup import one_line

CONDITIONS_VERSION = (
    "2026-11"  # of templates/front/about/conditions.html: whoever changes it there, changes it here
)
LONGEST_ORGANISATION = 160
REGISTRATIONS_SECONDS = 60 * 60
CHANGES_AN_HOUR = 5  # of address, for one account
MOVE_MINUTES = 10  # from the right code to the new address
LEAVING_DAYS = 30  # to come back, by logging in, before everything is erased

# Where most addresses are: one letter away from these somebody may have mistyped. Short ones are near too much.
USUAL_DOMAINS = (
    "gmail.com", "googlemail.com", "mail.com", "email.com", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr",
    "live.com", "live.fr", "yahoo.com", "yahoo.fr", "ymail.com", "icloud.com", "proton.me", "protonmail.com",
    "orange.fr", "wanadoo.fr", "laposte.net", "free.fr", "sfr.fr", "skynet.be", "telenet.be", "proximus.be",
    "bluewin.ch", "gmx.com", "gmx.net", "gmx.de", "web.de", "ukr.net", "meta.ua", "bigmir.net", "i.ua",
)  # fmt: skip
TELLING = 7  # letters of a domain that is long enough to be meant


class NoOrganisation(Refusal):
    """For whom somebody writes is part of what an office asks; whoever has no employer says so."""

    field = "organisation"
    message = _l("Enter the name of your media organisation, or “freelance”")


class NoCountry(Refusal):
    """This is no country."""

    field = "country"
    message = _l("Choose a country")


class NotAccepted(Refusal):
    """Without the conditions there is no account."""

    field = "conditions"
    message = _l("Accept the conditions of use to continue")


class Closed(Refusal):
    """The office takes no registrations at present."""

    message = _l("Registration is closed at present")


class OfficersStay(Refusal):
    """Somebody with a role at the desk: texts and decisions are theirs, and an administrator closes the account."""

    message = _l("An account of the press office cannot be deleted here. Ask an administrator.")


@dataclass(frozen=True)
class Applicant:
    """What somebody tells of themselves to get an account. ``language`` is that of the mails to them."""

    name: str
    organisation: str
    country: str
    email: str
    language: str


def check_applicant(told: Applicant) -> Applicant:
    """Return ``told`` as it is to be kept. Raises NoName, NoOrganisation, NoCountry, BadAddress or NoLanguage."""
    return replace(
        told,
        name=check_name(told.name),
        organisation=check_organisation(told.organisation),
        country=check_country(told.country),
        email=check_address(told.email),
        language=check_language(told.language),
    )


def check_organisation(name: str) -> str:
    """Return ``name`` tidied; raise NoOrganisation when nothing is left of it, or too much."""
    tidied = unicodedata.normalize("NFC", " ".join(one_line(name).split()))
    if not tidied or len(tidied) > LONGEST_ORGANISATION:
        raise NoOrganisation
    return tidied


def check_country(code: str) -> str:
    """Return ``code``; raise NoCountry if it is that of none."""
    if not is_country(code):
        raise NoCountry
    return code


class SameAddress(Refusal):
    """This is the address already."""

    field = "email"
    message = _l("This is your address already")


def move_until(granted_at: datetime) -> datetime:
    """Return until when a new address may be taken whose code was right at ``granted_at``."""
    return granted_at + timedelta(minutes=MOVE_MINUTES)


def erased_before(at: datetime) -> datetime:
    """Return the moment before which somebody must have asked to be erased for that to be due ``at``."""
    return at - timedelta(days=LEAVING_DAYS)


def is_erasure_due(leaving_at: datetime | None, *, at: datetime) -> bool:
    """Say whether somebody who asked to be erased then (None: did not) is to be erased ``at``."""
    return leaving_at is not None and leaving_at <= erased_before(at)


def meant_address(typed: str) -> str | None:
    """Return the address that somebody may have meant who ``typed`` one with a usual domain mistyped; None otherwise.

    static/js/account/meant_address.js decides in the same way, while one types.
    """
    name, at, domain = typed.strip().rpartition("@")
    domain = domain.lower()
    if not name or not at or domain in USUAL_DOMAINS:
        return None
    near = (usual for usual in USUAL_DOMAINS if len(usual) >= TELLING and _is_one_slip(domain, usual))
    found = next(near, None)
    return f"{name}@{found}" if found else None


def _is_one_slip(typed: str, meant: str) -> bool:
    """Say whether one letter too many, too few or wrong, or two in the wrong order, make ``typed`` of ``meant``."""
    if abs(len(typed) - len(meant)) > 1 or typed == meant:
        return False
    same = 0
    while same < min(len(typed), len(meant)) and typed[same] == meant[same]:
        same += 1
    one, other = typed[same:], meant[same:]
    if len(one) == len(other):
        swapped = one[:2] == other[1::-1]
        return one[1:] == other[1:] or (swapped and one[2:] == other[2:])
    return one[1:] == other if len(one) > len(other) else one == other[1:]

"""What is allowed: addresses, names, roles, how long a session lives, and where one may go after signing in."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

from app.accounts.models import Account, Invitation, Role, Session
from app.languages import LANGUAGES
from app.refusals import Refusal
from app.text.markup import one_line

# The media desk writes what goes with its videos and photos; like every writer's, its texts are reviewed by others.
WRITING = (Role.WRITER, Role.MEDIA_DESK, Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR)
DECIDING = (Role.REVIEWER, Role.PUBLISHER, Role.ADMINISTRATOR)
PUBLISHING = (Role.PUBLISHER, Role.ADMINISTRATOR)

# Who may do what: the one table, in the order in which it is shown. Guards ask for a right, never for a role.
RIGHTS: dict[str, tuple[Role, ...]] = {
    "see": tuple(Role),
    "begin": WRITING,
    "write": (Role.TRANSLATOR, *WRITING),
    "comment": tuple(Role),
    "preview_links": WRITING,
    "media": tuple(role for role in Role if role is not Role.NEWSLETTER),
    "review": DECIDING,
    "assign": DECIDING,
    "publish": PUBLISHING,
    "urgent": PUBLISHING,
    "withdraw": PUBLISHING,
    "contacts": (Role.PUBLISHER, Role.MEDIA_DESK, Role.ADMINISTRATOR),
    "media_accounts": (Role.PUBLISHER, Role.MEDIA_DESK, Role.ADMINISTRATOR),
    "newsletter": (Role.NEWSLETTER, Role.ADMINISTRATOR),
    "export_subscribers": (Role.ADMINISTRATOR,),
    "jobs": tuple(Role),
    "change_jobs": PUBLISHING,
    "audit": DECIDING,
    "export_audit": (Role.ADMINISTRATOR,),
    "people": (Role.ADMINISTRATOR,),
}
SEEN_SECONDS = 60  # how exactly we know when somebody was last there
LONGEST_NEXT = 2000
LONGEST_ADDRESS = 254
LONGEST_NAME = 120
TRIES_SECONDS = 15 * 60
NETWORK_TRIES_SECONDS = 60 * 60
HOUR_TRIES_SECONDS = 60 * 60
FAILURES = 5  # so many wrong passwords before a right one are worth a mail to its owner
FAILURES_WITHIN = timedelta(hours=24)
SAME_BROWSER = timedelta(
    seconds=30
)  # so long a replaced token may still come from the browser that replaced it
CODE_TRIES_A_DAY = 20  # wrong codes for one account, from wherever: 3 in a million are right each time
HALFWAY_MINUTES = 10  # from the password to the second factor
INVITATION_DAYS = 7

# On the raw value: a path of our own in plain ASCII, without a backslash, not beginning with two
# slashes. 452 hostile values went through guards of every kind; this one let none of them out.
_SAME_SITE = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")


class Person(Protocol):
    """Somebody with roles: an account, or whoever stands for one."""

    roles: list[str]


class WrongPair(Refusal):
    """The address is not known, or the password is not its own: nobody is told which."""

    message = _l("The e-mail address or the password is wrong")


class Unproven(Refusal):
    """The password is right, and the address has yet to be proven: no account has come of it so far."""

    message = _l("Confirm your e-mail address first")


class Locked(Refusal):
    """Too many wrong passwords; ``until`` is the moment (aware, UTC) of the next try."""

    def __init__(self, until: datetime, message: Any) -> None:
        self.until = until
        super().__init__(message)


class BadAddress(Refusal):
    """This is no e-mail address."""

    field = "email"
    message = _l("Enter an e-mail address in the correct format, like name@example.org")


class Known(Refusal):
    """There is an account with this address."""

    field = "email"
    message = _l("There is already an account with this address")


class NoName(Refusal):
    """Somebody without a name, or with one that no page could hold."""

    field = "name"
    message = _l("Enter a name of at most 120 characters")


class NoRole(Refusal):
    """No role at all, or one that there is not."""

    field = "roles"
    message = _l("Choose at least one role")


class NoLanguage(Refusal):
    """We do not speak this language."""

    field = "language"
    message = _l("Choose one of the three languages")


class LastAdministrator(Refusal):
    """Without an administrator nobody could let anybody in again."""

    message = _l("At least one administrator must remain")


class OwnAccount(Refusal):
    """Nobody takes away their own account: there is always somebody else who can, and knows of it."""

    message = _l("You cannot remove yourself. Ask another administrator.")


class WrongPassword(Refusal):
    """The password that somebody has is another one."""

    field = "current_password"
    message = _l("This is not your password")


class WrongCode(Refusal):
    """The code is not that of the telephone at this moment, was used already, or is no recovery code."""

    field = "code"
    message = _l("The code is wrong or was used already. Wait for the next one, and enter it.")


class NoFactor(Refusal):
    """There is no second factor (any more)."""

    message = _l("There is no second factor. Set one up.")


class HasFactor(Refusal):
    """There is a second factor already: another would make the telephone's worthless."""

    message = _l("There is a second factor already. Remove it before you set up another.")


class Invited(Refusal):
    """There is an invitation for this address, which is still open."""

    field = "email"
    message = _l("This address is already invited. Send that invitation again, or withdraw it.")


class InvitationOver(Refusal):
    """The invitation was accepted, withdrawn or expired, or its link was replaced by a newer one."""

    message = _l("This invitation is over: it was used or withdrawn, or a newer one was sent.")


class Stage(StrEnum):
    """How far somebody has come: the desk is open to FULL alone."""

    CODE = "code"
    SET_UP = "set_up"
    FULL = "full"


def check_address(address: str) -> str:
    """Return ``address`` as it is to be kept and written to; raise BadAddress if it is none."""
    return _valid(address).normalized


def email_key(address: str) -> str:
    """Return what the account of ``address`` is found by; raise BadAddress if it is no address.

    Two spellings that reach the same mailbox, as far as anybody can know, have one key; two
    mailboxes never do. So the domain is put into its ASCII form, and of the name before the @ only
    those letters are folded that come back when unfolded: A and a are one, while ß, ſ, ı and İ
    stay themselves, whatever a database makes of them. Dots and +words are the mailbox's own.
    """
    found = _valid(address)
    local = unicodedata.normalize("NFC", found.local_part)
    return f"{''.join(_folded(letter) for letter in local)}@{found.ascii_domain.lower()}"


def typed_key(typed: str) -> str:
    """Return what tries with the address ``typed`` are counted under, whether it is one or not."""
    try:
        return email_key(typed)
    except BadAddress:
        return unicodedata.normalize("NFC", one_line(typed[:LONGEST_ADDRESS])).strip().casefold()


def _valid(address: str) -> Any:
    if len(address) > LONGEST_ADDRESS:
        raise BadAddress
    try:
        return validate_email(address.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        raise BadAddress from None


def _folded(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 and small.upper() == letter else letter


def check_name(name: str) -> str:
    """Return ``name`` tidied; raise NoName when nothing is left of it, or too much."""
    tidied = unicodedata.normalize("NFC", " ".join(one_line(name).split()))
    if not tidied or len(tidied) > LONGEST_NAME:
        raise NoName
    return tidied


def check_roles(roles: Iterable[str]) -> list[str]:
    """Return ``roles``, each once and in their order; raise NoRole without any, or if one is not there."""
    wanted = set(roles)
    if not wanted or not wanted <= set(Role):
        raise NoRole
    return [role.value for role in Role if role in wanted]


def check_language(code: str) -> str:
    """Return ``code``; raise NoLanguage if we do not speak it."""
    if code not in LANGUAGES:
        raise NoLanguage
    return code


def may(person: Person | None, right: str) -> bool:
    """Say whether one of ``person``'s roles has ``right``; nobody has any. Raises KeyError for no right of ours."""
    having = RIGHTS[right]
    return person is not None and any(role in having for role in person.roles)


def rights_of(roles: Iterable[str]) -> list[str]:
    """Return the rights that ``roles`` have together, in the order of the table."""
    played = set(roles)
    return [right for right, having in RIGHTS.items() if played & set(having)]


def check_not_last(account: Account, administrators: int) -> None:
    """Raise LastAdministrator if ``account`` is the only one of as many ``administrators``."""
    if account.is_active and Role.ADMINISTRATOR in account.roles and administrators <= 1:
        raise LastAdministrator


def check_other(account: Account, *, by: Account | None) -> None:
    """Raise OwnAccount if ``by`` is ``account``."""
    if by is not None and by.id == account.id:
        raise OwnAccount


def stage(session: Session, account: Account, *, is_required: bool) -> Stage:
    """Return what is still asked of ``account`` in this ``session``.

    Where the second factor ``is_required``, no officer without one gets in, however old the session is. Of somebody
    without a role at the desk the password alone is asked.
    """
    if not account.roles:
        return Stage.FULL
    if account.factor_at is None:
        return Stage.SET_UP if is_required else Stage.FULL
    return Stage.CODE if session.is_halfway else Stage.FULL


def is_open(invitation: Invitation, *, at: datetime) -> bool:
    """Say whether ``invitation`` can still be accepted."""
    return invitation.ended_at is None and at < invitation.expires_at


def token_digest(token: str) -> str:
    """Return what the table keeps of a session's ``token``."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_alive(session: Session, account: Account, *, at: datetime, idle_minutes: int, hours: int) -> bool:
    """Say whether ``session`` lets ``account`` in at the moment ``at``, as far as it has come."""
    return (
        session.ended_at is None
        and account.is_active
        and at < session.seen_at + timedelta(minutes=idle_minutes)
        and at < session.created_at + timedelta(hours=hours)
        and not (session.is_halfway and at >= session.created_at + timedelta(minutes=HALFWAY_MINUTES))
    )


def is_seen_anew(session: Session, *, at: datetime) -> bool:
    """Say whether it is time to note again that ``session`` is in use."""
    return at >= session.seen_at + timedelta(seconds=SEEN_SECONDS)


def same_site_path(value: str | None) -> str | None:
    """Return ``value`` if it is an address on this site, as we write them ourselves; None for anything else."""
    if value is None or len(value) > LONGEST_NEXT or not _SAME_SITE.fullmatch(value):
        return None
    return value

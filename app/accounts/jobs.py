"""What follows a change of somebody's account: mails to whom it concerns."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import current_app

from app.accounts import mails, queries
from app.accounts.browsers import browser_words
from app.accounts.models import ROLE_NAMES, Account, Role, Session
from app.accounts.service import inviting
from app.audit.models import Entry
from app.database import db
from app.jobs.registry import job
from app.jobs.turns import Progress
from app.languages import speaking
from app.mail.message import Message
from app.mail.post import Refused, post
from app.mail.service import post_each


@job("accounts.invite")
def invite(progress: Progress, *, invitation: int, sending: int) -> None:
    """Send an invitation. Its token is born here, so that no row of the ledger and no log ever holds it."""
    token = inviting.new_link(invitation, sending)
    asked = queries.invitation(invitation)
    if token is None or asked is None:
        return
    inviter = queries.by_id(asked.invited_by_id)
    message = mails.invitation(
        key=f"invitation/{invitation}/{sending}/{inviting.digest_of(token)[:16]}",
        to=asked.email,
        language=asked.language,
        name=asked.name,
        inviter=inviter.name if inviter else "",
        roles=_words(asked.roles),
        link=f"{current_app.config['PUBLIC_URL']}/desk/invitation/{token}",
        until=asked.expires_at,
    )
    db.session.rollback()  # nobody waits for what was read while the network is slow
    try:
        post(message)
    except Refused as refused:
        inviting.note_mailed(invitation, sending, refused_code=refused.code)
    else:
        inviting.note_mailed(invitation, sending)


@job("accounts.tell_roles")
def tell_roles(progress: Progress, *, entry: int) -> None:
    """Tell the person whose roles were changed, and the administrators."""
    told, person, by = _told(entry)

    def write(reader: Account) -> Message:
        return mails.roles_changed(
            key=f"roles/{entry}/to/{reader.id}", to=reader.email, language=reader.language, name=person.name,
            is_own=reader.id == person.id, by=by.name if by else None, at=told.at,
            before=_words(told.details["before"]), after=_words(told.details["after"]),
        )  # fmt: skip

    _post_each([person, *queries.administrators()], write)


@job("accounts.tell_factor")
def tell_factor(progress: Progress, *, entry: int) -> None:
    """Tell somebody what happened to their second factor; when it was somebody else's doing, administrators too."""
    told, person, by = _told(entry)

    def write(reader: Account) -> Message:
        return mails.factor_changed(
            key=f"factor/{entry}/to/{reader.id}", to=reader.email, language=reader.language, name=person.name,
            is_own=reader.id == person.id, by=by.name if by else None, at=told.at, verb=told.verb,
        )  # fmt: skip

    is_own_doing = by is not None and by.id == person.id
    _post_each([person] if is_own_doing else [person, *queries.administrators()], write)


@job("accounts.tell_password")
def tell_password(progress: Progress, *, entry: int) -> None:
    """Tell somebody that their password was changed."""
    told, person, _by = _told(entry)
    _post_each(
        [person],
        lambda reader: mails.password_changed(
            key=f"password/{entry}/to/{reader.id}",
            to=reader.email,
            language=reader.language,
            at=told.at,
            is_officer=bool(reader.roles),
            forgot=f"{current_app.config['PUBLIC_URL']}/{reader.language}/account/forgot",
        ),
    )


@job("accounts.tell_signed_in")
def tell_signed_in(progress: Progress, *, entry: int, session: int, why: str) -> None:
    """Tell somebody of a sign-in that may not have been theirs: after many wrong passwords, or in a new browser."""
    told, person, _by = _told(entry)
    opened = db.session.get_one(Session, session)

    def write(reader: Account) -> Message:
        with speaking(reader.language):
            browser = browser_words(opened.user_agent)
        return mails.signed_in(
            key=f"signed-in/{entry}/to/{reader.id}", to=reader.email, language=reader.language, at=told.at, why=why,
            browser=browser, network=opened.network, is_officer=bool(reader.roles),
        )  # fmt: skip

    _post_each([person], write)


@job("accounts.tell_copied")
def tell_copied(progress: Progress, *, entry: int) -> None:
    """Tell somebody that what one of their browsers is remembered by was used in two places."""
    told, person, _by = _told(entry)
    _post_each(
        [person],
        lambda reader: mails.browser_copied(
            key=f"copied/{entry}/to/{reader.id}", to=reader.email, language=reader.language, at=told.at
        ),
    )


def _told(entry_id: int) -> tuple[Entry, Account, Account | None]:
    """Return the entry of the log, whose account it is about, and who did it."""
    entry = db.session.get_one(Entry, entry_id)
    person = db.session.get_one(Account, entry.thing_id)
    return entry, person, db.session.get(Account, entry.account_id) if entry.account_id else None


def _words(roles: Iterable[str]) -> list[Any]:
    return [ROLE_NAMES[Role(role)] for role in roles]


def _post_each(readers: Iterable[Account], write: Callable[[Account], Message]) -> None:
    """Write to each reader once, however often they are named."""
    post_each(write(reader) for reader in {reader.id: reader for reader in readers}.values())

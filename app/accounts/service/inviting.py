"""Asking somebody to join: a link by mail, which lets them choose a password."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from app import clock
from app.accounts import queries, rules
from app.accounts.keys import keyed
from app.accounts.models import Account, Invitation
from app.accounts.service.officers import hashed, keep_account
from app.accounts.service.signing import TOKEN_BYTES, open_session
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce


@act
def invite(email: str, *, name: str, roles: Iterable[str], language: str, by: Account) -> Invitation:
    """Ask the person with the address ``email`` to join as one with ``roles``, for 7 days.

    Raises BadAddress, NoName, NoRole, NoLanguage, Known if there is an account, and Invited if there is
    an invitation that is still open.
    """
    now, key = clock.now(), rules.email_key(email)
    _check_free(key, at=now)
    invitation = Invitation(
        email=rules.check_address(email),
        email_key=key,
        name=rules.check_name(name),
        roles=rules.check_roles(roles),
        language=rules.check_language(language),
        invited_by_id=by.id,
        created_at=now,
        expires_at=now + timedelta(days=rules.INVITATION_DAYS),
    )
    db.session.add(invitation)
    record(by, "invited", invitation, label=invitation.name, roles=invitation.roles)
    announce("officer.invited", invitation=invitation.id, sending=1)
    return invitation


@act
def send_again(invitation: Invitation, *, by: Account) -> None:
    """Send a new link, for another 7 days; the old one is dead.

    Raises InvitationOver, Known if there is an account by now, and Invited if the address was invited
    once more after this invitation had expired.
    """
    now = clock.now()
    _check_free(invitation.email_key, at=now, besides=invitation.id)
    _hold(invitation)
    invitation.expires_at = now + timedelta(days=rules.INVITATION_DAYS)
    invitation.sending += 1
    invitation.token_digest = invitation.refused_code = None
    record(by, "invited again", invitation, label=invitation.name)
    announce("officer.invited", invitation=invitation.id, sending=invitation.sending)


@act
def withdraw(invitation: Invitation, *, by: Account) -> None:
    """Take an invitation back: its link is dead. Raises InvitationOver."""
    _hold(invitation)
    invitation.ended_at, invitation.token_digest = clock.now(), None
    record(by, "withdrew invitation", invitation, label=invitation.name)


def _check_free(key: str, *, at: datetime, besides: int = 0) -> None:
    """Raise Known or Invited if the address ``key`` has an account or, ``besides`` this one, an open invitation.

    Who asks waits for the administrators' rows: two who invite the same person at the same moment come
    one after the other.
    """
    queries.administrators_held()
    if queries.by_key(key) is not None:
        raise rules.Known
    if queries.open_invitation(key, at=at, besides=besides) is not None:
        raise rules.Invited


def _hold(invitation: Invitation) -> None:
    """Let nobody accept or withdraw ``invitation`` before the running act is over; raise InvitationOver if one did."""
    db.session.refresh(invitation, with_for_update=True)
    if invitation.ended_at is not None:
        raise rules.InvitationOver


@act
def new_link(invitation_id: int, sending: int) -> str | None:
    """Return the token of a new link for the mail that was wanted as number ``sending``.

    None when that mail went out, a newer one was asked for, or nobody can accept any more. A token that was
    made for a mail which got lost with its worker is replaced: it may have arrived, but is then dead.
    """
    invitation = db.session.get(Invitation, invitation_id, with_for_update=True, populate_existing=True)
    if invitation is None or invitation.sending != sending or invitation.mailed >= sending:
        return None
    if not rules.is_open(invitation, at=clock.now()):
        return None
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation.token_digest = digest_of(token)
    return token


@act
def note_mailed(invitation_id: int, sending: int, *, refused_code: int | None = None) -> None:
    """Note that the mail number ``sending`` went out, or that the server refused the address for good."""
    invitation = db.session.get(Invitation, invitation_id, with_for_update=True, populate_existing=True)
    if invitation is not None and invitation.sending == sending:
        invitation.mailed, invitation.refused_code = sending, refused_code


def invitation_with(token: str) -> Invitation | None:
    """Return the invitation that ``token`` opens, if it can still be accepted."""
    found = queries.invitation_of(digest_of(token))
    return found if found is not None and rules.is_open(found, at=clock.now()) else None


def digest_of(token: str) -> str:
    """Return what is kept of an invitation's token."""
    return keyed("invitation", token[:200]).hex()


def accept(token: str, password: str, *, network: str, user_agent: str) -> str:
    """Make an account of the invitation with ``token``, with this ``password``; return the token of a session.

    In that session the second factor is still to be set up, where it is required. Raises InvitationOver,
    PasswordRefused, and Known if the address got an account in the meantime.
    """
    invitation = invitation_with(token)
    if invitation is None:
        raise rules.InvitationOver
    password_hash = hashed(password, email=invitation.email, name=invitation.name)
    return _accepted(invitation.id, token, password_hash, network=network, user_agent=user_agent)


@act
def _accepted(invitation_id: int, token: str, password_hash: str, *, network: str, user_agent: str) -> str:
    invitation = db.session.get(Invitation, invitation_id, with_for_update=True, populate_existing=True)
    now = clock.now()
    if (
        invitation is None
        or not rules.is_open(invitation, at=now)
        or invitation.token_digest != digest_of(token)
    ):
        raise rules.InvitationOver
    account = Account(
        email=invitation.email,
        email_key=invitation.email_key,
        name=invitation.name,
        roles=list(invitation.roles),
        language=invitation.language,
        password_hash=password_hash,
        is_active=True,
    )
    keep_account(account, by=None)
    invitation.ended_at, invitation.account_id, invitation.token_digest = now, account.id, None
    record(account, "accepted invitation", invitation, label=invitation.name)
    session = open_session(account, network=network, user_agent=user_agent)
    assert session is not None
    return session

"""Registering: asked for on a page, and made an account when the code of the mail comes back."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app import clock
from app.accounts import queries as accounts
from app.accounts import rules as people
from app.accounts import service as signing
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce
from app.limits.limits import allow
from app.media_users import queries, rules
from app.media_users.models import MediaUser, Registration
from app.media_users.rules import Applicant
from app.proving import queries as proofs
from app.proving import service as proving
from app.proving.models import Proof, Purpose
from app.proving.rules import Over, ResetOver, check_may_reset

NETWORK = "media_users.registrations"


def register(applicant: Applicant, password: str, *, has_accepted: bool, back: str = "", network: str) -> str:
    """Keep what ``applicant`` asks for until the address is proven, and return the token of the browser.

    A known address costs the same work and leaves the same rows: its owner is told by mail. ``back`` is where the
    person wants to go afterwards: a path of ours, or "".

    Raises Closed, what check_applicant() raises, NotAccepted, PasswordRefused, TooMany when too many came from this
    ``network``, TooSoon when the address had too many codes, and Busy.
    """
    if current_app.config["REGISTRATION_CLOSED"]:
        raise rules.Closed
    known = rules.check_applicant(applicant)
    if not has_accepted:
        raise rules.NotAccepted
    allow(
        NETWORK,
        network,
        amount=current_app.config["REGISTRATIONS_NETWORK"],
        seconds=rules.REGISTRATIONS_SECONDS,
    )
    return _keep(known, signing.hashed(password, email=known.email, name=known.name), back=back)


@act
def _keep(known: Applicant, password_hash: str, *, back: str) -> str:
    proof, token = proving.begin(Purpose.REGISTER, known.email, language=known.language, back=back)
    db.session.add(
        Registration(
            proof_id=proof.id,
            name=known.name,
            organisation=known.organisation,
            country=known.country,
            password_hash=password_hash,
            conditions=rules.CONDITIONS_VERSION,
            accepted_at=clock.now(),
        )
    )
    return token


def confirm(proof: Proof, *, network: str, user_agent: str) -> str:
    """Make an account of the registration of ``proof``, whose code was right; return the token of its first session.

    Raises accounts' Known if the address has got an account in the meantime, and Over if there is nothing (any more)
    to be confirmed.
    """
    token = _confirm(proof, network=network, user_agent=user_agent)
    if token is None:
        raise people.Known
    return token


@act
def _confirm(proof: Proof, **browser: Any) -> str | None:
    """Use up ``proof``, also when the address is taken: None then."""
    proofs.alone(proof.id)
    registration = queries.registration(proof.id)
    if registration is None or proof.granted_at is None or proof.ended_at is not None:
        raise Over
    proving.end(proof)
    proving.end_others(proof.email_key, but=proof.id)
    if accounts.by_key(proof.email_key) is not None:
        return None
    account = _make(proof, registration, registration.password_hash)
    token = signing.new_session(account, **browser)
    record(account, "signed in", account)
    return token


def choose_password(proof: Proof, password: str, *, network: str) -> None:
    """Set the password of whoever forgot it and has proven the address by the code of ``proof``; sign nobody in.

    Where there is no account yet, but a registration that waited for its code, this proves its address as well.
    Raises ResetOver, PasswordRefused, and Busy.
    """
    waiting = queries.waiting(proof.email_key, at=clock.now())
    if accounts.by_key(proof.email_key) is not None or waiting is None:
        proving.set_new_password(proof, password, network=network)
        return
    check_may_reset(proof, at=clock.now())
    _confirm_with(proof, waiting[0], signing.hashed(password, email=proof.email, name=waiting[1].name))
    signing.forgive(proof.email_key, network=network)


@act
def _confirm_with(proof: Proof, asked: Proof, password_hash: str) -> None:
    """Make an account of the registration of ``asked``, with another password; ``proof`` is used up."""
    check_may_reset(proofs.alone(proof.id), at=clock.now())
    registration = queries.registration(asked.id)
    if registration is None or accounts.by_key(proof.email_key) is not None:
        raise ResetOver
    proving.end(proof)
    proving.end_others(proof.email_key, but=proof.id)
    _make(asked, registration, password_hash)


def _make(proof: Proof, registration: Registration, password_hash: str) -> Account:
    """Make an account of ``registration``, in the running act: the address of ``proof`` is proven."""
    account = signing.keep_account(
        Account(
            email=proof.email,
            email_key=proof.email_key,
            name=registration.name,
            password_hash=password_hash,
            roles=[],
            language=proof.language,
            is_active=True,
        ),
        by=None,
    )
    db.session.add(
        MediaUser(
            account_id=account.id,
            organisation=registration.organisation,
            country=registration.country,
            conditions=registration.conditions,
            accepted_at=registration.accepted_at,
            confirmed_at=clock.now(),
        )
    )
    db.session.delete(registration)  # its hash is the account's now
    announce("media_user.confirmed", account=account.id)
    return account

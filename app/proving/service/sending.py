"""Beginning to prove an address, and the codes on their way to it."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from flask import current_app

from app import clock
from app.accounts.rules import check_address, email_key
from app.acts import act
from app.database import db
from app.jobs.ledger import announce
from app.limits.limits import TooMany, allow
from app.limits.limits import check as check_limit
from app.proving import codes, queries, rules
from app.proving.models import Code, MailState, Proof, Purpose

NETWORK_CODES = "proving.codes.network"


class Made(NamedTuple):
    """A code that was just made, in the only moment in which anybody but its reader knows it."""

    digits: str
    key: str
    until: datetime


@act
def begin(
    purpose: Purpose, email: str, *, language: str, back: str = "", account_id: int | None = None
) -> tuple[Proof, str]:
    """Begin to prove that ``email`` is somebody's, and want a code for it; return the proof and its browser's token.

    ``back`` is where the person wants to go afterwards: a path of ours, or "". ``account_id`` is whose address
    changes, for that purpose alone. As much is kept and done for an unknown address as for a known one.

    Raises BadAddress, and TooSoon when the address had all the codes of an hour or a day.
    """
    now, key = clock.now(), email_key(email)
    queries.hold(key)
    if (free_at := _free_at(key, at=now)) > now:
        raise rules.TooSoon(free_at)
    token = codes.new_token()
    proof = Proof(
        purpose=purpose,
        token_digest=codes.digest_of_token(token),
        email=check_address(email),
        email_key=key,
        account_id=account_id,
        language=language,
        back=back,
        created_at=now,
    )
    db.session.add(proof)
    db.session.flush()
    _want(proof, 1, at=now)
    if purpose == Purpose.CHANGE:
        announce("address.change_wanted", proof=proof.id)
    return proof, token


def ask_reset(
    email: str, *, language: str, back: str = "", held: str | None = None, network: str
) -> tuple[Proof, str]:
    """Begin to prove ``email`` for a new password, for whoever says that they forgot theirs.

    A browser that did so a moment ago (it holds the token ``held``) goes on with that: no second mail for a form
    that is sent twice. Raises as begin() does, and TooMany when the network had all the codes of an hour.
    """
    key, before = email_key(email), queries.held_by(held)
    if held and before is not None and _is_just_begun(before, key):
        return before, held
    check_limit(NETWORK_CODES, network, **_by_network())
    begun = begin(Purpose.RESET, email, language=language, back=back)
    _count(network)
    return begun


def send_again(proof: Proof, *, network: str) -> Code:
    """Want another code for ``proof``; the one before is worth nothing from now on.

    Raises Over, TooOld, TooSoon with the moment from which it may be asked for, and TooMany when the
    network had all the codes of an hour.
    """
    check_limit(NETWORK_CODES, network, **_by_network())
    code = _send_again(proof.id)
    _count(network)
    return code


@act
def _send_again(proof_id: int) -> Code:
    proof, now = _held(proof_id), clock.now()
    if not rules.is_open(proof):
        raise rules.Over
    rules.check_young(proof, at=now)
    if (free_at := waits_until(proof, at=now)) > now:
        raise rules.TooSoon(free_at)
    return another(proof, at=now)


@act
def take_up(proof: Proof) -> str:
    """Let another browser go on with ``proof``, once its person has shown who they are; return its new token.

    The browser that began it loses it. Another code is sent, unless one went out a moment ago or there were too
    many. Raises Over, and TooOld.
    """
    found, now = _held(proof.id), clock.now()
    if not rules.is_open(found):
        raise rules.Over
    rules.check_young(found, at=now)
    token = codes.new_token()
    found.token_digest = codes.digest_of_token(token)
    if waits_until(found, at=now) <= now:
        another(found, at=now)
    return token


def waits_until(proof: Proof, *, at: datetime | None = None) -> datetime:
    """Return from when on another code may be asked for; a moment that has passed, or ``at`` (now), if it may be then.

    Whoever compares the answer with a moment gives that moment: a second look at the clock is always later.
    """
    newest, now = queries.newest_code(proof.id), at or clock.now()
    free_at = _free_at(proof.email_key, at=now)
    return rules.resend_at(newest, free_at) if newest is not None else free_at


def another(proof: Proof, *, at: datetime) -> Code:
    """Want one more code for ``proof``, in the running act, whatever the limits say."""
    newest = queries.newest_code(proof.id)
    return _want(proof, newest.number + 1 if newest is not None else 1, at=at)


@act
def make(proof_id: int, number: int, *, opens: bool) -> Made | None:
    """Make the digits and the key of the mail with that ``number``: from now on they count for 30 minutes.

    Without ``opens`` nothing is kept of them, and they prove nothing: the mail tells its reader something else.
    None when that mail went out, or a newer one is wanted, or nothing is to be proven any more.
    """
    proof = db.session.get(Proof, proof_id, with_for_update=True, populate_existing=True)
    code = queries.newest_code(proof_id)
    if proof is None or not rules.is_open(proof) or code is None or code.number != number:
        return None
    if code.mail_state in (MailState.HANDED, MailState.REFUSED):
        return None
    made = Made(codes.new_digits(), codes.new_key(), clock.now() + timedelta(minutes=rules.CODE_MINUTES))
    code.digest = codes.digest_of(proof_id, number, made.digits) if opens else None
    code.key_digest = codes.key_digest(made.key) if opens else None
    code.made_at, code.expires_at = clock.now(), made.until
    return made


@act
def note_mail(proof_id: int, number: int, state: MailState, *, answer: int | None = None) -> None:
    """Note what became of a mail; ``answer`` is what the mail server said, where it did not take it."""
    code = next((each for each in queries.codes_of(proof_id) if each.number == number), None)
    if code is not None:
        code.mail_state, code.mail_at, code.mail_code = state, clock.now(), answer


def _held(proof_id: int) -> Proof:
    """Return a proof that nobody else changes before the running act is over."""
    proof = queries.alone(proof_id)
    if proof is None:
        raise rules.Over
    return proof


def _want(proof: Proof, number: int, *, at: datetime) -> Code:
    code = Code(
        proof_id=proof.id, number=number, wanted_at=at, tries_left=rules.TRIES, mail_state=MailState.QUEUED,
        mail_at=at,
    )  # fmt: skip
    db.session.add(code)
    announce("code.wanted", proof=proof.id, number=number)
    return code


def _free_at(key: str, *, at: datetime) -> datetime:
    config = current_app.config
    return rules.next_code_at(
        queries.sent_to(key, at=at), at=at, an_hour=config["CODES_HOUR"], a_day=config["CODES_DAY"]
    )


def _is_just_begun(proof: Proof, key: str) -> bool:
    newest = queries.newest_code(proof.id)
    return (
        proof.purpose == Purpose.RESET
        and proof.email_key == key
        and rules.is_open(proof)
        and newest is not None
        and clock.now() < newest.wanted_at + timedelta(seconds=rules.RESEND_SECONDS)
    )


def _by_network() -> dict[str, Any]:
    return {"amount": current_app.config["CODES_NETWORK"], "seconds": 60 * 60}


def _count(network: str) -> None:
    with suppress(TooMany):  # the next one is told
        allow(NETWORK_CODES, network, **_by_network())

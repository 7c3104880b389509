"""The one check of a code."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import update

from app import clock
from app.acts import act
from app.database import db
from app.limits.limits import TooMany, allow
from app.limits.limits import check as check_limit
from app.proving import codes, queries, rules
from app.proving.models import Code, Proof
from app.proving.service.sending import another, waits_until
from app.refusals import Refusal

NETWORK_GUESSES = "proving.guesses.network"


def check(
    proof: Proof, typed: str, *, key: str = "", network: str, shown: str | None = None
) -> tuple[Proof, str]:
    """Take ``typed`` as the code of ``proof``; return the proof, granted, and the new token of its browser.

    The newest code alone counts, once, for 30 minutes and five tries. ``key`` is that of the mail's link: who
    brings it has read the mail, so that wrong guesses of others do not count against them. ``shown`` is the
    address as the page may tell it (half hidden where it was not typed in this browser).

    Raises NothingTyped, WrongLength, NotDigits, WrongCode, UsedUp, Expired, Superseded and Over. After fifteen
    wrong ones for an address in a day, or fifty from a network in an hour, the right one is told to be wrong.
    """
    digits = rules.typed_code(typed)
    by_network: dict[str, Any] = {"amount": current_app.config["CODE_TRIES_NETWORK"], "seconds": 60 * 60}
    try:
        check_limit(NETWORK_GUESSES, network, **by_network)
        is_tired = False
    except TooMany:
        is_tired = True
    tried = _try(proof.id, digits, key=key, is_tired=is_tired, shown=shown or proof.email)
    if isinstance(tried, Refusal):
        if isinstance(tried, rules.WrongCode | rules.UsedUp):
            with suppress(TooMany):  # the next one finds it
                allow(NETWORK_GUESSES, network, **by_network)
        raise tried
    return tried


@act
def _try(proof_id: int, digits: str, *, key: str, is_tired: bool, shown: str) -> tuple[Proof, str] | Refusal:
    """Try ``digits``, and return what came of it: a wrong one is to be remembered, too."""
    proof = queries.alone(proof_id)
    if proof is None or not rules.is_open(proof):
        return rules.Over()
    now = clock.now()
    newest, *older = queries.codes_of(proof.id)
    has_key = codes.is_same(newest.key_digest, codes.key_digest(key))
    is_right = codes.is_same(newest.digest, codes.digest_of(proof.id, newest.number, digits))
    was_right = [codes.is_same(code.digest, codes.digest_of(proof.id, code.number, digits)) for code in older]
    guesses = queries.guesses_at(proof.email_key, at=now)
    is_tired = is_tired or guesses >= current_app.config["CODE_TRIES_DAY"]
    if newest.tries_left == 0 and not has_key:
        return rules.UsedUp(waits_until(proof, at=now))
    if is_right and (has_key or not is_tired):
        return _grant(proof, newest, at=now) if _counts(newest, at=now) else _expired(proof, shown, at=now)
    if any(was_right) and not is_tired:
        return rules.Superseded(newest.wanted_at)
    newest.tries_left, newest.tried_at = max(0, newest.tries_left - 1), now
    return (
        rules.WrongCode(newest.tries_left) if newest.tries_left else rules.UsedUp(waits_until(proof, at=now))
    )


def _counts(code: Code, *, at: datetime) -> bool:
    return code.expires_at is not None and at < code.expires_at


def _grant(proof: Proof, code: Code, *, at: datetime) -> tuple[Proof, str] | Refusal:
    """Use ``code``. One UPDATE decides, whoever tries it at the same moment."""
    unused = update(Code).where(Code.id == code.id, Code.used_at.is_(None), Code.expires_at > at)
    if db.session.execute(unused.values(used_at=at)).rowcount != 1:  # type: ignore[attr-defined]
        return rules.Over()
    token = codes.new_token()
    proof.granted_at, proof.token_digest = at, codes.digest_of_token(token)
    return proof, token


def _expired(proof: Proof, shown: str, *, at: datetime) -> Refusal:
    """Send a new code to who was too late, if one may be sent."""
    try:
        rules.check_young(proof, at=at)
    except rules.TooOld as refusal:
        return refusal
    free_at = waits_until(proof, at=at)
    if free_at > at:
        return rules.Expired(shown, until=free_at)
    another(proof, at=at)
    return rules.Expired(shown)

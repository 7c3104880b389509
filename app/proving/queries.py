"""What can be asked about proofs and codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select, text

from app.database import db
from app.proving import codes, rules
from app.proving.models import Code, MailState, Proof, Purpose


def by_id(proof_id: int) -> Proof | None:
    """Return the proof with this id."""
    return db.session.get(Proof, proof_id)


def held_by(token: str | None) -> Proof | None:
    """Return the proof whose browser holds ``token``."""
    if not token:
        return None
    return db.session.scalar(select(Proof).where(Proof.token_digest == codes.digest_of_token(token)))


def by_link(key: str) -> Proof | None:
    """Return the proof of the mail whose link has ``key``."""
    if not key:
        return None
    wanted = select(Proof).join(Code, Code.proof_id == Proof.id)
    return db.session.scalar(wanted.where(Code.key_digest == codes.key_digest(key)))


def newest_open(purpose: Purpose, email_key: str) -> Proof | None:
    """Return the last proof of an address for ``purpose`` that still waits for its code."""
    wanted = select(Proof).where(
        Proof.email_key == email_key,
        Proof.purpose == purpose,
        Proof.granted_at.is_(None),
        Proof.ended_at.is_(None),
    )
    return db.session.scalar(wanted.order_by(Proof.id.desc()).limit(1))


def open_registration(email_key: str, *, at: datetime) -> Proof | None:
    """Return the last registration of an address that waits for its code, and was not erased at the moment ``at``."""
    found = newest_open(Purpose.REGISTER, email_key)
    if found is None or at >= found.created_at + timedelta(days=rules.REGISTRATION_DAYS):
        return None
    return found


def codes_of(proof_id: int) -> Sequence[Code]:
    """Return the codes of a proof, the newest first."""
    return db.session.scalars(
        select(Code).where(Code.proof_id == proof_id).order_by(Code.number.desc())
    ).all()


def newest_code(proof_id: int) -> Code | None:
    """Return the code of a proof that alone counts."""
    wanted = select(Code).where(Code.proof_id == proof_id).order_by(Code.number.desc())
    return db.session.scalar(wanted.limit(1))


def sent_to(email_key: str, *, at: datetime) -> list[datetime]:
    """Return when codes were wanted for an address in the day before ``at``, oldest first."""
    wanted = select(Code.wanted_at).join(Proof, Proof.id == Code.proof_id)
    wanted = wanted.where(Proof.email_key == email_key, Code.wanted_at > at - timedelta(days=1))
    return list(db.session.scalars(wanted.order_by(Code.wanted_at)))


def guesses_at(email_key: str, *, at: datetime) -> int:
    """Count the wrong codes that were typed for an address in the day before ``at``, over all its proofs."""
    wanted = select(func.coalesce(func.sum(rules.TRIES - Code.tries_left), 0))
    wanted = wanted.join(Proof, Proof.id == Code.proof_id)
    wanted = wanted.where(Proof.email_key == email_key, Code.tried_at > at - timedelta(days=1))
    return db.session.scalar(wanted) or 0


def hold(email_key: str) -> None:
    """Let nobody else count or send codes for an address before the running act is over.

    SQLite lets one act write at a time anyway; the rows that are counted may not be there yet to be locked.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(
            text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": email_key}
        )


def alone(proof_id: int) -> Proof | None:
    """Return the proof with this id; nobody else changes it before the running act is over, nor any of its address.

    The address comes first, always: two who held a proof each, and then wanted the other's, would wait for ever.
    """
    found = by_id(proof_id)
    if found is None:
        return None
    hold(found.email_key)
    return db.session.get(Proof, proof_id, with_for_update=True, populate_existing=True)


def is_mail_away() -> bool:
    """Say whether the mail server could not be reached the last time that a code was to be sent, to whomever.

    Nothing about one address follows from it: what the server thinks of an address is left out.
    """
    last = select(Code.mail_state, Code.mail_code).where(Code.mail_state != MailState.QUEUED)
    found = db.session.execute(last.order_by(Code.mail_at.desc(), Code.id.desc()).limit(1)).first()
    return found is not None and found[0] == MailState.LATE and found[1] is None


def lapsed(at: datetime, limit: int) -> Sequence[int]:
    """Return the ids of proofs that are of no use any more at the moment ``at``."""
    old = and_(
        Proof.created_at <= at - timedelta(days=rules.KEPT_DAYS),
        or_(
            Proof.purpose != Purpose.REGISTER,
            Proof.granted_at.is_not(None),
            Proof.ended_at.is_not(None),
            Proof.created_at <= at - timedelta(days=rules.REGISTRATION_DAYS),
        ),
    )
    return db.session.scalars(select(Proof.id).where(old).order_by(Proof.id).limit(limit)).all()

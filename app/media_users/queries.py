"""What can be asked about media users."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.database import db
from app.media_users.models import Consent, MediaUser, Registration
from app.proving import queries as proving
from app.proving.models import Proof


def media_user(account_id: int) -> MediaUser | None:
    """Return what the office knows of the account with this id; None of an officer's."""
    return db.session.get(MediaUser, account_id)


def registration(proof_id: int) -> Registration | None:
    """Return what somebody typed to get an account, whose address this proof is about."""
    return db.session.get(Registration, proof_id)


def waiting(email_key: str, *, at: datetime) -> tuple[Proof, Registration] | None:
    """Return the last registration of an address that still waits for its code."""
    proof = proving.open_registration(email_key, at=at)
    found = registration(proof.id) if proof is not None else None
    return (proof, found) if proof is not None and found is not None else None


def consent(account_id: int, subject: str) -> Consent | None:
    """Return what an account agreed to last on this subject, and has not withdrawn."""
    wanted = select(Consent).where(
        Consent.account_id == account_id, Consent.subject == subject, Consent.withdrawn_at.is_(None)
    )
    return db.session.scalar(wanted.order_by(Consent.id.desc()).limit(1))


def media_user_held(account_id: int) -> MediaUser | None:
    """Return the same, and let nobody change it before the running act is over."""
    return db.session.get(MediaUser, account_id, with_for_update=True, populate_existing=True)


def leaving_until(moment: datetime, limit: int = 100) -> list[tuple[int, datetime]]:
    """Return account and moment of who asked at ``moment`` or earlier to be erased, the first first."""
    wanted = select(MediaUser.account_id, MediaUser.leaving_at).where(MediaUser.leaving_at <= moment)
    rows = db.session.execute(wanted.order_by(MediaUser.leaving_at).limit(limit))
    return [(row.account_id, row.leaving_at) for row in rows]

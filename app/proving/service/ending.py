"""Ending proofs, and forgetting them."""

from __future__ import annotations

from sqlalchemy import delete, update

from app import clock
from app.acts import act
from app.database import db
from app.proving import queries
from app.proving.models import Proof

AT_ONCE = 200


@act
def end(proof: Proof) -> None:
    """Note that ``proof`` was made use of, or given up: its codes open nothing any more."""
    proof.ended_at = proof.ended_at or clock.now()


@act
def end_others(email_key: str, *, but: int = 0) -> None:
    """End every proof of an address except the one with the id ``but``."""
    living = update(Proof).where(Proof.email_key == email_key, Proof.ended_at.is_(None), Proof.id != but)
    db.session.execute(living.values(ended_at=clock.now()))


@act
def erase() -> int:
    """Erase proofs that are of no use any more, with their codes and registrations; return how many."""
    ids = queries.lapsed(clock.now(), AT_ONCE)
    db.session.execute(delete(Proof).where(Proof.id.in_(ids)))
    return len(ids)

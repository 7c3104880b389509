"""Which proof this browser goes on with: it holds a token, and what the token stands for is kept here alone."""

from __future__ import annotations

from flask import session

from app.proving import queries
from app.proving.models import Proof

HELD = "proof"


def hold(token: str) -> None:
    """Let this browser go on with the proof of ``token``, and not with the one before."""
    session[HELD] = token


def held() -> Proof | None:
    """Return the proof that this browser goes on with."""
    return queries.held_by(session.get(HELD))


def drop() -> None:
    """Let this browser forget the proof."""
    session.pop(HELD, None)

"""What happens later in the newsletter."""

from __future__ import annotations

from app import clock
from app.jobs.registry import sweeps
from app.newsletter import queries, service


@sweeps
def end_pauses() -> None:
    """Let those whose pause is over be written to again; look first, as there is mostly nobody."""
    if queries.has_pause_over(clock.now()):
        service.wake()

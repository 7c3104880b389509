"""What happens later to an issue: it is planned, carried, and looked after."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from datetime import datetime, timedelta

from flask import current_app

from app import clock
from app.acts import act
from app.jobs.ledger import owe
from app.jobs.registry import job, sweeps
from app.jobs.turns import Progress
from app.mailings import queries, service

log = logging.getLogger(__name__)

TURN_SECONDS = 30  # then others have their turn
AWAY = timedelta(minutes=1)  # after which a server is asked again that stayed away for a turn


@job(queries.PLAN)
def plan(progress: Progress, *, issue_id: int) -> None:
    """Make a delivery for each person who is to have the issue, window by window."""
    while service.plan_window(issue_id):
        progress.beat()
    _call(1)


@job(queries.CARRY, attempts=1000)
def carry(progress: Progress, *, slot: int) -> None:
    """Hand over what is due, for half a minute; then owe itself again while there is more.

    While the mail server is away it comes back each minute.
    """
    from app.mailings.carrier import Carrier, Server  # web processes never carry

    name = f"{socket.gethostname()[:12]}-{os.getpid()}-{secrets.token_hex(4)}"
    carrier = Carrier(
        name,
        seconds=TURN_SECONDS,
        beat=lambda done: progress.beat(),
        is_stopping=lambda: progress.is_stopping,
    )
    now = clock.now()
    try:
        carrier.run()
    except Server as away:  # it says nothing against the job: however often, its tries are not used up
        log.warning("%s; it is asked again in %s", away, AWAY)
        _call(slot, besides=progress.id, at=now + AWAY)
        return
    now = clock.now()
    for issue_id in queries.sending():
        if not queries.is_open(issue_id):
            service.finish(issue_id)
    if progress.is_stopping:
        return  # a sweep of who goes on calls another: this process would only come back at once, in vain
    if any(queries.is_due(issue_id, now) for issue_id in queries.sending()):
        _call(slot, besides=progress.id)


@sweeps
def look_after() -> None:
    """Take back what was lost, go on with plans that were given up, and call as many carriers as are set."""
    now = clock.now()
    for issue_id in queries.forgotten_plans():
        service.plan_later(issue_id, at=now + AWAY)
    if queries.has_lost(now):
        service.recover()
    several = queries.sending()
    for issue_id in several:
        if not queries.is_open(issue_id):
            service.finish(issue_id)
    if any(queries.is_due(issue_id, now) for issue_id in several):
        for slot in range(queries.carriers(), max(1, current_app.config["NEWSLETTER_CARRIERS"])):
            _call(slot + 1)


@act
def _call(slot: int, besides: int = 0, at: datetime | None = None) -> None:
    """Owe a carrier (``at`` a moment; None: now) unless as many as are set are at it."""
    if queries.carriers(besides=besides) < max(1, current_app.config["NEWSLETTER_CARRIERS"]):
        owe(queries.CARRY, slot=slot, wanted_at=at)

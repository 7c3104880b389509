"""What follows when a media user leaves."""

from __future__ import annotations

import logging
from datetime import timedelta

from app import clock
from app.accounts.models import Account
from app.audit.models import Entry
from app.database import db
from app.jobs.registry import job, sweeps
from app.jobs.turns import Progress
from app.mail.post import Away, Refused
from app.mail.service import post_once
from app.media_users import mails, queries, rules, service

log = logging.getLogger(__name__)


@sweeps
def erase_who_left() -> None:
    """Owe the erasures that are due; look first, as there is mostly nothing to do."""
    if queries.leaving_until(rules.erased_before(clock.now()), limit=1):
        service.owe_erasures()


@job("media_users.tell_leaving")
def tell_leaving(progress: Progress, *, entry: int) -> None:
    """Tell somebody that their account will be erased, until when they may come back, and how."""
    told = db.session.get_one(Entry, entry)
    account = db.session.get_one(Account, told.thing_id)
    person = queries.media_user(account.id)
    if person is None or person.leaving_at is None:
        return  # they have come back
    post_once(
        mails.leaving(
            key=f"leaving/{entry}", to=account.email, language=account.language, at=told.at,
            until=person.leaving_at + timedelta(days=rules.LEAVING_DAYS), days=rules.LEAVING_DAYS,
        )
    )  # fmt: skip


@job("media_users.erase")
def erase(progress: Progress, *, account: int) -> None:
    """Erase an account whose time to come back is over, and tell its owner what was erased.

    The mail goes first, while there is still an address. A mail server that does not take it does not hold up what
    was promised.
    """
    report = service.report(account)
    if report is None:
        return
    try:
        post_once(
            mails.erased(
                key=f"erased/{account}", to=report.email, language=report.language, kinds=report.kinds
            )
        )
    except (Refused, Away) as failed:
        log.warning("the report of an erasure was not sent: %s", failed)
    service.erase(account)

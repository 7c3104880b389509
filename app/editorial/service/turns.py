"""How decisions wait for each other, and how each is kept."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app import clock
from app.accounts.models import Account
from app.audit.log import record
from app.database import db
from app.editorial import finding
from app.editorial.models import Decision, Edition, Standing, State
from app.editorial.service.settling import settle


def hold(edition: Edition) -> None:
    """Read ``edition`` afresh, and keep everybody else from deciding anything until this act ends."""
    wait_our_turn()
    # "of": what was read beside the edition cannot be locked on PostgreSQL, where it may be missing
    db.session.refresh(edition, with_for_update={"of": Edition})


def wait_our_turn() -> None:
    """Wait until nobody else decides anything, and keep everybody from it until this act ends.

    One desk decides one thing at a time: all decisions wait for the same row, always first, so
    none can deadlock with another, and numbers and addresses are given in one order. What is due
    is settled first: nobody may take back a moment that readers have already seen come.
    """
    db.session.execute(select(Standing.version).with_for_update())
    settle()


def decide(
    edition: Edition,
    state: State,
    verb: str,
    *,
    by: Account,
    comment: str = "",
    revision_id: int | None = None,
    **details: Any,
) -> None:
    """Bring ``edition`` to ``state``, and keep that ``by`` decided it; ``details`` go into the log.

    ``revision_id`` is the version that it is about, the working text unless told.
    """
    before = edition.state
    edition.state = state
    edition.changed_at = clock.now()
    db.session.add(
        Decision(
            edition_id=edition.id,
            revision_id=revision_id or edition.current_revision_id,
            by_id=by.id,
            at=edition.changed_at,
            verb=verb,
            comment=comment,
        )
    )
    finding.note(edition)
    details |= {"comment": comment} if comment else {}
    label = edition.current.title if edition.current else ""
    record(by, verb, edition, label=label, before=str(before), after=str(state), **details)

"""A second pair of eyes: sending a text for review, approving it, returning it."""

from __future__ import annotations

from typing import Any

from app.accounts.models import Account
from app.acts import act
from app.editorial import queries, rules
from app.editorial.models import Edition, State
from app.editorial.service.checklist import settle_findings
from app.editorial.service.turns import decide, hold
from app.editorial.service.writing import unschedule
from app.text import markup


@act
def submit(edition: Edition, *, by: Account, reason: str = "") -> None:
    """Send the working text for review; ``reason`` lets pass whatever the checks found that does not block.

    Raises NotReady (what is missing), NeedsReason (what the checks found, without a reason for it), or
    WrongState.
    """
    hold(edition)
    rules.check_submit(edition, by=by)
    passed = settle_findings(edition, reason=reason, by=by)
    details: dict[str, Any] = {"let_pass": passed} if passed else {}
    decide(edition, State.IN_REVIEW, "submitted", by=by, **details)


@act
def take_back(edition: Edition, *, by: Account) -> None:
    """Make a draft again of a text that is in review, approved or waiting for its moment."""
    hold(edition)
    rules.check_take_back(edition, by=by)
    unschedule(edition, by=by)
    decide(edition, State.DRAFT, "taken back", by=by)


@act
def approve(edition: Edition, *, by: Account, seen: int | None = None) -> None:
    """Approve the text in review; ``seen`` is the number of the version that ``by`` read.

    Raises WrongState (also when another version came meanwhile), NotAllowed, or OwnWork if ``by`` wrote
    part of it.
    """
    hold(edition)
    rules.check_approval(edition, by=by, writers=queries.writers_since_approval(edition))
    rules.check_seen(edition, seen)
    edition.approved_revision_id = edition.current_revision_id
    decide(edition, State.APPROVED, "approved", by=by)


@act
def send_back(edition: Edition, *, comment: str, by: Account) -> None:
    """Return the text in review to its writers, with what should change."""
    hold(edition)
    comment = markup.several_lines(comment)
    rules.check_return(edition, by=by, comment=comment)
    decide(edition, State.DRAFT, "returned", by=by, comment=comment)

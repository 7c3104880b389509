"""Publication by one person alone, and the second pair of eyes that comes afterwards."""

from __future__ import annotations

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.editorial import rules
from app.editorial.models import Edition, State, Urgency
from app.editorial.queries import afterwards as known
from app.editorial.rules import afterwards
from app.editorial.service.publishing import show, told
from app.editorial.service.settling import close_urgency, go_public
from app.editorial.service.turns import decide, hold
from app.jobs.ledger import announce
from app.text import markup


@act
def publish_urgently(
    edition: Edition, *, reason: str, by: Account, kind: str = "", note: str = "", seen: int | None = None
) -> Urgency:
    """Publish the working text now, though nobody else has approved it; ``reason`` is kept and shown at the desk.

    The text stays marked until somebody who wrote none of it has looked at it and confirms it, or until an
    approved version takes its place, or the page ends. ``kind``, ``note`` and ``seen`` are as for publish().

    Raises NotAllowed, WrongState unless the text is a draft or in review, NotReady for a text that could not be
    reviewed either, Refusal without a reason.
    """
    hold(edition)
    at = clock.now()
    reason = markup.one_line(reason)
    rules.check_seen(edition, seen)
    afterwards.check_urgent(edition, by=by, reason=reason)
    kind, note = told(edition, kind, note, at=at)
    close_urgency(edition, by=None)
    show(edition, edition.current_revision_id, at=at, kind=kind)
    urgency = Urgency(
        edition_id=edition.id, revision_id=edition.current_revision_id, by_id=by.id, at=at, reason=reason
    )
    db.session.add(urgency)
    decide(edition, State.PUBLISHED, "urgent", by=by, comment=reason, kind=kind, note=note)
    go_public(edition, at=at, by=by, kind=kind, note=note)
    announce("edition.urgent", edition=edition.id)
    return urgency


@act
def confirm(edition: Edition, *, by: Account) -> None:
    """Approve, afterwards, the version that one person published alone; readers notice nothing of it.

    Raises WrongState when nothing waits for that, OwnWork if ``by`` published it or wrote part of it.
    """
    hold(edition)
    urgency = known.open_urgency(edition.id)
    writers = known.writers_until(edition, urgency.revision_id) if urgency else set()
    afterwards.check_confirm(urgency, by=by, writers=writers)
    assert urgency is not None
    edition.approved_revision_id = max(edition.approved_revision_id or 0, urgency.revision_id)
    urgency.closed_by_id, urgency.closed_at = by.id, clock.now()
    decide(edition, edition.state, "confirmed", by=by, revision_id=urgency.revision_id)

"""Publishing an approved text, now or at its moment, and taking a public one away."""

from __future__ import annotations

from datetime import datetime

from flask import current_app

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.editorial import rules
from app.editorial.models import Edition, Revision, State
from app.editorial.service.filing import file, forget_filing
from app.editorial.service.settling import give_address, go_public
from app.editorial.service.telling import touch
from app.editorial.service.turns import decide, hold
from app.jobs.ledger import announce
from app.text import markup, typography


@act
def publish(
    edition: Edition, *, by: Account, wanted_at: datetime | None = None, is_embargo: bool = False
) -> Edition:
    """Publish the approved text now, or let it be public at ``wanted_at`` (aware).

    The page is public at that moment because reading compares the clock; settle() then does
    what publication brings with it. ``is_embargo`` says which word the desk uses meanwhile.

    Raises WrongState unless the present text is the approved one, InThePast for a moment that
    is over, Refusal for a later moment when readers already see a version.
    """
    hold(edition)
    at = clock.now()
    now_words = f"{at.astimezone(current_app.config['ZONE']):%H:%M}"
    rules.check_publish(edition, by=by, wanted_at=wanted_at, at=at, now_words=now_words)
    was_public = edition.public_from is not None and edition.public_from <= at
    edition.public_revision_id = edition.approved_revision_id
    db.session.flush()
    db.session.refresh(edition, ["public_revision"])
    if was_public:
        edition.updated_at = at
    else:
        edition.public_from, edition.updated_at = wanted_at or at, None
    revision: Revision = edition.public_revision  # type: ignore[assignment]
    edition.public_kind = revision.kind
    edition.starts_at, edition.ends_at = rules.hours(edition.type, revision)
    edition.wanted_at = None
    if wanted_at is None or edition.first_public_at is None:
        give_address(edition)  # readers keep the address that they know until the moment
    file(edition)
    if wanted_at is None:
        decide(edition, State.PUBLISHED, "published", by=by)
        go_public(edition, at=at, is_new=not was_public)
    else:
        state = State.EMBARGO if is_embargo else State.SCHEDULED
        decide(edition, state, "scheduled", by=by, until=wanted_at.isoformat(), is_embargo=is_embargo)
        touch()
    return edition


@act
def withdraw(edition: Edition, *, reason: str, by: Account) -> None:
    """Take the public page away: its address answers with ``reason``, nothing else shows it any more."""
    hold(edition)
    at = clock.now()
    reason = typography.put_right(markup.one_line(reason), edition.language)
    rules.check_withdrawal(edition, by=by, reason=reason, at=at)
    edition.public_from = edition.starts_at = edition.ends_at = None
    edition.withdrawn_at, edition.withdrawal_reason = at, reason
    forget_filing(edition)
    decide(edition, State.WITHDRAWN, "withdrawn", by=by, comment=reason)
    touch()
    announce("edition.withdrawn", edition=edition.id)

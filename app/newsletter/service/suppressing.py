"""Whom nobody writes to: an officer says so, or mails that come back do."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, update

from app import clock
from app.accounts.models import Account
from app.accounts.rules import email_key
from app.acts import act
from app.audit.log import record
from app.database import db
from app.newsletter import queries, rules
from app.newsletter.addresses import digest
from app.newsletter.models import Bounce, BounceKind, State, Subscriber, Suppression, SuppressionReason
from app.newsletter.service.leaving import withdraw_consents
from app.proving.queries import hold
from app.text.markup import one_line


@act
def suppress(
    email: str, *, reason: SuppressionReason, source: str, detail: str = "", by: Account | None = None
) -> Suppression:
    """Let nobody write to ``email`` from now on, known or not; return why. Asked again, it changes nothing.

    Raises BadAddress.
    """
    return _suppress(email_key(email), reason=reason, source=source, detail=detail, by=by)


def _suppress(
    key: str, *, reason: SuppressionReason, source: str, detail: str = "", by: Account | None = None
) -> Suppression:
    hold(key)
    before = queries.suppression(digest(key))
    if before is not None:
        return before
    kept = Suppression(
        address_hash=digest(key), reason=reason, source=source, detail=one_line(detail)[:300], at=clock.now(),
        by_id=by.id if by else None,
    )  # fmt: skip
    db.session.add(kept)
    db.session.flush()  # a trigger refuses the subscriber
    known = queries.by_key(key)
    if known is not None:
        db.session.refresh(known)
        withdraw_consents(known, how=reason)
    record(by, "suppressed", kept, reason=reason, source=source)
    return kept


@act
def lift(email: str, *, by: Account) -> bool:
    """Let ``email`` be written to again if its owner wants it; say whether it was suppressed.

    Nobody becomes active by this: who was refused has left, and may ask again. Raises BadAddress.
    """
    key = email_key(email)
    hold(key)
    kept = queries.suppression(digest(key))
    if kept is None:
        return False
    record(by, "lifted suppression", kept, reason=kept.reason)
    db.session.execute(delete(Suppression).where(Suppression.id == kept.id))
    refused = update(Subscriber).where(Subscriber.email_key == key, Subscriber.state == State.REFUSED)
    db.session.execute(refused.values(state=State.LEFT, state_at=clock.now(), confirmed_at=None))
    return True


@act
def note_export(*, by: Account) -> None:
    """Note that ``by`` takes the addresses of all subscribers along."""
    record(by, "exported subscribers", by)


@act
def note_bounce(
    subscriber_id: int, *, kind: BounceKind, status: str, source: str, digest: str, issue_id: int = 0
) -> bool:
    """Keep that a mail to a subscriber came back, once for each report; say whether it is new.

    ``digest`` stands for the report. One for good and a complaint suppress the address at once; one for the moment
    does when it is the fifth in 14 days. Whoever was erased is not looked for.
    """
    kept = queries.held(subscriber_id)
    if kept is None or queries.bounce(digest) is not None:
        return False
    now = clock.now()
    db.session.add(
        Bounce(
            subscriber_id=kept.id, issue_id=issue_id if queries.issue_exists(issue_id) else None, kind=kind,
            status=one_line(status)[:12], source=source, digest=digest, at=now,
        )
    )  # fmt: skip
    db.session.flush()
    key = str(kept.email_key)
    if kind == BounceKind.COMPLAINT:
        _suppress(key, reason=SuppressionReason.COMPLAINT, source=source)
    elif kind == BounceKind.HARD:
        _suppress(key, reason=SuppressionReason.BOUNCE, source=source, detail=status)
    elif queries.soft_bounces(kept.id, now - timedelta(days=rules.SOFT_DAYS)) >= rules.SOFT_BOUNCES:
        _suppress(
            key, reason=SuppressionReason.BOUNCE, source=source, detail=f"{rules.SOFT_BOUNCES} × {status}"
        )
    return True

"""Publishing an approved text, now or at its moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app import clock
from app.accounts.models import Account
from app.accreditation.models import Group
from app.acts import act
from app.database import db
from app.editorial import queries, rules
from app.editorial.models import Edition, Revision, State
from app.editorial.rules import afterwards, moments
from app.editorial.service.checklist import settle_findings
from app.editorial.service.filing import file
from app.editorial.service.opening import open_to
from app.editorial.service.settling import close_urgency, give_address, go_public, is_public
from app.editorial.service.telling import touch
from app.editorial.service.turns import decide, hold
from app.text import markup, typography

VERBS = {"": "published", "correction": "corrected", "update": "updated", "minor": "edited"}


@act
def publish(
    edition: Edition,
    *,
    by: Account,
    wanted_at: datetime | None = None,
    is_embargo: bool = False,
    groups: Sequence[Group] = (),
    kind: str = "",
    note: str = "",
    anyway: str = "",
    seen: int | None = None,
) -> Edition:
    """Publish the approved text now, or let it be public at ``wanted_at`` (aware).

    The page is public at that moment because reading compares the clock; settle() then does
    what publication brings with it. ``is_embargo`` says which word the desk uses meanwhile, and that
    media users in ``groups`` may read it before.
    When readers already see a version, ``kind`` says what this one is to them: a correction
    (something was wrong) or an update (something is new), both with a public ``note`` and a new
    date, or minor (the meaning is the same). ``seen`` is the number of the version that ``by`` looked at.

    Languages of the item that are to go live together do so in this act, at the same moment, those
    that are approved; ``anyway`` says why this one does not wait for the others.

    Raises WrongState unless the present text is the approved one, and the one that was ``seen``;
    Moved when a moment was set meanwhile (see move()); InThePast for a moment that is over; Late or
    OtherMoment for languages that are to go with it; Refusal for a later moment when readers already
    see a version, or without a ``kind`` and the note that it needs; NeedsReason for what the checks
    find now that was not found, or not let pass, at its review (a link that leads nowhere since).
    """
    hold(edition)
    at = clock.now()
    anyway = markup.one_line(anyway)
    moments.check_not_moved(edition, None, at=at)
    moments.check_groups(groups)
    rules.check_seen(edition, seen)
    rules.check_publish(edition, by=by, wanted_at=wanted_at, at=at)
    settle_findings(edition, by=by)
    found = moments.company(edition, queries.editions_of(edition.item_id), wanted_at=wanted_at)
    moments.check_company(found, anyway=anyway)
    kind, note = told(edition, kind, note, at=at)
    why = anyway if found.late or found.elsewhen else ""
    early = list(groups) if is_embargo and wanted_at is not None else []
    _publish(edition, at, wanted_at, is_embargo, early, by=by, kind=kind, note=note, why=why)
    for other in found.ready:
        if other.state is State.APPROVED:
            settle_findings(other, by=by)
            _publish(other, at, wanted_at, is_embargo, early, by=by)
    return edition


def _publish(
    edition: Edition,
    at: datetime,
    wanted_at: datetime | None,
    is_embargo: bool,
    early: list[Group],
    *,
    by: Account,
    kind: str = "",
    note: str = "",
    why: str = "",
) -> None:
    show(edition, edition.approved_revision_id, at=at, wanted_at=wanted_at, kind=kind)
    close_urgency(edition, by=by)
    open_to(edition, early)
    details: dict[str, Any] = {"anyway": why} if why else {}
    if early:
        details["groups"] = [group.names["en"] for group in early]
    if wanted_at is None:
        decide(edition, State.PUBLISHED, VERBS[kind], by=by, comment=note, **details)
        go_public(edition, at=at, by=by, kind=kind, note=note)
    else:
        state = State.EMBARGO if is_embargo else State.SCHEDULED
        until = wanted_at.isoformat()
        decide(edition, state, "scheduled", by=by, until=until, is_embargo=is_embargo, **details)
        touch()


def told(edition: Edition, kind: str, note: str, *, at: datetime) -> tuple[str, str]:
    """Return what readers are told of a new version: nothing unless they see one already."""
    note = typography.put_right(markup.one_line(note), edition.language)
    afterwards.check_telling(edition, kind=kind, note=note, at=at)
    if not is_public(edition, at):
        return "", ""
    return kind, note if kind in afterwards.TELLING else ""


def show(
    edition: Edition,
    revision_id: int | None,
    *,
    at: datetime,
    wanted_at: datetime | None = None,
    kind: str = "",
) -> None:
    """Let readers see that revision from ``wanted_at`` on (None: from ``at``, which is now)."""
    was_public = is_public(edition, at)
    edition.public_revision_id = revision_id
    db.session.flush()
    db.session.refresh(edition, ["public_revision"])
    if not was_public:
        edition.public_from, edition.updated_at = wanted_at or at, None
    elif kind in afterwards.TELLING:
        edition.updated_at = at
    revision: Revision = edition.public_revision  # type: ignore[assignment]
    edition.public_kind = revision.kind
    edition.starts_at, edition.ends_at = rules.hours(edition.type, revision)
    edition.wanted_at = None
    if wanted_at is None or edition.first_public_at is None:
        give_address(edition)  # readers keep the address that they know until the moment
    file(edition)

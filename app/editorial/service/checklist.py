"""What the checks found, let pass with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial import checking, rules
from app.editorial.models import Edition, Waiver
from app.editorial.service.turns import hold
from app.text import markup


@act
def let_pass(edition: Edition, reasons: Mapping[str, str], *, by: Account) -> int:
    """Keep why findings (by their keys) may stay as they are; return how many were let pass.

    A reason holds for these very words: changed, they are a finding without a reason again. Keys that no
    finding has now are ignored, and so are empty reasons.

    Raises NotAllowed, or Refusal for a finding that blocks and for a reason of more than 300 characters.
    """
    rules.check_may(by, "write")
    hold(edition)
    found = {each.key: each for each in checking.findings(edition)}
    told = {key: markup.one_line(reason) for key, reason in reasons.items()}
    told = {key: reason for key, reason in told.items() if reason and key in found}
    for key, reason in told.items():
        rules.check_passing(found[key].is_blocking, reason)
    if told:
        _keep(edition, told, by=by)
        label = edition.current.title if edition.current else ""
        record(by, "let pass", edition, label=label, reasons=dict(told))
    return len(told)


def settle_findings(edition: Edition, *, by: Account, reason: str = "") -> dict[str, str]:
    """Let everything that is found and does not block pass with ``reason``, in the running act; return what did.

    Raises NotReady for what blocks, NeedsReason for the first of what has no reason.
    """
    left = checking.unanswered(edition)
    for each in left:
        if each.is_blocking:
            raise rules.NotReady(each.message, field=each.field)
    reason = markup.one_line(reason)
    if left and not reason:
        raise rules.NeedsReason(left[0].message, left[0].field, len(left))
    passed = {each.key: reason for each in left}
    if passed:
        rules.check_passing(False, reason)
        _keep(edition, passed, by=by)
    return passed


def _keep(edition: Edition, told: Mapping[str, str], *, by: Account) -> None:
    known, at = checking.waivers(edition.id), clock.now()
    for key, reason in told.items():
        waiver = known.get(key) or Waiver(edition_id=edition.id, key=key)
        waiver.reason, waiver.by_id, waiver.at = reason, by.id, at
        db.session.add(waiver)
    db.session.flush()

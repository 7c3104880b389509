"""Setting another moment for a text that waits for one, letting it go before its moment, and who reads it before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from app import clock
from app.accounts.models import Account
from app.accreditation.models import Group
from app.acts import act
from app.editorial import queries
from app.editorial.models import Edition, State
from app.editorial.queries import early
from app.editorial.rules import moments
from app.editorial.service.filing import file
from app.editorial.service.opening import open_to
from app.editorial.service.settling import give_address, go_public
from app.editorial.service.telling import touch
from app.editorial.service.turns import decide, hold
from app.jobs.ledger import announce
from app.text import markup


@act
def move(edition: Edition, *, to: datetime, reason: str = "", by: Account, seen: datetime | None) -> None:
    """Let the text be public at another moment; languages that go live together move together.

    ``seen`` is the moment that ``by`` looked at. An embargo is moved with a reason.

    Raises WrongState unless the text waits for a moment, Moved (with the one that stands) if that is not
    ``seen``, InThePast, Refusal for the same moment again or for an embargo without a reason.
    """
    old = _begin(edition, wanted_at=to, reason=reason, by=by, seen=seen)
    for each in moments.with_same_moment(edition, queries.editions_of(edition.item_id), old):
        each.public_from = to
        if each.first_public_at is None:
            give_address(each)
        file(each)
        was, until = old.isoformat(), to.isoformat()
        decide(each, each.state, "moved", by=by, comment=markup.one_line(reason), was=was, until=until)
        announce("edition.moved", edition=each.id)
    touch()


@act
def lift(edition: Edition, *, reason: str = "", by: Account, seen: datetime | None) -> None:
    """Let the text be public now, before its moment; languages that go live together do so now.

    Arguments and refusals are those of move().
    """
    old = _begin(edition, wanted_at=None, reason=reason, by=by, seen=seen)
    at = clock.now()
    for each in moments.with_same_moment(edition, queries.editions_of(edition.item_id), old):
        each.public_from = at
        give_address(each)
        file(each)
        decide(each, State.PUBLISHED, "lifted", by=by, comment=markup.one_line(reason), was=old.isoformat())
        go_public(each, at=at, by=by)
        announce("edition.lifted", edition=each.id)


@act
def regroup(edition: Edition, groups: Sequence[Group], *, reason: str, by: Account) -> None:
    """Let media users of ``groups``, and no others, read a text that is under embargo; with a ``reason`` for the log.

    Languages that go live together with it, at the same moment, are opened alike. Raises WrongState unless its hour is
    still to come, Refusal without a reason or for a group that is closed.
    """
    hold(edition)
    reason = markup.one_line(reason)
    moments.check_regroup(edition, groups, by=by, reason=reason, at=clock.now())
    after = [group.names["en"] for group in groups]
    for each in moments.with_same_moment(edition, queries.editions_of(edition.item_id), edition.public_from):
        before = [group.names["en"] for group in early.groups_of(each.id)]
        open_to(each, groups)
        decide(each, each.state, "regrouped", by=by, comment=reason, groups_before=before, groups=after)


def _begin(
    edition: Edition, *, wanted_at: datetime | None, reason: str, by: Account, seen: datetime | None
) -> datetime:
    """Raise unless this may be done; return the moment that is set now."""
    hold(edition)
    at = clock.now()
    moments.check_move(
        edition,
        by=by,
        wanted_at=wanted_at,
        reason=markup.one_line(reason),
        seen=seen,
        at=at,
    )
    assert edition.public_from is not None
    return edition.public_from

"""How a page that readers know ends: kept with an explanation, removed, or merged into another.

All three can be undone: the text is sent for review, approved and published again, changed or not.
"""

from __future__ import annotations

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.editorial.models import Edition, Item, State
from app.editorial.queries import afterwards as known
from app.editorial.rules import afterwards as rules
from app.editorial.service.filing import forget_filing
from app.editorial.service.settling import close_urgency, note_publication
from app.editorial.service.telling import touch
from app.editorial.service.turns import decide, hold
from app.jobs.ledger import announce
from app.text import markup, typography


@act
def withdraw(edition: Edition, *, reason: str, by: Account) -> None:
    """Take the page out of everything but its own address, where the text stays under a notice with ``reason``.

    Raises WrongState unless readers see it, Refusal without a reason of at most 300 characters.
    """
    hold(edition)
    reason = typography.put_right(markup.one_line(reason), edition.language)
    rules.check_withdrawal(edition, by=by, reason=reason, at=clock.now())
    _end(edition, "withdrawn", public_reason=reason, comment=reason, by=by)


@act
def remove(edition: Edition, *, reason: str, sentence: str = "", by: Account) -> None:
    """Take the text away for good: its address answers that it is gone, with ``sentence`` if there is one.

    ``reason`` is for the log alone. A page that was withdrawn can be removed, too. Raises WrongState
    for any other page that readers do not know, Refusal without a reason.
    """
    hold(edition)
    reason = markup.one_line(reason)
    sentence = typography.put_right(markup.one_line(sentence), edition.language)
    rules.check_removal(edition, by=by, reason=reason, sentence=sentence, at=clock.now())
    _end(edition, "removed", public_reason=sentence, comment=reason, by=by)


@act
def merge(edition: Edition, *, into: Item | None, by: Account) -> None:
    """Let the page's address lead to the page of another item: in its language, or else in one that exists.

    Raises WrongState unless readers know the page; Refusal when ``into`` is none, is the same item, has
    no page that readers see, or leads back here.
    """
    hold(edition)
    rules.check_merge(
        edition,
        into,
        by=by,
        at=clock.now(),
        is_known=into is not None and known.leads_to(into.id, edition.language) is not None,
        is_circular=into is not None and known.is_merged_into(into.id, edition.item_id),
    )
    assert into is not None
    _end(edition, "merged", public_reason="", comment="", by=by, into=into.id)


def _end(
    edition: Edition, ending: str, *, public_reason: str, comment: str, by: Account, **details: int
) -> None:
    at = clock.now()
    edition.public_revision_id = known.last_seen(edition.id)
    edition.public_from = edition.starts_at = edition.ends_at = None
    edition.merged_into_id = details.get("into")
    edition.withdrawn_at, edition.withdrawal_reason, edition.ending = at, public_reason, ending
    forget_filing(edition)
    close_urgency(edition, by=by)
    note_publication(edition, ending, note=public_reason, at=at, by=by)
    if public_reason and public_reason != comment:
        decide(edition, State.WITHDRAWN, ending, by=by, comment=comment, public=public_reason, **details)
    else:
        decide(edition, State.WITHDRAWN, ending, by=by, comment=comment, **details)
    touch()
    announce("edition.withdrawn", edition=edition.id)

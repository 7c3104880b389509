"""A draft that saves itself."""

from __future__ import annotations

from collections.abc import Callable

from app.accounts.models import Account
from app.acts import act
from app.editorial import queries
from app.editorial.models import Edition, Revision, State
from app.editorial.service import by_itself
from app.editorial.service.turns import hold
from app.teamwork import rules


@act
def autosave(edition: Edition, keep: Callable[[], Revision | None], *, by: Account) -> Revision | None:
    """Let ``keep`` save what ``by`` typed as a revision that nobody asked for; None when nothing differs.

    Only a draft saves itself: anything else would lose its approval, or its moment, without anybody having
    decided that. For the same reason it never changes another language: what all share waits for Save.

    Raises NotADraft, SharedChange, and whatever ``keep`` does (Stale, Refusal); then nothing is kept.
    """
    rules.check_may(by, "write")
    hold(edition)
    if edition.state is not State.DRAFT:
        raise rules.NotADraft
    before = _others(edition)
    with by_itself():
        revision = keep()
    if _others(edition) != before:
        raise rules.SharedChange
    return revision


def _others(edition: Edition) -> dict[int, int | None]:
    """Return the present revision of each other language of the item."""
    return {
        each.id: each.current_revision_id
        for each in queries.editions_of(edition.item_id)
        if each.id != edition.id
    }

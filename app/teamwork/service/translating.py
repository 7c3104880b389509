"""Which version of a text in another language a translation follows."""

from __future__ import annotations

from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial.models import Edition, Revision
from app.editorial.rules import WrongState
from app.editorial.service.turns import hold
from app.teamwork import rules


@act
def follow(edition: Edition, source: Revision, *, by: Account) -> None:
    """Note that the working text of ``edition`` says what ``source`` says, in another language of the same item.

    No word changes, so no decision is void. Raises WrongState for a version of anything else.
    """
    rules.check_may(by, "write")
    hold(edition)
    of = db.session.get(Edition, source.edition_id)
    if edition.current is None or of is None or of.item_id != edition.item_id or of.id == edition.id:
        raise WrongState
    if edition.current.source_id == source.id:
        return
    edition.current.source_id = source.id
    label = edition.current.title
    record(
        by, "translation brought in step", edition, label=label, language=of.language, revision=source.number
    )

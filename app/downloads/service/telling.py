"""Telling exactly those who hold frames that turned out to be wrong."""

from __future__ import annotations

from collections.abc import Mapping

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.downloads import queries, rules
from app.downloads.models import IntervalNotice, IntervalNoticeTo
from app.downloads.rules.intervals import Cut
from app.editorial.models import Edition
from app.jobs.ledger import announce


@act
def tell_holders(
    edition: Edition, words: Mapping[str, str], *, master_id: int, cut: Cut, by: Account
) -> IntervalNotice:
    """Write ``words`` to everybody who has taken a frame of ``cut``, once each, in their own language.

    ``cut`` counts frames of the film ``master_id``; whoever has these seconds of another film of the text is told, too.
    Who holds it is settled now: whoever takes it later has the corrected one, or is told by its page.
    Raises Refusal without words in the language of ``edition``; NobodyHolds when there is nobody to write to; Uncounted
    for frames that cannot be found in each of the films.
    """
    found = rules.check_words(words, edition.language)
    spans = queries.spans(edition.item_id, master_id=master_id, cut=cut)
    holders = queries.holders(edition.item_id, spans)
    if not holders:
        raise rules.NobodyHolds
    first = {edition.language: found[edition.language]}  # whoever has no language among these reads this one
    notice = IntervalNotice(
        item_id=edition.item_id, master_id=master_id, in_frame=cut.begins, out_frame=cut.ends,
        words=first | found, at=clock.now(), by_id=by.id,
    )  # fmt: skip
    db.session.add(notice)
    db.session.flush()
    for each in holders:
        db.session.add(IntervalNoticeTo(notice_id=notice.id, account_id=each.id))
    title = edition.public_revision.title if edition.public_revision else ""
    record(by, "told holders", edition, label=title, count=len(holders))
    announce("interval.told", notice=notice.id)
    return notice

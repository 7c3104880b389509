"""Letters that a carrier keeps ready, for as long as they say what readers may see."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from flask import current_app
from sqlalchemy import bindparam, func, select

from app import clock
from app.database import UtcDateTime, db
from app.editorial.models import Edition
from app.editorial.queries import public, standing
from app.mail.relay import Fate
from app.mail.signing import Signer
from app.mailings import letters
from app.mailings.letters import Letter
from app.newsletter import headers
from app.newsletter.models import Issue, IssueEdition, IssueItem, IssueKind
from app.prepared import Prepared

MOST = 256  # letters: a summary has one for each choice of items
_OF_ONE_TEXT = (IssueKind.ALERT, IssueKind.CORRECTION)
_DRAWN = Prepared(
    select(func.max(IssueEdition.rendered_at, type_=UtcDateTime).label("at")).where(
        IssueEdition.issue_id == bindparam("issue")
    )
)


class Ready:
    """Letters by issue, language and choice of items, to be signed by ``signer`` (None: by nobody)."""

    def __init__(self, signer: Signer | None) -> None:
        self._signer = signer
        self._letters: OrderedDict[tuple[int, str, int | None], Letter] = OrderedDict()
        self._version = -1
        self._drawn: dict[int, object] = {}

    def look(self, issue_ids: Iterable[int]) -> None:
        """Forget what may not be said any more: a text was withdrawn or changed, or an issue drawn anew."""
        version, _moment = standing(clock.now())
        drawn = {issue_id: _DRAWN.rows(issue=issue_id)[0][0] for issue_id in issue_ids}
        if version != self._version or any(self._drawn.get(key, at) != at for key, at in drawn.items()):
            self._letters.clear()
            self._drawn.clear()
        self._version = version
        self._drawn.update(drawn)

    def letter(self, issue_id: int, language: str, items: int | None) -> Letter | Fate:
        """Return a letter, or what becomes of a mail for which there is none: see letter_of()."""
        key = issue_id, language, items
        if key in self._letters:
            return self._letters[key]
        made = letter_of(issue_id, language, items, signer=self._signer)
        if isinstance(made, Letter):
            self._letters[key] = made
            if len(self._letters) > MOST:
                self._letters.popitem(last=False)
        return made

    def known(self, issue_id: int, language: str, items: int | None) -> Letter | None:
        """Return a letter as it was when last looked at, if it was made by then."""
        return self._letters.get((issue_id, language, items))


def letter_of(issue_id: int, language: str, items: int | None, *, signer: Signer | None) -> Letter | Fate:
    """Return an edition ready to be filled in, with the items of the mask ``items`` alone (None: all).

    Fate.GONE for what is not to be sent any more: its edition ended, or its only text is not public. Fate.LATER for
    what has to be drawn first, because it was not yet, or tells of a text that is not public any more besides others.
    """
    edition = db.session.execute(
        select(IssueEdition.subject, IssueEdition.html, IssueEdition.text, Issue.kind)
        .join(Issue, Issue.id == IssueEdition.issue_id)
        .where(IssueEdition.issue_id == issue_id, IssueEdition.language == language)
    ).one_or_none()
    if edition is None:
        return Fate.GONE
    if edition.html is None or edition.text is None:
        return Fate.LATER
    if not _may_be_read(issue_id, language, items):
        return Fate.GONE if edition.kind in _OF_ONE_TEXT else Fate.LATER
    config = current_app.config
    words = letters.only(letters.Words(language, edition.subject, edition.html, edition.text), items)
    unsubscribe = f"{config['PUBLIC_URL']}/{language}/newsletter/unsubscribe/{letters.UNSUBSCRIBE_MARK}"
    return Letter(
        words,
        sender=(config["ORGANISATION"][language], config["MAIL_SENDER"]),
        list_headers=headers.list_headers(unsubscribe, language=language),
        signer=signer,
    )


def _may_be_read(issue_id: int, language: str, items: int | None) -> bool:
    """Say whether all that an edition shows of ``items`` is public, in the language in which it shows it."""
    rows = db.session.execute(
        select(IssueItem.position, IssueItem.item_id, IssueItem.languages).where(
            IssueItem.issue_id == issue_id
        )
    ).all()
    told = {
        (row.item_id, row.languages[language])
        for row in rows
        if language in (row.languages or {}) and (items is None or items >> row.position & 1)
    }
    there = public(Edition.item_id, Edition.language).where(
        Edition.item_id.in_([item for item, _code in told])
    )
    return told <= {(row.item_id, row.language) for row in db.session.execute(there)}

"""Alerts, corrections, and what a withdrawal takes back.

The jobs that call these may come late, twice, or together: each act waits for the row of the text, and then looks at
what there is. So there is one alert for a text, whoever announced it and how often.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, literal_column, select, update

from app import clock
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial.models import Edition, Item
from app.issues import queries, rules, sheets
from app.issues.service.drawing import draw, let_go
from app.languages import LANGUAGES, speaking
from app.mailings import service as mailings
from app.mailings.queries import OPEN
from app.mailings.rules import MOST_REPEATS, MOST_TRIES, WITHDRAWN
from app.newsletter.models import (
    Delivery,
    DeliveryState,
    Issue,
    IssueEdition,
    IssueItem,
    IssueKind,
    IssueState,
)

_SUBJECTS: dict[IssueKind, Callable[[Row[Any]], str]] = {
    IssueKind.ALERT: sheets.alert_subject,
    IssueKind.CORRECTION: lambda row: sheets.correction_subject(row.title),
}
_WAITING = (DeliveryState.QUEUED, DeliveryState.DEFERRED, DeliveryState.LEASED)


@act
def alert(edition_id: int) -> Issue | None:
    """Tell those who asked for it of a release that became public, in each language in which it is; once for each.

    Returns the issue, None when there is nothing to tell: the text is no release, or is not public (any more).
    """
    edition = queries.edition(edition_id)
    if edition is None or edition.type != "release":
        return None
    item = db.session.scalar(select(Item).where(Item.id == edition.item_id).with_for_update())
    assert item is not None
    there = queries.shown([item.id]).get(item.id, {})
    if not there:
        return None
    issue = queries.by_key(f"alert:item:{item.id}")
    known = queries.editions(issue.id) if issue else {}
    at = clock.now()
    news = [code for code in LANGUAGES if code in there and rules.is_news(there[code].public_from, at)]
    new = [code for code in news if code not in known]
    if issue is None and not new:
        return None
    if issue is None:
        issue = _new(IssueKind.ALERT, f"alert:item:{item.id}", [item.id])
    restored = _restored(issue, news)
    if not new and not restored:
        return issue
    for code in new:
        with speaking(code):
            db.session.add(
                IssueEdition(
                    issue_id=issue.id, language=code, subject=sheets.alert_subject(there[code])[:300]
                )
            )
    if issue.state == IssueState.DRAFT:
        return let_go(issue)
    draw(issue)
    _go_on(issue, restored)
    return issue


def _new(kind: IssueKind, key: str, item_ids: list[int], corrects: Issue | None = None) -> Issue:
    issue = Issue(
        kind=kind, state=IssueState.DRAFT, key=key, audience={}, created_at=clock.now(),
        corrects_id=corrects.id if corrects else None,
    )  # fmt: skip
    db.session.add(issue)
    db.session.flush()
    for position, item_id in enumerate(item_ids):
        db.session.add(IssueItem(issue_id=issue.id, item_id=item_id, position=position, words={}))
    db.session.flush()
    return issue


def _is_taken_back(issue: Issue) -> bool:
    return issue.state == IssueState.STOPPED and issue.pause_reason == WITHDRAWN


def _restored(issue: Issue, languages: list[str]) -> list[str]:
    """Return those of ``languages`` in which mails were stopped because their text was withdrawn, and it is back."""
    if issue.state == IssueState.STOPPED and not _is_taken_back(issue):
        return []  # an officer stopped it
    found = select(Delivery.language).where(_stopped(issue), Delivery.language.in_(languages)).distinct()
    return list(db.session.scalars(found))


def _stopped(issue: Issue) -> ColumnElement[bool]:
    """Return the condition of mails that were stopped before they were given up."""
    return and_(
        Delivery.issue_id == issue.id,
        Delivery.state == DeliveryState.STOPPED,
        Delivery.attempts < MOST_TRIES,
        Delivery.repeats <= MOST_REPEATS,
    )


def _go_on(issue: Issue, restored: list[str]) -> None:
    """Let an alert reach whom it has not reached yet: there is another edition, or those ``restored`` are back."""
    if restored:
        db.session.execute(
            update(Delivery)
            .where(_stopped(issue), Delivery.language.in_(restored))
            .values(state=DeliveryState.QUEUED, next_try_at=clock.now(), ended_at=None),
            execution_options={"synchronize_session": False},
        )
    if issue.state == IssueState.PAUSED:
        issue.planned_until_id = 0  # whoever lets it go on has it planned anew
        return
    if _is_taken_back(issue):
        issue.state, issue.pause_reason = IssueState.SENT, ""
        db.session.flush()
    if issue.state != IssueState.STOPPED:  # by an officer: then it stays so
        mailings.again(issue)


@act
def correct(edition_id: int) -> Issue | None:
    """Tell those who got the alert of a release what was wrong in it, in the language that was corrected; once.

    Whatever was changed, issues that are under way are drawn anew: who has not got them yet reads it as it is now.
    Returns the issue, None when there is nothing to tell, or nobody whom.
    """
    edition = queries.edition(edition_id)
    if edition is None:
        return None
    db.session.execute(select(Item.id).where(Item.id == edition.item_id).with_for_update())
    row = queries.shown([edition.item_id]).get(edition.item_id, {}).get(edition.language)
    if row is None:
        return None
    _draw_anew(edition, row)
    publication, first = queries.correction_of(edition_id), queries.by_key(f"alert:item:{edition.item_id}")
    if publication is None or not rules.is_news(publication.at, clock.now()):
        return None
    if first is None or first.started_at is None or not queries.has_arrived(first.id):
        return None
    key = f"correction:{publication.id}"
    if (known := queries.by_key(key)) is not None:
        return known
    issue = _new(IssueKind.CORRECTION, key, [edition.item_id], corrects=first)
    with speaking(edition.language):
        subject = sheets.correction_subject(row.title)[:300]
    db.session.add(
        IssueEdition(issue_id=issue.id, language=edition.language, subject=subject, intro=publication.note)
    )
    return let_go(issue)


def _draw_anew(edition: Edition, row: Row[Any]) -> None:
    """Let what is under way say what readers see by now in ``row``; an alert bears its title, too."""
    for issue in queries.under_way_with(edition.item_id):
        db.session.refresh(issue, with_for_update=True)
        own = queries.editions(issue.id).get(edition.language)
        if own is not None and issue.kind in _SUBJECTS:
            with speaking(edition.language):
                own.subject = _SUBJECTS[IssueKind(issue.kind)](row)[:300]
        draw(issue)


@act
def take_back(edition_id: int) -> list[Issue]:
    """Send a text that was withdrawn to nobody any more: issues on their way are drawn anew without it, or stopped.

    Returns those issues. A text that is public again by now changes nothing.
    """
    edition = queries.edition(edition_id)
    if edition is None:
        return []
    db.session.execute(select(Item.id).where(Item.id == edition.item_id).with_for_update())
    there = queries.shown([edition.item_id]).get(edition.item_id, {})
    if edition.language in there:
        return []
    found = []
    for issue in queries.under_way_with(edition.item_id):
        db.session.refresh(issue, with_for_update=True)
        if issue.kind in (IssueKind.ALERT, IssueKind.CORRECTION):
            _take_back_alone(issue, edition)
        else:
            _take_back_among_others(issue)
        record(
            None,
            "took back a text",
            issue,
            label=edition.public_revision.title if edition.public_revision else "",
        )
        found.append(issue)
    return found


def _take_back_alone(issue: Issue, edition: Edition) -> None:
    """End the edition in this language; with the last of them the issue."""
    editions = queries.editions(issue.id)
    _end(issue, Delivery.language == edition.language)
    if edition.language in editions:
        db.session.delete(editions.pop(edition.language))
        db.session.flush()
    if editions:
        draw(issue)
        return
    mailings.stop(issue, by=None)
    issue.pause_reason = WITHDRAWN


def _take_back_among_others(issue: Issue) -> None:
    """Draw the issue without the text; whoever would get nothing else gets no mail."""
    drawn = draw(issue)
    for code, sheet in drawn.items():
        left = sum(1 << piece.position for piece in sheet.pieces)
        nothing = (Delivery.language == code) & Delivery.items.is_not(None)
        _end(issue, nothing & (Delivery.items.op("&")(left) == 0))
        if not left and not sheet.intro:
            _end(issue, Delivery.language == code)


def _end(issue: Issue, whose: object) -> None:
    db.session.execute(
        update(Delivery)
        .where(Delivery.issue_id == issue.id, literal_column(OPEN), Delivery.state.in_(_WAITING), whose)  # type: ignore[arg-type]
        .values(state=DeliveryState.STOPPED, ended_at=clock.now(), lease_until=None),
        execution_options={"synchronize_session": False},
    )

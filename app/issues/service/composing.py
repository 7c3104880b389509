"""Issues made by hand: begun, written, filled, put in order, thrown away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete as delete_rows

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.issues import queries, rules, sheets
from app.issues.models import IssueTest
from app.languages import LANGUAGES, speaking
from app.newsletter.models import Issue, IssueEdition, IssueItem, IssueKind, IssueState, Kind
from app.newsletter.models.issues import MOST_ITEMS
from app.text.markup import one_line, several_lines
from app.text.typography import put_right


@dataclass(frozen=True)
class Words:
    """What an officer writes in one language: an edition exists where there is any of it."""

    subject: str = ""
    preheader: str = ""
    intro: str = ""


@dataclass(frozen=True)
class Draft:
    """An issue as it was typed: for whom, its words by language, and those beside each text by item and language."""

    audience: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    words: Mapping[str, Words] = field(default_factory=dict)
    beside: Mapping[int, Mapping[str, str]] = field(default_factory=dict)


@act
def start(*, by: Account) -> Issue:
    """Begin an issue."""
    issue = Issue(
        kind=IssueKind.HANDMADE,
        state=IssueState.DRAFT,
        audience={},
        created_at=clock.now(),
        created_by_id=by.id,
    )
    db.session.add(issue)
    db.session.flush()
    record(by, "started", issue)
    return issue


@act
def correct_by_hand(wrong: Issue, *, by: Account) -> Issue:
    """Begin a correction of an issue that was sent: it will go to those who got that, and follow it in their programs.

    Raises NothingToCorrect when nobody has it.
    """
    if wrong.started_at is None or not queries.has_arrived(wrong.id):
        raise rules.NothingToCorrect
    issue = Issue(
        kind=IssueKind.CORRECTION, state=IssueState.DRAFT, audience={}, corrects_id=wrong.id, created_at=clock.now(),
        created_by_id=by.id,
    )  # fmt: skip
    db.session.add(issue)
    db.session.flush()
    for code, edition in queries.editions(wrong.id).items():
        with speaking(code):
            subject = sheets.correction_subject(edition.subject)[:300]
        db.session.add(IssueEdition(issue_id=issue.id, language=code, subject=subject))
    db.session.flush()
    record(by, "started", issue)
    return issue


def _mine(issue: Issue, base: int | None) -> Issue:
    found = queries.held(issue.id)
    if found is None:
        raise rules.Changed
    rules.check_writing(found, base=base)
    return found


@act
def save(issue: Issue, draft: Draft, *, base: int, by: Account) -> Issue:
    """Keep what was typed, in the typography of each language.

    Raises Changed when the issue is at another version than ``base``, Taken when it is no draft any more.
    """
    issue = _mine(issue, base)
    issue.audience = _audience(draft.audience)
    known = queries.editions(issue.id)
    for code in LANGUAGES:
        typed = draft.words.get(code, Words())
        words = Words(
            _line(typed.subject, code, 300), _line(typed.preheader, code, 300), _lines(typed.intro, code)
        )
        if words == Words():
            if code in known:
                db.session.delete(known[code])
            continue
        edition = known.get(code) or IssueEdition(issue_id=issue.id, language=code)
        edition.subject, edition.preheader, edition.intro = words.subject, words.preheader, words.intro
        db.session.add(edition)
    for item in queries.items(issue.id):
        said = draft.beside.get(item.item_id, {})
        kept = {code: _line(said.get(code, ""), code, rules.LONGEST_WORDS) for code in LANGUAGES}
        item.words = {code: text for code, text in kept.items() if text}
    issue.version += 1
    db.session.flush()
    return issue


def _line(typed: str, language: str, longest: int) -> str:
    return put_right(one_line(typed), language)[:longest].strip()


def _lines(typed: str, language: str) -> str:
    return put_right(several_lines(typed), language)[: rules.LONGEST_INTRO].strip()


def _audience(typed: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """Return whom it is for as it is kept: what is not known is left out."""
    return {
        "kinds": [str(kind) for kind in Kind if kind in set(typed.get("kinds", ()))],
        "languages": [code for code in LANGUAGES if code in set(typed.get("languages", ()))],
        "topics": sorted({number for number in typed.get("topics", ()) if isinstance(number, int)}),
    }


@act
def add(issue: Issue, item_id: int, *, by: Account) -> Issue:
    """Put a text at the end of an issue; one that is in it already stays where it is.

    Raises TooMany beyond 62, NoSuchText for one that is not there, or was never approved.
    """
    issue = _mine(issue, None)
    there = queries.items(issue.id)
    if any(each.item_id == item_id for each in there):
        return issue
    if len(there) >= MOST_ITEMS:
        raise rules.TooMany
    if not queries.is_item(item_id):
        raise rules.NoSuchText
    db.session.add(IssueItem(issue_id=issue.id, item_id=item_id, position=len(there), words={}))
    issue.version += 1
    db.session.flush()
    return issue


@act
def remove(issue: Issue, item_id: int, *, by: Account) -> Issue:
    """Take a text out of an issue."""
    issue = _mine(issue, None)
    for each in queries.items(issue.id):
        if each.item_id == item_id:
            db.session.delete(each)
            issue.version += 1
    db.session.flush()
    _number(queries.items(issue.id))
    return issue


@act
def arrange(issue: Issue, item_id: int, *, step: int, by: Account) -> Issue:
    """Move a text up (``step`` -1) or down (1) by one place; at the end it stays."""
    issue = _mine(issue, None)
    rows = list(queries.items(issue.id))
    place = next((number for number, each in enumerate(rows) if each.item_id == item_id), None)
    if place is None or not 0 <= place + step < len(rows):
        return issue
    rows[place], rows[place + step] = rows[place + step], rows[place]
    _number(rows)
    issue.version += 1
    return issue


def _number(rows: Sequence[IssueItem]) -> None:
    for position, each in enumerate(rows):
        each.position = position
    db.session.flush()


@act
def delete(issue: Issue, *, by: Account) -> None:
    """Throw a draft away. Raises Taken when it is none."""
    issue = _mine(issue, None)
    record(
        by, "deleted", issue, label=next(iter(queries.subjects([issue.id]).get(issue.id, {}).values()), "")
    )
    for table in (IssueEdition, IssueItem, IssueTest):
        db.session.execute(delete_rows(table).where(table.issue_id == issue.id))
    db.session.execute(delete_rows(Issue).where(Issue.id == issue.id))

"""Asking somebody to do something with a text."""

from __future__ import annotations

from datetime import datetime

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial import queries as texts
from app.editorial import rules as editorial
from app.editorial.models import Item
from app.editorial.queries import afterwards
from app.languages import LANGUAGES
from app.teamwork import queries, rules
from app.teamwork.models import Assignment
from app.text import markup


@act
def assign(
    item: Item,
    language: str,
    *,
    task: str,
    to: Account,
    by: Account,
    until: datetime | None = None,
    note: str = "",
) -> Assignment:
    """Ask ``to`` to do ``task`` (rules.TASKS) with ``item`` in ``language``, begun or not, until a moment or whenever.

    Who is asked again for the same is asked once, with the new moment and note. Raises NotAllowed (only
    what one does oneself may be taken on without the right), NotTheirs when ``to`` may not do it, Over for
    a moment that has passed, TaskOver for what has been done already.
    """
    if language not in LANGUAGES:
        raise editorial.WrongState
    note = markup.several_lines(note)
    at = clock.now()
    rules.check_assignment(task=task, to=to, by=by, until=until, note=note, at=at)
    if (edition := texts.edition_of(item.id, language)) is not None:
        is_urgent = afterwards.open_urgency(edition.id) is not None
        rules.check_task(task, edition, is_urgent=is_urgent)
    made = queries.same_assignment(item.id, language, task=task, to_id=to.id)
    if made is None:
        made = Assignment(item_id=item.id, language=language, task=task, to_id=to.id)
        db.session.add(made)
    elif (made.by_id, made.until, made.note) == (by.id, until, note):
        return made
    made.by_id, made.at, made.until, made.note = by.id, at, until, note
    _record(made, "assigned", by=by, until=until.isoformat() if until else None, note=note)
    return made


@act
def finish(assignment: Assignment, *, by: Account) -> None:
    """Say that what was asked for is done."""
    _close(assignment, "finished", by=by, is_done=True)


@act
def unassign(assignment: Assignment, *, by: Account) -> None:
    """Say that it is no longer asked for."""
    _close(assignment, "unassigned", by=by, is_done=False)


def _close(assignment: Assignment, verb: str, *, by: Account, is_done: bool) -> None:
    if not rules.may_close(by, to_id=assignment.to_id, by_id=assignment.by_id):
        raise editorial.NotAllowed
    if assignment.closed_at is not None:
        return
    assignment.closed_at, assignment.closed_by_id, assignment.is_done = clock.now(), by.id, is_done
    _record(assignment, verb, by=by)


def _record(made: Assignment, verb: str, *, by: Account, **details: str | None) -> None:
    """Write it down at the text, or at the item as long as there is no text in that language."""
    db.session.flush()
    edition = texts.edition_of(made.item_id, made.language)
    thing = edition or db.session.get_one(Item, made.item_id)
    told = {"task": made.task, "to": made.to.name, "language": made.language}
    label = queries.title_of(made.item_id, made.language)
    record(by, verb, thing, label=label, **told, **{name: value for name, value in details.items() if value})

"""What can be done to a topic page besides what can be done to every text: its subject, and its questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.editorial import queries as texts
from app.editorial import rules as editorial
from app.editorial import service
from app.editorial.models import Edition, Item, Revision
from app.editorial.service import Shared, Text
from app.editorial.service.snapshots import SAME
from app.editorial.service.turns import hold, wait_our_turn
from app.topics import queries, rules
from app.topics.models import TopicPage
from app.topics.rules import Asked


@act
def start(
    item: Item | None,
    language: str,
    text: Text,
    shared: Shared,
    *,
    subject_id: int | None = None,
    names: Mapping[str, str] | None = None,
    by: Account,
    once: str = "",
) -> Edition:
    """Begin a topic page, or a language of one.

    It becomes the page of the subject ``subject_id``, or of a new one that is called ``names``; of none yet
    when both are None. A page that has a subject keeps it, whatever is named. Raises SubjectTaken when that
    subject has a page, NotAllowed when ``by`` may not make subjects.
    """
    if (item is None or item.id is None) and once and (begun := service.begun_by(once, by=by)) is not None:
        return begun
    item = item or TopicPage()
    if item.id is not None:
        wait_our_turn()
        db.session.refresh(item)
    _take(item, subject_id, names, by=by)
    return service.start(item, language, text, shared, by=by, once=once)


@act
def save(
    edition: Edition,
    text: Text,
    shared: Shared,
    *,
    base: int,
    subject_id: int | None = None,
    names: Mapping[str, str] | None = None,
    by: Account,
) -> Revision | None:
    """Keep what was typed, but for the questions, which are kept one by one. Returns and raises as editorial's save.

    Questions that were saved since ``base`` are no conflict: this form does not hold them.
    """
    editorial.check_may(by, "write")
    hold(edition)
    taken = _take(edition.item, subject_id, names, by=by)
    current = edition.current
    if current is not None:
        text = replace(text, fields=text.fields | {"faq": current.fields.get("faq", [])})
        if current.number != base and _differs_in_questions_alone(edition, base):
            base = current.number
    return service.save(edition, text, shared, base=base, by=by) or (current if taken else None)


def _take(item: Item, subject_id: int | None, names: Mapping[str, str] | None, *, by: Account) -> bool:
    """Make ``item`` the page of a subject, unless it has one already; return whether it took one."""
    if item.subject_id is not None or (subject_id is None and names is None):
        return False
    wait_our_turn()
    if names is not None:
        subject_id = service.add_subject(names, by=by).id
    elif queries.subject(subject_id or 0) is None or queries.has_page(subject_id or 0):
        raise rules.SubjectTaken
    item.subject_id = subject_id
    return True


def _differs_in_questions_alone(edition: Edition, base: int) -> bool:
    then, now = texts.revision(edition.id, base), edition.current
    if then is None or now is None:
        return False
    same = all(getattr(then, name) == getattr(now, name) for name in SAME if name != "fields")
    return same and then.fields | {"faq": None} == now.fields | {"faq": None}


@act
def keep_entry(
    edition: Edition, entry_id: str | None, asked: Asked, *, base: int, by: Account
) -> tuple[str, Revision | None]:
    """Keep a question and its answer: a new one at the end, or the one that ``entry_id`` names.

    Returns its id and the revision that holds it, or None when nothing differs. Raises EntryChanged when
    somebody saved this very question since revision ``base``, EntryGone when it was deleted.
    """
    entries, now = _entries(edition, by=by)
    entry = rules.made(asked, edition.language)
    if entry_id is None:
        if entries and entries[-1] == {"id": entries[-1]["id"]} | entry:
            return entries[-1]["id"], None  # sent twice
        if len(entries) >= rules.MOST_ENTRIES:
            raise rules.TooMany
        entry_id = rules.fresh_id(entry["question"], {each["id"] for each in entries})
        entries.append({"id": entry_id} | entry)
    else:
        place = rules.place_of(entries, entry_id)
        if place is None:
            raise rules.EntryGone
        if now.number != base and entries[place] != _then(edition, base, entry_id):
            raise rules.EntryChanged(now, entries[place])
        entries[place] = {"id": entry_id} | entry
    return entry_id, _keep(edition, entries, by=by)


@act
def drop_entry(edition: Edition, entry_id: str, *, base: int, by: Account) -> None:
    """Take a question out. Raises EntryChanged when somebody saved it since revision ``base``."""
    entries, now = _entries(edition, by=by)
    place = rules.place_of(entries, entry_id)
    if place is None:
        return
    if now.number != base and entries[place] != _then(edition, base, entry_id):
        raise rules.EntryChanged(now, entries[place])
    del entries[place]
    _keep(edition, entries, by=by)


@act
def order_entries(edition: Edition, wanted: Mapping[str, int], *, base: int, by: Account) -> Revision | None:
    """Put questions at the places (from 1 on) ``wanted`` for them; the others keep their order.

    Raises Reordered when the list is not the one of revision ``base`` any more.
    """
    entries, now = _entries(edition, by=by)
    order = [each["id"] for each in entries]
    if now.number != base:
        then = texts.revision(edition.id, base)
        if then is None or [each["id"] for each in then.fields.get("faq", [])] != order:
            raise rules.Reordered
    by_id = {each["id"]: each for each in entries}
    known = {each: place for each, place in wanted.items() if each in by_id}
    return _keep(edition, [by_id[each] for each in rules.reordered(order, known)], by=by)


def _entries(edition: Edition, *, by: Account) -> tuple[list[dict[str, Any]], Revision]:
    editorial.check_may(by, "write")
    hold(edition)
    if edition.current is None:
        raise editorial.WrongState
    return list(edition.current.fields.get("faq", [])), edition.current


def _then(edition: Edition, base: int, entry_id: str) -> dict[str, Any] | None:
    revision = texts.revision(edition.id, base)
    entries = revision.fields.get("faq", []) if revision else []
    place = rules.place_of(entries, entry_id)
    return None if place is None else entries[place]


def _keep(edition: Edition, entries: list[dict[str, Any]], *, by: Account) -> Revision | None:
    current = edition.current
    if current is None:
        raise editorial.WrongState
    return service.save_fields(edition, current.fields | {"faq": entries}, base=current.number, by=by)

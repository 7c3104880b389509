"""Beginning a text, and saving it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial import finding, queries, rules
from app.editorial.models import WAITING, Edition, Item, Revision, State
from app.editorial.rules import moments
from app.editorial.rules.filing import check_filing
from app.editorial.service.filing import forget_filing
from app.editorial.service.snapshots import (
    Shared,
    Text,
    is_same,
    shared_of,
    snapshot,
    with_facts,
    with_fields,
)
from app.editorial.service.telling import touch
from app.editorial.service.tidying import tidied
from app.editorial.service.turns import decide, hold, wait_our_turn
from app.jobs.ledger import announce
from app.refusals import Refusal

_IS_BY_ITSELF: ContextVar[bool] = ContextVar("is_by_itself", default=False)


@contextmanager
def by_itself() -> Iterator[None]:
    """Within this, what is saved is what a page's script keeps while somebody types: the log tells it apart."""
    token = _IS_BY_ITSELF.set(True)
    try:
        yield
    finally:
        _IS_BY_ITSELF.reset(token)


@act
def start(
    item: Item,
    language: str,
    text: Text,
    shared: Shared,
    *,
    by: Account,
    once: str = "",
    wanted_at: datetime | None = None,
) -> Edition:
    """Keep ``item`` (a new row, or one that lacks this language) with a first revision in ``language``.

    ``wanted_at`` is the moment (aware) for which it is meant: whoever publishes it finds that filled in.
    ``once`` names the form in which a new item was typed: sent twice, it begins one, and gets that again.
    Raises NotAllowed, and WrongState when the item already has an edition in that language.
    """
    rules.check_may(by, "begin" if item.id is None else "write")
    at = clock.now()
    if item.id is None:
        if once and (begun := begun_by(once, by=by)) is not None:
            return begun
        item.once = _digest(once, by) if once else None
        item.created_at, item.created_by_id = at, by.id
        db.session.add(item)
        db.session.flush()
    else:
        wait_our_turn()
        if queries.edition_of(item.id, language):
            raise rules.WrongState
    edition = Edition(item_id=item.id, type=item.type, language=language, state=State.DRAFT, changed_at=at)
    edition.wanted_at = wanted_at
    db.session.add(edition)
    db.session.flush()
    text, shared = tidied(edition, text, shared)
    keep_revision(edition, snapshot(edition, text, shared), by=by)
    share(edition, shared, by=by)
    for other in queries.editions_of(edition.item_id):
        finding.note(other)  # this language is no longer missing
    record(by, "started", edition, label=edition.current.title, language=language)
    return edition


@act
def begun_by(once: str, *, by: Account) -> Edition | None:
    """Return what ``by`` began with the form ``once`` before, or None; nobody begins anything meanwhile."""
    wait_our_turn()
    return queries.begun(_digest(once, by))


def _digest(once: str, by: Account) -> str:
    return hashlib.sha256(f"{by.id} {once}".encode()).hexdigest()


@act
def save(edition: Edition, text: Text, shared: Shared, *, base: int, by: Account) -> Revision | None:
    """Keep ``text`` as the next revision of ``edition``; return it, or None when nothing differs.

    ``base`` is the number of the revision that ``by`` started from. Any change voids what was
    decided before: the edition is a draft again, and a moment set for it no longer stands.

    Raises Stale when somebody saved other words since ``base`` (the same words, as of a form that
    is sent twice, differ from nothing), Refusal for a title or a body that no page can hold.
    """
    rules.check_may(by, "write")
    hold(edition)
    current = edition.current
    text, shared = tidied(edition, text, shared)
    made = snapshot(edition, text, shared)
    if current is not None and is_same(current, made):
        return None
    if current is not None and current.number != base:
        raise rules.Stale(current)
    share(edition, shared, by=by)
    revision = keep_revision(edition, made, by=by)
    _record_saved(edition, revision, by=by)
    return revision


@act
def claim(edition: Edition, *, by: Account) -> Revision | None:
    """Call the working text, which saved itself, a version that somebody saved; return it, or None if it is one."""
    rules.check_may(by, "write")
    hold(edition)
    if edition.current is None or not edition.current.is_autosave:
        return None
    edition.current.is_autosave = False
    record(by, "saved", edition, label=edition.current.title, revision=edition.current.number)
    return edition.current


@act
def save_fields(edition: Edition, fields: dict[str, Any], *, base: int, by: Account) -> Revision | None:
    """Keep ``fields`` in the next revision of ``edition``, and all else as it is; None when nothing differs.

    For types of text whose words are too many for one form. Raises Stale as save() does.
    """
    rules.check_may(by, "write")
    hold(edition)
    if edition.current is None:
        raise rules.WrongState
    if edition.current.number != base:
        raise rules.Stale(edition.current)
    made = with_fields(edition.current, fields)
    if is_same(edition.current, made):
        return None
    revision = keep_revision(edition, made, by=by)
    _record_saved(edition, revision, by=by)
    return revision


@act
def add_topic(edition: Edition, topic: str, *, by: Account) -> Revision:
    """File the working text under the topic with this key, too, in every language of its item: new versions, as ever.

    For acts about many texts at once. Raises Filed, Waits or Ended where that has to be done on the text's own
    page, and Refusal for a topic that there is not.
    """
    rules.check_may(by, "write")
    hold(edition)
    if edition.current is None:
        raise rules.WrongState
    if topic not in {each.key for each in queries.topics()}:
        raise Refusal(_l("Choose a topic."), field="topic")
    check_filing(edition, queries.editions_of(edition.item_id), topic)
    known = shared_of(edition.current)
    shared = replace(known, topics=(*known.topics, topic))
    made = with_facts(edition.current, shared)
    share(edition, shared, by=by)
    revision = keep_revision(edition, made, by=by)
    record(by, "saved", edition, label=revision.title, revision=revision.number, added=topic)
    return revision


def _record_saved(edition: Edition, revision: Revision, *, by: Account) -> None:
    revision.is_autosave = _IS_BY_ITSELF.get()
    verb = "autosaved" if revision.is_autosave else "saved"
    record(by, verb, edition, label=revision.title, revision=revision.number)


def keep_revision(edition: Edition, revision: Revision, *, by: Account) -> Revision:
    """Make ``revision`` the working text; whatever was decided about the one before is void."""
    revision.number = (edition.current.number if edition.current else 0) + 1
    revision.author_id = by.id
    revision.made_at = clock.now()
    if edition.current and revision.source_id is None:
        revision.source_id = edition.current.source_id
    db.session.add(revision)
    db.session.flush()
    unschedule(edition, by=by)
    finding.forget(edition.current_revision_id)
    edition.current_revision_id = revision.id
    edition.state = State.DRAFT
    edition.changed_at = revision.made_at
    db.session.flush()
    db.session.refresh(edition, ["current"])
    finding.note(edition)
    return revision


def share(edition: Edition, shared: Shared, *, by: Account) -> None:
    """Bring the facts that all languages share into the other editions of the item, as revisions of theirs."""
    db.session.flush()
    for other in queries.editions_of(edition.item_id):
        if other.id == edition.id or other.current is None or shared_of(other.current) == shared:
            continue
        copy = with_facts(other.current, shared)
        hold(other)
        keep_revision(other, copy, by=by)
        record(by, "shared facts changed", other, label=copy.title, revision=copy.number)


def unschedule(edition: Edition, *, by: Account) -> None:
    """Take back a moment that has not come; it is remembered, to be offered again after approval.

    Languages that were to go live with it at that moment are held: they stay approved, and the desk says
    which language they wait for.
    """
    if edition.state not in WAITING:
        return
    editions = queries.editions_of(edition.item_id)
    waiting = moments.with_same_moment(edition, editions, edition.public_from)
    fellows = [each for each in waiting if each.id != edition.id]
    _forget_moment(edition)
    for fellow in fellows:
        _forget_moment(fellow)
        decide(fellow, State.APPROVED, "held", by=by, waits_for=edition.language)
        announce("edition.held", edition=fellow.id)
    touch()


def _forget_moment(edition: Edition) -> None:
    edition.wanted_at = edition.public_from
    edition.public_from = edition.public_revision_id = edition.starts_at = edition.ends_at = None
    if edition.first_public_at is None:
        edition.path = None  # nobody knew it: another text may have it
    forget_filing(edition)

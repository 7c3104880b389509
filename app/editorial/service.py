"""What can be done to a text, one act for each decision."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date as Day
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import column, delete, insert, select, table, update

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial import queries, rules
from app.editorial.models import (
    WAITING,
    Contact,
    Decision,
    Edition,
    Filing,
    Item,
    OldAddress,
    PublicPicture,
    ReferenceCounter,
    Revision,
    Standing,
    State,
    Topic,
)
from app.jobs.ledger import announce
from app.text import markup, slugs, typography

# The library stands above us: two columns of its table, to tell which pictures stand in a body.
_PICTURE = table("picture", column("id"), column("key"))


@dataclass(frozen=True)
class Shared:
    """The facts that an item's editions have in common. ``pictures`` are ids, in order."""

    kind: str = ""
    date: Day | None = None
    topics: tuple[str, ...] = ()
    contact_id: int | None = None
    pictures: tuple[int, ...] = ()


@dataclass(frozen=True)
class Text:
    """One edition's words as they were typed. ``picture_words`` maps a picture's id to its alt and caption."""

    title: str = ""
    slug: str = ""
    lead: str = ""
    body: str = ""
    place: str = ""
    picture_words: dict[int, dict[str, Any]] = field(default_factory=dict)
    fields: dict[str, Any] = field(default_factory=dict)


@act
def start(item: Item, language: str, text: Text, shared: Shared, *, by: Account) -> Edition:
    """Keep ``item`` (a new row, or one that lacks this language) with a first revision in ``language``.

    Raises WrongState when the item already has an edition in that language.
    """
    rules.check_may(by, "write")
    at = clock.now()
    if item.id is None:
        item.created_at, item.created_by_id = at, by.id
        db.session.add(item)
        db.session.flush()
    else:
        _wait_our_turn()
        if queries.edition_of(item.id, language):
            raise rules.WrongState
    edition = Edition(item_id=item.id, type=item.type, language=language, state=State.DRAFT, changed_at=at)
    db.session.add(edition)
    db.session.flush()
    _keep_revision(edition, _snapshot(edition, text, shared), by=by)
    _share(edition, shared, by=by)
    record(by, "started", edition, label=edition.current.title, language=language)
    return edition


@act
def save(edition: Edition, text: Text, shared: Shared, *, base: int, by: Account) -> Revision | None:
    """Keep ``text`` as the next revision of ``edition``; return it, or None when nothing differs.

    ``base`` is the number of the revision that ``by`` started from. Any change voids what was
    decided before: the edition is a draft again, and a moment set for it no longer stands.

    Raises Stale when somebody saved another revision since ``base``, Refusal for a title or a
    body that no page can hold.
    """
    rules.check_may(by, "write")
    _hold(edition)
    if edition.current is not None and edition.current.number != base:
        raise rules.Stale(edition.current)
    snapshot = _snapshot(edition, text, shared)
    _share(edition, shared, by=by)
    if edition.current is not None and _same(edition.current, snapshot):
        return None
    revision = _keep_revision(edition, snapshot, by=by)
    record(by, "saved", edition, label=revision.title, revision=revision.number)
    return revision


@act
def submit(edition: Edition, *, by: Account) -> None:
    """Send the working text for review. Raises NotReady (what is missing) or WrongState."""
    _hold(edition)
    rules.check_submit(edition, by=by)
    _decide(edition, State.IN_REVIEW, "submitted", by=by)


@act
def take_back(edition: Edition, *, by: Account) -> None:
    """Make a draft again of a text that is in review, approved or waiting for its moment."""
    _hold(edition)
    rules.check_take_back(edition, by=by)
    _unschedule(edition)
    _decide(edition, State.DRAFT, "taken back", by=by)


@act
def approve(edition: Edition, *, by: Account) -> None:
    """Approve the text in review. Raises WrongState, NotAllowed, or OwnWork if ``by`` wrote part of it."""
    _hold(edition)
    rules.check_approval(edition, by=by, writers=queries.writers_since_approval(edition))
    edition.approved_revision_id = edition.current_revision_id
    _decide(edition, State.APPROVED, "approved", by=by)


@act
def send_back(edition: Edition, *, comment: str, by: Account) -> None:
    """Return the text in review to its writers, with what should change."""
    _hold(edition)
    comment = markup.several_lines(comment)
    rules.check_return(edition, by=by, comment=comment)
    _decide(edition, State.DRAFT, "returned", by=by, comment=comment)


@act
def publish(
    edition: Edition, *, by: Account, wanted_at: datetime | None = None, is_embargo: bool = False
) -> Edition:
    """Publish the approved text now, or let it be public at ``wanted_at`` (aware).

    The page is public at that moment because reading compares the clock; settle() then does
    what publication brings with it. ``is_embargo`` says which word the desk uses meanwhile.

    Raises WrongState unless the present text is the approved one, InThePast for a moment that
    is over, Refusal for a later moment when readers already see a version.
    """
    _hold(edition)
    at = clock.now()
    now_words = f"{at.astimezone(current_app.config['ZONE']):%H:%M}"
    rules.check_publish(edition, by=by, wanted_at=wanted_at, at=at, now_words=now_words)
    was_public = edition.public_from is not None and edition.public_from <= at
    edition.public_revision_id = edition.approved_revision_id
    db.session.flush()
    db.session.refresh(edition, ["public_revision"])
    if was_public:
        edition.updated_at = at
    else:
        edition.public_from, edition.updated_at = wanted_at or at, None
    edition.public_kind = edition.public_revision.kind
    edition.wanted_at = None
    if wanted_at is None or edition.first_public_at is None:
        _address(edition)  # readers keep the address that they know until the moment
    _file(edition)
    if wanted_at is None:
        _decide(edition, State.PUBLISHED, "published", by=by)
        _go_public(edition, at=at, is_new=not was_public)
    else:
        state = State.EMBARGO if is_embargo else State.SCHEDULED
        _decide(edition, state, "scheduled", by=by, until=wanted_at.isoformat(), is_embargo=is_embargo)
        _touch()
    return edition


@act
def settle() -> list[Edition]:
    """Do what publication brings with it for every text whose moment has come; return these.

    The sweep calls this every few seconds, and a web process at the first page it renders after
    a moment that it knew of. Who comes second finds nothing: it happens once.
    """
    at = clock.now()
    if db.session.scalar(queries.due(at).limit(1)) is None:
        return []
    db.session.execute(select(Standing.version).with_for_update())
    due = list(
        db.session.scalars(queries.due(at).with_for_update().execution_options(populate_existing=True))
    )
    for edition in due:
        edition.state = State.PUBLISHED
        _address(edition)
        _go_public(edition, at=edition.public_from or at, is_new=True)
        record(
            None, "published", edition, label=edition.public_revision.title if edition.public_revision else ""
        )
    return due


@act
def withdraw(edition: Edition, *, reason: str, by: Account) -> None:
    """Take the public page away: its address answers with ``reason``, nothing else shows it any more."""
    _hold(edition)
    at = clock.now()
    reason = typography.put_right(markup.one_line(reason), edition.language)
    rules.check_withdrawal(edition, by=by, reason=reason, at=at)
    edition.public_from = None
    edition.withdrawn_at, edition.withdrawal_reason = at, reason
    _forget_filing(edition)
    _decide(edition, State.WITHDRAWN, "withdrawn", by=by, comment=reason)
    _touch()
    announce("edition.withdrawn", edition=edition.id)


@act
def keep_topic(topic: Topic, *, by: Account | None) -> Topic:
    """Keep a subject under which texts can be filed."""
    _touch()  # first, like _hold(): nobody may wait for us in the log while we wait for them here
    db.session.add(topic)
    db.session.flush()
    record(by, "kept", topic, label=topic.names["en"])
    return topic


@act
def keep_contact(contact: Contact, *, by: Account | None) -> Contact:
    """Keep somebody whom the press may call."""
    _touch()
    db.session.add(contact)
    db.session.flush()
    record(by, "kept", contact, label=contact.names["en"])
    return contact


# --- what the acts have in common ---


def _hold(edition: Edition) -> None:
    """Read ``edition`` afresh, and keep everybody else from deciding anything until this act ends."""
    _wait_our_turn()
    # "of": what was read beside the edition cannot be locked on PostgreSQL, where it may be missing
    db.session.refresh(edition, with_for_update={"of": Edition})


def _wait_our_turn() -> None:
    """Wait until nobody else decides anything, and keep everybody from it until this act ends.

    One desk decides one thing at a time: all decisions wait for the same row, always first, so
    none can deadlock with another, and numbers and addresses are given in one order. What is due
    is settled first: nobody may take back a moment that readers have already seen come.
    """
    db.session.execute(select(Standing.version).with_for_update())
    settle()


def _decide(
    edition: Edition, state: State, verb: str, *, by: Account, comment: str = "", **details: Any
) -> None:
    before = edition.state
    edition.state = state
    edition.changed_at = clock.now()
    db.session.add(
        Decision(
            edition_id=edition.id,
            revision_id=edition.current_revision_id,
            by_id=by.id,
            at=edition.changed_at,
            verb=verb,
            comment=comment,
        )
    )
    details |= {"comment": comment} if comment else {}
    label = edition.current.title if edition.current else ""
    record(by, verb, edition, label=label, before=str(before), after=str(state), **details)


def _snapshot(edition: Edition, text: Text, shared: Shared) -> Revision:
    """Make a revision of what was typed: cleaned, its typography put right, one form for one meaning."""
    language = edition.language
    title = typography.put_right(markup.one_line(text.title), language)
    lead = typography.put_right(markup.one_line(text.lead), language)
    rules.check_title(title)
    rules.check_lead(lead)
    body = markup.clean(text.body, language=language)
    return Revision(
        edition_id=edition.id,
        kind=shared.kind,
        title=title,
        slug=slugs.slug(text.slug or title),
        lead=lead,
        body=body,
        shown=markup.present(body),
        place=typography.put_right(markup.one_line(text.place), language)[:120],
        date=shared.date,
        topics=list(shared.topics),
        contact_id=shared.contact_id,
        pictures=[{"picture": number} | text.picture_words.get(number, {}) for number in shared.pictures],
        fields=text.fields,
    )


def _same(old: Revision, new: Revision) -> bool:
    names = (
        "kind",
        "title",
        "slug",
        "lead",
        "body",
        "place",
        "date",
        "topics",
        "contact_id",
        "pictures",
        "fields",
    )
    return all(getattr(old, name) == getattr(new, name) for name in names)


def _keep_revision(edition: Edition, revision: Revision, *, by: Account) -> Revision:
    """Make ``revision`` the working text; whatever was decided about the one before is void."""
    revision.number = (edition.current.number if edition.current else 0) + 1
    revision.author_id = by.id
    revision.made_at = clock.now()
    db.session.add(revision)
    db.session.flush()
    _unschedule(edition)
    edition.current_revision_id = revision.id
    edition.state = State.DRAFT
    edition.changed_at = revision.made_at
    db.session.flush()
    db.session.refresh(edition, ["current"])
    return revision


def _share(edition: Edition, shared: Shared, *, by: Account) -> None:
    """Bring the facts that all languages share into the other editions of the item, as revisions of theirs."""
    db.session.flush()
    for other in queries.editions_of(edition.item_id):
        if other.id == edition.id or other.current is None:
            continue
        words = {picture["picture"]: picture for picture in other.current.pictures}
        old = other.current
        told = (old.kind, old.date, tuple(old.topics), old.contact_id, tuple(words))
        if told == (shared.kind, shared.date, shared.topics, shared.contact_id, shared.pictures):
            continue
        copy = Revision(
            edition_id=other.id,
            kind=shared.kind,
            title=old.title,
            slug=old.slug,
            lead=old.lead,
            body=old.body,
            shown=old.shown,
            place=old.place,
            date=shared.date,
            topics=list(shared.topics),
            contact_id=shared.contact_id,
            pictures=[words.get(number, {"picture": number}) for number in shared.pictures],
            fields=old.fields,
        )
        _hold(other)
        _keep_revision(other, copy, by=by)
        record(by, "shared facts changed", other, label=copy.title, revision=copy.number)


def _unschedule(edition: Edition) -> None:
    """Take back a moment that has not come; it is remembered, to be offered again after approval."""
    if edition.state not in WAITING:
        return
    edition.wanted_at = edition.public_from
    edition.public_from = edition.public_revision_id = None
    if edition.first_public_at is None:
        edition.path = None  # nobody knew it: another text may have it
    _forget_filing(edition)
    _touch()


def _address(edition: Edition) -> None:
    """Give ``edition`` its public address; the one it had, if readers could know it, leads there for ever."""
    zone = current_app.config["ZONE"]
    revision = edition.public_revision
    moment = edition.first_public_at or edition.public_from
    wanted = f"{moment.astimezone(zone):%Y/%m/%d}/{revision.slug or edition.item.type}"
    if edition.path and re.fullmatch(re.escape(wanted) + r"(-\d+)?", edition.path):
        return
    path, number = wanted, 1
    while queries.is_taken(edition, path):
        number += 1
        path = f"{wanted}-{number}"
    if edition.first_public_at and edition.path:
        db.session.add(
            OldAddress(type=edition.type, language=edition.language, path=edition.path, edition_id=edition.id)
        )
    db.session.execute(delete(OldAddress).where(OldAddress.edition_id == edition.id, OldAddress.path == path))
    edition.path = path


def _file(edition: Edition) -> None:
    """Note under which topics, and with which pictures, the edition is public."""
    _forget_filing(edition)
    revision = edition.public_revision
    topics = db.session.scalars(select(Topic.id).where(Topic.key.in_(revision.topics))).all()
    for topic_id in topics:
        values = {"language": edition.language, "public_from": edition.public_from}
        db.session.execute(insert(Filing).values(edition_id=edition.id, topic_id=topic_id, **values))
    keys = set(re.findall(r"/media/pictures/([0-9a-f]{32})/", revision.body))
    in_body = db.session.scalars(select(_PICTURE.c.id).where(_PICTURE.c.key.in_(keys))).all() if keys else []
    for picture_id in {picture["picture"] for picture in revision.pictures} | set(in_body):
        db.session.execute(insert(PublicPicture).values(edition_id=edition.id, picture_id=picture_id))


def _forget_filing(edition: Edition) -> None:
    db.session.execute(delete(Filing).where(Filing.edition_id == edition.id))
    db.session.execute(delete(PublicPicture).where(PublicPicture.edition_id == edition.id))


def _go_public(edition: Edition, *, at: datetime, is_new: bool) -> None:
    """Number the item if it is its first time, tell the caches, and announce."""
    if edition.first_public_at is None:
        edition.first_public_at = at
    edition.withdrawn_at, edition.withdrawal_reason = None, ""
    _number(edition.item, at)
    _touch()
    announce("edition.published" if is_new else "edition.updated", edition=edition.id)


def _number(item: Item, at: datetime) -> None:
    """Give ``item`` the next reference of its year: no gap and no double, because decisions wait for each other."""
    if not item.is_numbered or item.reference_number:
        return
    year = at.astimezone(current_app.config["ZONE"]).year
    counted = (ReferenceCounter.type == item.type) & (ReferenceCounter.year == year)
    take = (
        update(ReferenceCounter)
        .where(counted)
        .values(last=ReferenceCounter.last + 1)
        .returning(ReferenceCounter.last)
    )
    number = db.session.scalar(take)
    if number is None:
        db.session.execute(insert(ReferenceCounter).values(type=item.type, year=year, last=1))
        number = 1
    item.reference_year, item.reference_number = year, number


def _touch() -> None:
    """Tell every cache that readers may now see something else."""
    db.session.execute(update(Standing).values(version=Standing.version + 1))

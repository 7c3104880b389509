"""Saying something about a text, answering, and calling it settled."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.editorial.models import Edition
from app.teamwork import queries, rules
from app.teamwork.models import Comment
from app.text import markup
from app.text.paragraphs import paragraphs

TWICE = timedelta(minutes=1)  # the same words about the same place again: somebody pressed the button twice


@act
def comment(edition: Edition, *, text: str, by: Account, version: int, block: int = 0) -> Comment:
    """Say ``text`` about the paragraph ``block`` of the ``version`` (its number) that ``by`` has read; 0 is all of it.

    A version or a paragraph that there is not makes it a comment on the whole text: nobody's words are
    lost. Raises Refusal for no words or too many, NotAllowed without the right.
    """
    rules.check_may(by, "comment")
    text = markup.several_lines(text)
    rules.check_comment(text)
    revision = queries.revision(edition.id, version) or edition.current
    assert revision is not None
    about = next((each for each in paragraphs(revision.body) if each.number == block), None)
    made = Comment(
        edition_id=edition.id,
        revision_id=revision.id,
        block=about.number if about else 0,
        words=about.words if about else "",
        text=text,
        by_id=by.id,
        at=clock.now(),
    )
    return _kept(edition, made, by=by)


@act
def answer(thread: Comment, *, text: str, by: Account) -> Comment:
    """Answer the comment ``thread``; one that was resolved is open again."""
    rules.check_may(by, "comment")
    text = markup.several_lines(text)
    rules.check_comment(text)
    edition = db.session.get_one(Edition, thread.edition_id)
    made = Comment(
        edition_id=thread.edition_id,
        revision_id=edition.current_revision_id,
        thread_id=thread.id,
        text=text,
        by_id=by.id,
        at=clock.now(),
    )
    thread.resolved_at = thread.resolved_by_id = None
    return _kept(edition, made, by=by)


def _kept(edition: Edition, made: Comment, *, by: Account) -> Comment:
    """Keep ``made``, or return the same one that was kept a moment ago."""
    if (again := queries.same_comment(made, since=made.at - TWICE)) is not None:
        return again
    db.session.add(made)
    db.session.flush()
    label = edition.current.title if edition.current else ""
    record(by, "commented", edition, label=label, comment=made.text, thread=made.thread_id or made.id)
    return made


@act
def resolve(thread: Comment, *, by: Account) -> None:
    """Call ``thread`` settled; it stays to be read."""
    rules.check_may(by, "comment")
    if thread.resolved_at is not None:
        return
    thread.resolved_at, thread.resolved_by_id = clock.now(), by.id
    _record(thread, "resolved a comment", by=by)


@act
def reopen(thread: Comment, *, by: Account) -> None:
    """Take back that ``thread`` is settled."""
    rules.check_may(by, "comment")
    if thread.resolved_at is None:
        return
    thread.resolved_at = thread.resolved_by_id = None
    _record(thread, "reopened a comment", by=by)


def _record(thread: Comment, verb: str, *, by: Account) -> None:
    edition = db.session.get_one(Edition, thread.edition_id)
    record(by, verb, edition, label=edition.current.title if edition.current else "", thread=thread.id)

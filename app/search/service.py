"""What can be done to the index. It follows what is public; nobody decides anything here."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import String, cast, delete, func, insert, literal, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from app.acts import act
from app.database import db
from app.editorial import queries
from app.editorial.models import Edition, Item, Revision, Standing, Topic
from app.search import facts
from app.search.asking import language_word
from app.search.models import FTS, SearchRow, answer_place, place
from app.search.stems import forms
from app.search.stems import words as words_of

AT_ONCE = 100  # texts in one act, when all are written anew
MOST_BYTES = 500_000  # of the different words of one text; PostgreSQL takes twice that


@act
def follow(edition_id: int) -> None:
    """Make the index hold what readers see of an edition now: its row, or none.

    It looks at the edition as it is, so it may be called late, twice, or for something that has
    happened to the edition since. Pages of results that caches keep are dropped if this changes them.
    """
    # First, like every decision of the desk: none of them can fall between the look and the writing.
    db.session.execute(select(Standing.version).with_for_update())
    if _write(edition_id, is_forced=False):
        db.session.execute(update(Standing).values(version=Standing.version + 1))


@act
def rewrite(edition_ids: Iterable[int]) -> None:
    """Write the rows of these editions anew, whatever they are, and take out those of what is not public."""
    db.session.execute(select(Standing.version).with_for_update())
    for edition_id in edition_ids:
        _write(edition_id, is_forced=True)
    db.session.execute(update(Standing).values(version=Standing.version + 1))


@act
def tidy() -> None:
    """Take words out of the index that belong to no row."""
    db.session.execute(delete(FTS).where(FTS.c.rowid.not_in(select(SearchRow.id))))


def _write(edition_id: int, *, is_forced: bool) -> bool:
    """Write or take out the rows of an edition; return whether readers may now find something else."""
    wanted = queries.public(Edition, Revision, Item).join(Item, Item.id == Edition.item_id)
    seen = db.session.execute(wanted.where(Edition.id == edition_id)).first()
    kept = db.session.execute(
        select(SearchRow.id, SearchRow.revision_id).where(
            SearchRow.edition_id == edition_id, SearchRow.part == ""
        )
    ).first()
    if seen is None:
        if kept:
            _take_out(edition_id)
        return False  # what is not public was not found before, either
    edition, revision, item = seen
    row_id = place(edition.public_from, edition.id)
    if kept and tuple(kept) == (row_id, revision.id) and not is_forced:
        return False
    if kept:
        _take_out(edition_id)
    topics = db.session.scalars(
        select(Topic).where(or_(Topic.key.in_(revision.topics), Topic.id == item.subject_id))
    ).all()
    filed = [facts.topic_word(topic.key) for topic in topics]
    text = facts.text(revision)
    words = [
        revision.title, revision.lead, item.reference or "", revision.place,
        *(topic.names.get(edition.language) or topic.names["en"] for topic in topics), text,
    ]  # fmt: skip
    _put(row_id, edition, words, [facts.kind_word(edition.type), *filed], text=text)
    for number, answer in enumerate(facts.answers(revision)):
        words = [answer.question, answer.text]
        known = {"part": answer.part, "heading": answer.question, "text": answer.text}
        _put(answer_place(edition.id, number), edition, words, [facts.kind_word("answer"), *filed], **known)
    return True


def _put(row_id: int, edition: Edition, words: Iterable[str], marks: list[str], **known: str) -> None:
    """Write one row: what is shown of it, and the words under which it is found."""
    values = {"edition_id": edition.id, "revision_id": edition.public_revision_id, "part": "", "heading": ""}
    db.session.execute(insert(SearchRow).values(id=row_id, **values | known))
    indexed = _indexed(" ".join(words), edition.language, marks)
    db.session.execute(insert(FTS).values(rowid=row_id, words=indexed))


def _take_out(edition_id: int) -> None:
    ours = select(SearchRow.id).where(SearchRow.edition_id == edition_id)
    db.session.execute(delete(FTS).where(FTS.c.rowid.in_(ours)))
    db.session.execute(delete(SearchRow).where(SearchRow.edition_id == edition_id))


def _indexed(text: str, language: str, marks: Iterable[str]) -> Any:
    """Return the different words of ``text``, and their stems, and ``marks``, as this database keeps them."""
    kept: dict[str, None] = dict.fromkeys([language_word(language), *marks])
    size_bytes = 0
    for word in words_of(text):
        for form in forms(word, language):
            if form not in kept:
                kept[form] = None
                size_bytes += len(form.encode()) + 1
        if size_bytes > MOST_BYTES:
            break
    if db.engine.dialect.name == "postgresql":
        # Not to_tsvector: it would cut and fold the words once more, in its own way.
        return func.array_to_tsvector(cast(literal(list(kept), ARRAY(String)), ARRAY(String)))
    return " ".join(kept)

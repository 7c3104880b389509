"""What can be done to the index. It follows what is public; nobody decides anything here."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import String, cast, delete, func, insert, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from app.acts import act
from app.database import db
from app.editorial import queries
from app.editorial.models import Edition, Item, Revision, Standing, Topic, reference
from app.search.asking import language_word
from app.search.models import FTS, SearchRow, place
from app.search.stems import forms, words
from app.text import markup

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
    """Write or take out one row; return whether readers may now find something else."""
    wanted = queries.public(Edition, Revision, Item).join(Item, Item.id == Edition.item_id)
    seen = db.session.execute(wanted.where(Edition.id == edition_id)).first()
    kept = db.session.execute(
        select(SearchRow.id, SearchRow.revision_id).where(SearchRow.edition_id == edition_id)
    ).first()
    if seen is None:
        if kept:
            _take_out(kept.id)
        return False  # what is not public was not found before, either
    edition, revision, item = seen
    row_id = place(edition.public_from, edition.id)
    if kept and tuple(kept) == (row_id, revision.id) and not is_forced:
        return False
    if kept:
        _take_out(kept.id)
    text = _text(revision)
    topics = db.session.scalars(select(Topic).where(Topic.key.in_(revision.topics)))
    parts = [
        revision.title, revision.lead, reference(item.reference_year, item.reference_number) or "", revision.place,
        *(topic.names.get(edition.language) or topic.names["en"] for topic in topics), text,
    ]  # fmt: skip
    values = {"edition_id": edition.id, "revision_id": revision.id, "text": text}
    db.session.execute(insert(SearchRow).values(id=row_id, **values))
    db.session.execute(insert(FTS).values(rowid=row_id, words=_indexed(" ".join(parts), edition.language)))
    return True


def _take_out(row_id: int) -> None:
    db.session.execute(delete(FTS).where(FTS.c.rowid == row_id))
    db.session.execute(delete(SearchRow).where(SearchRow.id == row_id))


def _text(revision: Revision) -> str:
    """Return the body and the quotes as one line."""
    quotes = [
        " ".join(quote.get(name) or "" for name in ("text", "speaker", "function"))
        for quote in revision.fields.get("quotes", [])
    ]
    return markup.one_line(" ".join([markup.plain(revision.body).replace("\n", " "), *quotes]))


def _indexed(text: str, language: str):
    """Return the different words of ``text``, and their stems, as this database keeps them."""
    kept: dict[str, None] = {language_word(language): None}
    size_bytes = 0
    for word in words(text):
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

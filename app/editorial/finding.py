"""What can be found at the desk: an index of what every edition is, in one list of words each.

The desk's list is narrowed by words of the title and by state, language, type, subject, who wrote last and
which language is missing. An index of a table's columns serves one such narrowing well and any two badly;
here each is a word ("§state·draft", "§no·uk") beside those of the title, and the database meets all of them by
intersecting lists of rows. A row's id is its revision's: the newest texts are the last rows, and a page of
them is read from the end.

Turned down: scanning titles (a tenth of a second at 100,000), and an index for each pair of filters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    cast,
    column,
    delete,
    insert,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY
from sqlalchemy.orm import joinedload
from sqlalchemy.sql import func

from app.database import db
from app.editorial.models import Edition, Urgency
from app.languages import LANGUAGES
from app.text.slugs import fold

LONGEST = 40  # letters of a word that count
SHORTEST_BEGINNING = 2  # letters with which a last word also finds longer ones
MOST_WORDS = 8

# A virtual table in SQLite, a table with a tsvector in PostgreSQL: the migration makes it.
DESK = table("desk_fts", column("rowid", BigInteger), column("words"))


def mark(name: str, value: Any) -> str:
    """Return the word for a fact, which nobody can type: "§state·draft".

    Punctuation would part it for SQLite, so it has none: what is not ASCII is a letter there.
    """
    return f"§{name}·{re.sub('[^0-9a-z]', '·', str(value).lower())}"


def words_of(edition: Edition, languages: Iterable[str], *, is_urgent: bool = False) -> list[str]:
    """Return the different words under which ``edition``, which has a working text, is found at the desk.

    ``languages`` are those in which its item has an edition.
    """
    revision, item = edition.current, edition.item
    said = fold(f"{revision.title} {item.reference or ''} {revision.place}").split()
    facts = [
        mark("type", edition.type),
        mark("state", edition.state.value),
        mark("language", edition.language),
        mark("by", revision.author_id),
        *(mark("topic", key) for key in revision.topics),
        *(mark("no", code) for code in LANGUAGES if code not in set(languages)),
    ]
    if is_urgent:
        facts.append(mark("is", "urgent"))
    return list(dict.fromkeys([word[:LONGEST] for word in said] + facts))


def note(edition: Edition) -> None:
    """Write anew under what ``edition`` is found; to be called whenever its text or its state has changed."""
    if edition.current is None:
        return
    db.session.flush()
    languages = db.session.scalars(select(Edition.language).where(Edition.item_id == edition.item_id)).all()
    open_ones = select(Urgency.id).where(Urgency.edition_id == edition.id, Urgency.closed_at.is_(None))
    words = words_of(edition, languages, is_urgent=db.session.scalar(open_ones.limit(1)) is not None)
    forget(edition.current_revision_id)
    db.session.execute(insert(DESK).values(rowid=edition.current_revision_id, words=_kept(words)))


def note_next(*, after: int, limit: int) -> int:
    """Write anew the rows of the next ``limit`` editions with ids above ``after``; return the last id, 0 at the end."""
    some = select(Edition).where(Edition.id > after, Edition.current_revision_id.is_not(None))
    some = some.options(joinedload(Edition.item), joinedload(Edition.current))
    last = 0
    for edition in db.session.scalars(some.order_by(Edition.id).limit(limit)):
        note(edition)
        last = edition.id
    db.session.flush()
    return last


def forget(revision_id: int | None) -> None:
    """Take a revision out that is no longer an edition's working text."""
    if revision_id is not None:
        db.session.execute(delete(DESK).where(DESK.c.rowid == revision_id))


def matching(typed: str, facts: Iterable[str]) -> ColumnElement[bool] | None:
    """Return the condition on DESK that all words of ``typed`` and all ``facts`` (see mark()) are met.

    None when there is nothing to meet. The last word typed also finds longer ones. Only letters and
    digits of ``typed`` get past here, so nothing typed can be syntax.
    """
    words = [word[:LONGEST] for word in fold(typed).split()][:MOST_WORDS]
    facts = list(facts)
    if not words and not facts:
        return None
    is_postgresql = db.engine.dialect.name == "postgresql"
    exact, beginning = ("'{}'", "'{}':*") if is_postgresql else ('"{}"', '"{}" *')
    terms = [exact.format(fact) for fact in facts] + [exact.format(word) for word in words[:-1]]
    if words:
        terms.append((beginning if len(words[-1]) >= SHORTEST_BEGINNING else exact).format(words[-1]))
    if is_postgresql:
        asked = cast(literal(" & ".join(terms), String), TSQUERY)
        return DESK.c.words.op("@@", is_comparison=True)(asked)
    return literal_column("desk_fts").op("MATCH", is_comparison=True)(literal(" AND ".join(terms), String))


def _kept(words: list[str]) -> Any:
    if db.engine.dialect.name == "postgresql":
        return func.array_to_tsvector(cast(literal(words, ARRAY(String)), ARRAY(String)))
    return " ".join(words)

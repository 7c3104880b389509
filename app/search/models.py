"""What the index holds: a row for each edition that readers may read, and one for each of its answers."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, String, Text, UniqueConstraint, column, table
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base

_ROOM_FOR_IDS = 2**30
_ROOM_FOR_ANSWERS = 2**10  # on one page


class SearchRow(Base):
    """A public edition, or a part of it, as it was when ``revision_id`` was public.

    ``part`` is where it stands in the page: empty for the page itself, or the id of a question. ``heading`` is
    the question, ``text`` what stands under it, or the page's body and quotes, on one line. ``id`` grows with the
    moment of publication, so that the newest rows are the last; answers have numbers below 0.
    """

    __tablename__ = "search_row"
    __table_args__ = (UniqueConstraint("edition_id", "part"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    part: Mapped[str] = mapped_column(String(80), default="")
    heading: Mapped[str] = mapped_column(Text, default="")
    text: Mapped[str] = mapped_column(Text)


# The words of each row, under the row's id: a virtual table in SQLite, a table with a tsvector in
# PostgreSQL. The migration makes it; SQLAlchemy knows only how to name it.
FTS = table("search_fts", column("rowid", BigInteger), column("words"))


def place(moment: datetime, edition_id: int) -> int:
    """Return the id of a page's row: by the second of publication, then by edition."""
    return int(moment.timestamp()) * _ROOM_FOR_IDS + edition_id


def answer_place(edition_id: int, number: int) -> int:
    """Return the id of the row of answer ``number``: read from the end, pages and their answers are in order."""
    return -(edition_id * _ROOM_FOR_ANSWERS + number)

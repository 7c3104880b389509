"""What the index holds: a row for each edition that readers may read."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Integer, Text, column, table
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base

_ROOM_FOR_IDS = 2**30


class SearchRow(Base):
    """A public edition, as it was when ``revision_id`` was public. ``text`` is its body and quotes on one line.

    ``id`` grows with the moment of publication, so that the newest rows are the last.
    """

    __tablename__ = "search_row"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("revision.id"))
    text: Mapped[str] = mapped_column(Text)


# The words of each row, under the row's id: a virtual table in SQLite, a table with a tsvector in
# PostgreSQL. The migration makes it; SQLAlchemy knows only how to name it.
FTS = table("search_fts", column("rowid", BigInteger), column("words"))


def place(moment: datetime, edition_id: int) -> int:
    """Return the id of a row: by the second of publication, then by edition."""
    return int(moment.timestamp()) * _ROOM_FOR_IDS + edition_id

"""The words of the house."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.database import db
from app.editorial.models import HouseWord


def house_words(language: str) -> Sequence[HouseWord]:
    """Return what the house does not write in ``language``, in alphabetical order."""
    found = db.session.scalars(select(HouseWord).where(HouseWord.language == language)).all()
    return sorted(found, key=lambda word: word.wrong.casefold())


def house_word(word_id: int) -> HouseWord | None:
    """Return a word of the list, or None."""
    return db.session.get(HouseWord, word_id)


def instead_of(language: str) -> dict[str, str]:
    """Return what the house writes instead of each word that it does not write ("" when there is nothing)."""
    wanted = select(HouseWord.wrong, HouseWord.instead).where(HouseWord.language == language)
    return {row.wrong: row.instead for row in db.session.execute(wanted)}

"""What this room puts beside a text on the pages of the desk: how often files of it were taken."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from app.downloads import queries
from app.editorial.models import Edition, Item
from app.writing.beside import Guest, invite


@dataclass
class Taken:
    """How often files of an item were taken, asked for when a page needs it."""

    item: Item | None

    @cached_property
    def count(self) -> int:
        """How often."""
        return queries.count_taken(self.item.id) if self.item is not None and self.item.id is not None else 0


class Downloads(Guest):
    """How often files of a text were taken."""

    templates: ClassVar[dict[str, str]] = {"side": "downloads/beside/side.html"}

    def values(self, item: Item | None, edition: Edition | None, language: str) -> dict[str, Any]:
        """Return what was taken of the text."""
        return {"taken_of": Taken(item)}


downloads = invite(Downloads())

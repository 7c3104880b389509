"""What this room puts beside a text on the pages of the desk: who may read it before its hour, and who has."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from app import clock
from app.accreditation import queries as accreditation
from app.editorial.models import Edition, Item, State
from app.editorial.queries import early
from app.embargoes import queries
from app.languages import current
from app.writing.beside import Guest, invite


@dataclass
class Before:
    """Who reads a text before its hour, asked for when a page needs it."""

    edition: Edition | None

    @property
    def is_waiting(self) -> bool:
        """Whether it is under embargo, and its hour is still to come."""
        return (
            self.edition is not None
            and self.edition.state is State.EMBARGO
            and self.edition.public_from is not None
            and self.edition.public_from > clock.now()
        )

    @cached_property
    def groups(self) -> list[Any]:
        """The groups that it is open to."""
        return list(early.groups_of(self.edition.id)) if self.edition else []

    @property
    def names(self) -> str:
        """The groups that it is open to, by name."""
        return ", ".join(group.name(current()) for group in self.groups)

    @cached_property
    def newsrooms(self) -> int:
        """How many newsrooms people of these groups work for."""
        return accreditation.newsrooms([group.id for group in self.groups])

    @cached_property
    def openings(self) -> list[Any]:
        """Who has opened it, and when."""
        return list(queries.openings(self.edition.id)) if self.edition else []


class Embargoes(Guest):
    """Who reads a text before its hour."""

    templates: ClassVar[dict[str, str]] = {"side": "embargoes/beside/side.html"}

    def values(self, item: Item | None, edition: Edition | None, language: str) -> dict[str, Any]:
        """Return who reads the text before its hour."""
        return {"ahead": Before(edition)}


embargoes = invite(Embargoes())

"""What this room puts beside a video on pages of the desk: what its film tells, and what could not be made of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from app.accounts.guards import me
from app.editorial.models import Edition, Item
from app.library import queries as library
from app.library import rules, wording
from app.library.models import Master, RenditionState
from app.videos.section import Videos
from app.writing.beside import Guest, invite

PLACE = "film_has_place"


@dataclass
class Unmade:
    """What the film of a working text tells, and what could not be made of it, asked for when a page needs it."""

    edition: Edition | None

    @cached_property
    def _master(self) -> Master | None:
        if self.edition is None or self.edition.type != Videos.type or self.edition.current is None:
            return None
        return library.kept_master(self.edition.current.facts.get("master"))

    @cached_property
    def words(self) -> list[str]:
        """What failed and why, a line each."""
        master = self._master
        if master is None:
            return []
        whole = [wording.problem(master.problem)] if master.problem else []
        steps = [
            f"{wording.step(each.name)}: {wording.problem(each.problem)}" for each in rules.failed(master)
        ]
        return list(dict.fromkeys([*whole, *steps]))

    @cached_property
    def place(self) -> str:
        """That the original tells where it was filmed, in words; nothing where it does not."""
        master = self._master
        return wording.warning(PLACE) if master is not None and PLACE in master.warnings else ""

    @cached_property
    def coming(self) -> list[str]:
        """What is being made, in words."""
        made = self._master.renditions if self._master is not None else []
        waiting = [each for each in made if each.state in (RenditionState.WAITING, RenditionState.MAKING)]
        return list(dict.fromkeys(wording.step(each.name) for each in waiting))

    @property
    def may_retry(self) -> bool:
        """Whether whoever looks may have it tried again."""
        return self._master is not None and rules.may_retry(self._master, me())


class Films(Guest):
    """What could not be made of a video's film."""

    templates: ClassVar[dict[str, str]] = {"side": "videos/beside/side.html"}

    def values(self, item: Item | None, edition: Edition | None, language: str) -> dict[str, Any]:
        """Return what could not be made."""
        return {"unmade": Unmade(edition)}


films = invite(Films())

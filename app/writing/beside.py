"""What rooms above put beside a text on the pages of the desk: comments, who has it open, what was asked of whom.

A page of this room has places, and a **guest** brings templates for them and the values that these need.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from app.editorial.models import Edition, Item, Revision

# above: over the form; source: beside it, on the left; state: in the box that tells where a text stands; side: under
# that box; saving: beside the button that saves; reading: over a text that is read (preview, review); below: under it.
PLACES = ("above", "source", "state", "side", "saving", "reading", "below")


class Guest:
    """A room above that adds to these pages. ``templates`` names one for each place that it fills."""

    templates: ClassVar[dict[str, str]] = {}

    def values(self, item: Item | None, edition: Edition | None, language: str) -> dict[str, Any]:
        """Return what its templates need on a page about a text; the edition is None before its first save."""
        return {}

    def dressed(self, edition: Edition, revision: Revision) -> Any:
        """Return ``revision`` with what officers see in its body besides the text itself."""
        return revision

    def listed(self, edition_ids: Sequence[int]) -> dict[int, str]:
        """Return a line about each text in a list that it has something to say about."""
        return {}

    def doings(self) -> list[tuple[str, str]]:
        """Return what this officer can do with several texts of a list at once: a value and its words."""
        return []

    def saved(self, edition: Edition) -> None:
        """Learn that this officer has saved a text."""

    def opened(self, edition: Edition) -> None:
        """Learn that this officer has opened a text to write it."""


_guests: list[Guest] = []


def invite(guest: Guest) -> Guest:
    """Let ``guest`` add to the pages about texts."""
    _guests.append(guest)
    return guest


def values(item: Item | None, edition: Edition | None, language: str) -> dict[str, Any]:
    """Return what all guests add.

    ``beside`` names the templates in each place, ``autosaving`` the data of the form, and ``is_beside`` says
    whether another text stands on its left.
    """
    found: dict[str, Any] = {
        "autosaving": {},
        "is_beside": False,
        "beside": {
            place: [guest.templates[place] for guest in _guests if place in guest.templates]
            for place in PLACES
        },
    }
    for guest in _guests:
        found |= guest.values(item, edition, language)
    return found


def dressed(edition: Edition) -> Any:
    """Return the working text of ``edition`` as officers read it."""
    revision: Any = edition.current
    for guest in _guests:
        revision = guest.dressed(edition, revision)
    return revision


def listed(edition_ids: Sequence[int]) -> dict[int, str]:
    """Return a line about each text in a list that somebody has something to say about."""
    found: dict[int, str] = {}
    for guest in _guests:
        found |= guest.listed(edition_ids)
    return found


def doings() -> list[tuple[str, str]]:
    """Return what can be done with several texts of a list at once: each a value and its words."""
    return [each for guest in _guests for each in guest.doings()]


def opened(edition: Edition) -> None:
    """Tell the guests that this officer has opened a text to write it."""
    for guest in _guests:
        guest.opened(edition)


def saved(edition: Edition) -> None:
    """Tell the guests that this officer has saved a text."""
    for guest in _guests:
        guest.saved(edition)

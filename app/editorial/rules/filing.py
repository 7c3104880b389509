"""When a text may be filed under one more subject by an act that is about many texts at once."""

from __future__ import annotations

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l

from app.editorial.models import WAITING, Edition, State
from app.refusals import Refusal

VOIDED = (State.IN_REVIEW, State.APPROVED)  # what another version of the text makes a draft again


class Filed(Refusal):
    """The text has the topic already."""

    message = _l("It has this topic already.")


class Waits(Refusal):
    """Another version would take back a moment, for which somebody has to answer text by text."""

    message = _l("It waits for its hour, which another version would take back. Change it on its own page.")


class Ended(Refusal):
    """Readers are told that the page ended: a draft of it is nothing to begin in passing."""

    message = _l("Readers are told that this page has ended. Change it on its own page.")


def check_filing(edition: Edition, fellows: Iterable[Edition], topic: str) -> None:
    """Raise unless ``topic`` (its key) may be added to ``edition``, and with it to the other languages of its item."""
    if edition.current is not None and topic in edition.current.topics:
        raise Filed
    for each in fellows:
        if each.state in WAITING:
            raise Waits
        if each.state is State.WITHDRAWN:
            raise Ended


def voided(fellows: Iterable[Edition]) -> list[str]:
    """Return the languages, in review or approved, of which another version of their item makes drafts again."""
    return [each.language for each in fellows if each.state in VOIDED]

"""The door, and what stands on every page behind it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me
from app.editorial import queries, rules, service
from app.editorial.models import Edition, Item, Revision
from app.editorial.queries import afterwards
from app.editorial.rules import moments
from app.languages import LANGUAGES
from app.web.filters import clock_time
from app.writing import beside
from app.writing import queries as texts
from app.writing.sections import Section

desk = Blueprint("writing", __name__, url_prefix="/desk")


def item_of(section: Section, item_id: int) -> Item:
    """Return an item of ``section``, or answer that there is none."""
    item = texts.by_id(section.type, item_id)
    if item is None:
        abort(404)
    return item


def both(section: Section, item_id: int, language: str) -> tuple[Item, Edition]:
    """Return an item and its edition in ``language``, or answer that there is none."""
    item = item_of(section, item_id)
    edition = next((each for each in item.editions if each.language == language), None)
    if edition is None:
        abort(404)
    return item, edition


def about(section: Section, item: Item | None, edition: Edition | None, language: str) -> dict[str, Any]:
    """Return what every page about a text is given; who looks at one under embargo is noted in the log."""
    if language not in LANGUAGES:
        abort(404)
    if edition is not None:
        service.note_reading(edition, by=me())
    at = clock.now()
    return {
        "section": section,
        "item": item,
        "edition": edition,
        "edition_language": language,
        "here": f"/desk/{section.folder}/{item.id}/{language}/" if item else "",
        "editions": {each.language: each for each in item.editions} if item else {},
        "at": at,
        "is_public": bool(edition and edition.public_from and edition.public_from <= at),
        "may": lambda verb: rules.may(me(), verb),
        "history": queries.revisions(edition.id, 20) if edition else [],
        "decisions": queries.decisions(edition.id, 20) if edition else [],
        "company": moments.company(edition, item.editions, wanted_at=edition.public_from)
        if edition and item
        else moments.Company(),
        "marks": afterwards.marks([edition.id]).get(edition.id, frozenset()) if edition else frozenset(),
        "gaps": rules.missing(edition.type, edition.current) if edition and edition.current else [],
        "is_own": bool(edition and me().id in queries.writers_since_approval(edition)),
        **beside.values(item, edition, language),
    }


def say_kept(edition: Edition, kept: Revision | None) -> None:
    """Say as which version somebody's text was just ``kept``; None: it differs in nothing from the working text."""
    if kept is None:
        flash(
            _("Nothing has changed since version %(n)s.", n=edition.current.number if edition.current else 0)
        )
    else:
        flash(_("Saved as version %(n)s at %(time)s.", n=kept.number, time=clock_time(clock.now())))

"""A translation beside its source."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, request
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.editorial.models import Edition, Item
from app.languages import LANGUAGES
from app.teamwork import queries, service
from app.teamwork.beside import SOURCE
from app.teamwork.desk.door import desk
from app.teamwork.sources import source_of
from app.text.numbers import number
from app.writing.desk.door import both, item_of
from app.writing.desk.texts import write
from app.writing.sections import Section, at_desk

PLACE = "/<section:section>/<int:item_id>/<language>"


@desk.route(f"{PLACE}/translate", methods=["GET", "POST"])
@needs("write")
def translate(section: Section, item_id: int, language: str) -> Any:
    """Write a text beside the one that it translates; saving notes which version it follows."""
    item = item_of(section, item_id)
    if language not in LANGUAGES:
        abort(404)
    source = _source(item, language)
    there = at_desk(item.type, item.id, language)
    if source is None:
        return redirect(there, 303)
    edition = next((each for each in item.editions if each.language == language), None)
    setattr(g, SOURCE, source_of(source, queries.followed(edition, source)))
    g.writing_at = f"{there}translate?from={source.language}"
    return write(section, item, language)


def _source(item: Item, language: str) -> Edition | None:
    """Return the edition to translate from: the one asked for, else the first that was begun."""
    others = [each for each in item.editions if each.language != language and each.current]
    asked = request.args.get("from", "")
    return next((each for each in others if each.language == asked), others[0] if others else None)


@desk.route(f"{PLACE}/follow", methods=["POST"])
@needs("write")
def follow(section: Section, item_id: int, language: str) -> Any:
    """Note that a translation is in step with a version of its source."""
    item, edition = both(section, item_id, language)
    source = queries.revision(number(request.form.get("source")))
    if source is None:
        abort(404)
    service.follow(edition, source, by=me())
    flash(_("This text now follows version %(n)s.", n=source.number))
    there = at_desk(item.type, item.id, language)
    spoken = next((each.language for each in item.editions if each.id == source.edition_id), "")
    return redirect(f"{there}translate?from={spoken}", 303)

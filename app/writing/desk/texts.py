"""Listing texts, and writing them."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from app import clock
from app.accounts.guards import me, needs, officers_only
from app.editorial import rules
from app.editorial.editor_words import editor_words
from app.editorial.models import Edition, Item
from app.languages import LANGUAGES, current
from app.library import queries as library
from app.refusals import Refusal
from app.web.kept import forget_kept, kept_fields
from app.writing import beside
from app.writing.desk.door import about, both, compared, desk, hour, item_of
from app.writing.forms import NewForm
from app.writing.sections import Section
from app.writing.typed import number


@desk.route("/<section:section>/new", methods=["GET", "POST"])
@needs("begin")
def new(section: Section) -> Any:
    """Begin a text in a language."""
    language = request.args.get("language", "")
    if language not in LANGUAGES:
        return render_template("writing/new.html", section=section, form=NewForm(language=current()))
    return _write(section, None, language)


@desk.route("/<section:section>/<int:item_id>/<language>/", methods=["GET", "POST"])
@needs("write")
def edit(section: Section, item_id: int, language: str) -> Any:
    """Write a text in one of its languages; begin that language if it is not there yet."""
    return _write(section, item_of(section, item_id), language)


def _write(section: Section, item: Item | None, language: str) -> Any:
    if language not in LANGUAGES:
        abort(404)
    edition = next((each for each in item.editions if each.language == language), None) if item else None
    form = _form(section, item, edition)
    if request.method == "POST" and "another" in request.form:
        return edit_page(section, item, edition, language, form)  # one more empty row; nothing is kept yet
    if form.validate_on_submit():
        try:
            if edition is None:
                edition = section.start(item, language, form, by=me())
                kept: Any = edition.current
            else:
                kept = section.save(edition, form, base=number(form.base.data), by=me())
        except rules.Stale as stale:
            return _conflict_page(section, item, edition, language, form, stale.newer)
        except Refusal as refusal:
            form.blame(refusal)
        else:
            forget_kept(request.path)
            if kept is None:
                flash(_("Nothing has changed since version %(n)s.", n=edition.current.number))
            else:
                flash(_("Saved as version %(n)s at %(time)s.", n=kept.number, time=hour()))
            return redirect(
                url_for(".edit", section=section, item_id=edition.item_id, language=language), 303
            )
    return edit_page(section, item, edition, language, form)


def _form(section: Section, item: Item | None, edition: Edition | None) -> Any:
    """Return the form: what was just typed, else what was kept from an expired one, else the working text."""
    if request.method == "POST":
        form = section.form()
    elif kept := kept_fields(request.path):
        form = section.form(kept)
    else:
        return form_of(section, item, edition)
    section.prepare(form)
    return form


def form_of(section: Section, item: Item | None, edition: Edition | None) -> Any:
    """Return the form filled in with the working text, or with what a new language shares with the others."""
    if edition is not None and edition.current is not None:
        known = section.typed(edition.current)
    else:
        like = next((each.current for each in item.editions if each.current), None) if item else None
        today = clock.now().astimezone(current_app.config["ZONE"]).date()
        known = section.like(like, today=today)
    form = section.form(formdata=None, data=known)
    section.prepare(form)
    return form


def edit_page(
    section: Section, item: Item | None, edition: Edition | None, language: str, form: Any, **more: Any
) -> tuple[str, int]:
    """Show the form, with what is wrong in it."""
    status = 422 if form.errors else 200
    form.with_blank_rows()
    values = about(section, item, edition, language) | more
    known = {picture.id: picture for picture in library.newest(200)}
    values["editor_words"] = editor_words()
    return render_template(section.edit_template, form=form, known_pictures=known, **values), status


def _conflict_page(
    section: Section, item: Any, edition: Edition | None, language: str, form: Any, newer: Any
) -> tuple[str, int]:
    """Show both texts to the second of two who saved; saving again keeps theirs as a version of its own."""
    mine = section.text(form)
    form.base.data = str(newer.number)
    body, _status = edit_page(
        section, item, edition, language, form, newer=newer, compared=compared(newer, mine)
    )
    return body, 409


@desk.route("/<section:section>/<int:item_id>/<language>/preview")
@officers_only
def preview(section: Section, item_id: int, language: str) -> Any:
    """Show the working text as readers would see it, with what officers say about it."""
    return preview_page(section, item_id, language)


def preview_page(section: Section, item_id: int, language: str, **more: Any) -> str:
    """Return the working text as readers would see it, with what officers say about it."""
    item, edition = both(section, item_id, language)
    page = section.draft(edition, current(), beside.dressed(edition))
    values = about(section, item, edition, language) | more
    return render_template("writing/preview.html", page=page, **values)

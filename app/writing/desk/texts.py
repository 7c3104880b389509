"""Listing texts, and writing them."""

from __future__ import annotations

from typing import Any

from flask import abort, g, redirect, render_template, request, session, url_for

from app.accounts.guards import me, needs, officers_only
from app.editorial import rules, service
from app.editorial.models import Edition, Item
from app.languages import LANGUAGES, current
from app.refusals import Refusal
from app.text.numbers import number
from app.web.kept import forget_kept, kept_fields
from app.writing import beside
from app.writing.desk.door import about, both, desk, item_of, say_kept
from app.writing.desk.form_page import SAVED, edit_page, form_of
from app.writing.desk.merging import conflict_page, merged_page
from app.writing.forms import NewForm
from app.writing.sections import Section


@desk.route("/<section:section>/new", methods=["GET", "POST"])
@needs("begin")
def new(section: Section) -> Any:
    """Begin a text in a language."""
    language = request.args.get("language", "")
    if language not in LANGUAGES:
        kept = {name: request.args[name] for name in section.asks if name in request.args}
        return render_template(
            "writing/new.html", section=section, form=NewForm(language=current()), kept=kept
        )
    return write(section, None, language)


@desk.route("/<section:section>/<int:item_id>/<language>/")
@officers_only
def edit(section: Section, item_id: int, language: str) -> Any:
    """Write a text in one of its languages; begin that language if it is not there yet.

    Who may see but not write is led to the preview, where they read and comment.
    """
    item = item_of(section, item_id)
    if rules.may(me(), "write"):
        return write(section, item, language)
    begun = [each.language for each in item.editions if each.current]
    if language not in LANGUAGES or not begun:
        abort(404)
    there = language if language in begun else begun[0]
    return redirect(url_for(".preview", section=section, item_id=item.id, language=there), 303)


@desk.route("/<section:section>/<int:item_id>/<language>/", methods=["POST"])
@needs("write")
def keep(section: Section, item_id: int, language: str) -> Any:
    """Keep what was typed there."""
    return write(section, item_of(section, item_id), language)


def write(section: Section, item: Item | None, language: str) -> Any:
    """Show the form, and keep what is typed into it; ``g.writing_at`` is its address where that is not its own."""
    if language not in LANGUAGES:
        abort(404)
    edition = next((each for each in item.editions if each.language == language), None) if item else None
    if edition is not None and request.method == "GET":
        beside.opened(edition)
    form = _form(section, item, edition)
    if request.method == "POST" and "another" in request.form:
        return edit_page(section, item, edition, language, form, is_unsaved=True)  # nothing is kept yet
    if request.method == "POST" and "merge" in request.form and edition is not None:
        return merged_page(section, item, edition, language, form)
    if form.validate_on_submit():
        try:
            if edition is None:
                edition = section.start(item, language, form, by=me())
                kept: Any = edition.current
            else:
                kept = section.save(edition, form, base=number(form.base.data), by=me())
                kept = kept or service.claim(edition, by=me())
        except rules.Stale as stale:
            return conflict_page(section, item, edition, language, form, stale.newer)
        except Refusal as refusal:
            form.blame(refusal)
        else:
            forget_kept(request.path)
            beside.saved(edition)
            session[SAVED] = [edition.id, edition.current.number]
            say_kept(edition, kept)
            there = url_for("writing.edit", section=section, item_id=edition.item_id, language=language)
            return redirect(g.get("writing_at") or there, 303)
    return edit_page(section, item, edition, language, form)


def _form(section: Section, item: Item | None, edition: Edition | None) -> Any:
    """Return the form: what was just typed, else what was kept from an expired one, else the working text."""
    if request.method == "POST":
        form = section.form()
    elif kept := kept_fields(request.path):
        form = section.form(kept)
        g.is_unsaved = True
    else:
        return form_of(section, item, edition)
    section.prepare(form)
    return form


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

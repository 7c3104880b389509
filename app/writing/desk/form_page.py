"""The page on which a text is written."""

from __future__ import annotations

import secrets
from typing import Any

from flask import g, render_template, session

from app import clock
from app.editorial.editor_words import editor_words
from app.editorial.models import Edition, Item
from app.library import queries as library
from app.web.days import day_of
from app.writing.desk.door import about
from app.writing.sections import Section

SAVED = "just saved"  # which edition, and as which version: the page's script forgets what it kept of it


def form_of(section: Section, item: Item | None, edition: Edition | None) -> Any:
    """Return the form filled in with the working text, or with what a new language shares with the others."""
    if edition is not None and edition.current is not None:
        known = section.typed(edition.current)
    else:
        like = next((each.current for each in item.editions if each.current), None) if item else None
        today = day_of(clock.now())
        known = section.like(like, today=today)
    if item is None:
        known |= {"once": secrets.token_urlsafe(16)}
    form = section.form(formdata=None, data=known)
    section.prepare(form)
    return form


def edit_page(
    section: Section, item: Item | None, edition: Edition | None, language: str, form: Any, **more: Any
) -> tuple[str, int]:
    """Show the form, with what is wrong in it."""
    status = 422 if form.errors else 200
    form.with_blank_rows()
    around = about(section, item, edition, language)
    assert not around.keys() & more.keys(), "a guest's value has the name of one of this page's own"
    values = around | more
    known = {picture.id: picture for picture in library.newest(200)}
    values["editor_words"] = editor_words()
    values["writing_at"] = g.get("writing_at", "")
    values.setdefault("is_unsaved", g.get("is_unsaved", False))
    saved = session.pop(SAVED, None)
    values["just_saved"] = saved[1] if edition and saved and saved[0] == edition.id else 0
    return render_template(section.edit_template, form=form, known_pictures=known, **values), status

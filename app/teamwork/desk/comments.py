"""Saying something about a text."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.refusals import Refusal
from app.teamwork import queries, service
from app.teamwork.beside import REFUSED, here, page_of
from app.teamwork.desk.door import desk
from app.teamwork.forms import CommentForm
from app.teamwork.models import Comment
from app.text.numbers import number
from app.writing.desk.door import both
from app.writing.desk.texts import preview_page
from app.writing.sections import Section

PLACE = "/<section:section>/<int:item_id>/<language>/comments"


@desk.route(PLACE, methods=["POST"])
@needs("comment")
def comment(section: Section, item_id: int, language: str) -> Any:
    """Comment on a paragraph or on the whole text, or answer a comment."""
    _item, edition = both(section, item_id, language)
    form = CommentForm()
    form.validate()
    try:
        if form.thread.data:
            thread = _thread(edition.id, number(form.thread.data))
            made = service.answer(thread, text=form.text.data or "", by=me())
        else:
            made = service.comment(
                edition,
                text=form.text.data or "",
                version=number(form.version.data),
                block=number(form.block.data),
                by=me(),
            )
    except Refusal as refusal:
        form.blame(refusal)
        setattr(g, REFUSED, form)
        return preview_page(section, item_id, language, form=form), 422
    flash(_("Comment added."))
    return _back(here(edition), page_of(form), made.thread_id or made.id)


@desk.route(f"{PLACE}/<int:comment_id>/<any(resolve, reopen):verb>", methods=["POST"])
@needs("comment")
def settle(section: Section, item_id: int, language: str, comment_id: int, verb: str) -> Any:
    """Call a comment settled, or take that back."""
    _item, edition = both(section, item_id, language)
    thread = _thread(edition.id, comment_id)
    (service.resolve if verb == "resolve" else service.reopen)(thread, by=me())
    flash(_("Comment resolved.") if verb == "resolve" else _("The comment is open again."))
    return _back(here(edition), page_of(CommentForm()), comment_id)


def _thread(edition_id: int, comment_id: int) -> Comment:
    thread = queries.thread(edition_id, comment_id)
    if thread is None:
        abort(404)
    return thread


def _back(there: str, page: str, comment_id: int) -> Any:
    """Lead back to the page on which it was said, at the comment."""
    return redirect(f"{there}{page}#comment-{comment_id}", 303)

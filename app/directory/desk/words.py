"""Where officers keep the words of the house: what it does not write, and what it writes instead."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _

from app.accounts.guards import me, needs
from app.accounts.rules import may
from app.directory.desk.door import desk
from app.directory.forms import WordForm
from app.editorial import service
from app.editorial.queries import wording
from app.languages import LANGUAGES, current
from app.refusals import Refusal


@desk.route("/words/")
@needs("write")
def words() -> Any:
    """List the words, language by language; who publishes can change the list."""
    return _page(WordForm(formdata=None, language=current()))


@desk.route("/words/", methods=["POST"])
@needs("publish")
def keep_word() -> Any:
    """Put a word on the list, or give it another replacement."""
    form = WordForm()
    if form.validate_on_submit():
        try:
            word = service.keep_word(
                form.language.data or "", form.wrong.data or "", form.instead.data or "", by=me()
            )
        except Refusal as refusal:
            form.blame(refusal)
        else:
            flash(_("“%(word)s” is on the list. The checks find it from now on.", word=word.wrong))
            return redirect(url_for(".words"), 303)
    return _page(form)


@desk.route("/words/<int:word_id>/drop", methods=["POST"])
@needs("publish")
def drop_word(word_id: int) -> Any:
    """Take a word off the list."""
    word = wording.house_word(word_id) or abort(404)
    said = word.wrong
    service.drop_word(word, by=me())
    flash(_("“%(word)s” is no longer on the list.", word=said))
    return redirect(url_for(".words"), 303)


def _page(form: WordForm) -> Any:
    lists = [(code, wording.house_words(code)) for code in LANGUAGES]
    body = render_template("directory/words.html", form=form, lists=lists, may_change=may(me(), "publish"))
    return body, 422 if form.has_errors else 200

"""What people type around a text."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from app.forms import Form


class CommentForm(Form):
    """A comment: on the whole text, on a paragraph (``block`` of ``version``), or an answer (``thread``).

    ``page`` is where it was written: preview or review.
    """

    text = TextAreaField(_l("Your comment"))
    block = HiddenField(default="0")
    version = HiddenField(default="0")
    thread = HiddenField(default="")
    page = HiddenField(default="preview")

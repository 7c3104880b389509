"""What people type around a text."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectChoice, SelectField, TextAreaField

from app.forms import Form
from app.teamwork.words import TASK_WORDS
from app.text.markup import several_lines
from app.writing.forms import ClockField, DayField


def lines(value: Any) -> Any:
    """Return typed text as plain lines without control characters; leave anything else alone."""
    return several_lines(value) if isinstance(value, str) else value


class CommentForm(Form):
    """A comment: on the whole text, on a paragraph (``block`` of ``version``), or an answer (``thread``).

    ``page`` is where it was written: preview or review.
    """

    text = TextAreaField(_l("Your comment"), filters=[lines])
    block = HiddenField(default="0")
    version = HiddenField(default="0")
    thread = HiddenField(default="")
    page = HiddenField(default="preview")


class AssignForm(Form):
    """Who is asked to do what with a text, and until when."""

    task = SelectField(
        _l("What should be done"), choices=[SelectChoice(*each) for each in TASK_WORDS.items()]
    )
    to = SelectField(_l("By whom"), coerce=int, choices=[])
    day = DayField(_l("Until which day"))
    clock = ClockField(_l("Until what time"))
    note = TextAreaField(_l("Note"), filters=[lines])

"""What people type around a text."""

from __future__ import annotations

import secrets
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)

from app.forms import ClockField, DayField, Form, tidy
from app.teamwork.words import TASK_WORDS
from app.text.markup import several_lines
from app.writing.forms import LANGUAGE_CHOICES


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


class SeveralForm(Form):
    """Which texts (their editions' ids) are meant, and the list from which they were chosen."""

    id = SelectMultipleField(_l("Texts"), coerce=int, choices=[], validate_choice=False)
    list = HiddenField(default="")


class AssignSeveralForm(AssignForm, SeveralForm):
    """Who is asked to do what with several texts, in which language, and until when."""

    language = SelectField(
        _l("In which language"),
        choices=[SelectChoice("", _l("Each in its own")), *LANGUAGE_CHOICES],
        default="",
    )


class TopicForm(SeveralForm):
    """Which topic several texts get."""

    topic = SelectField(_l("Topic"), choices=[], validate_choice=False)


class CompareForm(Form):
    """Which two versions are compared. Asked by address, so it carries no token."""

    old = RadioField(_l("Compare this version"), coerce=int, choices=[], validate_choice=False)
    new = RadioField(_l("with this one"), coerce=int, choices=[], validate_choice=False)


class MilestoneForm(Form):
    """What a version is called."""

    name = StringField(_l("Name of this version"), filters=[tidy])


class RestoreForm(Form):
    """Which text is there now, and whether what all languages share comes back, too."""

    base = HiddenField(default="0")
    with_shared = BooleanField(_l("Bring back what all languages share, too"))


class PreviewForm(Form):
    """Who gets a link to a text that is not public."""

    name = StringField(_l("For whom"), filters=[tidy])
    once = HiddenField(default=lambda: secrets.token_urlsafe(16))

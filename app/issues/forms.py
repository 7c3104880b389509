"""What officers type about an issue, and about its sending."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectChoice, StringField, TextAreaField, ValidationError

from app.forms import Checkboxes, Form, printable, tidy
from app.issues.rules import LONGEST_INTRO
from app.newsletter.words import KINDS
from app.text.numbers import number
from app.writing.forms import LANGUAGE_CHOICES, WhenForm


def _number(value: Any) -> int:
    return number(str(value))


class ComposeForm(Form):
    """An issue: for whom, and its words in each language. ``q`` looks for texts to put into it."""

    base = HiddenField(default="")
    kinds = Checkboxes(
        _l("Who asked for"), choices=[SelectChoice(str(kind), words) for kind, words in KINDS.items()]
    )
    languages = Checkboxes(_l("Who reads"), choices=LANGUAGE_CHOICES)
    topics = Checkboxes(_l("Who chose one of the topics"), choices=[], coerce=_number, validate_choice=False)
    subject_fr = StringField(_l("Subject"), filters=[tidy])
    subject_en = StringField(_l("Subject"), filters=[tidy])
    subject_uk = StringField(_l("Subject"), filters=[tidy])
    preheader_fr = StringField(_l("Line after the subject in inboxes"), filters=[tidy])
    preheader_en = StringField(_l("Line after the subject in inboxes"), filters=[tidy])
    preheader_uk = StringField(_l("Line after the subject in inboxes"), filters=[tidy])
    intro_fr = TextAreaField(_l("Introduction"), filters=[printable])
    intro_en = TextAreaField(_l("Introduction"), filters=[printable])
    intro_uk = TextAreaField(_l("Introduction"), filters=[printable])
    q = StringField(_l("Words of a title"), filters=[tidy])

    def validate_intro_fr(self, field: Any) -> None:
        """A mail is no report."""
        _not_too_long(field)

    validate_intro_en = validate_intro_uk = validate_intro_fr

    def of_language(self, name: str, code: str) -> Any:
        """Return the field called ``name`` in a language."""
        return self[f"{name}_{code}"]


def _not_too_long(field: Any) -> None:
    if len(field.data or "") > LONGEST_INTRO:
        raise ValidationError(_l("Write at most %(number)s characters", number=LONGEST_INTRO))


class SendForm(WhenForm):
    """When an issue goes out; ``number`` is that of its recipients, where there are many."""

    base = HiddenField(default="")
    when = RadioField(
        _l("When"),
        choices=[SelectChoice("now", _l("Send now")), SelectChoice("at", _l("At a time"))],
        default="now",
    )
    number = StringField(_l("Number of recipients"), filters=[tidy])

    @property
    def typed_number(self) -> int | None:
        """The number that was typed, however its thousands are set apart; None for anything else."""
        digits = "".join(each for each in self.number.data or "" if not each.isspace() and each not in ".,’'")
        return number(digits) or None

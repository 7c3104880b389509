"""Form, from which every form descends, and the fields that forms of several rooms have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectChoice, SelectField, SelectMultipleField, StringField, ValidationError
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.languages import current
from app.refusals import Refusal
from app.text import moments
from app.text.markup import one_line
from app.web import filters

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def tidy(value: Any) -> Any:
    """Return typed text as one line without control characters; leave anything else alone."""
    return one_line(value) if isinstance(value, str) else value


def printable(value: Any) -> Any:
    """Return a typed text without the control characters that no page can show; leave anything else alone."""
    return _UNSEEN.sub("", value) if isinstance(value, str) else value


def Filled(message: Any) -> InputRequired:
    """Ask for something to be typed; ``message`` says what."""
    return InputRequired(message)


@contextmanager
def saying_so() -> Iterator[None]:
    """Say next to the field that is being looked at what the rules refuse in it."""
    try:
        yield
    except Refusal as refusal:
        raise ValidationError(refusal.message) from refusal


class LineField(StringField):
    """One line of text, without control characters."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([tidy(value) for value in valuelist])


class DayField(LineField):
    """A day, typed in any usual way; ``day`` is what was understood, None when nothing was typed."""

    day: Any = None

    def pre_validate(self, form: Any) -> None:
        with saying_so():
            self.day = moments.parse_day(self.data, current()) if self.data else None


class ClockField(LineField):
    """An hour, typed in any usual way; ``clock`` is what was understood."""

    clock: Any = None

    def pre_validate(self, form: Any) -> None:
        with saying_so():
            self.clock = moments.parse_clock(self.data) if self.data else None


def FoldField() -> SelectField:
    """Ask which of two hours is meant, on the night when clocks go back."""
    choices = [
        SelectChoice("", _l("It comes once")),
        SelectChoice("summer", _l("Summer time")),
        SelectChoice("winter", _l("Winter time")),
    ]
    return SelectField(_l("If this hour comes twice"), choices=choices, validate_choice=False)


def blame(field: Any, refusal: Refusal) -> None:
    """Show ``refusal`` next to ``field``."""
    field.errors = [*field.errors, refusal.message]


def moment_of(day: date, clock: ClockField, fold: SelectField) -> datetime | None:
    """Return the moment at which the office's clock shows what was typed, or None and say why next to it."""
    try:
        return moments.moment_in_zone(day, clock.clock, current_app.config["ZONE"], choice=fold.data or None)
    except Refusal as refusal:
        blame(clock, refusal)
        return None


def fold_of(moment: datetime) -> str:
    """Return which of two hours ``moment`` is on the night when clocks go back, "" on any other."""
    local = moment.astimezone(current_app.config["ZONE"])
    first, second = (local.replace(fold=fold).utcoffset() for fold in (0, 1))
    if first == second:
        return ""
    return "summer" if local.utcoffset() == first else "winter"


def typed_moment(name: str, moment: datetime | None) -> dict[str, str]:
    """Return ``moment`` as it would be typed into a day, an hour, and which of two hours."""
    if moment is None:
        return {}
    return {
        f"{name}_day": filters.day(moment),
        f"{name}_clock": filters.clock_time(moment),
        f"{name}_fold": fold_of(moment),
    }


class Checkboxes(SelectMultipleField):
    """Several of a few: one checkbox each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def not_before(first: DayField, last: DayField) -> None:
    """Raise when the day in ``last`` is before the one in ``first``."""
    if first.day and last.day and last.day < first.day:
        raise ValidationError(_l("Choose a day that is not before %(day)s.", day=first.data))


def offer(form: Any, choices: Mapping[str, Sequence[tuple[str, Any]]], everything: Mapping[str, Any]) -> None:
    """Give the fields of a ``form`` that narrows a list their ``choices``, after the word for ``everything``.

    What was asked for and is no choice counts as nothing asked: such a form is sent by an address.
    """
    for name, known in choices.items():
        form[name].choices = [SelectChoice("", everything[name]), *(SelectChoice(*each) for each in known)]
        if form[name].data not in dict(known):
            form[name].data = ""


class Form(FlaskForm):
    """A form that can be blamed for what the rules refuse, next to the field at fault."""

    def blame(self, refusal: Refusal) -> None:
        """Show ``refusal`` next to its field, or above the form when it names none of ours."""
        field = self._fields.get(refusal.field or "")
        if field is None or isinstance(field, HiddenField):
            self.form_errors.append(refusal.message)
        else:
            field.errors = [*field.errors, refusal.message]

    @property
    def has_errors(self) -> bool:
        """Whether anything on this form must be put right."""
        return bool(self.errors)

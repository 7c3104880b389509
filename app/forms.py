"""Form, from which every form descends."""

from __future__ import annotations

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.validators import InputRequired

from app.refusals import Refusal
from app.text.markup import one_line


def tidy(value: Any) -> Any:
    """Return typed text as one line without control characters; leave anything else alone."""
    return one_line(value) if isinstance(value, str) else value


def Filled(message: Any) -> InputRequired:
    """Ask for something to be typed; ``message`` says what."""
    return InputRequired(message)


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

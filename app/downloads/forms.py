"""What somebody chooses before a part is prepared."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField, StringField

from app.downloads.models import Format, Mode
from app.forms import DayField, Form, not_before, tidy
from app.refusals import Refusal

WHOLE, SELECTION = "whole", "selection"


class PrepareForm(Form):
    """A part of a film, and how it is to be made. Choices and labels depend on the film: see presenting.offer."""

    part = RadioField(_l("What do you need?"), choices=[], validate_choice=False, default=SELECTION)
    begins = StringField(_l("In point"), filters=[tidy], name="in")
    ends = StringField(_l("Out point"), filters=[tidy], name="out")
    format = RadioField(_l("Format"), choices=[], default=Format.MASTER.value)
    mode = RadioField(_l("Cut"), choices=[], default=Mode.EXACT.value)
    captions = SelectField(_l("Captions"), choices=[], default="")
    mail = BooleanField(_l("Write to me when it is ready"))

    def blame(self, refusal: Refusal) -> None:
        """Show ``refusal`` beside its field: "in" and "out" are what an address calls them."""
        names: dict[str | None, str] = {"in": "begins", "out": "ends"}
        field: Any = self._fields.get(names.get(refusal.field, ""))
        if field is None:
            super().blame(refusal)
        else:
            field.errors = [*field.errors, refusal.message]


class PeriodForm(Form):
    """The days of which the log is counted. Asked by address, so it carries no token."""

    start = DayField(_l("First day"))
    end = DayField(_l("Last day"))

    def validate_end(self, field: DayField) -> None:
        """The last day is not before the first."""
        not_before(self.start, field)


class NothingForm(Form):
    """A button alone: its token."""

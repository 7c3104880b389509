"""What the log is narrowed by."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField

from app.forms import DayField, Form, not_before, tidy


class LogForm(Form):
    """What the log is narrowed by. Asked by address, so it carries no token."""

    by = SelectField(_l("Who"), choices=[], validate_choice=False)
    verb = SelectField(_l("What"), choices=[], validate_choice=False)
    thing = SelectField(_l("To what"), choices=[], validate_choice=False)
    q = StringField(_l("Words of its title"), filters=[tidy])
    start = DayField(_l("From"))
    end = DayField(_l("Until"))

    def validate_end(self, field: DayField) -> None:
        """The last day is not before the first."""
        not_before(self.start, field)

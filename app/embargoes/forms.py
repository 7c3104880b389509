"""What media users ask for, and what officers change about who reads before the hour."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField

from app.forms import Form, tidy
from app.writing.forms import Checkboxes


class AskForm(Form):
    """The group that somebody asks to join."""

    group = RadioField(_l("Group"), choices=[], validate_choice=False)


class RegroupForm(Form):
    """The groups that a text under embargo is open to from now on, and why."""

    groups = Checkboxes(_l("Who may read it before"), choices=[], coerce=str)
    reason = StringField(_l("Reason"), filters=[tidy])

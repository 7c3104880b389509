"""What people type about their own account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, RadioField, SelectChoice

from app.forms import Filled, Form
from app.languages import LANGUAGES, OWN_NAMES


class MailLanguageForm(Form):
    """The language in which somebody is written to."""

    language = RadioField(
        _l("Language of our e-mails"),
        choices=[SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES],
        validators=[Filled(_l("Choose one of the three languages"))],
    )


class PasswordAgainForm(Form):
    """The password that one has, before something that cannot be undone."""

    current_password = PasswordField(_l("Your password"), validators=[Filled(_l("Enter your password"))])

"""What people type to sign in, and which language they choose."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, RadioField, SelectChoice, StringField

from app.forms import Filled, Form, tidy
from app.languages import LANGUAGES, OWN_NAMES


class SignInForm(Form):
    """An address and its password; ``next`` is where the visitor was going."""

    email = StringField(
        _l("E-mail address"), filters=[tidy], validators=[Filled(_l("Enter your e-mail address"))]
    )
    password = PasswordField(_l("Password"), validators=[Filled(_l("Enter your password"))])
    next = HiddenField()


class LanguageForm(Form):
    """The language that the desk speaks; ``next`` is the page to go back to."""

    language = RadioField(
        _l("Language of the desk"),
        choices=[SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES],
        validators=[Filled(_l("Choose one of the three languages"))],
    )
    next = HiddenField()

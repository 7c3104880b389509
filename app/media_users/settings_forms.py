"""What people type about their own account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField

from app.accounts.forms import language_field
from app.accounts.rules import check_address
from app.forms import Filled, Form, LineField
from app.media_users.forms import Ruled


class MailLanguageForm(Form):
    """The language in which somebody is written to."""

    language = language_field(_l("Language of our e-mails"))


class NewAddressForm(Form):
    """The address that somebody wants to have from now on, and the password that they have."""

    email = LineField(
        _l("New e-mail address"), validators=[Filled(_l("Enter an e-mail address")), Ruled(check_address)]
    )
    current_password = PasswordField(_l("Your password"), validators=[Filled(_l("Enter your password"))])


class PasswordAgainForm(Form):
    """The password that one has, before something that cannot be undone."""

    current_password = PasswordField(_l("Your password"), validators=[Filled(_l("Enter your password"))])

"""What people type to prove an address."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField

from app.forms import Filled, Form, LineField


class CodeForm(Form):
    """A code from a mail, in whatever way it is typed; ``key`` is that of the mail's link, filled in by script."""

    code = LineField(_l("Verification code"))
    key = HiddenField()


class ElsewhereForm(CodeForm):
    """A code in another browser than the one that asked for it: of which address, and is it their own registration?

    The key of the link tells the address as well, so that it may be left out. The password is that of a registration.
    """

    email = LineField(_l("E-mail address"))
    password = PasswordField(_l("Password"))


class SendAgainForm(Form):
    """Nothing but the wish for a new code."""


class ForgotForm(Form):
    """The address of an account whose password is forgotten; ``next`` is where its owner was going."""

    email = LineField(_l("E-mail address"), validators=[Filled(_l("Enter your e-mail address"))])
    next = HiddenField()


class NewPasswordForm(Form):
    """The password to have from now on."""

    password = PasswordField(_l("New password"), validators=[Filled(_l("Choose a password"))])

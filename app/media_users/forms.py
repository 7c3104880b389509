"""What people type to get an account, and to come in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from app.accounts.forms import SignInForm


class LogInForm(SignInForm):
    """An address and its password; ``remember`` lets this browser in again after its session."""

    remember = BooleanField(_l("Keep me logged in on this device"))

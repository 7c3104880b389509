"""What people type to sign in and about their accounts."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.accounts.models import ROLE_NAMES
from app.accounts.rules import check_language
from app.forms import Filled, Form, saying_so, tidy
from app.languages import LANGUAGES, OWN_NAMES


def language_field(label: Any) -> RadioField:
    """Return the choice of one of our languages, each under its own name."""
    return RadioField(
        label,
        choices=[SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES],
        validators=[Filled(_l("Choose one of the three languages")), _spoken],
        validate_choice=False,  # it has words of its own for what is not among the choices
    )


def _spoken(form: Any, field: Any) -> None:
    with saying_so():
        check_language(field.data)


class SignInForm(Form):
    """An address and its password; ``next`` is where the visitor was going."""

    email = StringField(
        _l("E-mail address"), filters=[tidy], validators=[Filled(_l("Enter your e-mail address"))]
    )
    password = PasswordField(_l("Password"), validators=[Filled(_l("Enter your password"))])
    next = HiddenField()


class CodeForm(Form):
    """Six digits from the telephone, or a recovery code; ``next`` is where the visitor was going."""

    code = StringField(_l("Code"), filters=[tidy], validators=[Filled(_l("Enter the code"))])
    next = HiddenField()


class SetUpForm(CodeForm):
    """The first code of a telephone; ``seed`` is what the square on the page was made of."""

    seed = HiddenField()


class NewPasswordForm(Form):
    """A password that nobody has yet."""

    password = PasswordField(_l("Password"), validators=[Filled(_l("Choose a password"))])


class ChangePasswordForm(Form):
    """The password that one has, and the one to have from now on."""

    current_password = PasswordField(_l("Your password now"), validators=[Filled(_l("Enter your password"))])
    password = PasswordField(_l("New password"), validators=[Filled(_l("Choose a password"))])


class Checkboxes(SelectMultipleField):
    """Several answers, each with its box."""

    option_widget = CheckboxInput()
    widget = ListWidget(prefix_label=False)

    def pre_validate(self, form: Any) -> None:
        """Leave it to the rules which answers there are: their words are for people."""


class RolesForm(Form):
    """Which parts somebody plays."""

    roles = Checkboxes(
        _l("Roles"), choices=[SelectChoice(role.value, name) for role, name in ROLE_NAMES.items()]
    )


class InviteForm(RolesForm):
    """Whom to ask to join the office."""

    name = StringField(_l("Name"), filters=[tidy], validators=[Filled(_l("Enter a name"))])
    email = StringField(
        _l("E-mail address"), filters=[tidy], validators=[Filled(_l("Enter an e-mail address"))]
    )
    language = language_field(_l("Language"))


class LanguageForm(Form):
    """The language that the desk speaks; ``next`` is the page to go back to."""

    language = language_field(_l("Language of the desk"))
    next = HiddenField()

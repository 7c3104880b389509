"""What people type to get an account, to come in, and to be sent the newsletter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, PasswordField, SelectChoice, SelectField, ValidationError

from app.accounts.forms import SignInForm, language_field
from app.accounts.passwords import PasswordRefused, check_password
from app.accounts.rules import check_address, check_name
from app.forms import Checkboxes, Filled, Form, LineField, saying_so
from app.languages import current
from app.media_users import rules
from app.media_users.countries import countries
from app.media_users.words import KINDS


def Ruled(rule: Callable[[str], Any]) -> Callable[[Any, Any], None]:
    """Ask ``rule`` whether what was typed will do."""

    def check(form: Any, field: Any) -> None:
        with saying_so():
            rule(field.data or "")

    return check


class LogInForm(SignInForm):
    """An address and its password; ``remember`` lets this browser in again after its session."""

    remember = BooleanField(_l("Keep me logged in on this device"))


class ProfileForm(Form):
    """Who somebody is, and for whom they work."""

    name = LineField(_l("Name"), validators=[Filled(_l("Enter your name")), Ruled(check_name)])
    organisation = LineField(
        _l("Media organisation"),
        validators=[Filled(rules.NoOrganisation.message), Ruled(rules.check_organisation)],
    )
    country = SelectField(
        _l("Country"), validators=[Filled(rules.NoCountry.message), Ruled(rules.check_country)]
    )

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.country.choices = [
            SelectChoice("", _l("Choose a country")),
            *(SelectChoice(code, name) for code, name in countries(current())),
        ]
        self.country.validate_choice = False  # the rules know the countries, and say it in their words


class RegisterForm(ProfileForm):
    """What an office asks of somebody who wants an account; ``next`` is where they were going."""

    email = LineField(
        _l("E-mail address"),
        validators=[Filled(_l("Enter your e-mail address")), Ruled(check_address)],
    )
    password = PasswordField(_l("Password"), validators=[Filled(_l("Choose a password"))])
    language = language_field(_l("Language of our e-mails to you"))
    conditions = BooleanField(
        _l("I accept the conditions of use"), validators=[Filled(rules.NotAccepted.message)]
    )
    next = HiddenField()

    def validate_password(self, field: Any) -> None:
        """Name every rule that the password does not meet."""
        if reasons := check_password(
            field.data or "", email=self.email.data or "", name=self.name.data or ""
        ):
            raise ValidationError(PasswordRefused(reasons).message)

    @property
    def applicant(self) -> rules.Applicant:
        """What was typed, as the rules take it."""
        return rules.Applicant(
            name=self.name.data or "",
            organisation=self.organisation.data or "",
            country=self.country.data or "",
            email=self.email.data or "",
            language=self.language.data or "",
        )


class NewsletterForm(Form):
    """Which e-mails somebody wants, and in which language."""

    kinds = Checkboxes(
        _l("Which e-mails?"), choices=[SelectChoice(kind, words) for kind, words in KINDS.items()]
    )
    language = language_field(_l("In which language?"))
    next = HiddenField()

    def validate_kinds(self, field: Any) -> None:
        """Ask for one kind at least, of ours."""
        if not field.data or not set(field.data) <= set(KINDS):
            raise ValidationError(_l("Choose at least one kind of e-mail"))

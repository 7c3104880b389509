"""What officers type about groups, and about media users."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField

from app.forms import Form, printable, tidy
from app.languages import LANGUAGES


class ListForm(Form):
    """What the list of media accounts is narrowed by. Asked by address, so it carries no token."""

    q = StringField(_l("Name, organisation or address"), filters=[tidy])
    state = SelectField(_l("State"), choices=[], validate_choice=False)
    group = SelectField(_l("Group"), choices=[], validate_choice=False)
    country = SelectField(_l("Country"), choices=[], validate_choice=False)
    organisation = StringField(_l("Organisation"), filters=[tidy])


class GroupForm(Form):
    """A group of media users; ``base`` is the version of it that was looked at."""

    base = HiddenField(default="")
    names_fr = StringField(_l("Name in French"), filters=[tidy])
    names_en = StringField(_l("Name in English"), filters=[tidy])
    names_uk = StringField(_l("Name in Ukrainian"), filters=[tidy])
    domains = TextAreaField(_l("Domains"), filters=[printable])
    admits_by_domain = BooleanField(_l("Who proves an address at one of these domains is let in at once"))

    @property
    def names(self) -> dict[str, Any]:
        """The name in each language, as it was typed."""
        return {code: self[f"names_{code}"].data or "" for code in LANGUAGES}

    @property
    def typed_domains(self) -> list[str]:
        """The domains, as they were typed: a line each, or with commas."""
        return (self.domains.data or "").replace(",", "\n").splitlines()


class DecisionForm(Form):
    """A decision about somebody: its reason, and ``confirmed``, which mail was read before it goes."""

    reason = TextAreaField(_l("Reason"), filters=[printable])
    confirmed = HiddenField(default="")


class PutInForm(Form):
    """The group that somebody is let in to."""

    group = SelectField(_l("Group"), choices=[], validate_choice=False)

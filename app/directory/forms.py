"""What officers type about a contact, and about a subject."""

from __future__ import annotations

from functools import cache

from babel import Locale
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField, StringField

from app.editorial.editor_words import LINKED_LANGUAGES
from app.forms import Checkboxes, Form, tidy
from app.languages import LANGUAGES, OWN_NAMES
from app.writing.forms import LANGUAGE_CHOICES

IN = {"fr": _l("In French"), "en": _l("In English"), "uk": _l("In Ukrainian")}


@cache
def spoken() -> list[SelectChoice]:
    """Return the languages that a contact may speak, by their own names; ours first."""
    others = [
        (code, (Locale.parse(code).get_display_name(code) or code).capitalize()) for code in LINKED_LANGUAGES
    ]
    ours = [(code, OWN_NAMES[code]) for code in LANGUAGES]
    return [SelectChoice(*each) for each in [*ours, *sorted(others, key=lambda each: each[1].casefold())]]


class SubjectForm(Form):
    """A subject: its name in each language."""

    base = HiddenField(default="")
    names_fr = StringField(_l("Name in French"), filters=[tidy])
    names_en = StringField(_l("Name in English"), filters=[tidy])
    names_uk = StringField(_l("Name in Ukrainian"), filters=[tidy])


class ContactForm(SubjectForm):
    """Somebody whom the press may call."""

    functions_fr = StringField(IN["fr"], filters=[tidy])
    functions_en = StringField(IN["en"], filters=[tidy])
    functions_uk = StringField(IN["uk"], filters=[tidy])
    hours_fr = StringField(IN["fr"], filters=[tidy])
    hours_en = StringField(IN["en"], filters=[tidy])
    hours_uk = StringField(IN["uk"], filters=[tidy])
    phone = StringField(_l("Phone"), filters=[tidy])
    email = StringField(_l("E-mail address"), filters=[tidy])
    languages = Checkboxes(_l("Languages spoken"), choices=[])
    is_listed = BooleanField(_l("Listed: can be named in new texts"), default=True)


class WordForm(Form):
    """What the house does not write in a language, and what it writes instead."""

    language = SelectField(_l("Language"), choices=LANGUAGE_CHOICES, validate_choice=False)
    wrong = StringField(_l("Not to be written"), filters=[tidy])
    instead = StringField(_l("Written instead"), filters=[tidy])

"""What officers type about a set of photos, and about each of them."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm

from app.forms import DayField, Form, printable, saying_so, tidy
from app.photos import rules
from app.text.characters import check_length
from app.text.numbers import number
from app.writing.forms import LANGUAGE_CHOICES, TextForm


class GalleryForm(TextForm):
    """A set of photos in one language, but for its photos."""

    place = StringField(_l("Place"), filters=[tidy])
    date = DayField(_l("Date"))
    credit = StringField(_l("Credit"), filters=[tidy])
    copyright = StringField(_l("Copyright"), filters=[tidy])
    terms = TextAreaField(_l("Terms of use"), filters=[tidy])


def _fits(form: Any, field: Any) -> None:
    """No more words than their place holds."""
    with saying_so():
        check_length(field.data or "", (rules.WORDS | rules.FACTS)[field.short_name], field.short_name)


def _are_names(form: Any, field: Any) -> None:
    """No more names than anybody tells apart, and names."""
    with saying_so():
        rules.check_people(rules.people(field.data or ""))


class PhotoForm(PlainForm):
    """One photo in one language. What is left empty is what the set says of all."""

    key = HiddenField()
    title = StringField(_l("Title"), validators=[_fits], filters=[tidy])
    caption = TextAreaField(_l("Caption"), validators=[_fits], filters=[tidy])
    alt = TextAreaField(_l("Alternative text"), validators=[_fits], filters=[tidy])
    people = TextAreaField(_l("People, from left to right"), validators=[_are_names], filters=[printable])
    place = StringField(_l("Place"), validators=[_fits], filters=[tidy])
    taken_on = DayField(_l("Date"))
    creator = StringField(_l("Photographer"), validators=[_fits], filters=[tidy])
    credit = StringField(_l("Credit"), validators=[_fits], filters=[tidy])
    copyright = StringField(_l("Copyright"), validators=[_fits], filters=[tidy])
    terms = TextAreaField(_l("Terms of use"), validators=[_fits], filters=[tidy])


class SheetForm(Form):
    """The photos of a page of the sheet; ``base`` is the version that was read."""

    base = HiddenField(default="0")
    photos = FieldList(FormField(PhotoForm), max_entries=60)


class OrderForm(Form):
    """The version of the set whose photos are being put in order, or one of which goes."""

    base = HiddenField(default="0")


class ChoiceForm(Form):
    """Which files of the library become photos of a set."""

    once = HiddenField(default="")
    master = SelectMultipleField(_l("Photos"), coerce=str, validate_choice=False)
    language = RadioField(_l("Language"), choices=LANGUAGE_CHOICES)

    @property
    def ids(self) -> list[int]:
        """The ids that were chosen, as far as they can be some, each once."""
        found = [number(each) for each in self.master.data or ()]
        return [each for each in dict.fromkeys(found[:1000]) if each]

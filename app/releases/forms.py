"""What officers type about a release."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, SelectChoice, SelectField, StringField, TextAreaField
from wtforms import Form as PlainForm

from app.forms import DayField, tidy
from app.releases.models import Kind
from app.releases.rules import KIND_NAMES
from app.writing.forms import TextForm


class QuoteForm(PlainForm):
    """Words that somebody said."""

    text = TextAreaField(_l("Words"), filters=[tidy])
    speaker = StringField(_l("Speaker"), filters=[tidy])
    function = StringField(_l("Function"), filters=[tidy])


class ReleaseForm(TextForm):
    """A release in one language."""

    rows = (("quotes", "text"), *TextForm.rows)

    kind = SelectField(
        _l("Kind"),
        choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()],
        default=Kind.NEWS_RELEASE.value,
    )
    place = StringField(_l("Place"), filters=[tidy])
    date = DayField(_l("Date"))
    quotes = FieldList(FormField(QuoteForm), _l("Quotes"), max_entries=40)

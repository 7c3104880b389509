"""What officers type about a topic page, and about each of its questions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import (
    FieldList,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)

from app.forms import Checkboxes, DayField, Form, printable, tidy
from app.languages import current
from app.writing.forms import LinkForm, TextForm

NEW = "new"


class ListedLinkForm(LinkForm):
    """A link under a heading: those with the same one stand together."""

    group = StringField(_l("Heading of the list"), filters=[tidy])


class TopicForm(TextForm):
    """A topic page in one language, but for its questions."""

    subject = SelectField(_l("Subject"), choices=[], validate_choice=False)
    names_fr = StringField(_l("Name in French"), filters=[tidy])
    names_en = StringField(_l("Name in English"), filters=[tidy])
    names_uk = StringField(_l("Name in Ukrainian"), filters=[tidy])
    links = FieldList(FormField(ListedLinkForm), max_entries=80)
    topics = Checkboxes(_l("Related topics"), choices=[])

    def validate_subject(self, field: SelectField) -> None:
        """One of those that were offered."""
        if field.data and field.data not in {value for value, *_ in field.iter_choices()}:
            raise ValidationError(_l("Choose one of the subjects in the list."))


class EntryForm(Form):
    """A question and its answer. A draft may be kept with nothing filled in."""

    base = HiddenField(default="0")
    question = StringField(_l("Question"), filters=[tidy])
    answer = TextAreaField(_l("Answer"), filters=[printable])
    group = StringField(_l("Group"), filters=[tidy])
    checked_on = DayField(_l("Checked on"))
    links = FieldList(FormField(LinkForm), max_entries=20)

    def with_blank_row(self) -> None:
        """End the links with an empty row, so that another can be typed without script."""
        rows = self.links
        if len(rows.entries) < 20 and (not rows.entries or rows.entries[-1].form.url.data):
            rows.append_entry({"language": current()})


class ListForm(Form):
    """The version of the list that is being put in order."""

    base = HiddenField(default="0")

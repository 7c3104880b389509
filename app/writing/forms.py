"""What officers type about a text of any type, and about what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.widgets import HiddenInput

from app.forms import (
    Checkboxes,
    ClockField,
    DayField,
    FoldField,
    Form,
    not_before,
    printable,
    saying_so,
    tidy,
)
from app.languages import LANGUAGES, OWN_NAMES, current
from app.writing import links

LANGUAGE_CHOICES = [SelectChoice(code, OWN_NAMES[code]) for code in LANGUAGES]


class LinkForm(PlainForm):
    """One "find out more" link."""

    title = StringField(_l("Text of the link"), filters=[tidy])
    url = StringField(_l("Address"), filters=[tidy])
    language = SelectField(_l("Language of the page"), choices=LANGUAGE_CHOICES)
    kind = SelectField(
        _l("Kind"), choices=[SelectChoice(*each) for each in links.KIND_WORDS.items()], default="page"
    )
    date = DayField(_l("Date"))
    size = StringField(_l("Size of the file"), filters=[tidy])

    def validate_url(self, field: StringField) -> None:
        """Whole addresses, and those of texts of ours that there are, only."""
        _ask(links.check, field.data)

    def validate_size(self, field: StringField) -> None:
        """A size that a file can have."""
        _ask(links.size, field.data)


def _ask(rule: Callable[[str], object], typed: str | None) -> None:
    """Let ``rule`` look at what was typed, if anything was, and say next to the field what is wrong."""
    with saying_so():
        if typed:
            rule(typed)


class PictureForm(PlainForm):
    """A picture's words in this language."""

    picture = IntegerField(widget=HiddenInput())
    alt = StringField(_l("Alternative text"), filters=[tidy])
    is_decorative = BooleanField(_l("Decorative: it says nothing that the text does not say"))
    caption = StringField(_l("Caption"), filters=[tidy])
    remove = BooleanField(_l("Remove this picture"))


class TextForm(Form):
    """A text in one language: what every type has. A draft may be kept with nothing filled in.

    ``rows`` names the lists of rows, each with the field that makes a row count as filled in.
    """

    rows: tuple[tuple[str, str], ...] = (("links", "url"),)

    base = HiddenField(default="0")
    once = HiddenField(
        default=""
    )  # names the form that begins a text, so that it begins one when it is sent twice
    title = StringField(_l("Title"), filters=[tidy])
    lead = TextAreaField(_l("Lead"), filters=[tidy])
    body = TextAreaField(_l("Text"), filters=[printable])
    links = FieldList(FormField(LinkForm), _l("Find out more"), max_entries=40)
    pictures = FieldList(FormField(PictureForm), _l("Pictures"), max_entries=20)
    topics = Checkboxes(_l("Topics"), choices=[])
    contact_id = SelectField(_l("Press contact"), coerce=int, choices=[])
    slug = StringField(_l("Words of the address"), filters=[tidy])

    def with_blank_rows(self) -> None:
        """End each list with one empty row, so that another can be typed without script."""
        for name, filled in self.rows:
            rows = self[name]
            is_full = rows.max_entries is not None and len(rows.entries) >= rows.max_entries
            if not is_full and (not rows.entries or rows.entries[-1].form[filled].data):
                rows.append_entry(self.blank_row(name))

    def blank_row(self, name: str) -> dict[str, Any]:
        """Return what an empty row of the list ``name`` begins with."""
        return {"language": current()} if name == "links" else {}


class ReturnForm(Form):
    """Why a text goes back to its writers."""

    comment = TextAreaField(_l("What should change"), filters=[printable])
    seen = HiddenField(default="")


class TellingForm(Form):
    """What another version of a public text is to its readers; ``seen`` is the number of the version looked at."""

    kind = RadioField(
        _l("Do readers need to know?"),
        choices=[
            SelectChoice("correction", _l("Correction: something was wrong")),
            SelectChoice("update", _l("Update: something is new")),
            SelectChoice("minor", _l("Minor edit: the meaning is the same")),
        ],
        validate_choice=False,
    )
    correction = StringField(_l("Say in one sentence what was wrong and what is right"), filters=[tidy])
    update = StringField(_l("Say in one sentence what is new"), filters=[tidy])
    seen = HiddenField(default="")

    @property
    def note(self) -> str:
        """What readers are told, in the sentence that belongs to the kind."""
        told = {"correction": self.correction, "update": self.update}.get(self.kind.data or "")
        return (told.data or "") if told is not None else ""


class WhenForm(Form):
    """A moment, or now; ``confirmed`` is what was read back before it is done."""

    when = RadioField(_l("When"), choices=[], default="now")
    day = DayField(_l("Date"))
    clock = ClockField(_l("Time"))
    fold = FoldField()
    confirmed = HiddenField(default="")

    def validate_day(self, field: DayField) -> None:
        """A moment needs its day."""
        if self.when.data != "now" and field.day is None and not field.errors:
            raise ValidationError(_l("Enter a date like 3 December 2025 or 03/12/2025"))

    def validate_clock(self, field: ClockField) -> None:
        """A moment needs its hour."""
        if self.when.data != "now" and field.clock is None and not field.errors:
            raise ValidationError(_l("Enter a time like 15:00"))


class PublishForm(WhenForm, TellingForm):
    """When readers may read it, what they are told, and why a language does not wait for the others."""

    when = RadioField(
        _l("When"),
        choices=[
            SelectChoice("now", _l("Publish now")),
            SelectChoice("at", _l("At a time")),
            SelectChoice("embargo", _l("Under embargo until a time")),
        ],
        default="now",
    )
    groups = Checkboxes(_l("Who may read it before"), choices=[], coerce=str)
    anyway = StringField(_l("Why this language goes first"), filters=[tidy])


class MomentForm(WhenForm):
    """Another moment for a text that waits for one; ``seen`` is the one that was looked at."""

    when = RadioField(
        _l("What becomes of the moment"),
        choices=[SelectChoice("at", _l("Another moment")), SelectChoice("now", _l("Publish now"))],
        default="at",
    )
    reason = StringField(_l("Reason"), filters=[tidy])
    seen = HiddenField(default="")


class TogetherForm(Form):
    """The languages that are to go live at the same moment."""

    together = Checkboxes(_l("Languages that go live together"), choices=LANGUAGE_CHOICES)


class UrgentForm(TellingForm):
    """Why a text cannot wait for a second person."""

    reason = StringField(_l("Why this cannot wait"), filters=[tidy])


class EndForm(Form):
    """How a page that readers know ends, and what they are told."""

    how = RadioField(
        _l("What becomes of the page"),
        choices=[
            SelectChoice("withdraw", _l("Withdraw: the text stays, under a notice")),
            SelectChoice("remove", _l("Remove: the text goes, the address says so")),
            SelectChoice("merge", _l("Merge: the address leads to another page")),
        ],
        validate_choice=False,
    )
    reason = StringField(_l("Reason, shown to readers"), filters=[tidy])
    log_reason = StringField(_l("Reason, for the log only"), filters=[tidy])
    sentence = StringField(_l("Sentence for readers"), filters=[tidy])
    target = StringField(_l("The page that takes its place"), filters=[tidy])
    into = RadioField(_l("Pages with these words"), choices=[], validate_choice=False)
    confirmed = HiddenField(default="")


class NewForm(Form):
    """In which language a release begins."""

    language = RadioField(_l("Language"), choices=LANGUAGE_CHOICES)


class ListForm(Form):
    """What a list of texts is narrowed by. Asked by address, so it carries no token."""

    q = StringField(_l("Words of the title"), filters=[tidy])
    type = SelectField(_l("Type"), choices=[], validate_choice=False)
    state = SelectField(_l("State"), choices=[], validate_choice=False)
    language = SelectField(_l("Language"), choices=[], validate_choice=False)
    missing = SelectField(_l("Language that is missing"), choices=[], validate_choice=False)
    by = SelectField(_l("Written by"), choices=[], validate_choice=False)
    topic = SelectField(_l("Topic"), choices=[], validate_choice=False)
    start = DayField(_l("Written from"))
    end = DayField(_l("Written until"))

    def validate_end(self, field: DayField) -> None:
        """The last day is not before the first."""
        not_before(self.start, field)

"""What officers type about subscribers. These forms carry their token, as every form of the desk."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, SelectChoice, SelectField, StringField, TextAreaField

from app.accounts.forms import language_field
from app.forms import Checkboxes, Form, LineField, printable, tidy
from app.newsletter import files
from app.newsletter.words import KINDS


class ListForm(Form):
    """What the list of subscribers is narrowed by. Asked by address, so it carries no token."""

    q = StringField(_l("E-mail address"), filters=[tidy])
    state = SelectField(_l("State"), choices=[], validate_choice=False)
    language = SelectField(_l("Language"), choices=[], validate_choice=False)
    source = SelectField(_l("Source"), choices=[], validate_choice=False)


class BlockForm(Form):
    """An address that nobody is to write to (any more), and why."""

    email = LineField(_l("E-mail address"))
    reason = LineField(_l("Reason, for your colleagues"))


class ReadingForm(Form):
    """How a file is read."""

    encoding = SelectField(
        _l("Encoding"),
        choices=[SelectChoice(*each) for each in files.ENCODINGS.items()],
        validate_choice=False,
    )
    separator = SelectField(
        _l("Separator"),
        choices=[SelectChoice(*each) for each in files.SEPARATORS.items()],
        validate_choice=False,
    )
    has_headings = BooleanField(_l("The first line holds headings"))
    email = SelectField(_l("Column with the addresses"), choices=[], validate_choice=False)
    language = SelectField(_l("Column with the language (fr, en, uk)"), choices=[], validate_choice=False)
    date = SelectField(_l("Column with the day of consent"), choices=[], validate_choice=False)

    def offer_columns(self, headings: list[str]) -> None:
        """Let the columns of the file be chosen."""
        choices = [
            SelectChoice("", _l("None")),
            *(SelectChoice(str(n), head) for n, head in enumerate(headings)),
        ]
        for name in ("email", "language", "date"):
            self[name].choices = choices

    def columns(self, width: int) -> dict[str, int]:
        """Return the columns that were chosen, as far as the file has them."""
        chosen = {name: self[name].data or "" for name in ("email", "language", "date")}
        return {
            name: int(place)
            for name, place in chosen.items()
            if place.isascii() and place.isdigit() and len(place) < 4 and int(place) < width
        }


class AgreedForm(Form):
    """What the people of a file agreed to."""

    text = TextAreaField(_l("The words to which these people agreed"), filters=[printable])
    how = LineField(_l("How they agreed, and how the address was proven"))
    day = LineField(_l("Day of consent, where no column says it"))
    kinds = Checkboxes(
        _l("Which e-mails do they get?"), choices=[SelectChoice(kind, words) for kind, words in KINDS.items()]
    )
    default_language = language_field(_l("Language, where no column says it"))

    def blame(self, refusal: Any) -> None:
        """Show a refusal next to its field; that of a column stands above the form."""
        if refusal.field == "language":
            refusal.field = "default_language"
        super().blame(refusal)


class UploadForm(Form):
    """A file of addresses."""

    file = FileField(_l("CSV or XLSX file"))

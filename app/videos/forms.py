"""What officers type about a video, but for its shotlist and its captions."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField, ValidationError

from app.forms import DayField, LineField, printable, saying_so, tidy
from app.library.forms import SoundField
from app.text.characters import check_length
from app.videos.rules import CREDIT, MOST_PEOPLE, PERSON, SOURCE
from app.writing import links
from app.writing.forms import TextForm


class VideoForm(TextForm):
    """A video in one language."""

    master = SelectField(_l("Video file"), choices=[], validate_choice=False)
    body = TextAreaField(_l("What the video shows"), filters=[printable])
    place = StringField(_l("Place"), filters=[tidy])
    recorded_on = DayField(_l("Recorded on"))
    source = StringField(_l("Source"), filters=[tidy])
    credit = StringField(_l("Credit"), filters=[tidy])
    people = TextAreaField(_l("People who are seen or heard"), filters=[printable])
    sound = SoundField(_l("Languages of the sound"))
    event = LineField(_l("Event"))

    event_id: int | None = None

    def validate_master(self, field: SelectField) -> None:
        """One of those that were offered."""
        if field.data and field.data not in {value for value, *_ in field.iter_choices()}:
            raise ValidationError(_l("Choose one of the files in the list."))

    def validate_credit(self, field: StringField) -> None:
        """One line."""
        with saying_so():
            check_length(field.data or "", CREDIT, "credit")

    def validate_source(self, field: StringField) -> None:
        """One line."""
        with saying_so():
            check_length(field.data or "", SOURCE, "source")

    def validate_people(self, field: TextAreaField) -> None:
        """A name a line."""
        names = people(field.data)
        if len(names) > MOST_PEOPLE:
            raise ValidationError(_l("Name 40 people at most."))
        with saying_so():
            for name in names:
                check_length(name, PERSON, "people")

    def validate_event(self, field: LineField) -> None:
        """The address of an event of ours."""
        if not field.data:
            return
        with saying_so():
            self.event_id = links.check(field.data)
        if self.event_id is None:
            raise ValidationError(_l("Enter the address of an event on this site."))


def people(typed: str | None) -> list[str]:
    """Return the names that were typed, one a line."""
    return [name for line in (typed or "").splitlines() if (name := tidy(line))]

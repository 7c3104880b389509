"""What officers type about an event."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField, StringField, TextAreaField, ValidationError

from app.events.models import Kind, Planned
from app.events.rules import WORDS, EndFirst, check_span
from app.events.words import KIND_NAMES, PLANNED_NAMES
from app.forms import ClockField, DayField, FoldField, LineField, blame, moment_of, printable, saying_so, tidy
from app.refusals import Refusal
from app.text import moments
from app.text.characters import check_length
from app.web.days import midnight
from app.writing.forms import TextForm
from app.writing.rules import check_address


def one_of(names: Any) -> list[SelectChoice]:
    """Return the choices of a list of names by key."""
    return [SelectChoice(key.value, name) for key, name in names.items()]


class AddressField(LineField):
    """A whole web address, or nothing."""

    def pre_validate(self, form: Any) -> None:
        with saying_so():
            if self.data:
                check_address(self.data)


class EventForm(TextForm):
    """An event in one language, but for its programme."""

    kind = SelectField(_l("Kind"), choices=one_of(KIND_NAMES), default=Kind.MEETING.value)
    state = SelectField(_l("What holds"), choices=one_of(PLANNED_NAMES), default=Planned.PLANNED.value)
    note = StringField(_l("What readers are told about it"), filters=[tidy])
    place = StringField(_l("Place"), filters=[tidy])
    body = TextAreaField(_l("Practical information"), filters=[printable])
    starts_day = DayField(_l("First day"))
    starts_clock = ClockField(_l("Begins at"))
    starts_fold = FoldField()
    ends_day = DayField(_l("Last day"))
    ends_clock = ClockField(_l("Ends at"))
    ends_fold = FoldField()
    accreditation_day = DayField(_l("Accreditation until"))
    accreditation_clock = ClockField(_l("Hour"))
    accreditation_fold = FoldField()
    accreditation_url = AddressField(_l("Page on which to ask for accreditation"))
    accreditation_email = StringField(_l("E-mail address for accreditation"), filters=[tidy])
    stream_url = AddressField(_l("Address of the live stream"))

    starts_at: datetime | None = None
    ends_at: datetime | None = None
    accreditation_until: datetime | None = None
    precision = "hour"

    def validate_note(self, field: StringField) -> None:
        """One line."""
        with saying_so():
            check_length(field.data or "", WORDS["note"], "note")

    def validate_accreditation_email(self, field: StringField) -> None:
        """One address, such as people write by hand."""
        name, at, host = (field.data or "").rpartition("@")
        if field.data and (not (name and at and "." in host) or " " in field.data or len(field.data) > 254):
            raise ValidationError(_l("Enter an e-mail address in the correct format, like name@example.org"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Understand the hours once every field is known to be readable."""
        is_fine = super().validate(extra_validators)
        if is_fine:
            self._understand_hours()
            self._understand_accreditation()
        return is_fine and not self.errors

    def _understand_hours(self) -> None:
        first, last = self.starts_day.day, self.ends_day.day
        if first is None:
            for field in (self.starts_clock, self.ends_day, self.ends_clock):
                if field.data:
                    blame(self.starts_day, moments.BadDay())
                    return
            return
        if self.starts_clock.clock is None:
            self._whole_days(first, last or first)
            return
        self.starts_at = moment_of(first, self.starts_clock, self.starts_fold)
        if self.ends_clock.clock is not None:
            self.ends_at = moment_of(last or first, self.ends_clock, self.ends_fold)
        elif last is not None and last != first:
            blame(self.ends_clock, moments.BadClock())
        self._check_span(self.ends_clock)

    def _whole_days(self, first: date, last: date) -> None:
        if self.ends_clock.clock is not None:
            blame(self.starts_clock, moments.BadClock())
            return
        if last < first:
            blame(self.ends_day, DayOrder())
            return
        self.precision = "day"
        self.starts_at, self.ends_at = midnight(first), midnight(last + timedelta(days=1))
        self._check_span(self.ends_day)

    def _check_span(self, field: Any) -> None:
        try:
            check_span(self.starts_at, self.ends_at, field="")
        except EndFirst as refusal:
            blame(field, refusal)
        except Refusal as refusal:
            blame(self.ends_day, refusal)

    def _understand_accreditation(self) -> None:
        day, clock = self.accreditation_day, self.accreditation_clock
        if day.day is None and clock.clock is not None:
            blame(day, moments.BadDay())
        elif day.day is not None and clock.clock is None:
            blame(clock, moments.BadClock())
        elif day.day is not None:
            self.accreditation_until = moment_of(day.day, clock, self.accreditation_fold)


class DayOrder(Refusal):
    """A last day before the first."""

    message = _l("The end date must be the same as or after the start date")

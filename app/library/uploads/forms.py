"""What officers type about a file while it is on its way."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import StringField, TextAreaField

from app import clock
from app.editorial.rules import InThePast
from app.forms import (
    ClockField,
    DayField,
    FoldField,
    blame,
    moment_of,
    printable,
    saying_so,
    tidy,
    typed_moment,
)
from app.library.forms import SoundField
from app.library.uploads import rules
from app.text import moments
from app.text.characters import check_length
from app.web.filters import day

TEXTS = ("title", "caption", "alt", "place", "credit", "usage_terms")  # kept as they are typed


def _fits(form: Any, field: Any) -> None:
    with saying_so():
        check_length(field.data or "", rules.LONGEST[field.short_name], field.short_name)


class WordsForm(PlainForm):
    """The first words of a file: a text about it begins with them. Whoever writes that completes them there."""

    title = StringField(_l("Title"), validators=[_fits], filters=[tidy])
    caption = TextAreaField(_l("What it shows"), validators=[_fits], filters=[printable])
    alt = TextAreaField(_l("Alternative text"), validators=[_fits], filters=[tidy])
    persons = TextAreaField(_l("People, from left to right"), validators=[_fits], filters=[printable])
    place = StringField(_l("Place"), validators=[_fits], filters=[tidy])
    date = DayField(_l("Date"))
    credit = StringField(_l("Credit"), validators=[_fits], filters=[tidy])
    usage_terms = TextAreaField(_l("Rights and restrictions"), validators=[_fits], filters=[printable])
    sound = SoundField(_l("Languages of the sound"))
    embargo_day = DayField(_l("Under embargo until"))
    embargo_clock = ClockField(_l("Hour"))
    embargo_fold = FoldField()

    embargo_until: datetime | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """Understand the moment of the embargo once its day and its hour are known to be readable."""
        if super().validate(extra_validators):
            self._understand_embargo()
        return not self.errors

    def _understand_embargo(self) -> None:
        ends_on, ends_at = self.embargo_day, self.embargo_clock
        if ends_on.day is None and ends_at.clock is None:
            return
        if ends_on.day is None:
            blame(ends_on, moments.BadDay())
        elif ends_at.clock is None:
            blame(ends_at, moments.BadClock())
        else:
            self.embargo_until, now = moment_of(ends_on.day, ends_at, self.embargo_fold), clock.now()
            if self.embargo_until is not None and self.embargo_until <= now:
                blame(ends_on, InThePast(now))

    @property
    def told(self) -> dict[str, Any]:
        """What was typed, as it is kept: an empty field is no word of it."""
        found: dict[str, Any] = {name: (self[name].data or "").strip() for name in TEXTS}
        lines = (self.persons.data or "").splitlines()
        found["persons"] = [name for line in lines if (name := tidy(line))]
        found["date"] = self.date.day.isoformat() if self.date.day else ""
        found["sound"] = self.sound.codes
        found["embargo_until"] = self.embargo_until.isoformat() if self.embargo_until else ""
        return {name: words for name, words in found.items() if words}


def typed(told: dict[str, Any]) -> dict[str, str]:
    """Return what was ``told`` of a file as it would have been typed."""
    known = {name: told.get(name, "") for name in TEXTS}
    return (
        known
        | {
            "persons": "\n".join(told.get("persons", [])),
            "date": day(date.fromisoformat(told["date"])) if told.get("date") else "",
            "sound": ", ".join(told.get("sound", [])),
        }
        | typed_moment("embargo", rules.embargo_of([told]))
    )

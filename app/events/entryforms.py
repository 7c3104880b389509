"""What officers type about the entries of a programme: one page of them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    FieldList,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    ValidationError,
)
from wtforms import Form as PlainForm

from app.events import times
from app.events.forms import AddressField, one_of
from app.events.models import Access, EntryKind, Planned, Yield
from app.events.programme import KEY, PAGE, new_key
from app.events.rules import WORDS, check_span
from app.events.words import ACCESS_NAMES, ENTRY_NAMES, PLANNED_NAMES, known_languages
from app.forms import ClockField, DayField, FoldField, Form, LineField, blame, fold_of, moment_of, tidy
from app.refusals import Refusal
from app.text import moments
from app.text.characters import check_length
from app.web.filters import clock_time, day

DELIVERY = [
    SelectChoice("", _l("Nothing")),
    SelectChoice("expected", _l("Expected")),
    SelectChoice("delivered", _l("Delivered")),
]


class PlaceField(StringField):
    """A place in the programme, from 1."""

    @property
    def number(self) -> int | None:
        """The place that was typed; None for none, or for what is no place."""
        typed = str(self.data or "").strip()
        return int(typed) if re.fullmatch("[0-9]{1,4}", typed) and int(typed) else None

    def pre_validate(self, form: Any) -> None:
        if self.data and self.number is None:
            raise ValidationError(_l("Enter a number from 1 to the number of entries."))


class LanguagesField(LineField):
    """Codes of languages, with commas or spaces between; ``codes`` are those understood."""

    codes: list[str] = []

    def pre_validate(self, form: Any) -> None:
        typed = (self.data or "").lower().replace(",", " ").replace(";", " ").split()
        self.codes = list(dict.fromkeys(typed))
        if not known_languages().issuperset(self.codes):
            raise ValidationError(_l("Use codes of languages, like fr, en, uk, or floor."))


class EntryForm(PlainForm):
    """One entry. A row in which nothing was typed is no entry."""

    key = HiddenField()
    place_number = PlaceField(_l("Position"))
    day = DayField(_l("Day"))
    clock = ClockField(_l("Begins at"))
    fold = FoldField()
    is_around = BooleanField(_l("About that time"))
    until_clock = ClockField(_l("Ends at"))
    until_fold = FoldField()
    until_day = DayField(_l("Day of the end, if it is another one"))
    kind = SelectField(_l("Kind"), choices=one_of(ENTRY_NAMES), default=EntryKind.WORKING_SESSION.value)
    access = SelectField(_l("Access"), choices=one_of(ACCESS_NAMES), default=Access.OPEN.value)
    state = SelectField(_l("What holds"), choices=one_of(PLANNED_NAMES), default=Planned.PLANNED.value)
    title = StringField(_l("Title"), filters=[tidy])
    place = StringField(_l("Place or room"), filters=[tidy])
    people = StringField(_l("Who takes part"), filters=[tidy])
    conditions = StringField(_l("Conditions for the media"), filters=[tidy])
    note = StringField(_l("What readers are told about a change"), filters=[tidy])
    languages = LanguagesField(_l("Languages"))
    stream_url = AddressField(_l("Address of the live stream"))
    video = SelectField(_l("Video"), choices=DELIVERY, default="")
    video_url = AddressField(_l("Address of the video"))
    photos = SelectField(_l("Photos"), choices=DELIVERY, default="")
    photos_url = AddressField(_l("Address of the photos"))
    transcript = SelectField(_l("Transcript"), choices=DELIVERY, default="")
    transcript_url = AddressField(_l("Address of the transcript"))
    text = SelectField(_l("Text"), choices=DELIVERY, default="")
    text_url = AddressField(_l("Address of the text"))

    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def is_filled(self) -> bool:
        """Whether this row is an entry: a known one, or one in which something was typed."""
        typed = (self.day, self.clock, self.until_day, self.until_clock, self.languages, self.stream_url)
        return bool(self.key.data) or any(field.data for field in (*typed, *(self[name] for name in WORDS)))

    def understand(self, first_day: date | None) -> bool:
        """Work out the hours, on ``first_day`` of the event unless a day was typed; False if something is wrong."""
        for name, limit in WORDS.items():
            try:
                check_length(self[name].data or "", limit, name)
            except Refusal as refusal:
                blame(self[name], refusal)
        starts_on = self.day.day or first_day
        if starts_on is None:
            blame(self.day, moments.BadDay())
        elif self.clock.clock is None:
            blame(self.clock, moments.BadClock())
        else:
            self.starts_at = moment_of(starts_on, self.clock, self.fold)
            if self.until_clock.clock is not None:
                self.ends_at = moment_of(self.until_day.day or starts_on, self.until_clock, self.until_fold)
            elif self.until_day.day is not None:
                blame(self.until_clock, moments.BadClock())
        try:
            check_span(self.starts_at, self.ends_at, field="until_clock")
        except Refusal as refusal:
            blame(self.until_clock, refusal)
        for each in Yield:
            if self[each].data == "delivered" and not self[f"{each}_url"].data:
                blame(self[f"{each}_url"], Refusal(_l("Give the address at which it is.")))
        return not self.errors

    def facts(self) -> dict[str, Any]:
        """Return what all languages share of this entry."""
        return {
            "id": self.key.data,
            "starts_at": times.kept(self.starts_at),
            "ends_at": times.kept(self.ends_at),
            "is_around": bool(self.is_around.data),
            "kind": self.kind.data,
            "access": self.access.data,
            "state": self.state.data,
            "languages": self.languages.codes,
            "stream_url": self.stream_url.data or "",
            "results": [
                {"kind": each.value, "state": self[each].data, "url": self[f"{each}_url"].data or ""}
                for each in Yield
                if self[each].data
            ],
        }

    def words(self) -> dict[str, str]:
        """Return what is said of it in this language."""
        return {name: self[name].data or "" for name in WORDS}


class ProgrammeForm(Form):
    """One page of a programme. ``gone`` are the keys of the entries deleted since it was opened.

    ``first_day`` is that of the event, for hours without a day.
    """

    first_day: date | None = None

    base = HiddenField(default="0")
    gone = HiddenField(default="")
    programme = FieldList(FormField(EntryForm), max_entries=3 * PAGE)

    @property
    def filled(self) -> list[EntryForm]:
        """Return the rows that are entries."""
        return [row.form for row in self.programme if row.form.is_filled]

    def give_keys(self, taken: set[str]) -> None:
        """Give every new entry a key of its own, and drop those that nobody can have: ``taken`` are the known ones."""
        mine: set[str] = set()
        for row in self.filled:
            key = row.key.data or ""
            if not KEY.fullmatch(key) or key in mine:
                row.key.data = key = new_key(taken | mine)
            mine.add(key)

    def validate(self, extra_validators: Any = None) -> bool:
        """Work out the hours of every entry once every field is known to be readable."""
        if not super().validate(extra_validators):
            return False
        wrong = [row for row in self.filled if not row.understand(self.first_day)]
        if wrong:
            self.programme.errors = [row.errors for row in self.programme]
        return not wrong


def typed(entry: dict[str, Any], words: dict[str, str], number: int) -> dict[str, Any]:
    """Return an entry as it would have been typed into its row."""
    starts_at, ends_at = times.moment(entry["starts_at"]), times.moment(entry.get("ends_at"))
    known = {name: entry[name] for name in ("is_around", "kind", "access", "state", "stream_url")}
    known |= {"key": entry["id"], "place_number": number, "languages": ", ".join(entry["languages"])}
    if starts_at:
        known |= {"day": day(starts_at), "clock": clock_time(starts_at), "fold": fold_of(starts_at)}
    if ends_at:
        known |= {"until_clock": clock_time(ends_at), "until_fold": fold_of(ends_at)}
        if starts_at and day(ends_at) != day(starts_at):
            known["until_day"] = day(ends_at)
    for result in entry["results"]:
        known |= {result["kind"]: result["state"], f"{result['kind']}_url": result["url"]}
    return known | {name: words.get(name, "") for name in WORDS}

"""What officers type about the shots of a video and its restrictions, and the list that they paste."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    FieldList,
    FileField,
    FormField,
    HiddenField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms import Form as PlainForm

from app.forms import Form, LineField, printable, tidy
from app.library.shotlist import (
    MOST_RESTRICTIONS,
    MOST_SHOTS,
    RESTRICTION_KEY,
    RESTRICTION_WORDS,
    SHOT_KEY,
    WORDS,
    Restriction,
    Row,
    Shot,
    new_key,
)
from app.library.sounds import known_sounds
from app.library.timeline import OutOfOrder, Timeline
from app.refusals import Refusal
from app.text.characters import check_length
from app.videos.words import KIND_NAMES


def _blame(field: Any, refusal: Refusal) -> None:
    field.errors = [*field.errors, refusal.message]


class TimedForm(PlainForm):
    """Something between two times of a film; understood by ``read``."""

    key = HiddenField()
    begins_at = LineField(_l("In"))
    ends_at = LineField(_l("Out"))

    begins: int | None = None
    ends: int | None = None

    def _time(self, field: LineField, timeline: Timeline) -> int | None:
        try:
            return timeline.read(field.data, field="") if field.data else None
        except Refusal as refusal:
            _blame(field, refusal)
            return None


class ShotForm(TimedForm):
    """One shot. A row in which nothing was typed is none; one that says no end or length ends with the next one."""

    length = LineField(_l("or length"))
    kind = SelectField(
        _l("Kind"),
        choices=[SelectChoice(kind.value, name) for kind, name in KIND_NAMES.items()],
        default="scene",
    )
    description = StringField(_l("Description"), filters=[tidy])
    language = LineField(_l("Language"))
    speaker = StringField(_l("Who speaks"), filters=[tidy])
    function = StringField(_l("Function"), filters=[tidy])
    words = StringField(_l("What is said"), filters=[tidy])

    @property
    def is_filled(self) -> bool:
        """Whether this row is a shot."""
        typed = (self.begins_at, self.ends_at, self.length, *(self[name] for name in WORDS))
        return any(field.data for field in typed)

    def read(self, timeline: Timeline) -> None:
        """Work out its times, and say next to its fields what is wrong."""
        for name, limit in WORDS.items():
            try:
                check_length(self[name].data or "", limit, name)
            except Refusal as refusal:
                _blame(self[name], refusal)
        code = (self.language.data or "").lower()
        if code and code not in known_sounds():
            _blame(self.language, Refusal(_l("Use the code of a language, like fr, en or uk.")))
        self.begins = self._time(self.begins_at, timeline)
        if not self.begins_at.data:
            _blame(self.begins_at, Refusal(_l("Say when the shot begins.")))
        self.ends = self._time(self.ends_at, timeline)
        if self.length.data and not self.ends_at.data and self.begins is not None:
            self.ends = self._end_of(self.begins, timeline)

    def _end_of(self, begins: int, timeline: Timeline) -> int | None:
        from_zero = Timeline(timeline.rate, timeline.frames)
        try:
            return min(begins + from_zero.read(self.length.data or "", field=""), timeline.frames)
        except Refusal as refusal:
            _blame(self.length, refusal)
            return None


class RestrictionForm(TimedForm):
    """What may not be done, and with which part; without times with the whole film."""

    text = StringField(_l("Restriction"), filters=[tidy])

    @property
    def is_filled(self) -> bool:
        """Whether this row is a restriction."""
        return any(field.data for field in (self.begins_at, self.ends_at, self.text))

    def read(self, timeline: Timeline) -> None:
        """Work out its times, and say next to its fields what is wrong."""
        self.begins, self.ends = self._time(self.begins_at, timeline), self._time(self.ends_at, timeline)
        try:
            check_length(self.text.data or "", RESTRICTION_WORDS, "text")
        except Refusal as refusal:
            _blame(self.text, refusal)
        ends = timeline.frames if self.ends is None else self.ends
        if not self.errors and ends <= (self.begins or 0):
            _blame(self.ends_at, OutOfOrder())


class ShotlistForm(Form):
    """The shots and the restrictions of a video in one language."""

    base = HiddenField(default="0")
    shots = FieldList(FormField(ShotForm), _l("Shotlist"), max_entries=MOST_SHOTS + 1)
    restrictions = FieldList(
        FormField(RestrictionForm), _l("Restrictions"), max_entries=MOST_RESTRICTIONS + 1
    )

    timeline: Timeline | None = None

    @property
    def filled(self) -> list[ShotForm]:
        """Return the rows that are shots."""
        return [row.form for row in self.shots if row.form.is_filled]

    @property
    def restricted(self) -> list[RestrictionForm]:
        """Return the rows that are restrictions."""
        return [row.form for row in self.restrictions if row.form.is_filled]

    def give_keys(self) -> None:
        """Give every new row a key of its own, and drop those that none can have."""
        for rows, pattern, letter in ((self.filled, SHOT_KEY, "s"), (self.restricted, RESTRICTION_KEY, "r")):
            mine: set[str] = set()
            for row in rows:
                if not pattern.fullmatch(row.key.data or "") or row.key.data in mine:
                    row.key.data = new_key(letter, mine)
                mine.add(row.key.data or "")

    def validate(self, extra_validators: Any = None) -> bool:
        """Work out the times of every row once each field is known to be readable."""
        if not super().validate(extra_validators):
            return False
        timeline = self.timeline
        if timeline is None:
            raise ValueError("a shotlist is read along a timeline")
        rows = self.filled
        for row in (*rows, *self.restricted):
            row.read(timeline)
        starts = sorted(row.begins for row in rows if row.begins is not None)
        for row in rows:
            if row.errors or row.begins is None:
                continue
            if row.ends is None:
                row.ends = next((each for each in starts if each > (row.begins or 0)), timeline.frames)
            if row.ends <= row.begins:
                _blame(row.length if row.length.data and not row.ends_at.data else row.ends_at, OutOfOrder())
        self._tell("shots")
        self._tell("restrictions")
        return not self.errors

    def _tell(self, name: str) -> None:
        wrong = [entry.form.errors for entry in self[name]]
        if any(wrong):
            self[name].errors = wrong

    def facts(self) -> dict[str, Any]:
        """Return what all languages share."""
        return {
            "shots": [
                {
                    "id": row.key.data,
                    "in": row.begins,
                    "out": row.ends,
                    "kind": row.kind.data,
                    "language": (row.language.data or "").lower(),
                }
                for row in self.filled
            ],
            "restrictions": [
                {"id": row.key.data, "in": row.begins, "out": row.ends} for row in self.restricted
            ],
        }

    def words(self) -> dict[str, Any]:
        """Return what is said in this language."""
        return {
            "shots": {row.key.data: {name: row[name].data or "" for name in WORDS} for row in self.filled},
            "restrictions": {row.key.data: row.text.data or "" for row in self.restricted},
        }


class PasteForm(Form):
    """A shotlist as text: "add" it to the shots that are there, or put it in their place."""

    pasted = TextAreaField(_l("Shotlist as text, a line for each shot"), filters=[printable])


class CaptionsForm(Form):
    """A file of captions; ``brought`` is where one is kept that was looked at before it is used."""

    base = HiddenField(default="0")
    brought = HiddenField(default="")
    file = FileField(_l("File with captions (.vtt or .srt)"))


def typed_shot(shot: Shot, timeline: Timeline) -> dict[str, Any]:
    """Return a shot as it would have been typed."""
    return {
        "key": shot.id,
        "begins_at": timeline.code(shot.begins),
        "ends_at": timeline.code(shot.ends),
        "kind": shot.kind.value,
        "language": shot.language,
        **{name: getattr(shot, name) for name in WORDS},
    }


def typed_restriction(restriction: Restriction, timeline: Timeline) -> dict[str, Any]:
    """Return a restriction as it would have been typed."""
    return {
        "key": restriction.id,
        "begins_at": "" if restriction.begins is None else timeline.code(restriction.begins),
        "ends_at": "" if restriction.ends is None else timeline.code(restriction.ends),
        "text": restriction.text,
    }


def typed_row(row: Row, timeline: Timeline) -> dict[str, Any]:
    """Return a pasted line as it would have been typed."""
    return {
        "key": "",
        "begins_at": timeline.code(row.begins),
        "ends_at": "" if row.ends is None else timeline.code(row.ends),
        "kind": row.kind.value,
        "language": row.language,
        **{name: getattr(row, name)[:limit] for name, limit in WORDS.items()},
    }


def moved(rows: Sequence[Mapping[str, Any]], key: str, way: str) -> list[dict[str, Any]]:
    """Return the typed ``rows`` with the row ``key`` (its key, or its place) past its neighbour.

    Times stay where they are: what changes places is what stands beside them, because a film's order is not ours.
    """
    found = [dict(row) for row in rows]
    at = next((place for place, row in enumerate(found) if row["key"] == key or str(place) == key), None)
    other = None if at is None else at + {"up": -1, "down": 1}.get(way, 0)
    if at is None or other is None or other == at or not 0 <= other < len(found):
        return found
    times = ("begins_at", "ends_at", "length")
    one, two = found[at], found[other]
    kept = [{name: row.get(name, "") for name in times} for row in (one, two)]
    found[at], found[other] = two | kept[0], one | kept[1]
    return found

"""What officers type about a file while it is on its way."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import Form as PlainForm
from wtforms import StringField, TextAreaField

from app.forms import DayField, printable, saying_so, tidy
from app.library.uploads import rules
from app.text.characters import check_length
from app.web.filters import day


def _fits(form: Any, field: Any) -> None:
    with saying_so():
        check_length(field.data or "", rules.LONGEST[field.short_name], field.short_name)


class WordsForm(PlainForm):
    """The first words of a file: a text about it begins with them. Whoever writes that completes them there."""

    title = StringField(_l("Title"), validators=[_fits], filters=[tidy])
    caption = TextAreaField(_l("What it shows"), validators=[_fits], filters=[printable])
    persons = TextAreaField(_l("People, from left to right"), validators=[_fits], filters=[printable])
    place = StringField(_l("Place"), validators=[_fits], filters=[tidy])
    date = DayField(_l("Date"))
    credit = StringField(_l("Credit"), validators=[_fits], filters=[tidy])

    @property
    def told(self) -> dict[str, Any]:
        """What was typed, as it is kept: an empty field is no word of it."""
        found = {name: (self[name].data or "").strip() for name in ("title", "caption", "place", "credit")}
        names = [name for line in (self.persons.data or "").splitlines() if (name := tidy(line))]
        kept: dict[str, Any] = {name: words for name, words in found.items() if words}
        if names:
            kept["persons"] = names
        if self.date.day:
            kept["date"] = self.date.day.isoformat()
        return kept


def typed(told: dict[str, Any]) -> dict[str, str]:
    """Return what was ``told`` of a file as it would have been typed."""
    known = {name: told.get(name, "") for name in ("title", "caption", "place", "credit")}
    return known | {
        "persons": "\n".join(told.get("persons", [])),
        "date": day(date.fromisoformat(told["date"])) if told.get("date") else "",
    }

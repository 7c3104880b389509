"""What makes a text an event, for the pages of the desk that all types share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l

from app import clock
from app.editorial.models import Edition, Revision
from app.editorial.service.snapshots import Shared, Text
from app.events import presenting, times
from app.events.forms import EventForm
from app.events.models import Event, Kind, Planned
from app.events.words import KIND_NAMES, PLANNED_NAMES
from app.forms import typed_moment
from app.languages import gettext as _
from app.library import cards
from app.web.days import day_of
from app.web.filters import day
from app.web.lasting import right_until
from app.writing import told, typed
from app.writing.sections import Part, Section, Words, register


class Events(Section):
    """Meetings, visits, press conferences: what takes place, and when."""

    type = "event"
    folder = "events"
    segment = "events"
    model = Event
    form = EventForm
    words = Words(
        one=_l("Event"),
        many=_l("Events"),
        new=_l("New event"),
        none=_l("No event has been written yet."),
        first=_l("Write the first one"),
    )

    def text(self, form: Any) -> Text:
        """Return the words; those of the programme stay as they are."""
        return typed.text(form, note=form.note.data or "")

    def shared(self, form: Any) -> Shared:
        """Return the facts; those of the programme stay as they are."""
        facts = {
            "starts_at": times.kept(form.starts_at),
            "ends_at": times.kept(form.ends_at),
            "precision": form.precision,
            "state": form.state.data,
            "stream_url": form.stream_url.data or "",
            "accreditation": {
                "until": times.kept(form.accreditation_until),
                "url": form.accreditation_url.data or "",
                "email": form.accreditation_email.data or "",
            },
        }
        return replace(typed.shared(form), kind=form.kind.data, date=form.starts_day.day, facts=facts)

    def typed(self, revision: Revision) -> dict[str, Any]:
        """Return an event as it would have been typed."""
        known = _hours(revision.facts) | {"place": revision.place, "note": revision.fields.get("note", "")}
        return typed.typed(revision) | known | {"kind": revision.kind or Kind.MEETING.value}

    def like(self, revision: Revision | None, *, today: date) -> dict[str, Any]:
        """Begin a language with the same facts; the very first one without a day, which nobody could guess."""
        if revision is None:
            return typed.like(None)
        return typed.like(revision) | _hours(revision.facts) | {"kind": revision.kind}

    def programme(self, revision: Revision) -> list[presenting.Entry]:
        """Return the programme of ``revision``, for a look at it beside what is being written."""
        words = revision.fields.get("programme", {})
        return presenting.entries(revision.facts, words, at=clock.now())

    def draft(self, edition: Edition, interface: str, revision: Revision | None = None) -> presenting.Page:
        """Return the event as its page would show it."""
        return presenting.draft(edition, interface, revision)

    def ahead(self, page: presenting.Page, edition: Edition, there: Mapping[int, str]) -> presenting.Page:
        """Return the event with those of its films that are under embargo, too."""
        page.footage = page.footage.after(cards.films_ahead(there, edition.item_id))
        return page

    def as_seen(self, edition: Edition, interface: str, revision: Revision) -> presenting.Page:
        """Return a version that readers saw; what it says of the present is right until its next hour."""
        page: presenting.Page = super().as_seen(edition, interface, revision)
        page.footage = cards.NO_FOOTAGE
        right_until(page.until)
        return page

    def parts(self, revision: Revision) -> list[Part]:
        """Return what is compared: the words of every text, when it is, and a line for each entry."""
        whole = presenting.hours_of(revision.facts)
        lines = []
        for entry in self.programme(revision):
            state = "" if entry.state == "planned" else str(PLANNED_NAMES[Planned(entry.state)])
            parts = (entry.hours.short, entry.title, state, entry.place, entry.people, str(entry.access_name))
            lines.append(", ".join(filter(None, (*parts, entry.conditions, entry.note))))
        return [
            *super().parts(revision),
            Part(_("When"), whole.line if whole else ""),
            Part(_("What readers are told about it"), revision.fields.get("note", "")),
            Part(_("Programme"), "\n\n".join(lines)),
        ]


def _hours(facts: dict[str, Any]) -> dict[str, Any]:
    starts_at, ends_at = times.moment(facts.get("starts_at")), times.moment(facts.get("ends_at"))
    accreditation = facts.get("accreditation", {})
    if facts.get("precision") == "day" and starts_at and ends_at:
        last = day_of(ends_at - timedelta(minutes=1))
        hours = {"starts_day": day(starts_at), "ends_day": day(last)}
    else:
        hours = typed_moment("starts", starts_at) | typed_moment("ends", ends_at)
    return (
        hours
        | typed_moment("accreditation", times.moment(accreditation.get("until")))
        | {
            "state": facts.get("state", "planned"),
            "stream_url": facts.get("stream_url", ""),
            "accreditation_url": accreditation.get("url", ""),
            "accreditation_email": accreditation.get("email", ""),
        }
    )


told.COVERED.update({"programme", "note", "starts_at", "ends_at", "precision"})
told.LABELS.update(
    {
        "state": _l("What holds"),
        "stream_url": _l("Address of the live stream"),
        "accreditation.until": _l("Accreditation until"),
        "accreditation.url": _l("Page on which to ask for accreditation"),
        "accreditation.email": _l("E-mail address for accreditation"),
    }
)
told.SAID["event:kind"] = lambda kind: KIND_NAMES.get(kind, kind)
told.SAID["event:state"] = lambda state: PLANNED_NAMES.get(state, state)
events = register(Events())

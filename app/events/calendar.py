"""Events for calendars (RFC 5545), the one user of the calendar library.

Hours are written in UTC: every calendar shows them in its reader's zone, and no table of a zone's past has to
travel along. The UID of an event or an entry never changes, and its SEQUENCE is the number of the version that
readers see, which grows with each publication: so a calendar that knows it moves it, or strikes it out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import current_app

from app.events.hours import Hours
from app.events.presenting import Entry, Page
from app.languages import current
from app.languages import gettext as _
from app.text import markup
from app.web.filters import clock_zone, day
from app.web.public import absolute

if TYPE_CHECKING:
    from icalendar import Event as Line

EVERY_HOUR = timedelta(hours=1)  # how often a calendar that follows us should ask


def whole(event: Page) -> bytes:
    """Return ``event`` and every entry of its programme."""
    entries = [_entry(event, entry) for _day, several in event.days for entry in several]
    return _written(event.title, [_event(event), *entries])


def one(event: Page, entry: Entry) -> bytes:
    """Return one entry of the programme of ``event``."""
    return _written(f"{entry.title} – {event.title}", [_entry(event, entry)])


def several(events: Iterable[Page], *, name: str) -> bytes:
    """Return each of ``events`` as one line, without its programme: a calendar to follow, called ``name``."""
    return _written(name, [_event(event) for event in events], is_followed=True)


def _written(name: str, lines: Iterable[Line], *, is_followed: bool = False) -> bytes:
    from icalendar import Calendar  # 3 MB, as below: for those that are asked for calendars

    calendar = Calendar()
    organisation = current_app.config["ORGANISATION"][current()]
    calendar.add("prodid", f"-//{organisation}//Communiqué//{current().upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    if is_followed:
        calendar.add("refresh-interval", EVERY_HOUR, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for line in lines:
        calendar.add_component(line)
    return calendar.to_ical()


def _line(event: Page, hours: Hours, *, uid: str, title: str, url: str, is_cancelled: bool) -> Line:
    from icalendar import Event as Line

    line = Line()
    line.add("uid", f"{uid}@{current_app.config['PUBLIC_URL'].partition('://')[2].partition(':')[0]}")
    line.add("dtstamp", event.changed.astimezone(UTC))
    line.add("last-modified", event.changed.astimezone(UTC))
    line.add("sequence", event.sequence)
    line.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    line.add("summary", title, parameters={"LANGUAGE": event.language})
    if hours.is_days:
        zone = current_app.config["ZONE"]
        line.add("dtstart", hours.starts_at.astimezone(zone).date())
        last: Any = hours.ends_at or hours.starts_at
        line.add("dtend", last.astimezone(zone).date() + timedelta(days=1))
        line.add("transp", "TRANSPARENT")
    else:
        line.add("dtstart", _utc(hours.starts_at))
        if hours.ends_at:
            line.add("dtend", _utc(hours.ends_at))
    line.add("url", url)
    return line


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _event(event: Page) -> Line:
    url = absolute(event.url)
    line = _line(
        event,
        event.hours or Hours(event.changed),
        uid=f"edition-{event.id}",
        title=event.title,
        url=url,
        is_cancelled=event.state == "cancelled",
    )
    if event.place:
        line.add("location", event.place)
    said = [event.note, _moved(event.was, event.hours), event.lead, markup.plain(event.body)]
    line.add("description", "\n\n".join(part for part in (*said, url) if part))
    for topic in event.topics:
        line.add("categories", [topic.name])
    return line


def _entry(event: Page, entry: Entry) -> Line:
    url = f"{absolute(event.url)}#{entry.key}"
    line = _line(
        event,
        entry.hours,
        uid=f"edition-{event.id}-{entry.key}",
        title=entry.title,
        url=url,
        is_cancelled=entry.state == "cancelled",
    )
    if where := ", ".join(filter(None, [entry.place, event.place])):
        line.add("location", where)
    about = _("The hour is approximate.") if entry.hours.is_around else ""
    said = [entry.note, _moved(entry.was, entry.hours), about, entry.people, str(entry.access_name)]
    said += [entry.conditions, ", ".join(entry.languages), entry.stream_url, event.title, url]
    line.add("description", "\n".join(part for part in said if part))
    line.add("categories", [str(entry.kind_name)])
    return line


def _moved(was: Hours | None, hours: Hours | None) -> str:
    if was is None or hours is None:
        return ""
    return _("Before the change: %(moment)s", moment=f"{day(was.starts_at)}, {clock_zone(was.starts_at)}")
